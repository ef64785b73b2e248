import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestHouse } from '#server/testing.ts';
import type { Caller, TestHouse } from '#server/testing.ts';
import { freshWorld } from '#world/testing.ts';

const PAGE_SIZE = 40;
let house: TestHouse;
let district: Caller;
let township: Caller;
const TOWNSHIP = '990101001';

beforeAll(async () => {
  house = await openTestHouse('2026-11-20T02:00:00Z', freshWorld());
  district = await house.signedIn({ signInName: 'list-district', displayName: '区', role: 'agencyOfficer', area: '990101' });
  township = await house.signedIn({ signInName: 'list-township', displayName: '街镇', role: 'townshipOfficer', area: TOWNSHIP });
}, 300_000);
afterAll(() => house.close());

/** Every page of a list one after another, and the totals that they told. */
async function pagesOf(call: Caller, query: string): Promise<{ ids: string[]; totals: Set<number> }> {
  const ids: string[] = [];
  const totals = new Set<number>();
  for (let page = 1; ; page += 1) {
    const answer = await call('GET', `/api/applications?${query}&pageSize=${PAGE_SIZE}&page=${page}`);
    expect(answer.statusCode, answer.body).toBe(200);
    const { rows, total } = answer.json() as { rows: { id: string }[]; total: number };
    totals.add(total);
    if (rows.length === 0) return { ids, totals };
    ids.push(...rows.map((row) => row.id));
  }
}

const known = async (where: string): Promise<string[]> => {
  const { rows } = await house.platform.databases.owner.query<{ id: string }>(`SELECT id FROM assessments.application WHERE ${where} ORDER BY filed_on DESC, id DESC`);
  return rows.map((row) => row.id);
};

describe('the pages of the list of applications', () => {
  test.each([
    ['', `district_code = '990101'`],
    ['state=concluded', `district_code = '990101' AND state = 'concluded'`],
    ['kind=initial', `district_code = '990101' AND kind = 'initial'`],
    ['q=qh', `district_code = '990101' AND strpos(lower(number), 'qh') > 0`],
    [`township=${TOWNSHIP}`, `district_code = '990101' AND township_code = '${TOWNSHIP}'`],
  ])('of a district with "%s" hold each application once, newest first, up to the last page, and tell how many there are', async (query, where) => {
    const { ids, totals } = await pagesOf(district, query);
    const expected = await known(where);
    expect(expected.length).toBeGreaterThan(PAGE_SIZE);
    expect(ids).toEqual(expected);
    expect([...totals]).toEqual([expected.length]);
  });

  test('of a township hold its own applications and no other, whatever district is asked for', async () => {
    const expected = await known(`township_code = '${TOWNSHIP}'`);
    expect((await pagesOf(township, '')).ids).toEqual(expected);
    expect(await pagesOf(township, 'district=990102')).toEqual({ ids: [], totals: new Set([0]) });
  });
});
