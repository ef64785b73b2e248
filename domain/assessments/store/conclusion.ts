/** SQL of conclusions. */
import { sql } from 'kysely';
import { addDays } from '#kit/days.ts';
import type { Day } from '#kit/days.ts';
import { pageBounds } from '#kit/paging.ts';
import type { Act } from '#platform/act.ts';
import type { ConclusionState } from '../model.ts';
import { ownDistrict } from '../materials/queues.ts';
import { readIndexes } from './search.ts';

export interface Conclusion {
  id: string;
  number: string;
  districtCode: string;
  townshipCode: string;
  townshipZh: string;
  townshipEn: string;
  personId: string;
  personName: string;
  applicationId: string | null;
  assessmentId: string | null;
  noticeId: string | null;
  grade: number;
  /** Edition of the scale; null for imported conclusions. */
  scaleId: string | null;
  concludedOn: Day;
  effectiveOn: Day;
  validUntilOn: Day;
  endedOn: Day | null;
  endReason: string | null;
  /** First successful delivery of its letter. */
  receivedOn: Day | null;
  origin: 'assessed' | 'imported';
  decisionId: string;
  concludedAt: string;
}

export interface ConclusionQuery {
  q?: string;
  district?: string;
  township?: string;
  state?: ConclusionState;
  grade?: number;
  person?: string;
  expiringDays?: number;
  page?: number;
  pageSize?: number;
}

/** Case and assessment are named only to those who may open them: an institution that assessed the same person before sees the conclusion, not the work of the others. */
const COLUMNS = sql`c.id, c.number, c.district_code, c.township_code, coalesce(t.name_zh, c.township_code) AS township_zh, coalesce(t.name_en, c.township_code) AS township_en, c.person_id, p.name AS person_name,
  (SELECT a.id FROM assessments.application a WHERE a.district_code = c.district_code AND a.id = c.application_id) AS application_id, s.id AS assessment_id, c.notice_id, c.grade, s.scale_id, c.concluded_on, c.effective_on, c.valid_until_on, c.ended_on, c.end_reason, c.origin,
  (SELECT min(d.happened_on) FROM assessments.delivery d WHERE d.district_code = c.district_code AND d.conclusion_id = c.id AND d.outcome = 'delivered') AS received_on, c.decision_id, c.concluded_at`;
const FROM = sql`assessments.conclusion c JOIN people.person p ON p.district_code = c.district_code AND p.id = c.person_id LEFT JOIN platform.area t ON t.code = c.township_code
  LEFT JOIN assessments.assessment s ON s.district_code = c.district_code AND s.id = c.assessment_id`;
const LAST_ON = sql`coalesce(c.ended_on, c.valid_until_on)`;
/** Not replaced from its first day: such a conclusion ends on the day before it and counts on no day. */
const COUNTS = sql`(c.ended_on IS NULL OR c.ended_on >= c.effective_on)`;

/** One page of conclusions in scope: those that end soonest first when `expiringDays` is asked for, else the newest first. */
export async function listConclusions(act: Act, query: ConclusionQuery): Promise<{ rows: Conclusion[]; total: number }> {
  const { limit, offset } = pageBounds(query);
  const q = query.q?.trim().toLowerCase() || null;
  const district = query.district ?? ownDistrict(act);
  const inForce = sql`c.effective_on <= ${act.today}::date AND ${LAST_ON} >= ${act.today}::date`;
  const states = { notYet: sql`(c.effective_on > ${act.today}::date AND ${COUNTS})`, valid: inForce, ended: sql`(NOT ${COUNTS} OR (c.effective_on <= ${act.today}::date AND ${LAST_ON} < ${act.today}::date))` };
  const expiring = query.expiringDays === undefined ? sql`true` : sql`${inForce} AND ${LAST_ON} <= ${addDays(act.today, query.expiringDays)}::date`;
  const where = sql.join([
    expiring,
    ...(district === null ? [] : [sql`c.district_code = ${district}`]),
    ...(query.township === undefined ? [] : [sql`c.township_code = ${query.township}`]),
    ...(query.grade === undefined ? [] : [sql`c.grade = ${query.grade}`]),
    ...(query.person === undefined ? [] : [sql`c.person_id = ${query.person}`]),
    ...(query.state === undefined ? [] : [states[query.state]]),
    ...(q === null ? [] : [sql`(strpos(c.search, ${q}) > 0 OR starts_with(c.person_number, upper(${q})))`]),
  ], sql` AND `);
  const order = query.expiringDays === undefined ? sql`c.concluded_on DESC, c.id DESC` : sql`${LAST_ON}, c.id`;
  await readIndexes(act);
  // The page first, from the conclusions alone; names only for its rows. What a search finds is gathered once for the page and its count.
  const cut = sql`ORDER BY ${order} LIMIT ${limit} OFFSET ${offset}`;
  const page = q === null ? sql`page AS MATERIALIZED (SELECT c.district_code, c.id FROM assessments.conclusion c WHERE ${where} ${cut})`
    : sql`hit AS MATERIALIZED (SELECT c.district_code, c.id, c.concluded_on, c.ended_on, c.valid_until_on FROM assessments.conclusion c WHERE ${where}), page AS MATERIALIZED (SELECT c.district_code, c.id FROM hit c ${cut})`;
  const counted = q === null ? sql`SELECT count(*) AS total FROM assessments.conclusion c WHERE ${where}` : sql`SELECT count(*) AS total FROM hit`;
  const { rows } = await sql<Conclusion & { total: number }>`WITH ${page} SELECT ${COLUMNS}, n.total FROM (${counted}) n LEFT JOIN (page JOIN (${FROM}) ON c.district_code = page.district_code AND c.id = page.id) ON true ORDER BY ${order}`.execute(act.db);
  return { rows: rows.filter((row) => row.id !== null).map(({ total: _total, ...row }) => row as Conclusion), total: rows[0]?.total ?? 0 };
}

