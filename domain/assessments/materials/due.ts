/** Due days before acceptance: of the pre-review and of the decision on acceptance, in working days from filing. Optional figures: where the city has none, nothing is due. */
import { addDays, type Day } from '#kit/days.ts';
import { PolicyProblem } from '#platform/policy/index.ts';
import type { FigureOn, PolicyBook } from '#platform/policy/index.ts';
import type { Due } from '../rules/due.ts';
import { preReviewWorkingDays } from '../prereview/policy.ts';
import { acceptWorkingDays } from './policy.ts';
import type { LateSpan } from './store.ts';

type Limit = typeof acceptWorkingDays | typeof preReviewWorkingDays;

/** Due day of a filed application: of its pre-review while that waits, else of the decision on acceptance. */
export function dueBeforeAcceptance(filedOn: Day, preReviewWaits: boolean, today: Day, policy: PolicyBook): Due {
  const need = preReviewWaits ? preReviewWorkingDays : acceptWorkingDays;
  if (!policy.has(need, filedOn)) return { dueOn: null, calendarMissing: null, overdue: false };
  try {
    const dueOn = policy.workingDays.addWorkingDays(filedOn, policy.figure(need, filedOn).value);
    return { dueOn, calendarMissing: null, overdue: today > dueOn };
  } catch (error) {
    if (error instanceof PolicyProblem) return { dueOn: null, calendarMissing: error.faults[0]?.file ?? '', overdue: false };
    throw error;
  }
}

/** Days of filing whose limit has passed today: from the first day on which there is one, to the latest. Throws a PolicyProblem where the working days since are not published. */
export function lateSpan(need: Limit, today: Day, policy: PolicyBook): LateSpan {
  const yesterday = addDays(today, -1);
  let until = yesterday;
  while (policy.has(need, until) && policy.workingDays.countWorkingDays(until, yesterday) < policy.figure(need, until).value) until = addDays(until, -1);
  if (!policy.has(need, until)) return { fromOn: null, untilOn: null };
  let first: FigureOn = policy.figure(need, until);
  while (policy.has(need, addDays(first.from, -1))) first = policy.figure(need, addDays(first.from, -1));
  return { fromOn: first.from, untilOn: until };
}

/** Both spans of today. */
export function lateSpans(today: Day, policy: PolicyBook): { accept: LateSpan; preReview: LateSpan } {
  return { accept: lateSpan(acceptWorkingDays, today, policy), preReview: lateSpan(preReviewWorkingDays, today, policy) };
}
