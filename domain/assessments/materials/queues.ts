/** The queues before acceptance, counted. */
import type { Act } from '#platform/act.ts';
import { PolicyProblem } from '#platform/policy/index.ts';
import { lateSpans } from './due.ts';
import { countQueues } from './store.ts';
import type { LateSpan } from './store.ts';

const NONE: LateSpan = { fromOn: null, untilOn: null };

/** How many applications in scope wait for pre-review, acceptance and supply, and how many too long; where the working days are not published it names the file and counts none of the first two as late. */
export async function readQueues(act: Act, query: { district?: string; township?: string }) {
  const late = spansToday(act);
  const counts = await countQueues(act, { district: query.district ?? ownDistrict(act), township: query.township ?? null }, late);
  return {
    accept: { open: counts.acceptOpen, overdue: counts.acceptOverdue }, supply: { open: counts.supplyOpen, overdue: counts.supplyOverdue }, preReview: { open: counts.preReviewOpen, overdue: counts.preReviewOverdue },
    calendarMissing: late.calendarMissing,
  };
}

function spansToday(act: Act): { accept: LateSpan; preReview: LateSpan; calendarMissing: string | null } {
  try {
    return { ...lateSpans(act.today, act.policy), calendarMissing: null };
  } catch (error) {
    if (error instanceof PolicyProblem) return { accept: NONE, preReview: NONE, calendarMissing: error.faults[0]?.file ?? '' };
    throw error;
  }
}

/** The district of an actor whose area is one or lies in one: lets the index begin with it; the wall would show no other anyway. */
export function ownDistrict(act: Act): string | null {
  const { area, institutionId, persons } = act.actor;
  return area !== null && area.length >= 6 && institutionId === null && persons.length === 0 ? area.slice(0, 6) : null;
}

/** The institution of an actor who sees its cases and no others: lets the index begin with it. */
export function ownInstitution(act: Act): string | null {
  const { area, institutionId, persons } = act.actor;
  return area === null && persons.length === 0 ? institutionId : null;
}
