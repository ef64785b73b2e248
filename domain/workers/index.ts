/** Front door of workers. */
import { defineModule } from '#platform/module.ts';
import { addWorker, getWorker } from './actions.ts';
import { workersContract } from './contract.ts';
import { policyNeeds } from './policy.ts';
import { registerRoutes } from './register/routes.ts';
import { decideStanding } from './rules/standing.ts';
import type { StandingFacts } from './rules/standing.ts';
import { listWorkers } from './store.ts';

export { addWorker, getWorker, importWorkers } from './actions.ts';
export { findWorker } from './store.ts';
export { admitAssessor, demandActiveAssessor, recordTraining, standingsOf } from './register/actions.ts';
export { listAccountsOf } from './register/store.ts';
export type { SendableAccount } from './register/store.ts';
export { decideStanding } from './rules/standing.ts';
export type { Standing, StandingFacts } from './rules/standing.ts';
export type { NewWorker, Worker, WorkerRow } from './store.ts';

export const workers = defineModule('workers', import.meta.url, workersContract, {
  'GET /api/workers': (act, { query }) => listWorkers(act, query),
  'GET /api/workers/{id}': (act, { params }) => getWorker(act, params.id),
  'POST /api/workers': (act, { body }) => addWorker(act, body),
  ...registerRoutes,
}, {
  policy: policyNeeds,
  reruns: { 'workers.standing': async (act, { facts }) => decideStanding(facts as unknown as StandingFacts, act.policy) },
});
