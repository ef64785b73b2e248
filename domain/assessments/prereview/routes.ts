/** The pre-review, bound to its work. */
import type { Routes } from '#platform/module.ts';
import type { preReviewContract } from './contract.ts';
import { readPreReviews, recordPreReview } from './actions.ts';
import { printSheet } from './sheet.ts';

export const preReviewRoutes: Routes<typeof preReviewContract> = {
  'GET /api/applications/{id}/pre-reviews': (act, { params }) => readPreReviews(act, params.id),
  'POST /api/applications/{id}/pre-reviews': (act, { params, body }) => recordPreReview(act, params.id, body),
  'GET /api/applications/{id}/pre-review-sheet.pdf': (act, { params }) => printSheet(act, params.id),
};
