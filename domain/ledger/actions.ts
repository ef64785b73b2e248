/** Acts of the ledger: post, reserve, settle, void, reverse. Nothing is ever changed; each act is a new posting. */
import { createHash } from 'node:crypto';
import type { BodyOf } from '#kit/contract.ts';
import { isDay, type Day } from '#kit/days.ts';
import { newId } from '#kit/ids.ts';
import { yuan } from '#kit/money.ts';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { recordEvent } from '#platform/events/record.ts';
import type { ledgerContract } from './contract.ts';
import { amountOf, entriesOf, swapped, templateOf, type ByMode, type NewEntry, type Posting, type PostingKind } from './model.ts';
import { chartOfAccounts } from './policy.ts';
import { findByKey, insertPosting, lockBook, nextNumber, openAccounts, unknownAccounts, type PostingToWrite } from './store-write.ts';
import { findPosting } from './store.ts';

/** A posting that was made, or the one that the same key made before (`repeated`). */
export interface Made {
  id: string;
  /** Voucher number, e.g. `990101-2026-000012`. */
  number: string;
  repeated: boolean;
}

export interface NewPosting {
  districtCode: string;
  /** The same key with the same content gives the same posting; with other content LEDGER_KEY_REUSED. At least 8 characters. */
  key: string;
  /** A template of the chart (`claims.paid` …) with `amountFen` or `byMode`; or `entries`. */
  template?: string;
  amountFen?: number;
  byMode?: ByMode;
  entries?: readonly NewEntry[];
  /** The day it counts: today or earlier. */
  effectiveOn: Day;
  narrative: string;
  documentType?: string;
  documentId?: string;
  documentNumber?: string;
  /** Reserve instead of book. What the template says unless given. */
  pending?: boolean;
}

/**
 * Posts to a district's book. Refuses with LEDGER_UNBALANCED, LEDGER_AMOUNT, LEDGER_ACCOUNT_UNKNOWN, LEDGER_TEMPLATE, LEDGER_MODE,
 * LEDGER_DAY, LEDGER_DISTRICT, LEDGER_KEY_REUSED. Source: 财会〔2017〕28号.
 */
export async function post(act: Act, posting: NewPosting): Promise<Made> {
  checkDay(act, posting.effectiveOn);
  const chart = act.policy.edition(chartOfAccounts, posting.effectiveOn).value;
  const given = (posting.entries ?? []).map(({ accountCode, debitFen, creditFen }) => ({ accountCode, debitFen, creditFen }));
  const entries = posting.template === undefined ? given : entriesOf(chart, posting.template, posting.byMode ?? posting.amountFen ?? 0);
  const pending = posting.pending ?? (posting.template !== undefined && templateOf(chart, posting.template).state === 'pending');
  return write(act, {
    districtCode: posting.districtCode, key: posting.key, kind: pending ? 'pending' : 'posted', template: posting.template ?? null, effectiveOn: posting.effectiveOn, narrative: posting.narrative,
    documentType: posting.documentType ?? null, documentId: posting.documentId ?? null, documentNumber: posting.documentNumber ?? null, amountFen: amountOf(entries), refersTo: null, refersKind: null, entries,
  });
}

export interface Closing {
  districtCode: string;
  postingId: string;
  key: string;
  /** Not before the day of the posting it refers to. */
  effectiveOn: Day;
  /** Kept from the earlier posting unless given. */
  narrative?: string;
  template?: string;
}

/** Turns a reservation into money, once and whole. Refuses with NOT_FOUND, LEDGER_KIND, LEDGER_CLOSED, LEDGER_DAY, LEDGER_KEY_REUSED. */
export async function settlePending(act: Act, closing: Closing): Promise<Made> {
  return close(act, closing, 'settlement', (entries) => entries);
}

/** Gives a reservation up, once. Refuses like settlePending. */
export async function voidPending(act: Act, closing: Closing): Promise<Made> {
  return close(act, closing, 'void', () => []);
}

/** Takes a posted voucher back with the opposite entries, once; a reversal itself is not reversed. Refuses like settlePending. */
export async function reverse(act: Act, closing: Closing): Promise<Made> {
  return close(act, closing, 'reversal', swapped);
}

/** A posting in scope; refuses with NOT_FOUND. */
export async function getPosting(act: Act, id: string): Promise<Posting> {
  return (await findPosting(act, id)) ?? refuse('NOT_FOUND', {}, { status: 404 });
}

/** A voucher written by hand. Refuses like `post`. */
export async function postVoucher(act: Act, body: BodyOf<(typeof ledgerContract)['POST /api/ledger/postings']>): Promise<{ id: string; number: string }> {
  if ((body.template === undefined) === (body.entries === undefined)) refuse('LEDGER_TEMPLATE', { template: body.template ?? '' });
  // A reservation belongs to the statement it is made for; by hand only money moves.
  const made = await post(act, { ...body, key: `voucher:${body.key}`, documentType: 'voucher', pending: false });
  return { id: made.id, number: made.number };
}

