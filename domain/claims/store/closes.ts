/** Closed months. */
import { sql } from 'kysely';
import type { Static } from '@sinclair/typebox';
import type { Month } from '#kit/days.ts';
import type { PolicyStamp } from '#kit/decision.ts';
import { pageBounds } from '#kit/paging.ts';
import type { Act } from '#platform/act.ts';
import type { CloseSchema } from '../contract.ts';
import type { KeptPolicy } from '../line-policy.ts';
import type { CloseRow } from '../model.ts';

const ROW = sql`m.id, m.district_code, coalesce(a.name_zh, m.district_code) AS district_zh, coalesce(a.name_en, m.district_code) AS district_en, to_char(m.month, 'YYYY-MM') AS month, m.closed_at, m.closed_by,
  m.visits, m.lines, m.findings, m.billed_fen, m.fund_fen, m.person_fen, m.refused_fen, m.city, m.rule_base_id`;
const FROM = sql`claims.month_close m LEFT JOIN platform.area a ON a.code = m.district_code`;

/** A district's closed month, or undefined while it is open or out of scope. */
export async function findClose(act: Act, districtCode: string, month: Month): Promise<CloseRow | undefined> {
  const { rows } = await sql<CloseRow>`SELECT ${ROW} FROM ${FROM} WHERE m.district_code = ${districtCode} AND m.month = ${`${month}-01`}`.execute(act.db);
  return rows[0];
}

export async function listCloses(act: Act, query: { district?: string; month?: Month; page?: number; pageSize?: number }): Promise<{ rows: CloseRow[]; total: number }> {
  const { limit, offset } = pageBounds(query);
  const where = sql`(${query.district ?? null}::text IS NULL OR m.district_code = ${query.district ?? null}) AND (${query.month ?? null}::text IS NULL OR m.month = (${query.month ?? '1970-01'} || '-01')::date)`;
  const { rows } = await sql<CloseRow>`SELECT ${ROW} FROM ${FROM} WHERE ${where} ORDER BY m.month DESC, m.district_code LIMIT ${limit} OFFSET ${offset}`.execute(act.db);
  const count = await sql<{ total: number }>`SELECT count(*) AS total FROM claims.month_close m WHERE ${where}`.execute(act.db);
  return { rows, total: count.rows[0]?.total ?? 0 };
}

type CloseDetail = Static<typeof CloseSchema>;

/** Findings by rule, statements by state, and the policy a month was closed with. */
export async function closeDetail(act: Act, row: CloseRow): Promise<CloseDetail> {
  const month = `${row.month}-01`;
  const kept = await sql<{ policy: KeptPolicy; stamp: PolicyStamp }>`SELECT policy, stamp FROM claims.month_close WHERE district_code = ${row.districtCode} AND month = ${month}`.execute(act.db);
  const findings = await sql<CloseDetail['findingsByRule'][number]>`SELECT f.rule, f.effect, count(*) AS lines, coalesce(sum(l.refused_fen), 0) AS refused_fen
    FROM claims.finding f JOIN claims.line l ON l.district_code = f.district_code AND l.month = f.month AND l.id = f.line_id
    WHERE f.district_code = ${row.districtCode} AND f.month = ${month} GROUP BY f.rule, f.effect ORDER BY count(*) DESC, f.rule`.execute(act.db);
  const statements = await sql<CloseDetail['statements'][number]>`SELECT state, count(*) AS statements, sum(fund_fen) AS fund_fen FROM claims.statement
    WHERE district_code = ${row.districtCode} AND month = ${month} GROUP BY state ORDER BY state`.execute(act.db);
  const { policy, stamp } = kept.rows[0]!;
  return { ...row, findingsByRule: findings.rows, statements: statements.rows, figures: policy.figures.map(({ stamp: _, ...figure }) => figure), stamp };
}
