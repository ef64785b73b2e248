/** Rules of public notices: from the day of publication to the days that count, and what a missing poster does to them. */
import { addDays } from '#kit/days.ts';
import type { Day } from '#kit/days.ts';
import type { FigureOn, PolicyBook } from '#platform/policy/index.ts';
import type { NoticeDays } from './model.ts';
import { noticeDays } from './policy.ts';

export interface NoticeSpan extends NoticeDays {
  figure: FigureOn<{ count: number; unit: 'calendarDay' | 'workingDay' }>;
}

/** Days on which a poster was missing, first and last included. */
export interface Missing {
  fromOn: Day;
  toOn: Day;
}

/**
 * First and last day of a notice. The day of publication does not count: the first day is the one after it (in working days,
 * the first working day after it). Figure: notices.days.
 */
export function noticeSpan(publishedOn: Day, policy: PolicyBook): NoticeSpan {
  const figure = policy.figure(noticeDays, publishedOn);
  const { count, unit } = figure.value;
  if (unit === 'calendarDay') return { startsOn: addDays(publishedOn, 1), endsOn: addDays(publishedOn, count), figure };
  return { startsOn: policy.workingDays.addWorkingDays(publishedOn, 1), endsOn: policy.workingDays.addWorkingDays(publishedOn, count), figure };
}

const lies = (day: Day, within: readonly Missing[]): boolean => within.some((one) => one.fromOn <= day && day <= one.toOn);

/**
 * The last day of a notice whose poster was missing on some days: the figure says how many days the result hangs out, so a day on which it did not
 * hang is not counted, and the run ends when the full number has hung. Days before the first day change nothing. Figure: notices.days.
 */
export function spanWithout(publishedOn: Day, missing: readonly Missing[], policy: PolicyBook): NoticeSpan {
  const span = noticeSpan(publishedOn, policy);
  const { count } = span.figure.value;
  let day = span.startsOn;
  for (let hung = 0; ; day = addDays(day, 1)) {
    if (isCounted(day, span, policy) && !lies(day, missing)) hung += 1;
    if (hung === count) return { ...span, endsOn: day };
  }
}

/** How many days of an interruption count and were not missing by an earlier one; `endsOn` is the last day as it stood. */
export function newlyMissing(publishedOn: Day, endsOn: Day, gap: Missing, earlier: readonly Missing[], policy: PolicyBook): number {
  const span = noticeSpan(publishedOn, policy);
  let days = 0;
  for (let day = gap.fromOn > span.startsOn ? gap.fromOn : span.startsOn; day <= gap.toOn && day <= endsOn; day = addDays(day, 1)) {
    if (isCounted(day, span, policy) && !lies(day, earlier)) days += 1;
  }
  return days;
}

function isCounted(day: Day, span: NoticeSpan, policy: PolicyBook): boolean {
  return span.figure.value.unit === 'calendarDay' || policy.workingDays.isWorkingDay(day);
}
