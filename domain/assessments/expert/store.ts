/** SQL of the draw of experts, the insurer's check and returned cases. */
import { sql } from 'kysely';
import type { Static } from '@sinclair/typebox';
import type { Day } from '#kit/days.ts';
import { newId } from '#kit/ids.ts';
import { pageBounds } from '#kit/paging.ts';
import type { Act } from '#platform/act.ts';
import { ownDistrict, ownInstitution } from '../materials/queues.ts';
import type { Application } from '../store/application.ts';
import type { Assessment } from '../store/assessment.ts';
import { readIndexes } from '../store/search.ts';
import type { CaseReturnSchema } from './contract.ts';
import type { CheckPoint, Returner, ReturnReason } from './model.ts';

/** Fixes the secrets of the next draws of cases of a district: new ones (`anew`), or where a case has none; what is published of them is their SHA-256. */
export async function commitDraws(act: Act, districtCode: string, applicationIds: readonly string[], how: { anew: boolean }): Promise<void> {
  await sql`SELECT assessments.commit_draws(${districtCode}, ${[...applicationIds]}::uuid[], ${act.now}, ${how.anew})`.execute(act.db);
}

/** The latest commitment of a case. */
export async function findCommitment(act: Act, application: Pick<Application, 'districtCode' | 'id'>): Promise<{ sha256: string; committedAt: string } | undefined> {
  const { rows } = await sql<{ sha256: string; committedAt: string }>`SELECT commitment AS sha256, committed_at FROM assessments.expert_seed
    WHERE district_code = ${application.districtCode} AND application_id = ${application.id} ORDER BY round DESC, attempt DESC LIMIT 1`.execute(act.db);
  return rows[0];
}

export interface RevealedSeed {
  secret: string;
  commitment: string;
  committedAt: string;
}

/** The secret for the latest assessment, which the database gives only once that assessment is recorded. */
export async function revealDraw(act: Act, application: Pick<Application, 'districtCode' | 'id'>): Promise<RevealedSeed | undefined> {
  const { rows } = await sql<RevealedSeed>`SELECT secret, commitment, committed_at FROM assessments.reveal_draw(${application.districtCode}, ${application.id})`.execute(act.db);
  return rows[0];
}

export interface EligibleExpert {
  accountId: string;
  name: string;
  workerId: string | null;
}

export async function listEligible(act: Act, assessment: Pick<Assessment, 'districtCode' | 'id'>): Promise<EligibleExpert[]> {
  const { rows } = await sql<EligibleExpert>`SELECT account_id, name, worker_id FROM assessments.eligible_experts(${assessment.districtCode}, ${assessment.id}) ORDER BY account_id`.execute(act.db);
  return rows;
}

export interface ExpertCall {
  draw: number;
  place: number;
  expertAccountId: string;
  expertName: string;
  decisionId: string;
}

/** The experts of the latest draw for an assessment, in their order. */
export async function listCalls(act: Act, assessment: Pick<Assessment, 'districtCode' | 'id'>): Promise<ExpertCall[]> {
  const { rows } = await sql<ExpertCall>`SELECT draw, place, expert_account_id, expert_name, decision_id FROM assessments.expert_call c
    WHERE district_code = ${assessment.districtCode} AND assessment_id = ${assessment.id}
      AND draw = (SELECT max(x.draw) FROM assessments.expert_call x WHERE x.district_code = c.district_code AND x.assessment_id = c.assessment_id) ORDER BY place`.execute(act.db);
  return rows;
}

export async function insertCalls(act: Act, assessment: Assessment, draw: number, experts: readonly { accountId: string; name: string }[], decisionId: string): Promise<void> {
  const rows = experts.map((one, at) => ({ id: newId<'expertCall'>(act.now.getTime()), place: at + 1, account: one.accountId, name: one.name }));
  await sql`INSERT INTO assessments.expert_call (district_code, id, application_id, assessment_id, draw, place, expert_account_id, expert_name, township_code, assessment_institution_id, decision_id, drawn_at)
    SELECT ${assessment.districtCode}, r.id, ${assessment.applicationId}, ${assessment.id}, ${draw}, r.place, r.account, r.name, ${assessment.townshipCode}, ${assessment.institutionId}, ${decisionId}, ${act.now}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (id uuid, place smallint, account uuid, name text)`.execute(act.db);
}

