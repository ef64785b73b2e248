/** Rules of public notices: from the day of publication to the days that count. */
import { addDays } from '#kit/days.ts';
import type { Day } from '#kit/days.ts';
import type { FigureOn, PolicyBook } from '#platform/policy/index.ts';
import type { NoticeDays } from './model.ts';
import { noticeDays } from './policy.ts';

export interface NoticeSpan extends NoticeDays {
  figure: FigureOn<{ count: number; unit: 'calendarDay' | 'workingDay' }>;
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
