/** Binds the contract of dispatch to its work. */
import type { Routes } from '#platform/module.ts';
import type { dispatchContract } from './contract.ts';
import { declareInterest, endInterest, pageOfInterests } from './interests.ts';
import { dispatchApplication, dispatchBatch, previewBatch } from './issue.ts';
import { assignPersons, readOrder, refuseOrder, takeOrder, withdrawOrder } from './orders.ts';
import { pageOfQueue, readProposal } from './propose.ts';
import { listOrders } from './store.ts';

export const dispatchRoutes: Routes<typeof dispatchContract> = {
  'GET /api/dispatch-queue': (act, { query }) => pageOfQueue(act, query),
  'GET /api/applications/{id}/dispatch-proposal': (act, { params }) => readProposal(act, params.id),
  'POST /api/applications/{id}/dispatch': (act, { params, body }) => dispatchApplication(act, params.id, body.institutionId, body.reason),
  'GET /api/dispatch-batches/preview': (act, { query }) => previewBatch(act, query),
  'POST /api/dispatch-batches': (act, { body }) => dispatchBatch(act, body),
  'GET /api/orders': (act, { query }) => listOrders(act, query),
  'GET /api/orders/{id}': (act, { params }) => readOrder(act, params.id),
  'POST /api/orders/{id}/accept': (act, { params }) => takeOrder(act, params.id),
  'POST /api/orders/{id}/refuse': (act, { params, body }) => refuseOrder(act, params.id, body),
  'POST /api/orders/{id}/assign': (act, { params, body }) => assignPersons(act, params.id, body),
  'POST /api/orders/{id}/withdraw': (act, { params, body }) => withdrawOrder(act, params.id, body),
  'GET /api/interests': (act, { query }) => pageOfInterests(act, query),
  'POST /api/interests': (act, { body }) => declareInterest(act, body),
  'POST /api/interests/{id}/end': (act, { params, body }) => endInterest(act, params.id, body),
};