/** Reverses by hand: the posting's own book. Refuses like `reverse`, and with LEDGER_STATEMENT where the posting pays or reserves a statement. */
export async function reverseVoucher(act: Act, id: string, body: BodyOf<(typeof ledgerContract)['POST /api/ledger/postings/{id}/reverse']>): Promise<{ id: string; number: string }> {
  const { districtCode, documentType, documentNumber } = await getPosting(act, id);
  // A statement that stays paid while its money comes back could never be paid again: that is an act on the statement, not on the books.
  if (documentType === 'statement' || documentType === 'feeStatement') refuse('LEDGER_STATEMENT', { number: documentNumber }, { status: 409 });
  const made = await reverse(act, { districtCode, postingId: id, key: `reversal:${body.key}`, effectiveOn: body.effectiveOn, narrative: body.narrative });
  return { id: made.id, number: made.number };
}

type CloseKind = 'settlement' | 'void' | 'reversal';

async function close(act: Act, closing: Closing, kind: CloseKind, entriesFrom: (entries: readonly NewEntry[]) => NewEntry[] | readonly NewEntry[]): Promise<Made> {
  checkDay(act, closing.effectiveOn);
  checkDistrict(act, closing.districtCode);
  await lockBook(act, closing.districtCode);
  const before = await getPosting(act, closing.postingId);
  if (before.districtCode !== closing.districtCode) refuse('NOT_FOUND', {}, { status: 404 });
  const fits = kind === 'reversal' ? before.kind === 'posted' || before.kind === 'settlement' : before.kind === 'pending';
  if (!fits) refuse('LEDGER_KIND', { number: before.number }, { status: 409 });
  const known = before.entries.map(({ accountCode, debitFen, creditFen }) => ({ accountCode, debitFen, creditFen }));
  return write(
    act,
    {
      districtCode: closing.districtCode, key: closing.key, kind, template: closing.template ?? before.template, effectiveOn: closing.effectiveOn, narrative: closing.narrative ?? before.narrative,
      documentType: before.documentType, documentId: before.documentId, documentNumber: before.documentNumber, amountFen: before.amountFen, refersTo: before.id, refersKind: before.kind, entries: entriesFrom(known),
    },
    before,
  );
}

const EVENT: Record<PostingKind, string> = { posted: 'ledger.posted', settlement: 'ledger.posted', pending: 'ledger.reserved', void: 'ledger.voided', reversal: 'ledger.reversed' };

/** Writes once per key: the lock of the book makes looking and writing one step. */
async function write(act: Act, body: Omit<PostingToWrite, 'id' | 'number' | 'bodySha256'>, before?: Posting): Promise<Made> {
  checkDistrict(act, body.districtCode);
  if (body.key.length < 8 || body.key.length > 200) refuse('LEDGER_KEY', {});
  const bodySha256 = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  await lockBook(act, body.districtCode);
  const known = await findByKey(act, body.districtCode, body.key);
  if (known?.bodySha256 === bodySha256) return { id: known.id, number: known.number, repeated: true };
  if (known) refuse('LEDGER_KEY_REUSED', { number: known.number }, { status: 409 });
  if (before?.closedBy) refuse('LEDGER_CLOSED', { number: before.number, closedBy: before.closedByNumber }, { status: 409 });
  if (before && body.effectiveOn < before.effectiveOn) refuse('LEDGER_DAY', { effectiveOn: body.effectiveOn, today: act.today });
  const chart = act.policy.edition(chartOfAccounts, body.effectiveOn);
  await openAccounts(act, body.districtCode, chart.id, chart.value.accounts);
  const unknown = await unknownAccounts(act, body.districtCode, body.entries.map((one) => one.accountCode));
  if (unknown.length > 0) refuse('LEDGER_ACCOUNT_UNKNOWN', { account: unknown.join(', ') });
  const id = newId<'posting'>(act.now.getTime());
  const number = await nextNumber(act, body.districtCode, body.effectiveOn.slice(0, 4));
  await insertPosting(act, { ...body, id, number, bodySha256 });
  await recordEvent(act, {
    districtCode: body.districtCode, kind: EVENT[body.kind], subjectType: 'posting', subjectId: body.kind === 'void' || body.kind === 'reversal' ? (body.refersTo ?? id) : id, note: body.narrative,
    data: { postingId: id, number, effectiveOn: body.effectiveOn, amountFen: body.amountFen, amount: yuan(body.amountFen), template: body.template, documentId: body.documentId, documentNumber: body.documentNumber },
  });
  return { id, number, repeated: false };
}

function checkDistrict(act: Act, districtCode: string): void {
  if (!act.actor.area || !/^[0-9]{6}$/.test(districtCode) || !districtCode.startsWith(act.actor.area)) refuse('LEDGER_DISTRICT', { districtCode });
}

/** A day that has come, and for which there is a chart of accounts. */
function checkDay(act: Act, day: Day): void {
  if (!isDay(day) || day > act.today || !act.policy.has(chartOfAccounts, day)) refuse('LEDGER_DAY', { effectiveOn: day, today: act.today });
}
