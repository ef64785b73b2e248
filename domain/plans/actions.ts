/** Acts on care plans: proposed at the window or by the institution, confirmed by the person before the first visit, ended. */
import type { BodyOf, OutputOf } from '#kit/contract.ts';
import { addDays } from '#kit/days.ts';
import { newId } from '#kit/ids.ts';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { keepDecision } from '#platform/decisions/keep.ts';
import { recordEvent } from '#platform/events/record.ts';
import type { Heard } from '#platform/module.ts';
import { demandUnrelatedCare } from '#domain/assessments/index.ts';
import { findPauseAgainst } from '#domain/assessments/index.ts';
import { benefitMinGrade } from '#domain/assessments/policy.ts';
import { getPerson, insertTie } from '#domain/people/index.ts';
import { getInstitution } from '#domain/providers/index.ts';
import { findWorker } from '#domain/workers/index.ts';
import type { plansContract } from './contract.ts';
import { NEXT_ACTS, type PlanAct, type PlannedItem } from './model.ts';
import { decidePlan, type PlanFacts } from './rules.ts';
import type { StoredPlan } from './store.ts';
import { entitlementOn, findOverlap, findPlan, insertPlan, lockPerson, movePlan, plansOfPersons } from './store.ts';

type Proposal = BodyOf<(typeof plansContract)['POST /api/plans']>;
type Done = OutputOf<(typeof plansContract)['POST /api/plans/{id}/confirm']>;

/**
 * Proposes a plan. Refuses what may not be admitted (see decidePlan), and PLAN_DAYS, PLAN_INSTITUTION_OTHER, PLAN_INSTITUTION_AGREEMENT,
 * PLAN_WORKER, PLAN_PAUSED, PLAN_OVERLAP. The admission is kept as a decision with its reasons.
 */
export async function proposePlan(act: Act, body: Proposal): Promise<{ id: string; number: string }> {
  const person = await getPerson(act, body.personId);
  const institution = await getInstitution(act, body.institutionId);
  const toOn = body.toOn ?? null;
  if (toOn !== null && toOn < body.fromOn) refuse('PLAN_DAYS', { fromOn: body.fromOn, toOn });
  if (act.actor.institutionId !== null && act.actor.institutionId !== institution.id) refuse('PLAN_INSTITUTION_OTHER', {}, { status: 403 });
  if (institution.agreementFromOn > body.fromOn || (institution.agreementToOn !== null && institution.agreementToOn < body.fromOn)) {
    refuse('PLAN_INSTITUTION_AGREEMENT', { institution: institution.name, fromOn: institution.agreementFromOn, toOn: institution.agreementToOn });
  }
  await demandWorker(act, body);
  await demandUnrelatedCare(act, { districtCode: person.districtCode, personId: person.id, institutionId: institution.id, institutionName: institution.name, on: body.fromOn });
  const items: PlannedItem[] = body.items.map((item) => ({ ...item, carers: item.carers ?? 1 }));
  const minGrade = act.policy.figure(benefitMinGrade, body.fromOn).value;
  const entitlement = await entitlementOn(act, person.districtCode, person.id, body.fromOn, minGrade);
  const facts: PlanFacts = { mode: body.mode, fromOn: body.fromOn, ...entitlement, institutionKind: institution.kind, items };
  const decision = decidePlan(facts, act.policy);
  if (decision.value.refusal) refuse(decision.value.refusal.code, decision.value.refusal.params, { reasons: decision.reasons });
  await demandNoPause(act, person.id, body.fromOn, toOn);
  await lockPerson(act, person.id);
  await demandNoOverlap(act, person.districtCode, person.id, body.fromOn, toOn, null);
  const id = newId<'plan'>(act.now.getTime());
  const number = await insertPlan(act, { districtCode: person.districtCode, id, personId: person.id, townshipCode: person.townshipCode, mode: body.mode, institutionId: institution.id, workerId: body.workerId ?? null, fromOn: body.fromOn, toOn }, items);
  const about = { districtCode: person.districtCode, subjectType: 'plan', subjectId: id, personId: person.id, townshipCode: person.townshipCode, institutionId: institution.id };
  await keepDecision(act, decision, { ...about, decidedOn: body.fromOn });
  await recordEvent(act, { ...about, kind: 'plans.proposed', data: { number, institution: institution.name, fromOn: body.fromOn } });
  return { id, number };
}

/** An individual carer is named exactly for that mode, and works for the institution on the first day. */
async function demandWorker(act: Act, body: Proposal): Promise<void> {
  if (body.mode !== 'homeIndividual') return body.workerId === undefined ? undefined : refuse('PLAN_WORKER', { mode: body.mode });
  const worker = body.workerId === undefined ? undefined : await findWorker(act, body.workerId);
  const fits = worker?.institutionId === body.institutionId && worker.workerClass === 'individual' && worker.fromOn <= body.fromOn && (worker.toOn === null || worker.toOn >= body.fromOn);
  if (!fits) refuse('PLAN_WORKER', { mode: body.mode });
}

/** A paused benefit starts no plan: the re-check comes first (assessments). */
async function demandNoPause(act: Act, personId: string, fromOn: string, toOn: string | null): Promise<void> {
  const pause = await findPauseAgainst(act, personId, fromOn, toOn);
  if (pause) refuse('PLAN_PAUSED', { pausedFromOn: pause.fromOn, pausedToOn: pause.toOn }, { status: 409 });
}

async function demandNoOverlap(act: Act, districtCode: string, personId: string, fromOn: string, toOn: string | null, exceptId: string | null): Promise<void> {
  const other = await findOverlap(act, districtCode, personId, fromOn, toOn, exceptId);
  if (other) refuse('PLAN_OVERLAP', { number: other.number, endsOn: other.toOn }, { status: 409 });
}

