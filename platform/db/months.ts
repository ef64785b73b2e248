/** Partitions by month: made on the owner's own connection, each in a transaction of its own, so that no act ever holds the locks of making one. */
import type { Month } from '#kit/days.ts';
import { addMonthsToMonth } from '#kit/days.ts';
import type { Databases } from './connect.ts';

/**
 * Makes the partitions of these months where they are missing. `tables` are named with their schema and partitioned by month.
 * Usually all are there, and only the catalogue is read. To be called before an act takes any lock of its own.
 */
export async function ensureMonths(databases: Pick<Databases, 'owner'>, tables: readonly string[], months: readonly Month[]): Promise<void> {
  const { rows } = await databases.owner.query<{ table: string; firstOn: string }>(
    `SELECT t.name AS "table", m.first AS "firstOn" FROM unnest($1::text[]) WITH ORDINALITY AS t (name, place), unnest($2::date[]) AS m (first)
     WHERE NOT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname || '.' || c.relname = t.name || '_' || to_char(m.first, 'YYYYMM'))
     ORDER BY m.first, t.place`,
    [tables, [...new Set(months)].map((month) => `${month}-01`)],
  );
  for (const one of rows) await databases.owner.query('SELECT platform.ensure_month($1::regclass, $2::date)', [one.table, one.firstOn]);
}

/** The month and its neighbours: `back` months before it to `ahead` months after it. */
export function monthsAround(month: Month, back: number, ahead: number): Month[] {
  return Array.from({ length: back + 1 + ahead }, (_, at) => addMonthsToMonth(month, at - back));
}
