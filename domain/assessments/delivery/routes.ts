/** The endpoints of delivery, bound to their acts. */
import type { Routes } from '#platform/module.ts';
import { keepProof, pageOfWaiting, readDeliveries, readProof, recordDelivery } from './actions.ts';
import type { deliveryContract } from './contract.ts';
import { printDeliveryForm } from './form.ts';
import { messageAllWaiting } from './message.ts';

export const deliveryRoutes: Routes<typeof deliveryContract> = {
  'GET /api/deliveries/waiting': (act, { query }) => pageOfWaiting(act, query),
  'POST /api/deliveries/messages': (act, { body }) => messageAllWaiting(act, body),
  'GET /api/conclusions/{id}/deliveries': (act, { params }) => readDeliveries(act, params.id),
  'POST /api/conclusions/{id}/deliveries': (act, { params, body }) => recordDelivery(act, params.id, body),
  'POST /api/conclusions/{id}/delivery-proofs': (act, { params, upload }) => keepProof(act, params.id, upload),
  'GET /api/deliveries/proofs/{id}/file': (act, { params }) => readProof(act, params.id),
  'GET /api/conclusions/{id}/delivery-form.pdf': (act, { params }) => printDeliveryForm(act, params.id),
};
