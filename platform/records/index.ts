/** Front door of the records: history, decisions and their explanation, the policy book. It knows the modules only through what they hand over. */
import { refuse } from '#kit/refuse.ts';
import { defineModule } from '../module.ts';
import type { Module } from '../module.ts';
import { loadWords } from '../words/words.ts';
import type { Words } from '../words/words.ts';
import { bookOf, explain, explainToFamily, rerun } from './actions.ts';
import type { Known } from './actions.ts';
import { recordsContract } from './contract.ts';
import { policyRows, sourceRows } from './policy-rows.ts';
import { listDecisionsAbout, listHistory, listOwnDecisions } from './store.ts';
import type { DecisionOf } from './store.ts';
import { headlineOf, worded } from './wording.ts';

export { explain, rerun } from './actions.ts';
export type { Known } from './actions.ts';

/** The records of a house; `getModules` gives all its modules (this one among them) once they are all there. */
export function recordsModule(getModules: () => readonly Module[]): Module {
  let words: Words | undefined;
  const known = (): Known => {
    const modules = getModules();
    words ??= loadWords([{ name: 'platform', words: new URL('../', import.meta.url) }, { name: 'kit', words: new URL('../../kit/', import.meta.url) }, ...modules]);
    return { modules, words };
  };
  const row = ({ value, ...decision }: DecisionOf) => ({ ...decision, headline: headlineOf(known().words, decision.kind, value) });

  return defineModule('records', import.meta.url, recordsContract, {
    'GET /api/records/{id}/history': async (act, { params, query }) => {
      const { rows, total } = await listHistory(act, params.id, query);
      return { rows: rows.map((one) => worded(known().words, one)), total };
    },
    'GET /api/records/{id}/decisions': async (act, { params }) => (await listDecisionsAbout(act, params.id)).map(row),
    'GET /api/explanations/{id}': (act, { params }) => explain(act, known(), params.id),
    'POST /api/explanations/{id}/rerun': (act, { params, body }) => rerun(act, known(), params.id, body.city),
    'GET /api/family/explanations': async (act, { query }) => {
      const { rows, total } = await listOwnDecisions(act, query);
      return { rows: rows.map(row), total };
    },
    'GET /api/family/explanations/{id}': (act, { params }) => explainToFamily(act, known(), params.id),
    'GET /api/policy': async (act, { query: { city, ...filter } }) => policyRows(known().words, bookOf(act, city), act.today, filter),
    'GET /api/policy/{name}': async (act, { params, query }) => {
      const rows = policyRows(known().words, bookOf(act, query.city), act.today, { name: params.name, whole: true });
      return rows.length > 0 ? rows : refuse('NOT_FOUND', {}, { status: 404 });
    },
    'GET /api/policy-sources': async (act) => sourceRows(act.policy),
    'GET /api/policy-cities': async (act) =>
      act.policy.cities().map((one) => ({ city: one.city, code: one.code, name: one.name, complete: one.complete, fictional: one.fictional ?? false, own: one.city === act.policy.about.city })),
  });
}
