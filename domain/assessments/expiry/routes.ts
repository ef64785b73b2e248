/** The endpoints of what is known for the next application. */
import type { Routes } from '#platform/module.ts';
import type { expiryContract } from './contract.ts';
import { draftFiling, draftOwnFiling } from './draft.ts';

export const expiryRoutes: Routes<typeof expiryContract> = {
  'GET /api/people/{id}/filing-draft': (act, { params }) => draftFiling(act, params.id),
  'GET /api/family/persons/{id}/filing-draft': (act, { params }) => draftOwnFiling(act, params.id),
};
