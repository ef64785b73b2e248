/** Binds the contract of fees to its acts. */
import type { Routes } from '#platform/module.ts';
import type { feeContract } from './contract.ts';
import { draftFees } from './draft.ts';
import { feePaper } from './paper.ts';
import { approveFees, firstReviewFees, payFees, readFeeLines, readFeeStatement, returnFees } from './reviews.ts';
import { listFeeMonths, listFeeStatements } from './store.ts';

export const feeRoutes: Routes<typeof feeContract> = {
  'GET /api/fee-months': (act, { query }) => listFeeMonths(act, query),
  'POST /api/fee-months': (act, { body }) => draftFees(act, body.districtCode, body.month),
  'GET /api/fee-statements': (act, { query }) => listFeeStatements(act, query),
  'GET /api/fee-statements/{id}': (act, { params }) => readFeeStatement(act, params.id),
  'GET /api/fee-statements/{id}/lines': (act, { params, query }) => readFeeLines(act, params.id, query),
  'GET /api/fee-statements/{id}/statement.pdf': (act, { params }) => feePaper(act, params.id),
  'POST /api/fee-statements/{id}/first-review': (act, { params, body }) => firstReviewFees(act, params.id, body.note ?? null),
  'POST /api/fee-statements/{id}/second-review': (act, { params, body }) => approveFees(act, params.id, body.note ?? null),
  'POST /api/fee-statements/{id}/return': (act, { params, body }) => returnFees(act, params.id, body.note),
  'POST /api/fee-statements/{id}/pay': (act, { params, body }) => payFees(act, params.id, body.note ?? null),
};