export interface InsurerCheck {
  result: 'passed' | 'returned';
  checklist: Record<string, boolean>;
  note: string | null;
  checkerName: string;
  checkedAt: string;
}

export async function findCheck(act: Act, assessment: Pick<Assessment, 'districtCode' | 'id'>): Promise<InsurerCheck | undefined> {
  const { rows } = await sql<InsurerCheck>`SELECT result, checklist, note, checker_name, checked_at FROM assessments.insurer_check WHERE district_code = ${assessment.districtCode} AND assessment_id = ${assessment.id}`.execute(act.db);
  return rows[0];
}

export async function insertCheck(act: Act, assessment: Assessment, check: { id: string; result: string; checklist: Partial<Record<CheckPoint, boolean>>; note: string | null }): Promise<void> {
  await sql`INSERT INTO assessments.insurer_check (district_code, id, application_id, assessment_id, person_id, township_code, assessment_institution_id, result, checklist, note, checker_account_id, checker_name, checked_at)
    VALUES (${assessment.districtCode}, ${check.id}, ${assessment.applicationId}, ${assessment.id}, ${assessment.personId}, ${assessment.townshipCode}, ${assessment.institutionId}, ${check.result},
      ${JSON.stringify(check.checklist)}::jsonb, ${check.note}, ${act.actor.accountId}, ${act.actor.name}, ${act.now})`.execute(act.db);
}

export interface NewReturn {
  id: string;
  by: Returner;
  reason: ReturnReason;
  items: readonly string[];
  note: string | null;
  dueOn: Day | null;
  calendarMissing: string | null;
}

/** Stores a return; gives its number within the case. The application is locked by the act. */
export async function insertReturn(act: Act, assessment: Assessment, one: NewReturn): Promise<number> {
  const { rows } = await sql<{ nth: number }>`INSERT INTO assessments.case_return (district_code, id, application_id, assessment_id, person_id, township_code, assessment_institution_id, nth, returned_by, reason, items, note, returned_on, due_on, calendar_missing,
      account_id, returner_name, returned_at)
    VALUES (${assessment.districtCode}, ${one.id}, ${assessment.applicationId}, ${assessment.id}, ${assessment.personId}, ${assessment.townshipCode}, ${assessment.institutionId},
      (SELECT count(*) + 1 FROM assessments.case_return r WHERE r.district_code = ${assessment.districtCode} AND r.application_id = ${assessment.applicationId}),
      ${one.by}, ${one.reason}, ${[...one.items]}, ${one.note}, ${act.today}, ${one.dueOn}, ${one.calendarMissing}, ${act.actor.accountId}, ${act.actor.name}, ${act.now}) RETURNING nth`.execute(act.db);
  return rows[0]!.nth;
}

export type CaseReturn = Static<typeof CaseReturnSchema>;

/** Answered by the first assessment after it; moot where the case ended without one. */
const RETURN = sql`r.id, r.application_id, a.number, r.district_code, r.person_id, p.name AS person_name, r.assessment_institution_id AS institution_id, i.name AS institution_name, r.nth, r.returned_by AS by, r.returner_name AS by_name, r.reason, r.items, r.note,
  r.returned_on, r.returned_at, r.due_on, r.calendar_missing, n.answered_at,
  CASE WHEN n.answered_at IS NOT NULL THEN 'answered' WHEN a.state IN ('withdrawn', 'closed') THEN 'moot' ELSE 'open' END AS state`;
const ANSWERED = sql`LEFT JOIN LATERAL (SELECT min(s.recorded_at) AS answered_at FROM assessments.assessment s WHERE s.district_code = r.district_code AND s.application_id = r.application_id AND s.id <> r.assessment_id AND s.recorded_at >= r.returned_at) n ON true`;
const FROM = sql`assessments.case_return r JOIN assessments.application a ON a.district_code = r.district_code AND a.id = r.application_id JOIN people.person p ON p.district_code = r.district_code AND p.id = r.person_id
  LEFT JOIN providers.institution i ON i.id = r.assessment_institution_id
  ${ANSWERED}`;
