/** The SQL of the ledger that writes: only inserts, one book at a time. */
import { sql } from 'kysely';
import type { Day } from '#kit/days.ts';
import type { Act } from '#platform/act.ts';
import type { NewEntry, PostingKind } from './model.ts';
import type { Account } from './policy.ts';

export interface PostingToWrite {
  districtCode: string;
  id: string;
  number: string;
  key: string;
  bodySha256: string;
  kind: PostingKind;
  template: string | null;
  effectiveOn: Day;
  narrative: string;
  documentType: string | null;
  documentId: string | null;
  documentNumber: string | null;
  amountFen: number;
  refersTo: string | null;
  refersKind: PostingKind | null;
  entries: readonly NewEntry[];
}

/** Whoever writes in a district's book waits here for the one before, until the end of the transaction: numbers have no gaps, keys no races. */
export async function lockBook(act: Act, districtCode: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtext('ledger'), ${districtCode}::int)`.execute(act.db);
}

/** Opens the accounts of a district's book that are not there yet, as one set. */
export async function openAccounts(act: Act, districtCode: string, editionId: string, accounts: readonly Account[]): Promise<void> {
  const rows = accounts.map((one) => ({ code: one.code, zh: one.zh, en: one.en, kind: one.kind, normal: one.normal, parent: one.parent ?? null }));
  await sql`INSERT INTO ledger.account (district_code, code, zh, en, kind, normal, parent, edition_id, opened_at)
    SELECT ${districtCode}, a.code, a.zh, a.en, a.kind, a.normal, a.parent, ${editionId}, ${act.now}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS a (code text, zh text, en text, kind text, normal text, parent text)
    WHERE NOT EXISTS (SELECT 1 FROM ledger.account h WHERE h.district_code = ${districtCode} AND h.code = a.code)
    ON CONFLICT DO NOTHING`.execute(act.db);
}

/** The codes among these that the book does not hold. */
export async function unknownAccounts(act: Act, districtCode: string, codes: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`SELECT c.code FROM unnest(${[...codes]}::text[]) AS c (code)
    WHERE NOT EXISTS (SELECT 1 FROM ledger.account a WHERE a.district_code = ${districtCode} AND a.code = c.code) ORDER BY c.code`.execute(act.db);
  return rows.map((row) => row.code);
}

export async function findByKey(act: Act, districtCode: string, key: string): Promise<{ id: string; number: string; bodySha256: string } | undefined> {
  const { rows } = await sql<{ id: string; number: string; bodySha256: string }>`SELECT id, number, body_sha256 FROM ledger.posting WHERE district_code = ${districtCode} AND key = ${key}`.execute(act.db);
  return rows[0];
}

/** The reservation of a template about a document, or undefined. */
export async function findByDocument(act: Act, districtCode: string, documentId: string, template: string): Promise<{ id: string; amountFen: number } | undefined> {
  const { rows } = await sql<{ id: string; amountFen: number }>`SELECT id, amount_fen FROM ledger.posting
    WHERE district_code = ${districtCode} AND document_id = ${documentId} AND template = ${template} AND kind = 'pending' ORDER BY id DESC LIMIT 1`.execute(act.db);
  return rows[0];
}

/** The next voucher number of a book and year, e.g. `990101-2026-000012`. */
export async function nextNumber(act: Act, districtCode: string, year: string): Promise<string> {
  const { rows } = await sql<{ next: number }>`SELECT platform.next_number(${`ledger.${districtCode}`}, ${Number(year)}) AS next`.execute(act.db);
  return `${districtCode}-${year}-${String(rows[0]?.next).padStart(6, '0')}`;
}

/** Writes a posting and its entries. */
export async function insertPosting(act: Act, one: PostingToWrite): Promise<void> {
  const accountId = act.actor.role === 'clock' ? null : act.actor.accountId;
  await sql`INSERT INTO ledger.posting (district_code, id, number, key, body_sha256, kind, template, effective_on, booked_at, booked_by, account_id, narrative, document_type, document_id, document_number, amount_fen, entries, refers_to, refers_kind)
    VALUES (${one.districtCode}, ${one.id}, ${one.number}, ${one.key}, ${one.bodySha256}, ${one.kind}, ${one.template}, ${one.effectiveOn}, ${act.now}, ${act.actor.name}, ${accountId}, ${one.narrative},
      ${one.documentType}, ${one.documentId}, ${one.documentNumber}, ${one.amountFen}, ${one.entries.length}, ${one.refersTo}, ${one.refersKind})`.execute(act.db);
  if (one.entries.length === 0) return;
  const booked = one.kind !== 'pending';
  await sql`INSERT INTO ledger.entry (district_code, posting_id, seq, account_code, debit_fen, credit_fen, booked, effective_on)
    SELECT ${one.districtCode}, ${one.id}::uuid, e.seq, e.code, e.debit, e.credit, ${booked}::boolean, ${one.effectiveOn}::date
    FROM unnest(${one.entries.map((entry) => entry.accountCode)}::text[], ${one.entries.map((entry) => entry.debitFen)}::bigint[], ${one.entries.map((entry) => entry.creditFen)}::bigint[])
      WITH ORDINALITY AS e (code, debit, credit, seq)`.execute(act.db);
}
