/** A thousand random acts on several books; then another program, hledger, sums the exported journal again. */
import { spawnSync } from 'node:child_process';
import { parse } from 'csv-parse/sync';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays } from '#kit/days.ts';
import { Refusal } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { openTestHouse } from '#server/testing.ts';
import type { TestHouse } from '#server/testing.ts';
import { balances, post, reverse, settlePending, voidPending } from './index.ts';
import type { Made, NewEntry, NewPosting } from './index.ts';

const DISTRICTS = ['990101', '990102', '990103', '990104'];
const ACCOUNTS = ['1001', '1003', '1004', '1005', '2001', '4001', '4201', '500101', '500102', '500103', '5301'];
const TODAY = '2026-09-15';
const SEED = Number(process.env['SEED'] || Math.floor(Math.random() * 2 ** 31));

/** Mulberry32: small, and the same everywhere. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
const random = randomFrom(SEED);
const below = (n: number) => Math.floor(random() * n);
const oneOf = <T>(all: readonly T[]): T => all[below(all.length)]!;

/** What the test itself believes: every posting made, and what became of it. */
interface Known {
  id: string;
  districtCode: string;
  pending: boolean;
  closed: boolean;
  effectiveOn: string;
}
const known: Known[] = [];
const done: { redo: (act: Act) => Promise<Made>; other: (act: Act) => Promise<Made>; made: Made }[] = [];
const outcomes: Record<string, number> = {};

function randomEntries(): NewEntry[] {
  const debits = Array.from({ length: 1 + below(3) }, () => ({ accountCode: oneOf(ACCOUNTS), debitFen: 1 + below(10 ** (1 + below(9))), creditFen: 0 }));
  const total = debits.reduce((sum, one) => sum + one.debitFen, 0);
  if (total < 2 || random() < 0.5) return [...debits, { accountCode: oneOf(ACCOUNTS), debitFen: 0, creditFen: total }];
  const part = 1 + below(total - 1);
  return [...debits, { accountCode: oneOf(ACCOUNTS), debitFen: 0, creditFen: part }, { accountCode: oneOf(ACCOUNTS), debitFen: 0, creditFen: total - part }];
}

async function refusedAs(work: Promise<unknown>, ...codes: string[]): Promise<string> {
  const error = await work.then(() => undefined, (reason: unknown) => reason);
  if (!(error instanceof Refusal)) throw new Error(`seed ${SEED}: expected a refusal ${codes.join(' or ')}, got ${String(error ?? 'success')}`);
  expect(codes, `seed ${SEED}`).toContain(error.code);
  return error.code;
}

async function randomPost(house: TestHouse, n: number): Promise<string> {
  const one: NewPosting = {
    districtCode: oneOf(DISTRICTS), key: `random-${SEED}-${n}`, entries: randomEntries(), effectiveOn: addDays(TODAY, -below(400)), pending: random() < 0.4,
    narrative: oneOf(['保费; 一月', 'premium | second', '拨款,分两次', 'a\nline', '(手工) * ! 结算']),
  };
  const made = await house.act((act) => post(act, one));
  known.push({ id: made.id, districtCode: one.districtCode, pending: one.pending === true, closed: false, effectiveOn: one.effectiveOn });
  done.push({ made, redo: (act) => post(act, one), other: (act) => post(act, { ...one, narrative: `${one.narrative} 另` }) });
  return one.pending ? 'reserve' : 'post';
}

async function randomClose(house: TestHouse, n: number): Promise<string> {
  if (known.length === 0) return 'nothing to close';
  const target = oneOf(known);
  const [name, act_] = oneOf([['settle', settlePending], ['void', voidPending], ['reverse', reverse]] as const);
  const closing = { districtCode: target.districtCode, postingId: target.id, key: `close-${SEED}-${n}`, effectiveOn: addDays(target.effectiveOn, below(60)) };
  const attempt = () => house.act((act) => act_(act, closing));
  if (closing.effectiveOn > TODAY) return `refused ${await refusedAs(attempt(), 'LEDGER_DAY')}`;
  if ((name === 'reverse') === target.pending) return `refused ${await refusedAs(attempt(), 'LEDGER_KIND')}`;
  if (target.closed) return `refused ${await refusedAs(attempt(), 'LEDGER_CLOSED')}`;
  const made = await attempt();
  target.closed = true;
  if (name === 'settle') known.push({ id: made.id, districtCode: target.districtCode, pending: false, closed: false, effectiveOn: closing.effectiveOn });
  done.push({ made, redo: (act) => act_(act, closing), other: (act) => act_(act, { ...closing, narrative: '另一份' }) });
  return name;
}

async function randomRepeat(house: TestHouse): Promise<string> {
  if (done.length === 0) return 'nothing to repeat';
  const earlier = oneOf(done);
  if (random() < 0.5) {
    expect(await house.act(earlier.redo), `seed ${SEED}`).toEqual({ ...earlier.made, repeated: true });
    return 'repeat';
  }
  return `refused ${await refusedAs(house.act(earlier.other), 'LEDGER_KEY_REUSED')}`;
}

