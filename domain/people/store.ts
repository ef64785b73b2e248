/** All SQL of people. */
import { sql } from 'kysely';
import type { Static } from '@sinclair/typebox';
import type { Day } from '#kit/days.ts';
import { pageBounds } from '#kit/paging.ts';
import type { Act } from '#platform/act.ts';
import type { HospitalStaySchema, PersonRowSchema, PersonSchema } from './contract.ts';

export type PersonRow = Static<typeof PersonRowSchema>;
export type Person = Static<typeof PersonSchema>;
export type HospitalStay = Static<typeof HospitalStaySchema>;

const ROW = sql`p.id, p.district_code, p.township_code, coalesce(a.name_zh, p.township_code) AS township_zh, coalesce(a.name_en, p.township_code) AS township_en, p.community, p.name,
  p.identity_number, p.birth_on, p.sex, p.insured_kind, p.deceased_on, p.origin`;
const FROM = sql`people.person p LEFT JOIN platform.area a ON a.code = p.township_code`;

/** One page of the persons in scope; `q` matches name, pinyin, or the start of the identity number. What is searched is gathered once for the page and its count, from the index of the list; names of places only for the page. */
export async function listPeople(act: Act, query: { q?: string; township?: string; district?: string; page?: number; pageSize?: number }): Promise<{ rows: PersonRow[]; total: number }> {
  const { limit, offset } = pageBounds(query);
  const q = query.q?.trim().toLowerCase() || null;
  const { area, institutionId, persons } = act.actor;
  // Who works in one district begins with it: the wall would show no other.
  const district = query.district ?? (area !== null && area.length >= 6 && institutionId === null && persons.length === 0 ? area.slice(0, 6) : null);
  const where = sql.join([
    sql`true`,
    ...(district === null ? [] : [sql`p.district_code = ${district}`]),
    ...(query.township === undefined ? [] : [sql`p.township_code = ${query.township}`]),
    ...(q === null ? [] : [sql`(strpos(p.search, ${q}) > 0 OR starts_with(p.identity_number, upper(${q})))`]),
  ], sql` AND `);
  const order = sql`p.district_code, p.township_code, p.name, p.id`;
  const found = sql`SELECT p.district_code, p.township_code, p.name, p.id FROM people.person p WHERE ${where}`;
  const cut = sql`ORDER BY ${order} LIMIT ${limit} OFFSET ${offset}`;
  const page = q === null ? sql`page AS MATERIALIZED (${found} ${cut})` : sql`hit AS MATERIALIZED (${found}), page AS MATERIALIZED (SELECT p.district_code, p.id FROM hit p ${cut})`;
  const { rows } = await sql<PersonRow & { total: number | null }>`WITH ${page} SELECT ${ROW}, c.total FROM (${q === null ? sql`SELECT NULL::int AS total` : sql`SELECT count(*)::int AS total FROM hit`}) c
    LEFT JOIN (page JOIN (${FROM}) ON p.district_code = page.district_code AND p.id = page.id) ON true ORDER BY ${order}`.execute(act.db);
  const total = rows[0]?.total ?? (await sql<{ total: number }>`SELECT count(*) AS total FROM people.person p WHERE ${where}`.execute(act.db)).rows[0]?.total ?? 0;
  return { rows: rows.filter((row) => row.id !== null).map(({ total: _total, ...row }) => row), total };
}

/** A person in scope, or undefined. */
export async function findPerson(act: Act, id: string): Promise<Person | undefined> {
  const { rows } = await sql<Person>`SELECT ${ROW}, p.phone, p.address, p.longitude, p.latitude, p.datum, p.insured_from_on, p.source_ref, p.created_at FROM ${FROM} WHERE p.id = ${id}`.execute(act.db);
  return rows[0];
}

export interface NewPerson {
  id: string;
  districtCode: string;
  townshipCode: string;
  community: string;
  name: string;
  search: string;
  identityNumber: string;
  birthOn: Day;
  sex: number;
  phone: string | null;
  address: string;
  longitude: number | null;
  latitude: number | null;
  datum: string | null;
  insuredKind: string | null;
  insuredFromOn: Day | null;
  origin: 'registered' | 'imported';
  sourceRef: string | null;
}

/** Claims the identity number for the city; false when somebody holds it already. */
export async function claimIdentity(act: Act, person: Pick<NewPerson, 'identityNumber' | 'districtCode' | 'id'>): Promise<boolean> {
  const { rows } = await sql<{ claimed: boolean }>`SELECT people.claim_identity(${person.identityNumber}, ${person.districtCode}, ${person.id}) AS claimed`.execute(act.db);
  return rows[0]?.claimed === true;
}

