import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from 'kysely';
import type { Month } from '#kit/days.ts';
import { officeActor } from '#platform/scope/actor.ts';
import { openTestHouse } from '#server/testing.ts';
import type { TestHouse } from '#server/testing.ts';
import { closeMonth } from './close.ts';
import { Fixture, ordinaryHome } from './fixture.ts';
import { listFindings } from './store.ts';

let house: TestHouse;
const scenes: { district: string; month: Month }[] = ['990101', '990102', '990103', '990104', '990105', '990106'].flatMap((district) => ['2026-03', '2026-05', '2026-07', '2026-09'].map((month) => ({ district, month })));

/** A district's month of its own for one test: what others left there is never seen. */
function scene() {
  const { district, month } = scenes.shift()!;
  const fixture = new Fixture(house.platform.databases.owner, district);
  return { district, month, fixture, day: (day: number) => `${month}-${String(day).padStart(2, '0')}`, close: () => house.act((act) => closeMonth(act, district, month)), monday: mondayOf(month),
    findings: () => findingsOf(district, month), lines: () => linesOf(district, month) };
}

/** Days from the first Monday of a month. */
function mondayOf(month: Month): (offset: number) => string {
  const first = new Date(`${month}-01T00:00:00Z`).getUTCDay() || 7;
  return (offset) => `${month}-${String(1 + ((8 - first) % 7) + offset).padStart(2, '0')}`;
}

async function findingsOf(district: string, month: Month) {
  const { rows } = await house.act((act) => listFindings(act, { district, month, pageSize: 200 }));
  return rows.map(({ rule, code, ref, effect }) => ({ rule, code, ref, effect })).toSorted((a, b) => a.ref.localeCompare(b.ref));
}

interface Line { sourceRef: string; kind: string; serviceOn: string; outcome: string; minutes: number | null; paidMinutes: number | null; priceFen: number; billedFen: number; fundFen: number; personFen: number; refusedFen: number }

async function linesOf(district: string, month: Month): Promise<Line[]> {
  const { rows } = await house.act((act) => sql<Line>`SELECT source_ref, kind, service_on, outcome, minutes, paid_minutes, price_fen, billed_fen, fund_fen, person_fen, refused_fen FROM claims.line WHERE district_code = ${district} AND month = ${`${month}-01`} ORDER BY source_ref`.execute(act.db));
  return rows;
}

beforeAll(async () => {
  house = await openTestHouse('2026-10-08T02:00:00Z');
});
afterAll(() => house.close());

describe('the price', () => {
  test('is by the minute, rounded half up to the fen, and split exactly', async () => {
    const { fixture, day, close } = scene();
    const { person, institution, worker } = await ordinaryHome(fixture);
    await fixture.visits([{ person, institution, worker, day: day(1), from: 540, until: 587 }]);
    // 47 min × 4000 fen / 60 = 3133.33 → 3133; 90 % = 2819.7 → 2820.
    expect(await close()).toMatchObject({ visits: 1, lines: 1, findings: 0, billedFen: 3133, fundFen: 2820, personFen: 313, refusedFen: 0, again: false });
  });

  test('is the filed one where it is lower, the published one where it is not', async () => {
    const { fixture, day, close, lines } = scene();
    const { person, institution, worker } = await ordinaryHome(fixture);
    await fixture.filedPrice(institution, 'carer', 3900);
    await fixture.filedPrice(institution, 'trained', 7000);
    await fixture.visits([
      { person, institution, worker, day: day(1), from: 540, until: 600, ref: 'a' },
      { person, institution, worker: await fixture.worker(institution, 'trained'), workerClass: 'trained', day: day(2), from: 540, until: 600, ref: 'b' },
    ]);
    await close();
    expect(await lines()).toMatchObject([{ priceFen: 3900, billedFen: 3900 }, { priceFen: 6500, billedFen: 6500 }]);
  });

  test('of a filed period counts from its first day and no more on its end', async () => {
    const { fixture, day, close, lines } = scene();
    const { person, institution, worker } = await ordinaryHome(fixture);
    await fixture.filedPrice(institution, 'carer', 3000, day(10), day(20));
    await fixture.visits([9, 10, 19, 20].map((on) => ({ person, institution, worker, day: day(on), from: 540, until: 600, ref: `on-${String(on).padStart(2, '0')}` })));
    await close();
    expect((await lines()).map((one) => one.priceFen)).toEqual([4000, 3000, 3000, 4000]);
  });

  test('of a class that no document names is none, and the line is not paid', async () => {
    const { fixture, day, close, lines } = scene();
    const { person, institution, worker } = await ordinaryHome(fixture);
    await fixture.visits([{ person, institution, worker, workerClass: 'individual', day: day(1), from: 540, until: 600 }]);
    await close();
    expect(await lines()).toMatchObject([{ outcome: 'refused', billedFen: 0, fundFen: 0 }]);
  });
});

