/** SQL of orders and of the cases that wait for one. */
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Static } from '@sinclair/typebox';
import type { Day } from '#kit/days.ts';
import { pageBounds } from '#kit/paging.ts';
import type { Act } from '#platform/act.ts';
import { ownDistrict, ownInstitution } from '../materials/queues.ts';
import { districtsInArea, matching, readIndexes } from '../store/search.ts';
import type { OrderRowSchema } from './contract.ts';
import type { OrderState } from './model.ts';
import type { CaseToDispatch } from './facts.ts';

export type OrderRow = Static<typeof OrderRowSchema>;

export interface NewOrder {
  id: string;
  districtCode: string;
  applicationId: string;
  personId: string;
  townshipCode: string;
  institutionId: string;
  decisionId: string;
  place: number | null;
  chosenReason: string | null;
  batchId: string | null;
  respondBy: string | null;
  dueOn: Day | null;
}

/** Stores orders with one statement. */
export async function insertOrders(act: Act, orders: readonly NewOrder[]): Promise<void> {
  const issuer = act.actor.role === 'clock' ? null : act.actor.accountId;
  await sql`INSERT INTO assessments.dispatch_order (district_code, id, application_id, person_id, township_code, assessment_institution_id, issued_at, issued_on, issuer_account_id, issuer_name, decision_id, place, chosen_reason, batch_id, respond_by, due_on, state)
    SELECT o."districtCode", o.id, o."applicationId", o."personId", o."townshipCode", o."institutionId", ${act.now}, ${act.today}::date, ${issuer}::uuid, ${act.actor.name}, o."decisionId", o.place, o."chosenReason", o."batchId", o."respondBy", o."dueOn", 'open'
    FROM jsonb_to_recordset(${JSON.stringify(orders)}::jsonb) AS o ("districtCode" text, id uuid, "applicationId" uuid, "personId" uuid, "townshipCode" text, "institutionId" uuid, "decisionId" uuid, place smallint, "chosenReason" text, "batchId" uuid,
      "respondBy" timestamptz, "dueOn" date)`.execute(act.db);
}

/** Moves the cases of orders to their institutions with one statement. */
export async function handOver(act: Act, orders: readonly NewOrder[]): Promise<void> {
  await sql`UPDATE assessments.application a SET state = 'dispatched', state_since = ${act.now}, assessment_institution_id = o."institutionId"
    FROM jsonb_to_recordset(${JSON.stringify(orders)}::jsonb) AS o ("districtCode" text, "applicationId" uuid, "institutionId" uuid)
    WHERE a.district_code = o."districtCode" AND a.id = o."applicationId"`.execute(act.db);
}

export interface Order {
  id: string;
  districtCode: string;
  applicationId: string;
  personId: string;
  townshipCode: string;
  institutionId: string;
  state: OrderState;
  issuedAt: string;
  respondBy: string | null;
  dueOn: Day | null;
  lateOn: Day | null;
  assessorAccountId: string | null;
  expertAccountId: string | null;
  assessorName: string | null;
  expertName: string | null;
}

const STORED = sql`o.id, o.district_code, o.application_id, o.person_id, o.township_code, o.assessment_institution_id AS institution_id, o.state, o.issued_at, o.respond_by, o.due_on, o.late_on, o.assessor_account_id, o.expert_account_id, o.assessor_name, o.expert_name`;

/** An order in scope, locked against another act. */
export async function lockOrder(act: Act, id: string): Promise<Order | undefined> {
  const { rows } = await sql<Order>`SELECT ${STORED} FROM assessments.dispatch_order o WHERE o.id = ${id} FOR UPDATE`.execute(act.db);
  return rows[0];
}

/** The order that holds a case now, or undefined. */
export async function findCurrentOrder(act: Act, applicationId: string): Promise<Order | undefined> {
  const { rows } = await sql<Order>`SELECT ${STORED} FROM assessments.dispatch_order o WHERE o.application_id = ${applicationId} AND o.state IN ('open', 'accepted')`.execute(act.db);
  return rows[0];
}

export interface OrderMove {
  state: OrderState;
  reasonCode?: string;
  note?: string;
  answered?: boolean;
}

