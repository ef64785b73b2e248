/** How a text is looked for in applications: by number, and by what is known of the person. */
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Act } from '#platform/act.ts';
import { ownInstitution } from '../materials/queues.ts';

/** A page of an index that is read all day lies in memory, so counts and late pages take the index in the order of the list, not the table; workers for so short a statement cost more than they bring. */
export async function readIndexes(act: Act): Promise<void> {
  await sql.raw('SET LOCAL random_page_cost = 1.1; SET LOCAL max_parallel_workers_per_gather = 0').execute(act.db);
}

/** From so many on it is quicker to look through the index of the list than to look up each of the found. */
const MANY = 500;
/** So many of the newest are looked at first. */
const SAMPLE = 500;
/** Found so often among them, a text is likely one that many have: it is not gathered. */
const OFTEN = 50;

export interface Matching {
  where: RawBuilder<unknown>;
  /** Many have it: a page is quicker read in the order of the list than out of all that are found. Says nothing about what is found. */
  often: boolean;
}

/**
 * By number, or by what is known of the person. What few have is found by the index on parts of words (assessments.found); a text without parts, or one that many have, by looking through the index of
 * the list, which carries the searched words; so for an institution, which has few.
 */
export async function matching(act: Act, q: string, district: string | null): Promise<Matching> {
  const where = sql`(strpos(a.search, ${q}) > 0 OR starts_with(a.person_number, upper(${q})))`;
  if (ownInstitution(act) !== null) return { where, often: false };
  if (act.actor.area !== null && (await oftenFound(act, where, district))) return { where, often: true };
  if (hasParts(q)) {
    const { rows } = await sql<{ districtCode: string; id: string }>`SELECT district_code, id FROM assessments.found(${q}, ${district}, ${MANY + 1})`.execute(act.db);
    if (rows.length <= MANY) return { where: sql`(a.district_code, a.id) IN (SELECT * FROM unnest(${rows.map((row) => row.districtCode)}::text[], ${rows.map((row) => row.id)}::uuid[]))`, often: false };
  }
  return { where, often: false };
}

/** Whether a text is found in enough of the newest applications of an office that it is likely found in many of all. */
async function oftenFound(act: Act, where: RawBuilder<unknown>, district: string | null): Promise<boolean> {
  const newest = district === null ? sql`` : sql`WHERE a.district_code = ${district} ORDER BY a.filed_on DESC, a.id DESC`;
  const { rows } = await sql<{ often: boolean }>`SELECT count(*) >= ${OFTEN} AS often FROM (SELECT a.search, a.person_number FROM assessments.application a ${newest} LIMIT ${SAMPLE}) a WHERE ${where}`.execute(act.db);
  return rows[0]?.often === true;
}

/** The districts of an actor of a whole city that have applications, each looked up by the index: a page is the first of the first pages of each. Null for other actors. */
export async function districtsInArea(act: Act): Promise<string[] | null> {
  const { area, institutionId, persons } = act.actor;
  if (area === null || area.length >= 6 || institutionId !== null || persons.length > 0) return null;
  const last = `${area}99`;
  const { rows } = await sql<{ code: string }>`WITH RECURSIVE d AS (
      SELECT (SELECT a.district_code FROM assessments.application a WHERE a.district_code >= ${area} AND a.district_code <= ${last} ORDER BY a.district_code LIMIT 1) AS code
      UNION ALL SELECT (SELECT a.district_code FROM assessments.application a WHERE a.district_code > d.code AND a.district_code <= ${last} ORDER BY a.district_code LIMIT 1) FROM d WHERE d.code IS NOT NULL
    ) SELECT code FROM d WHERE code IS NOT NULL`.execute(act.db);
  return rows.map((row) => row.code);
}

/** Whether platform.search_tokens finds parts in a text: a word of three characters, or of two that are not all letters and digits. */
function hasParts(q: string): boolean {
  return q.split(/\s+/).some((word) => [...word].length >= 3 || ([...word].length === 2 && /[^\u0000-\u007F]/.test(word)));
}