describe('the entitlement', () => {
  test('counts on its first and last day, not before and not after, and ends with a death', async () => {
    const { fixture, day, close, findings } = scene();
    const institution = await fixture.institution();
    const worker = await fixture.worker(institution);
    const person = await fixture.person({ from: day(5), until: day(20) });
    const dead = await fixture.person({ deceasedOn: day(10) });
    for (const one of [person, dead]) await fixture.plan(one, institution);
    await fixture.visits([
      ...[4, 5, 20, 21].map((on) => ({ person, institution, worker, day: day(on), from: 540, until: 600, ref: `p-${String(on).padStart(2, '0')}` })),
      ...[10, 11].map((on) => ({ person: dead, institution, worker, day: day(on), from: 700, until: 760, ref: `q-${on}` })),
    ]);
    await close();
    expect((await findings()).map(({ ref, code }) => [ref, code])).toEqual([['p-04', 'OUTSIDE_ENTITLEMENT_NONE'], ['p-21', 'OUTSIDE_ENTITLEMENT_NONE'], ['q-11', 'OUTSIDE_ENTITLEMENT_NONE']]);
  });

  test('needs the lowest grade that has a benefit', async () => {
    const { fixture, day, close, findings } = scene();
    const institution = await fixture.institution();
    const worker = await fixture.worker(institution);
    const [third, second] = [await fixture.person({ grade: 3 }), await fixture.person({ grade: 2 })];
    for (const one of [third, second]) await fixture.plan(one, institution);
    await fixture.visits([{ person: third, institution, worker, day: day(1), from: 540, until: 600, ref: 'third' }, { person: second, institution, worker, day: day(2), from: 540, until: 600, ref: 'second' }]);
    await close();
    expect(await findings()).toEqual([{ rule: 'outside-entitlement', code: 'OUTSIDE_ENTITLEMENT_GRADE', ref: 'second', effect: 'refuse' }]);
  });
});

describe('a stay in hospital', () => {
  test('takes out the day of admission and the days inside, and pays the day of discharge', async () => {
    const { fixture, day, close, findings } = scene();
    const { person, institution, worker } = await ordinaryHome(fixture);
    await fixture.stay(person, day(10), day(12));
    await fixture.visits([9, 10, 11, 12].map((on) => ({ person, institution, worker, day: day(on), from: 540, until: 600, ref: `on-${String(on).padStart(2, '0')}` })));
    await close();
    expect((await findings()).map((one) => one.ref)).toEqual(['on-10', 'on-11']);
  });

  test('refuses the day of a plan that is paid by the day, so that no day vanishes', async () => {
    const { fixture, month, day, close, lines } = scene();
    const institution = await fixture.institution('柳溪护理院', 'careHome');
    const person = await fixture.person();
    await fixture.plan(person, institution, { mode: 'institution', from: day(3), to: day(7), items: [] });
    await fixture.stay(person, day(5), day(6));
    const closed = await close();
    expect(closed).toMatchObject({ visits: 0, lines: 5, findings: 1, billedFen: 25_000, fundFen: 20_000, personFen: 0, refusedFen: 5_000 });
    expect((await lines()).map(({ serviceOn, outcome }) => [serviceOn, outcome])).toEqual([3, 4, 5, 6, 7].map((on) => [`${month}-0${on}`, on === 5 ? 'refused' : 'paid']));
  });
});

describe('the plan', () => {
  test('must be confirmed, with the institution, hold the item, and is counted by the day', async () => {
    const { fixture, day, close, findings } = scene();
    const institution = await fixture.institution();
    const other = await fixture.institution('另一家护理站');
    const worker = await fixture.worker(institution);
    const person = await fixture.person();
    const unplanned = await fixture.person();
    await fixture.plan(person, institution, { from: day(1), to: day(10), items: [{ code: 'QH-L05', minutes: 60, timesPerDay: 2 }] });
    await fixture.plan(person, other, { from: day(11) });
    await fixture.plan(unplanned, institution, { state: 'proposed' });
    const at = (on: number, from: number, ref: string, more = {}) => ({ person, institution, worker, day: day(on), from, until: from + 60, ref, ...more });
    await fixture.visits([
      at(1, 540, 'a1'), at(1, 640, 'a2'), at(1, 740, 'a3'), at(2, 540, 'b', { item: 'QH-L06' }), at(10, 540, 'c'), at(11, 540, 'd'), at(3, 540, 'e', { person: unplanned }),
    ]);
    await close();
    expect((await findings()).map(({ ref, code }) => [ref, code])).toEqual([['a3', 'PLAN_TIMES'], ['b', 'PLAN_ITEM'], ['d', 'PLAN_OTHER_INSTITUTION'], ['e', 'PLAN_NONE']]);
  });

  test('that ended early held until its last day', async () => {
    const { fixture, day, close, findings } = scene();
    const institution = await fixture.institution();
    const worker = await fixture.worker(institution);
    const person = await fixture.person();
    await fixture.plan(person, institution, { to: day(10), state: 'ended' });
    await fixture.visits([10, 11].map((on) => ({ person, institution, worker, day: day(on), from: 540, until: 600, ref: `on-${on}` })));
    await close();
    expect((await findings()).map(({ ref, code }) => [ref, code])).toEqual([['on-11', 'PLAN_NONE']]);
  });

  test('that is paid by the day covers its visits, which cost nothing of their own', async () => {
    const { fixture, day, close, lines } = scene();
    const institution = await fixture.institution('个人护理合作社', 'individualCarers');
    const worker = await fixture.worker(institution, 'individual');
    const person = await fixture.person();
    await fixture.plan(person, institution, { mode: 'homeIndividual', worker, from: day(2), to: day(3) });
    await fixture.visits([{ person, institution, worker, workerClass: 'individual', day: day(2), from: 540, until: 700, ref: 'visit' }]);
    expect(await close()).toMatchObject({ visits: 1, lines: 3, findings: 0, billedFen: 8000, fundFen: 8000 });
    expect((await lines()).find((one) => one.sourceRef === 'visit')).toMatchObject({ billedFen: 0, outcome: 'paid', paidMinutes: null });
  });
});

