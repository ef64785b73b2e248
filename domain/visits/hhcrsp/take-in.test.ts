import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Refusal } from '#kit/refuse.ts';
import { officeActor } from '#platform/scope/actor.ts';
import { openTestHouse } from '#server/testing.ts';
import type { TestHouse } from '#server/testing.ts';
import { takeInHhcrsp } from './take-in.ts';
import type { TakenIn } from './take-in.ts';

const read = (name: string): string => readFileSync(new URL(`../../../world/days/small-${name}.json`, import.meta.url), 'utf8');
const INSTANCE = read('instance');
const SOLUTION = read('solution');
type Json = Record<string, any>;
const changed = (text: string, change: (value: Json) => void): string => {
  const value = JSON.parse(text) as Json;
  change(value);
  return JSON.stringify(value);
};

describe('the import of a published home-care day', () => {
  let house: TestHouse;
  beforeAll(async () => {
    house = await openTestHouse('2026-10-05T02:00:00Z');
  });
  afterAll(() => house.close());

  const take = (more: { instance?: string; solution?: string; day?: string; district?: string } = {}): Promise<TakenIn> => {
    const districtCode = more.district ?? '990102';
    const files = { instance: { fileName: 'instance.json', text: more.instance ?? INSTANCE }, solution: { fileName: 'solution.json', text: more.solution ?? SOLUTION }, day: more.day ?? '2026-09-01', districtCode };
    return house.act((act) => takeInHhcrsp(act, files), officeActor(districtCode, ['*']));
  };
  const rows = <T>(query: ReturnType<typeof sql<T>>, district = '990102'): Promise<T[]> => house.act(async (act) => (await query.execute(act.db)).rows, officeActor(district, ['*']));
  const refusal = async (promise: Promise<unknown>): Promise<Refusal> => {
    const error = await promise.then(() => undefined, (one: unknown) => one);
    expect(error).toBeInstanceOf(Refusal);
    return error as Refusal;
  };

  test('brings people, carers and visits, also of a carer without a route', async () => {
    expect(await take()).toMatchObject({ people: 6, workers: 5, visits: 8, rows: 8 });
    const visits = await rows(sql<Json>`SELECT v.source_ref, v.item_code, v.started_at, v.ended_at, v.pair_ref, v.source_seq, v.plan_id IS NOT NULL AS planned, v.longitude, v.worker_class FROM visits.visit v ORDER BY v.source_ref`);
    expect(visits.map((one) => one['sourceRef'])).toEqual(['c1/p1/s1', 'c1/p2/s1', 'c1/p4/s1', 'c2/p2/s2', 'c2/p3/s2', 'c2/p6/s2', 'c3/p4/s3', 'c3/p5/s3']);
    expect(visits[1]).toMatchObject({ itemCode: 'HC-S1', startedAt: '2026-09-01T01:20:00.000Z', endedAt: '2026-09-01T02:05:00.000Z', sourceSeq: 2, planned: true, longitude: 117.3377, workerClass: 'trained' });
  });

  test('joins exactly the two visits of each synchronised patient', async () => {
    const pairs = await rows(sql<Json>`SELECT pair_ref, array_agg(source_ref ORDER BY source_ref) AS refs FROM visits.visit WHERE pair_ref IS NOT NULL GROUP BY pair_ref ORDER BY 2`);
    expect(pairs.map((one) => one['refs'])).toEqual([['c1/p2/s1', 'c2/p2/s2'], ['c1/p4/s1', 'c3/p4/s3']]);
  });

  test('gives everybody a conclusion and a confirmed plan from the first of the month, and the institution sees them', async () => {
    const plans = await rows(sql<Json>`SELECT n.source_ref, p.from_on, p.to_on, p.state, p.mode, c.grade, c.effective_on, c.origin, array_agg(i.item_code || ' ' || i.minutes || ' ' || i.times_per_day || ' ' || i.carers ORDER BY i.item_code) AS items
      FROM plans.plan p JOIN people.person n ON n.id = p.person_id JOIN plans.item i ON i.plan_id = p.id JOIN assessments.conclusion c ON c.person_id = p.person_id
      JOIN people.tie t ON t.person_id = p.person_id AND t.institution_id = p.institution_id AND t.kind = 'care' GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY 1`);
    expect(plans).toHaveLength(6);
    expect(plans[1]).toMatchObject({ fromOn: '2026-09-01', toOn: null, state: 'confirmed', mode: 'homeVisit', grade: 3, effectiveOn: '2026-09-01', origin: 'imported', items: ['HC-S1 45 1 1', 'HC-S2 45 1 1'] });
  });

  test('keeps the travel minutes between all homes', async () => {
    const { distances } = JSON.parse(INSTANCE) as { distances: number[][] };
    const [one] = await rows(sql<Json>`SELECT count(*) AS rows, min(minutes) FILTER (WHERE a.source_ref LIKE '%/p1' AND b.source_ref LIKE '%/p4') AS p1p4 FROM visits.travel_time t
      JOIN people.person a ON a.id = t.from_person_id JOIN people.person b ON b.id = t.to_person_id`);
    expect(one).toEqual({ rows: 30, p1p4: distances[1]![4] });
  });

  test('adds nothing when the same file comes again', async () => {
    const before = await rows(sql<Json>`SELECT (SELECT count(*) FROM people.person) AS people, (SELECT count(*) FROM workers.worker) AS workers, (SELECT count(*) FROM visits.visit) AS visits, (SELECT count(*) FROM plans.plan) AS plans`);
    expect(await take()).toMatchObject({ people: 0, workers: 0, visits: 0, rows: 8 });
    expect(await rows(sql<Json>`SELECT (SELECT count(*) FROM people.person) AS people, (SELECT count(*) FROM workers.worker) AS workers, (SELECT count(*) FROM visits.visit) AS visits, (SELECT count(*) FROM plans.plan) AS plans`)).toEqual(before);
  });

  test('finds people, carers and plans again on another day, earlier or later', async () => {
    expect(await take({ day: '2026-09-02' })).toMatchObject({ people: 0, workers: 0, visits: 8 });
    expect(await take({ day: '2026-08-20' })).toMatchObject({ people: 0, workers: 0, visits: 8 });
    const plans = await rows(sql<Json>`SELECT DISTINCT from_on, to_on FROM plans.plan ORDER BY from_on`);
    expect(plans).toEqual([{ fromOn: '2026-08-01', toOn: '2026-08-31' }, { fromOn: '2026-09-01', toOn: null }]);
    expect(await rows(sql<Json>`SELECT 1 FROM visits.visit WHERE plan_id IS NULL`)).toEqual([]);
  });

  test('keeps the same instance apart in two districts, and two instances in one', async () => {
    expect(await take({ district: '990103' })).toMatchObject({ people: 6, workers: 5, visits: 8 });
    const other = changed(INSTANCE, (value) => (value['distances'][1][2] += 1));
    expect(await take({ instance: other })).toMatchObject({ people: 6, workers: 5, visits: 8 });
    const [numbers] = await rows(sql<Json>`SELECT count(*) AS people, count(DISTINCT identity_number) AS numbers FROM people.person`);
    expect(numbers).toEqual({ people: 12, numbers: 12 });
  });

  test('takes in a well-formed file with faults, so that the audit can find them', async () => {
    const faulty = changed(SOLUTION, (value) => {
      const first = value['routes'][0].locations;
      first.push({ ...first[0], arrival_time: 500, departure_time: 540 });
      first.push({ ...first[1], patient: 'p3', service: 's1' });
      value['routes'][1].locations.push({ arrival_time: 565, departure_time: 600, patient: 'p2', service: 's2' });
    });
    const moved = changed(INSTANCE, (value) => (value['patients'][0].location = [117.9, 33.9]));
    expect(await take({ instance: moved, solution: faulty, day: '2026-09-07' })).toMatchObject({ people: 0, visits: 11 });
    const visits = await rows(sql<Json>`SELECT v.source_ref, v.item_code, v.pair_ref IS NOT NULL AS paired, v.longitude, n.longitude AS home FROM visits.visit v JOIN people.person n ON n.id = v.person_id WHERE v.service_on = '2026-09-07' ORDER BY v.source_ref`);
    const byRef = new Map(visits.map((one) => [one['sourceRef'], one]));
    expect(byRef.get('c1/p1/s1#2')).toMatchObject({ longitude: 117.9, home: 117.3212 });
    expect(byRef.get('c1/p3/s1')).toMatchObject({ itemCode: 'HC-S1' });
    expect(byRef.get('c2/p2/s2')).toMatchObject({ paired: true });
    expect(byRef.get('c2/p2/s2#2')).toMatchObject({ paired: false });
  });

  test('refuses unknown patients, carers and services and a departure before the arrival, row by row, and writes nothing', async () => {
    const bad = changed(SOLUTION, (value) => {
      value['routes'][0].locations[0].patient = 'p99';
      value['routes'][0].locations[1].service = 's9';
      value['routes'][0].locations[2].departure_time = 600;
      value['routes'][1].locations[0].arrival_time = -5;
      value['routes'][2].caregiver_id = 'c77';
    });
    const error = await refusal(take({ solution: bad, day: '2026-09-20' }));
    expect(error.code).toBe('IMPORT_FILE_REJECTED');
    expect(error.params['rejected']).toBe(6);
    expect(error.errors.map((one) => [one.row, one.column, one.value, one.code])).toEqual([
      [1, 'patient', 'p99', 'IMPORT_PATIENT_UNKNOWN'], [2, 'service', 's9', 'IMPORT_SERVICE_UNKNOWN'], [3, 'departure_time', '600', 'IMPORT_DEPARTURE'], [4, 'arrival_time', '-5', 'IMPORT_TIME'],
      [7, 'caregiver_id', 'c77', 'IMPORT_CARER_UNKNOWN'], [8, 'caregiver_id', 'c77', 'IMPORT_CARER_UNKNOWN'],
    ]);
    expect(await rows(sql<Json>`SELECT 1 FROM visits.visit WHERE service_on = '2026-09-20'`)).toEqual([]);
  });

  test('refuses a service that the catalogue of the day does not know, a broken file, a foreign district and a closed month', async () => {
    const service = changed(INSTANCE, (value) => {
      value['services'].push({ id: 's7', default_duration: 10 });
      value['patients'][5].required_caregivers.push({ service: 's7', duration: 10 });
    });
    expect((await refusal(take({ instance: service }))).errors[0]).toMatchObject({ row: 6, value: 's7', code: 'IMPORT_ITEM_UNKNOWN', params: { item: 'HC-S7' } });
    const matrix = changed(INSTANCE, (value) => value['distances'].pop());
    expect((await refusal(take({ instance: matrix }))).errors.map((one) => one.code)).toContain('IMPORT_MATRIX');
    const twice = changed(INSTANCE, (value) => ((value['patients'][1].id = 'p1'), (value['patients'][2].required_caregivers[0].duration = 0), (value['caregivers'][0].id = '')));
    expect((await refusal(take({ instance: twice }))).errors.map((one) => one.code)).toEqual(['IMPORT_ID_TWICE', 'IMPORT_DURATION', 'IMPORT_ID_MISSING']);
    expect((await refusal(take({ instance: '{' }))).code).toBe('IMPORT_NOT_JSON');
    expect((await refusal(take({ instance: SOLUTION }))).code).toBe('IMPORT_NOT_INSTANCE');
    expect((await refusal(take({ solution: INSTANCE }))).code).toBe('IMPORT_NOT_SOLUTION');
    expect((await refusal(take({ district: '990199' }))).code).toBe('IMPORT_DISTRICT');
    expect((await refusal(take({ day: '2026-02-30' }))).code).toBe('IMPORT_DAY');
    const { lockMonth } = await import('../store/lock.ts');
    await house.act((act) => lockMonth(act, '990102', '2026-07'), officeActor('990102', ['*']));
    expect((await refusal(take({ day: '2026-07-03' }))).code).toBe('IMPORT_MONTH_CLOSED');
  });

  test('adds nothing and does not complain when a file comes again whose month has been closed since; another file is refused', async () => {
    const { lockMonth } = await import('../store/lock.ts');
    const first = await take({ district: '990106', day: '2026-06-03' });
    await house.act((act) => lockMonth(act, '990106', '2026-06'), officeActor('990106', ['*']));
    const state = () => rows(sql<Json>`SELECT (SELECT count(*) FROM visits.intake) AS intakes, (SELECT count(*) FROM visits.visit) AS visits, (SELECT count(*) FROM plans.plan) AS plans, (SELECT count(*) FROM platform.event) AS events`, '990106');
    const before = await state();
    expect(await take({ district: '990106', day: '2026-06-03' })).toEqual({ intakeId: first.intakeId, people: 0, workers: 0, visits: 0, rows: 8 });
    expect((await refusal(take({ district: '990106', day: '2026-06-04' }))).code).toBe('IMPORT_MONTH_CLOSED');
    const later = changed(SOLUTION, (value) => (value['routes'][0].locations[0].departure_time += 1));
    expect((await refusal(take({ district: '990106', day: '2026-06-03', solution: later }))).code).toBe('IMPORT_MONTH_CLOSED');
    expect(await state()).toEqual(before);
  });

  test('keeps no places where the travel minutes show that they lie on a plane and not in degrees', async () => {
    const plane = changed(INSTANCE, (value) => value['patients'].forEach((one: Json, at: number) => (one['location'] = [30 + at * 7, 40 - at * 5])));
    expect(await take({ instance: plane, district: '990105' })).toMatchObject({ people: 6, visits: 8 });
    expect(await rows(sql<Json>`SELECT count(longitude) AS places FROM visits.visit`, '990105')).toEqual([{ places: 0 }]);
  });

  test('reads the other forms of the collection: several departing points, indexes, no name, no location, patient_id', async () => {
    const instance = changed(INSTANCE, (value) => {
      value['departing_points'] = [{ id: 'x1', location: [117.3, 33.5] }, { id: 'x2', location: [117.31, 33.5] }];
      delete value['central_offices'];
      delete value['name'];
      delete value['patients'][0].location;
      delete value['patients'][2].required_caregivers[0].duration;
      value['distances'] = [...value['distances'].map((row: number[]) => [...row, 9.5]), [...value['distances'][0], 0]];
      value['patients'].forEach((one: Json, at: number) => (one['distance_matrix_index'] = at + 1));
      value['caregivers'][0].working_shift = [0, 500];
    });
    const solution = changed(SOLUTION, (value) => {
      for (const route of value['routes']) for (const stop of route.locations ?? []) [stop.patient_id, stop.service_id, stop.patient, stop.service] = [stop.patient, stop.service, undefined, undefined];
    });
    expect(await take({ instance, solution, district: '990104' })).toMatchObject({ people: 6, workers: 5, visits: 8 });
    const [one] = await rows(sql<Json>`SELECT longitude, datum FROM people.person WHERE source_ref LIKE '%/p1'`, '990104');
    expect(one).toEqual({ longitude: null, datum: null });
  });
});
