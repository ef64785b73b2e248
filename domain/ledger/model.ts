/** Nouns of the ledger and pure functions over them. */
import type { Static } from '@sinclair/typebox';
import { assert, refuse } from '#kit/refuse.ts';
import type { AccountBalanceSchema, BookSchema, EntrySchema, PostingKindSchema, PostingRowSchema, PostingSchema, PostingStateSchema } from './contract.ts';
import type { ChartOfAccounts, Posting as Template } from './policy.ts';

export type AccountBalance = Static<typeof AccountBalanceSchema>;
export type Book = Static<typeof BookSchema>;
export type Entry = Static<typeof EntrySchema>;
export type PostingKind = Static<typeof PostingKindSchema>;
export type PostingState = Static<typeof PostingStateSchema>;
export type PostingRow = Static<typeof PostingRowSchema>;
export type Posting = Static<typeof PostingSchema>;

/** One side of a posting: exactly one of the two amounts is above zero, in fen. */
export interface NewEntry {
  accountCode: string;
  debitFen: number;
  creditFen: number;
}

/** Amounts in fen by mode of care, e.g. `{ homeVisit: 120000, institution: 34000 }`. */
export type ByMode = Readonly<Record<string, number>>;

/** Checks that entries balance and returns their amount in fen. Refuses with LEDGER_AMOUNT or LEDGER_UNBALANCED. */
export function amountOf(entries: readonly NewEntry[]): number {
  let debitFen = 0;
  let creditFen = 0;
  for (const one of entries) {
    const whole = Number.isSafeInteger(one.debitFen) && Number.isSafeInteger(one.creditFen) && one.debitFen >= 0 && one.creditFen >= 0;
    if (!whole || one.debitFen > 0 === one.creditFen > 0) refuse('LEDGER_AMOUNT', { account: one.accountCode });
    debitFen += one.debitFen;
    creditFen += one.creditFen;
  }
  if (entries.length < 2 || debitFen !== creditFen || !Number.isSafeInteger(debitFen)) refuse('LEDGER_UNBALANCED', { debitFen, creditFen });
  return debitFen;
}

/** The same entries with the sides exchanged: what a reversal books. */
export function swapped(entries: readonly NewEntry[]): NewEntry[] {
  return entries.map((one) => ({ accountCode: one.accountCode, debitFen: one.creditFen, creditFen: one.debitFen }));
}

/**
 * The entries of a template. `amounts` is one amount in fen, or amounts by mode where the template has an account for each.
 * One amount on accounts by mode goes to their common parent. Refuses with LEDGER_TEMPLATE and LEDGER_AMOUNT.
 */
export function entriesOf(chart: ChartOfAccounts, template: string, amounts: number | ByMode): NewEntry[] {
  const posting = templateOf(chart, template);
  const debits = sideOf(chart, posting.debit, amounts);
  const credits = sideOf(chart, posting.credit, amounts);
  return [...debits.map(([accountCode, fen]) => ({ accountCode, debitFen: fen, creditFen: 0 })), ...credits.map(([accountCode, fen]) => ({ accountCode, debitFen: 0, creditFen: fen }))];
}

/** A template of the chart by its name. Refuses with LEDGER_TEMPLATE. */
export function templateOf(chart: ChartOfAccounts, template: string): Template {
  const templates: Record<string, Template | undefined> = chart.postings;
  return templates[template] ?? refuse('LEDGER_TEMPLATE', { template });
}

function sideOf(chart: ChartOfAccounts, account: Template['debit'], amounts: number | ByMode): [string, number][] {
  const parts: [string, number][] = typeof amounts === 'number' ? [] : Object.entries(amounts).filter(([, fen]) => fen !== 0).sort(([a], [b]) => a.localeCompare(b));
  const total = typeof amounts === 'number' ? amounts : parts.reduce((sum, [, fen]) => sum + fen, 0);
  if (typeof account === 'string') return [[account, total]];
  if (typeof amounts === 'number') return [[parentOf(chart, Object.values(account.byMode)), total]];
  return parts.map(([mode, fen]) => [account.byMode[mode] ?? refuse('LEDGER_MODE', { mode }), fen]);
}

function parentOf(chart: ChartOfAccounts, codes: readonly string[]): string {
  const parents = new Set(codes.map((code) => chart.accounts.find((one) => one.code === code)?.parent));
  const [parent] = parents;
  assert(parents.size === 1 && parent !== undefined, `the accounts ${codes.join(', ')} have one common parent in the chart`);
  return parent;
}
