/** The road of an application, and the one sentence that says what comes next for a person. */
import type { Application, Person, Plan } from './api.ts';

export const ROAD = ['filed', 'accepted', 'assessed', 'confirmed', 'notice', 'conclusion'] as const;
export type RoadStep = (typeof ROAD)[number];
export type RoadMark = 'done' | 'now' | 'todo' | 'stopped';

/** How many steps are behind an application in each state; the next one is under way, or where it stopped. */
const BEHIND: Record<string, number> = { filed: 1, refused: 1, withdrawn: 1, closed: 1, accepted: 2, dispatched: 2, scored: 3, confirmed: 4, checked: 4, onNotice: 4, concluded: 6 };
const STOPPED = ['refused', 'withdrawn', 'closed'];

/** Where an application stands on its road: filed → accepted → assessed → confirmed → notice → conclusion. */
export function roadOf(state: string): { step: RoadStep; mark: RoadMark }[] {
  const behind = BEHIND[state] ?? 0;
  return ROAD.map((step, at) => ({ step, mark: at < behind ? 'done' : at > behind ? 'todo' : STOPPED.includes(state) ? 'stopped' : 'now' }));
}

export interface NextStep {
  /** Key of the sentence under `next` of the family's words. */
  say: string;
  params: Record<string, string | number>;
  /** Page where the family does it; undefined where they only wait. */
  to?: string;
}

const OPEN = ['filed', 'accepted', 'dispatched', 'scored', 'confirmed', 'checked', 'onNotice'];

/** Whether an application of the person is under way: another one would be refused. */
export const isUnderWay = ({ application }: Pick<Person, 'application'>): boolean => application !== null && OPEN.includes(application.state);

/** What a family does or waits for next: a plan to confirm comes first, then a case under way, then what the grade gives. */
export function nextStep(person: Person, plans: readonly Plan[], today: string): NextStep {
  const own = plans.filter((one) => one.personId === person.personId);
  const proposed = own.find((one) => one.state === 'proposed');
  if (proposed) return { say: 'confirmPlan', params: { institution: proposed.institutionName, from: proposed.fromOn }, to: '/family/plans' };
  const state = person.application?.state;
  if (state !== undefined && OPEN.includes(state)) {
    const until = person.notice?.endsOn;
    if (state === 'onNotice' && until !== undefined) return { say: 'onNotice', params: { until }, to: '/family/applications' };
    return { say: state === 'onNotice' ? 'confirmed' : state, params: {}, to: '/family/applications' };
  }
  const conclusion = person.conclusion;
  if (state === 'refused' && conclusion === null) return { say: 'refused', params: {}, to: '/family/applications' };
  if (conclusion === null) return { say: 'apply', params: {}, to: '/family/apply' };
  if (!conclusion.entitled) return { say: 'noBenefit', params: { grade: conclusion.grade }, to: '/family/apply' };
  const inForce = own.filter((one) => ['confirmed', 'ended'].includes(one.state) && runsStill(one, today));
  const running = inForce.find((one) => one.fromOn <= today) ?? inForce[0];
  if (running && running.fromOn > today) return { say: 'careStarts', params: { from: running.fromOn, institution: running.institutionName } };
  if (running) return { say: 'careRuns', params: { until: conclusion.validUntilOn } };
  return { say: conclusion.state === 'notYet' ? 'choosePlanFrom' : 'choosePlan', params: { from: conclusion.effectiveOn } };
}

/** Not over yet: open, or its last day is today or later; also true of a plan that was ended for a later day. */
export function runsStill(plan: Pick<Plan, 'toOn' | 'state'>, today: string): boolean {
  return plan.toOn === null ? plan.state !== 'ended' : plan.toOn >= today;
}

/** What a road says below its picture. */
export function roadSentence(application: Pick<Application, 'state' | 'noticeEndsOn'>): { say: string; params: Record<string, string> } {
  if (application.state === 'onNotice') return application.noticeEndsOn === null ? { say: 'confirmed', params: {} } : { say: 'onNotice', params: { until: application.noticeEndsOn } };
  return { say: application.state, params: {} };
}

const PLAN_ORDER = ['proposed', 'confirmed', 'declined', 'ended'];

/** Plans that wait for an answer first, then those in force, each with the newest first. */
export function planOrder<P extends Pick<Plan, 'state' | 'fromOn'>>(plans: readonly P[]): P[] {
  return [...plans].sort((a, b) => PLAN_ORDER.indexOf(a.state) - PLAN_ORDER.indexOf(b.state) || (a.fromOn < b.fromOn ? 1 : a.fromOn > b.fromOn ? -1 : 0));
}
