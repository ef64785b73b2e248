/** Days as text, without a calendar library: small pages only count days and move by months. */

const MS_A_DAY = 86_400_000;
const numberOf = (day: string) => Date.parse(`${day}T00:00:00Z`) / MS_A_DAY;

/** Whole days from one day to another; negative when the second is earlier. */
export function daysFromTo(from: string, to: string): number {
  return numberOf(to) - numberOf(from);
}

/** '2026-01' moved by months: `moveMonth('2026-01', -1)` → '2025-12'. */
export function moveMonth(month: string, by: number): string {
  const at = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)) - 1 + by, 1));
  return at.toISOString().slice(0, 7);
}

const MONTHS = {
  zh: new Intl.DateTimeFormat('zh-CN', { year: 'numeric', month: 'long', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en-GB', { year: 'numeric', month: 'long', timeZone: 'UTC' }),
};

/** '2026-08' → 2026年8月, August 2026. */
export function monthInWords(month: string, lang: 'zh' | 'en'): string {
  return MONTHS[lang].format(new Date(`${month}-01T00:00:00Z`));
}

/** True for 'YYYY-MM'. */
export function isMonthText(text: string | undefined): text is string {
  return text !== undefined && /^\d{4}-(0[1-9]|1[0-2])$/.test(text);
}

export interface NoticeRun {
  /** Days of the whole run, first and last included. */
  days: number;
  /** Days over before today. */
  over: number;
  /** Days left, today included; 0 once the last day is over. */
  left: number;
}

/** How far a notice has run on a day. */
export function noticeRun(notice: { startsOn: string; endsOn: string }, today: string): NoticeRun {
  const days = daysFromTo(notice.startsOn, notice.endsOn) + 1;
  const over = Math.min(Math.max(daysFromTo(notice.startsOn, today), 0), days);
  return { days, over, left: days - over };
}

const DAYS = {
  zh: new Intl.DateTimeFormat('zh-CN', { dateStyle: 'long', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }),
};

/** Days inside a sentence as people say them: 2027-04-30 → 2027年4月30日, 30 April 2027. Other text stays; Chinese needs no spaces around them. */
export function daysInWords(text: string, lang: 'zh' | 'en'): string {
  const inWords = (day: string) => DAYS[lang].format(new Date(`${day}T00:00:00Z`));
  const spoken = text.replace(/\b\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\b/g, inWords);
  return lang === 'zh' ? spoken.replace(/ ?(\d{4}年\d{1,2}月\d{1,2}日) ?/g, '$1') : spoken;
}
