/** All SQL of the ledger that reads. What writes stands in store-write.ts. */
import { sql } from 'kysely';
import { pageBounds } from '#kit/paging.ts';
import type { Day } from '#kit/days.ts';
import type { Act } from '#platform/act.ts';
import { runSql, sqlFile } from '#platform/db/sql-file.ts';
import type { AccountBalance, Book, Posting, PostingRow, PostingState } from './model.ts';

const BALANCES = sqlFile(new URL('./balances.sql', import.meta.url));
const BOOKS = sqlFile(new URL('./books.sql', import.meta.url));

/** Every account of the books in scope with its balance at the end of a day; open reservations apart. */
export async function balances(act: Act, query: { districtCode?: string; on: Day }): Promise<AccountBalance[]> {
  return runSql<AccountBalance>(act.db, BALANCES, { district: query.districtCode ?? null, on: query.on });
}

/** The books in scope at the end of a day, in four sums: assets, income, expense, reserved expense. */
export async function books(act: Act, query: { districtCode?: string; on: Day }): Promise<Book[]> {
  return runSql<Book>(act.db, BOOKS, { district: query.districtCode ?? null, on: query.on });
}

const STATE = sql`CASE WHEN p.kind = 'pending' THEN coalesce(CASE c.kind WHEN 'settlement' THEN 'settled' WHEN 'void' THEN 'voided' END, 'pending')
  WHEN c.kind = 'reversal' THEN 'reversed' ELSE 'posted' END`;
const ROW = sql`p.id, p.district_code, p.number, p.kind, ${STATE} AS state, p.effective_on, p.booked_at, p.booked_by, p.template, p.narrative,
  p.document_type, p.document_id, p.document_number, p.amount_fen, p.refers_to, c.id AS closed_by,
  coalesce((SELECT jsonb_agg(jsonb_build_object('accountCode', e.account_code, 'zh', a.zh, 'en', a.en, 'debitFen', e.debit_fen, 'creditFen', e.credit_fen) ORDER BY e.seq)
    FROM ledger.entry e JOIN ledger.account a ON a.district_code = e.district_code AND a.code = e.account_code
    WHERE e.district_code = p.district_code AND e.posting_id = p.id), '[]') AS entries`;
const FROM = sql`ledger.posting p LEFT JOIN ledger.posting c ON c.district_code = p.district_code AND c.refers_to = p.id`;

export interface JournalQuery {
  district?: string;
  account?: string;
  from?: Day;
  to?: Day;
  state?: PostingState;
  page?: number;
  pageSize?: number;
}

/** One page of the journal in scope, newest day first. */
export async function journal(act: Act, query: JournalQuery): Promise<{ rows: PostingRow[]; total: number }> {
  const { limit, offset } = pageBounds(query);
  const where = sql`(${query.district ?? null}::text IS NULL OR p.district_code = ${query.district ?? null})
    AND (${query.from ?? null}::date IS NULL OR p.effective_on >= ${query.from ?? null}) AND (${query.to ?? null}::date IS NULL OR p.effective_on <= ${query.to ?? null})
    AND (${query.state ?? null}::text IS NULL OR ${STATE} = ${query.state ?? null})
    AND (${query.account ?? null}::text IS NULL OR EXISTS (SELECT 1 FROM ledger.entry e WHERE e.district_code = p.district_code AND e.posting_id = p.id AND e.account_code = ${query.account ?? null}))`;
  const { rows } = await sql<PostingRow>`SELECT ${ROW} FROM ${FROM} WHERE ${where} ORDER BY p.effective_on DESC, p.district_code, p.id DESC LIMIT ${limit} OFFSET ${offset}`.execute(act.db);
  const count = await sql<{ total: number }>`SELECT count(*) AS total FROM ${FROM} WHERE ${where}`.execute(act.db);
  return { rows, total: count.rows[0]?.total ?? 0 };
}

/** A posting in scope with its entries and the postings before and after it, or undefined. */
export async function findPosting(act: Act, id: string): Promise<Posting | undefined> {
  const { rows } = await sql<Posting>`SELECT ${ROW}, p.key, r.number AS refers_to_number, c.number AS closed_by_number
    FROM ${FROM} LEFT JOIN ledger.posting r ON r.district_code = p.district_code AND r.id = p.refers_to WHERE p.id = ${id}`.execute(act.db);
  return rows[0];
}

export interface ExportRow {
  districtCode: string;
  id: string;
  number: string;
  kind: string;
  effectiveOn: Day;
  narrative: string;
  accounts: string[];
  amounts: number[];
}

/** Every posting with its signed amounts (debit above zero), in the order of the days; a void or settlement brings the reserved entries back. */
export async function listForExport(act: Act, query: { district?: string; from?: Day; to?: Day }): Promise<ExportRow[]> {
  const { rows } = await sql<ExportRow>`SELECT p.district_code, p.id, p.number, p.kind, p.effective_on, p.narrative,
      array_agg(e.account_code ORDER BY e.seq) AS accounts, array_agg(e.debit_fen - e.credit_fen ORDER BY e.seq) AS amounts
    FROM ledger.posting p JOIN ledger.entry e ON e.district_code = p.district_code AND e.posting_id = CASE p.kind WHEN 'void' THEN p.refers_to ELSE p.id END
    WHERE (${query.district ?? null}::text IS NULL OR p.district_code = ${query.district ?? null})
      AND (${query.from ?? null}::date IS NULL OR p.effective_on >= ${query.from ?? null}) AND (${query.to ?? null}::date IS NULL OR p.effective_on <= ${query.to ?? null})
    GROUP BY p.district_code, p.id ORDER BY p.district_code, p.effective_on, p.id`.execute(act.db);
  return rows;
}

export async function listExportAccounts(act: Act, district?: string): Promise<{ districtCode: string; code: string; zh: string; en: string; kind: string }[]> {
  const { rows } = await sql<{ districtCode: string; code: string; zh: string; en: string; kind: string }>`SELECT district_code, code, zh, en, kind FROM ledger.account
    WHERE ${district ?? null}::text IS NULL OR district_code = ${district ?? null} ORDER BY district_code, code`.execute(act.db);
  return rows;
}
