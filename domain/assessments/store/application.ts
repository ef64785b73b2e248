/** SQL of applications. */
import { sql } from 'kysely';
import type { Static } from '@sinclair/typebox';
import type { Day } from '#kit/days.ts';
import { pageBounds } from '#kit/paging.ts';
import type { Act } from '#platform/act.ts';
import type { ApplicationRowSchema, FilingSchema } from '../contract/application.ts';
import { OPEN_STATES } from '../model.ts';
import type { ApplicationKind, ApplicationState, SpotCheckGround } from '../model.ts';
import { dueOf } from '../rules/due.ts';

export type ApplicationRow = Static<typeof ApplicationRowSchema>;
export type Filing = Static<typeof FilingSchema>;

/** An application as it is stored. */
export interface Application {
  id: string;
  number: string;
  districtCode: string;
  townshipCode: string;
  personId: string;
  kind: ApplicationKind;
  filedOn: Day;
  applicantName: string;
  relation: string;
  contactPhone: string;
  /** Null for a spot check. */
  disabledSinceOn: Day | null;
  materials: string[];
  statement: string | null;
  state: ApplicationState;
  stateSince: string;
  refusalCode: string | null;
  institutionId: string | null;
  decisionId: string | null;
  acceptedOn: Day | null;
  returnedOn: Day | null;
  aboutConclusionId: string | null;
  ground: SpotCheckGround | null;
  groundSource: string | null;
}

export interface ApplicationQuery {
  q?: string;
  district?: string;
  township?: string;
  state?: ApplicationState;
  kind?: string;
  person?: string;
  due?: 'overdue' | 'open';
  page?: number;
  pageSize?: number;
}

const COLUMNS = sql`a.id, a.number, a.district_code, a.township_code, a.person_id, a.kind, a.filed_on, a.applicant_name, a.relation, a.contact_phone, a.disabled_since_on, a.materials, a.statement,
  a.state, a.state_since, a.refusal_code, a.assessment_institution_id AS institution_id, a.decision_id, a.accepted_on, a.returned_on, a.about_conclusion_id, a.ground, a.ground_source`;

/** The last day of the notice: later than published when its poster was missing. */
const LAST_DAY = sql`greatest(n.ends_on, (SELECT max(x.ends_on) FROM notices.interruption x WHERE x.district_code = n.district_code AND x.batch_id = n.batch_id))`;

const ROW = sql`a.id, a.number, a.district_code, a.township_code, coalesce(t.name_zh, a.township_code) AS township_zh, coalesce(t.name_en, a.township_code) AS township_en, a.person_id, p.name AS person_name, a.kind,
  a.filed_on, a.state, a.state_since, a.refusal_code, a.assessment_institution_id AS institution_id, i.name AS institution_name, a.decision_id, s.grade, ${LAST_DAY} AS notice_ends_on, coalesce(a.returned_on, a.accepted_on) AS counts_from_on`;
const FROM = sql`assessments.application a JOIN people.person p ON p.district_code = a.district_code AND p.id = a.person_id LEFT JOIN platform.area t ON t.code = a.township_code
  LEFT JOIN providers.institution i ON i.id = a.assessment_institution_id
  LEFT JOIN assessments.assessment s ON s.district_code = a.district_code AND s.application_id = a.id AND s.superseded_at IS NULL
  LEFT JOIN notices.notice n ON n.district_code = s.district_code AND n.subject_id = s.id`;

type StoredRow = Omit<ApplicationRow, 'dueOn' | 'calendarMissing' | 'overdue'> & { countsFromOn: Day | null };

function rowOf(act: Act, stored: StoredRow): ApplicationRow {
  const { countsFromOn, ...row } = stored;
  return { ...row, ...dueOf(row.state, countsFromOn, act.today, act.policy) };
}

/** One page of applications in scope, newest first; `q` looks in number, name, pinyin and the start of the identity number. `overdueSinceOn` is the cutoff of the filter `due=overdue`. */
export async function listApplications(act: Act, query: ApplicationQuery, overdueSinceOn: Day | null): Promise<{ rows: ApplicationRow[]; total: number }> {
  const { limit, offset } = pageBounds(query);
  const q = query.q?.trim().toLowerCase() || null;
  const underWay = sql`a.state IN ('accepted', 'dispatched')`;
  const due = query.due === 'overdue' ? sql`${underWay} AND coalesce(a.returned_on, a.accepted_on) <= ${overdueSinceOn}::date` : query.due === 'open' ? underWay : sql`true`;
  const where = sql`(${q}::text IS NULL OR strpos(lower(a.number), ${q}) > 0 OR strpos(p.search, ${q}) > 0 OR starts_with(p.identity_number, upper(${q})))
    AND (${query.district ?? null}::text IS NULL OR a.district_code = ${query.district ?? null}) AND (${query.township ?? null}::text IS NULL OR a.township_code = ${query.township ?? null})
    AND (${query.state ?? null}::text IS NULL OR a.state = ${query.state ?? null}) AND (${query.kind ?? null}::text IS NULL OR a.kind = ${query.kind ?? null})
    AND (${query.person ?? null}::uuid IS NULL OR a.person_id = ${query.person ?? null}) AND ${due}`;
  const { rows } = await sql<StoredRow>`SELECT ${ROW} FROM ${FROM} WHERE ${where} ORDER BY a.filed_on DESC, a.id DESC LIMIT ${limit} OFFSET ${offset}`.execute(act.db);
  const count = await sql<{ total: number }>`SELECT count(*) AS total FROM assessments.application a JOIN people.person p ON p.district_code = a.district_code AND p.id = a.person_id WHERE ${where}`.execute(act.db);
  return { rows: rows.map((row) => rowOf(act, row)), total: count.rows[0]?.total ?? 0 };
}

