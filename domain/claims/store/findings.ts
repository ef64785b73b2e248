/** What the audit rules found. */
import { sql } from 'kysely';
import type { Month } from '#kit/days.ts';
import { pageBounds } from '#kit/paging.ts';
import type { Act } from '#platform/act.ts';
import type { FindingRow } from '../model.ts';

export interface FindingQuery {
  district?: string;
  month?: Month;
  rule?: string;
  institution?: string;
  effect?: 'refuse' | 'cut';
  statement?: string;
  /** Part of the source's reference or of the person's name. */
  q?: string;
  page?: number;
  pageSize?: number;
}

export async function listFindings(act: Act, query: FindingQuery): Promise<{ rows: FindingRow[]; total: number }> {
  const { limit, offset } = pageBounds(query);
  const q = query.q?.trim() || null;
  const from = sql`claims.finding f LEFT JOIN people.person p ON p.district_code = f.district_code AND p.id = f.person_id JOIN providers.institution i ON i.id = f.institution_id`;
  const where = sql`(${query.district ?? null}::text IS NULL OR f.district_code = ${query.district ?? null}) AND (${query.month ?? null}::text IS NULL OR f.month = (${query.month ?? '1970-01'} || '-01')::date)
    AND (${query.rule ?? null}::text IS NULL OR f.rule = ${query.rule ?? null}) AND (${query.institution ?? null}::uuid IS NULL OR f.institution_id = ${query.institution ?? null})
    AND (${query.effect ?? null}::text IS NULL OR f.effect = ${query.effect ?? null}) AND (${q}::text IS NULL OR position(${q} IN f.source_ref) > 0 OR position(${q} IN p.name) > 0)
    AND (${query.statement ?? null}::uuid IS NULL OR EXISTS (SELECT 1 FROM claims.statement s WHERE s.id = ${query.statement ?? null} AND s.district_code = f.district_code AND s.month = f.month AND s.institution_id = f.institution_id))`;
  const { rows } = await sql<FindingRow>`SELECT f.id, f.district_code, to_char(f.month, 'YYYY-MM') AS month, f.rule, f.effect, f.line_id, f.person_id, p.name AS person_name, f.institution_id, i.name AS institution_name,
    f.service_on, f.source_ref AS ref, f.params->>'code' AS code, f.params - 'code' AS params, l.refused_fen
    FROM ${from} JOIN claims.line l ON l.district_code = f.district_code AND l.month = f.month AND l.id = f.line_id WHERE ${where} ORDER BY f.month DESC, f.district_code, f.id LIMIT ${limit} OFFSET ${offset}`.execute(act.db);
  const count = await sql<{ total: number }>`SELECT count(*) AS total FROM ${from} WHERE ${where}`.execute(act.db);
  return { rows, total: count.rows[0]?.total ?? 0 };
}

/** Findings and refused amount by rule in scope, of one month or of all. */
export async function findingCounts(act: Act, query: { district?: string; month?: Month }): Promise<Map<string, { findings: number; refusedFen: number }>> {
  const { rows } = await sql<{ rule: string; findings: number; refusedFen: number }>`SELECT f.rule, count(*) AS findings, coalesce(sum(l.refused_fen), 0) AS refused_fen
    FROM claims.finding f JOIN claims.line l ON l.district_code = f.district_code AND l.month = f.month AND l.id = f.line_id
    WHERE (${query.district ?? null}::text IS NULL OR f.district_code = ${query.district ?? null}) AND (${query.month ?? null}::text IS NULL OR f.month = (${query.month ?? '1970-01'} || '-01')::date)
    GROUP BY f.rule`.execute(act.db);
  return new Map(rows.map(({ rule, ...counts }) => [rule, counts]));
}
