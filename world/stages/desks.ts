/** What stands at each desk of assessment on the last day of the story. */
import type { House } from '#server/house.ts';
import { actors } from './accounts.ts';
import { tellCare } from './desks/care.ts';
import { declareInterest, suspendAssessor, tellOrders, tellPapers } from './desks/papers.ts';
import { tellPosters } from './desks/posters.ts';
import { tellResults } from './desks/results.ts';

export async function tellDesks(house: House): Promise<void> {
  const office = { house, actor: await actors(house) };
  await tellCare(office);
  await declareInterest(office);
  await suspendAssessor(office);
  await tellResults(office);
  await tellPosters(office);
  await tellPapers(office);
  await tellOrders(office);
}
