/** SQL of deliveries: attempts, proofs, and what waits. */
import { sql } from 'kysely';
import type { Static } from '@sinclair/typebox';
import type { Day } from '#kit/days.ts';
import { pageBounds } from '#kit/paging.ts';
import type { Act } from '#platform/act.ts';
import { ownDistrict } from '../materials/queues.ts';
import { readIndexes } from '../store/search.ts';
import type { DeliverySchema } from './contract.ts';
import type { DeliveryFailure, DeliveryOutcome, DeliveryWay, Recipient } from './model.ts';

export type Delivery = Static<typeof DeliverySchema>;

export interface NewDelivery {
  id: string;
  districtCode: string;
  conclusionId: string;
  personId: string;
  townshipCode: string;
  assessmentInstitutionId: string | null;
  way: DeliveryWay;
  outcome: DeliveryOutcome;
  failure: DeliveryFailure | null;
  happenedOn: Day;
  recipientName: string | null;
  recipientRelation: Recipient | null;
  phone: string | null;
  trackingNumber: string | null;
  messageId: string | null;
  proofId: string | null;
  note: string | null;
}

/** Stores attempts as a set; those that are there already (the same message, the family's reading) are left out. Returns the ids of the new ones. */
export async function insertDeliveries(act: Act, rows: readonly NewDelivery[]): Promise<string[]> {
  const { rows: made } = await sql<{ id: string }>`INSERT INTO assessments.delivery (district_code, id, conclusion_id, person_id, township_code, assessment_institution_id, way, outcome, failure, happened_on, recipient_name, recipient_relation,
      phone, tracking_number, message_id, proof_id, note, account_id, actor_name, recorded_at)
    SELECT d."districtCode", d.id, d."conclusionId", d."personId", d."townshipCode", d."assessmentInstitutionId", d.way, d.outcome, d.failure, d."happenedOn", d."recipientName", d."recipientRelation",
      d.phone, d."trackingNumber", d."messageId", d."proofId", d.note, ${act.actor.accountId}, ${act.actor.name}, ${act.now}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS d ("districtCode" text, id uuid, "conclusionId" uuid, "personId" uuid, "townshipCode" text, "assessmentInstitutionId" uuid, way text, outcome text, failure text,
      "happenedOn" date, "recipientName" text, "recipientRelation" text, phone text, "trackingNumber" text, "messageId" uuid, "proofId" uuid, note text)
    ON CONFLICT DO NOTHING RETURNING id`.execute(act.db);
  const districts = Map.groupBy(rows, (row) => row.districtCode);
  for (const [district, those] of districts) await sql`SELECT assessments.follow_letters(${district}, ${those.map((row) => row.conclusionId)}::uuid[])`.execute(act.db);
  return made.map((row) => row.id);
}

/** Attempts of a conclusion, oldest first. */
export async function listDeliveries(act: Act, conclusionId: string): Promise<Delivery[]> {
  const { rows } = await sql<Delivery>`SELECT d.id, d.way, d.outcome, d.failure, d.happened_on, d.recipient_name, d.recipient_relation, d.phone, d.tracking_number, d.note, d.actor_name, d.recorded_at,
      CASE WHEN p.id IS NULL THEN NULL ELSE jsonb_build_object('id', p.id, 'mediaType', p.media_type, 'sha256', p.sha256, 'sizeBytes', p.size_bytes) END AS proof
    FROM assessments.delivery d LEFT JOIN assessments.delivery_proof p ON p.district_code = d.district_code AND p.id = d.proof_id
    WHERE d.conclusion_id = ${conclusionId} ORDER BY d.recorded_at, d.outcome <> 'underway', d.id`.execute(act.db);
  return rows;
}

export interface DeliveryProof {
  id: string;
  conclusionId: string;
  mediaType: string;
  sha256: string;
  sizeBytes: number;
}

export async function insertDeliveryProof(act: Act, of: { districtCode: string; conclusionId: string; personId: string; townshipCode: string; assessmentInstitutionId: string | null }, proof: Omit<DeliveryProof, 'conclusionId'>): Promise<void> {
  await sql`INSERT INTO assessments.delivery_proof (district_code, id, conclusion_id, person_id, township_code, assessment_institution_id, media_type, sha256, size_bytes, account_id, actor_name, recorded_at)
    VALUES (${of.districtCode}, ${proof.id}, ${of.conclusionId}, ${of.personId}, ${of.townshipCode}, ${of.assessmentInstitutionId}, ${proof.mediaType}, ${proof.sha256}, ${proof.sizeBytes}, ${act.actor.accountId}, ${act.actor.name}, ${act.now})`.execute(act.db);
}