describe('the length of a visit', () => {
  test('may pass the plan by the tolerance; a minute more is paid as planned, and never more than the longest visit', async () => {
    const { fixture, day, close, lines } = scene();
    const { person, institution, worker } = await ordinaryHome(fixture, { planMin: 40 });
    const long = await fixture.person();
    await fixture.plan(long, institution, { items: [{ code: 'QH-L05', minutes: 118 }] });
    await fixture.visits([
      { person, institution, worker, day: day(1), from: 540, until: 590, ref: 'a' }, { person, institution, worker, day: day(2), from: 540, until: 591, ref: 'b' },
      { person: long, institution, worker, day: day(9), from: 540, until: 660, ref: 'c' }, { person: long, institution, worker, day: day(16), from: 540, until: 661, ref: 'd' }, { person: long, institution, worker, day: day(23), from: 540, until: 669, ref: 'e' },
    ]);
    await close();
    expect((await lines()).map(({ paidMinutes, outcome }) => [paidMinutes, outcome])).toEqual([[50, 'paid'], [40, 'cut'], [120, 'paid'], [120, 'cut'], [118, 'cut']]);
  });
});

describe('the weekly cap', () => {
  test('pays up to the cap, cuts the visit that passes it and refuses later ones of the same week', async () => {
    const { fixture, monday, close, lines } = scene();
    const { person, institution, worker } = await ordinaryHome(fixture, { grade: 3 });
    // Grade 3 has 180 minutes a week.
    await fixture.visits([[0, 60], [1, 60], [2, 61], [3, 30], [7, 60]].map(([offset, minutes], i) => ({ person, institution, worker, day: monday(offset!), from: 540, until: 540 + minutes!, ref: `v${i}` })));
    await close();
    expect((await lines()).map(({ paidMinutes, outcome }) => [paidMinutes, outcome])).toEqual([[60, 'paid'], [60, 'paid'], [60, 'cut'], [0, 'refused'], [60, 'paid']]);
  });

  test('counts the minutes of the week that the month before has paid', async () => {
    const fixture = new Fixture(house.platform.databases.owner, '990106');
    const { person, institution, worker } = await ordinaryHome(fixture, { grade: 3 });
    // The week of Monday 2026-06-29 lies in two months.
    await fixture.visits([['2026-06-29', 60], ['2026-06-30', 60], ['2026-07-01', 50], ['2026-07-02', 30]].map(([day, minutes], i) => ({ person, institution, worker, day: String(day), from: 540, until: 540 + Number(minutes), ref: `v${i}` })));
    await house.act((act) => closeMonth(act, '990106', '2026-06'));
    await house.act((act) => closeMonth(act, '990106', '2026-07'));
    scenes.splice(scenes.findIndex((one) => one.district === '990106' && one.month === '2026-07'), 1);
    expect((await linesOf('990106', '2026-07')).map((one) => one.paidMinutes)).toEqual([50, 10]);
  });

  test('counts a planned two-carer visit for each carer', async () => {
    const { fixture, monday, close, lines } = scene();
    const { person, institution, worker } = await ordinaryHome(fixture, { grade: 3 });
    const second = await fixture.worker(institution);
    await fixture.visits([0, 1].flatMap((offset) => [worker, second].map((one, i) => ({ person, institution, worker: one, day: monday(offset), from: 540, until: 600, ref: `v${offset}${i}`, pair: `pair${offset}` }))));
    expect(await close()).toMatchObject({ findings: 1 });
    expect((await lines()).map((one) => one.paidMinutes)).toEqual([60, 60, 60, 0]);
  });
});
