/** The proposal for one case, and for each case of the queue. */
import type { Static } from '@sinclair/typebox';
import type { Decision } from '#kit/decision.ts';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { PolicyProblem } from '#platform/policy/index.ts';
import { mayAct } from '../model.ts';
import { getApplication, stateParams } from '../actions/case.ts';
import { dueOf, overdueCutoff } from '../rules/due.ts';
import type { dispatchContract } from './contract.ts';
import { factsOf, gatherAvoidances, gatherInstitutions } from './facts.ts';
import type { CaseToDispatch } from './facts.ts';
import { decideDispatch } from './rules.ts';
import type { Proposal } from './rules.ts';
import { listWaiting } from './store.ts';
import type { WaitingCase } from './store.ts';

type Queue = Static<(typeof dispatchContract)['GET /api/dispatch-queue']['output']>;
type Shown = Static<(typeof dispatchContract)['GET /api/applications/{id}/dispatch-proposal']['output']>;

/** The order in which a case is offered today. */
export async function proposalFor(act: Act, one: CaseToDispatch): Promise<Decision<Proposal>> {
  const avoided = await gatherAvoidances(act, one.districtCode, [one]);
  return decideDispatch(factsOf(act, one, await gatherInstitutions(act), avoided.get(one.id) ?? []), act.policy);
}

/** The proposal as the officer reads it. Refuses with NOT_FOUND, or APPLICATION_STATE when the case cannot be dispatched. */
export async function readProposal(act: Act, id: string): Promise<Shown> {
  const application = await getApplication(act, id);
  if (!mayAct('dispatch', application.state)) refuse('APPLICATION_STATE', stateParams(application.state), { status: 409 });
  const { value, reasons } = await proposalFor(act, application);
  return { applicationId: id, number: application.number, ...value, reasons };
}

/** Cases that wait for dispatch with what is proposed for each; cases back from an institution say so. */
export async function pageOfQueue(act: Act, query: { q?: string; district?: string; township?: string; overdue?: boolean; page?: number; pageSize?: number }): Promise<Queue> {
  const page = await listWaiting(act, query, query.overdue === true ? overdueCutoff(act.today, act.policy) : null);
  const institutions = await gatherInstitutions(act);
  const byDistrict = new Map<string, WaitingCase[]>();
  for (const one of page.rows) byDistrict.set(one.districtCode, [...(byDistrict.get(one.districtCode) ?? []), one]);
  const avoided = new Map((await Promise.all([...byDistrict].map(([district, cases]) => gatherAvoidances(act, district, cases)))).flatMap((one) => [...one]));
  const rows = page.rows.map((one) => {
    const { proposed, excluded } = decideDispatch(factsOf(act, one, institutions, avoided.get(one.id) ?? []), act.policy).value;
    const { id, number, personName, kind, townshipCode, districtCode, acceptedOn, givenBack } = one;
    return { id, number, personName, kind, townshipCode, districtCode, acceptedOn, givenBack, ...clockOf(act, one), first: proposed[0] ?? null, others: Math.max(0, proposed.length - 1), excluded };
  });
  return { rows, total: page.total };
}

function clockOf(act: Act, one: WaitingCase): { dueOn: string | null; workingDaysLeft: number | null; overdue: boolean; calendarMissing: string | null } {
  const due = dueOf('accepted', one.returnedOn ?? one.acceptedOn, act.today, act.policy);
  return { ...due, workingDaysLeft: due.dueOn === null ? null : workingDaysLeft(act, due.dueOn) };
}

function workingDaysLeft(act: Act, dueOn: string): number | null {
  const { countWorkingDays } = act.policy.workingDays;
  try {
    return dueOn >= act.today ? countWorkingDays(act.today, dueOn) : -countWorkingDays(dueOn, act.today);
  } catch (error) {
    if (error instanceof PolicyProblem) return null;
    throw error;
  }
}
