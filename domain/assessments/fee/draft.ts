/** Drafting the fees of a month: one transaction, a handful of set statements. Drafting twice changes nothing; a late conclusion goes to the next month. */
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { addDays, monthBounds } from '#kit/days.ts';
import type { Day, Month } from '#kit/days.ts';
import { newId } from '#kit/ids.ts';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { runSql, sqlFile } from '#platform/db/sql-file.ts';
import { recordEvent } from '#platform/events/record.ts';
import { stampOf } from '#platform/policy/index.ts';
import type { FigureOn, PolicyBook } from '#platform/policy/index.ts';
import { NOBODY } from '#platform/scope/actor.ts';
import { feeFen } from './policy.ts';
import { findFeeMonth, lastFeeMonth, lockFees } from './store.ts';
import type { FeeMonth } from './store.ts';

const part = (name: string) => sqlFile(new URL(`./sql/${name}.sql`, import.meta.url));
const FOREVER: Day = '9999-12-31';

/**
 * Drafts the fee statements of a district's month: a line for every conclusion up to its last day that is not settled yet, and one for every
 * fee that a review takes back. Refuses with FEE_NOT_IN_AREA, FEE_MONTH_RUNNING, FEE_LATER_DRAFTED, FEE_PRICE_MISSING.
 */
export async function draftFees(act: Act, districtCode: string, month: Month): Promise<FeeMonth & { again: boolean }> {
  if (!act.actor.area || !districtCode.startsWith(act.actor.area)) refuse('FEE_NOT_IN_AREA', { district: districtCode }, { status: 403 });
  const { firstOn, lastOn } = monthBounds(month);
  if (lastOn >= act.today) refuse('FEE_MONTH_RUNNING', { month, today: act.today });
  await lockFees(act, districtCode);
  const before = await findFeeMonth(act, districtCode, month);
  if (before) return { ...before, again: true };
  const last = await lastFeeMonth(act, districtCode);
  if (last !== undefined && last > month) refuse('FEE_LATER_DRAFTED', { month, later: last }, { status: 409 });
  const prices = pricesOf(act.policy);
  await sql`SET LOCAL work_mem = '64MB'`.execute(act.db);
  await runSql(act.db, part('tables'));
  const lines = part('lines');
  await runSql(act.db, { ...lines, text: `INSERT INTO fee_draft (conclusion_id, institution_id, number, kind, grade, concluded_on, price_fen, amount_fen, code, overturned_by, overturned_grade) ${lines.text}` }, {
    district: districtCode, firstOn, lastOn, kinds: prices.rows.map((one) => one.kind), froms: prices.rows.map((one) => one.from), tos: prices.rows.map((one) => one.to), fens: prices.rows.map((one) => one.fen),
  });
  const { rows } = await sql<{ lines: number; unpriced: number; firstOn: Day | null }>`SELECT count(*) AS lines, count(*) FILTER (WHERE price_fen IS NULL) AS unpriced, min(concluded_on) FILTER (WHERE price_fen IS NULL) AS first_on FROM fee_draft`.execute(act.db);
  const drafted = rows[0]!;
  if (drafted.unpriced > 0) refuse('FEE_PRICE_MISSING', { conclusions: drafted.unpriced, on: drafted.firstOn });
  const id: string = newId<'feeMonth'>(act.now.getTime());
  await sql`INSERT INTO assessments.fee_month (district_code, month, id, drafted_at, drafted_by, account_id, lines, stamp)
    VALUES (${districtCode}, ${firstOn}, ${id}, ${act.now}, ${act.actor.name}, ${act.actor.accountId === NOBODY ? null : act.actor.accountId}, ${drafted.lines}, ${JSON.stringify(prices.stamp)}::jsonb)`.execute(act.db);
  // Ids of statements and lines count on from this head and tail, so that they are UUIDv7 in the order of the books.
  const params = { district: districtCode, firstOn, now: act.now, idHead: id.slice(0, 13), idTail: randomBytes(6).toString('hex'), numberHead: `QH-F-${month.replace('-', '')}-${districtCode.slice(4)}` };
  await runSql(act.db, part('statements'), params);
  await runSql(act.db, part('write'), params);
  await sql`DROP TABLE fee_draft`.execute(act.db);
  const made = (await findFeeMonth(act, districtCode, month))!;
  await recordEvent(act, { districtCode, kind: 'assessments.feesDrafted', subjectType: 'feeMonth', subjectId: id, data: { month, lines: made.lines, statements: made.statements, payableFen: made.payableFen } });
  return { ...made, again: false };
}

interface Price {
  kind: string;
  from: Day;
  to: Day;
  fen: number;
}

/** Every price of the city with the days on which it holds. */
function pricesOf(policy: PolicyBook): { rows: Price[]; stamp: Record<string, string> } {
  const begins = [...new Set(policy.all().filter((row) => row.name === feeFen.name).map((row) => row.from))].sort();
  const held = begins.filter((from) => policy.has(feeFen, from)).map((from) => policy.figure(feeFen, from) as FigureOn<Record<string, number>>);
  const rows = held.flatMap((figure, at) => Object.entries(figure.value).map(([kind, fen]) => ({ kind, from: figure.from, to: figure.to ?? (held[at + 1] ? addDays(held[at + 1]!.from, -1) : FOREVER), fen })));
  return { rows, stamp: stampOf(...held) };
}
