import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Month } from '#kit/days.ts';
import { openTestHouse } from '#server/testing.ts';
import type { TestHouse } from '#server/testing.ts';
import { closeMonth } from './close.ts';
import { Fixture } from './fixture.ts';
import type { NewVisit } from './fixture.ts';
import { listFindings } from './store.ts';

let house: TestHouse;
const scenes = ['990101', '990102', '990103', '990104', '990105'].flatMap((district) => ['2026-05', '2026-07', '2026-09'].map((month) => ({ district, month })));

/** One carer (or more) and the homes of one institution in a district's month of its own. */
async function round(homes: number, carers = 1) {
  const { district, month } = scenes.shift()!;
  const fixture = new Fixture(house.platform.databases.owner, district);
  const institution = await fixture.institution();
  const workers = await Promise.all(Array.from({ length: carers }, () => fixture.worker(institution)));
  const people = await Promise.all(Array.from({ length: homes }, () => fixture.person()));
  for (const person of people) await fixture.plan(person, institution, { items: [{ code: 'QH-L05', minutes: 60, timesPerDay: 9 }] });
  const visit = (worker: number, person: number, from: number, until: number, ref: string, more: Partial<NewVisit> = {}): NewVisit => ({ worker: workers[worker]!, person: people[person]!, institution, day: `${month}-07`, from, until, ref, ...more });
  const found = async (visits: NewVisit[]) => {
    await fixture.visits(visits);
    await house.act((act) => closeMonth(act, district, month));
    return findingsOf(district, month);
  };
  return { fixture, people, visit, found };
}

async function findingsOf(district: string, month: Month): Promise<string[]> {
  const { rows } = await house.act((act) => listFindings(act, { district, month, pageSize: 200 }));
  return rows.map(({ code, ref }) => `${ref} ${code}`).toSorted();
}

beforeAll(async () => {
  house = await openTestHouse('2026-10-08T02:00:00Z');
});
afterAll(() => house.close());

describe('a carer in two places', () => {
  test('is found from the first shared minute, not when one visit ends as the next begins', async () => {
    const { visit, found } = await round(4);
    expect(await found([visit(0, 0, 540, 600, 'a'), visit(0, 1, 600, 660, 'b'), visit(0, 2, 659, 700, 'c')])).toEqual(['c CARER_OVERLAP']);
  });

  test('is found in a visit contained in a longer one, also behind a short one', async () => {
    const { visit, found } = await round(4);
    expect(await found([visit(0, 0, 540, 605, 'a'), visit(0, 1, 550, 560, 'b'), visit(0, 2, 570, 580, 'c'), visit(0, 3, 605, 640, 'd')])).toEqual(['b CARER_OVERLAP', 'c CARER_OVERLAP']);
  });

  test('is no evidence against the next: what was found does not count as the visit before', async () => {
    const { visit, found } = await round(4);
    // b overlaps a and is found; c overlaps only b and stands.
    expect(await found([visit(0, 0, 540, 600, 'a'), visit(0, 1, 590, 650, 'b'), visit(0, 2, 640, 700, 'c')])).toEqual(['b CARER_OVERLAP']);
  });

  test('is judged by the paid part of a visit that was cut', async () => {
    const { visit, found } = await round(2);
    // 80 minutes where 60 are planned: paid until 10:00, so the next visit at 10:00 stands.
    expect(await found([visit(0, 0, 540, 620, 'a'), visit(0, 1, 600, 640, 'b')])).toEqual(['a OVER_LONG_PLAN']);
  });

  test('is not found against a visit that another rule has refused', async () => {
    const { visit, found } = await round(2);
    expect(await found([visit(0, 0, 540, 600, 'a', { item: 'QH-L06' }), visit(0, 1, 570, 620, 'b')])).toEqual(['a PLAN_ITEM']);
  });

  test('is found across midnight', async () => {
    const { visit, found } = await round(2);
    expect(await found([visit(0, 0, 1410, 1470, 'a'), visit(0, 1, 1460, 1500, 'b')])).toEqual(['b CARER_OVERLAP']);
  });
});

describe('a person served twice at once', () => {
  test('is found, except for the two visits of a planned pair', async () => {
    const { visit, found } = await round(2, 3);
    expect(await found([
      visit(0, 0, 540, 600, 'a', { pair: 'p' }), visit(1, 0, 540, 580, 'b', { pair: 'p' }), visit(2, 0, 590, 620, 'c'),
      visit(0, 1, 700, 760, 'd'), visit(1, 1, 730, 760, 'e'),
    ])).toEqual(['c PERSON_OVERLAP', 'e PERSON_OVERLAP']);
  });

  test('is found in a pair that runs into an earlier visit, and the pair stands against itself only', async () => {
    const { visit, found } = await round(1, 3);
    expect(await found([visit(0, 0, 540, 600, 'a'), visit(1, 0, 590, 640, 'b', { pair: 'p' }), visit(2, 0, 600, 640, 'c', { pair: 'p' })])).toEqual(['b PERSON_OVERLAP']);
  });
});

describe('travel faster than possible', () => {
  const CENTRE: [number, number] = [120, 31];
  /** Degrees of latitude per kilometre. */
  const north = (km: number): [number, number] => [120, 31 + km / 111.195];

  test('is found by the known travel time, in its direction only', async () => {
    const { fixture, people, visit, found } = await round(4);
    await fixture.travelTime(people[0]!, people[1]!, 20);
    await fixture.travelTime(people[1]!, people[2]!, 20);
    await fixture.travelTime(people[3]!, people[2]!, 90);
    expect(await found([visit(0, 0, 540, 600, 'a'), visit(0, 1, 620, 650, 'b'), visit(0, 2, 669, 700, 'c'), visit(0, 3, 701, 720, 'd')])).toEqual(['c TRAVEL_TIME']);
  });

  test('is found by the straight line at the highest speed with its tolerance, on both sides', async () => {
    const { visit, found } = await round(3);
    // 24 km take 12 minutes at 120 km/h, 2 are tolerated: 10 minutes will do, 9 will not.
    expect(await found([visit(0, 0, 540, 600, 'a', { at: CENTRE }), visit(0, 1, 610, 640, 'b', { at: north(23.99) }), visit(0, 2, 649, 700, 'c', { at: CENTRE })])).toEqual(['c TRAVEL_SPEED']);
  });

  test('does not hold a visit against the carer that itself could not be reached', async () => {
    const { visit, found } = await round(3);
    expect(await found([visit(0, 0, 540, 600, 'a', { at: CENTRE }), visit(0, 1, 605, 640, 'b', { at: north(300) }), visit(0, 2, 645, 700, 'c', { at: CENTRE })])).toEqual(['b TRAVEL_SPEED']);
  });

  test('is not asked between visits to the same person, nor where no place is known', async () => {
    const { visit, found } = await round(2);
    expect(await found([visit(0, 0, 540, 570, 'a', { at: CENTRE }), visit(0, 0, 570, 600, 'b', { at: north(300) }), visit(0, 1, 600, 640, 'c')])).toEqual([]);
  });

  test('is not found in a visit that overlaps: one visit has one refusal', async () => {
    const { visit, found } = await round(2);
    expect(await found([visit(0, 0, 540, 600, 'a', { at: CENTRE }), visit(0, 1, 590, 640, 'b', { at: north(300) })])).toEqual(['b CARER_OVERLAP']);
  });
});
