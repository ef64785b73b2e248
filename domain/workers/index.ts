/** Front door of workers. */
import { defineModule } from '#platform/module.ts';
import { addWorker, getWorker } from './actions.ts';
import { workersContract } from './contract.ts';
import { listWorkers } from './store.ts';

export { addWorker, getWorker, importWorkers } from './actions.ts';
export { findWorker } from './store.ts';
export type { NewWorker, Worker, WorkerRow } from './store.ts';

export const workers = defineModule('workers', import.meta.url, workersContract, {
  'GET /api/workers': (act, { query }) => listWorkers(act, query),
  'GET /api/workers/{id}': (act, { params }) => getWorker(act, params.id),
  'POST /api/workers': (act, { body }) => addWorker(act, body),
});
