/** The dependants with their whole past, district by district, in one transaction. */
import type { House } from '#server/house.ts';
import { ASSESSED } from '../assessed.ts';
import { DEPENDANTS } from '../dependants.ts';
import type { Dependant, PastPerson } from '../dependants.ts';
import { PastBook } from '../past/book.ts';
import type { Staff, Team } from '../past/book.ts';
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
  const inOrder: (PastPerson | Dependant)[] = [...DEPENDANTS, ...ASSESSED].sort((a, b) => a.filedOn.localeCompare(b.filedOn) || a.key.localeCompare(b.key));
  for (const one of inOrder) {
    const team = staff.get(one.district)!;
    writePerson(book, one, team);
    writeConclusion(book, one, team, writeCase(book, one, team));
    if ('planId' in one) writePlan(book, one, team);
  }
  for (const [table, rows] of book.tables) await insertRows(client, table, rows);
  await book.numbers.keep(client);
}

async function staffByDistrict(house: House): Promise<Map<string, Staff>> {
  const actor = await actors(house);
  const somebody = (signInName: string) => ({ id: actor(signInName).accountId, name: actor(signInName).name });
  return new Map(CARE_DISTRICTS.map((district) => {
    const nn = district.slice(4);
    const team = (key: string, assessor: string, experts: readonly [string, string]): Team =>
      ({ officer: somebody(key), assessor: somebody(assessor), second: worker(`${key}/assessor-2`).name, experts: [somebody(experts[0]), somebody(experts[1])] });
    const teams = {
      [`assess-${nn}`]: team(`assess-${nn}`, `assessor-${nn}`, [`expert-${nn}a`, `expert-${nn}b`]),
      ...(nn === '01' ? { 'assess-01b': team('assess-01b', 'assessor-01b', ['expert-01d', 'expert-01e']) } : {}),
    };
    return [district, { officer: somebody(`agency-${nn}`), insurer: somebody(`insurer-${nn}`), teams }];
  }));
}
