/** The year as the office kept it: premiums, allocations, month closes, two reviews by different people, payments; districts side by side. */
import { closeMonth, firstReview, payStatement, secondReview } from '#domain/claims/index.ts';
import { post } from '#domain/ledger/index.ts';
import { addMonthsToMonth } from '#kit/days.ts';
import type { Month } from '#kit/days.ts';
import type { Actor } from '#platform/scope/actor.ts';
import type { House } from '#server/house.ts';
import { chance } from '../chance.ts';
import { BOOKS_OPEN, CARE_DISTRICTS, CLOSED_MONTHS } from '../today.ts';
import { actors } from './accounts.ts';
import { actAt } from './road.ts';

/** What a district's fund had when the books were opened, and what premiums bring in a month, in fen. */
const FUNDS: Record<string, { treasuryFen: number; spendingFen: number; premiumFen: number }> = {
  '990101': { treasuryFen: 186_000_000, spendingFen: 12_000_000, premiumFen: 11_200_000 },
  '990103': { treasuryFen: 121_000_000, spendingFen: 8_000_000, premiumFen: 7_000_000 },
  '990104': { treasuryFen: 98_000_000, spendingFen: 7_000_000, premiumFen: 6_200_000 },
  '990105': { treasuryFen: 143_000_000, spendingFen: 9_000_000, premiumFen: 8_000_000 },
  '990106': { treasuryFen: 87_000_000, spendingFen: 6_000_000, premiumFen: 5_900_000 },
};
/** Months in which premiums come in: until the last one before the story ends. */
const PREMIUM_MONTHS: readonly Month[] = [...CLOSED_MONTHS, '2026-09', '2026-10', '2026-11'];
/** The last closed month is left under way: drafted, once reviewed, approved. */
const LEFT_OPEN: Month = '2026-08';

interface Office {
  house: House;
  district: string;
  officer: Actor;
  reviewer: Actor;
  cashier: Actor;
  accountant: Actor;
}

export async function tellYear(house: House): Promise<void> {
  const actor = await actors(house);
  await Promise.all(CARE_DISTRICTS.map(async (district) => {
    const nn = district.slice(4);
    const office: Office = { house, district, officer: actor(`agency-${nn}`), reviewer: actor(`reviewer-${nn}`), cashier: actor(`cashier-${nn}`), accountant: actor(`accountant-${nn}`) };
    await openBook(office);
    for (const month of PREMIUM_MONTHS) {
      await collect(office, month);
      // The month before is closed and settled while this month's premium is already in.
      const before = addMonthsToMonth(month, -1);
      if (CLOSED_MONTHS.includes(before)) await settle(office, before);
    }
  }));
}

/** The books begin with what the old paper books ended with. */
async function openBook({ house, district, accountant }: Office): Promise<void> {
  const { treasuryFen, spendingFen } = FUNDS[district]!;
  await actAt(house, accountant, BOOKS_OPEN, 1020, (act) => post(act, {
    districtCode: district, key: `world.opening:${district}`, effectiveOn: BOOKS_OPEN, narrative: '期初余额', documentType: 'opening',
    entries: [
      { accountCode: '1003', debitFen: treasuryFen, creditFen: 0 },
      { accountCode: '1004', debitFen: spendingFen, creditFen: 0 },
      { accountCode: '3001', debitFen: 0, creditFen: treasuryFen + spendingFen },
    ],
  }));
}

/** Premiums of the month reach the state treasury on the 3rd and the special account on the 4th. */
async function collect({ house, district, accountant }: Office, month: Month): Promise<void> {
  const amountFen = Math.round(FUNDS[district]!.premiumFen * (0.94 + 0.12 * chance(`premium ${district} ${month}`).next()));
  for (const [template, day, narrative] of [['premium.collected', '03', '保费入库'], ['premium.transferred', '04', '保费划转财政专户']] as const) {
    const on = `${month}-${day}`;
    await actAt(house, accountant, on, 930, (act) => post(act, { districtCode: district, key: `world.${template}:${district}:${month}`, template, amountFen, effectiveOn: on, narrative: `${month} ${narrative}` }));
  }
}

interface Statement {
  id: string;
  state: string;
  fundFen: number;
}

/** Closes the month on the 5th of the next, reviews on the 8th and 11th, asks the treasury for the sum on the 12th, pays on the 15th. */
async function settle(office: Office, month: Month): Promise<void> {
  const { house, district, officer, reviewer, cashier } = office;
  const next = addMonthsToMonth(month, 1);
  await actAt(house, officer, `${next}-05`, 540, (act) => closeMonth(act, district, month));
  const statements = await statementsOf(house, district, month);
  for (const [i, one] of statements.entries()) {
    // Of the last month every third statement waits for its first review and every third for its second.
    const goal = month !== LEFT_OPEN ? 'paid' : (['drafted', 'firstReviewed', 'approved'] as const)[i % 3]!;
    if (goal === 'drafted') continue;
    if (one.state === 'drafted') await actAt(house, officer, `${next}-08`, 560 + i, (act) => firstReview(act, one.id, null));
    if (goal === 'firstReviewed') continue;
    if (one.state === 'drafted' || one.state === 'firstReviewed') await actAt(house, reviewer, `${next}-11`, 600 + i, (act) => secondReview(act, one.id, null));
  }
  if (month === LEFT_OPEN) return;
  await allocate(office, month, statements.reduce((sum, one) => sum + one.fundFen, 0));
  for (const [i, one] of statements.entries()) {
    if (one.state !== 'paid') await actAt(house, cashier, `${next}-15`, 620 + i, (act) => payStatement(act, one.id, null));
  }
}

async function statementsOf(house: House, district: string, month: Month): Promise<Statement[]> {
  const { rows } = await house.platform.databases.owner.query<Statement>('SELECT id, state, fund_fen AS "fundFen" FROM claims.statement WHERE district_code = $1 AND month = $2 ORDER BY number', [district, `${month}-01`]);
  return rows;
}

/** The treasury allots what the month costs, rounded up to a thousand yuan. */
async function allocate({ house, district, accountant }: Office, month: Month, neededFen: number): Promise<void> {
  const on = `${addMonthsToMonth(month, 1)}-12`;
  const amountFen = Math.ceil(neededFen / 100_000) * 100_000;
  if (amountFen === 0) return;
  await actAt(house, accountant, on, 900, (act) => post(act, { districtCode: district, key: `world.treasury.allocated:${district}:${month}`, template: 'treasury.allocated', amountFen, effectiveOn: on, narrative: `${month} 待遇资金拨付` }));
}
