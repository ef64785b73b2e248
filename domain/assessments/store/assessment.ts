/** SQL of assessments on site and their confirmations. */
import { sql } from 'kysely';
import type { Act } from '#platform/act.ts';
import type { DisputedItem, ReturnReason } from '../expert/model.ts';
import type { Application } from './application.ts';

export interface Confirmation {
  id: string;
  expertAccountId: string;
  expertName: string;
  agrees: boolean;
  note: string | null;
  reason: ReturnReason | null;
  items: DisputedItem[];
  confirmedAt: string;
}

export type SupersededBy = 'disagreement' | 'objection' | 'insurerCheck' | 'agency';

export interface Assessment {
  id: string;
  districtCode: string;
  applicationId: string;
  personId: string;
  townshipCode: string;
  institutionId: string;
  institutionName: string | null;
  assessorAccountId: string;
  assessorName: string;
  secondName: string;
  guardianName: string;
  onSiteAt: string;
  place: string;
  scaleId: string;
  answers: Record<string, number>;
  /** Dimension → points, in the unit of the scale's type. */
  points: Record<string, number>;
  grade: number;
  decisionId: string;
  recordedAt: string;
  supersededAt: string | null;
  supersededBy: SupersededBy | null;
  /** The visit that became this assessment; null where it was entered at a desk. */
  siteVisitId: string | null;
  /** Account of the second person on site; null where only a name is on record. */
  secondAccountId: string | null;
}

const SELECT = sql`SELECT s.id, s.district_code, s.application_id, s.person_id, s.township_code, s.assessment_institution_id AS institution_id, i.name AS institution_name, s.assessor_account_id, s.assessor_name,
    s.second_name, s.guardian_name, s.on_site_at, s.place, s.scale_id, s.answers, s.points, s.grade, s.decision_id, s.recorded_at, s.superseded_at, s.superseded_by, s.site_visit_id, s.second_account_id
  FROM assessments.assessment s LEFT JOIN providers.institution i ON i.id = s.assessment_institution_id`;

/** All assessments of an application, newest first: the current one and those it replaced. */
export async function listAssessments(act: Act, applicationId: string): Promise<Assessment[]> {
  const { rows } = await sql<Assessment>`${SELECT} WHERE s.application_id = ${applicationId} ORDER BY s.id DESC LIMIT 50`.execute(act.db);
  return rows;
}

export async function findAssessment(act: Act, id: string): Promise<Assessment | undefined> {
  const { rows } = await sql<Assessment>`${SELECT} WHERE s.id = ${id}`.execute(act.db);
  return rows[0];
}

/** The assessment that counts, or undefined before there is one. */
export async function findCurrentAssessment(act: Act, applicationId: string): Promise<Assessment | undefined> {
  const { rows } = await sql<Assessment>`${SELECT} WHERE s.application_id = ${applicationId} AND s.superseded_at IS NULL`.execute(act.db);
  return rows[0];
}

export type NewAssessment = Omit<Assessment, 'districtCode' | 'applicationId' | 'personId' | 'townshipCode' | 'institutionName' | 'recordedAt' | 'supersededAt' | 'supersededBy'>;

export async function insertAssessment(act: Act, application: Application, assessment: NewAssessment): Promise<void> {
  await sql`INSERT INTO assessments.assessment (district_code, id, application_id, person_id, township_code, assessment_institution_id, assessor_account_id, assessor_name, second_name, guardian_name, on_site_at, place,
      scale_id, answers, points, adl_points, cognition_points, perception_points, grade, decision_id, site_visit_id, second_account_id, recorded_at)
    VALUES (${application.districtCode}, ${assessment.id}, ${application.id}, ${application.personId}, ${application.townshipCode}, ${assessment.institutionId}, ${assessment.assessorAccountId}, ${assessment.assessorName},
      ${assessment.secondName}, ${assessment.guardianName}, ${assessment.onSiteAt}, ${assessment.place}, ${assessment.scaleId}, ${JSON.stringify(assessment.answers)}::jsonb, ${JSON.stringify(assessment.points)}::jsonb,
      ${assessment.points['adl'] ?? null}, ${assessment.points['cognition'] ?? null}, ${assessment.points['perception'] ?? null}, ${assessment.grade}, ${assessment.decisionId}, ${assessment.siteVisitId}, ${assessment.secondAccountId}, ${act.now})`.execute(act.db);
}

export async function supersedeAssessment(act: Act, assessment: Assessment, by: SupersededBy): Promise<void> {
  await sql`UPDATE assessments.assessment SET superseded_at = ${act.now}, superseded_by = ${by} WHERE district_code = ${assessment.districtCode} AND id = ${assessment.id}`.execute(act.db);
}

/** Confirmations of these assessments, oldest first, by assessment. */
export async function listConfirmations(act: Act, assessmentIds: readonly string[]): Promise<Map<string, Confirmation[]>> {
  const { rows } = await sql<Confirmation & { assessmentId: string }>`SELECT id, assessment_id, expert_account_id, expert_name, agrees, note, reason, items, confirmed_at FROM assessments.confirmation
    WHERE assessment_id = ANY (${[...assessmentIds]}::uuid[]) ORDER BY id`.execute(act.db);
  return Map.groupBy(rows, (row) => row.assessmentId);
}

/** Stores an expert's voice; false when the expert has one already. */
export async function insertConfirmation(act: Act, assessment: Assessment, voice: { id: string; agrees: boolean; note: string | null; reason: ReturnReason | null; items: readonly DisputedItem[] }): Promise<boolean> {
  const { rows } = await sql`INSERT INTO assessments.confirmation (district_code, id, assessment_id, person_id, township_code, assessment_institution_id, expert_account_id, expert_name, agrees, note, reason, items, confirmed_at)
    VALUES (${assessment.districtCode}, ${voice.id}, ${assessment.id}, ${assessment.personId}, ${assessment.townshipCode}, ${assessment.institutionId}, ${act.actor.accountId}, ${act.actor.name}, ${voice.agrees}, ${voice.note}, ${voice.reason}, ${JSON.stringify(voice.items)}::jsonb, ${act.now})
    ON CONFLICT DO NOTHING RETURNING id`.execute(act.db);
  return rows.length > 0;
}
