/** A month's money in three parts, and the texts of amounts the family reads. */
import type { Month } from './api.ts';

export const SHARES = ['fund', 'person', 'refused'] as const;
export type Share = (typeof SHARES)[number];

/** The three parts of an amount, each with its share of the whole in per cent (0 where nothing was billed). */
export function sharesOf(one: Pick<Month, 'billedFen' | 'fundFen' | 'personFen' | 'refusedFen'>): { share: Share; fen: number; percent: number }[] {
  const percent = (fen: number) => (one.billedFen === 0 ? 0 : (fen / one.billedFen) * 100);
  return [
    { share: 'fund', fen: one.fundFen, percent: percent(one.fundFen) },
    { share: 'person', fen: one.personFen, percent: percent(one.personFen) },
    { share: 'refused', fen: one.refusedFen, percent: percent(one.refusedFen) },
  ];
}

/** Rows by day, in the order they came. */
export function byDay<R extends { serviceOn: string }>(rows: readonly R[]): { day: string; rows: R[] }[] {
  const days: { day: string; rows: R[] }[] = [];
  for (const row of rows) {
    const last = days.at(-1);
    if (last?.day === row.serviceOn) last.rows.push(row);
    else days.push({ day: row.serviceOn, rows: [row] });
  }
  return days;
}

/** '2026-09-01' → 2 for a Tuesday; 0 is Sunday. */
export const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay();