/** Moves an order; ended ones keep the instant. */
export async function moveOrder(act: Act, order: Order, move: OrderMove): Promise<void> {
  const ended = move.state !== 'open' && move.state !== 'accepted';
  await sql`UPDATE assessments.dispatch_order SET state = ${move.state}, ended_at = ${ended ? act.now : null}, reason_code = coalesce(${move.reasonCode ?? null}, reason_code), note = coalesce(${move.note ?? null}, note),
      answered_at = CASE WHEN ${move.answered ?? false} THEN coalesce(answered_at, ${act.now}) ELSE answered_at END, answerer_name = CASE WHEN ${move.answered ?? false} THEN coalesce(answerer_name, ${act.actor.name}) ELSE answerer_name END
    WHERE district_code = ${order.districtCode} AND id = ${order.id}`.execute(act.db);
}

export interface Assignment {
  assessorAccountId: string;
  assessorName: string;
  expertAccountId: string;
  expertName: string;
  appointmentOn: Day;
  windowFrom: string;
  windowTo: string;
}

export async function assignOrder(act: Act, order: Order, to: Assignment): Promise<void> {
  await sql`UPDATE assessments.dispatch_order SET assessor_account_id = ${to.assessorAccountId}, assessor_name = ${to.assessorName}, expert_account_id = ${to.expertAccountId}, expert_name = ${to.expertName},
      appointment_on = ${to.appointmentOn}, window_from = ${to.windowFrom}, window_to = ${to.windowTo}, assigned_at = ${act.now}
    WHERE district_code = ${order.districtCode} AND id = ${order.id}`.execute(act.db);
}

/** Gives the case of an ended order back to the accepted ones; false when it had moved on. */
export async function giveBack(act: Act, order: Order): Promise<boolean> {
  const { rows } = await sql<{ given: boolean }>`SELECT assessments.give_back(${order.districtCode}, ${order.id}, ${act.now}) AS given`.execute(act.db);
  return rows[0]?.given ?? false;
}

/** True when the institution has other cases of the person, so that it goes on seeing them. */
export async function knowsOtherwise(act: Act, order: Order): Promise<boolean> {
  const { rows } = await sql`SELECT 1 FROM assessments.application a WHERE a.district_code = ${order.districtCode} AND a.person_id = ${order.personId} AND a.assessment_institution_id = ${order.institutionId} AND a.id <> ${order.applicationId}
    UNION ALL SELECT 1 FROM assessments.assessment s WHERE s.district_code = ${order.districtCode} AND s.person_id = ${order.personId} AND s.assessment_institution_id = ${order.institutionId} LIMIT 1`.execute(act.db);
  return rows.length > 0;
}

/** What an order follows when its case moves on: done with the assessment, withdrawn when the case ends. */
export async function followCase(act: Act, application: { id: string; districtCode: string }, state: string): Promise<void> {
  const outcome = state === 'scored' ? 'done' : ['withdrawn', 'closed', 'refused'].includes(state) ? 'withdrawn' : null;
  if (outcome === null) return;
  await sql`UPDATE assessments.dispatch_order SET state = ${outcome}, ended_at = ${act.now}, reason_code = CASE WHEN ${outcome} = 'withdrawn' THEN 'CASE_ENDED' ELSE reason_code END
    WHERE district_code = ${application.districtCode} AND application_id = ${application.id} AND state IN ('open', 'accepted')`.execute(act.db);
}

const ROW = sql`o.id, o.application_id, coalesce(a.number, '') AS number, o.district_code, o.township_code, p.name AS person_name, p.address, a.kind, o.assessment_institution_id AS institution_id, i.name AS institution_name, o.state, o.issued_at, o.issuer_name,
  o.decision_id, o.place, o.chosen_reason, o.respond_by, o.due_on, o.answered_at, o.answerer_name, o.reason_code, o.note, o.assessor_name, o.expert_name, o.appointment_on, o.window_from, o.window_to, o.ended_at, o.late_on, o.due_known_on`;
const FROM = sql`assessments.dispatch_order o JOIN providers.institution i ON i.id = o.assessment_institution_id LEFT JOIN assessments.application a ON a.district_code = o.district_code AND a.id = o.application_id
  LEFT JOIN people.person p ON p.district_code = o.district_code AND p.id = o.person_id`;

