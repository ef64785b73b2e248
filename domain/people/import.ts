/** People from a file: a set at a time, each once by its source reference, with an identity number that nobody in the city holds. */
import { sql } from 'kysely';
import type { Day } from '#kit/days.ts';
import { newId } from '#kit/ids.ts';
import { assert } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { recordEvents } from '#platform/events/record.ts';
import { searchText } from './model.ts';

export interface ImportedPerson {
  /** Reference in the file it comes from; the same reference is the same person. */
  sourceRef: string;
  townshipCode: string;
  community: string;
  name: string;
  birthOn: Day;
  /** 1 male, 2 female. */
  sex: 1 | 2;
  address: string;
  /** WGS 84; both null when the source gives no place. */
  longitude: number | null;
  latitude: number | null;
  insuredKind: 'employee' | 'resident';
  /** A valid number of that birth day and sex; another one for every attempt, asked for until one is free in the city. */
  identityNumber(attempt: number): string;
}

const MAX_ATTEMPTS = 200;

/** Adds the persons that are not there yet. Returns the ids of all by source reference, and how many are new. */
export async function importPeople(act: Act, districtCode: string, people: readonly ImportedPerson[]): Promise<{ ids: Map<string, string>; added: number }> {
  const { rows } = await sql<{ sourceRef: string; id: string }>`SELECT source_ref, id FROM people.person
    WHERE district_code = ${districtCode} AND source_ref = ANY (${people.map((one) => one.sourceRef)})`.execute(act.db);
  const ids = new Map(rows.map((row) => [row.sourceRef, row.id]));
  const fresh = people.filter((one) => !ids.has(one.sourceRef)).map((one) => ({ ...one, id: newId<'person'>(act.now.getTime()) as string }));
  const numbers = await claimNumbers(act, districtCode, fresh);
  const column = <T>(read: (one: (typeof fresh)[number]) => T): T[] => fresh.map(read);
  await sql`INSERT INTO people.person (district_code, id, township_code, community, name, search, identity_number, birth_on, sex, address, longitude, latitude, datum, insured_kind, origin, source_ref, created_at)
    SELECT ${districtCode}, f.id, f.township, f.community, f.name, f.search, f.number, f.birth_on, f.sex, f.address, f.longitude, f.latitude, CASE WHEN f.longitude IS NOT NULL THEN 'WGS84' END, f.kind, 'imported', f.ref, ${act.now}
    FROM unnest(${column((one) => one.id)}::uuid[], ${column((one) => one.townshipCode)}::text[], ${column((one) => one.community)}::text[], ${column((one) => one.name)}::text[],
      ${column((one) => searchText(one.name))}::text[], ${column((one) => numbers.get(one.id))}::text[], ${column((one) => one.birthOn)}::date[], ${column((one) => one.sex)}::smallint[],
      ${column((one) => one.address)}::text[], ${column((one) => one.longitude)}::float8[], ${column((one) => one.latitude)}::float8[], ${column((one) => one.insuredKind)}::text[],
      ${column((one) => one.sourceRef)}::text[]) AS f (id, township, community, name, search, number, birth_on, sex, address, longitude, latitude, kind, ref)`.execute(act.db);
  await recordEvents(act, fresh.map((one) => ({ districtCode, kind: 'people.imported', subjectType: 'person', subjectId: one.id, personId: one.id, townshipCode: one.townshipCode, data: { sourceRef: one.sourceRef } })));
  for (const one of fresh) ids.set(one.sourceRef, one.id);
  return { ids, added: fresh.length };
}

/** Claims one free identity number for each person; a number that somebody holds already gives way to the next attempt. */
async function claimNumbers(act: Act, districtCode: string, people: readonly (ImportedPerson & { id: string })[]): Promise<Map<string, string>> {
  const numbers = new Map<string, string>();
  let open = [...people];
  for (let attempt = 0; open.length > 0; attempt += 1) {
    assert(attempt < MAX_ATTEMPTS, `no free identity number found for ${open[0]!.sourceRef} in ${MAX_ATTEMPTS} attempts`);
    const tried = open.map((one) => one.identityNumber(attempt));
    const { rows } = await sql<{ id: string; number: string; claimed: boolean }>`SELECT t.id, t.number, people.claim_identity(t.number, ${districtCode}, t.id) AS claimed
      FROM unnest(${open.map((one) => one.id)}::uuid[], ${tried}::text[]) AS t (id, number)`.execute(act.db);
    for (const row of rows) if (row.claimed) numbers.set(row.id, row.number);
    open = open.filter((one) => !numbers.has(one.id));
  }
  return numbers;
}

/** Lets an institution see many persons from a day on. Safe to repeat. */
export async function insertTies(act: Act, tie: { districtCode: string; institutionId: string; kind: 'care' | 'assessment'; fromOn: Day }, personIds: readonly string[]): Promise<void> {
  await sql`INSERT INTO people.tie (district_code, person_id, institution_id, kind, from_on)
    SELECT ${tie.districtCode}, one, ${tie.institutionId}, ${tie.kind}, ${tie.fromOn} FROM unnest(${[...personIds]}::uuid[]) AS one ON CONFLICT DO NOTHING`.execute(act.db);
}