export async function findConclusion(act: Act, id: string): Promise<Conclusion | undefined> {
  const { rows } = await sql<Conclusion>`SELECT ${COLUMNS} FROM ${FROM} WHERE c.id = ${id}`.execute(act.db);
  return rows[0];
}

/** The conclusion that counts for a person on a day, or undefined. */
export async function findConclusionOn(act: Act, personId: string, day: Day): Promise<Conclusion | undefined> {
  const { rows } = await sql<Conclusion>`SELECT ${COLUMNS} FROM ${FROM} WHERE c.person_id = ${personId} AND c.effective_on <= ${day}::date AND ${LAST_ON} >= ${day}::date`.execute(act.db);
  return rows[0];
}

/** For each person the conclusion in force today, else the next one to come. */
export async function listCurrentConclusions(act: Act, personIds: readonly string[]): Promise<Map<string, Conclusion>> {
  const { rows } = await sql<Conclusion>`SELECT DISTINCT ON (c.person_id) ${COLUMNS} FROM ${FROM} WHERE c.person_id = ANY (${[...personIds]}::uuid[]) AND ${COUNTS} AND ${LAST_ON} >= ${act.today}::date
    ORDER BY c.person_id, c.effective_on`.execute(act.db);
  return new Map(rows.map((row) => [row.personId, row]));
}

/** The day of a person's last conclusion, or null. */
export async function lastConclusionOn(act: Act, personId: string): Promise<Day | null> {
  const { rows } = await sql<{ on: Day | null }>`SELECT max(concluded_on) AS on FROM assessments.conclusion WHERE person_id = ${personId}`.execute(act.db);
  return rows[0]?.on ?? null;
}

/** Conclusion of an application, or undefined. */
export async function findConclusionOf(act: Act, applicationId: string): Promise<{ id: string; number: string } | undefined> {
  const { rows } = await sql<{ id: string; number: string }>`SELECT id, number FROM assessments.conclusion WHERE application_id = ${applicationId}`.execute(act.db);
  return rows[0];
}

/** The code printed on the letter; only the letter itself carries it. */
export async function readCheckCode(act: Act, id: string): Promise<string | undefined> {
  const { rows } = await sql<{ checkCode: string }>`SELECT check_code FROM assessments.conclusion WHERE id = ${id}`.execute(act.db);
  return rows[0]?.checkCode;
}

export interface CheckedLetter {
  number: string;
  grade: number;
  concludedOn: Day;
  effectiveOn: Day;
  validUntilOn: Day;
  endedOn: Day | null;
  maskedName: string;
}

/** What the holder of a letter may check; the one question that anybody may ask of conclusions. */
export async function checkLetter(act: Act, code: string): Promise<CheckedLetter | undefined> {
  const { rows } = await sql<CheckedLetter>`SELECT number, grade, concluded_on, effective_on, valid_until_on, ended_on, masked_name FROM assessments.check_letter(${code})`.execute(act.db);
  return rows[0];
}

