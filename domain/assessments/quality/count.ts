/** Figures counted from the cases by set SQL: by institution, by assessor, and the mean of the institutions. */
import { sql } from 'kysely';
import type { Act } from '#platform/act.ts';
import { runSql, sqlFile } from '#platform/db/sql-file.ts';
import type { SqlFile } from '#platform/db/sql-file.ts';
import { COUNTINGS, paramsOf } from './figures.ts';
import type { MonthAsked } from './figures.ts';
import { QUALITY_FIGURES, shapeOf } from './model.ts';
import type { QualityFigure, QualityShape } from './model.ts';

/** A figure of an institution (no assessor), of one of its assessors, or (no institution) the mean of the institutions. */
export interface Counted {
  figure: QualityFigure;
  institutionId: string | null;
  assessorAccountId: string | null;
  assessorName: string | null;
  cases: number;
  numerator: number;
  denominator: number;
  value: number | null;
  low: number | null;
  high: number | null;
}

/**
 * Quadratic weighted kappa (Cohen 1968) in sums of the pairs: 1 − n·Σ(x−y)² / (n·(Σx² + Σy²) − 2·Σx·Σy); null where both raters always say the same one grade.
 * Band of observed / expected: Byar's approximation at 95 %.
 */
const VALUE: Record<QualityShape, string> = {
  share: 'round(numerator / nullif(denominator, 0), 6)',
  kappa: 'CASE WHEN cases >= :shown::int THEN round(1 - cases * numerator / nullif(cases * (sxx + syy) - 2 * sx * sy, 0), 6) END',
  ratio: 'CASE WHEN cases >= :shown::int THEN round(numerator / nullif(denominator, 0), 6) END',
};
const BAND: Record<QualityShape, string> = {
  share: 'NULL::numeric AS low, NULL::numeric AS high',
  kappa: 'NULL::numeric AS low, NULL::numeric AS high',
  ratio: `CASE WHEN cases >= :shown::int AND numerator > 0 THEN round(numerator * power(1 - 1 / (9 * numerator) - 1.96 / (3 * sqrt(numerator)), 3) / nullif(denominator, 0), 6) WHEN cases >= :shown::int THEN 0 END AS low,
    CASE WHEN cases >= :shown::int THEN round((numerator + 1) * power(1 - 1 / (9 * (numerator + 1)) + 1.96 / (3 * sqrt(numerator + 1)), 3) / nullif(denominator, 0), 6) END AS high`,
};

/** The figures of a statement's cases: institutions, their assessors, and the mean of the institutions that had a case. */
function grouped(counting: SqlFile, shape: QualityShape): SqlFile {
  return appended(counting, (own) => `SELECT * FROM (
    WITH one AS (SELECT * FROM (${own}) c), sums AS (
      SELECT institution_id, assessor_account_id, max(assessor_name) AS assessor_name, GROUPING(assessor_account_id) = 1 AS whole, count(*) FILTER (WHERE subject_type <> 'complaint') AS cases,
        sum(numerator) AS numerator, sum(denominator) AS denominator, sum(x)::numeric AS sx, sum(y)::numeric AS sy, sum(x * x)::numeric AS sxx, sum(y * y)::numeric AS syy
      FROM one GROUP BY GROUPING SETS ((institution_id), (institution_id, assessor_account_id))
    ), figures AS (SELECT institution_id, CASE WHEN NOT whole THEN assessor_account_id END AS assessor_account_id, CASE WHEN NOT whole THEN assessor_name END AS assessor_name, whole, cases::int, numerator, denominator,
        ${VALUE[shape]} AS value, ${BAND[shape]} FROM sums WHERE whole OR assessor_account_id IS NOT NULL)
    SELECT institution_id, assessor_account_id, assessor_name, cases, numerator, denominator, value, low, high FROM figures
    UNION ALL
    SELECT NULL, NULL, NULL, coalesce(sum(cases), 0)::int, coalesce(sum(numerator), 0), coalesce(sum(denominator), 0), round(avg(value), 6), NULL, NULL FROM figures WHERE whole
  ) f ORDER BY f.institution_id NULLS FIRST, f.assessor_account_id NULLS FIRST`);
}

/** A statement around another one, with parameters of its own. */
export function appended(inner: SqlFile, around: (own: string) => string): SqlFile {
  const names = [...inner.names];
  const text = around('\u0000').replace(/::|:([a-zA-Z]\w*)/g, (whole, name: string | undefined) => {
    if (name === undefined) return whole;
    if (!names.includes(name)) names.push(name);
    return `$${names.indexOf(name) + 1}`;
  });
  return { path: inner.path, names, text: text.replace('\u0000', () => inner.text) };
}

const GROUPED = new Map(QUALITY_FIGURES.map((figure) => [figure, grouped(COUNTINGS[figure].file, shapeOf(figure))]));

