/** What the city asks of the video of a case, by the day of filing. */
import { dayOf } from '#kit/days.ts';
import type { Day } from '#kit/days.ts';
import type { Act } from '#platform/act.ts';
import { PolicyProblem } from '#platform/policy/index.ts';
import type { Application } from '../../store/application.ts';
import { videoFullWorkingDays, videoRequired } from '../policy.ts';

/** Whether the visit of a case must be recorded: by the day of filing; a city that has not decided does not ask. */
export function isVideoRequired(act: Act, application: Pick<Application, 'filedOn'>): boolean {
  return act.policy.has(videoRequired, application.filedOn) && act.policy.figure(videoRequired, application.filedOn).value;
}

/** Working days in which the full rendition must follow; null where the city sets none. */
export function fullVideoDays(act: Act, application: Pick<Application, 'filedOn'>): number | null {
  return act.policy.has(videoFullWorkingDays, application.filedOn) ? act.policy.figure(videoFullWorkingDays, application.filedOn).value : null;
}

/** Last day for the full rendition of a visit; null where none is set, or the calendar of that year is not published. */
export function fullVideoDueOn(act: Act, application: Pick<Application, 'filedOn'>, leftAt: string): Day | null {
  const days = fullVideoDays(act, application);
  if (days === null || !isVideoRequired(act, application)) return null;
  try {
    return act.policy.workingDays.addWorkingDays(dayOf(new Date(leftAt)), days);
  } catch (error) {
    if (error instanceof PolicyProblem) return null;
    throw error;
  }
}
