/** What a statement does to the fund: reserved at the approval, in the books at the payment (cash basis, 财会〔2017〕28号). */
import type { Day } from '#kit/days.ts';
import { assert, refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { post, settlePending, voidPending, type Made } from './actions.ts';
import type { ByMode } from './model.ts';
import { findByDocument } from './store-write.ts';

/** Whose statements: each has templates of its own in the chart, `<of>.approved` and `<of>.paid`. */
export type StatementsOf = 'claims' | 'assessmentFees';

export interface Approval {
  /** Care unless said otherwise. */
  of?: StatementsOf;
  districtCode: string;
  statementId: string;
  /** Number of the statement, for the voucher. */
  number: string;
  amountFen: number;
  effectiveOn: Day;
  /** Parts of the amount by mode of care; they add up to `amountFen`. Without it the whole goes to the common account above. */
  byMode?: ByMode;
}

/** Reserves an approved statement outside the balances. Nothing to reserve (0 fen) gives null. Refuses like `post`. */
export async function approvePayment(act: Act, approval: Approval): Promise<Made | null> {
  const { of = 'claims', districtCode, statementId, number, amountFen, byMode } = approval;
  if (byMode) assert(Object.values(byMode).reduce((sum, fen) => sum + fen, 0) === amountFen, `the parts by mode of statement ${number} add up to its amount`);
  if (amountFen === 0) return null;
  return post(act, {
    districtCode, key: `${of}.approved:${statementId}`, template: `${of}.approved`, amountFen, ...(byMode ? { byMode } : {}), effectiveOn: approval.effectiveOn,
    narrative: `结算单 ${number}`, documentType: of === 'claims' ? 'statement' : 'feeStatement', documentId: statementId, documentNumber: number,
  });
}

export interface Payment {
  /** Care unless said otherwise. */
  of?: StatementsOf;
  districtCode: string;
  statementId: string;
  amountFen: number;
  effectiveOn: Day;
}

/** Books the payment of an approved statement, whole. 0 fen gives null. Refuses with LEDGER_NOT_RESERVED, and like `settlePending`. */
export async function payApproved(act: Act, payment: Payment): Promise<Made | null> {
  if (payment.amountFen === 0) return null;
  const { of = 'claims', districtCode, statementId, effectiveOn } = payment;
  return settlePending(act, { districtCode, postingId: await reservedFor(act, payment), key: `${of}.paid:${statementId}`, template: `${of}.paid`, effectiveOn });
}

/** Gives up the reservation of a statement that will not be paid. 0 fen gives null. Refuses with LEDGER_NOT_RESERVED, and like `voidPending`. */
export async function voidApproved(act: Act, payment: Payment): Promise<Made | null> {
  if (payment.amountFen === 0) return null;
  const { of = 'claims', districtCode, statementId, effectiveOn } = payment;
  return voidPending(act, { districtCode, postingId: await reservedFor(act, payment), key: `${of}.voided:${statementId}`, effectiveOn });
}

async function reservedFor(act: Act, { of = 'claims', districtCode, statementId, amountFen }: Payment): Promise<string> {
  const reserved = await findByDocument(act, districtCode, statementId, `${of}.approved`);
  if (!reserved) refuse('LEDGER_NOT_RESERVED', {}, { status: 409 });
  assert(reserved.amountFen === amountFen, 'a statement is paid with the amount that was approved');
  return reserved.id;
}
