/** Endpoints of trials, bound to their work. */
import { refuse } from '#kit/refuse.ts';
import type { Routes } from '#platform/module.ts';
import { listCandidates, readChange, readTrial, tryCandidate, tryFile } from './actions.ts';
import type { trialContract } from './contract.ts';
import { findTrial, listChanges, listTrials } from './store.ts';

export const trialRoutes: Routes<typeof trialContract> = {
  'GET /api/scale/candidates': (act) => listCandidates(act),
  'POST /api/scale/trials': (act, { body }) => tryCandidate(act, body),
  'POST /api/scale/trials/file': (act, { query, upload }) => tryFile(act, upload, query),
  'GET /api/scale/trials': (act, { query }) => listTrials(act, query),
  'GET /api/scale/trials/{id}': (act, { params }) => readTrial(act, params.id),
  'GET /api/scale/trials/{id}/changes': async (act, { params, query }) => {
    if (!(await findTrial(act, params.id))) refuse('NOT_FOUND', {}, { status: 404 });
    return listChanges(act, params.id, query);
  },
  'GET /api/scale/trials/{id}/changes/{assessment}': (act, { params }) => readChange(act, params.id, params.assessment),
};
