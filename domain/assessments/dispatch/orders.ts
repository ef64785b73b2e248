/** Orders in the hands of an institution: taken, refused, persons sent; taken back by the agency; lapsed and late by the clock. */
import type { BodyOf, OutputOf } from '#kit/contract.ts';
import { assert, refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { recordEvent } from '#platform/events/record.ts';
import { endAssessmentTie } from '#domain/people/index.ts';
import { demandActiveAssessor, listAccountsOf, standingsOf } from '#domain/workers/index.ts';
import type { SendableAccount } from '#domain/workers/index.ts';
import { returnDue } from '../expert/rules.ts';
import { dueOf } from '../rules/due.ts';
import { findApplication } from '../store/application.ts';
import { mendingOf, namesOf } from './anew.ts';
import { avoidanceOf, avoidsPerson, demandNoInterest } from './avoid.ts';
import type { dispatchContract } from './contract.ts';
import { mustBeTaken, respondByOf } from './limits.ts';
import { CURRENT_ORDER, ORDER_WORDS } from './model.ts';
import type { OrderState } from './model.ts';
import { assignOrder, countAppointments, findOrderRow, giveBack, knowsOtherwise, listLapsed, listNewlyLate, listWithoutLimit, lockOrder, markLate, moveOrder, setLimit } from './store.ts';
import type { Order, OrderMove, OrderRow } from './store.ts';
import { findCaseOfOrder, listOrdersWithoutDue, listReturnsWithoutDue, setOrderDue, setReturnDue } from './store-keep.ts';

type Refusal = BodyOf<(typeof dispatchContract)['POST /api/orders/{id}/refuse']>;
type Sending = BodyOf<(typeof dispatchContract)['POST /api/orders/{id}/assign']>;
type Shown = OutputOf<(typeof dispatchContract)['GET /api/orders/{id}']>;

/** An order in hand: its case is locked first, as every act on the case does, so that two acts never wait for each other crosswise. Refuses with NOT_FOUND. */
async function getOrder(act: Act, id: string): Promise<Order> {
  const applicationId = (await findCaseOfOrder(act, id)) ?? refuse('NOT_FOUND', {}, { status: 404 });
  await findApplication(act, applicationId, { lock: true });
  return (await lockOrder(act, id)) ?? refuse('NOT_FOUND', {}, { status: 404 });
}

/** An order of the actor's own institution in one of these states. Refuses with NOT_FOUND, ORDER_STATE. */
async function ownOrder(act: Act, id: string, states: readonly OrderState[]): Promise<Order> {
  const order = await getOrder(act, id);
  if (order.institutionId !== act.actor.institutionId) refuse('NOT_FOUND', {}, { status: 404 });
  if (!states.includes(order.state)) refuseState(order);
  return order;
}

function refuseState({ state }: Order): never {
  refuse('ORDER_STATE', { state, stateZh: ORDER_WORDS[state].zh, stateEn: ORDER_WORDS[state].en }, { status: 409 });
}

async function rowOf(act: Act, id: string): Promise<OrderRow> {
  const row = await findOrderRow(act, id);
  assert(row, 'the order that was acted on is still in scope');
  return row;
}

/** An event about an order: part of the case's history, and heard by the institution. */
async function recordOrder(act: Act, order: Order, kind: string, more: { note?: string | null; data?: Record<string, unknown> } = {}): Promise<void> {
  await recordEvent(act, {
    districtCode: order.districtCode, kind: `assessments.${kind}`, subjectType: 'application', subjectId: order.applicationId, personId: order.personId, townshipCode: order.townshipCode, institutionId: order.institutionId,
    note: more.note ?? null, data: { orderId: order.id, ...more.data },
  });
}

/** The institution takes an order. Refuses with ORDER_STATE, ORDER_LAPSED when the time to answer is over. */
export async function takeOrder(act: Act, id: string): Promise<OrderRow> {
  const order = await ownOrder(act, id, ['open']);
  if (order.respondBy !== null && new Date(order.respondBy) < act.now) refuse('ORDER_LAPSED', { respondBy: order.respondBy }, { status: 409 });
  await moveOrder(act, order, { state: 'accepted', answered: true });
  await recordOrder(act, order, 'orderTaken', { data: { respondBy: order.respondBy } });
  return rowOf(act, id);
}

/** The institution refuses an order, also one that it had taken and where nobody was there yet; it counts. Refuses with ORDER_STATE. */
export async function refuseOrder(act: Act, id: string, body: Refusal): Promise<OrderRow> {
  const order = await ownOrder(act, id, CURRENT_ORDER);
  const note = body.note.trim();
  await endOrder(act, order, { state: 'refused', reasonCode: body.reason, note, answered: true });
  return rowOf(act, id);
}

/** The agency takes an order back; the case waits for dispatch again. Refuses with ORDER_STATE. */
export async function withdrawOrder(act: Act, id: string, body: { reason: 'MISTAKE' | 'OTHER'; note: string }): Promise<OrderRow> {
  const order = await getOrder(act, id);
  if (!CURRENT_ORDER.includes(order.state)) refuseState(order);
  await endOrder(act, order, { state: 'withdrawn', reasonCode: body.reason, note: body.note.trim() });
  return rowOf(act, id);
}

/** Ends an order that was not done: the case goes back to the accepted ones, and the institution sees the person no more unless it knew them before. */
export async function endOrder(act: Act, order: Order, move: OrderMove & { state: 'refused' | 'lapsed' | 'withdrawn' }): Promise<void> {
  await moveOrder(act, order, move);
  await recordOrder(act, order, { refused: 'orderRefused', lapsed: 'orderLapsed', withdrawn: 'orderWithdrawn' }[move.state], { note: move.note ?? null, data: { code: move.reasonCode ?? null, respondBy: order.respondBy } });
  if (!(await knowsOtherwise(act, order))) await endAssessmentTie(act, { districtCode: order.districtCode, personId: order.personId, institutionId: order.institutionId });
  await giveBack(act, order);
}

/**
 * Sends an assessor and an expert of the institution on a day; anew, with the reason, where the case came back and others than those who were on site are to mend it.
 * Refuses with ORDER_STATE, ORDER_ANEW_NOTE without the reason, ORDER_PERSONS when they are not two accounts of the institution in these roles, ORDER_APPOINTMENT, ASSESSOR_NOT_ACTIVE with what the register lacks, ASSESSOR_RECUSED with the ground.
 */
export async function assignPersons(act: Act, id: string, body: Sending): Promise<OrderRow> {
  const order = await ownOrder(act, id, ['accepted', 'done']);
  const application = await findApplication(act, order.applicationId);
  const anew = order.state === 'done';
  if (anew && (application === undefined || (await mendingOf(act, application))?.orderId !== order.id)) refuseState(order);
  const note = body.note?.trim() || null;
  if (anew && note === null) refuse('ORDER_ANEW_NOTE', {}, { errors: [{ column: 'note', value: '', code: 'ORDER_ANEW_NOTE' }] });
  const accounts = await listAccountsOf(act, order.institutionId);
  const assessor = accounts.find((one) => one.accountId === body.assessorAccountId && one.roleCode === 'assessor');
  const expert = accounts.find((one) => one.accountId === body.expertAccountId && one.roleCode === 'assessmentExpert');
  if (!assessor || !expert) refuse('ORDER_PERSONS');
  if (body.appointmentOn < act.today || body.windowTo <= body.windowFrom) refuse('ORDER_APPOINTMENT', { today: act.today });
  assert(application, 'the case of an order that was taken is in scope of its institution');
  for (const one of [assessor, expert]) await demandActiveAssessor(act, one, application.filedOn);
  await demandNoInterest(act, application, [assessor, expert]);
  await assignOrder(act, order, { assessorAccountId: assessor.accountId, assessorName: assessor.name, expertAccountId: expert.accountId, expertName: expert.name, appointmentOn: body.appointmentOn, windowFrom: body.windowFrom, windowTo: body.windowTo });
  await recordOrder(act, order, anew ? 'orderSentAnew' : 'orderAssigned', { note, data: { assessor: assessor.name, expert: expert.name, appointmentOn: body.appointmentOn, window: `${body.windowFrom}–${body.windowTo}` } });
  return rowOf(act, id);
}

/** An order with the persons who may be sent, and why others may not. Refuses with NOT_FOUND. */
export async function readOrder(act: Act, id: string): Promise<Shown> {
  const row = (await findOrderRow(act, id)) ?? refuse('NOT_FOUND', {}, { status: 404 });
  const application = await findApplication(act, row.applicationId);
  const mending = row.state === 'done' && application !== undefined ? await mendingOf(act, application) : undefined;
  const sendAnew = mending?.orderId === row.id;
  // While the case is with the institution, also when it came back, its office reaches the family.
  const theirs = application !== undefined && (CURRENT_ORDER.includes(row.state) || sendAnew) ? application : undefined;
  return {
    ...row, contactPhone: theirs?.contactPhone ?? null, applicantName: theirs?.applicantName ?? null, mustBeTaken: application !== undefined && mustBeTaken(application.filedOn, act.policy),
    persons: theirs ? await sendable(act, row, theirs) : [], sendAnew, mayMend: sendAnew ? namesOf(mending.persons) : [],
  };
}

async function sendable(act: Act, row: OrderRow, application: { id: string; districtCode: string; filedOn: string }): Promise<Shown['persons']> {
  const accounts = await listAccountsOf(act, row.institutionId);
  const standings = await standingsOf(act, accounts.map((one) => one.accountId), application.filedOn);
  const avoided = await avoidanceOf(act, application);
  const appointments = await countAppointments(act, row.institutionId);
  return accounts.map((one: SendableAccount) => {
    const standing = standings.get(one.accountId)!;
    const ground = avoided.find((two) => avoidsPerson(two, one))?.ground ?? null;
    return { accountId: one.accountId, name: one.name, role: one.roleCode, fit: standing.value === 'active' && ground === null, standing: standing.value, standingReasons: standing.reasons, avoided: ground, appointments: appointments.get(one.accountId) ?? 0 };
  });
}

/** The clock: gives deadlines to orders and returns that waited for a calendar, lets unanswered orders lapse, marks overdue visits. Returns how many. Safe to repeat. */
export async function keepOrders(act: Act): Promise<{ lapsed: number; late: number }> {
  await keepDeadlines(act);
  const lapsed = await listLapsed(act, 1000);
  for (const order of lapsed) await endOrder(act, order, { state: 'lapsed' });
  const late = await listNewlyLate(act, 1000);
  await markLate(act, late);
  for (const order of late) await recordOrder(act, order, 'orderLate', { data: { dueOn: order.dueOn } });
  return { lapsed: lapsed.length, late: late.length };
}

/**
 * What could not be named while the calendar of a year was missing: until when an order is answered, its visit is due, a returned case is assessed anew. Nobody misses a day
 * that was over before it could be named: the time to answer then begins when it can be, and a visit or a returned case keeps its day and does not count as late.
 */
async function keepDeadlines(act: Act): Promise<void> {
  for (const order of await listWithoutLimit(act, 1000)) {
    const byIssue = respondByOf(new Date(order.issuedAt), order.filedOn, act.policy);
    const respondBy = byIssue !== null && new Date(byIssue) <= act.now ? respondByOf(act.now, order.filedOn, act.policy) : byIssue;
    if (respondBy !== null) await setLimit(act, order, respondBy);
  }
  for (const order of await listOrdersWithoutDue(act, 1000)) {
    const { dueOn } = dueOf('dispatched', order.countsFromOn, act.today, act.policy);
    if (dueOn !== null) await setOrderDue(act, order, dueOn);
  }
  for (const one of await listReturnsWithoutDue(act, 1000)) {
    const { dueOn } = returnDue(act.policy, one.filedOn, one.returnedOn);
    if (dueOn !== null) await setReturnDue(act, one, dueOn);
  }
}
