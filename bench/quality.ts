/** Measures a generated month of quality of a district: every figure, agreement per item, and the keeping of the month with its cases, against one bare aggregate of the same assessments. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { runAct } from '#platform/act.ts';
import type { Act } from '#platform/act.ts';
import { openEmbedded } from '#platform/db/embedded.ts';
import { runSql, sqlFile } from '#platform/db/sql-file.ts';
import { officeActor } from '#platform/scope/actor.ts';
import { keepQualityMonth, readOverview } from '#domain/assessments/quality/actions.ts';
import { countFigure, countMonth, prepared } from '#domain/assessments/quality/count.ts';
import { paramsOf } from '#domain/assessments/quality/figures.ts';
import { countItems } from '#domain/assessments/quality/items.ts';
import { QUALITY_FIGURES } from '#domain/assessments/quality/model.ts';
import { openHouse, prepareDatabase } from '#server/house.ts';
import type { House } from '#server/house.ts';

const DISTRICT = '990101';
const CITY = '9901';
/** The last month of the generated year. */
const MONTH = '2026-09';
const NOW = new Date('2026-11-08T02:00:00Z');

export interface QualityBench {
  /** Assessments of the month, with those that came after a return. */
  assessments: number;
  figures: number;
  /** Cases of figures and items that the keeping wrote. */
  cases: number;
  /** Medians in milliseconds: every figure by institution and assessor; agreement per item; one aggregate of the month's assessments by the same. */
  allMs: number;
  itemsMs: number;
  bareMs: number;
  /** Once each: keeping the month (everything counted, decided and written, with the cases), finding that nothing changed since, reading it as kept, and a bureau officer's whole city counted now. */
  keepMs: number;
  keepAgainMs: number;
  readMs: number;
  cityMs: number;
  slowest: { figure: string; ms: number };
}

/** Generates the year on a throw-away database (or the empty one given) and measures in rounds, each measure once per round. */
export async function benchQuality(options: { perMonth: number; rounds: number }, say: (line: string) => void, databaseUrl?: string): Promise<QualityBench> {
  if (databaseUrl !== undefined) return onDatabase(options, say, databaseUrl);
  const dataDir = await mkdtemp(join(tmpdir(), 'changhu-bench-'));
  const database = await openEmbedded({ dataDir, log: () => undefined });
  try {
    return await onDatabase(options, say, database.url);
  } finally {
    await database.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function onDatabase({ perMonth, rounds }: { perMonth: number; rounds: number }, say: (line: string) => void, databaseUrl: string): Promise<QualityBench> {
  await prepareDatabase(databaseUrl);
  const house = await openHouse({ databaseUrl });
  try {
    const ms = await timed(() => generate(house, perMonth));
    say(`生成一年，每月 ${perMonth} 件评估  a year with ${perMonth} assessments a month generated (${Math.round(ms / 1000)} s)`);
    return await measure(house, rounds, say);
  } finally {
    await house.close();
  }
}

/** One statement writes the rows; the indexes that no constraint needs are made when they stand. */
async function generate(house: House, perMonth: number): Promise<void> {
  const { ownerDb } = house.platform.databases;
  await ownerDb.connection().execute(async (db) => {
    const { rows: indexes } = await sql<{ name: string; definition: string }>`SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
      WHERE t.relnamespace IN ('people'::regnamespace, 'assessments'::regnamespace) AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)`.execute(db);
    await sql`SET session_replication_role = replica`.execute(db);
    await sql.raw(indexes.map(({ name }) => `DROP INDEX ${name}`).join('; ')).execute(db);
    await runSql(db, sqlFile(new URL('./quality.sql', import.meta.url)), { district: DISTRICT, perMonth });
    await sql`SET maintenance_work_mem = '256MB'`.execute(db);
    for (const { definition } of indexes) await sql.raw(definition).execute(db);
    await sql`RESET maintenance_work_mem`.execute(db);
    await sql`SET session_replication_role = DEFAULT`.execute(db);
  });
  await sql`VACUUM ANALYZE`.execute(ownerDb);
}

async function measure(house: House, rounds: number, say: (line: string) => void): Promise<QualityBench> {
  const inside = <T>(work: (act: Act) => Promise<T>, area = DISTRICT) => runAct(house.platform, officeActor(area, ['*']), NOW, work);
  const asked = { month: MONTH, districtCode: DISTRICT, knownAt: NOW };
  const times = { all: [] as number[], items: [] as number[], bare: [] as number[] };
  let assessments = 0;
  for (let round = 1; round <= rounds; round += 1) {
    const all = await timed(() => inside(async (act) => (assessments = (await countMonth(act, asked)).find((one) => one.figure === 'returnRate' && one.institutionId === null)!.cases)));
    const items = await timed(() => inside((act) => countItems(act, asked)));
    const bare = await timed(() => inside((act) => sql`SELECT assessment_institution_id, assessor_account_id, count(*), avg(grade) FROM assessments.assessment
      WHERE district_code = ${DISTRICT} AND recorded_at >= '2026-09-01+08' AND recorded_at < '2026-10-01+08' GROUP BY GROUPING SETS ((assessment_institution_id), (assessment_institution_id, assessor_account_id))`.execute(act.db)));
    times.all.push(all);
    times.items.push(items);
    times.bare.push(bare);
    say(`第 ${round} 轮 round ${round}: ${QUALITY_FIGURES.length} 项指标 figures ${Math.round(all)} ms · 逐项一致 items ${Math.round(items)} ms · 一次聚合 bare aggregate ${Math.round(bare)} ms`);
  }
  const slowest = await eachFigure(house, say);
  const cityMs = await timed(() => inside((act) => readOverview(act, { month: MONTH }), CITY));
  const keepMs = await timed(() => inside((act) => keepQualityMonth(act, DISTRICT, MONTH)));
  const keepAgainMs = await timed(() => inside((act) => keepQualityMonth(act, DISTRICT, MONTH)));
  const readMs = await timed(() => inside((act) => readOverview(act, { month: MONTH, district: DISTRICT })));
  const { rows } = await sql<{ cases: number }>`SELECT count(*)::int AS cases FROM assessments.quality_case`.execute(house.platform.databases.ownerDb);
  return { assessments, figures: QUALITY_FIGURES.length, cases: rows[0]!.cases, allMs: median(times.all), itemsMs: median(times.items), bareMs: median(times.bare), keepMs, keepAgainMs, readMs, cityMs, slowest };
}

async function eachFigure(house: House, say: (line: string) => void): Promise<{ figure: string; ms: number }> {
  let slowest = { figure: '', ms: 0 };
  for (const figure of QUALITY_FIGURES) {
    const ms = await runAct(house.platform, officeActor(DISTRICT, ['*']), NOW, async (act) => {
      const params = paramsOf({ month: MONTH, districtCode: DISTRICT, knownAt: NOW }, act.policy);
      await prepared(act, params);
      return timed(() => countFigure(act, figure, params));
    });
    say(`  ${figure} ${Math.round(ms)} ms`);
    if (ms > slowest.ms) slowest = { figure, ms };
  }
  return slowest;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
