/** Measures every figure of quality over a generated month of a district against one bare aggregate of the same assessments. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { runAct } from '#platform/act.ts';
import type { Act } from '#platform/act.ts';
import { openEmbedded } from '#platform/db/embedded.ts';
import { runSql, sqlFile } from '#platform/db/sql-file.ts';
import { officeActor } from '#platform/scope/actor.ts';
import { countFigure, countMonth, prepared } from '#domain/assessments/quality/count.ts';
import { paramsOf } from '#domain/assessments/quality/figures.ts';
import { QUALITY_FIGURES } from '#domain/assessments/quality/model.ts';
import { openHouse, prepareDatabase } from '#server/house.ts';
import type { House } from '#server/house.ts';

const DISTRICT = '990101';
/** The last month of the generated year. */
const MONTH = '2026-09';
const NOW = new Date('2026-11-08T02:00:00Z');

export interface QualityBench {
  /** Assessments of the month, with those that came after a return. */
  assessments: number;
  figures: number;
  /** Medians in milliseconds: every figure by institution and assessor; one aggregate of the month's assessments by the same. */
  allMs: number;
  bareMs: number;
  slowest: { figure: string; ms: number };
}

/** Generates the year on a throw-away database and measures in rounds, each measure once per round. */
export async function benchQuality(options: { perMonth: number; rounds: number }, say: (line: string) => void): Promise<QualityBench> {
  const dataDir = await mkdtemp(join(tmpdir(), 'changhu-bench-'));
  const database = await openEmbedded({ dataDir, log: () => undefined });
  try {
    await prepareDatabase(database.url);
    const house = await openHouse({ databaseUrl: database.url });
    try {
      await house.platform.databases.ownerDb.connection().execute(async (db) => {
        await sql`SET session_replication_role = replica`.execute(db);
        await runSql(db, sqlFile(new URL('./quality.sql', import.meta.url)), { district: DISTRICT, perMonth: options.perMonth });
        await sql`SET session_replication_role = DEFAULT`.execute(db);
      });
      await sql`ANALYZE`.execute(house.platform.databases.ownerDb);
      say(`生成一年，每月 ${options.perMonth} 件评估  a year with ${options.perMonth} assessments a month generated`);
      return await measure(house, options.rounds, say);
    } finally {
      await house.close();
    }
  } finally {
    await database.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function measure(house: House, rounds: number, say: (line: string) => void): Promise<QualityBench> {
  const inside = <T>(work: (act: Act) => Promise<T>) => runAct(house.platform, officeActor(DISTRICT, ['*']), NOW, work);
  const asked = { month: MONTH, districtCode: DISTRICT, knownAt: NOW };
  const times = { all: [] as number[], bare: [] as number[] };
  let assessments = 0;
  for (let round = 1; round <= rounds; round += 1) {
    const all = await timed(() => inside(async (act) => (assessments = (await countMonth(act, asked)).find((one) => one.figure === 'returnRate' && one.institutionId === null)!.cases)));
    const bare = await timed(() => inside((act) => sql`SELECT assessment_institution_id, assessor_account_id, count(*), avg(grade) FROM assessments.assessment
      WHERE district_code = ${DISTRICT} AND recorded_at >= '2026-09-01+08' AND recorded_at < '2026-10-01+08' GROUP BY GROUPING SETS ((assessment_institution_id), (assessment_institution_id, assessor_account_id))`.execute(act.db)));
    times.all.push(all);
    times.bare.push(bare);
    say(`第 ${round} 轮 round ${round}: ${QUALITY_FIGURES.length} 项指标 figures ${Math.round(all)} ms · 一次聚合 bare aggregate ${Math.round(bare)} ms`);
  }
  let slowest = { figure: '', ms: 0 };
  for (const figure of QUALITY_FIGURES) {
    const ms = await inside(async (act) => {
      const params = paramsOf(asked, act.policy);
      await prepared(act, params);
      return timed(() => countFigure(act, figure, params));
    });
    say(`  ${figure} ${Math.round(ms)} ms`);
    if (ms > slowest.ms) slowest = { figure, ms };
  }
  return { assessments, figures: QUALITY_FIGURES.length, allMs: median(times.all), bareMs: median(times.bare), slowest };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