/** Every figure of a month, in the actor's scope, as it was known at an instant. Refuses with CALENDAR_MISSING. */
export async function countMonth(act: Act, asked: MonthAsked): Promise<Counted[]> {
  const params = paramsOf(asked, act.policy);
  await prepared(act, params);
  const counted: Counted[] = [];
  for (const figure of QUALITY_FIGURES) counted.push(...(await countFigure(act, figure, params)));
  return counted;
}

const MONTH_TABLES = [['month_assessment', sqlFile(new URL('./sql/tables.sql', import.meta.url))], ['month_again', sqlFile(new URL('./sql/month-again.sql', import.meta.url))]] as const;

/** For which month an act has gathered its assessments. */
const gathered = new WeakMap<Act, string>();

/**
 * Room for the sums, no compiling (it takes longer than the statements), and the month's assessments with what came of them, which the statements of the figures read, gathered until the
 * act commits, once for the same month: nothing of it changes within an act that counts.
 */
export async function prepared(act: Act, params: Record<string, unknown>): Promise<void> {
  const wanted = JSON.stringify([params['fromAt'], params['asOf'], params['district']]);
  if (gathered.get(act) === wanted) return;
  await sql.raw('SET LOCAL work_mem = \'64MB\'; SET LOCAL jit = off; DROP TABLE IF EXISTS pg_temp.month_assessment, pg_temp.month_again').execute(act.db);
  for (const [table, file] of MONTH_TABLES) {
    await runSql(act.db, file, params);
    await sql.raw(`ANALYZE pg_temp.${table}`).execute(act.db);
  }
  gathered.set(act, wanted);
}

/** One figure with the parameters of `paramsOf`, after `prepared` with the same. */
export async function countFigure(act: Act, figure: QualityFigure, params: Record<string, unknown>): Promise<Counted[]> {
  const rows = await runSql<Omit<Counted, 'figure'>>(act.db, GROUPED.get(figure)!, { ...params, ...COUNTINGS[figure].params });
  return rows.map(({ institutionId, assessorAccountId, assessorName, cases, numerator, denominator, value, low, high }) => ({ figure, institutionId, assessorAccountId, assessorName, cases, numerator, denominator, value, low, high }));
}

export interface QualityCase {
  districtCode: string;
  institutionId: string;
  assessorAccountId: string | null;
  assessorName: string | null;
  subjectType: 'application' | 'complaint';
  subjectId: string;
  number: string;
  dayOn: string;
  counts: boolean;
  params: Record<string, string | number | boolean | null>;
}

export interface CasesAsked extends MonthAsked {
  institutionId: string | null;
  assessorAccountId: string | null;
  /** The whole denominator, not only what the numerator counts. */
  all: boolean;
  limit: number;
  offset: number;
}

const LISTED = new Map(QUALITY_FIGURES.map((figure) => [figure, appended(COUNTINGS[figure].file, (own) => `SELECT c.district_code, c.institution_id, c.assessor_account_id, c.assessor_name, c.subject_type, c.subject_id, c.number,
    c.day_on, c.numerator > 0 AS counts, c.params, count(*) OVER () AS total
  FROM (${own}) c
  WHERE (:all::boolean OR c.numerator > 0) AND (:institution::uuid IS NULL OR c.institution_id = :institution) AND (:assessor::uuid IS NULL OR c.assessor_account_id = :assessor)
  ORDER BY c.day_on DESC, c.number, c.subject_id LIMIT :limit OFFSET :offset`)]));

/** One page of the cases of a figure, newest day first. Refuses with CALENDAR_MISSING. */
export async function listCases(act: Act, figure: QualityFigure, asked: CasesAsked): Promise<{ rows: QualityCase[]; total: number }> {
  const month = paramsOf(asked, act.policy);
  await prepared(act, month);
  const params = { ...month, ...COUNTINGS[figure].params, all: asked.all, institution: asked.institutionId, assessor: asked.assessorAccountId, limit: asked.limit, offset: asked.offset };
  const rows = await runSql<QualityCase & { total: number }>(act.db, LISTED.get(figure)!, params);
  return { rows: rows.map(({ total: _total, ...row }) => row), total: rows[0]?.total ?? 0 };
}

const KEPT = new Map(QUALITY_FIGURES.map((figure) => [figure, appended(COUNTINGS[figure].file, (own) => `INSERT INTO assessments.quality_case (district_code, quality_month_id, figure, n, institution_id, assessor_account_id, assessor_name,
    subject_type, subject_id, number, day_on, params)
  SELECT c.district_code, :keptIn::uuid, :figure::text, row_number() OVER (ORDER BY c.day_on DESC, c.number, c.subject_id), c.institution_id, c.assessor_account_id, c.assessor_name, c.subject_type, c.subject_id, c.number, c.day_on, c.params
  FROM (${own}) c WHERE c.numerator > 0`)]));

/** Keeps the cases that the numerators count. */
export async function keepCases(act: Act, asked: MonthAsked, keptIn: string): Promise<void> {
  const params = paramsOf(asked, act.policy);
  await prepared(act, params);
  for (const figure of QUALITY_FIGURES) await runSql(act.db, KEPT.get(figure)!, { ...params, ...COUNTINGS[figure].params, keptIn, figure });
}
