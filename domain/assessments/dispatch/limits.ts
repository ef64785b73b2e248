/** Limits of an order: until when it is answered, and whether its case may be assessed only after it was taken. */
import { addDays, dayOf, instantOf } from '#kit/days.ts';
import type { Day } from '#kit/days.ts';
import { PolicyProblem } from '#platform/policy/index.ts';
import type { PolicyBook } from '#platform/policy/index.ts';
import { orderMustBeTaken, orderResponse } from './policy.ts';

/** The instant by which an order issued now is answered; null where the city sets no limit for cases filed then, or the calendar is not published. */
export function respondByOf(issuedAt: Date, filedOn: Day, policy: PolicyBook): string | null {
  if (!policy.has(orderResponse, filedOn)) return null;
  const { count, unit } = policy.figure(orderResponse, filedOn).value;
  if (unit === 'hour') return new Date(issuedAt.getTime() + count * 3_600_000).toISOString();
  try {
    return instantOf(addDays(policy.workingDays.addWorkingDays(dayOf(issuedAt), count), 1), 0).toISOString();
  } catch (error) {
    if (error instanceof PolicyProblem) return null;
    throw error;
  }
}

/** True where the city asks that an order be taken and persons assigned before the assessment. Figure: assessments.orderMustBeTaken, on the day of filing. */
export function mustBeTaken(filedOn: Day, policy: PolicyBook): boolean {
  return policy.has(orderMustBeTaken, filedOn) && policy.figure(orderMustBeTaken, filedOn).value;
}