/** The last day of the visit has passed, and was known before it had: one that was filled in afterwards is missed by nobody. */
const missed = (act: Act) => sql`(o.due_on < ${act.today}::date AND (o.due_known_on IS NULL OR o.due_known_on <= o.due_on))`;

type StoredRow = Omit<OrderRow, 'responseOverdue' | 'late'> & { lateOn: Day | null; dueKnownOn: Day | null };

function rowOf(act: Act, { lateOn, dueKnownOn, ...row }: StoredRow): OrderRow {
  const known = row.dueOn !== null && (dueKnownOn === null || dueKnownOn <= row.dueOn);
  const current = row.state === 'open' || row.state === 'accepted';
  return { ...row, responseOverdue: row.state === 'open' && row.respondBy !== null && new Date(row.respondBy) < act.now, late: lateOn !== null || (current && known && row.dueOn! < act.today) };
}

export interface OrderQuery {
  q?: string;
  state?: OrderState;
  institution?: string;
  district?: string;
  application?: string;
  late?: boolean;
  unassigned?: boolean;
  /** Days of the appointment. */
  from?: Day;
  to?: Day;
  page?: number;
  pageSize?: number;
}

async function filtersOf(act: Act, query: OrderQuery) {
  const q = query.q?.trim().toLowerCase() || null;
  const district = query.district ?? ownDistrict(act);
  const institution = query.institution ?? ownInstitution(act);
  return [
    ...(district === null ? [] : [sql`o.district_code = ${district}`]),
    ...(institution === null ? [] : [sql`o.assessment_institution_id = ${institution}`]),
    ...(query.state === undefined ? [] : [sql`o.state = ${query.state}`]),
    ...(query.application === undefined ? [] : [sql`o.application_id = ${query.application}`]),
    ...(query.late === true ? [sql`(o.late_on IS NOT NULL OR (o.state IN ('open', 'accepted') AND ${missed(act)}))`] : []),
    ...(query.unassigned === true ? [sql`o.state = 'accepted' AND o.assigned_at IS NULL`] : []),
    ...(query.from === undefined ? [] : [sql`o.appointment_on >= ${query.from}::date`]),
    ...(query.to === undefined ? [] : [sql`o.appointment_on <= ${query.to}::date`]),
    ...(q === null ? [] : [sql`((o.district_code, o.application_id) IN (SELECT a.district_code, a.id FROM assessments.application a WHERE ${district === null ? sql`true` : sql`a.district_code = ${district}`} AND ${(await matching(act, q, district)).where})
      OR o.assessment_institution_id IN (SELECT i.id FROM providers.institution i WHERE strpos(lower(i.name), ${q}) > 0))`]),
  ];
}

/** One page of the orders in scope, newest first, waiting ones by their visit's last day; a calendar (`from`, `to`) by appointment. */
export async function listOrders(act: Act, query: OrderQuery): Promise<{ rows: OrderRow[]; total: number }> {
  const { limit, offset } = pageBounds(query);
  await readIndexes(act);
  const where = sql.join([sql`true`, ...(await filtersOf(act, query))], sql` AND `);
  const waiting = query.state === 'open' || query.state === 'accepted';
  const [order, by] = query.from !== undefined ? [sql`o.appointment_on, o.window_from, o.id`, sql`o.appointment_on, o.window_from`] : waiting ? [sql`o.due_on NULLS LAST, o.id`, sql`o.due_on`] : [sql`o.issued_at DESC, o.id DESC`, sql`o.issued_at`];
  // What is looked for is gathered once for the page and its count; otherwise the index gives the page alone. Names and addresses only for the rows of the page.
  const once = waiting || query.late === true || query.from !== undefined || query.to !== undefined || Boolean(query.q?.trim());
  const cut = sql`ORDER BY ${order} LIMIT ${limit} OFFSET ${offset}`;
  const page = once ? sql`hit AS MATERIALIZED (SELECT o.district_code, o.id, ${by} FROM assessments.dispatch_order o WHERE ${where}), page AS MATERIALIZED (SELECT o.district_code, o.id FROM hit o ${cut})`
    : sql`page AS MATERIALIZED (SELECT o.district_code, o.id FROM ${await fromOf(act, query, where, limit + offset)} ${cut})`;
  const counted = once ? sql`SELECT count(*)::int AS total FROM hit` : sql`SELECT NULL::int AS total`;
  const { rows } = await sql<StoredRow & { total: number | null }>`WITH ${page} SELECT ${ROW}, c.total FROM (${counted}) c LEFT JOIN (page JOIN (${FROM}) ON o.district_code = page.district_code AND o.id = page.id) ON true ORDER BY ${order}`.execute(act.db);
  const total = rows[0]?.total ?? (await sql<{ total: number }>`SELECT count(*) AS total FROM assessments.dispatch_order o WHERE ${where}`.execute(act.db)).rows[0]?.total ?? 0;
  return { rows: rows.filter((row) => row.id !== null).map(({ total: _total, ...row }) => rowOf(act, row)), total };
}

