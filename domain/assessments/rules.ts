/** Rules of the assessment: from answers to a grade (scale/grade.ts), from an application to acceptance, from a notice to the days of the benefit. */
import { addDays, addMonths, firstOfNextMonth, type Day } from '#kit/days.ts';
import type { Decision, Reason, SourceRef } from '#kit/decision.ts';
import { assert, type RefusalParams } from '#kit/refuse.ts';
import { stampOf, type EditionOn, type FigureOn, type PolicyBook } from '#platform/policy/index.ts';
import * as needs from './policy.ts';

export { gradeAnswers, pointsOf } from './scale/grade.ts';
export type { Grading, MatrixGrading, WeightedGrading } from './scale/grade.ts';
export type { Answers } from './scale/matrix.ts';

/** A part of an edition that carries its own document and status. */
function ref(edition: EditionOn, part: { source: { document: string; article?: string }; status: SourceRef['status'] }): SourceRef {
  return { ...part.source, status: part.status, policy: edition.stampKey, file: edition.file };
}

export interface ApplicationFacts {
  kind: needs.ApplicationKind;
  appliedOn: Day;
  /** Insured under long-term care insurance on the day of application. */
  insured: boolean;
  /** Asked where the city has a lowest age; absent in decisions of before that check. */
  bornOn?: Day;
  /** Since when the disability has lasted, by the medical record. */
  disabledSince: Day;
  /** Day of the last conclusion of any grade, null when there is none. */
  lastConclusionOn: Day | null;
  /** False where another payer (work injury, a liable third party …) bears the care cost. */
  costCovered: boolean;
  /** Required papers that are missing or untrue, by name; empty when complete. */
  materialsLacking: string[];
}

export type Acceptance = 'accepted' | needs.RefusalCode;

/**
 * Whether an application is accepted. Every check leaves a reason; the value is the first ground for refusal. The grounds of
 * "too early" and "too young" name in `comeAgainOn` the first day on which it would be met. Source: 医保发〔2023〕29号 and the figures of the assessments.
 */
export function decideAcceptance(facts: ApplicationFacts, policy: PolicyBook): Decision<Acceptance> {
  const on = facts.appliedOn;
  const codes = policy.edition(needs.refusalCodes, on);
  const checks = [
    insuredCheck(facts), ...ageCheck(facts, policy), disabledCheck(facts, policy.figure(needs.minDisabledMonths, on)),
    intervalCheck(facts, policy.figure(needs.minMonthsSinceLast, on), policy.figure(needs.intervalKinds, on)),
    costCheck(facts), materialCheck(facts),
  ];
  const reasons = checks.map((check): Reason => {
    const ground = codes.value.codes.find((one) => one.code === check.ground);
    assert(ground, `the ground ${check.ground} stands in ${codes.file}`);
    const sources = [ref(codes, { source: ground.source, status: codes.status }), ...check.used.flatMap((figure) => figure.sources)];
    return { rule: 'assessments.acceptance', code: check.met ? check.passed : check.ground, params: check.params, sources };
  });
  return {
    kind: 'assessments.acceptance',
    value: checks.find((check) => !check.met)?.ground ?? 'accepted',
    reasons,
    facts: { ...facts },
    stamp: stampOf(codes, ...checks.flatMap((check) => check.used)),
  };
}

interface Check {
  met: boolean;
  ground: needs.RefusalCode;
  /** Reason code when the check is met. */
  passed: string;
  params: RefusalParams;
  used: FigureOn[];
}

function insuredCheck({ insured }: ApplicationFacts): Check {
  return { met: insured, ground: 'NOT_INSURED', passed: 'ACCEPTANCE_INSURED', params: {}, used: [] };
}

/** Where the city insures from an age on: reached on that birthday. Figure: assessments.minAge. */
function ageCheck({ appliedOn, bornOn }: ApplicationFacts, policy: PolicyBook): Check[] {
  if (bornOn === undefined || !policy.has(needs.minAge, appliedOn)) return [];
  const min = policy.figure(needs.minAge, appliedOn);
  const comeAgainOn = addMonths(bornOn, min.value * 12);
  return [{ met: comeAgainOn <= appliedOn, ground: 'NOT_ELIGIBLE', passed: 'ACCEPTANCE_OLD_ENOUGH', params: { bornOn, years: min.value, comeAgainOn }, used: [min] }];
}

