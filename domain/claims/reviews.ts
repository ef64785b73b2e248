/** Acts on a statement: first review, approval by another person, return, payment. */
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { recordEvent } from '#platform/events/record.ts';
import { may } from '#platform/scope/actor.ts';
import { approvePayment, payApproved } from '#domain/ledger/index.ts';
import type { ByMode } from '#domain/ledger/index.ts';
import { STATEMENT_ACTS } from './model.ts';
import type { StatementAct, StatementRow } from './model.ts';
import { findStatement, fundByMode, insertReview, moveStatement, ownActs } from './store.ts';
import type { FullStatement } from './store.ts';

/** A statement in scope; refuses with NOT_FOUND. */
export async function getStatement(act: Act, id: string): Promise<FullStatement> {
  return (await findStatement(act, id)) ?? refuse('NOT_FOUND', {}, { status: 404 });
}

/** First review of a drafted statement. Refuses with STATE_WRONG. */
export function firstReview(act: Act, id: string, note: string | null): Promise<StatementRow> {
  return step(act, id, STATEMENT_ACTS.firstReview, note);
}

/** Approves: the fund's share is reserved in the district's book in the same transaction. Refuses with STATE_WRONG. */
export async function secondReview(act: Act, id: string, note: string | null): Promise<StatementRow> {
  return step(act, id, STATEMENT_ACTS.secondReview, note, async (statement) => {
    const byMode = Object.fromEntries((await fundByMode(act, statement)).map(({ mode, fundFen }) => [mode, fundFen])) as ByMode;
    const made = await approvePayment(act, { districtCode: statement.districtCode, statementId: statement.id, number: statement.number, amountFen: statement.fundFen, effectiveOn: act.today, byMode });
    return made ? { pendingPostingId: made.id } : {};
  });
}

/** Sends a statement back to its draft with a reason. Refuses with STATE_WRONG. */
export function returnStatement(act: Act, id: string, note: string): Promise<StatementRow> {
  return step(act, id, STATEMENT_ACTS.return, note);
}

/** Pays an approved statement: the reservation becomes an expense. Refuses with STATE_WRONG. */
export async function payStatement(act: Act, id: string, note: string | null): Promise<StatementRow> {
  return step(act, id, STATEMENT_ACTS.pay, note, async (statement) => {
    const made = await payApproved(act, { districtCode: statement.districtCode, statementId: statement.id, amountFen: statement.fundFen, effectiveOn: act.today });
    return made ? { paidPostingId: made.id } : {};
  });
}

type Posting = { pendingPostingId?: string; paidPostingId?: string };

async function step(act: Act, id: string, move: StatementAct, note: string | null, book: (statement: FullStatement) => Promise<Posting> = async () => ({})): Promise<StatementRow> {
  const statement = await getStatement(act, id);
  if (statement.state !== move.from || !(await moveStatement(act, statement, move))) refuse('STATE_WRONG', { state: statement.state }, { status: 409 });
  const posting = await book(statement);
  if (posting.pendingPostingId ?? posting.paidPostingId) await moveStatement(act, statement, { from: move.to, to: move.to }, posting);
  await insertReview(act, statement, move.step, note);
  await recordEvent(act, {
    districtCode: statement.districtCode, kind: move.event, subjectType: 'statement', subjectId: id, institutionId: statement.institutionId, note,
    data: { number: statement.number, month: statement.month, fundFen: statement.fundFen },
  });
  const { creditCode: _, pendingPostingId: __, paidPostingId: ___, ...row } = await getStatement(act, id);
  return row;
}

/** Each act with whether this account may do it now, else the code of why not. */
export async function nextActs(act: Act, statement: StatementRow) {
  const done = await ownActs(act, statement);
  return Object.values<StatementAct>(STATEMENT_ACTS).map((move) => {
    const whyNot = statement.state !== move.from ? { code: 'STATE_WRONG', params: { state: statement.state } }
      : !may(act.actor, move.permission) ? { code: 'NOT_PERMITTED', params: { permission: move.permission } }
        : move.fourEyes.some((kind) => done.has(kind)) ? { code: 'FOUR_EYES', params: {} } : null;
    return { act: move.act, permission: move.permission, allowed: whyNot === null, whyNot };
  });
}
