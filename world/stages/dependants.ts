/** The dependants with their whole past, district by district, in one transaction. */
import type { House } from '#server/house.ts';
import { DEPENDANTS } from '../dependants.ts';
import { PastBook } from '../past/book.ts';
import type { Staff } from '../past/book.ts';
import { writeCase } from '../past/case.ts';
import { writeConclusion, writePlan } from '../past/conclusion.ts';
import { writePerson } from '../past/person.ts';
import type { Client } from '../rows.ts';
import { insertRows } from '../rows.ts';
import { CARE_DISTRICTS } from '../today.ts';
import { worker } from '../workers.ts';
import { actors } from './accounts.ts';

export async function loadDependants(client: Client, house: House): Promise<void> {
  const staff = await staffByDistrict(house);
  const book = new PastBook(house.platform.policy);
  const inOrder = [...DEPENDANTS].sort((a, b) => a.filedOn.localeCompare(b.filedOn) || a.key.localeCompare(b.key));
  for (const one of inOrder) {
    const team = staff.get(one.district)!;
    writePerson(book, one, team);
    writeConclusion(book, one, team, writeCase(book, one, team));
    writePlan(book, one, team);
  }
  for (const [table, rows] of book.tables) await insertRows(client, table, rows);
  await book.numbers.keep(client);
}

async function staffByDistrict(house: House): Promise<Map<string, Staff>> {
  const actor = await actors(house);
  const somebody = (signInName: string) => ({ id: actor(signInName).accountId, name: actor(signInName).name });
  return new Map(CARE_DISTRICTS.map((district) => {
    const nn = district.slice(4);
    return [district, { officer: somebody(`agency-${nn}`), assessor: somebody(`assessor-${nn}`), second: worker(`assess-${nn}/assessor-2`).name, experts: [somebody(`expert-${nn}a`), somebody(`expert-${nn}b`)] }];
  }));
}
