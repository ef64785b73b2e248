/** SQL of assessment fees: months, statements, lines, reviews. The lines of a month are drafted by the files in sql/. */
import { sql } from 'kysely';
import type { Static } from '@sinclair/typebox';
import type { Month } from '#kit/days.ts';
import { newId } from '#kit/ids.ts';
import { pageBounds } from '#kit/paging.ts';
import type { Act } from '#platform/act.ts';
import type { FeeMonthSchema, FeeStatementSchema } from './contract.ts';
import type { FeeAct, FeeCode, FeeState, FeeStatementRow } from './model.ts';

export type FeeMonth = Static<typeof FeeMonthSchema>;
type Detail = Static<typeof FeeStatementSchema>;
export interface FullFeeStatement extends FeeStatementRow {
  creditCode: string;
  pendingPostingId: string | null;
  paidPostingId: string | null;
}

const MONTH = sql`SELECT m.id, m.district_code, to_char(m.month, 'YYYY-MM') AS month, m.drafted_at, m.drafted_by, m.lines, count(s.id) AS statements, coalesce(sum(s.payable_fen), 0) AS payable_fen
  FROM assessments.fee_month m LEFT JOIN assessments.fee_statement s ON s.district_code = m.district_code AND s.month = m.month`;
const GROUP = sql`GROUP BY m.district_code, m.month, m.id, m.drafted_at, m.drafted_by, m.lines`;

export async function findFeeMonth(act: Act, districtCode: string, month: Month): Promise<FeeMonth | undefined> {
  const { rows } = await sql<FeeMonth>`${MONTH} WHERE m.district_code = ${districtCode} AND m.month = ${`${month}-01`}::date ${GROUP}`.execute(act.db);
  return rows[0];
}

/** The last month of a district whose fees were drafted, or undefined. */
export async function lastFeeMonth(act: Act, districtCode: string): Promise<Month | undefined> {
  const { rows } = await sql<{ month: Month }>`SELECT to_char(max(month), 'YYYY-MM') AS month FROM assessments.fee_month WHERE district_code = ${districtCode} HAVING max(month) IS NOT NULL`.execute(act.db);
  return rows[0]?.month;
}

export async function listFeeMonths(act: Act, query: { district?: string; month?: Month; page?: number; pageSize?: number }): Promise<{ rows: FeeMonth[]; total: number }> {
  const { limit, offset } = pageBounds(query);
  const where = sql`(${query.district ?? null}::text IS NULL OR m.district_code = ${query.district ?? null}) AND (${query.month ?? null}::text IS NULL OR to_char(m.month, 'YYYY-MM') = ${query.month ?? null})`;
  const { rows } = await sql<FeeMonth>`${MONTH} WHERE ${where} ${GROUP} ORDER BY m.month DESC, m.district_code LIMIT ${limit} OFFSET ${offset}`.execute(act.db);
  const count = await sql<{ total: number }>`SELECT count(*) AS total FROM assessments.fee_month m WHERE ${where}`.execute(act.db);
  return { rows, total: count.rows[0]?.total ?? 0 };
}

