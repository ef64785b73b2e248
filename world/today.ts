/** The days of the fictional city's story. A constant, never the wall clock: the same world on every machine and day. */
import type { Day, Month } from '#kit/days.ts';
import { addMonthsToMonth } from '#kit/days.ts';

/** The last day of the story: queues and notices of the demo stand around it. */
export const WORLD_TODAY: Day = '2026-11-20';

/** First and last day with home visits. */
export const VISITS_FROM: Day = '2025-09-01';
export const VISITS_TO: Day = '2026-10-31';

/** The day before the books begin: opening balances stand on it. */
export const BOOKS_OPEN: Day = '2025-08-31';

/** The year of care that is closed when the story is told; September and October 2026 are still open. */
export const CLOSED_MONTHS: readonly Month[] = Array.from({ length: 12 }, (_, i) => addMonthsToMonth('2025-09', i));

/** All months with visits. */
export const VISIT_MONTHS: readonly Month[] = Array.from({ length: 14 }, (_, i) => addMonthsToMonth('2025-09', i));

/** Districts with people, care and visits. 990102 joins in September 2026 by import. */
export const CARE_DISTRICTS = ['990101', '990103', '990104', '990105', '990106'] as const;
export const ALL_DISTRICTS = ['990101', '990102', '990103', '990104', '990105', '990106'] as const;
