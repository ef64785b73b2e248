/** SQL of the import of published days. */
import { sql } from 'kysely';
import type { Day } from '#kit/days.ts';
import type { Act } from '#platform/act.ts';

export interface DayVisit {
  id: string;
  personId: string;
  workerId: string;
  planId: string | null;
  itemCode: string;
  /** Minutes of the day. */
  arrival: number;
  departure: number;
  longitude: number | null;
  latitude: number | null;
  pairRef: string | null;
  sourceRef: string;
  sourceSeq: number;
}

export interface DayOf {
  districtCode: string;
  day: Day;
  institutionId: string;
}

/** Townships of a district. */
export async function townshipsOf(act: Act, districtCode: string): Promise<{ code: string; zh: string }[]> {
  const { rows } = await sql<{ code: string; zh: string }>`SELECT code, name_zh AS zh FROM platform.area WHERE length(code) = 9 AND starts_with(code, ${districtCode}) ORDER BY code`.execute(act.db);
  return rows;
}

/** Township of each person. */
export async function townshipCodes(act: Act, districtCode: string, personIds: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; townshipCode: string }>`SELECT id, township_code FROM people.person WHERE district_code = ${districtCode} AND id = ANY (${[...personIds]}::uuid[])`.execute(act.db);
  return new Map(rows.map((row) => [row.id, row.townshipCode]));
}

export interface Unconcluded {
  personId: string;
  townshipCode: string;
  sourceRef: string;
  /** Last day of the latest conclusion before the day. */
  afterOn: Day | null;
  /** First day of the next conclusion after the day. */
  nextOn: Day | null;
}

/** Those of the persons for whom no conclusion counts on the day, with the conclusions around it. */
export async function peopleWithoutConclusion(act: Act, districtCode: string, day: Day, personIds: readonly string[]): Promise<Unconcluded[]> {
  const { rows } = await sql<Unconcluded>`SELECT p.id AS person_id, p.township_code, p.source_ref,
      (SELECT max(coalesce(c.ended_on, c.valid_until_on)) FROM assessments.conclusion c WHERE c.district_code = p.district_code AND c.person_id = p.id AND coalesce(c.ended_on, c.valid_until_on) < ${day}) AS after_on,
      (SELECT min(c.effective_on) FROM assessments.conclusion c WHERE c.district_code = p.district_code AND c.person_id = p.id AND c.effective_on > ${day}) AS next_on
    FROM people.person p WHERE p.district_code = ${districtCode} AND p.id = ANY (${[...personIds]}::uuid[])
      AND NOT EXISTS (SELECT 1 FROM assessments.conclusion c WHERE c.district_code = p.district_code AND c.person_id = p.id AND c.effective_on <= ${day} AND coalesce(c.ended_on, c.valid_until_on) >= ${day})`.execute(act.db);
  return rows;
}

/** How many of the visits are not there yet. */
export async function countNewVisits(act: Act, of: DayOf, visits: readonly DayVisit[]): Promise<number> {
  const { rows } = await sql<{ fresh: number }>`SELECT count(*) AS fresh FROM unnest(${visits.map((one) => one.sourceRef)}::text[]) AS r (ref)
    WHERE NOT EXISTS (SELECT 1 FROM visits.visit v WHERE v.district_code = ${of.districtCode} AND v.service_on = ${of.day} AND v.institution_id = ${of.institutionId} AND v.source_ref = r.ref)`.execute(act.db);
  return rows[0]!.fresh;
}

/** Adds the visits that are not there yet; returns how many. */
export async function insertDayVisits(act: Act, of: DayOf & { intakeId: string }, visits: readonly DayVisit[]): Promise<number> {
  const column = <T>(read: (one: DayVisit) => T): T[] => visits.map(read);
  // Times are counted in the database, to the microsecond: a schedule that just fits must still fit.
  const result = await sql`INSERT INTO visits.visit (district_code, service_on, id, person_id, township_code, institution_id, worker_id, worker_class, plan_id, item_code, started_at, ended_at, longitude, latitude, pair_ref, source_ref, source_seq, intake_id)
    SELECT ${of.districtCode}, ${of.day}, f.id, f.person_id, p.township_code, ${of.institutionId}, f.worker_id, w.worker_class, f.plan_id, f.item, midnight + f.arrival * interval '1 minute', midnight + f.departure * interval '1 minute',
      f.longitude, f.latitude, f.pair, f.ref, f.seq, ${of.intakeId}
    FROM (SELECT ${of.day}::date::timestamp AT TIME ZONE 'Asia/Shanghai' AS midnight) AS m,
      unnest(${column((one) => one.id)}::uuid[], ${column((one) => one.personId)}::uuid[], ${column((one) => one.workerId)}::uuid[], ${column((one) => one.planId)}::uuid[], ${column((one) => one.itemCode)}::text[],
        ${column((one) => one.arrival)}::float8[], ${column((one) => one.departure)}::float8[], ${column((one) => one.longitude)}::float8[], ${column((one) => one.latitude)}::float8[],
        ${column((one) => one.pairRef)}::text[], ${column((one) => one.sourceRef)}::text[], ${column((one) => one.sourceSeq)}::int[])
        AS f (id, person_id, worker_id, plan_id, item, arrival, departure, longitude, latitude, pair, ref, seq)
      JOIN people.person p ON p.district_code = ${of.districtCode} AND p.id = f.person_id
      JOIN workers.worker w ON w.id = f.worker_id
    ON CONFLICT (district_code, service_on, institution_id, source_ref) DO NOTHING`.execute(act.db);
  return Number(result.numAffectedRows ?? 0);
}

/** Adds the travel minutes of a square matrix over persons, row by row; fractions are cut off after the third decimal. Known ones stay. */
export async function insertTravel(act: Act, districtCode: string, personIds: readonly string[], minutes: readonly number[], source: string): Promise<void> {
  await sql`INSERT INTO visits.travel_time (district_code, from_person_id, to_person_id, minutes, source)
    SELECT ${districtCode}, a.id, b.id, trunc(t.m::numeric, 3), ${source}
    FROM unnest(${[...minutes]}::float8[]) WITH ORDINALITY AS t (m, n)
      JOIN unnest(${[...personIds]}::uuid[]) WITH ORDINALITY AS a (id, n) ON a.n = (t.n - 1) / ${personIds.length} + 1
      JOIN unnest(${[...personIds]}::uuid[]) WITH ORDINALITY AS b (id, n) ON b.n = (t.n - 1) % ${personIds.length} + 1
    WHERE a.n <> b.n
    ON CONFLICT DO NOTHING`.execute(act.db);
}
