/** SQL of kept months: figures as they were known, their versions, the trend of a year, the cases that they counted. */
import { sql } from 'kysely';
import type { Static } from '@sinclair/typebox';
import type { Month } from '#kit/days.ts';
import { addMonths } from '#kit/days.ts';
import { newId } from '#kit/ids.ts';
import { pageBounds } from '#kit/paging.ts';
import type { Act } from '#platform/act.ts';
import { runSql, sqlFile } from '#platform/db/sql-file.ts';
import type { QualityMonthSchema } from './contract.ts';
import type { Counted, QualityCase } from './count.ts';
import type { QualityFigure } from './model.ts';

export type QualityMonth = Static<typeof QualityMonthSchema>;

const MONTH = sql`q.id, q.district_code, to_char(q.month, 'YYYY-MM') AS month, q.version, q.known_at, q.kept_by, q.decision_id`;
const NEWEST = sql`NOT EXISTS (SELECT 1 FROM assessments.quality_month later WHERE later.district_code = q.district_code AND later.month = q.month AND later.version > q.version)`;

/** The last version of a district's month, or undefined while it is not kept. */
export async function findKept(act: Act, districtCode: string, month: Month): Promise<QualityMonth | undefined> {
  const { rows } = await sql<QualityMonth>`SELECT ${MONTH} FROM assessments.quality_month q WHERE q.district_code = ${districtCode} AND q.month = ${`${month}-01`}::date AND ${NEWEST}`.execute(act.db);
  return rows[0];
}

/** The last versions of a month that hold a figure of the actor's own institution, by district. */
export async function listOwnKept(act: Act, institutionId: string, month: Month): Promise<QualityMonth[]> {
  const { rows } = await sql<QualityMonth>`SELECT ${MONTH} FROM assessments.quality_month q WHERE q.month = ${`${month}-01`}::date AND ${NEWEST}
    AND EXISTS (SELECT 1 FROM assessments.quality_figure f WHERE f.district_code = q.district_code AND f.quality_month_id = q.id AND f.institution_id = ${institutionId}) ORDER BY q.district_code`.execute(act.db);
  return rows;
}

const TOUCHED = sqlFile(new URL('./sql/touched-months.sql', import.meta.url));

/** Kept months of a district before `before` of which something became known after they were kept, and at `since` or later; oldest first. */
export async function listTouchedMonths(act: Act, districtCode: string, asked: { before: Month; since: Date }): Promise<Month[]> {
  const rows = await runSql<{ month: Month }>(act.db, TOUCHED, { district: districtCode, before: `${asked.before}-01`, since: asked.since });
  return rows.map((row) => row.month);
}

/** Kept versions in scope, newest first; an institution sees those of its own figures. */
export async function listKept(act: Act, query: { district?: string; month?: Month; page?: number; pageSize?: number }): Promise<{ rows: QualityMonth[]; total: number }> {
  const { limit, offset } = pageBounds(query);
  const where = sql`(${query.district ?? null}::text IS NULL OR q.district_code = ${query.district ?? null}) AND (${query.month ?? null}::text IS NULL OR to_char(q.month, 'YYYY-MM') = ${query.month ?? null})
    AND (${act.actor.institutionId}::uuid IS NULL OR EXISTS (SELECT 1 FROM assessments.quality_figure f WHERE f.district_code = q.district_code AND f.quality_month_id = q.id AND f.institution_id = ${act.actor.institutionId}))`;
  const { rows } = await sql<QualityMonth>`SELECT ${MONTH} FROM assessments.quality_month q WHERE ${where} ORDER BY q.month DESC, q.district_code, q.version DESC LIMIT ${limit} OFFSET ${offset}`.execute(act.db);
  const count = await sql<{ total: number }>`SELECT count(*) AS total FROM assessments.quality_month q WHERE ${where}`.execute(act.db);
  return { rows, total: count.rows[0]?.total ?? 0 };
}

export async function readKept(act: Act, kept: QualityMonth): Promise<Counted[]> {
  const { rows } = await sql<Counted>`SELECT figure, institution_id, assessor_account_id, assessor_name, cases, numerator, denominator, value, low, high FROM assessments.quality_figure
    WHERE district_code = ${kept.districtCode} AND quality_month_id = ${kept.id} ORDER BY id`.execute(act.db);
  return rows;
}

export type KeptPoints = Counted & { points: number | null };

