/** SQL of papers, self-assessment forms, what is supplied later, and the queues before acceptance. */
import { sql } from 'kysely';
import type { Day } from '#kit/days.ts';
import type { Act } from '#platform/act.ts';
import type { Application } from '../store/application.ts';
import type { SelfAnswers } from './rules.ts';

export interface Material {
  id: string;
  districtCode: string;
  applicationId: string;
  code: string;
  form: 'file' | 'original';
  fileName: string | null;
  originalName: string | null;
  mediaType: string | null;
  sizeBytes: number | null;
  pages: number | null;
  sha256: string | null;
  providedBy: 'office' | 'family';
  accountId: string | null;
  actorName: string;
  providedAt: string;
  withdrawn: { reason: string; actorName: string; withdrawnAt: string } | null;
}

const COLUMNS = sql`m.id, m.district_code, m.application_id, m.code, m.form, m.file_name, m.original_name, m.media_type, m.size_bytes, m.pages, m.sha256, m.provided_by, m.account_id, m.actor_name, m.provided_at,
  CASE WHEN w.material_id IS NULL THEN NULL ELSE jsonb_build_object('reason', w.reason, 'actorName', w.actor_name, 'withdrawnAt', to_char(w.withdrawn_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) END AS withdrawn`;
const FROM = sql`assessments.material m LEFT JOIN assessments.material_withdrawal w ON w.district_code = m.district_code AND w.material_id = m.id`;

/** Every paper of an application, also those that no longer count, oldest first. */
export async function listMaterials(act: Act, application: Pick<Application, 'districtCode' | 'id'>): Promise<Material[]> {
  const { rows } = await sql<Material>`SELECT ${COLUMNS} FROM ${FROM} WHERE m.district_code = ${application.districtCode} AND m.application_id = ${application.id} ORDER BY m.id`.execute(act.db);
  return rows;
}

export async function findMaterial(act: Act, id: string): Promise<Material | undefined> {
  const { rows } = await sql<Material>`SELECT ${COLUMNS} FROM ${FROM} WHERE m.id = ${id}`.execute(act.db);
  return rows[0];
}

export type NewMaterial = Pick<Material, 'id' | 'code' | 'form' | 'fileName' | 'originalName' | 'mediaType' | 'sizeBytes' | 'pages' | 'sha256' | 'providedBy'>;

export async function insertMaterial(act: Act, application: Application, material: NewMaterial): Promise<void> {
  await sql`INSERT INTO assessments.material (district_code, id, application_id, person_id, township_code, code, form, sha256, media_type, size_bytes, pages, file_name, original_name, provided_by, account_id, actor_name, provided_on, provided_at)
    VALUES (${application.districtCode}, ${material.id}, ${application.id}, ${application.personId}, ${application.townshipCode}, ${material.code}, ${material.form}, ${material.sha256}, ${material.mediaType}, ${material.sizeBytes},
      ${material.pages}, ${material.fileName}, ${material.originalName}, ${material.providedBy}, ${act.actor.accountId}, ${act.actor.name}, ${act.today}, ${act.now})`.execute(act.db);
}

/** Withdraws a paper; false when it was withdrawn before. */
export async function insertMaterialWithdrawal(act: Act, application: Application, materialId: string, reason: string): Promise<boolean> {
  const { rows } = await sql`INSERT INTO assessments.material_withdrawal (district_code, material_id, person_id, township_code, reason, account_id, actor_name, withdrawn_at)
    VALUES (${application.districtCode}, ${materialId}, ${application.personId}, ${application.townshipCode}, ${reason}, ${act.actor.accountId}, ${act.actor.name}, ${act.now}) ON CONFLICT DO NOTHING RETURNING material_id`.execute(act.db);
  return rows.length > 0;
}

/** Codes of papers that are there: files and originals that count, a filled-in self-assessment form, and the application form where the family filled it in on its own page (kept in `materials`; a window keeps an original instead). */
export async function listPresent(act: Act, application: Pick<Application, 'districtCode' | 'id'>): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`SELECT DISTINCT m.code FROM assessments.material m WHERE m.district_code = ${application.districtCode} AND m.application_id = ${application.id}
      AND NOT EXISTS (SELECT 1 FROM assessments.material_withdrawal w WHERE w.district_code = m.district_code AND w.material_id = m.id)
    UNION SELECT 'applicationForm' FROM assessments.application a WHERE a.district_code = ${application.districtCode} AND a.id = ${application.id} AND 'applicationForm' = ANY(a.materials)
      AND NOT EXISTS (SELECT 1 FROM assessments.material o WHERE o.district_code = a.district_code AND o.application_id = a.id AND o.code = 'applicationForm' AND o.form = 'original')
    UNION SELECT 'selfAssessment' WHERE EXISTS (SELECT 1 FROM assessments.self_assessment s WHERE s.district_code = ${application.districtCode} AND s.application_id = ${application.id}) ORDER BY 1`.execute(act.db);
  return rows.map((row) => row.code);
}

