/** Agreement per item of the scale: counted and kept as sums of the pairs of points, by institution, by assessor, and for the district; share and kappa follow from the sums. */
import { sql } from 'kysely';
import type { Month } from '#kit/days.ts';
import { addMonthsToMonth } from '#kit/days.ts';
import type { Act } from '#platform/act.ts';
import { runSql, sqlFile } from '#platform/db/sql-file.ts';
import { appended, prepared } from './count.ts';
import type { CasesAsked, QualityCase } from './count.ts';
import { paramsOf } from './figures.ts';
import type { MonthAsked } from './figures.ts';
import { rounded } from './kappa.ts';
import type { QualityMonth } from './store.ts';

/** The sums of an item: of an institution (no assessor), of one of its assessors, or (no institution) of the district. */
export interface ItemSums {
  institutionId: string | null;
  assessorAccountId: string | null;
  assessorName: string | null;
  scaleId: string;
  item: string;
  cases: number;
  /** Pairs of equal points. */
  agreed: number;
  sumX: number;
  sumY: number;
  sumXx: number;
  sumYy: number;
  /** Σ(x − y)². */
  sumDd: number;
}

const OWN = sqlFile(new URL('./sql/item-agreement.sql', import.meta.url));

const SUMS = appended(OWN, (own) => `SELECT institution_id, CASE WHEN whole THEN NULL ELSE assessor_account_id END AS assessor_account_id, CASE WHEN NOT whole THEN assessor_name END AS assessor_name, scale_id, item, cases, agreed, sum_x, sum_y, sum_xx, sum_yy, sum_dd
  FROM (
    SELECT institution_id, assessor_account_id, GROUPING(assessor_account_id) = 1 AS whole, max(assessor_name) AS assessor_name, scale_id, item, count(*)::int AS cases, (count(*) FILTER (WHERE x = y))::int AS agreed,
      sum(x)::bigint AS sum_x, sum(y)::bigint AS sum_y, sum(x * x)::bigint AS sum_xx, sum(y * y)::bigint AS sum_yy, sum((x - y) * (x - y))::bigint AS sum_dd
    FROM (${own}) c GROUP BY scale_id, item, GROUPING SETS ((), (institution_id), (institution_id, assessor_account_id))
  ) g ORDER BY institution_id NULLS FIRST, assessor_account_id NULLS FIRST, scale_id, item`);

/** The sums of every item of a month, in the actor's scope, as it was known at an instant. Refuses with CALENDAR_MISSING. */
export async function countItems(act: Act, asked: MonthAsked): Promise<ItemSums[]> {
  const params = paramsOf(asked, act.policy);
  await prepared(act, params);
  return runSql<ItemSums>(act.db, SUMS, params);
}

export interface ItemFigure {
  scaleId: string;
  item: string;
  cases: number;
  agreed: number;
  /** Share of equal points; null for fewer cases than `show`. */
  share: number | null;
  /** Weighted kappa (quadratic, Cohen 1968); null for fewer cases than `show`, and where both always say the same. */
  kappa: number | null;
  /** Mean of the assessor's points less those that came of it; null for fewer cases than `show`. */
  lean: number | null;
}

/** What the sums of an item say. `show`: assessments that a figure needs to be shown (assessments.qualityMinCases). */
export function itemFigure({ scaleId, item, cases, agreed, sumX, sumY, sumXx, sumYy, sumDd }: Omit<ItemSums, 'institutionId' | 'assessorAccountId' | 'assessorName'>, show: number): ItemFigure {
  const expected = cases * (sumXx + sumYy) - 2 * sumX * sumY;
  const shown = cases >= show;
  return {
    scaleId, item, cases, agreed, share: shown ? rounded(agreed, cases) : null, kappa: shown && expected !== 0 ? rounded(expected - cases * sumDd, expected) : null, lean: shown ? rounded(sumX - sumY, cases) : null,
  };
}

/** Keeps the sums of a month, in one statement. */
export async function insertItems(act: Act, kept: Pick<QualityMonth, 'id' | 'districtCode'>, rows: readonly ItemSums[]): Promise<void> {
  await sql`INSERT INTO assessments.quality_item (district_code, quality_month_id, n, institution_id, assessor_account_id, assessor_name, scale_id, item, cases, agreed, sum_x, sum_y, sum_xx, sum_yy, sum_dd)
    SELECT ${kept.districtCode}, ${kept.id}, row_number() OVER (), f."institutionId", f."assessorAccountId", f."assessorName", f."scaleId", f.item, f.cases, f.agreed, f."sumX", f."sumY", f."sumXx", f."sumYy", f."sumDd"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS f ("institutionId" uuid, "assessorAccountId" uuid, "assessorName" text, "scaleId" text, item text, cases int, agreed int, "sumX" bigint, "sumY" bigint, "sumXx" bigint, "sumYy" bigint, "sumDd" bigint)`.execute(act.db);
}

