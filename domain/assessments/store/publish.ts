/** SQL of confirmed results that wait for their public notice. */
import { sql } from 'kysely';
import type { Act } from '#platform/act.ts';
import { waitsForNotice } from '../expert/store-queues.ts';
import type { LateSteps } from '../rules/steps.ts';
import { lateInStep } from './application.ts';

/** Applications in scope whose result may be published and is not on notice yet, of people of a township or one community of it; locked, by number. */
export async function listConfirmed(act: Act, townshipCode: string, community: string | null): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`SELECT a.id FROM assessments.application a JOIN people.person p ON p.district_code = a.district_code AND p.id = a.person_id
    WHERE ${waitsForNotice(act)} AND a.district_code = ${townshipCode.slice(0, 6)} AND p.township_code = ${townshipCode} AND (${community}::text IS NULL OR p.community = ${community})
    ORDER BY a.number FOR UPDATE OF a`.execute(act.db);
  return rows.map((row) => row.id);
}

/** Confirmed results in scope that wait, by place, and how many of them too long. */
export async function countWaiting(act: Act, late: LateSteps): Promise<{ townshipCode: string; community: string; cases: number; overdue: number }[]> {
  const { rows } = await sql<{ townshipCode: string; community: string; cases: number; overdue: number }>`SELECT p.township_code, p.community, count(*) AS cases, count(*) FILTER (WHERE ${lateInStep(act, late)}) AS overdue
    FROM assessments.application a JOIN people.person p ON p.district_code = a.district_code AND p.id = a.person_id
    WHERE ${waitsForNotice(act)} GROUP BY p.township_code, p.community ORDER BY p.township_code, p.community`.execute(act.db);
  return rows;
}
