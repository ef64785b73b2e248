/** A year of assessment fees of the first district, drafted, reviewed by two people and paid month by month; and the figures of quality as they were kept. */
import { approveFees, draftFees, firstReviewFees, keepQualityMonth, listFeeStatements, payFees } from '#domain/assessments/index.ts';
import { addMonthsToMonth } from '#kit/days.ts';
import type { Day, Month } from '#kit/days.ts';
import type { Actor } from '#platform/scope/actor.ts';
import type { House } from '#server/house.ts';
import { actors } from './accounts.ts';
import { actAt } from './road.ts';

const DISTRICT = '990101';
const FEE_MONTHS: readonly Month[] = Array.from({ length: 14 }, (_, i) => addMonthsToMonth('2025-09', i));
const QUALITY_MONTHS: readonly Month[] = FEE_MONTHS.slice(2);

/** When the months since May were counted again. */
const AGAIN_ON: Day = '2026-11-13';

/** October 2026 is left as drafted: the agency reviews it. */
const LEFT_OPEN: Month = '2026-10';

export async function settleFees(house: House): Promise<void> {
  const actor = await actors(house);
  const [officer, reviewer, cashier] = [actor('agency-01'), actor('reviewer-01'), actor('cashier-01')];
  for (const month of FEE_MONTHS) {
    const next = addMonthsToMonth(month, 1);
    await actAt(house, officer, `${next}-06`, 560, (act) => draftFees(act, DISTRICT, month));
    if (month === LEFT_OPEN) continue;
    const { rows } = await actAt(house, officer, `${next}-06`, 565, (act) => listFeeStatements(act, { district: DISTRICT, month }));
    for (const [at, { id, state }] of rows.entries()) {
      if (state === 'drafted') await actAt(house, officer, `${next}-09`, 560 + at, (act) => firstReviewFees(act, id, null));
      if (state === 'drafted' || state === 'firstReviewed') await actAt(house, reviewer, `${next}-12`, 660 + at, (act) => approveFees(act, id, null));
      if (state !== 'paid') await actAt(house, cashier, `${next}-16`, 640 + at, (act) => payFees(act, id, null));
    }
  }
  await keepQuality(house, officer);
}

/** Each month as it was known on the 10th of the next; where reviews and complaints that came in later changed a figure, a second version. Once each. */
async function keepQuality(house: House, officer: Actor): Promise<void> {
  const known = async (): Promise<Set<string>> => new Set((await house.platform.databases.owner.query<{ month: Month; on: Day }>(`SELECT to_char(month, 'YYYY-MM') AS month, (known_at AT TIME ZONE 'Asia/Shanghai')::date::text AS on FROM assessments.quality_month`)).rows.map((row) => `${row.month} ${row.on}`));
  const before = await known();
  for (const month of QUALITY_MONTHS) {
    const on = `${addMonthsToMonth(month, 1)}-10`;
    if (!before.has(`${month} ${on}`)) await actAt(house, officer, on, 620, (act) => keepQualityMonth(act, DISTRICT, month));
  }
  if ([...before].some((one) => one.endsWith(AGAIN_ON))) return;
  for (const month of QUALITY_MONTHS.filter((one) => one >= '2026-05')) await actAt(house, officer, AGAIN_ON, 620, (act) => keepQualityMonth(act, DISTRICT, month));
}
