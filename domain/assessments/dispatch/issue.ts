/** Issuing orders: one by hand, or every accepted case of a district or township as one set. */
import { createHash } from 'node:crypto';
import type { BodyOf, OutputOf } from '#kit/contract.ts';
import type { Decision } from '#kit/decision.ts';
import { newId } from '#kit/ids.ts';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { keepDecision, keepDecisions } from '#platform/decisions/keep.ts';
import { recordEvent, recordEvents } from '#platform/events/record.ts';
import { insertTie, insertTies } from '#domain/people/index.ts';
import { findInstitution } from '#domain/providers/index.ts';
import { recordStep, takeInHand } from '../actions/case.ts';
import { dueOf } from '../rules/due.ts';
import type { Application } from '../store/application.ts';
import type { dispatchContract } from './contract.ts';
import { shortened } from './batch.ts';
import { groundParams } from './grounds.ts';
import { factsOf, gatherAvoidances, gatherInstitutions } from './facts.ts';
import type { CaseToDispatch } from './facts.ts';
import { respondByOf } from './limits.ts';
import { endOrder } from './orders.ts';
import { proposalFor } from './propose.ts';
import { decideDispatch } from './rules.ts';
import type { Candidate, Excluded, InstitutionFacts, Proposal } from './rules.ts';
import { findCurrentOrder, handOver, insertOrders, listBatch } from './store.ts';
import type { NewOrder, WaitingCase } from './store.ts';
import { commitBeforehand } from '../expert/draw.ts';

type Preview = OutputOf<(typeof dispatchContract)['GET /api/dispatch-batches/preview']>;
type Dispatched = OutputOf<(typeof dispatchContract)['POST /api/applications/{id}/dispatch']>;
type BatchDone = OutputOf<(typeof dispatchContract)['POST /api/dispatch-batches']>;
type Place = { districtCode: string; townshipCode?: string };

/**
 * Issues an order to an assessment institution, which then sees the person; again before anybody assessed, to another one. The first of the
 * proposal needs no words, another one a reason. Refuses with DISPATCH_ALREADY (two officers at once), DISPATCH_INSTITUTION, DISPATCH_PAUSED, DISPATCH_RECUSED, DISPATCH_NO_ASSESSORS,
 * REVIEW_SAME_INSTITUTION (a review or a case back after an upheld objection goes to others), DISPATCH_REASON.
 */
export async function dispatchApplication(act: Act, id: string, institutionId: string, reason?: string): Promise<Dispatched> {
  const application = await takeInHand(act, id, 'dispatch');
  const institution = (await findInstitution(act, institutionId)) ?? refuse('DISPATCH_INSTITUTION', { institution: institutionId });
  const before = await findCurrentOrder(act, id);
  if (before?.institutionId === institutionId) refuse('DISPATCH_ALREADY', { institution: institution.name }, { status: 409 });
  const decision = await proposalFor(act, application);
  const chosen = decision.value.proposed.find((one) => one.institutionId === institutionId);
  if (!chosen) refuseExcluded(decision.value.excluded.find((one) => one.institutionId === institutionId), institution.name);
  const words = reason?.trim() || null;
  if (chosen.place > 1 && words === null) refuse('DISPATCH_REASON', { first: decision.value.proposed[0]!.name }, { errors: [{ column: 'reason', value: '', code: 'DISPATCH_REASON', params: { first: decision.value.proposed[0]!.name } }] });
  if (before) await endOrder(act, before, { state: 'withdrawn', reasonCode: 'REDISPATCHED', ...(words === null ? {} : { note: words }) });
  const decisionId = await keepDecision(act, decision, { districtCode: application.districtCode, personId: application.personId, townshipCode: application.townshipCode, subjectType: 'application', subjectId: id, decidedOn: act.today });
  const order = newOrder(act, application, chosen, { decisionId, chosenReason: words, batchId: null, ...limitsOf(act, application) });
  await insertTie(act, { districtCode: application.districtCode, personId: application.personId, institutionId, kind: 'assessment', fromOn: act.today });
  await handOver(act, [order]);
  await insertOrders(act, [order]);
  await commitBeforehand(act, application.districtCode, [application], { anew: true });
  await recordStep(act, application, 'dispatched', { institutionId, note: words, data: { institution: institution.name, orderId: order.id, place: chosen.place } });
  return { state: 'dispatched', orderId: order.id, decisionId };
}