/** Where a page is read from: an actor of a whole city reads the newest of each district, in the order of its index. */
async function fromOf(act: Act, { page: _page, pageSize: _pageSize, ...filters }: OrderQuery, where: RawBuilder<unknown>, most: number) {
  const districts = Object.values(filters).every((filter) => filter === undefined || filter === false) ? await districtsInArea(act) : null;
  if (districts === null) return sql`assessments.dispatch_order o WHERE ${where}`;
  return sql`unnest(${districts}::text[]) AS d (code) CROSS JOIN LATERAL (SELECT o.district_code, o.id, o.issued_at FROM assessments.dispatch_order o WHERE o.district_code = d.code AND ${where} ORDER BY o.issued_at DESC, o.id DESC LIMIT ${most}) o`;
}

export async function findOrderRow(act: Act, id: string): Promise<OrderRow | undefined> {
  const { rows } = await sql<StoredRow>`SELECT ${ROW} FROM ${FROM} WHERE o.id = ${id}`.execute(act.db);
  return rows[0] && rowOf(act, rows[0]);
}

/** A case that waits for dispatch. */
export interface WaitingCase extends CaseToDispatch {
  personId: string;
  townshipCode: string;
  personName: string;
  acceptedOn: Day | null;
  returnedOn: Day | null;
  givenBack: number;
}

const WAITING = sql`a.id, a.number, a.district_code, a.kind, a.filed_on, a.person_id, a.township_code, p.name AS person_name, a.accepted_on, a.returned_on,
  (SELECT count(*) FROM assessments.dispatch_order o WHERE o.district_code = a.district_code AND o.application_id = a.id AND o.state IN ('refused', 'lapsed', 'withdrawn')) AS given_back`;

/** One page of the cases that wait for dispatch, longest waiting first; `acceptedBy` leaves only those accepted by that day. */
export async function listWaiting(act: Act, query: { q?: string; district?: string; township?: string; page?: number; pageSize?: number }, acceptedBy: Day | null): Promise<{ rows: WaitingCase[]; total: number }> {
  const { limit, offset } = pageBounds(query);
  const q = query.q?.trim().toLowerCase() || null;
  const district = query.district ?? ownDistrict(act);
  await readIndexes(act);
  const where = sql.join([
    sql`a.state = 'accepted'`,
    ...(district === null ? [] : [sql`a.district_code = ${district}`]),
    ...(query.township === undefined ? [] : [sql`a.township_code = ${query.township}`]),
    ...(acceptedBy === null ? [] : [sql`coalesce(a.returned_on, a.accepted_on) <= ${acceptedBy}::date`]),
    ...(q === null ? [] : [(await matching(act, q, district)).where]),
  ], sql` AND `);
  const order = sql`coalesce(a.returned_on, a.accepted_on), a.number`;
  const { rows } = await sql<WaitingCase>`WITH page AS MATERIALIZED (SELECT a.district_code, a.id FROM assessments.application a WHERE ${where} ORDER BY ${order} LIMIT ${limit} OFFSET ${offset})
    SELECT ${WAITING} FROM page JOIN (assessments.application a JOIN people.person p ON p.district_code = a.district_code AND p.id = a.person_id) ON a.district_code = page.district_code AND a.id = page.id ORDER BY ${order}`.execute(act.db);
  const count = await sql<{ total: number }>`SELECT count(*) AS total FROM assessments.application a WHERE ${where}`.execute(act.db);
  return { rows, total: count.rows[0]?.total ?? 0 };
}

