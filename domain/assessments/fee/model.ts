/** Pure facts about fee statements: states with their lawful moves. */
import type { Static } from '@sinclair/typebox';
import type { FeeCodeSchema, FeeStatementRowSchema } from './contract.ts';

export type FeeStatementRow = Static<typeof FeeStatementRowSchema>;
export type FeeState = FeeStatementRow['state'];
export type FeeCode = Static<typeof FeeCodeSchema>;

/** An act on a fee statement: from which state to which, with which permission, and whose doers may not do it. */
export interface FeeAct {
  act: 'firstReview' | 'secondReview' | 'return' | 'pay';
  step: 'first' | 'second' | 'return' | 'pay';
  from: FeeState;
  to: FeeState;
  permission: string;
  event: string;
  fourEyes: readonly string[];
}

/** Drafted → first review → approved by another person → paid by a third. A return goes back to the draft. */
export const FEE_ACTS = {
  firstReview: { act: 'firstReview', step: 'first', from: 'drafted', to: 'firstReviewed', permission: 'assessments.settleFees', event: 'assessments.feesFirstReviewed', fourEyes: [] },
  secondReview: { act: 'secondReview', step: 'second', from: 'firstReviewed', to: 'approved', permission: 'assessments.reviewFees', event: 'assessments.feesApproved', fourEyes: ['assessments.feesFirstReviewed'] },
  return: { act: 'return', step: 'return', from: 'firstReviewed', to: 'drafted', permission: 'assessments.reviewFees', event: 'assessments.feesReturned', fourEyes: [] },
  pay: { act: 'pay', step: 'pay', from: 'approved', to: 'paid', permission: 'assessments.payFees', event: 'assessments.feesPaid', fourEyes: ['assessments.feesApproved', 'assessments.feesFirstReviewed'] },
} as const satisfies Record<string, FeeAct>;
