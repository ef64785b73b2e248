/** SQL of what was settled by overturned results. It tells what is there; no document known to this project says who bears it, so nothing is claimed back here. */
import { sql } from 'kysely';
import type { Static } from '@sinclair/typebox';
import type { Month } from '#kit/days.ts';
import { pageBounds } from '#kit/paging.ts';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { runSql, sqlFile } from '#platform/db/sql-file.ts';
import type { OverturnedLineSchema, OverturnedSchema } from './contract.ts';

type Overturned = Static<typeof OverturnedSchema>;
type OverturnedLine = Static<typeof OverturnedLineSchema>;
type Stored = Omit<Overturned, 'by'> & { byId: string; byNumber: string; byGrade: number; byConcludedOn: string; byEffectiveOn: string; validUntilOn: string; total: number };

const FOUND = sqlFile(new URL('./overturned.sql', import.meta.url));

export interface OverturnedQuery {
  district?: string;
  /** The first result or the one that stands. */
  conclusion?: string;
  /** The case of the first result or of the one that stands. */
  application?: string;
  page?: number;
  pageSize?: number;
}

async function find(act: Act, query: OverturnedQuery): Promise<Stored[]> {
  return runSql<Stored>(act.db, FOUND, { district: query.district ?? null, conclusion: query.conclusion ?? null, application: query.application ?? null, ...pageBounds(query) });
}

/** One page of overturned results by which lines of closed months were priced, the latest first; amounts in fen. */
export async function listOverturned(act: Act, query: OverturnedQuery): Promise<{ rows: Overturned[]; total: number }> {
  const rows = await find(act, query);
  return {
    rows: rows.map(({ byId, byNumber, byGrade, byConcludedOn, byEffectiveOn, validUntilOn: _until, total: _total, ...row }) => ({ ...row, by: { conclusionId: byId, number: byNumber, grade: byGrade, concludedOn: byConcludedOn, effectiveOn: byEffectiveOn } })),
    total: rows[0]?.total ?? 0,
  };
}

/** One page of the lines that closed months priced by an overturned result, by day. Refuses with NOT_FOUND for a result that was not overturned, or by which nothing was settled. */
export async function listOverturnedLines(act: Act, conclusionId: string, query: { month?: Month; page?: number; pageSize?: number }): Promise<{ rows: OverturnedLine[]; total: number }> {
  const of = (await find(act, { conclusion: conclusionId })).find((one) => one.conclusionId === conclusionId) ?? refuse('NOT_FOUND', {}, { status: 404 });
  const { limit, offset } = pageBounds(query);
  const from = sql`claims.line l JOIN claims.statement x ON x.district_code = l.district_code AND x.id = l.statement_id JOIN providers.institution i ON i.id = l.institution_id
    WHERE NOT EXISTS (SELECT 1 FROM assessments.conclusion c WHERE c.district_code = l.district_code AND c.person_id = l.person_id AND c.id <> ${of.conclusionId} AND c.grade = l.grade AND l.service_on BETWEEN c.effective_on AND coalesce(c.ended_on, c.valid_until_on))
      AND l.district_code = ${of.districtCode} AND l.person_id = ${of.personId} AND l.month >= date_trunc('month', ${of.effectiveOn}::date)::date AND l.service_on BETWEEN ${of.effectiveOn}::date AND ${of.validUntilOn}::date
      AND l.grade = ${of.grade} AND l.outcome <> 'refused' AND (${query.month ?? null}::text IS NULL OR to_char(l.month, 'YYYY-MM') = ${query.month ?? null})`;
  const { rows } = await sql<OverturnedLine>`SELECT l.id, to_char(l.month, 'YYYY-MM') AS month, l.service_on, l.institution_id, i.name AS institution_name, x.id AS statement_id, x.number AS statement_number, x.state AS statement_state, l.mode, l.grade, l.billed_fen,
      l.fund_fen, l.person_fen FROM ${from} ORDER BY l.service_on, l.id LIMIT ${limit} OFFSET ${offset}`.execute(act.db);
  const count = await sql<{ total: number }>`SELECT count(*) AS total FROM ${from}`.execute(act.db);
  return { rows, total: count.rows[0]?.total ?? 0 };
}
