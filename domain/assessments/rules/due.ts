/** The statutory clock of a case: until when the visit on site is due, in working days from acceptance. */
import { addDays } from '#kit/days.ts';
import type { Day } from '#kit/days.ts';
import { refuse } from '#kit/refuse.ts';
import { PolicyProblem } from '#platform/policy/index.ts';
import type { PolicyBook } from '#platform/policy/index.ts';
import type { ApplicationState } from '../model.ts';
import { onSiteWorkingDays } from '../policy.ts';

export interface Due {
  dueOn: Day | null;
  /** File of a working-day calendar that is not published yet: without it nobody can name the day. */
  calendarMissing: string | null;
  overdue: boolean;
}

/** Due day of an accepted or dispatched case; `countsFromOn` is the day of acceptance or return and does not count. Figure: assessments.onSiteWorkingDays. */
export function dueOf(state: ApplicationState, countsFromOn: Day | null, today: Day, policy: PolicyBook): Due {
  if (countsFromOn === null || !['accepted', 'dispatched'].includes(state)) return { dueOn: null, calendarMissing: null, overdue: false };
  try {
    const dueOn = policy.workingDays.addWorkingDays(countsFromOn, policy.figure(onSiteWorkingDays, countsFromOn).value);
    return { dueOn, calendarMissing: null, overdue: today > dueOn };
  } catch (error) {
    if (error instanceof PolicyProblem) return { dueOn: null, calendarMissing: error.faults[0]?.file ?? '', overdue: false };
    throw error;
  }
}

/** The latest day of acceptance whose visit is overdue today. Refuses with CALENDAR_MISSING when the working days of the time before are not published. */
export function overdueCutoff(today: Day, policy: PolicyBook): Day {
  const yesterday = addDays(today, -1);
  try {
    let day = yesterday;
    while (policy.workingDays.countWorkingDays(day, yesterday) < policy.figure(onSiteWorkingDays, day).value) day = addDays(day, -1);
    return day;
  } catch (error) {
    if (error instanceof PolicyProblem) refuse('CALENDAR_MISSING', { file: error.faults[0]?.file ?? '' });
    throw error;
  }
}
