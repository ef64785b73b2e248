/** Binds the contract of related parties to its work. */
import type { Routes } from '#platform/module.ts';
import { endParty, endPause, listParties, pauseAgreement, registerParty } from './actions.ts';
import type { partiesContract } from './contract.ts';

export const partiesRoutes: Routes<typeof partiesContract> = {
  'GET /api/institutions/{id}/related-parties': (act, { params }) => listParties(act, params.id),
  'POST /api/institutions/{id}/related-parties': (act, { params, body }) => registerParty(act, params.id, body),
  'POST /api/related-parties/{id}/end': (act, { params, body }) => endParty(act, params.id, body.toOn),
  'POST /api/institutions/{id}/pauses': (act, { params, body }) => pauseAgreement(act, params.id, body),
  'POST /api/pauses/{id}/end': (act, { params, body }) => endPause(act, params.id, body.toOn),
};