/** Not answered by its deadline, where that was known before it ran out. */
const late = (act: Act, state = sql`a.state`) => sql`(r.due_on IS NOT NULL AND (r.due_known_on IS NULL OR r.due_known_on <= r.due_on) AND ${state} NOT IN ('withdrawn', 'closed') AND coalesce((n.answered_at AT TIME ZONE 'Asia/Shanghai')::date, ${act.today}::date) > r.due_on)`;

export interface ReturnQuery {
  state?: 'open' | 'late' | 'answered';
  institution?: string;
  district?: string;
  by?: Returner;
  application?: string;
  page?: number;
  pageSize?: number;
}

/** One page of returns in scope: what is open first, by its deadline; then the newest. */
export async function listReturns(act: Act, query: ReturnQuery): Promise<{ rows: CaseReturn[]; total: number }> {
  const { limit, offset } = pageBounds(query);
  const open = sql`(n.answered_at IS NULL AND r.state NOT IN ('withdrawn', 'closed'))`;
  const states = { open, late: sql`${open} AND ${late(act, sql`r.state`)}`, answered: sql`n.answered_at IS NOT NULL` };
  const district = query.district ?? ownDistrict(act);
  const institution = query.institution ?? ownInstitution(act);
  const asked = sql.join([
    sql`true`,
    ...(district === null ? [] : [sql`r.district_code = ${district}`]),
    ...(institution === null ? [] : [sql`r.assessment_institution_id = ${institution}`]),
    ...(query.by === undefined ? [] : [sql`r.returned_by = ${query.by}`]),
    ...(query.application === undefined ? [] : [sql`r.application_id = ${query.application}`]),
  ], sql` AND `);
  // What decides the order is gathered once, as sets, for the page and its count: returns with their cases, of these what was assessed again; names only for the rows of the page.
  await readIndexes(act);
  const { rows } = await sql<CaseReturn & { total: number | null }>`WITH looked AS MATERIALIZED (SELECT r.district_code, r.id, r.application_id, r.assessment_id, r.returned_at, r.due_on, r.due_known_on, a.state FROM assessments.case_return r
      JOIN assessments.application a ON a.district_code = r.district_code AND a.id = r.application_id WHERE ${asked}),
    answer AS MATERIALIZED (SELECT l.district_code, l.id, min(s.recorded_at) AS answered_at FROM looked l JOIN assessments.assessment s ON s.district_code = l.district_code AND s.application_id = l.application_id
      AND s.id <> l.assessment_id AND s.recorded_at >= l.returned_at WHERE ${district === null ? sql`true` : sql`s.district_code = ${district}`} GROUP BY l.district_code, l.id),
    hit AS MATERIALIZED (SELECT r.district_code, r.id, NOT ${open} AS over, CASE WHEN ${open} THEN r.due_on END AS due_on FROM looked r LEFT JOIN answer n ON n.district_code = r.district_code AND n.id = r.id
      WHERE ${query.state ? states[query.state] : sql`true`}),
    page AS MATERIALIZED (SELECT h.* FROM hit h ORDER BY h.over, h.due_on NULLS LAST, h.id DESC LIMIT ${limit} OFFSET ${offset})
    SELECT ${RETURN}, ${late(act)} AS late, c.total FROM (SELECT count(*)::int AS total FROM hit) c LEFT JOIN (page JOIN (${FROM}) ON r.district_code = page.district_code AND r.id = page.id) ON true ORDER BY page.over, page.due_on NULLS LAST, page.id DESC`.execute(act.db);
  return { rows: rows.filter((row) => row.id !== null).map(({ total: _total, ...row }) => row as CaseReturn), total: rows[0]?.total ?? 0 };
}

/** The kept decision on the voices about an assessment, or null while they have not decided. */
export async function findVoicesDecision(act: Act, assessmentId: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`SELECT id FROM platform.decision WHERE subject_id = ${assessmentId} AND kind = 'assessments.confirmation' ORDER BY id DESC LIMIT 1`.execute(act.db);
  return rows[0]?.id ?? null;
}