export interface NewConclusion {
  id: string;
  number: string;
  districtCode: string;
  townshipCode: string;
  personId: string;
  applicationId: string | null;
  assessmentId: string | null;
  noticeId: string | null;
  grade: number;
  concludedOn: Day;
  effectiveOn: Day;
  validUntilOn: Day;
  origin: 'assessed' | 'imported';
  decisionId: string;
  checkCode: string;
}

/** Stores conclusions, as a set, each with what its lists look for: the searched words, the day of filing and institution of its case, and where its letter stands. */
export async function insertConclusions(act: Act, conclusions: readonly NewConclusion[]): Promise<void> {
  await sql`INSERT INTO assessments.conclusion (district_code, id, number, application_id, assessment_id, notice_id, person_id, township_code, grade, concluded_on, effective_on, valid_until_on, origin, decision_id, check_code, concluded_at,
      search, person_number, filed_on, assessment_institution_id, letter)
    SELECT n."districtCode", n.id, n.number, n."applicationId", n."assessmentId", n."noticeId", n."personId", n."townshipCode", n.grade, n."concludedOn", n."effectiveOn", n."validUntilOn", n.origin, n."decisionId", n."checkCode", ${act.now},
      lower(n.number) || E'\\n' || coalesce(p.search, ''), coalesce(p.identity_number, ''), a.filed_on, s.assessment_institution_id, CASE n.origin WHEN 'assessed' THEN 'waiting' END
    FROM jsonb_to_recordset(${JSON.stringify(conclusions)}::jsonb) AS n ("districtCode" text, id uuid, number text, "applicationId" uuid, "assessmentId" uuid, "noticeId" uuid, "personId" uuid, "townshipCode" text,
      grade smallint, "concludedOn" date, "effectiveOn" date, "validUntilOn" date, origin text, "decisionId" uuid, "checkCode" text)
    LEFT JOIN people.person p ON p.district_code = n."districtCode" AND p.id = n."personId"
    LEFT JOIN assessments.application a ON a.district_code = n."districtCode" AND a.id = n."applicationId"
    LEFT JOIN assessments.assessment s ON s.district_code = n."districtCode" AND s.id = n."assessmentId"`.execute(act.db);
}

/** Of these persons and periods, those that share no day with a conclusion the person has already. */
export async function listWithoutConclusion(act: Act, rows: readonly { personId: string; effectiveOn: Day; validUntilOn: Day }[]): Promise<Set<string>> {
  const { rows: free } = await sql<{ personId: string }>`SELECT f.person_id FROM unnest(${rows.map((row) => row.personId)}::uuid[], ${rows.map((row) => row.effectiveOn)}::date[], ${rows.map((row) => row.validUntilOn)}::date[]) AS f (person_id, effective_on, valid_until_on)
    WHERE NOT EXISTS (SELECT 1 FROM assessments.conclusion c WHERE c.person_id = f.person_id AND ${COUNTS} AND c.effective_on <= f.valid_until_on AND ${LAST_ON} >= f.effective_on)`.execute(act.db);
  return new Set(free.map((row) => row.personId));
}

/** Conclusions that begin on or after this day: a new one would be overtaken before it began, or replaces them from their first day. */
export async function listLaterConclusions(act: Act, personId: string, effectiveOn: Day): Promise<{ id: string; number: string; effectiveOn: Day }[]> {
  const { rows } = await sql<{ id: string; number: string; effectiveOn: Day }>`SELECT c.id, c.number, c.effective_on FROM assessments.conclusion c WHERE c.person_id = ${personId} AND c.effective_on >= ${effectiveOn}::date AND ${COUNTS} ORDER BY c.effective_on`.execute(act.db);
  return rows;
}

/** Replaces a conclusion from its first day: it ends on the day before and counts on no day. */
export async function voidConclusion(act: Act, id: string): Promise<void> {
  await sql`UPDATE assessments.conclusion SET ended_on = effective_on - 1, end_reason = 'replacedFromStart' WHERE id = ${id}`.execute(act.db);
}

/** Ends the person's earlier conclusion on the day before the new one begins; returns what was ended. */
export async function endConclusionsBefore(act: Act, personId: string, effectiveOn: Day): Promise<{ id: string; number: string; endedOn: Day }[]> {
  const { rows } = await sql<{ id: string; number: string; endedOn: Day }>`UPDATE assessments.conclusion c SET ended_on = ${addDays(effectiveOn, -1)}::date, end_reason = 'replaced'
    WHERE c.person_id = ${personId} AND c.effective_on < ${effectiveOn}::date AND ${LAST_ON} >= ${effectiveOn}::date RETURNING c.id, c.number, c.ended_on`.execute(act.db);
  return rows;
}
