/** Front door of plans. */
import { defineModule } from '#platform/module.ts';
import { catalogue } from '#domain/providers/policy.ts';
import { confirmOwnPlan, confirmPlan, declineOwnPlan, declinePlan, endAfterRecheck, endPlan, proposePlan } from './actions.ts';
import { plansContract } from './contract.ts';
import { expiryQueueRoutes } from './expiry/routes.ts';
import { figureNeeds } from './figures.ts';
import { policyNeeds } from './policy.ts';
import { decidePlan, type PlanFacts } from './rules.ts';
import { showOwnPlans, showPlan } from './show.ts';
import { listPlans } from './store.ts';

export { confirmPlan, declinePlan, endPlan, getPlan, proposePlan } from './actions.ts';
export { importPlans } from './import.ts';
export type { ImportedPlan, PlanImport } from './import.ts';
export { modes } from './policy.ts';
export { decidePlan } from './rules.ts';
export type { Admission, PlanFacts } from './rules.ts';

export const plans = defineModule(
  'plans',
  import.meta.url,
  plansContract,
  {
    ...expiryQueueRoutes,
    'GET /api/plans': (act, { query }) => listPlans(act, query),
    'GET /api/plans/{id}': (act, { params }) => showPlan(act, params.id),
    'POST /api/plans': (act, { body }) => proposePlan(act, body),
    'POST /api/plans/{id}/confirm': (act, { params, body }) => confirmPlan(act, params.id, body),
    'POST /api/plans/{id}/decline': (act, { params, body }) => declinePlan(act, params.id, body.note),
    'POST /api/plans/{id}/end': (act, { params, body }) => endPlan(act, params.id, body),
    'GET /api/family/plans': (act) => showOwnPlans(act),
    'POST /api/family/plans/{id}/confirm': (act, { params }) => confirmOwnPlan(act, params.id),
    'POST /api/family/plans/{id}/decline': (act, { params, body }) => declineOwnPlan(act, params.id, body.note),
  },
  {
    policy: [...policyNeeds, ...figureNeeds],
    on: [{ event: 'assessments.serviceEnded', job: 'plans.endAfterRecheck', run: endAfterRecheck }],
    codeNames: (act, { facts }) => new Map(act.policy.edition(catalogue, String(facts['fromOn'])).value.items.map(({ code, zh, en }) => [code, { zh, en }])),
    reruns: { 'plans.admission': async (act, kept) => decidePlan(kept.facts as unknown as PlanFacts, act.policy) },
  },
);
