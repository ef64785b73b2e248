/** Until when the letter of a conclusion is to be delivered. */
import type { Day } from '#kit/days.ts';
import { PolicyProblem } from '#platform/policy/index.ts';
import type { PolicyBook } from '#platform/policy/index.ts';
import { deliveryWorkingDays } from '../policy.ts';

export interface DeliveryDue {
  dueOn: Day | null;
  /** File of a calendar that is not published yet: without it nobody can name the day. */
  calendarMissing: string | null;
}

/** Working days after the conclusion, by the figure in force when the case was filed; no day where there is none. Figure: assessments.deliveryWorkingDays. */
export function deliveryDue(filedOn: Day | null, concludedOn: Day, policy: PolicyBook): DeliveryDue {
  if (filedOn === null || !policy.has(deliveryWorkingDays, filedOn)) return { dueOn: null, calendarMissing: null };
  try {
    return { dueOn: policy.workingDays.addWorkingDays(concludedOn, policy.figure(deliveryWorkingDays, filedOn).value), calendarMissing: null };
  } catch (error) {
    if (error instanceof PolicyProblem) return { dueOn: null, calendarMissing: error.faults[0]?.file ?? '' };
    throw error;
  }
}
