/** The close of a district's month: one transaction, a handful of set statements, no loop over rows. Closing twice changes nothing. */
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Month } from '#kit/days.ts';
import { monthBounds, monthOf } from '#kit/days.ts';
import { newId } from '#kit/ids.ts';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { ensureMonths, monthsAround } from '#platform/db/months.ts';
import { runSql, sqlFile } from '#platform/db/sql-file.ts';
import { recordEvent } from '#platform/events/record.ts';
import { NOBODY } from '#platform/scope/actor.ts';
import { lockMonth, VISIT_TABLES } from '#domain/visits/index.ts';
import type { MonthPolicy } from './figures.ts';
import { policyOfMonth } from './figures.ts';
import type { CloseRow } from './model.ts';
import type { AuditRule } from './policy.ts';
import { findClose } from './store.ts';

export interface CloseOutcome extends CloseRow {
  /** True when the month had been closed before: then nothing was changed. */
  again: boolean;
}

export interface CloseOptions {
  /** The operator's word at the command line: close although the month is not over. */
  early?: boolean;
}

/** Every table that has a partition for each month, in the order in which they refer to each other. */
export const MONTH_TABLES = [...VISIT_TABLES, 'claims.line', 'claims.finding'] as const;

/** The months before they are needed: this one and the next two. */
export async function openNextMonths(act: Act): Promise<void> {
  await ensureMonths(act.platform.databases, MONTH_TABLES, monthsAround(monthOf(act.today), 0, 2));
}

const part = (name: string) => sqlFile(new URL(`./close/${name}.sql`, import.meta.url));
const rule = (one: AuditRule) => sqlFile(new URL(`./audit/${one.sql}`, import.meta.url));

/**
 * Closes the month of a district: prices visits and care days, runs the audit rules, splits every line between fund and person, drafts one
 * statement per institution. Refuses with CLOSE_DISTRICT_UNKNOWN, CLOSE_NOT_IN_AREA or CLOSE_MONTH_RUNNING.
 */
export async function closeMonth(act: Act, districtCode: string, month: Month, options: CloseOptions = {}): Promise<CloseOutcome> {
  if (!(act.policy.about.districts ?? []).some((one) => one.code === districtCode)) refuse('CLOSE_DISTRICT_UNKNOWN', { district: districtCode });
  if (!act.actor.area || !districtCode.startsWith(act.actor.area)) refuse('CLOSE_NOT_IN_AREA', { district: districtCode }, { status: 403 });
  const before = await findClose(act, districtCode, month);
  if (before) return { ...before, again: true };
  if (!options.early && monthBounds(month).lastOn >= act.today) refuse('CLOSE_MONTH_RUNNING', { month, today: act.today });
  // Before the first lock, and not in this transaction: making a month waits for whoever writes at that moment.
  await ensureMonths(act.platform.databases, MONTH_TABLES, [month]);
  await lockMonth(act, districtCode, month);
  const meanwhile = await findClose(act, districtCode, month);
  if (meanwhile) return { ...meanwhile, again: true };
  await closeNow(act, districtCode, month, policyOfMonth(act.policy, month));
  const done = (await findClose(act, districtCode, month))!;
  await recordEvent(act, {
    districtCode, kind: 'claims.monthClosed', subjectType: 'monthClose', subjectId: done.id,
    data: { month, visits: done.visits, lines: done.lines, findings: done.findings, billedFen: done.billedFen, fundFen: done.fundFen },
  });
  return { ...done, again: false };
}

async function closeNow(act: Act, district: string, month: Month, policy: MonthPolicy): Promise<void> {
  const params = closeParams(act, district, month, policy);
  const run = (name: string) => runSql(act.db, part(name), params);
  await sql`SET LOCAL work_mem = '64MB'`.execute(act.db);
  for (const name of ['tables', 'figures', 'plans', 'entitlements']) await run(name);
  await sql`ANALYZE month_figure, plan_span, entitlement_span`.execute(act.db);
  for (const name of ['visits', 'days', 'priced']) await run(name);
  await sql`ANALYZE charge`.execute(act.db);
  await audit(act, params, policy.ruleBase.value.rules);
  await sql`ANALYZE found`.execute(act.db);
  for (const name of ['totals', 'month', 'statements', 'lines', 'findings']) await run(name);
}

/**
 * Runs the rules of the settlement in the order of their edition over the charges that still stand. What one rule refuses is no evidence for the
 * next; the interval of a cut visit is its paid interval.
 */
export async function audit(act: Act, params: { district: string; firstOn: string; lastOn: string }, rules: readonly AuditRule[]): Promise<void> {
  const inOrder = rules.filter((one) => one.phase.includes('settlement')).sort((a, b) => a.order - b.order);
  for (const [step, one] of inOrder.entries()) {
    const file = rule(one);
    const insert = `WITH taken AS (
      INSERT INTO found (n, rule, step, code, paid_minutes, params) SELECT r.n, '${one.id}', ${step}, r.code, r.paid_minutes, r.params FROM (${file.text}) r RETURNING 1
    ) SELECT count(*) AS findings FROM taken`;
    const rows = await runSql<{ findings: number }>(act.db, { ...file, text: insert }, params);
    if ((rows[0]?.findings ?? 0) > 0) await runSql(act.db, part('apply'), { step });
  }
}

function closeParams(act: Act, district: string, month: Month, policy: MonthPolicy) {
  const { firstOn, lastOn } = monthBounds(month);
  const id: string = newId<'monthClose'>(act.now.getTime());
  return {
    district, firstOn, lastOn, id, now: act.now, by: act.actor.name, account: act.actor.accountId === NOBODY ? null : act.actor.accountId,
    // Ids of the lines and findings count on from this head and tail, so that they are UUIDv7 in the order of the books.
    idHead: id.slice(0, 13), idTail: randomBytes(6).toString('hex'),
    numberHead: `QH-S-${month.replace('-', '')}-${district.slice(4)}`,
    city: act.policy.about.city, ruleBase: policy.ruleBase.id, stamp: JSON.stringify(policy.stamp), figures: JSON.stringify(policy.rows),
    policy: JSON.stringify({ figures: policy.used, ruleBase: { id: policy.ruleBase.id, stamp: policy.ruleBase.stamp, file: policy.ruleBase.file, rules: policy.ruleBase.value.rules.map(({ id: name, parameters, sources, status }) => ({ id: name, parameters, sources, status })) } }),
  };
}
