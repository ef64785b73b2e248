/** The job runner: listeners after events and work by timetable; a job only ever calls an action. */
import { Logger, parseCronItems, run } from 'graphile-worker';
import type { Runner, TaskList } from 'graphile-worker';
import { assert } from '#kit/refuse.ts';
import type { Platform } from '../act.ts';
import { runAct } from '../act.ts';
import { sendQueued } from '../gateways/message.ts';
import type { Heard, Module } from '../module.ts';
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
    for (const one of module.on) tasks[one.job] = async (payload) => runAct(platform, actor, clock(), (act) => one.run(act, payload as Heard));
    for (const one of module.timed) tasks[one.job] = async () => runAct(platform, actor, clock(), (act) => one.run(act));
  }
  tasks['platform.sendMessage'] = async (payload) => sendQueued(platform, actor, clock(), payload as { districtCode: string; id: string });
  tasks[SWEEP] = async () => sweep(platform, clock());
  return tasks;
}

const SWEEP = 'platform.sweep';

/** What only serves for a while goes at night: ended sessions, and answers kept for repeated requests after thirty days. */
export async function sweep(platform: Platform, now: Date): Promise<void> {
  const { owner } = platform.databases;
  await owner.query('DELETE FROM identity.session WHERE expires_at < $1', [now]);
  await owner.query("DELETE FROM platform.repeat_key WHERE at < $1::timestamptz - interval '30 days'", [now]);
}

/** Starts the runner on the owner's pool; `stop()` waits for the jobs under way. */
export async function startJobs(modules: readonly Module[], platform: Platform, clock: () => Date): Promise<Runner> {
  // As items, not as a crontab: a crontab takes no dot in a job's name.
  const timed = [...modules.flatMap((module) => module.timed.map((one) => ({ task: one.job, match: utcOf(one.cron) }))), { task: SWEEP, match: utcOf('40 3 * * *') }];
  const parsedCronItems = parseCronItems(timed);
  return run({
    pgPool: platform.databases.owner,
    taskList: tasksOf(modules, platform, clock),
    concurrency: 4,
    noHandleSignals: true,
    parsedCronItems,
    preset: { worker: { localQueue: { size: 20 } } } as never,
    logger: quietLogger(platform),
  });
}

/** A daily time of the office ('5 0 * * *', Asia/Shanghai, no summer time) as the queue's clock reads it, in UTC; every so many minutes is the same in both. */
export function utcOf(cron: string): string {
  if (/^\*\/(?:5|10|15|20|30) \* \* \* \*$/.test(cron)) return cron;
  const daily = /^(\d+) (\d+) \* \* \*$/.exec(cron);
  assert(daily, `the timetable '${cron}' is neither a daily time 'minute hour * * *' nor every so many minutes`);
  return `${daily[1]} ${(Number(daily[2]) + 16) % 24} * * *`;
}

/** Warnings and errors of the queue reach our log; its chatter does not. */
function quietLogger(platform: Platform): Logger {
  return new Logger(() => (level, message) => {
    if (level === 'error') platform.log.error({}, message);
    else if (level === 'warning') platform.log.warn({}, message);
  });
}