function refuseExcluded(why: Excluded | undefined, institution: string): never {
  if (why?.why === 'DISPATCH_REVIEWED') refuse('REVIEW_SAME_INSTITUTION', { institution });
  if (why?.why === 'DISPATCH_RECUSED') refuse('DISPATCH_RECUSED', { institution, ...(why.ground === null ? {} : groundParams({ ground: why.ground, detail: why.detail })) });
  if (why?.why === 'DISPATCH_PAUSED') refuse('DISPATCH_PAUSED', { institution });
  if (why?.why === 'DISPATCH_NO_ASSESSORS') refuse('DISPATCH_NO_ASSESSORS', { institution });
  refuse('DISPATCH_INSTITUTION', { institution });
}

type ToIssue = Pick<Application, 'id' | 'districtCode' | 'personId' | 'townshipCode' | 'filedOn' | 'acceptedOn' | 'returnedOn'>;

/** The last day of the visit, and the instant by which the order is answered. */
function limitsOf(act: Act, one: ToIssue): Pick<NewOrder, 'dueOn' | 'respondBy'> {
  return { dueOn: dueOf('dispatched', one.returnedOn ?? one.acceptedOn, act.today, act.policy).dueOn, respondBy: respondByOf(act.now, one.filedOn, act.policy) };
}

function newOrder(act: Act, one: ToIssue, chosen: Candidate, more: Pick<NewOrder, 'decisionId' | 'chosenReason' | 'batchId' | 'dueOn' | 'respondBy'>): NewOrder {
  return {
    id: newId<'order'>(act.now.getTime()), districtCode: one.districtCode, applicationId: one.id, personId: one.personId, townshipCode: one.townshipCode, institutionId: chosen.institutionId, place: chosen.place, ...more,
  };
}

interface Planned {
  one: WaitingCase;
  decision: Decision<Proposal>;
  first: Candidate | undefined;
}

interface Plan {
  planned: Planned[];
  institutions: Omit<InstitutionFacts, 'avoided'>[];
  stamp: string;
}

/** Decides case after case: what one institution gets counts for the next case, so that rotation goes on through the batch. */
async function planBatch(act: Act, place: Place, lock: boolean): Promise<Plan> {
  const cases = await listBatch(act, place.districtCode, place.townshipCode ?? null, lock);
  const institutions = await gatherInstitutions(act);
  const avoided = await gatherAvoidances(act, place.districtCode, cases);
  const load = new Map(institutions.map((one) => [one.id, { ...one }]));
  const mine = institutions.filter((one) => one.districtCode === place.districtCode).map((one) => one.id);
  const near = (one: CaseToDispatch): Omit<InstitutionFacts, 'avoided'>[] =>
    one.kind === 'review' || one.kind === 'finalReview' || (avoided.get(one.id) ?? []).length > 0 || mine.length === 0 ? [...load.values()] : mine.map((id) => load.get(id)!);
  const planned = cases.map((one): Planned => {
    const decision = decideDispatch(factsOf(act, one, near(one), avoided.get(one.id) ?? []), act.policy);
    const first = decision.value.proposed[0];
    const taken = first && load.get(first.institutionId);
    if (taken) load.set(taken.id, { ...taken, openOrders: taken.openOrders + 1, monthOrders: taken.monthOrders + 1, windowOrders: taken.windowOrders + 1, lastIssuedAt: act.now.toISOString() });
    return { one, decision, first };
  });
  const text = `${act.today}|${planned.map(({ one, first }) => `${one.id}:${first?.institutionId ?? '-'}`).join(',')}|${institutions.map((one) => `${one.id}:${one.openOrders}:${one.monthOrders}`).join(',')}`;
  return { planned, institutions, stamp: createHash('sha256').update(text).digest('hex') };
}