export async function insertPerson(act: Act, person: NewPerson): Promise<void> {
  await sql`INSERT INTO people.person (district_code, id, township_code, community, name, search, identity_number, birth_on, sex, phone, address, longitude, latitude, datum, insured_kind, insured_from_on, origin, source_ref, created_at)
    VALUES (${person.districtCode}, ${person.id}, ${person.townshipCode}, ${person.community}, ${person.name}, ${person.search}, ${person.identityNumber}, ${person.birthOn}, ${person.sex}, ${person.phone},
      ${person.address}, ${person.longitude}, ${person.latitude}, ${person.datum}, ${person.insuredKind}, ${person.insuredFromOn}, ${person.origin}, ${person.sourceRef}, ${act.now})`.execute(act.db);
}

export async function areaExists(act: Act, code: string): Promise<boolean> {
  const { rows } = await sql`SELECT 1 FROM platform.area WHERE code = ${code}`.execute(act.db);
  return rows.length > 0;
}

export async function listAreas(act: Act): Promise<{ code: string; zh: string; en: string }[]> {
  const { rows } = await sql<{ code: string; zh: string; en: string }>`SELECT code, name_zh AS zh, name_en AS en FROM platform.area ORDER BY code`.execute(act.db);
  return rows;
}

export async function listStays(act: Act, personId: string): Promise<HospitalStay[]> {
  const { rows } = await sql<HospitalStay>`SELECT id, kind, hospital, admitted_on, discharged_on, source FROM people.hospital_stay WHERE person_id = ${personId} ORDER BY admitted_on DESC LIMIT 200`.execute(act.db);
  return rows;
}

/** Of the stays (admissions, emergency observations) that began by a day, the one that ended last; an open one ends last of all. */
export async function findAcuteStay(act: Act, personId: string, by: Day): Promise<{ admittedOn: Day; dischargedOn: Day | null } | undefined> {
  const { rows } = await sql<{ admittedOn: Day; dischargedOn: Day | null }>`SELECT admitted_on, discharged_on FROM people.hospital_stay WHERE person_id = ${personId} AND admitted_on <= ${by}::date
    ORDER BY coalesce(discharged_on, 'infinity') DESC, admitted_on DESC LIMIT 1`.execute(act.db);
  return rows[0];
}

/** True when the person already has a stay that shares a night with this one (an open stay has no end). */
export async function staysOverlap(act: Act, person: Person, admittedOn: Day, dischargedOn: Day | null): Promise<boolean> {
  const { rows } = await sql`SELECT 1 FROM people.hospital_stay WHERE district_code = ${person.districtCode} AND person_id = ${person.id}
    AND daterange(admitted_on, discharged_on, '[)') && daterange(${admittedOn}::date, ${dischargedOn}::date, '[)')`.execute(act.db);
  return rows.length > 0;
}

export async function insertStay(act: Act, person: Person, stay: { id: string; kind: HospitalStay['kind']; hospital: string; admittedOn: Day; dischargedOn: Day | null; source: string }): Promise<void> {
  await sql`INSERT INTO people.hospital_stay (district_code, id, person_id, township_code, kind, hospital, admitted_on, discharged_on, source, recorded_at)
    VALUES (${person.districtCode}, ${stay.id}, ${person.id}, ${person.townshipCode}, ${stay.kind}, ${stay.hospital}, ${stay.admittedOn}, ${stay.dischargedOn}, ${stay.source}, ${act.now})`.execute(act.db);
}

/** Ends what an assessment institution may see of a person, by itself or the agency of the district. */
export async function endAssessmentTie(act: Act, tie: { districtCode: string; personId: string; institutionId: string }): Promise<void> {
  await sql`SELECT people.end_assessment_tie(${tie.districtCode}, ${tie.personId}, ${tie.institutionId})`.execute(act.db);
}

/** Lets an institution see a person from a day on. Safe to repeat. */
export async function insertTie(act: Act, tie: { districtCode: string; personId: string; institutionId: string; kind: 'care' | 'assessment'; fromOn: Day }): Promise<void> {
  await sql`INSERT INTO people.tie (district_code, person_id, institution_id, kind, from_on) VALUES (${tie.districtCode}, ${tie.personId}, ${tie.institutionId}, ${tie.kind}, ${tie.fromOn}) ON CONFLICT DO NOTHING`.execute(act.db);
}

/** Marks the day of a death; false when one is recorded already. */
export async function markDeceased(act: Act, person: Pick<Person, 'districtCode' | 'id'>, on: Day): Promise<boolean> {
  const { rows } = await sql`UPDATE people.person SET deceased_on = ${on} WHERE district_code = ${person.districtCode} AND id = ${person.id} AND deceased_on IS NULL RETURNING id`.execute(act.db);
  return rows.length > 0;
}
