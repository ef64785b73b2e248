/** The three named people with care: from application to a confirmed plan, by the acts of the office. */
import { confirmPlan, proposePlan } from '#domain/plans/index.ts';
import { addDays, firstOfNextMonth } from '#kit/days.ts';
import type { House } from '#server/house.ts';
import { CARED_FOR } from '../applicants.ts';
import { dailyItems, itemsOfVisits } from '../care.ts';
import { institution } from '../institutions.ts';
import type { NamedPerson } from '../named.ts';
import { worker } from '../workers.ts';
import { actors } from './accounts.ts';
import { actAt, walk } from './road.ts';
import type { Where } from './road.ts';

export async function tellNamedCare(house: House): Promise<void> {
  const actor = await actors(house);
  for (const one of CARED_FOR) await choosePlan(house, one, await walk(house, actor, one), actor('agency-01'));
}

/** Proposed and confirmed at the window after the conclusion; a plan that is there already is left alone. */
async function choosePlan(house: House, one: NamedPerson, where: Where, agency: Parameters<typeof actAt>[1]): Promise<void> {
  const care = one.care!;
  const { rows } = await house.platform.databases.owner.query<{ id: string; state: string }>('SELECT id, state FROM plans.plan WHERE person_id = $1', [where.personId]);
  const fromOn = firstOfNextMonth(where.noticeEndsOn!);
  const proposedOn = addDays(where.noticeEndsOn!, 2);
  const id = rows[0]?.id ?? (await actAt(house, agency, proposedOn, 600, (act) => proposePlan(act, {
    personId: where.personId!, mode: care.mode, institutionId: institution(care.institution).id, fromOn,
    items: care.visits === undefined ? dailyItems(one.grade) : itemsOfVisits(care.visits),
    ...(care.worker === undefined ? {} : { workerId: worker(care.worker).id }),
  }))).id;
  if (rows[0]?.state === 'confirmed') return;
  await actAt(house, agency, addDays(proposedOn, 1), 600, (act) => confirmPlan(act, id, { confirmerName: one.applicant.name }));
}