function sharesOf({ planned, institutions }: Plan): Preview['shares'] {
  const byInstitution = new Map<string, Candidate[]>();
  for (const { first } of planned) if (first) byInstitution.set(first.institutionId, [...(byInstitution.get(first.institutionId) ?? []), first]);
  return institutions.filter((one) => byInstitution.has(one.id)).map((one) => {
    const won = byInstitution.get(one.id)!;
    const { capacity, faultShareBp } = won[0]!;
    return {
      institutionId: one.id, name: one.name, districtCode: one.districtCode, cases: won.length, openOrders: one.openOrders, monthOrders: one.monthOrders, capacity, faultShareBp,
      beyondCapacity: capacity === null ? 0 : Math.min(won.length, Math.max(0, one.openOrders + won.length - capacity)), drawn: won.filter((two) => two.drawn).length,
    };
  }).sort((a, b) => b.cases - a.cases);
}

const unplacedOf = ({ planned }: Plan): Preview['unplaced'] => planned.filter(({ first }) => !first).map(({ one, decision }) => ({ applicationId: one.id, number: one.number, excluded: decision.value.excluded }));

/** Who would get how many of the accepted cases of a place, and why; nothing is written. */
export async function previewBatch(act: Act, place: Place): Promise<Preview> {
  const plan = await planBatch(act, place, false);
  return { cases: plan.planned.length, shares: sharesOf(plan), unplaced: unplacedOf(plan).slice(0, 200), stamp: plan.stamp };
}

/** Issues the orders of a previewed batch, all or none, each with its own decision. Refuses with DISPATCH_EMPTY, or DISPATCH_CHANGED when the preview no longer holds. */
export async function dispatchBatch(act: Act, body: BodyOf<(typeof dispatchContract)['POST /api/dispatch-batches']>): Promise<BatchDone> {
  const plan = await planBatch(act, body, true);
  const placed = plan.planned.filter((one): one is Planned & { first: Candidate } => one.first !== undefined);
  if (placed.length === 0) refuse('DISPATCH_EMPTY', { place: body.townshipCode ?? body.districtCode }, { status: 409 });
  if (plan.stamp !== body.stamp) refuse('DISPATCH_CHANGED', {}, { status: 409 });
  const id = newId<'dispatchBatch'>(act.now.getTime());
  const { districtCode } = body;
  const decisions = await keepDecisions(act, placed.map(({ one, decision }) => ({ decision: shortened(decision), subject: { districtCode, personId: one.personId, townshipCode: one.townshipCode, subjectType: 'application', subjectId: one.id, decidedOn: act.today } })));
  // Cases of the same days have the same limits: few, also where thousands are dispatched.
  const limits = new Map<string, ReturnType<typeof limitsOf>>();
  const limitsFor = (one: WaitingCase): ReturnType<typeof limitsOf> => {
    const days = `${one.filedOn} ${one.returnedOn ?? one.acceptedOn}`;
    return limits.get(days) ?? limits.set(days, limitsOf(act, one)).get(days)!;
  };
  const orders = placed.map(({ one, first }, at) => newOrder(act, one, first, { decisionId: decisions[at]!, chosenReason: null, batchId: id, ...limitsFor(one) }));
  for (const institutionId of new Set(orders.map((one) => one.institutionId))) {
    await insertTies(act, { districtCode, institutionId, kind: 'assessment', fromOn: act.today }, orders.filter((one) => one.institutionId === institutionId).map((one) => one.personId));
  }
  await handOver(act, orders);
  await insertOrders(act, orders);
  await commitBeforehand(act, districtCode, placed.map(({ one }) => one), { anew: true });
  await recordEvents(act, placed.map(({ one, first }, at) => ({
    districtCode, kind: 'assessments.dispatched', subjectType: 'application', subjectId: one.id, personId: one.personId, townshipCode: one.townshipCode, institutionId: first.institutionId,
    data: { number: one.number, institution: first.name, orderId: orders[at]!.id, place: first.place, batchId: id },
  })));
  const unplaced = plan.planned.length - placed.length;
  await recordEvent(act, { districtCode, kind: 'assessments.batchDispatched', subjectType: 'dispatchBatch', subjectId: id, townshipCode: body.townshipCode ?? null, data: { cases: placed.length, institutions: new Set(orders.map((one) => one.institutionId)).size, unplaced } });
  return { id, dispatched: placed.length, shares: sharesOf(plan), unplaced };
}
