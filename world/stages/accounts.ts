/** The demo accounts, and the actors that act for them when the world is told. */
import type { House } from '#server/house.ts';
import { actorOf, createAccount, findAccountByName } from '#platform/identity/accounts.ts';
import type { Actor } from '#platform/scope/actor.ts';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '../accounts.ts';
import type { DemoAccount } from '../accounts.ts';
import { institution } from '../institutions.ts';
import { named } from '../named.ts';
import { worker } from '../workers.ts';

const OPENED_AT = new Date('2024-12-02T01:00:00Z');

/** Makes the accounts that are not there yet; family accounts come after their persons. Safe to repeat. */
export async function openAccounts(house: House, of: 'staff' | 'family'): Promise<void> {
  const db = house.platform.databases.ownerDb;
  const wanted = DEMO_ACCOUNTS.filter((one) => (one.persons !== undefined) === (of === 'family'));
  await Promise.all(wanted.map(async (one) => {
    if (await findAccountByName(db, one.signInName)) return;
    await createAccount(db, { ...(await scopeOf(house, one)), signInName: one.signInName, displayName: one.displayName, role: one.role, demoPassword: DEMO_PASSWORD }, OPENED_AT);
  }));
}

async function scopeOf(house: House, one: DemoAccount) {
  return {
    area: one.area ?? null,
    institutionId: one.institution === undefined ? null : institution(one.institution).id,
    workerId: one.worker === undefined ? null : worker(one.worker).id,
    persons: await Promise.all((one.persons ?? []).map((name) => personOf(house, name))),
  };
}

async function personOf(house: House, name: string): Promise<{ districtCode: string; personId: string }> {
  const { rows } = await house.platform.databases.owner.query<{ districtCode: string; personId: string }>('SELECT district_code AS "districtCode", id AS "personId" FROM people.person WHERE identity_number = $1', [named(name).identityNumber]);
  if (!rows[0]) throw new Error(`${name} must be registered before an account stands for them`);
  return rows[0];
}

/** Actors by sign-in name. */
export async function actors(house: House): Promise<(signInName: string) => Actor> {
  const found = new Map<string, Actor>();
  for (const { signInName } of DEMO_ACCOUNTS) {
    const account = await findAccountByName(house.platform.databases.ownerDb, signInName);
    if (account) found.set(signInName, actorOf(account));
  }
  return (signInName) => {
    const actor = found.get(signInName);
    if (!actor) throw new Error(`the world has no account ${signInName} yet`);
    return actor;
  };
}
