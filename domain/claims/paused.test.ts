import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestHouse } from '#server/testing.ts';
import type { TestHouse } from '#server/testing.ts';
import { closeMonth } from './close.ts';
import { DISTRICT, Fixture, ordinaryHome } from './fixture.ts';

const MONTH = '2026-09';

describe('care while the benefit is paused', () => {
  let house: TestHouse;
  let fixture: Fixture;
  beforeAll(async () => {
    house = await openTestHouse('2026-10-08T02:00:00Z');
    fixture = new Fixture(house.platform.databases.owner);
  });
  afterAll(() => house.close());

  interface Line { id: string; ref: string; outcome: string; fund_fen: number; codes: string[] }
  const lines = async (like: string): Promise<Line[]> => (await house.platform.databases.owner.query<Line>(
    `SELECT id, source_ref AS ref, outcome, fund_fen::int, ARRAY(SELECT x->>'code' FROM jsonb_array_elements(reasons) x) AS codes FROM claims.line WHERE source_ref LIKE $1 ORDER BY source_ref`, [like])).rows;

  test('is refused on its first and its last day, paid on the day before and the day of resumption, and explained to the family', async () => {
    const { person, institution, worker } = await ordinaryHome(fixture);
    await fixture.suspension(person, '2026-09-10', '2026-09-12');
    const visit = (day: string) => ({ person, institution, worker, day, from: 540, until: 600, ref: `p-${day.slice(8)}` });
    const lasting = await ordinaryHome(fixture);
    await fixture.suspension(lasting.person, '2026-09-20');
    await fixture.visits([...['2026-09-09', '2026-09-10', '2026-09-12', '2026-09-13'].map(visit), ...['2026-09-19', '2026-09-20', '2026-09-30'].map((day) => ({ ...lasting, day, from: 540, until: 600, ref: `q-${day.slice(8)}` }))]);
    // A home in care: the plan is paid by the day.
    const home = await fixture.institution('柳溪护理院', 'careHome');
    const inmate = await fixture.person({ grade: 5 });
    await fixture.plan(inmate, home, { mode: 'institution', items: [] });
    await fixture.suspension(inmate, '2026-09-15', '2026-09-28');
    await house.act((act) => closeMonth(act, DISTRICT, MONTH));
    expect((await lines('p-%')).map((one) => [one.ref, one.outcome])).toEqual([['p-09', 'paid'], ['p-10', 'refused'], ['p-12', 'refused'], ['p-13', 'paid']]);
    expect((await lines('q-%')).map((one) => [one.ref, one.outcome])).toEqual([['q-19', 'paid'], ['q-20', 'refused'], ['q-30', 'refused']]);
    const refused = (await lines('p-10'))[0]!;
    expect(refused.codes).toContain('OUTSIDE_ENTITLEMENT_PAUSED');
    const days = (await house.platform.databases.owner.query<{ outcome: string; days: number }>(`SELECT outcome, count(*)::int AS days FROM claims.line WHERE kind = 'day' AND person_id = $1 GROUP BY outcome ORDER BY outcome`, [inmate])).rows;
    expect(days).toEqual([{ outcome: 'paid', days: 16 }, { outcome: 'refused', days: 14 }]);
    const family = await house.signedIn({ signInName: 'family-p', displayName: '家属', role: 'family', persons: [{ districtCode: DISTRICT, personId: person }] });
    const told = (await family('GET', `/api/family/explanations/${refused.id}`)).body;
    expect(told).toContain('从 2026-09-10 起待遇暂停了');
    const agency = await house.signedIn({ signInName: 'agency-p', displayName: '经办', role: 'agencyOfficer', area: DISTRICT });
    const again = (await agency('POST', `/api/explanations/${refused.id}/rerun`, {})).json();
    expect(JSON.stringify(again)).toContain('OUTSIDE_ENTITLEMENT_PAUSED');
    const lastingLine = (await lines('q-30'))[0]!;
    expect((await agency('GET', `/api/explanations/${lastingLine.id}`)).body).toContain('尚未恢复');
  });

  test('of a result that a review replaced from its first day stays paid in a closed month, and is priced by the new one in the next', async () => {
    const { person, institution, worker } = await ordinaryHome(fixture, { grade: 5 });
    const owner = house.platform.databases.owner;
    house.clock.now = new Date('2026-12-08T02:00:00Z');
    await fixture.visits([{ person, institution, worker, day: '2026-10-05', from: 540, until: 600, ref: 'r-oct' }, { person, institution, worker, day: '2026-11-05', from: 540, until: 600, ref: 'r-nov' }]);
    const october = await house.act((act) => closeMonth(act, DISTRICT, '2026-10'));
    expect(await lines('r-oct')).toMatchObject([{ outcome: 'paid' }]);
    // The review finds no disability: the first conclusion counts on no day any more.
    await owner.query(`UPDATE assessments.conclusion SET ended_on = effective_on - 1, end_reason = 'replacedFromStart' WHERE person_id = $1`, [person]);
    await fixture.conclusion(person, 0, '2026-01-01', '2027-12-31');
    const { again, ...repeated } = await house.act((act) => closeMonth(act, DISTRICT, '2026-10'));
    expect({ ...repeated, again }).toEqual({ ...october, again: true });
    expect(await lines('r-oct')).toMatchObject([{ outcome: 'paid' }]);
    await house.act((act) => closeMonth(act, DISTRICT, '2026-11'));
    expect(await lines('r-nov')).toMatchObject([{ outcome: 'refused', fund_fen: 0, codes: expect.arrayContaining(['OUTSIDE_ENTITLEMENT_GRADE']) }]);
  });
});
