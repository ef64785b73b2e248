/** The endpoints of pauses and re-checks, bound to their acts. */
import type { Routes } from '#platform/module.ts';
import { decideRecheck, getSuspension, openRecheck, suspendBenefit } from './actions.ts';
import type { suspensionContract } from './contract.ts';
import { listSuspensions } from './store.ts';

export const suspensionRoutes: Routes<typeof suspensionContract> = {
  'GET /api/suspensions': (act, { query }) => listSuspensions(act, query),
  'GET /api/suspensions/{id}': (act, { params }) => getSuspension(act, params.id),
  'POST /api/people/{id}/suspensions': (act, { params, body }) => suspendBenefit(act, params.id, body),
  'POST /api/suspensions/{id}/rechecks': (act, { params, body }) => openRecheck(act, params.id, body),
  'POST /api/rechecks/{id}/result': (act, { params, body }) => decideRecheck(act, params.id, body),
};
