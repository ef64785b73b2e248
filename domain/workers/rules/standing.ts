/** The standing of an assessor or expert in the register on a day: active, or what is missing and since when. */
import { addMonths } from '#kit/days.ts';
import type { Day } from '#kit/days.ts';
import type { Decision, Reason, SourceRef } from '#kit/decision.ts';
import { stampOf } from '#platform/policy/index.ts';
import type { FigureOn, PolicyBook } from '#platform/policy/index.ts';
import { suspensionWords } from '../register/words.ts';
import { assessorMustBeAdmitted, trainingHoursPerYear } from '../policy.ts';

/** What may be missing, in the order in which it is said. */
export const STANDING_FAULTS = ['ASSESSOR_NOT_ADMITTED', 'ASSESSOR_LEFT', 'ASSESSOR_SUSPENDED', 'ASSESSOR_CERTIFICATE_ENDED', 'ASSESSOR_TRAINING_SHORT'] as const;
export type StandingFault = (typeof STANDING_FAULTS)[number];
export type Standing = 'active' | StandingFault;

export interface StandingFacts {
  /** Day on which the person would assess or confirm. */
  on: Day;
  /** Day whose obligations hold: that on which the case was filed; in the register itself the day itself. */
  obligedOn: Day;
  /** All null for a person without an entry. */
  admittedOn: Day | null;
  certificateUntilOn: Day | null;
  leftOn: Day | null;
  barredUntilOn: Day | null;
  suspendedFromOn: Day | null;
  suspendedToOn: Day | null;
  suspensionReason: string | null;
  /** Hours of passed training in the year before `on`. */
  trainingHours: number;
}

const REGISTER: SourceRef = { document: 'nhsa-2023-29', status: 'unverified' };

/**
 * Whether somebody may assess or confirm on a day. An entry that has ended, is suspended or has run out never may; a person without entry
 * may only where the city does not ask for one. Figures: workers.assessorMustBeAdmitted, workers.trainingHoursPerYear.
 */
export function decideStanding(facts: StandingFacts, policy: PolicyBook): Decision<Standing> {
  const used: FigureOn[] = [];
  const reasons: Reason[] = [];
  const fault = (code: StandingFault, params: Reason['params'], figure?: FigureOn): void => {
    if (figure) used.push(figure);
    reasons.push({ rule: 'workers.standing', code, params, sources: [REGISTER, ...(figure?.sources ?? [])] });
  };
  const { on, obligedOn, admittedOn } = facts;
  if (admittedOn === null) {
    const asked = policy.has(assessorMustBeAdmitted, obligedOn) ? policy.figure(assessorMustBeAdmitted, obligedOn) : undefined;
    if (asked?.value) fault('ASSESSOR_NOT_ADMITTED', { sinceOn: asked.from }, asked);
  } else {
    if (facts.leftOn !== null) fault('ASSESSOR_LEFT', { sinceOn: facts.leftOn, barredUntilOn: facts.barredUntilOn });
    if (facts.suspendedFromOn !== null) fault('ASSESSOR_SUSPENDED', { sinceOn: facts.suspendedFromOn, toOn: facts.suspendedToOn, ...suspensionWords(facts.suspensionReason) });
    if (facts.certificateUntilOn !== null && facts.certificateUntilOn < on) fault('ASSESSOR_CERTIFICATE_ENDED', { sinceOn: facts.certificateUntilOn });
    const hours = policy.has(trainingHoursPerYear, obligedOn) ? policy.figure(trainingHoursPerYear, obligedOn) : undefined;
    if (hours && facts.trainingHours < hours.value) fault('ASSESSOR_TRAINING_SHORT', { sinceOn: addMonths(on, -12), hours: facts.trainingHours, needed: hours.value }, hours);
    else if (hours) used.push(hours);
  }
  const value = (reasons[0]?.code as StandingFault | undefined) ?? 'active';
  if (value === 'active') reasons.push({ rule: 'workers.standing', code: admittedOn === null ? 'ASSESSOR_ENTRY_NOT_ASKED' : 'ASSESSOR_ACTIVE', params: { admittedOn, hours: facts.trainingHours }, sources: [REGISTER, ...used.flatMap((one) => one.sources)] });
  return { kind: 'workers.standing', value, reasons, facts: { ...facts }, stamp: stampOf(...used) };
}
