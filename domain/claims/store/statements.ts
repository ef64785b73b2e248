/** Statements and the acts on them. */
import { sql } from 'kysely';
import type { Static } from '@sinclair/typebox';
import type { Month } from '#kit/days.ts';
import { newId } from '#kit/ids.ts';
import { pageBounds } from '#kit/paging.ts';
import type { Act } from '#platform/act.ts';
import type { StatementSchema } from '../contract.ts';
import type { StatementAct, StatementRow, StatementState } from '../model.ts';

type Detail = Static<typeof StatementSchema>;

export interface FullStatement extends StatementRow {
  creditCode: string;
  pendingPostingId: string | null;
  paidPostingId: string | null;
}

const ROW = sql`s.id, s.number, s.district_code, to_char(s.month, 'YYYY-MM') AS month, s.institution_id, i.name AS institution_name, s.lines, s.persons, s.billed_fen, s.fund_fen, s.person_fen, s.refused_fen, s.state, s.state_since`;
const FROM = sql`claims.statement s JOIN providers.institution i ON i.id = s.institution_id`;

export async function listStatements(act: Act, query: { state?: StatementState; month?: Month; district?: string; institution?: string; page?: number; pageSize?: number }): Promise<{ rows: StatementRow[]; total: number }> {
  const { limit, offset } = pageBounds(query);
  const where = sql`(${query.state ?? null}::text IS NULL OR s.state = ${query.state ?? null}) AND (${query.month ?? null}::text IS NULL OR s.month = (${query.month ?? '1970-01'} || '-01')::date)
    AND (${query.district ?? null}::text IS NULL OR s.district_code = ${query.district ?? null}) AND (${query.institution ?? null}::uuid IS NULL OR s.institution_id = ${query.institution ?? null})`;
  const { rows } = await sql<StatementRow>`SELECT ${ROW} FROM ${FROM} WHERE ${where} ORDER BY s.month DESC, s.district_code, s.number LIMIT ${limit} OFFSET ${offset}`.execute(act.db);
  const count = await sql<{ total: number }>`SELECT count(*) AS total FROM claims.statement s WHERE ${where}`.execute(act.db);
  return { rows, total: count.rows[0]?.total ?? 0 };
}

/** A statement in scope, or undefined. */
export async function findStatement(act: Act, id: string): Promise<FullStatement | undefined> {
  const { rows } = await sql<FullStatement>`SELECT ${ROW}, i.credit_code, s.pending_posting_id, s.paid_posting_id FROM ${FROM} WHERE s.id = ${id}`.execute(act.db);
  return rows[0];
}

/** Moves a statement from one state to the next; false when it is not in that state any more. */
export async function moveStatement(act: Act, statement: StatementRow, move: Pick<StatementAct, 'from' | 'to'>, posting: { pendingPostingId?: string; paidPostingId?: string } = {}): Promise<boolean> {
  const { rows } = await sql`UPDATE claims.statement SET state = ${move.to}, state_since = ${act.now}, pending_posting_id = coalesce(${posting.pendingPostingId ?? null}::uuid, pending_posting_id),
    paid_posting_id = coalesce(${posting.paidPostingId ?? null}::uuid, paid_posting_id) WHERE district_code = ${statement.districtCode} AND id = ${statement.id} AND state = ${move.from} RETURNING id`.execute(act.db);
  return rows.length > 0;
}

export async function insertReview(act: Act, statement: StatementRow, step: StatementAct['step'], note: string | null): Promise<void> {
  await sql`INSERT INTO claims.review (district_code, id, statement_id, institution_id, step, account_id, reviewer_name, note, reviewed_at)
    VALUES (${statement.districtCode}, ${newId<'review'>(act.now.getTime())}, ${statement.id}, ${statement.institutionId}, ${step}, ${act.actor.accountId}, ${act.actor.name}, ${note}, ${act.now})`.execute(act.db);
}

export async function listReviews(act: Act, statement: StatementRow): Promise<Detail['reviews']> {
  const { rows } = await sql<Detail['reviews'][number]>`SELECT id, step, reviewer_name, note, reviewed_at FROM claims.review WHERE district_code = ${statement.districtCode} AND statement_id = ${statement.id} ORDER BY id`.execute(act.db);
  return rows;
}

/** Kinds of events this account has done on the statement: for the four eyes. */
export async function ownActs(act: Act, statement: StatementRow): Promise<Set<string>> {
  const { rows } = await sql<{ kind: string }>`SELECT DISTINCT kind FROM platform.event WHERE district_code = ${statement.districtCode} AND subject_id = ${statement.id} AND account_id = ${act.actor.accountId}`.execute(act.db);
  return new Set(rows.map((row) => row.kind));
}

/** The fund's share of a statement by mode of care: what the books need. */
export async function fundByMode(act: Act, statement: StatementRow): Promise<{ mode: string; fundFen: number }[]> {
  const { rows } = await sql<{ mode: string; fundFen: number }>`SELECT mode, sum(fund_fen) AS fund_fen FROM claims.line
    WHERE district_code = ${statement.districtCode} AND month = ${`${statement.month}-01`} AND statement_id = ${statement.id} GROUP BY mode HAVING sum(fund_fen) > 0 ORDER BY mode`.execute(act.db);
  return rows;
}

/** What the rules found on a statement's lines. A line counts under the rule that had the last word, so the amounts add up to the refused total. */
export async function statementFindings(act: Act, statement: StatementRow): Promise<{ rule: string; effect: 'refuse' | 'cut'; lines: number; refusedFen: number }[]> {
  const { rows } = await sql<{ rule: string; effect: 'refuse' | 'cut'; lines: number; refusedFen: number }>`
    SELECT coalesce(f.rule, 'price') AS rule, CASE WHEN l.outcome = 'cut' THEN 'cut' ELSE 'refuse' END AS effect, count(*) AS lines, sum(l.refused_fen) AS refused_fen
    FROM claims.line l
    LEFT JOIN (SELECT DISTINCT ON (line_id) line_id, rule FROM claims.finding
      WHERE district_code = ${statement.districtCode} AND month = ${`${statement.month}-01`} AND institution_id = ${statement.institutionId} ORDER BY line_id, id DESC) f ON f.line_id = l.id
    WHERE l.district_code = ${statement.districtCode} AND l.month = ${`${statement.month}-01`} AND l.statement_id = ${statement.id} AND l.outcome <> 'paid'
    GROUP BY 1, 2 ORDER BY sum(l.refused_fen) DESC, 1, 2`.execute(act.db);
  return rows;
}

export async function outcomesOf(act: Act, statement: StatementRow): Promise<Detail['byOutcome']> {
  const { rows } = await sql<Detail['byOutcome'][number]>`SELECT outcome, count(*) AS lines, sum(billed_fen) AS billed_fen, sum(fund_fen) AS fund_fen, sum(person_fen) AS person_fen, sum(refused_fen) AS refused_fen
    FROM claims.line WHERE district_code = ${statement.districtCode} AND month = ${`${statement.month}-01`} AND statement_id = ${statement.id} GROUP BY outcome ORDER BY outcome`.execute(act.db);
  return rows;
}