export interface WhoseItems {
  institutionId: string | null;
  assessorAccountId: string | null;
}

/** Sums of the newest versions of so many kept months that end with one, of a district (none: all in scope), added up by item. */
export async function readKeptItems(act: Act, asked: WhoseItems & { districtCode: string | null; month: Month; months: number }): Promise<ItemSums[]> {
  const { rows } = await sql<ItemSums>`SELECT i.institution_id, i.assessor_account_id, max(i.assessor_name) AS assessor_name, i.scale_id, i.item, sum(i.cases)::int AS cases, sum(i.agreed)::int AS agreed,
      sum(i.sum_x)::bigint AS sum_x, sum(i.sum_y)::bigint AS sum_y, sum(i.sum_xx)::bigint AS sum_xx, sum(i.sum_yy)::bigint AS sum_yy, sum(i.sum_dd)::bigint AS sum_dd
    FROM assessments.quality_month q JOIN assessments.quality_item i ON i.district_code = q.district_code AND i.quality_month_id = q.id
    WHERE (${asked.districtCode}::text IS NULL OR q.district_code = ${asked.districtCode}) AND q.month > ${`${addMonthsToMonth(asked.month, -asked.months)}-01`}::date AND q.month <= ${`${asked.month}-01`}::date
      AND NOT EXISTS (SELECT 1 FROM assessments.quality_month later WHERE later.district_code = q.district_code AND later.month = q.month AND later.version > q.version)
      AND i.institution_id IS NOT DISTINCT FROM ${asked.institutionId}::uuid AND i.assessor_account_id IS NOT DISTINCT FROM ${asked.assessorAccountId}::uuid
    GROUP BY i.institution_id, i.assessor_account_id, i.scale_id, i.item ORDER BY i.scale_id, i.item`.execute(act.db);
  return rows;
}

/** Under which figure the cases of an item are kept beside those of the month's figures. */
export const itemFigureName = (item: string): string => `item.${item}`;

const KEPT_CASES = appended(OWN, (own) => `INSERT INTO assessments.quality_case (district_code, quality_month_id, figure, n, institution_id, assessor_account_id, assessor_name, subject_type, subject_id, number, day_on, params)
  SELECT c.district_code, :keptIn::uuid, 'item.' || c.item, row_number() OVER (PARTITION BY c.item ORDER BY c.day_on DESC, c.number, c.subject_id), c.institution_id, c.assessor_account_id, c.assessor_name, c.subject_type, c.subject_id, c.number, c.day_on,
    jsonb_build_object('item', c.item, 'before', c.x, 'after', c.y)
  FROM (${own}) c WHERE c.x <> c.y`);

/** Keeps the assessments on which an item came out otherwise. */
export async function keepItemCases(act: Act, asked: MonthAsked, keptIn: string): Promise<void> {
  const params = paramsOf(asked, act.policy);
  await prepared(act, params);
  await runSql(act.db, KEPT_CASES, { ...params, keptIn });
}
const LISTED = appended(OWN, (own) => `SELECT c.district_code, c.institution_id, c.assessor_account_id, c.assessor_name, c.subject_type, c.subject_id, c.number, c.day_on, true AS counts, jsonb_build_object('item', c.item, 'before', c.x, 'after', c.y) AS params,
    count(*) OVER () AS total
  FROM (${own}) c WHERE c.x <> c.y AND c.item = :item AND (:institution::uuid IS NULL OR c.institution_id = :institution) AND (:assessor::uuid IS NULL OR c.assessor_account_id = :assessor)
  ORDER BY c.day_on DESC, c.number, c.subject_id LIMIT :limit OFFSET :offset`);

/** One page of the assessments on which an item came out otherwise, newest day first, counted now. Refuses with CALENDAR_MISSING. */
export async function listItemCases(act: Act, item: string, asked: Omit<CasesAsked, 'all'>): Promise<{ rows: QualityCase[]; total: number }> {
  const params = paramsOf(asked, act.policy);
  await prepared(act, params);
  const rows = await runSql<QualityCase & { total: number }>(act.db, LISTED, { ...params, item, institution: asked.institutionId, assessor: asked.assessorAccountId, limit: asked.limit, offset: asked.offset });
  return { rows: rows.map(({ total: _total, ...row }) => row), total: rows[0]?.total ?? 0 };
}