/** A proof in scope with whether an attempt rests on it already, or undefined. */
export async function findDeliveryProof(act: Act, id: string): Promise<(DeliveryProof & { used: boolean }) | undefined> {
  const { rows } = await sql<DeliveryProof & { used: boolean }>`SELECT p.id, p.conclusion_id, p.media_type, p.sha256, p.size_bytes,
      EXISTS (SELECT 1 FROM assessments.delivery d WHERE d.district_code = p.district_code AND d.proof_id = p.id) AS used FROM assessments.delivery_proof p WHERE p.id = ${id}`.execute(act.db);
  return rows[0];
}

/** What the letter of a conclusion needs to be delivered: the case's contact and day of filing, and its institution. */
export interface Addressee {
  filedOn: Day | null;
  phone: string | null;
  applicantName: string | null;
  relation: string | null;
  institutionId: string | null;
  messageUnderWay: boolean;
}

const ADDRESSEE = sql`a.filed_on, coalesce(CASE WHEN a.relation <> 'agency' THEN nullif(a.contact_phone, '') END, p.phone) AS phone, a.applicant_name, a.relation, s.assessment_institution_id AS institution_id`;
/** A message that was queued and of which nothing has been heard. */
const MESSAGE_UNDER_WAY = sql`EXISTS (SELECT 1 FROM assessments.delivery d WHERE d.district_code = c.district_code AND d.conclusion_id = c.id AND d.way = 'message' AND d.outcome = 'underway'
  AND NOT EXISTS (SELECT 1 FROM assessments.delivery e WHERE e.district_code = d.district_code AND e.message_id = d.message_id AND e.outcome <> 'underway'))`;
const FROM = sql`assessments.conclusion c JOIN people.person p ON p.district_code = c.district_code AND p.id = c.person_id
  LEFT JOIN assessments.application a ON a.district_code = c.district_code AND a.id = c.application_id
  LEFT JOIN assessments.assessment s ON s.district_code = c.district_code AND s.id = c.assessment_id`;

export async function findAddressee(act: Act, conclusionId: string): Promise<Addressee | undefined> {
  const { rows } = await sql<Addressee>`SELECT ${ADDRESSEE}, ${MESSAGE_UNDER_WAY} AS message_under_way FROM ${FROM} WHERE c.id = ${conclusionId}`.execute(act.db);
  return rows[0];
}

/** Conclusions with a letter that reached nobody, of people alive, that are not over. */
const waits = (act: Act) => sql`c.letter IN ('waiting', 'underway', 'failed') AND coalesce(c.ended_on, c.valid_until_on) >= greatest(c.effective_on, ${act.today}::date)
  AND NOT EXISTS (SELECT 1 FROM people.person x WHERE x.district_code = c.district_code AND x.id = c.person_id AND x.deceased_on IS NOT NULL)
  ${ownDistrict(act) === null ? sql`` : sql`AND c.district_code = ${ownDistrict(act)}`}
  ${act.actor.institutionId === null ? sql`` : sql`AND c.assessment_institution_id = ${act.actor.institutionId}`}`;

/** The days that decide when what waits is due: few, also where thousands wait. */
export async function listWaitingDays(act: Act): Promise<{ filedOn: Day; concludedOn: Day }[]> {
  await readIndexes(act);
  const { rows } = await sql<{ filedOn: Day; concludedOn: Day }>`SELECT DISTINCT c.filed_on, c.concluded_on FROM assessments.conclusion c WHERE c.filed_on IS NOT NULL AND ${waits(act)}`.execute(act.db);
  return rows;
}

export interface WaitingQuery {
  q?: string;
  district?: string;
  township?: string;
  due?: 'overdue' | 'open' | 'failed';
  page?: number;
  pageSize?: number;
}

export interface WaitingRow {
  id: string;
  number: string;
  districtCode: string;
  townshipCode: string;
  townshipZh: string;
  townshipEn: string;
  community: string;
  personId: string;
  personName: string;
  phone: string | null;
  grade: number;
  scaleId: string | null;
  filedOn: Day | null;
  concludedOn: Day;
  failures: number;
  lastAttempt: { way: DeliveryWay; outcome: DeliveryOutcome; failure: DeliveryFailure | null; happenedOn: Day } | null;
}

