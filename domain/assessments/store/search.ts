/** How a text is looked for in applications: by number, and by what is known of the person. */
import { sql } from 'kysely';
import type { Act } from '#platform/act.ts';

/** A page of an index that is read all day lies in memory, so counts and late pages take the index in the order of the list, not the table; workers for so short a statement cost more than they bring. */
export async function readIndexes(act: Act): Promise<void> {
  await sql.raw('SET LOCAL random_page_cost = 1.1; SET LOCAL max_parallel_workers_per_gather = 0').execute(act.db);
}

/** From so many on it is quicker to look through the index of the list than to look up each of the found. */
const MANY = 2000;

/**
 * By number, or by what is known of the person. What few have is found by the index on parts of words (assessments.found); a text without parts, or one that many have, by looking through the index of
 * the list, which carries the searched words.
 */
export async function matching(act: Act, q: string, district: string | null) {
  if (hasParts(q)) {
    const { rows } = await sql<{ districtCode: string; id: string }>`SELECT district_code, id FROM assessments.found(${q}, ${district}, ${MANY + 1})`.execute(act.db);
    if (rows.length <= MANY) return sql`(a.district_code, a.id) IN (SELECT * FROM unnest(${rows.map((row) => row.districtCode)}::text[], ${rows.map((row) => row.id)}::uuid[]))`;
  }
  return sql`(strpos(a.search, ${q}) > 0 OR starts_with(a.person_number, upper(${q})))`;
}

/** Whether platform.search_tokens finds parts in a text: a word of three characters, or of two that are not all letters and digits. */
function hasParts(q: string): boolean {
  return q.split(/\s+/).some((word) => [...word].length >= 3 || ([...word].length === 2 && /[^\u0000-\u007F]/.test(word)));
}
