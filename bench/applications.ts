/** Measures lists, queues and searches of the road from application to letter with 20 000 rows in each, through the server as people of every role behind the wall, against the bare indexed statements; and the dispatch of a township at once. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded } from '#platform/db/embedded.ts';
import { runSql, sqlFile } from '#platform/db/sql-file.ts';
import { buildServer } from '#platform/http/server.ts';
import { createAccount } from '#platform/identity/accounts.ts';
import { runAct } from '#platform/act.ts';
import type { Act } from '#platform/act.ts';
import { officeActor } from '#platform/scope/actor.ts';
import { dispatchBatch, previewBatch } from '#domain/assessments/dispatch/issue.ts';
import { ASKED, DESKS } from './asked.ts';
import type { Desk } from './asked.ts';
import { sql } from 'kysely';
import { openHouse, prepareDatabase } from '#server/house.ts';
import { modules } from '#server/modules.ts';
import type { House } from '#server/house.ts';

/** A working day in the middle of what is generated. */
const NOW = new Date('2026-12-21T02:00:00Z');
const PASSWORD = 'a password for measuring only';

export interface ApplicationsBench {
  /** Open applications of the district; as many stand in one state in each of four districts next door. */
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
      await runSql(db, sqlFile(new URL('./road.sql', import.meta.url)));
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
    const cookies = await signIn(house, (payload) => server.inject({ method: 'POST', url: '/api/session', payload }));
    const ask = async (desk: Desk, url: string) => {
      const answer = await server.inject({ method: 'GET', url, headers: { cookie: cookies[desk] } });
      if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.body}`);
      const body = answer.json() as { rows?: unknown[]; total?: number };
      return { rows: body.rows?.length ?? 0, total: body.total ?? 0 };
    };
    const measured = [await timed('裸查询 bare indexed', bare, rounds)];
    for (const { name, desk, url } of ASKED) measured.push(await timed(name, () => ask(desk, url), rounds));
    measured.push(...(await dispatching(house, Math.min(rounds, 5))));
    return measured;
  } finally {
    await server.close();
  }
}

/** One account for each desk; the expert is one who was drawn. */
async function signIn(house: House, post: (payload: { signInName: string; password: string }) => Promise<{ headers: Record<string, unknown>; body: string; statusCode: number }>): Promise<Record<Desk, string>> {
  const { ownerDb } = house.platform.databases;
  const { rows } = await sql<{ id: string }>`SELECT id FROM providers.institution WHERE code = 'B0'`.execute(ownerDb);
  const cookies = {} as Record<Desk, string>;
  for (const [desk, { role, ...where }] of Object.entries(DESKS) as [Desk, { role: string; area?: string }][]) {
    const place = where.area === undefined ? { institutionId: rows[0]!.id } : { area: where.area };
    await createAccount(ownerDb, { signInName: `desk-${desk}`, displayName: '测量', role, ...place, demoPassword: PASSWORD }, NOW);
    if (desk === 'expert') await sql`UPDATE identity.account SET password_hash = (SELECT password_hash FROM identity.account WHERE sign_in_name = 'desk-expert') WHERE sign_in_name = 'bench-80'`.execute(ownerDb);
    const answer = await post({ signInName: desk === 'expert' ? 'bench-80' : `desk-${desk}`, password: PASSWORD });
    if (answer.statusCode !== 200) throw new Error(answer.body);
    cookies[desk] = String(answer.headers['set-cookie']).split(';')[0]!;
  }
  return cookies;
}

/** Preview and dispatch of a township's accepted cases among twenty institutions; each is rolled back. */
async function dispatching(house: House, rounds: number): Promise<Measured[]> {
  const place = { districtCode: '990102', townshipCode: '990102001' };
  const undone = async <T>(work: (act: Act) => Promise<T>): Promise<T> => {
    let result: T | undefined;
    const back = new Error('rolled back');
    await runAct(house.platform, officeActor(place.districtCode, ['*']), NOW, async (act) => {
      result = await work(act);
      throw back;
    }).catch((error: unknown) => {
      if (error !== back) throw error;
    });
    return result!;
  };
  const { stamp, cases } = await undone((act) => previewBatch(act, place));
  return [
    await timed('批量派单：预览 preview of the batch', () => undone(async (act) => ({ rows: (await previewBatch(act, place)).shares.length, total: cases })), rounds),
    await timed('批量派单：派出 dispatch of the batch', () => undone(async (act) => ({ rows: 0, total: (await dispatchBatch(act, { ...place, stamp })).dispatched })), rounds),
  ];
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