/** Writes what is lacking now; `supplied` marks that everything promised has come. */
export async function writeLacking(act: Act, application: Application, lacking: readonly string[], supplied: boolean): Promise<void> {
  await sql`UPDATE assessments.application SET lacking = ${[...lacking]}, supplied_on = CASE WHEN ${supplied} THEN ${act.today}::date ELSE supplied_on END
    WHERE district_code = ${application.districtCode} AND id = ${application.id}`.execute(act.db);
}

/** Writes the promise given at acceptance. */
export async function writePromise(act: Act, application: Application, promise: { materials: readonly string[]; by: string; byOn: Day }): Promise<void> {
  await sql`UPDATE assessments.application SET supply_materials = ${[...promise.materials]}, supply_promised_by = ${promise.by}, supply_by_on = ${promise.byOn}
    WHERE district_code = ${application.districtCode} AND id = ${application.id}`.execute(act.db);
}

export interface SelfAssessment {
  id: string;
  edition: string;
  answers: SelfAnswers;
  class: string;
  decisionId: string;
  filledBy: string;
  onPaper: boolean;
  actorName: string;
  recordedAt: string;
}

/** The form that counts: the latest. */
export async function findSelfAssessment(act: Act, application: Pick<Application, 'districtCode' | 'id'>): Promise<SelfAssessment | undefined> {
  const { rows } = await sql<SelfAssessment>`SELECT id, edition, answers, class, decision_id, filled_by, on_paper, actor_name, recorded_at FROM assessments.self_assessment
    WHERE district_code = ${application.districtCode} AND application_id = ${application.id} ORDER BY id DESC LIMIT 1`.execute(act.db);
  return rows[0];
}

export async function insertSelfAssessment(act: Act, application: Application, form: Omit<SelfAssessment, 'actorName' | 'recordedAt'>): Promise<void> {
  await sql`INSERT INTO assessments.self_assessment (district_code, id, application_id, person_id, township_code, edition, answers, class, decision_id, filled_by, on_paper, account_id, actor_name, recorded_at)
    VALUES (${application.districtCode}, ${form.id}, ${application.id}, ${application.personId}, ${application.townshipCode}, ${form.edition}, ${JSON.stringify(form.answers)}::jsonb, ${form.class}, ${form.decisionId}, ${form.filledBy},
      ${form.onPaper}, ${act.actor.accountId}, ${act.actor.name}, ${act.now})`.execute(act.db);
}

/** Cases past acceptance with something promised that did not come by its last day: after `afterId`, by id. */
export async function listMissed(act: Act, afterId: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`SELECT a.id FROM assessments.application a
    WHERE a.supply_by_on IS NOT NULL AND a.supplied_on IS NULL AND a.supply_by_on < ${act.today}::date AND a.id > ${afterId} AND a.state NOT IN ('filed', 'refused', 'onNotice', 'concluded', 'withdrawn', 'closed')
    ORDER BY a.id LIMIT ${limit}`.execute(act.db);
  return rows.map((row) => row.id);
}

export interface QueueCounts {
  acceptOpen: number;
  acceptOverdue: number;
  preReviewOpen: number;
  preReviewOverdue: number;
  supplyOpen: number;
  supplyOverdue: number;
}

/** Days of filing that are overdue: between both, included; nothing is where the last is null. */
export interface LateSpan {
  fromOn: Day | null;
  untilOn: Day | null;
}

/** Filing days of a span. */
export const within = (span: LateSpan) => sql`(a.filed_on <= ${span.untilOn}::date AND a.filed_on >= ${span.fromOn}::date)`;
export const PRE_REVIEW_WAITS = sql`(a.pre_review_owed AND a.pre_reviewed_on IS NULL)`;
/** What was promised has not come, and the case is under way. */
export const SUPPLY_WAITS = sql`a.supply_by_on IS NOT NULL AND a.supplied_on IS NULL AND a.state IN ('accepted', 'dispatched', 'scored', 'confirmed', 'checked')`;

/** How many applications wait, and how many of them too long. */
export async function countQueues(act: Act, place: { district: string | null; township: string | null }, late: { accept: LateSpan; preReview: LateSpan }): Promise<QueueCounts> {
  const here = sql`(${place.district}::text IS NULL OR a.district_code = ${place.district}) AND (${place.township}::text IS NULL OR a.township_code = ${place.township})`;
  const { rows } = await sql<QueueCounts>`WITH waiting AS (
      SELECT count(*) FILTER (WHERE NOT ${PRE_REVIEW_WAITS}) AS accept_open, count(*) FILTER (WHERE NOT ${PRE_REVIEW_WAITS} AND ${within(late.accept)}) AS accept_overdue,
        count(*) FILTER (WHERE ${PRE_REVIEW_WAITS}) AS pre_review_open, count(*) FILTER (WHERE ${PRE_REVIEW_WAITS} AND ${within(late.preReview)}) AS pre_review_overdue
      FROM assessments.application a WHERE a.state = 'filed' AND ${here}
    ), promised AS (
      SELECT count(*) AS supply_open, count(*) FILTER (WHERE a.supply_by_on < ${act.today}::date) AS supply_overdue FROM assessments.application a WHERE ${SUPPLY_WAITS} AND ${here}
    ) SELECT * FROM waiting, promised`.execute(act.db);
  return rows[0]!;
}