/** Stores a version with its figures, in one statement. */
export async function insertKept(act: Act, month: Omit<QualityMonth, 'keptBy'>, figures: readonly KeptPoints[]): Promise<void> {
  await sql`INSERT INTO assessments.quality_month (district_code, id, month, version, known_at, kept_by, decision_id)
    VALUES (${month.districtCode}, ${month.id}, ${`${month.month}-01`}, ${month.version}, ${month.knownAt}, ${act.actor.name}, ${month.decisionId})`.execute(act.db);
  const rows = figures.map((one) => ({ ...one, id: newId<'qualityFigure'>(act.now.getTime()) as string }));
  await sql`INSERT INTO assessments.quality_figure (district_code, id, quality_month_id, figure, institution_id, assessor_account_id, assessor_name, cases, numerator, denominator, value, low, high, points)
    SELECT ${month.districtCode}, f.id, ${month.id}, f.figure, f."institutionId", f."assessorAccountId", f."assessorName", f.cases, f.numerator, f.denominator, f.value, f.low, f.high, f.points
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS f (id uuid, figure text, "institutionId" uuid, "assessorAccountId" uuid, "assessorName" text, cases int, numerator numeric, denominator numeric, value numeric, low numeric, high numeric, points numeric)`.execute(act.db);
}

/** One at a time keeps a district's month: two nights do not make the same version. */
export async function lockQualityMonth(act: Act, districtCode: string, month: Month): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtext(${`quality ${districtCode} ${month}`}))`.execute(act.db);
}

export interface TrendPoint {
  figure: QualityFigure;
  institutionId: string | null;
  assessorAccountId: string | null;
  month: Month;
  value: number | null;
  numerator: number;
  denominator: number;
}

/** The eleven kept months before one, of a district: means, or the figures of an institution or assessor. */
export async function listTrend(act: Act, asked: { districtCode: string; month: Month; institutionId: string | null; assessorAccountId: string | null }): Promise<TrendPoint[]> {
  const first = addMonths(`${asked.month}-01`, -11);
  const { rows } = await sql<TrendPoint>`SELECT f.figure, f.institution_id, f.assessor_account_id, to_char(q.month, 'YYYY-MM') AS month, f.value, f.numerator, f.denominator
    FROM assessments.quality_month q JOIN assessments.quality_figure f ON f.district_code = q.district_code AND f.quality_month_id = q.id
    WHERE q.district_code = ${asked.districtCode} AND q.month >= ${first}::date AND q.month < ${`${asked.month}-01`}::date AND ${NEWEST}
      AND f.institution_id IS NOT DISTINCT FROM ${asked.institutionId}::uuid AND f.assessor_account_id IS NOT DISTINCT FROM ${asked.assessorAccountId}::uuid
    ORDER BY f.figure, q.month`.execute(act.db);
  return rows;
}

export interface KeptCasesAsked {
  /** A figure of the month, or an item (`item.…`). */
  figure: string;
  kept: QualityMonth;
  institutionId: string | null;
  assessorAccountId: string | null;
  page?: number;
  pageSize?: number;
}

/** One page of the cases that a kept figure counted. */
export async function listKeptCases(act: Act, asked: KeptCasesAsked): Promise<{ rows: QualityCase[]; total: number }> {
  const { limit, offset } = pageBounds(asked);
  const where = sql`c.district_code = ${asked.kept.districtCode} AND c.quality_month_id = ${asked.kept.id} AND c.figure = ${asked.figure}
    AND (${asked.institutionId}::uuid IS NULL OR c.institution_id = ${asked.institutionId}) AND (${asked.assessorAccountId}::uuid IS NULL OR c.assessor_account_id = ${asked.assessorAccountId})`;
  const { rows } = await sql<QualityCase>`SELECT c.district_code, c.institution_id, c.assessor_account_id, c.assessor_name, c.subject_type, c.subject_id, c.number, c.day_on, true AS counts, c.params
    FROM assessments.quality_case c WHERE ${where} ORDER BY c.n LIMIT ${limit} OFFSET ${offset}`.execute(act.db);
  const count = await sql<{ total: number }>`SELECT count(*) AS total FROM assessments.quality_case c WHERE ${where}`.execute(act.db);
  return { rows, total: count.rows[0]?.total ?? 0 };
}

/** Names of institutions, which are public. */
export async function institutionNames(act: Act, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`SELECT id, name FROM providers.institution WHERE id = ANY (${[...ids]}::uuid[])`.execute(act.db);
  return new Map(rows.map((row) => [row.id, row.name]));
}
