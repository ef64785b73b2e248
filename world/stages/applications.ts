/** The first district's queues: cases in every state, a notice that runs, an objection that waits. */
import { objectToNotice } from '#domain/notices/index.ts';
import { PUBLIC } from '#platform/scope/actor.ts';
import type { House } from '#server/house.ts';
import { APPLICANTS } from '../applicants.ts';
import { OBJECTION, named } from '../named.ts';
import { actors } from './accounts.ts';
import { actAt, walk, whereStands } from './road.ts';

export async function tellApplications(house: House): Promise<void> {
  const actor = await actors(house);
  for (const one of APPLICANTS) await walk(house, actor, one);
  await object(house);
}

async function object(house: House): Promise<void> {
  const { noticeId } = await whereStands(house, named(OBJECTION.against));
  const { rows } = await house.platform.databases.owner.query('SELECT 1 FROM notices.objection WHERE notice_id = $1', [noticeId]);
  if (rows.length > 0) return;
  const { name, contact, statement } = OBJECTION;
  await actAt(house, PUBLIC, OBJECTION.on, 1180, (act) => objectToNotice(act, noticeId!, { name, contact, statement }));
}
