/** Acts on a fee statement: first review, approval by another person, return, payment through the ledger. */
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { recordEvent } from '#platform/events/record.ts';
import { may } from '#platform/scope/actor.ts';
import { approvePayment, payApproved } from '#domain/ledger/index.ts';
import { FEE_ACTS } from './model.ts';
import type { FeeAct, FeeStatementRow } from './model.ts';
import { decideFee } from './rules.ts';
import type { FeeFacts } from './rules.ts';
import { feesByCode, findFeeStatement, insertFeeReview, listFeeLines, listFeeReviews, moveFeeStatement, ownFeeActs } from './store.ts';
import type { FeeLine, FullFeeStatement } from './store.ts';

/** A fee statement in scope; refuses with NOT_FOUND. */
export async function getFeeStatement(act: Act, id: string): Promise<FullFeeStatement> {
  return (await findFeeStatement(act, id)) ?? refuse('NOT_FOUND', {}, { status: 404 });
}

/** First review of a drafted statement. Refuses with STATE_WRONG. */
export function firstReviewFees(act: Act, id: string, note: string | null): Promise<FeeStatementRow> {
  return step(act, id, FEE_ACTS.firstReview, note);
}

/** Approves: what is payable is reserved in the district's book in the same transaction. Refuses with STATE_WRONG. */
export function approveFees(act: Act, id: string, note: string | null): Promise<FeeStatementRow> {
  return step(act, id, FEE_ACTS.secondReview, note, async (statement) => {
    const { districtCode, number, payableFen } = statement;
    const made = await approvePayment(act, { of: 'assessmentFees', districtCode, statementId: id, number, amountFen: payableFen, effectiveOn: act.today });
    return made ? { pendingPostingId: made.id } : {};
  });
}

/** Sends a statement back to its draft with a reason. Refuses with STATE_WRONG. */
export function returnFees(act: Act, id: string, note: string): Promise<FeeStatementRow> {
  return step(act, id, FEE_ACTS.return, note);
}

/** Pays an approved statement: the reservation becomes an expense of the fund. Refuses with STATE_WRONG. */
export function payFees(act: Act, id: string, note: string | null): Promise<FeeStatementRow> {
  return step(act, id, FEE_ACTS.pay, note, async (statement) => {
    const made = await payApproved(act, { of: 'assessmentFees', districtCode: statement.districtCode, statementId: id, amountFen: statement.payableFen, effectiveOn: act.today });
    return made ? { paidPostingId: made.id } : {};
  });
}

type Posting = { pendingPostingId?: string; paidPostingId?: string };

async function step(act: Act, id: string, move: FeeAct, note: string | null, book: (statement: FullFeeStatement) => Promise<Posting> = async () => ({})): Promise<FeeStatementRow> {
  const statement = await getFeeStatement(act, id);
  if (statement.state !== move.from || !(await moveFeeStatement(act, statement, move))) refuse('STATE_WRONG', { state: statement.state }, { status: 409 });
  const posting = await book(statement);
  if (posting.pendingPostingId ?? posting.paidPostingId) await moveFeeStatement(act, statement, { from: move.to, to: move.to }, posting);
  await insertFeeReview(act, statement, move.step, note);
  const { districtCode, institutionId, number, month, payableFen } = statement;
  await recordEvent(act, { districtCode, kind: move.event, subjectType: 'feeStatement', subjectId: id, institutionId, note, data: { number, month, payableFen } });
  const { creditCode: _, pendingPostingId: __, paidPostingId: ___, ...row } = await getFeeStatement(act, id);
  return row;
}

/** A statement with what this account may do next, its reviews, and its sums by reason. Refuses with NOT_FOUND. */
export async function readFeeStatement(act: Act, id: string) {
  const statement = await getFeeStatement(act, id);
  const done = await ownFeeActs(act, statement);
  const nextActs = Object.values<FeeAct>(FEE_ACTS).map((move) => {
    const whyNot = statement.state !== move.from ? { code: 'STATE_WRONG', params: { state: statement.state } }
      : !may(act.actor, move.permission) ? { code: 'NOT_PERMITTED', params: { permission: move.permission } }
        : move.fourEyes.some((kind) => done.has(kind)) ? { code: 'FOUR_EYES', params: {} } : null;
    return { act: move.act, permission: move.permission, allowed: whyNot === null, whyNot };
  });
  return { ...statement, nextActs, byCode: await feesByCode(act, statement), reviews: await listFeeReviews(act, statement) };
}

/** One page of the lines with their reasons, decided again from each line. */
export async function readFeeLines(act: Act, id: string, query: Parameters<typeof listFeeLines>[2]) {
  const statement = await getFeeStatement(act, id);
  const { rows, total } = await listFeeLines(act, statement, query);
  return { rows: rows.map((line) => ({ ...line, overturnedGrade: undefined, reasons: decideFee(factsOf(line, statement.month), act.policy)?.reasons ?? [] })), total };
}

/** The facts of a line as the rule takes them: what was settled before it follows from its code. */
export function factsOf(line: FeeLine, month: string): FeeFacts {
  const { priceFen, code } = line;
  const settled = code === 'FEE_TAKEN_BACK' ? { priceFen, amountFen: priceFen } : code === 'FEE_RESTORED' ? { priceFen, amountFen: 0 } : null;
  return { kind: line.kind as FeeFacts['kind'], grade: line.grade, concludedOn: line.concludedOn, firstOn: `${month}-01`, reviewedGrade: line.overturnedGrade, settled };
}
