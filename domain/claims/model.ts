/** Pure facts about closes, lines and statements: states with their lawful moves, acts, shapes. */
import type { Static } from '@sinclair/typebox';
import type { CloseRowSchema, FindingRowSchema, LineRowSchema, StatementRowSchema } from './contract.ts';

export type CloseRow = Static<typeof CloseRowSchema>;
export type FindingRow = Static<typeof FindingRowSchema>;
export type LineRow = Static<typeof LineRowSchema>;
export type StatementRow = Static<typeof StatementRowSchema>;
export type StatementState = StatementRow['state'];

/** billed = fund + person + refused, in fen. */
export interface Amounts {
  billedFen: number;
  fundFen: number;
  personFen: number;
  refusedFen: number;
}

/** An act on a statement: from which state to which, with which permission, and whose doers may not do it. */
export interface StatementAct {
  act: 'firstReview' | 'secondReview' | 'return' | 'pay';
  step: 'first' | 'second' | 'return' | 'pay';
  from: StatementState;
  to: StatementState;
  permission: string;
  event: string;
  fourEyes: readonly string[];
}

/** Drafted by the close → first review → approved by another person → paid by a third. A return goes back to the draft. */
export const STATEMENT_ACTS = {
  firstReview: { act: 'firstReview', step: 'first', from: 'drafted', to: 'firstReviewed', permission: 'claims.firstReview', event: 'claims.firstReviewed', fourEyes: [] },
  secondReview: { act: 'secondReview', step: 'second', from: 'firstReviewed', to: 'approved', permission: 'claims.secondReview', event: 'claims.approved', fourEyes: ['claims.firstReviewed'] },
  return: { act: 'return', step: 'return', from: 'firstReviewed', to: 'drafted', permission: 'claims.secondReview', event: 'claims.returned', fourEyes: [] },
  pay: { act: 'pay', step: 'pay', from: 'approved', to: 'paid', permission: 'claims.pay', event: 'claims.paid', fourEyes: ['claims.approved', 'claims.firstReviewed'] },
} as const satisfies Record<string, StatementAct>;

/** A reason as a line keeps it: code and those parameters that are no column of the line. */
export interface StoredReason {
  rule: string;
  code: string;
  params: Record<string, string | number | boolean | null>;
}