/** Every case of a district or township that waits for dispatch, in the order of the batch; `lock` keeps others from acting on them. */
export async function listBatch(act: Act, districtCode: string, townshipCode: string | null, lock: boolean): Promise<WaitingCase[]> {
  const { rows } = await sql<WaitingCase>`SELECT ${WAITING} FROM assessments.application a JOIN people.person p ON p.district_code = a.district_code AND p.id = a.person_id
    WHERE a.district_code = ${districtCode} AND a.state = 'accepted' AND (${townshipCode}::text IS NULL OR a.township_code = ${townshipCode}) ORDER BY coalesce(a.returned_on, a.accepted_on), a.number ${lock ? sql`FOR UPDATE OF a` : sql``}`.execute(act.db);
  return rows;
}

/** Open orders whose answer was due before now, with their cases; those that somebody has in hand wait for the next run. */
export async function listLapsed(act: Act, limit: number): Promise<Order[]> {
  const { rows } = await sql<Order>`SELECT ${STORED} FROM assessments.dispatch_order o JOIN assessments.application a ON a.district_code = o.district_code AND a.id = o.application_id
    WHERE o.state = 'open' AND o.respond_by < ${act.now} ORDER BY o.respond_by, o.id LIMIT ${limit} FOR UPDATE OF a, o SKIP LOCKED`.execute(act.db);
  return rows;
}

/** Current orders whose visit is overdue today and was not marked yet. */
export async function listNewlyLate(act: Act, limit: number): Promise<Order[]> {
  const { rows } = await sql<Order>`SELECT ${STORED} FROM assessments.dispatch_order o WHERE o.state IN ('open', 'accepted') AND ${missed(act)} AND o.late_on IS NULL ORDER BY o.due_on, o.id LIMIT ${limit} FOR UPDATE SKIP LOCKED`.execute(act.db);
  return rows;
}

export async function markLate(act: Act, orders: readonly Order[]): Promise<void> {
  await sql`UPDATE assessments.dispatch_order SET late_on = ${act.today}::date WHERE id = ANY (${orders.map((one) => one.id)}::uuid[])`.execute(act.db);
}

/** Open orders without a limit for the answer, because the calendar was missing when they were issued. */
export async function listWithoutLimit(act: Act, limit: number): Promise<(Order & { filedOn: Day })[]> {
  const { rows } = await sql<Order & { filedOn: Day }>`SELECT ${STORED}, a.filed_on FROM assessments.dispatch_order o JOIN assessments.application a ON a.district_code = o.district_code AND a.id = o.application_id
    WHERE o.state = 'open' AND o.respond_by IS NULL ORDER BY o.id LIMIT ${limit}`.execute(act.db);
  return rows;
}

export async function setLimit(act: Act, order: Order, respondBy: string): Promise<void> {
  await sql`UPDATE assessments.dispatch_order SET respond_by = ${respondBy}::timestamptz WHERE district_code = ${order.districtCode} AND id = ${order.id}`.execute(act.db);
}

/** Appointments from a day on, by account. */
export async function countAppointments(act: Act, institutionId: string): Promise<Map<string, number>> {
  const { rows } = await sql<{ accountId: string; count: number }>`SELECT x.account_id, count(*) AS count FROM assessments.dispatch_order o, unnest(ARRAY[o.assessor_account_id, o.expert_account_id]) AS x (account_id)
    WHERE o.assessment_institution_id = ${institutionId} AND o.state = 'accepted' AND o.appointment_on >= ${act.today}::date AND x.account_id IS NOT NULL GROUP BY 1`.execute(act.db);
  return new Map(rows.map((row) => [row.accountId, row.count]));
}

export interface OwnAppointment {
  on: Day;
  windowFrom: string | null;
  windowTo: string | null;
  assessorName: string | null;
  expertName: string | null;
  institutionName: string;
  institutionPhone: string | null;
}

/** The agreed visits that lie ahead for the persons of a family account, by application; the orders themselves it does not see. */
export async function listOwnAppointments(act: Act): Promise<Map<string, OwnAppointment>> {
  const { rows } = await sql<OwnAppointment & { applicationId: string }>`SELECT application_id, appointment_on AS on, window_from, window_to, assessor_name, expert_name, institution_name, institution_phone FROM assessments.own_appointments()`.execute(act.db);
  return new Map(rows.map(({ applicationId, ...one }) => [applicationId, one]));
}
