/** The job runner: listeners after events and work by timetable; a job only ever calls an action. */
import { Logger, parseCronItems, run } from 'graphile-worker';
import type { Runner, TaskList } from 'graphile-worker';
import { sql } from 'kysely';
import pg from 'pg';
import { assert } from '#kit/refuse.ts';
import type { Act, Platform } from '../act.ts';
import { runAct } from '../act.ts';
import { sweepOrphans } from '../files/orphans.ts';
import { sendQueued } from '../gateways/message.ts';
import type { Heard, Module } from '../module.ts';
import { forgetOld } from '../identity/attempts.ts';
import { officeActor } from '../scope/actor.ts';

/** Event kind → names of the jobs that listen to it. */
export function listenersOf(modules: readonly Module[]): Map<string, string[]> {
  const map = new Map<string, string[]>();
  for (const module of modules) for (const one of module.on) map.set(one.event, [...(map.get(one.event) ?? []), one.job]);
  return map;
}

/** All jobs of all modules, run by the clock with the whole city as its scope. */
export function tasksOf(modules: readonly Module[], platform: Platform, clock: () => Date): TaskList {
  const actor = officeActor(platform.cityCode, ['*']);
  const tasks: TaskList = {};
  for (const module of modules) {
    for (const one of module.on) tasks[one.job] = async (payload, { job }) => runAct(platform, actor, clock(), (act) => once(act, job, () => one.run(act, payload as Heard)));
    for (const one of module.timed) tasks[one.job] = async (_, { job }) => runAct(platform, actor, clock(), (act) => once(act, job, () => one.run(act)));
  }
  tasks['platform.sendMessage'] = async (payload) => sendQueued(platform, actor, clock(), payload as { districtCode: string; id: string });
  tasks[SWEEP] = async () => {
    await sweep(platform, clock());
    // Files are dated by the machine's own clock.
    platform.log.info({ ...(await sweepOrphans(platform.files.folder, platform.databases, Date.now())) }, 'files that no row names were taken away');
  };
  return tasks;
}

/**
 * Does the work of a job once, however often the queue hands it over: the mark stands in the transaction of the work, so that a second one waits for the first and then
 * finds it done. The two jobs that are no single act are safe to repeat: a message is sent under its row's lock while it is queued, and the sweep takes away what is old.
 */
async function once(act: Act, { id, revision }: { id: string; revision: number }, work: () => Promise<unknown>): Promise<void> {
  const { rows } = await sql<{ first: boolean }>`SELECT platform.begin_job(${id}, ${revision}, ${act.now}) AS first`.execute(act.db);
  if (rows[0]?.first) await work();
}

const SWEEP = 'platform.sweep';

/** What only serves for a while goes at night: ended sessions, wrong passwords of the day before, and after thirty days answers kept for repeated requests and the marks of jobs done. */
export async function sweep(platform: Platform, now: Date): Promise<void> {
  const { owner, ownerDb } = platform.databases;
  await owner.query('DELETE FROM identity.session WHERE expires_at < $1', [now]);
  await forgetOld(ownerDb, now);
  await owner.query("DELETE FROM platform.repeat_key WHERE at < $1::timestamptz - interval '30 days'", [now]);
  await owner.query("DELETE FROM platform.job_done WHERE at < $1::timestamptz - interval '30 days'", [now]);
}

/**
 * A pool of the queue's own: its library reckons with instants as dates, the program reads them as text. With text it would compare a time
 * that has passed with nothing, and never make up for it.
 */
function queuePool({ owner }: Platform['databases']): pg.Pool {
  const getTypeParser = ((oid: number, format?: 'text') => (oid === pg.types.builtins.TIMESTAMPTZ ? (text: string) => new Date(text) : pg.types.getTypeParser(oid, format))) as typeof pg.types.getTypeParser;
  const pool = new pg.Pool({ connectionString: owner.options.connectionString!, application_name: 'changhu-jobs', keepAlive: true, max: CONCURRENCY + 3, types: { getTypeParser } });
  // A broken connection is not a bug of the program: the queue tries again.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

const CONCURRENCY = 4;

/**
 * Jobs that a killed server had claimed would lie for four hours. Every server that runs holds a shared lock; who starts and finds none held is
 * alone, so that whatever is claimed was claimed by the dead, and is given back. Where a restarted database took the lock of one that lives, its jobs are handed over twice
 * and still done once (`once`). Answers how to leave.
 */
async function giveBackClaimed(pool: pg.Pool): Promise<() => void> {
  const client = await pool.connect();
  const { rows } = await client.query<{ alone: boolean }>("SELECT pg_try_advisory_lock(hashtext('changhu.jobs')) AS alone");
  if (rows[0]?.alone) await client.query('SELECT graphile_worker.force_unlock_workers(array_agg(DISTINCT j.locked_by)) FROM graphile_worker.jobs j WHERE j.locked_by IS NOT NULL HAVING count(*) > 0');
  await client.query("SELECT pg_advisory_lock_shared(hashtext('changhu.jobs'))");
  if (rows[0]?.alone) await client.query("SELECT pg_advisory_unlock(hashtext('changhu.jobs'))");
  return () => client.release(true);
}

/** Starts the runner; `stop()` waits for the jobs under way. */
export async function startJobs(modules: readonly Module[], platform: Platform, clock: () => Date): Promise<Pick<Runner, 'stop'>> {
  // As items, not as a crontab: a crontab takes no dot in a job's name.
  const timed = [...modules.flatMap((module) => module.timed), { job: SWEEP, cron: '40 3 * * *' }];
  const parsedCronItems = parseCronItems(timed.map(({ job, cron }) => ({ task: job, match: utcOf(cron), options: { backfillPeriod: madeUpMs(cron) } })));
  const pgPool = queuePool(platform.databases);
  const leave = await giveBackClaimed(pgPool);
  const runner = await run({
    pgPool,
    taskList: tasksOf(modules, platform, clock),
    concurrency: CONCURRENCY,
    noHandleSignals: true,
    parsedCronItems,
    preset: { worker: { localQueue: { size: 20 } } } as never,
    logger: quietLogger(platform),
  });
  return {
    stop: async () => {
      await runner.stop();
      leave();
      await pgPool.end();
    },
  };
}

/** A daily time of the office ('5 0 * * *', Asia/Shanghai, no summer time) as the queue's clock reads it, in UTC; every so many minutes is the same in both. */
export function utcOf(cron: string): string {
  if (/^\*\/(?:5|10|15|20|30) \* \* \* \*$/.test(cron)) return cron;
  const daily = /^(\d+) (\d+) \* \* \*$/.exec(cron);
  assert(daily, `the timetable '${cron}' is neither a daily time 'minute hour * * *' nor every so many minutes`);
  return `${daily[1]} ${(Number(daily[2]) + 16) % 24} * * *`;
}

/**
 * How far back a time that passed while no server ran is made up for at the start, in ms: one turn of the timetable, so that a job whose time fell
 * into a stop runs once. Every job looks at all days that are open, not at one.
 */
function madeUpMs(cron: string): number {
  const minutes = /^\*\/(\d+) /.exec(cron)?.[1];
  return minutes === undefined ? 86_400_000 : Number(minutes) * 60_000;
}

/** Warnings and errors of the queue reach our log; its chatter does not. */
function quietLogger(platform: Platform): Logger {
  return new Logger(() => (level, message) => {
    if (level === 'error') platform.log.error({}, message);
    else if (level === 'warning') platform.log.warn({}, message);
  });
}
