/** Persons by their identity numbers, in the whole city: for the operator's command, not for an act in somebody's scope. */
import { sql } from 'kysely';
import type { Db } from '#platform/db/connect.ts';

export interface Registered {
  identityNumber: string;
  districtCode: string;
  personId: string;
}

/** Those of the numbers that are registered. `db` is the owner's: no scope applies. */
export async function findRegistered(db: Db, identityNumbers: readonly string[]): Promise<Registered[]> {
  const { rows } = await sql<Registered>`SELECT identity_number, district_code, id AS person_id FROM people.person WHERE identity_number = ANY (${[...identityNumbers]}::text[])`.execute(db);
  return rows;
}