/** A plan in the actor's scope; refuses with NOT_FOUND. */
export async function getPlan(act: Act, id: string): Promise<StoredPlan> {
  return (await findPlan(act, id)) ?? refuse('NOT_FOUND', {}, { status: 404 });
}

/** The plan of one of the actor's own persons; anybody else's is NOT_FOUND. */
async function getOwnPlan(act: Act, id: string): Promise<StoredPlan> {
  const plan = await getPlan(act, id);
  return act.actor.persons.some((one) => one.personId === plan.personId) ? plan : refuse('NOT_FOUND', {}, { status: 404 });
}

/** The plan in its present state, with nobody else planning for this person. Refuses with NOT_FOUND, or PLAN_STATE when its state does not allow the act. */
async function planFor(act: Act, id: string, what: PlanAct, get: typeof getPlan): Promise<StoredPlan> {
  await lockPerson(act, (await get(act, id)).personId);
  const plan = await get(act, id);
  if (!NEXT_ACTS[plan.state].includes(what)) refuse('PLAN_STATE', { state: plan.state }, { status: 409 });
  return plan;
}

const aboutPlan = (plan: StoredPlan) => ({ districtCode: plan.districtCode, subjectType: 'plan', subjectId: plan.id, personId: plan.personId, townshipCode: plan.townshipCode, institutionId: plan.institutionId });

/** Records at the window who confirmed. Refuses with PLAN_STATE, PLAN_NO_ENTITLEMENT, PLAN_PAUSED or PLAN_OVERLAP. */
export async function confirmPlan(act: Act, id: string, body: { confirmerName: string; note?: string }): Promise<Done> {
  return confirm(act, await planFor(act, id, 'confirm', getPlan), body.confirmerName.trim(), body.note ?? null);
}

/** Confirms as the person or family. */
export async function confirmOwnPlan(act: Act, id: string): Promise<Done> {
  return confirm(act, await planFor(act, id, 'confirm', getOwnPlan), act.actor.name, null);
}

async function confirm(act: Act, plan: StoredPlan, confirmedBy: string, note: string | null): Promise<Done> {
  const minGrade = act.policy.figure(benefitMinGrade, plan.fromOn).value;
  const { grade, entitledFromOn } = await entitlementOn(act, plan.districtCode, plan.personId, plan.fromOn, minGrade);
  if (grade === null || grade < minGrade) refuse('PLAN_NO_ENTITLEMENT', { grade, minGrade, on: plan.fromOn, entitledFromOn });
  await demandNoPause(act, plan.personId, plan.fromOn, plan.toOn);
  await demandNoOverlap(act, plan.districtCode, plan.personId, plan.fromOn, plan.toOn, plan.id);
  await movePlan(act, plan, 'confirmed', { confirmedBy });
  await insertTie(act, { districtCode: plan.districtCode, personId: plan.personId, institutionId: plan.institutionId, kind: 'care', fromOn: plan.fromOn });
  await recordEvent(act, { ...aboutPlan(plan), kind: 'plans.confirmed', note, data: { number: plan.number, confirmedBy } });
  return { id: plan.id, state: 'confirmed' };
}

/** Declines a proposed plan at the window. Refuses with PLAN_STATE. */
export async function declinePlan(act: Act, id: string, note: string): Promise<Done> {
  return decline(act, await planFor(act, id, 'decline', getPlan), note);
}

/** Declines as the person or family. */
export async function declineOwnPlan(act: Act, id: string, note: string): Promise<Done> {
  return decline(act, await planFor(act, id, 'decline', getOwnPlan), note);
}

async function decline(act: Act, plan: StoredPlan, note: string): Promise<Done> {
  await movePlan(act, plan, 'declined');
  await recordEvent(act, { ...aboutPlan(plan), kind: 'plans.declined', note, data: { number: plan.number } });
  return { id: plan.id, state: 'declined' };
}

/** Ends a confirmed plan after a day; until then it stays in force. Refuses with PLAN_STATE, or PLAN_DAYS when the day lies outside the plan. */
export async function endPlan(act: Act, id: string, body: { toOn: string; note: string }): Promise<Done> {
  const plan = await planFor(act, id, 'end', getPlan);
  if (body.toOn < plan.fromOn || (plan.toOn !== null && body.toOn > plan.toOn)) refuse('PLAN_DAYS', { fromOn: plan.fromOn, toOn: plan.toOn });
  await movePlan(act, plan, 'ended', { toOn: body.toOn });
  await recordEvent(act, { ...aboutPlan(plan), kind: 'plans.ended', note: body.note, data: { number: plan.number, toOn: body.toOn } });
  return { id: plan.id, state: 'ended' };
}

/** A re-check that ended the service ends the person's plans too: on the day before the pause began, or on their first day where they began later. Safe to repeat. */
export async function endAfterRecheck(act: Act, { personId, data }: Heard): Promise<void> {
  if (personId === null) return;
  await lockPerson(act, personId);
  const pausedFromOn = String(data['fromOn']);
  const running = (await plansOfPersons(act, [personId])).filter((one) => one.state === 'confirmed' && (one.toOn === null || one.toOn >= pausedFromOn));
  for (const plan of running) {
    const before = addDays(pausedFromOn, -1);
    const toOn = before < plan.fromOn ? plan.fromOn : before;
    await movePlan(act, plan, 'ended', { toOn });
    await recordEvent(act, { ...aboutPlan(plan), kind: 'plans.ended', data: { number: plan.number, toOn } });
  }
}
