import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from 'kysely';
import type { Month } from '#kit/days.ts';
import { addDays, weekday } from '#kit/days.ts';
import { distanceM } from '#kit/geo.ts';
import { openTestHouse } from '#server/testing.ts';
import type { TestHouse } from '#server/testing.ts';
import { closeMonth } from './close.ts';
import { decideAgain, explainLine } from './explain.ts';
import { Fixture } from './fixture.ts';
import type { NewVisit } from './fixture.ts';
import { listFindings } from './store.ts';

/** Numbers from a seed, so that a failure can be repeated. */
function randomOf(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return { int: (below: number) => Math.floor(next() * below), chance: (share: number) => next() < share };
}

interface Drawn extends NewVisit {
  ref: string;
  grade: number;
  seq: number;
  at: [number, number];
}

const SEED = Number(process.env['SEED'] ?? Date.now() % 100_000);
const PLAN_MIN = 40;

/** The rules once more, visit by visit, the slow and plain way: what the set SQL must find. */
function naiveFindings(visits: readonly Drawn[], travel: ReadonlyMap<string, number>): string[] {
  const findings: string[] = [];
  const standing = visits.map((one) => ({ ...one, paid: one.until - one.from }));
  const order = (a: Drawn, b: Drawn) => a.day.localeCompare(b.day) || a.from - b.from || a.seq - b.seq;
  standing.sort(order);
  for (const one of standing) {
    const minutes = one.until - one.from;
    one.paid = Math.min(minutes > PLAN_MIN + 10 ? PLAN_MIN : minutes, 120);
    if (one.paid < minutes) findings.push(`${one.ref} over-long`);
  }
  const until = (one: { from: number; paid: number }) => one.from + one.paid;
  const sift = (rule: string, key: (one: Drawn) => string, clash: (one: (typeof standing)[number], accepted: (typeof standing)) => boolean, list: typeof standing) =>
    [...Map.groupBy(list, key).values()].flatMap((chain) => {
      const accepted: typeof standing = [];
      for (const one of chain.toSorted(order)) {
        if (clash(one, accepted)) findings.push(`${one.ref} ${rule}`);
        else accepted.push(one);
      }
      return accepted;
    });
  const overlaps = (a: (typeof standing)[number], b: (typeof standing)[number]) => a.day === b.day && a.from < until(b) && b.from <= a.from;
  const carers = sift('carer-overlap', (one) => one.worker, (one, accepted) => accepted.some((other) => overlaps(one, other)), standing);
  const persons = sift('person-overlap', (one) => one.person, (one, accepted) => accepted.some((other) => overlaps(one, other) && !(one.pair !== undefined && one.pair === other.pair)), carers);
  const reachable = sift('travel-impossible', (one) => one.worker + one.day, (one, accepted) => {
    const before = accepted.at(-1);
    if (!before || before.person === one.person) return false;
    const needMin = Math.max((travel.get(before.person + one.person) ?? 0) - 0.001, distanceM({ lng: before.at[0], lat: before.at[1] }, { lng: one.at[0], lat: one.at[1] }) * 60 / 1000 / 120 - 2);
    return one.from - until(before) < needMin;
  }, persons);
  const caps: Record<number, number> = { 3: 180, 4: 300, 5: 420 };
  for (const week of Map.groupBy(reachable, (one) => one.person + addDays(one.day, 1 - weekday(one.day))).values()) {
    let left = caps[week[0]!.grade]!;
    for (const one of week.toSorted(order)) {
      if (one.paid > left) findings.push(`${one.ref} weekly-cap`);
      left -= Math.min(left, one.paid);
    }
  }
  return findings.toSorted();
}

describe(`random months (SEED=${SEED})`, () => {
  let house: TestHouse;
  beforeAll(async () => {
    house = await openTestHouse('2026-10-08T02:00:00Z');
  });
  afterAll(() => house.close());

  async function drawMonth(district: string, seed: number): Promise<{ month: Month; expected: string[] }> {
    const random = randomOf(seed);
    const month = '2026-09';
    const fixture = new Fixture(house.platform.databases.owner, district);
    const institution = await fixture.institution();
    const workers: string[] = [];
    for (let i = 0; i < 8; i += 1) workers.push(await fixture.worker(institution));
    const people: { id: string; grade: number; at: [number, number] }[] = [];
    for (let i = 0; i < 20; i += 1) {
      const grade = 3 + random.int(3);
      const id = await fixture.person({ grade });
      await fixture.plan(id, institution, { items: [{ code: 'QH-L05', minutes: PLAN_MIN, timesPerDay: 24 }] });
      people.push({ id, grade, at: [120 + random.int(30) / 100, 31 + random.int(30) / 100] });
    }
    const travel = new Map<string, number>();
    for (let i = 0; i < 60; i += 1) {
      const [from, to] = [people[random.int(20)]!.id, people[random.int(20)]!.id];
      if (from === to || travel.has(from + to)) continue;
      travel.set(from + to, 1 + random.int(25));
      await fixture.travelTime(from, to, travel.get(from + to)!);
    }
    const visits = Array.from({ length: 400 }, (_, seq): Drawn => {
      const home = people[random.int(20)]!;
      const from = 420 + random.int(400);
      return { person: home.id, grade: home.grade, worker: workers[random.int(8)]!, institution, day: `${month}-${String(1 + random.int(12)).padStart(2, '0')}`, from, until: from + 5 + random.int(70), ref: `r${seq}`, seq, at: home.at, ...(random.chance(0.3) ? { pair: `pair${random.int(3)}` } : {}) };
    });
    await fixture.visits(visits);
    return { month, expected: naiveFindings(visits, travel) };
  }

  for (const [index, district] of ['990101', '990102', '990103', '990104'].entries()) {
    test(`the set SQL finds in ${district} what a plain walk over every chain finds`, async () => {
      const { month, expected } = await drawMonth(district, SEED + index);
      await house.act((act) => closeMonth(act, district, month));
      const { rows } = await house.act((act) => listFindings(act, { district, month, pageSize: 2000 }));
      expect(expected.length).toBeGreaterThan(20);
      expect(rows.map(({ ref, rule }) => `${ref} ${rule}`).toSorted()).toEqual(expected);
    });
  }

  test('the rule for one line decides a line as the close did, with the same stamp', async () => {
    const differing = await house.act(async (act) => {
      const { rows } = await sql<{ id: string }>`SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY outcome, jsonb_path_query_array(reasons, '$[*].code') ORDER BY md5(id::text || ${SEED})) AS nth FROM claims.line) l WHERE nth <= 25`.execute(act.db);
      expect(rows.length).toBeGreaterThan(100);
      const wrong: unknown[] = [];
      for (const { id } of rows) {
        const kept = (await explainLine(act, id))!;
        const again = await decideAgain(act, kept);
        if (JSON.stringify([again.value, again.stamp]) !== JSON.stringify([kept.value, kept.stamp])) wrong.push({ kept: kept.value, again: again.value, facts: kept.facts });
      }
      return wrong;
    });
    expect(differing).toEqual([]);
  }, 90_000);

  test('every reason of every line names its sources', async () => {
    await house.act(async (act) => {
      const { rows } = await sql<{ id: string }>`SELECT DISTINCT ON (reasons) id FROM claims.line ORDER BY reasons, id LIMIT 300`.execute(act.db);
      for (const { id } of rows) for (const reason of (await explainLine(act, id))!.reasons) expect(reason.sources, reason.code).not.toEqual([]);
    });
  });
});
