/** The four published days, read where they lie: beside the checkout, or where CHANGHU_SHARED says. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { officeActor } from '#platform/scope/actor.ts';
import { openTestHouse } from '#server/testing.ts';
import type { TestHouse } from '#server/testing.ts';
import { takeInHhcrsp } from './take-in.ts';

const FOLDER = join(process.env['CHANGHU_SHARED'] ?? join(import.meta.dirname, '../../../../shared'), 'data', 'hhcrsp');
const there = existsSync(FOLDER);
const DISTRICT = '990102';

interface Solution {
  routes: { caregiver_id: string; locations?: { patient: string; service: string; arrival_time: number; departure_time: number }[] }[];
}

describe('the published home-care days', () => {
  if (!there) {
    test.skipIf(process.env['CI'] !== 'true')('are beside the checkout', () => {
      expect.fail(`the published days are not at ${FOLDER}: put the shared data beside the checkout or set CHANGHU_SHARED`);
    });
    test.skip('skipped: the published days are not beside the checkout (set CHANGHU_SHARED to run them)', () => undefined);
    return;
  }
  const days = readdirSync(join(FOLDER, 'instances')).sort().map((name) => {
    const solution = readdirSync(join(FOLDER, 'solutions')).find((one) => one.startsWith(`sol-${name.replace(/\.json$/, '')}-`))!;
    return { name, instance: readFileSync(join(FOLDER, 'instances', name), 'utf8'), solution: readFileSync(join(FOLDER, 'solutions', solution), 'utf8') };
  });
  let house: TestHouse;
  beforeAll(async () => {
    house = await openTestHouse('2026-10-05T02:00:00Z');
  });
  afterAll(() => house.close());
  const take = (one: (typeof days)[number], day = '2026-09-01') =>
    house.act((act) => takeInHhcrsp(act, { instance: { fileName: one.name, text: one.instance }, solution: { fileName: `sol-${one.name}`, text: one.solution }, day, districtCode: DISTRICT }), officeActor(DISTRICT, ['*']));

  test.each(days)('every stop of $name becomes one visit with its reference, times and item', async (one) => {
    const { routes } = JSON.parse(one.solution) as Solution;
    const { patients, caregivers } = JSON.parse(one.instance) as { patients: { id: string; location: [number, number] }[]; caregivers: unknown[] };
    const stops = routes.flatMap((route) => (route.locations ?? []).map((stop) => ({ ref: `${route.caregiver_id}/${stop.patient}/${stop.service}`, from: stop.arrival_time, until: stop.departure_time, stop })));
    const taken = await take(one);
    expect(taken).toMatchObject({ people: patients.length, workers: caregivers.length, visits: stops.length, rows: stops.length });
    const { rows } = await house.act((act) => sql<{ ref: string; from: number; until: number; item: string; longitude: number; latitude: number }>`SELECT source_ref AS ref, extract(epoch FROM started_at - m.midnight) / 60 AS from, extract(epoch FROM ended_at - m.midnight) / 60 AS until, item_code AS item, longitude, latitude
      FROM visits.visit, (SELECT '2026-09-01'::timestamp AT TIME ZONE 'Asia/Shanghai' AS midnight) m WHERE intake_id = ${taken.intakeId}`.execute(act.db));
    const byRef = new Map(rows.map((row) => [row.ref, row]));
    expect(byRef.size).toBe(stops.length);
    for (const { ref, from, until, stop } of stops) {
      const [longitude, latitude] = patients.find((patient) => patient.id === stop.patient)!.location;
      expect(byRef.get(ref)).toEqual({ ref, from, until, item: `HC-${stop.service.toUpperCase()}`, longitude, latitude });
    }
  });

  test('all four lie in one district without sharing a person, and again they add nothing', async () => {
    for (const one of days) expect(await take(one)).toMatchObject({ people: 0, workers: 0, visits: 0 });
    const { rows } = await house.act((act) => sql<{ people: number; numbers: number; institutions: number }>`SELECT (SELECT count(*) FROM people.person) AS people, (SELECT count(DISTINCT identity_number) FROM people.person) AS numbers, (SELECT count(*) FROM providers.institution) AS institutions`.execute(act.db));
    const people = days.reduce((sum, one) => sum + (JSON.parse(one.instance) as { patients: unknown[] }).patients.length, 0);
    expect(rows[0]).toEqual({ people, numbers: people, institutions: days.length });
  });

  test('a person is with two carers at once only as a planned pair', async () => {
    const { rows } = await house.act((act) => sql`SELECT a.source_ref, b.source_ref FROM visits.visit a JOIN visits.visit b ON b.person_id = a.person_id AND b.id <> a.id AND b.started_at < a.ended_at AND a.started_at < b.ended_at
      WHERE a.pair_ref IS NULL OR a.pair_ref IS DISTINCT FROM b.pair_ref`.execute(act.db));
    expect(rows).toEqual([]);
  });
});
