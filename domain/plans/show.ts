/** A plan as it is shown: items by name, minutes of a week against the cap, what a week is expected to cost, and why it was admitted. */
import type { OutputOf } from '#kit/contract.ts';
import type { Act } from '#platform/act.ts';
import { listDecisions } from '#platform/decisions/keep.ts';
import { catalogue, getInstitution } from '#domain/providers/index.ts';
import { getPlan } from './actions.ts';
import type { plansContract } from './contract.ts';
import { NEXT_ACTS, weekMinOf } from './model.ts';
import { decidePlan } from './rules.ts';
import type { StoredPlan } from './store.ts';
import { listItems, plansOfPersons } from './store.ts';

type PlanShown = OutputOf<(typeof plansContract)['GET /api/plans/{id}']>;

/** A plan in scope, whole; refuses with NOT_FOUND. */
export async function showPlan(act: Act, id: string): Promise<PlanShown> {
  return show(act, await getPlan(act, id));
}

/** All plans of the actor's own persons. */
export async function showOwnPlans(act: Act): Promise<PlanShown[]> {
  const plans = await plansOfPersons(act, act.actor.persons.map((one) => one.personId));
  const shown: PlanShown[] = [];
  for (const plan of plans) shown.push(await show(act, plan));
  return shown;
}

async function show(act: Act, plan: StoredPlan): Promise<PlanShown> {
  const items = (await listItems(act, [plan.id])).map(({ planId: _, ...item }) => item);
  const names = new Map((act.policy.has(catalogue, plan.fromOn) ? act.policy.edition(catalogue, plan.fromOn).value.items : []).map((item) => [item.code, item]));
  const weekMin = items.reduce((sum, item) => sum + weekMinOf(item, plan.origin), 0);
  const institution = await getInstitution(act, plan.institutionId);
  // The same sums as at the admission, for the grade that counts now; imported pairs count once.
  const counted = items.map((item) => (plan.origin === 'imported' ? { ...item, carers: 1 } : item));
  const { value } = decidePlan({ mode: plan.mode, fromOn: plan.fromOn, grade: plan.grade, entitledFromOn: null, institutionKind: institution.kind, items: counted }, act.policy);
  const kept = (await listDecisions(act, plan.id)).filter((one) => one.kind === 'plans.admission');
  return {
    ...plan,
    items: items.map((item) => ({ ...item, zh: names.get(item.itemCode)?.zh ?? item.itemCode, en: names.get(item.itemCode)?.en ?? item.itemCode, weekMin: weekMinOf(item, plan.origin) })),
    weekMin,
    weeklyCapMin: value.weeklyCapMin,
    week: value.week,
    nextActs: [...NEXT_ACTS[plan.state]],
    reasons: kept.at(-1)?.reasons ?? [],
  };
}
