/** The lock between intake and close: many intakes at once, one close alone; a closed month takes no more visits. */
import { sql } from 'kysely';
import type { Day, Month } from '#kit/days.ts';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { ensureMonths } from '#platform/db/months.ts';

const KEY = sql`hashtext('visits.month')`;

/**
 * For the close: waits until no intake into the district's month is under way, keeps new ones out until this act ends,
 * and marks the month as closed. Safe to repeat.
 */
export async function lockMonth(act: Act, districtCode: string, month: Month): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${KEY}, hashtext(${districtCode + month}))`.execute(act.db);
  await sql`INSERT INTO visits.month_lock (district_code, month, locked_at) VALUES (${districtCode}, ${`${month}-01`}, ${act.now}) ON CONFLICT DO NOTHING`.execute(act.db);
}

/** For intake: shares the months with other intakes, and tells which of them are closed. */
export async function shareMonths(act: Act, districtCode: string, months: readonly Month[]): Promise<Set<Month>> {
  for (const month of [...months].sort()) await sql`SELECT pg_advisory_xact_lock_shared(${KEY}, hashtext(${districtCode + month}))`.execute(act.db);
  const { rows } = await sql<{ month: Day }>`SELECT month FROM visits.month_lock WHERE district_code = ${districtCode} AND month = ANY (${months.map((one) => `${one}-01`)}::date[])`.execute(act.db);
  return new Set(rows.map((row) => row.month.slice(0, 7)));
}

/** Shares one month; refuses with IMPORT_MONTH_CLOSED when it is closed. */
export async function demandOpenMonth(act: Act, districtCode: string, month: Month): Promise<void> {
  if ((await shareMonths(act, districtCode, [month])).size > 0) refuse('IMPORT_MONTH_CLOSED', { district: districtCode, month }, { status: 409 });
}

/** Tables of visits that have a partition for each month. */
export const VISIT_TABLES = ['visits.visit'] as const;

/** Makes the months' partitions where they are missing; before the act takes any lock. */
export async function openMonths(act: Act, months: readonly Month[]): Promise<void> {
  await ensureMonths(act.platform.databases, VISIT_TABLES, months);
}