/** The list's row of one application. */
export async function findApplicationRow(act: Act, id: string): Promise<ApplicationRow | undefined> {
  const { rows } = await sql<StoredRow>`SELECT ${ROW} FROM ${FROM} WHERE a.id = ${id}`.execute(act.db);
  return rows[0] && rowOf(act, rows[0]);
}

/** An application in scope, or undefined. `lock` keeps others from acting on it until this act commits. */
export async function findApplication(act: Act, id: string, more: { lock?: boolean } = {}): Promise<Application | undefined> {
  const { rows } = await sql<Application>`SELECT ${COLUMNS} FROM assessments.application a WHERE a.id = ${id} ${more.lock ? sql`FOR UPDATE` : sql``}`.execute(act.db);
  return rows[0];
}

/** The application of a person that is still under way, or undefined. */
export async function findOpenApplication(act: Act, personId: string): Promise<Application | undefined> {
  const { rows } = await sql<Application>`SELECT ${COLUMNS} FROM assessments.application a WHERE a.person_id = ${personId} AND a.state = ANY (${[...OPEN_STATES]}) LIMIT 1`.execute(act.db);
  return rows[0];
}

/** An application to be stored: filed by a person, or opened by the agency (a spot check, accepted from the start). */
export interface NewApplication {
  id: string;
  number: string;
  districtCode: string;
  townshipCode: string;
  personId: string;
  kind: ApplicationKind;
  applicantName: string;
  relation: string;
  contactPhone: string;
  disabledSinceOn: Day | null;
  materials: readonly string[];
  statement: string | null;
  aboutConclusionId: string | null;
  statusDecisionId: string | null;
  ground: SpotCheckGround | null;
  groundSource: string | null;
  state: 'filed' | 'accepted';
}

/** Stores an application; false when the person has an open one already. */
export async function insertApplication(act: Act, application: NewApplication): Promise<boolean> {
  const acceptedOn = application.state === 'accepted' ? act.today : null;
  const { rows } = await sql`INSERT INTO assessments.application (district_code, id, number, person_id, township_code, kind, filed_on, filed_at, applicant_name, relation, contact_phone, disabled_since_on, materials, statement, state, state_since,
      about_conclusion_id, status_decision_id, ground, ground_source, accepted_on)
    VALUES (${application.districtCode}, ${application.id}, ${application.number}, ${application.personId}, ${application.townshipCode}, ${application.kind}, ${act.today}, ${act.now}, ${application.applicantName.trim()},
      ${application.relation}, ${application.contactPhone}, ${application.disabledSinceOn}, ${[...application.materials]}, ${application.statement}, ${application.state}, ${act.now},
      ${application.aboutConclusionId}, ${application.statusDecisionId}, ${application.ground}, ${application.groundSource}, ${acceptedOn})
    ON CONFLICT (district_code, person_id) WHERE state NOT IN ('refused', 'concluded', 'withdrawn', 'closed') DO NOTHING RETURNING id`.execute(act.db);
  return rows.length > 0;
}

export interface Move {
  state: ApplicationState;
  refusalCode?: string;
  institutionId?: string;
  decisionId?: string;
  acceptedOn?: Day;
  returnedOn?: Day;
}

/** Moves an application to another state; what is not named stays. */
export async function moveApplication(act: Act, application: Application, move: Move): Promise<void> {
  await sql`UPDATE assessments.application SET state = ${move.state}, state_since = ${act.now}, refusal_code = ${move.refusalCode ?? null},
      assessment_institution_id = coalesce(${move.institutionId ?? null}::uuid, assessment_institution_id), decision_id = coalesce(${move.decisionId ?? null}::uuid, decision_id),
      accepted_on = coalesce(${move.acceptedOn ?? null}::date, accepted_on), returned_on = coalesce(${move.returnedOn ?? null}::date, returned_on)
    WHERE district_code = ${application.districtCode} AND id = ${application.id}`.execute(act.db);
}

/** Applications on notice whose notice ended before today without an objection that waits or was upheld: after `afterId`, by id. */
export async function listConcludable(act: Act, afterId: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`SELECT a.id FROM assessments.application a
    JOIN assessments.assessment s ON s.district_code = a.district_code AND s.application_id = a.id AND s.superseded_at IS NULL
    JOIN notices.notice n ON n.district_code = s.district_code AND n.subject_id = s.id AND ${LAST_DAY} < ${act.today}::date
    WHERE a.state = 'onNotice' AND a.id > ${afterId}
      AND NOT EXISTS (SELECT 1 FROM notices.withdrawal w WHERE w.district_code = n.district_code AND w.notice_id = n.id)
      AND NOT EXISTS (SELECT 1 FROM notices.objection o WHERE o.district_code = n.district_code AND o.notice_id = n.id
        AND NOT EXISTS (SELECT 1 FROM notices.objection_answer x WHERE x.district_code = o.district_code AND x.objection_id = o.id))
    ORDER BY a.id LIMIT ${limit}`.execute(act.db);
  return rows.map((row) => row.id);
}
