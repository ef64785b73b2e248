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
