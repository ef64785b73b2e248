/** Measures the close of a generated month against a bare INSERT … SELECT of the same lines, and against the same rules row by row. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { runAct } from '#platform/act.ts';
import type { Act } from '#platform/act.ts';
import { openEmbedded } from '#platform/db/embedded.ts';
import { runSql, sqlFile } from '#platform/db/sql-file.ts';
import { officeActor } from '#platform/scope/actor.ts';
import { closeMonth } from '#domain/claims/index.ts';
import type { CloseOutcome } from '#domain/claims/index.ts';
import { openHouse, prepareDatabase } from '#server/house.ts';
import type { House } from '#server/house.ts';
import { closeRowByRow } from './row-by-row.ts';

const DISTRICT = '990101';
const MONTH = '2026-09';
/** The month is over; time is given as everywhere. */
const NOW = new Date('2026-10-08T02:00:00Z');

export interface BenchOptions {
  visits: number;
  people: number;
  carers: number;
  rounds: number;
  /** Visits that the row-by-row close takes; its time is scaled per visit. */
  sample: number;
}

export interface BenchResult {
  closed: CloseOutcome;
  /** Medians in milliseconds. */
  closeMs: number;
  bareMs: number;
  rowByRowMs: number;
  sample: number;
}

/** Generates the district on a throw-away database and measures in rounds, each measure once per round; what is measured is rolled back. */
export async function benchClose(options: BenchOptions, say: (line: string) => void): Promise<BenchResult> {
  const dataDir = await mkdtemp(join(tmpdir(), 'changhu-bench-'));
  const database = await openEmbedded({ dataDir, log: () => undefined });
  try {
    await prepareDatabase(database.url);
    const house = await openHouse({ databaseUrl: database.url });
    try {
      await generate(house, options);
      say(`生成 ${options.visits} 次服务  ${options.visits} visits generated`);
      return await measure(house, options, say);
    } finally {
      await house.close();
    }
  } finally {
    await database.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function generate(house: House, { visits, people, carers }: BenchOptions): Promise<void> {
  const { ownerDb } = house.platform.databases;
  await sql`SELECT platform.ensure_month('visits.visit', ${`${MONTH}-01`}::date)`.execute(ownerDb);
  // Foreign keys are checked by the close, not by the generator, whose rows all come in one statement.
  await ownerDb.connection().execute(async (db) => {
    await sql`SET session_replication_role = replica`.execute(db);
    await runSql(db, sqlFile(new URL('./generate.sql', import.meta.url)), { district: DISTRICT, visits, people, carers });
    await sql`SET session_replication_role = DEFAULT`.execute(db);
  });
  await sql`ANALYZE`.execute(ownerDb);
}

async function measure(house: House, options: BenchOptions, say: (line: string) => void): Promise<BenchResult> {
  const closed = await runAct(house.platform, officeActor(DISTRICT, ['*']), NOW, (act) => closeMonth(act, DISTRICT, MONTH));
  await runSql(house.platform.databases.ownerDb, sqlFile(new URL('./bare.sql', import.meta.url)));
  const times = { close: [] as number[], bare: [] as number[], rows: [] as number[] };
  for (let round = 1; round <= options.rounds; round += 1) {
    const close = await timed(house, (act) => closeMonth(act, DISTRICT, MONTH));
    const bare = await timed(house, (act) => sql`INSERT INTO bench.line SELECT * FROM bench.source`.execute(act.db));
    const rows = await timed(house, (act) => closeRowByRow(act, DISTRICT, MONTH, options.sample));
    times.close.push(close);
    times.bare.push(bare);
    times.rows.push(rows);
    say(`第 ${round} 轮 round ${round}: close ${Math.round(close)} ms · INSERT … SELECT ${Math.round(bare)} ms · row by row ${Math.round(rows)} ms / ${options.sample}`);
  }
  return { closed, closeMs: median(times.close), bareMs: median(times.bare), rowByRowMs: median(times.rows), sample: options.sample };
}

class Enough extends Error {}

/** Milliseconds of one act's work as the app role behind the wall; the work is rolled back. */
async function timed(house: House, work: (act: Act) => Promise<unknown>): Promise<number> {
  let took = 0;
  await runAct(house.platform, officeActor(DISTRICT, ['*']), NOW, async (act) => {
    const began = performance.now();
    await work(act);
    took = performance.now() - began;
    throw new Enough();
  }).catch((error: unknown) => {
    if (!(error instanceof Enough)) throw error;
  });
  // What was rolled back leaves dead rows; they are not the next measure's burden.
  await sql`VACUUM claims.line, claims.finding, bench.line, visits.month_lock`.execute(house.platform.databases.ownerDb);
  return took;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