/** One page of what waits, the earliest due first; `dues` gives the due day by day of filing and conclusion. */
export async function listWaiting(act: Act, query: WaitingQuery, dues: readonly { filedOn: Day; concludedOn: Day; dueOn: Day }[]): Promise<{ rows: WaitingRow[]; total: number }> {
  const { limit, offset } = pageBounds(query);
  const q = query.q?.trim().toLowerCase() || null;
  const last = sql`LEFT JOIN LATERAL (SELECT d.way, d.outcome, d.failure, d.happened_on FROM assessments.delivery d WHERE d.district_code = c.district_code AND d.conclusion_id = c.id ORDER BY d.recorded_at DESC, d.outcome <> 'underway' DESC, d.id DESC LIMIT 1) l ON true`;
  const kinds = { overdue: sql`u.due_on < ${act.today}::date`, open: sql`u.due_on >= ${act.today}::date`, failed: sql`c.letter = 'failed'` };
  const where = sql.join([
    waits(act),
    ...(q === null ? [] : [sql`(strpos(c.search, ${q}) > 0 OR starts_with(c.person_number, upper(${q})))`]),
    ...(query.district === undefined ? [] : [sql`c.district_code = ${query.district}`]),
    ...(query.township === undefined ? [] : [sql`c.township_code = ${query.township}`]),
    ...(query.due === undefined ? [] : [kinds[query.due]]),
  ], sql` AND `);
  // What waits is gathered once for the page and its count; names and attempts only for the rows of the page.
  const { rows } = await sql<WaitingRow & { total: number }>`WITH hit AS MATERIALIZED (SELECT c.district_code, c.id, c.concluded_on, u.due_on FROM assessments.conclusion c
      LEFT JOIN unnest(${dues.map((one) => one.filedOn)}::date[], ${dues.map((one) => one.concludedOn)}::date[], ${dues.map((one) => one.dueOn)}::date[]) AS u (filed_on, concluded_on, due_on) ON u.filed_on = c.filed_on AND u.concluded_on = c.concluded_on
      WHERE ${where}),
    page AS MATERIALIZED (SELECT h.* FROM hit h ORDER BY h.due_on NULLS LAST, h.concluded_on, h.id LIMIT ${limit} OFFSET ${offset})
    SELECT c.id, c.number, c.district_code, c.township_code, coalesce(t.name_zh, c.township_code) AS township_zh, coalesce(t.name_en, c.township_code) AS township_en, p.community, c.person_id, p.name AS person_name,
      coalesce(CASE WHEN a.relation <> 'agency' THEN nullif(a.contact_phone, '') END, p.phone) AS phone, c.grade, s.scale_id, a.filed_on, c.concluded_on,
      (SELECT count(*) FROM assessments.delivery d WHERE d.district_code = c.district_code AND d.conclusion_id = c.id AND d.outcome = 'failed') AS failures,
      CASE WHEN l.way IS NULL THEN NULL ELSE jsonb_build_object('way', l.way, 'outcome', l.outcome, 'failure', l.failure, 'happenedOn', l.happened_on) END AS last_attempt, n.total
    FROM (SELECT count(*)::int AS total FROM hit) n LEFT JOIN (page JOIN (${FROM}) ON c.district_code = page.district_code AND c.id = page.id LEFT JOIN platform.area t ON t.code = c.township_code ${last}) ON true ORDER BY page.due_on NULLS LAST, page.concluded_on, page.id`.execute(act.db);
  return { rows: rows.filter((row) => row.id !== null).map(({ total: _total, ...row }) => row), total: rows[0]?.total ?? 0 };
}

export interface ToMessage extends Addressee {
  id: string;
  number: string;
  districtCode: string;
  townshipCode: string;
  personId: string;
  personName: string;
  checkCode: string;
}

/** Everybody of a district who waits and to whom no message is under way or has failed. */
export async function listToMessage(act: Act, districtCode: string, townshipCode: string | null): Promise<ToMessage[]> {
  const { rows } = await sql<ToMessage>`SELECT c.id, c.number, c.district_code, c.township_code, c.person_id, p.name AS person_name, c.check_code, ${ADDRESSEE}, false AS message_under_way FROM ${FROM}
    WHERE ${waits(act)} AND c.district_code = ${districtCode} AND (${townshipCode}::text IS NULL OR c.township_code = ${townshipCode}) AND NOT ${MESSAGE_UNDER_WAY}
      AND NOT EXISTS (SELECT 1 FROM assessments.delivery d WHERE d.district_code = c.district_code AND d.conclusion_id = c.id AND d.failure = 'messageFailed')
    ORDER BY c.id`.execute(act.db);
  return rows;
}

/** The attempt that queued a message, or undefined. */
export async function findMessageAttempt(act: Act, districtCode: string, messageId: string): Promise<(NewDelivery & { number: string }) | undefined> {
  const { rows } = await sql<NewDelivery & { number: string }>`SELECT d.id, d.district_code, d.conclusion_id, d.person_id, d.township_code, d.assessment_institution_id, d.way, d.outcome, d.failure, d.happened_on, d.recipient_name, d.recipient_relation,
      d.phone, d.tracking_number, d.message_id, d.proof_id, d.note, c.number
    FROM assessments.delivery d JOIN assessments.conclusion c ON c.district_code = d.district_code AND c.id = d.conclusion_id
    WHERE d.district_code = ${districtCode} AND d.message_id = ${messageId} AND d.outcome = 'underway'`.execute(act.db);
  return rows[0];
}
