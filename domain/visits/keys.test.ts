/** What a visit names is registered: the database asks once per statement, over all rows that it adds. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#kit/ids.ts';
import { openTestHouse } from '#server/testing.ts';
import type { TestHouse } from '#server/testing.ts';
import { Fixture, ordinaryHome } from '#domain/claims/fixture.ts';

const DISTRICT = '990102';
let house: TestHouse;
let known: Record<string, unknown>;
beforeAll(async () => {
  house = await openTestHouse();
  const fixture = new Fixture(house.platform.databases.owner, DISTRICT);
  const { person, institution, worker } = await ordinaryHome(fixture);
  await fixture.visits([{ person, institution, worker, day: '2026-09-01', from: 540, until: 600, ref: 'known' }]);
  [known] = (await house.platform.databases.owner.query('SELECT * FROM visits.visit')).rows as [Record<string, unknown>];
});
afterAll(() => house.close());

/** The known visit once more as it is, and once with the changes, in one statement. */
const add = (changes: Record<string, unknown>) =>
  house.platform.databases.owner.query(`INSERT INTO visits.visit SELECT * FROM jsonb_populate_recordset(NULL::visits.visit, $1)`,
    [JSON.stringify([{ ...known, id: newId(), source_ref: newId() }, { ...known, id: newId(), source_ref: newId(), ...changes }])]);
const count = async () => (await house.platform.databases.owner.query('SELECT count(*) AS n FROM visits.visit')).rows[0].n as number;

test.each(['person_id', 'worker_id', 'institution_id', 'plan_id', 'intake_id'])('a visit with an unknown %s is not stored, nor what came with it', async (column) => {
  const before = await count();
  await expect(add({ [column]: newId() })).rejects.toMatchObject({ code: '23503', table: 'visit', message: expect.stringContaining('not registered') });
  expect(await count()).toBe(before);
});

test('a person of another district is unknown here', async () => {
  await expect(add({ district_code: '990103' })).rejects.toMatchObject({ code: '23503' });
});

test('what is registered is stored', async () => {
  const before = await count();
  await add({});
  expect(await count()).toBe(before + 2);
});
