/** SQL of trials: answers come out as distinct sets, decisions go back in as a set. */
import { sql } from 'kysely';
import type { Static } from '@sinclair/typebox';
import type { Day } from '#kit/days.ts';
import { pageBounds } from '#kit/paging.ts';
import type { Act } from '#platform/act.ts';
import type { WrittenEdition } from '#platform/policy/index.ts';
import type { Answers, Scale } from '../scale/model.ts';
import type { TrialChangeSchema, TrialSchema } from './contract.ts';
import type { TrialOutcome, Vector } from './rules.ts';

export interface TrialSpan {
  /** A district, or the prefix of the whole area. */
  area: string;
  fromOn: Day | null;
  toOn: Day | null;
}

/** The latest assessment that counts of each person in the area, assessed on site between the days. */
const chosen = ({ area, fromOn, toOn }: TrialSpan) => sql`SELECT DISTINCT ON (s.district_code, s.person_id) s.district_code, s.id, s.township_code, s.answers, s.grade
  FROM assessments.assessment s WHERE s.superseded_at IS NULL AND starts_with(s.district_code, ${area})
    AND (${fromOn}::date IS NULL OR s.on_site_at >= (${fromOn}::date)::timestamp AT TIME ZONE 'Asia/Shanghai') AND (${toOn}::date IS NULL OR s.on_site_at < (${toOn}::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai')
  ORDER BY s.district_code, s.person_id, s.recorded_at DESC, s.id DESC`;

export async function listVectors(act: Act, span: TrialSpan): Promise<Vector[]> {
  const { rows } = await sql<Vector>`WITH chosen AS (${chosen(span)}) SELECT md5(answers::text) AS key, answers, grade AS before, count(*) AS people FROM chosen GROUP BY answers, grade`.execute(act.db);
  return rows;
}

export interface NewTrial {
  id: string;
  span: TrialSpan;
  edition: WrittenEdition<Scale>;
  fileName: string | null;
  minGrade: number;
  outcome: TrialOutcome;
}

/** Keeps a trial and the assessments whose grade it would change; the assessments stay as they are. */
export async function insertTrial(act: Act, { id, span, edition, fileName, minGrade, outcome }: NewTrial): Promise<void> {
  await sql`INSERT INTO assessments.scale_trial (district_code, id, scale_id, label_zh, label_en, status, file_name, edition, from_on, to_on, min_grade, assessments, not_comparable, changed, gains, loses, vectors, cells, account_id, tried_by, tried_at)
    VALUES (${span.area}, ${id}, ${edition.id}, ${edition.label.zh}, ${edition.label.en}, ${edition.status}, ${fileName}, ${JSON.stringify(edition)}::jsonb, ${span.fromOn}, ${span.toOn}, ${minGrade}, ${outcome.assessments},
      ${outcome.notComparable}, ${outcome.changed}, ${outcome.gains}, ${outcome.loses}, ${outcome.vectors}, ${JSON.stringify(outcome.cells)}::jsonb, ${act.actor.accountId}, ${act.actor.name}, ${act.now})`.execute(act.db);
  await sql`WITH chosen AS (${chosen(span)}) INSERT INTO assessments.scale_trial_change (district_code, trial_id, assessment_id, township_code, grade_before, grade_after)
    SELECT c.district_code, ${id}, c.id, c.township_code, c.grade, v.after FROM chosen c
    JOIN jsonb_to_recordset(${JSON.stringify(outcome.changes)}::jsonb) AS v (key text, before smallint, after smallint) ON v.key = md5(c.answers::text) AND v.before = c.grade`.execute(act.db);
}

export type Trial = Static<typeof TrialSchema>;
export type TrialChange = Static<typeof TrialChangeSchema>;
export interface WholeTrial extends Trial {
  edition: WrittenEdition<Scale>;
  cells: TrialOutcome['cells'];
  vectors: number;
}

const TRIAL = sql`t.id, t.scale_id, jsonb_build_object('zh', t.label_zh, 'en', t.label_en) AS label, t.file_name, t.status, CASE WHEN length(t.district_code) = 6 THEN t.district_code END AS district, t.from_on, t.to_on, t.tried_by, t.tried_at,
  t.assessments, t.not_comparable, t.changed, t.gains, t.loses, t.min_grade`;

/** Trials in scope, the newest first. */
export async function listTrials(act: Act, query: { page?: number; pageSize?: number }): Promise<{ rows: Trial[]; total: number }> {
  const { limit, offset } = pageBounds(query);
  const { rows } = await sql<Trial>`SELECT ${TRIAL} FROM assessments.scale_trial t ORDER BY t.id DESC LIMIT ${limit} OFFSET ${offset}`.execute(act.db);
  const count = await sql<{ total: number }>`SELECT count(*) AS total FROM assessments.scale_trial`.execute(act.db);
  return { rows, total: count.rows[0]?.total ?? 0 };
}

export async function findTrial(act: Act, id: string): Promise<WholeTrial | undefined> {
  const { rows } = await sql<WholeTrial>`SELECT ${TRIAL}, t.edition, t.cells, t.vectors FROM assessments.scale_trial t WHERE t.id = ${id}`.execute(act.db);
  return rows[0];
}

const CHANGE = sql`c.assessment_id, s.application_id, a.number, s.person_id, p.name AS person_name, c.district_code, coalesce(t.name_zh, c.township_code) AS township_zh, coalesce(t.name_en, c.township_code) AS township_en,
  (s.on_site_at AT TIME ZONE 'Asia/Shanghai')::date AS assessed_on, c.grade_before AS before, c.grade_after AS after`;
const FROM = sql`assessments.scale_trial_change c JOIN assessments.assessment s ON s.district_code = c.district_code AND s.id = c.assessment_id
  JOIN assessments.application a ON a.district_code = s.district_code AND a.id = s.application_id JOIN people.person p ON p.district_code = s.district_code AND p.id = s.person_id LEFT JOIN platform.area t ON t.code = c.township_code`;

/** People whose grade the trial would change, by district and case. */
export async function listChanges(act: Act, trialId: string, query: { before?: number; after?: number; page?: number; pageSize?: number }): Promise<{ rows: TrialChange[]; total: number }> {
  const { limit, offset } = pageBounds(query);
  const where = sql`c.trial_id = ${trialId} AND (${query.before ?? null}::int IS NULL OR c.grade_before = ${query.before ?? null}) AND (${query.after ?? null}::int IS NULL OR c.grade_after = ${query.after ?? null})`;
  const { rows } = await sql<TrialChange>`SELECT ${CHANGE} FROM ${FROM} WHERE ${where} ORDER BY c.district_code, c.assessment_id LIMIT ${limit} OFFSET ${offset}`.execute(act.db);
  const count = await sql<{ total: number }>`SELECT count(*) AS total FROM assessments.scale_trial_change c WHERE ${where}`.execute(act.db);
  return { rows, total: count.rows[0]?.total ?? 0 };
}

export async function findChange(act: Act, trialId: string, assessmentId: string): Promise<(TrialChange & { scaleId: string; answers: Answers }) | undefined> {
  const { rows } = await sql<TrialChange & { scaleId: string; answers: Answers }>`SELECT ${CHANGE}, s.scale_id, s.answers FROM ${FROM} WHERE c.trial_id = ${trialId} AND c.assessment_id = ${assessmentId}`.execute(act.db);
  return rows[0];
}