/** Takes a district's month in hand; false when another act was first. One month of a district is drafted at a time. */
export async function lockFees(act: Act, districtCode: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtext(${`fees ${districtCode}`}))`.execute(act.db);
}

const ROW = sql`s.id, s.number, s.district_code, to_char(s.month, 'YYYY-MM') AS month, s.institution_id, i.name AS institution_name, s.lines, s.due_fen, s.taken_back_fen, s.carried_in_fen, s.payable_fen, s.carried_out_fen, s.state, s.state_since`;
const FROM = sql`assessments.fee_statement s JOIN providers.institution i ON i.id = s.institution_id`;

export interface FeeQuery {
  district?: string;
  month?: Month;
  state?: FeeState;
  institution?: string;
  page?: number;
  pageSize?: number;
}

export async function listFeeStatements(act: Act, query: FeeQuery): Promise<{ rows: FeeStatementRow[]; total: number }> {
  const { limit, offset } = pageBounds(query);
  const where = sql`(${query.district ?? null}::text IS NULL OR s.district_code = ${query.district ?? null}) AND (${query.month ?? null}::text IS NULL OR to_char(s.month, 'YYYY-MM') = ${query.month ?? null})
    AND (${query.state ?? null}::text IS NULL OR s.state = ${query.state ?? null}) AND (${query.institution ?? null}::uuid IS NULL OR s.institution_id = ${query.institution ?? null})`;
  const { rows } = await sql<FeeStatementRow>`SELECT ${ROW} FROM ${FROM} WHERE ${where} ORDER BY s.month DESC, s.district_code, s.number LIMIT ${limit} OFFSET ${offset}`.execute(act.db);
  const count = await sql<{ total: number }>`SELECT count(*) AS total FROM assessments.fee_statement s WHERE ${where}`.execute(act.db);
  return { rows, total: count.rows[0]?.total ?? 0 };
}

export async function findFeeStatement(act: Act, id: string): Promise<FullFeeStatement | undefined> {
  const { rows } = await sql<FullFeeStatement>`SELECT ${ROW}, i.credit_code, s.pending_posting_id, s.paid_posting_id FROM ${FROM} WHERE s.id = ${id}`.execute(act.db);
  return rows[0];
}

/** Moves a statement to the next state; false when it is not in the first any more. */
export async function moveFeeStatement(act: Act, statement: FeeStatementRow, move: Pick<FeeAct, 'from' | 'to'>, posting: { pendingPostingId?: string; paidPostingId?: string } = {}): Promise<boolean> {
  const { rows } = await sql`UPDATE assessments.fee_statement SET state = ${move.to}, state_since = ${act.now}, pending_posting_id = coalesce(${posting.pendingPostingId ?? null}::uuid, pending_posting_id),
    paid_posting_id = coalesce(${posting.paidPostingId ?? null}::uuid, paid_posting_id) WHERE district_code = ${statement.districtCode} AND id = ${statement.id} AND state = ${move.from} RETURNING id`.execute(act.db);
  return rows.length > 0;
}

export async function insertFeeReview(act: Act, statement: FeeStatementRow, step: FeeAct['step'], note: string | null): Promise<void> {
  await sql`INSERT INTO assessments.fee_review (district_code, id, statement_id, institution_id, step, account_id, reviewer_name, note, reviewed_at)
    VALUES (${statement.districtCode}, ${newId<'feeReview'>(act.now.getTime())}, ${statement.id}, ${statement.institutionId}, ${step}, ${act.actor.accountId}, ${act.actor.name}, ${note}, ${act.now})`.execute(act.db);
}

export async function listFeeReviews(act: Act, statement: FeeStatementRow): Promise<Detail['reviews']> {
  const { rows } = await sql<Detail['reviews'][number]>`SELECT id, step, reviewer_name, note, reviewed_at FROM assessments.fee_review WHERE district_code = ${statement.districtCode} AND statement_id = ${statement.id} ORDER BY id`.execute(act.db);
  return rows;
}

/** Kinds of events this account has done on the statement: for the four eyes. */
export async function ownFeeActs(act: Act, statement: FeeStatementRow): Promise<Set<string>> {
  const { rows } = await sql<{ kind: string }>`SELECT DISTINCT kind FROM platform.event WHERE district_code = ${statement.districtCode} AND subject_id = ${statement.id} AND account_id = ${act.actor.accountId}`.execute(act.db);
  return new Set(rows.map((row) => row.kind));
}

export async function feesByCode(act: Act, statement: FeeStatementRow): Promise<Detail['byCode']> {
  const { rows } = await sql<Detail['byCode'][number]>`SELECT code, kind, count(*) AS lines, sum(amount_fen) AS amount_fen FROM assessments.fee_line
    WHERE district_code = ${statement.districtCode} AND statement_id = ${statement.id} GROUP BY code, kind ORDER BY code, kind`.execute(act.db);
  return rows;
}

export interface FeeLine {
  id: string;
  conclusionId: string;
  conclusionNumber: string;
  kind: string;
  grade: number;
  concludedOn: string;
  priceFen: number;
  amountFen: number;
  code: FeeCode;
  overturnedGrade: number | null;
}

/** One page of the lines of a statement, in the order of the conclusions. */
export async function listFeeLines(act: Act, statement: FeeStatementRow, query: { code?: FeeCode; page?: number; pageSize?: number }): Promise<{ rows: FeeLine[]; total: number }> {
  const { limit, offset } = pageBounds(query);
  const where = sql`l.district_code = ${statement.districtCode} AND l.statement_id = ${statement.id} AND (${query.code ?? null}::text IS NULL OR l.code = ${query.code ?? null})`;
  const { rows } = await sql<FeeLine>`SELECT l.id, l.conclusion_id, l.number AS conclusion_number, l.kind, l.grade, l.concluded_on, l.price_fen, l.amount_fen, l.code, l.overturned_grade
    FROM assessments.fee_line l WHERE ${where} ORDER BY l.concluded_on, l.id LIMIT ${limit} OFFSET ${offset}`.execute(act.db);
  const count = await sql<{ total: number }>`SELECT count(*) AS total FROM assessments.fee_line l WHERE ${where}`.execute(act.db);
  return { rows, total: count.rows[0]?.total ?? 0 };
}
