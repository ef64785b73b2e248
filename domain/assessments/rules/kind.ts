/** Which kind of application fits a person: once initial, end of term, status change, reviews, and the agency's own spot check. */
import { addDays, addMonths } from '#kit/days.ts';
import type { Day } from '#kit/days.ts';
import type { Decision, SourceRef } from '#kit/decision.ts';
import { assert } from '#kit/refuse.ts';
import type { RefusalParams } from '#kit/refuse.ts';
import { stampOf } from '#platform/policy/index.ts';
import type { FigureOn, PolicyBook } from '#platform/policy/index.ts';
import { GROUND_WORDS } from '../model.ts';
import type { ApplicationKind, KindRefusal, SpotCheckGround } from '../model.ts';
import * as needs from '../policy.ts';

export interface KindFacts {
  kind: ApplicationKind;
  /** Day of filing. */
  on: Day;
  /** The latest conclusion, in force or lapsed: day it was concluded, its last day, and the kind of its case; null when there never was one. */
  lastConclusionOn: Day | null;
  lastDayOn: Day | null;
  /** Day on which the letter of that conclusion reached the family; null or absent where no delivery is on record. */
  receivedOn?: Day | null;
  /** Null for an imported conclusion too. */
  lastKind: ApplicationKind | null;
  /** Of the acute stays (admission, emergency observation) that began by the day of filing, the one that ended last; no discharge: still in. */
  stayAdmittedOn: Day | null;
  stayDischargedOn: Day | null;
  /** Day of a district decision on a status change that no application has used yet. */
  statusDecisionOn: Day | null;
  /** Coded ground of the agency's spot check. */
  ground: SpotCheckGround | null;
}

export type KindAnswer = 'fits' | KindRefusal;

interface Answer {
  value: KindAnswer;
  code: string;
  params: RefusalParams;
  used: FigureOn[];
}

interface Last {
  lastConclusionOn: Day;
  lastDayOn: Day;
  lapsed: boolean;
}

/** SEED of the kinds: the 2020 revision of the Shanghai procedure, as the Baoshan reply tells it; reviews: the national measure. */
const KINDS_SOURCE: Record<ApplicationKind, SourceRef> = {
  initial: { document: 'baoshan-2020-8d067', article: '二（一）1', status: 'verified' },
  endOfTerm: { document: 'baoshan-2020-8d067', article: '二（一）1', status: 'verified' },
  statusChange: { document: 'baoshan-2020-8d067', article: '二（一）3', status: 'verified' },
  spotCheck: { document: 'baoshan-2020-8d067', article: '二（一）4', status: 'verified' },
  review: { document: 'nhsa-2023-29', status: 'unverified' },
  finalReview: { document: 'changhu-design', status: 'unverified' },
};

/**
 * Whether this kind of application fits the person on the day of filing: `fits`, or the ground for refusal with the kind or the day that
 * fits (`comeAgainOn`). Sources: 宝山区医保局 8D067号答复（2020）; figures assessments.endOfTermDays, statusChangeMonths, reviewRequestDays.
 */
export function decideKind(facts: KindFacts, policy: PolicyBook): Decision<KindAnswer> {
  const { kind } = facts;
  const answer = answerOf(facts, policy);
  const sources = [KINDS_SOURCE[kind], ...answer.used.flatMap((figure) => figure.sources)];
  return { kind: 'assessments.kind', value: answer.value, reasons: [{ rule: 'assessments.kind', code: answer.code, params: answer.params, sources }], facts: { ...facts }, stamp: stampOf(...answer.used) };
}

function answerOf(facts: KindFacts, policy: PolicyBook): Answer {
  const { kind, lastConclusionOn, lastDayOn } = facts;
  if (lastConclusionOn === null || lastDayOn === null) return kind === 'initial' ? fits('KIND_FIRST_TIME', {}) : no('APPLICATION_NO_CONCLUSION', {});
  const last = { lastConclusionOn, lastDayOn, lapsed: facts.on > lastDayOn };
  if (kind === 'initial') return initialAgain(facts, last, policy);
  if (kind === 'endOfTerm') return endOfTerm(facts, last, policy);
  if (kind === 'statusChange') return statusChange(facts, last, policy);
  return kind === 'spotCheck' ? spotCheck(facts, last) : review(facts, last, policy);
}

const fits = (code: string, params: RefusalParams, used: FigureOn[] = []): Answer => ({ value: 'fits', code, params, used });
const no = (code: KindRefusal, params: RefusalParams, used: FigureOn[] = []): Answer => ({ value: code, code, params, used });

function initialAgain({ on }: KindFacts, { lastConclusionOn, lastDayOn, lapsed }: Last, policy: PolicyBook): Answer {
  if (lapsed) return no('KIND_INITIAL_LAPSED', { lastConclusionOn, lastDayOn });
  const days = policy.figure(needs.endOfTermDays, on);
  return no('KIND_INITIAL_ONCE', { lastConclusionOn, comeAgainOn: addDays(lastDayOn, -days.value) }, [days]);
}

