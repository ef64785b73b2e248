/** SQL of confirmed results that wait for their public notice. */
import { sql } from 'kysely';
import type { Act } from '#platform/act.ts';
import { checkIsAsked } from '../expert/store-queues.ts';

/** What may be published: checked, or confirmed in a case for which the commissioned insurer's check is not asked; waiting for no promised paper. */
function publishable(act: Act) {
  return sql`(a.state = 'checked' OR (a.state = 'confirmed' AND NOT ${checkIsAsked(act.policy)})) AND (a.supply_by_on IS NULL OR a.supplied_on IS NOT NULL)`;
}

/** Applications in scope whose result may be published and is not on notice yet, of people of a township or one community of it; locked, by number. */
export async function listConfirmed(act: Act, townshipCode: string, community: string | null): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`SELECT a.id FROM assessments.application a JOIN people.person p ON p.district_code = a.district_code AND p.id = a.person_id
    WHERE ${publishable(act)} AND a.district_code = ${townshipCode.slice(0, 6)} AND p.township_code = ${townshipCode} AND (${community}::text IS NULL OR p.community = ${community})
    ORDER BY a.number FOR UPDATE OF a`.execute(act.db);
  return rows.map((row) => row.id);
}

/** Confirmed results in scope that wait, by place. */
export async function countWaiting(act: Act): Promise<{ townshipCode: string; community: string; cases: number }[]> {
  const { rows } = await sql<{ townshipCode: string; community: string; cases: number }>`SELECT p.township_code, p.community, count(*) AS cases
    FROM assessments.application a JOIN people.person p ON p.district_code = a.district_code AND p.id = a.person_id
    WHERE ${publishable(act)} GROUP BY p.township_code, p.community ORDER BY p.township_code, p.community`.execute(act.db);
  return rows;
}