/** account (`district:code`) → fen, as hledger sums it. */
function hledger(journal: string, on: string, status: '--cleared' | '--pending'): Map<string, number> {
  const args = ['-f', '-', 'balance', '--flat', '--no-total', '--empty', '-O', 'csv', status, '-e', addDays(on, 1)];
  const run = spawnSync('hledger', args, { input: journal, encoding: 'utf8', env: { ...process.env, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' }, maxBuffer: 64 * 2 ** 20 });
  if (run.status !== 0) throw new Error(`hledger: ${run.stderr}`);
  const rows = parse(run.stdout, { columns: true }) as { account: string; balance: string }[];
  return new Map(rows.map((row) => [row.account, Math.round(Number(row.balance.replace(/[^0-9.-]/g, '')) * 100)] as const).filter(([, fen]) => fen !== 0));
}

const hasHledger = spawnSync('hledger', ['--version']).status === 0;

describe(`a thousand random acts on the books (seed ${SEED}; SEED=${SEED} repeats them)`, () => {
  let house: TestHouse;
  beforeAll(async () => {
    house = await openTestHouse(`${TODAY}T02:00:00Z`);
    console.info(`ledger: seed ${SEED}`);
    for (let n = 0; n < 1000; n += 1) {
      const dice = random();
      const what = dice < 0.5 ? await randomPost(house, n) : dice < 0.85 ? await randomClose(house, n) : await randomRepeat(house);
      outcomes[what] = (outcomes[what] ?? 0) + 1;
    }
  });
  afterAll(() => house.close());

  test('every kind of act and of refusal came up', () => {
    for (const kind of ['post', 'reserve', 'settle', 'void', 'reverse', 'repeat', 'refused LEDGER_KIND', 'refused LEDGER_CLOSED', 'refused LEDGER_KEY_REUSED', 'refused LEDGER_DAY']) expect(outcomes[kind], `${kind}, seed ${SEED}`).toBeGreaterThan(0);
  });

  test('every book adds up to zero, every posting balances, nothing refers to nothing', async () => {
    const [row] = await house.act(async (act) => (await sql<Record<string, number>>`SELECT
      (SELECT count(*) FROM ledger.posting) AS postings,
      (SELECT count(*) FROM (SELECT 1 FROM ledger.entry GROUP BY district_code, booked HAVING sum(debit_fen) <> sum(credit_fen)) x) AS books_off,
      (SELECT count(*) FROM (SELECT 1 FROM ledger.entry GROUP BY district_code, posting_id HAVING sum(debit_fen) <> sum(credit_fen) OR count(*) < 2) x) AS postings_off,
      (SELECT count(*) FROM ledger.entry e WHERE NOT EXISTS (SELECT 1 FROM ledger.posting p WHERE p.district_code = e.district_code AND p.id = e.posting_id AND p.effective_on = e.effective_on AND p.booked = e.booked)) AS entry_orphans,
      (SELECT count(*) FROM ledger.posting p WHERE p.kind <> 'void' AND NOT EXISTS (SELECT 1 FROM ledger.entry e WHERE e.district_code = p.district_code AND e.posting_id = p.id)) AS empty_postings,
      (SELECT count(*) FROM ledger.posting p WHERE p.refers_to IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ledger.posting r WHERE r.district_code = p.district_code AND r.id = p.refers_to)) AS lost_references,
      (SELECT count(*) FROM ledger.posting p JOIN ledger.posting r ON r.district_code = p.district_code AND r.id = p.refers_to WHERE p.effective_on < r.effective_on) AS before_its_time,
      (SELECT count(*) FROM (SELECT district_code, left(number, 11) AS series, count(*) AS n, max(right(number, 6)::int) AS last FROM ledger.posting GROUP BY 1, 2) s WHERE n <> last) AS gaps,
      (SELECT count(*) FROM ledger.posting p WHERE NOT EXISTS (SELECT 1 FROM platform.event e WHERE e.data ->> 'postingId' = p.id::text)) AS without_event`.execute(act.db)).rows);
    expect(row, `seed ${SEED}`).toEqual({ postings: done.length, booksOff: 0, postingsOff: 0, entryOrphans: 0, emptyPostings: 0, lostReferences: 0, beforeItsTime: 0, gaps: 0, withoutEvent: 0 });
  });

  test.skipIf(!hasHledger && process.env['CI'] !== 'true').each([TODAY, '2026-03-31', '2025-12-31'])('hledger sums the exported journal to the same balances on %s, booked and reserved (skipped where hledger is not installed)', async (on) => {
    const rows = await house.act((act) => balances(act, { on }));
    const caller = await house.signedIn({ signInName: `fund-${on}`, displayName: '周会计', role: 'fundAccountant', area: '9901' });
    const journal = (await caller('GET', '/api/ledger/journal.hledger')).body;
    const debitOf = (row: (typeof rows)[number], fen: number) => (row.normal === 'debit' ? fen : -fen);
    const ours = (pick: (row: (typeof rows)[number]) => number) => new Map(rows.map((row) => [`${row.districtCode}:${row.code}`, debitOf(row, pick(row))] as const).filter(([, fen]) => fen !== 0));
    const sorted = (map: Map<string, number>) => Object.fromEntries([...map].sort(([a], [b]) => a.localeCompare(b)));
    const theirs = hledger(journal, on, '--cleared');
    expect(theirs.size).toBeGreaterThan(DISTRICTS.length * 5);
    expect(sorted(theirs), `seed ${SEED}`).toEqual(sorted(ours((row) => row.balanceFen)));
    expect(sorted(hledger(journal, on, '--pending')), `seed ${SEED}`).toEqual(sorted(ours((row) => row.pendingFen)));
  });
});