function disabledCheck({ appliedOn, disabledSince }: ApplicationFacts, min: FigureOn<number>): Check {
  const comeAgainOn = addMonths(disabledSince, min.value);
  return {
    met: comeAgainOn <= appliedOn, ground: 'LESS_THAN_6_MONTHS_DISABLED', passed: 'ACCEPTANCE_DISABLED_LONG_ENOUGH',
    params: { disabledSince, months: min.value, comeAgainOn }, used: [min],
  };
}

function intervalCheck(facts: ApplicationFacts, min: FigureOn<number>, kinds: FigureOn<readonly string[]>): Check {
  const ground = 'LESS_THAN_6_MONTHS_SINCE_LAST';
  const used = [min, kinds];
  const { kind, lastConclusionOn } = facts;
  if (lastConclusionOn === null) return { met: true, ground, passed: 'ACCEPTANCE_NO_EARLIER_CONCLUSION', params: {}, used };
  if (!kinds.value.includes(kind)) return { met: true, ground, passed: 'ACCEPTANCE_INTERVAL_NOT_ASKED', params: { kind, lastConclusionOn }, used };
  const comeAgainOn = addMonths(lastConclusionOn, min.value);
  const params = { lastConclusionOn, months: min.value, comeAgainOn };
  return { met: comeAgainOn <= facts.appliedOn, ground, passed: 'ACCEPTANCE_INTERVAL_KEPT', params, used };
}

function costCheck({ costCovered }: ApplicationFacts): Check {
  return { met: costCovered, ground: 'COST_NOT_COVERED', passed: 'ACCEPTANCE_COST_COVERED', params: {}, used: [] };
}

function materialCheck({ materialsLacking }: ApplicationFacts): Check {
  const params: RefusalParams = materialsLacking.length > 0 ? { materials: materialsLacking.join('、') } : {};
  return { met: materialsLacking.length === 0, ground: 'MATERIAL_INCOMPLETE_OR_FALSE', passed: 'ACCEPTANCE_MATERIALS_COMPLETE', params, used: [] };
}

/** First day of the benefit, from the day on which the public notice ended. Source: the figure assessments.benefitStart. */
export function effectiveFrom(noticeEndedOn: Day, policy: PolicyBook): Decision<Day> {
  const start = policy.figure(needs.benefitStart, noticeEndedOn);
  const days = { firstOfNextMonth: () => firstOfNextMonth(noticeEndedOn), nextDay: () => addDays(noticeEndedOn, 1), sameDay: () => noticeEndedOn };
  const codes = { firstOfNextMonth: 'BENEFIT_FROM_NEXT_MONTH', nextDay: 'BENEFIT_FROM_NEXT_DAY', sameDay: 'BENEFIT_FROM_SAME_DAY' };
  const effectiveOn = days[start.value.rule]();
  return decided('assessments.effectiveFrom', effectiveOn, codes[start.value.rule], { noticeEndedOn, effectiveOn }, { noticeEndedOn }, start);
}

/** Last day of a conclusion that takes effect on `effectiveOn`; its policy is that of the day it takes effect. Source: the figure assessments.validMonths. */
export function validUntil(effectiveOn: Day, policy: PolicyBook): Decision<Day> {
  const months = policy.figure(needs.validMonths, effectiveOn);
  const validUntilOn = addDays(addMonths(effectiveOn, months.value), -1);
  const params = { effectiveOn, months: months.value, validUntilOn };
  return decided('assessments.validUntil', validUntilOn, 'VALID_FOR_MONTHS', params, { effectiveOn }, months);
}

/** Whether a grade has a benefit in this city on a day. Source: the figure assessments.benefitMinGrade. */
export function decideEntitlement(grade: number, on: Day, policy: PolicyBook): Decision<boolean> {
  const min = policy.figure(needs.benefitMinGrade, on);
  const entitled = grade >= min.value;
  const code = entitled ? 'ENTITLED_BY_GRADE' : 'GRADE_WITHOUT_BENEFIT';
  return decided('assessments.entitlement', entitled, code, { grade, minGrade: min.value }, { grade, on }, min);
}

function decided<V>(kind: string, value: V, code: string, params: RefusalParams, facts: Record<string, unknown>, used: FigureOn): Decision<V> {
  return { kind, value, reasons: [{ rule: kind, code, params, sources: used.sources }], facts, stamp: stampOf(used) };
}