function endOfTerm({ on }: KindFacts, { lastDayOn, lapsed }: Last, policy: PolicyBook): Answer {
  if (lapsed) return fits('KIND_TERM_LAPSED', { lastDayOn });
  const days = policy.figure(needs.endOfTermDays, on);
  const comeAgainOn = addDays(lastDayOn, -days.value);
  const params = { lastDayOn, days: days.value, comeAgainOn };
  return on >= comeAgainOn ? fits('KIND_TERM_NEAR', params, [days]) : no('KIND_TERM_NOT_NEAR', params, [days]);
}

function statusChange(facts: KindFacts, { lastDayOn, lapsed }: Last, policy: PolicyBook): Answer {
  const { on, stayAdmittedOn, stayDischargedOn, statusDecisionOn } = facts;
  if (lapsed) return no('KIND_STATUS_LAPSED', { lastDayOn });
  if (!policy.has(needs.statusChangeMonths, on)) return fits('KIND_STAY_NOT_ASKED', {});
  const months = policy.figure(needs.statusChangeMonths, on);
  const sinceOn = addMonths(on, -months.value);
  if (stayAdmittedOn !== null && stayAdmittedOn <= on && (stayDischargedOn === null || stayDischargedOn >= sinceOn)) {
    return fits(stayDischargedOn === null ? 'KIND_ACUTE_STAY_OPEN' : 'KIND_ACUTE_STAY', { stayAdmittedOn, stayDischargedOn, months: months.value, sinceOn }, [months]);
  }
  if (statusDecisionOn !== null && statusDecisionOn <= on) return onDecision(statusDecisionOn, on, months, policy);
  const days = policy.figure(needs.endOfTermDays, on);
  return no('KIND_NO_ACUTE_STAY', { months: months.value, sinceOn, comeAgainOn: addDays(lastDayOn, -days.value) }, [months, days]);
}

/** A district's decision is good for so many months, where a figure says how many. */
function onDecision(statusDecisionOn: Day, on: Day, months: FigureOn, policy: PolicyBook): Answer {
  if (!policy.has(needs.statusDecisionMonths, on)) return fits('KIND_DISTRICT_DECISION', { statusDecisionOn }, [months]);
  const good = policy.figure(needs.statusDecisionMonths, on);
  const goodUntilOn = addMonths(statusDecisionOn, good.value);
  return on <= goodUntilOn ? fits('KIND_DISTRICT_DECISION', { statusDecisionOn }, [months, good]) : no('KIND_DECISION_EXPIRED', { statusDecisionOn, months: good.value, goodUntilOn }, [months, good]);
}

function spotCheck({ ground }: KindFacts, { lastDayOn, lapsed }: Last): Answer {
  return lapsed ? no('KIND_SPOT_CHECK_LAPSED', { lastDayOn }) : fits('KIND_SPOT_CHECK_GROUND', groundNamed(ground));
}

function groundNamed(ground: SpotCheckGround | null): RefusalParams {
  assert(ground !== null, 'a spot check is opened on a coded ground');
  return { ground, groundZh: GROUND_WORDS[ground].zh, groundEn: GROUND_WORDS[ground].en };
}

function review({ kind, on, lastKind, receivedOn }: KindFacts, { lastConclusionOn }: Last, policy: PolicyBook): Answer {
  if (lastKind === 'finalReview') return no('KIND_REVIEW_FINAL', { lastConclusionOn });
  if (kind === 'review' && lastKind === 'review') return no('KIND_REVIEW_ONCE', { lastConclusionOn });
  if (kind === 'finalReview' && lastKind !== 'review') return no('KIND_NO_REVIEW_YET', {});
  const { lastRequestOn, countsFromOn, figure } = reviewRequest(lastConclusionOn, receivedOn ?? null, policy);
  const params = { lastConclusionOn, countsFromOn, lastRequestOn };
  if (on > lastRequestOn) return no('KIND_REVIEW_LATE', params, [figure]);
  return fits(kind === 'review' ? 'KIND_REVIEW_IN_TIME' : 'KIND_FINAL_REVIEW_IN_TIME', params, [figure]);
}

export interface ReviewRequest {
  lastRequestOn: Day;
  /** The day that does not count: of receipt where the delivery is on record, else of the conclusion. */
  countsFromOn: Day;
  figure: FigureOn<{ count: number; unit: 'calendarDay' | 'workingDay' }>;
}

/** Last day to ask for a re-assessment. Throws a PolicyProblem where a working day falls into a year without calendar. Figure: assessments.reviewRequestDays. */
export function reviewRequest(lastConclusionOn: Day, receivedOn: Day | null, policy: PolicyBook): ReviewRequest {
  const figure = policy.figure(needs.reviewRequestDays, lastConclusionOn);
  const countsFromOn = receivedOn ?? lastConclusionOn;
  const { count, unit } = figure.value;
  return { figure, countsFromOn, lastRequestOn: unit === 'calendarDay' ? addDays(countsFromOn, count) : policy.workingDays.addWorkingDays(countsFromOn, count) };
}
