/** Measures the list of applications of a district with 20 000 open ones: pages, filters, search and queues through the server as an officer behind the wall, against the bare indexed statements. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded } from '#platform/db/embedded.ts';
import { runSql, sqlFile } from '#platform/db/sql-file.ts';
import { buildServer } from '#platform/http/server.ts';
import { createAccount } from '#platform/identity/accounts.ts';
import { sql } from 'kysely';
import { openHouse, prepareDatabase } from '#server/house.ts';
import { modules } from '#server/modules.ts';
import type { House } from '#server/house.ts';

/** A working day in the middle of what is generated. */
const NOW = new Date('2026-12-21T02:00:00Z');
const PASSWORD = 'a password for measuring only';

export interface ApplicationsBench {
  /** Open applications of the district; as many stand open next door. */
  open: number;
  /** Applications of the district that are over. */
  past: number;
  rounds: number;
}

export interface Measured {
  name: string;
  rows: number;
  total: number;
  p50Ms: number;
  p95Ms: number;
}

/** What an officer asks for all day. */
const ASKED: readonly (readonly [name: string, url: string])[] = [
  ['首页 first page', '/api/applications?pageSize=20'],
  ['第 900 页 page 900', '/api/applications?pageSize=20&page=900'],
  ['按状态 by state', '/api/applications?state=scored&pageSize=20'],
  ['按街镇和类别 by township and kind', '/api/applications?township=990101002&kind=initial&pageSize=20'],
  ['逾期 overdue', '/api/applications?due=overdue&pageSize=20'],
  ['待预审 pre-review', '/api/applications?queue=preReview&pageSize=20'],
  ['待受理且逾期 acceptance, late', '/api/applications?queue=accept&due=overdue&pageSize=20'],
  ['待补正 supply', '/api/applications?queue=supply&pageSize=20'],
  ['搜姓名 by name', `/api/applications?q=${encodeURIComponent('桂兰')}&pageSize=20`],
  ['搜拼音 by pinyin', '/api/applications?q=guilan&pageSize=20'],
  ['搜编号 by number', '/api/applications?q=2026-012345&pageSize=20'],
  ['搜不到 nothing found', '/api/applications?q=zzzz&pageSize=20'],
  ['状态加姓名 state and name', `/api/applications?state=filed&q=${encodeURIComponent('桂')}&pageSize=20`],
  ['各队列件数 queue counts', '/api/applications/queues'],
];

/** Generates on a throw-away database (or the empty one given) and measures; the first of the results is the bare statement. */
export async function benchApplications(options: ApplicationsBench, say: (line: string) => void, databaseUrl?: string): Promise<Measured[]> {
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

async function onDatabase({ open, past, rounds }: ApplicationsBench, say: (line: string) => void, databaseUrl: string): Promise<Measured[]> {
  await prepareDatabase(databaseUrl);
  const house = await openHouse({ databaseUrl });
  try {
    const { ownerDb } = house.platform.databases;
    await ownerDb.connection().execute(async (db) => {
      await sql`SET session_replication_role = replica`.execute(db);
      await runSql(db, sqlFile(new URL('./applications.sql', import.meta.url)), { open, past });
      await sql`SET session_replication_role = DEFAULT`.execute(db);
    });
    await sql`VACUUM ANALYZE`.execute(ownerDb);
    say(`生成 ${open} 件在办申请、${past} 件已办结  generated`);
    return await measure(house, rounds);
  } finally {
    await house.close();
  }
}

async function measure(house: House, rounds: number): Promise<Measured[]> {
  const { ownerDb } = house.platform.databases;
  const bare = async () => {
    const page = await sql`SELECT id, number, person_id, state, filed_on FROM assessments.application WHERE district_code = '990101' ORDER BY filed_on DESC, id DESC LIMIT 20`.execute(ownerDb);
    const { rows } = await sql<{ total: number }>`SELECT count(*) AS total FROM assessments.application WHERE district_code = '990101'`.execute(ownerDb);
    return { rows: page.rows.length, total: rows[0]?.total ?? 0 };
  };
  const server = await buildServer({ platform: house.platform, modules, words: house.words, secret: 'bench'.repeat(8), clock: () => NOW, logLevel: 'silent', version: 'bench' });
  try {
    await createAccount(ownerDb, { signInName: 'bench-agency', displayName: '测量', role: 'agencyOfficer', area: '990101', demoPassword: PASSWORD }, NOW);
    const session = await server.inject({ method: 'POST', url: '/api/session', payload: { signInName: 'bench-agency', password: PASSWORD } });
    const cookie = String(session.headers['set-cookie']).split(';')[0]!;
    const ask = async (url: string) => {
      const answer = await server.inject({ method: 'GET', url, headers: { cookie } });
      if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.body}`);
      const body = answer.json() as { rows?: unknown[]; total?: number };
      return { rows: body.rows?.length ?? 0, total: body.total ?? 0 };
    };
    const measured = [await timed('裸查询 bare indexed', bare, rounds)];
    for (const [name, url] of ASKED) measured.push(await timed(name, () => ask(url), rounds));
    return measured;
  } finally {
    await server.close();
  }
}

async function timed(name: string, work: () => Promise<{ rows: number; total: number }>, rounds: number): Promise<Measured> {
  let answer = await work();
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    answer = await work();
    times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.ceil(times.length * share) - 1)]!;
  return { name, ...answer, p50Ms: at(0.5), p95Ms: at(0.95) };
}
