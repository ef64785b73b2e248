/** Pure functions of the overview: sums over districts and months. */
import type { Static } from '@sinclair/typebox';
import type { Day, Month } from '#kit/days.ts';
import { addMonthsToMonth, monthOf } from '#kit/days.ts';
import type { OverviewSchema } from './contract.ts';

export type Overview = Static<typeof OverviewSchema>;

/** How many months the overview looks back, the running one included. */
export const MONTHS_SHOWN = 12;

/** The months the overview shows, oldest first. */
export function monthsShown(on: Day): Month[] {
  return Array.from({ length: MONTHS_SHOWN }, (_, index) => addMonthsToMonth(monthOf(on), index - MONTHS_SHOWN + 1));
}

/** Adds up a field of all rows. */
export function total<K extends string>(rows: readonly Record<K, number>[], field: K): number {
  return rows.reduce((sum, row) => sum + row[field], 0);
}

/** Rows by a key, in the order of the key. */
export function grouped<Row>(rows: readonly Row[], keyOf: (row: Row) => string): [string, Row[]][] {
  return [...Map.groupBy(rows, keyOf)].sort(([a], [b]) => a.localeCompare(b));
}
