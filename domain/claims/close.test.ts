import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestHouse } from '#server/testing.ts';
import type { TestHouse } from '#server/testing.ts';
import { closeMonth } from './close.ts';
import { DISTRICT, Fixture, ordinaryHome } from './fixture.ts';

describe('a month close', () => {
  let house: TestHouse;
  let fixture: Fixture;
  beforeAll(async () => {
    house = await openTestHouse('2026-10-08T02:00:00Z');
    fixture = new Fixture(house.platform.databases.owner);
  });
  afterAll(() => house.close());

  test('prices a visit by the minute and splits it exactly', async () => {
    const { person, institution, worker } = await ordinaryHome(fixture);
    await fixture.visits([{ person, institution, worker, day: '2026-09-01', from: 540, until: 587, ref: 'a' }]);
    const closed = await house.act((act) => closeMonth(act, DISTRICT, '2026-09'));
    // 47 min × 4000 fen / 60 = 3133.33 → 3133; 90 % = 2819.7 → 2820.
    expect(closed).toMatchObject({ visits: 1, lines: 1, findings: 0, billedFen: 3133, fundFen: 2820, personFen: 313, refusedFen: 0, again: false });
  });
});
