/** Making, starting, finding and stopping one PostgreSQL server in its place. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, closeSync, existsSync, fstatSync, openSync, readFileSync, readdirSync, renameSync, rmSync, statSync, statfsSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { refuse } from '#kit/refuse.ts';
import { majorOf } from './binaries.ts';
import { giveTo, rememberPort, rememberedPort, withFolderErrors, type Place } from './place.ts';
import { untilDeserted, untilGone, worksIn } from './processes.ts';
import type { Say } from './say.ts';

/** Name of the owner role and of the first database. */
export const OWNER = 'changhu';

export interface Running {
  pid: number;
  port: number;
}

/** Settings for a machine with two cores and 4 GB or more. What was acknowledged is on disk. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '512MB',
  work_mem: '32MB',
  maintenance_work_mem: '256MB',
  max_wal_size: '4GB',
  fsync: 'on',
  synchronous_commit: 'on',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
};

/** A test's data may be lost in a power cut; nothing else differs. */
const TEST_SETTINGS = { shared_buffers: '128MB', fsync: 'off', full_page_writes: 'off', max_connections: '200' };

/** Makes the database files when there are none yet; refuses files of another version or incomplete ones. */
export function ensureCluster(place: Place, bin: string, password: string, say: Say): void {
  const { cluster } = place;
  withFolderErrors(place.base, () => {
    if (!existsSync(cluster)) return makeCluster(place, bin, password, say);
    const versionFile = join(cluster, 'PG_VERSION');
    if (!existsSync(versionFile)) {
      refuse('DATABASE_FOLDER_DAMAGED', { folder: cluster, log: place.log, detail: `PG_VERSION: ${readdirSync(cluster).length === 0 ? 'empty folder' : 'missing'}` });
    }
    const found = Number.parseInt(readFileSync(versionFile, 'utf8'), 10);
    const wanted = majorOf(bin);
    if (found !== wanted) refuse('DATABASE_FOLDER_OTHER_VERSION', { folder: cluster, found, wanted });
    if ((statSync(cluster).mode & 0o027) !== 0) chmodSync(cluster, 0o700);
  });
}

/** In a folder of another name first, so that an interrupted start leaves nothing half made. */
function makeCluster(place: Place, bin: string, password: string, say: Say): void {
  say({ zh: '正在建立数据库 …', en: 'Creating the database …' });
  const fresh = `${place.cluster}.new`;
  rmSync(fresh, { recursive: true, force: true });
  const made = spawnSync('mkdir', ['-m', '700', fresh], { encoding: 'utf8' });
  if (made.status !== 0) refuse(made.stderr.includes('No space') ? 'DATABASE_DISK_FULL' : 'DATABASE_FOLDER_FORBIDDEN', { folder: place.base });
  giveTo(place.identity, fresh);
  const passwordFile = join(place.base, `initial-${process.pid}`);
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  giveTo(place.identity, passwordFile);
  const flags = ['-D', fresh, '-U', OWNER, '-A', 'scram-sha-256', '--pwfile', passwordFile, '-E', 'UTF8', '--locale=C', '--locale-provider=libc', '--no-instructions'];
  const answer = spawnSync(join(bin, 'initdb'), flags, { ...place.identity, cwd: '/', encoding: 'utf8', env: cleanEnvironment() });
  rmSync(passwordFile, { force: true });
  if (answer.status !== 0) {
    writeFileSync(place.log, `${answer.stdout ?? ''}${answer.stderr ?? ''}`, { flag: 'a', mode: 0o600 });
    refuseBecause(answer.stderr || String(answer.error), place);
  }
  renameSync(fresh, place.cluster);
}

/** The server that runs on these files now, if any; waits while it is coming up or going down. */
export async function findRunning(place: Place, say: Say): Promise<Running | undefined> {
  const file = join(place.cluster, 'postmaster.pid');
  for (let waited = 0; ; waited++) {
    const lines = withFolderErrors(place.cluster, () => (existsSync(file) ? readFileSync(file, 'utf8').split('\n') : undefined));
    const pid = Number(lines?.[0]);
    if (!lines || !pid || !worksIn(pid, place.cluster)) break;
    if (lines[7]?.trim() === 'ready') return { pid, port: Number(lines[3]) };
    if (waited === 40) say({ zh: '等待数据库启动或停止 …', en: 'Waiting for the database to come up or go down …' });
    await sleep(50);
  }
  if (existsSync(file)) {
    say({ zh: '上次没有正常停止，数据库自动恢复 …', en: 'The last run did not end in order; the database recovers by itself …' });
    if (!(await untilDeserted(place.cluster, 20_000))) refuse('DATABASE_FOLDER_BUSY', { folder: place.cluster });
    rmSync(file, { force: true });
  }
  return undefined;
}

/** Starts the server on the remembered port, or on another free one. */
export async function startServer(place: Place, bin: string, forTests: boolean, say: Say): Promise<Running> {
  let port = rememberedPort(place);
  for (let tries = 1; ; tries++) {
    if (port === undefined || !(await isFree(port))) port = await freePort();
    const outcome = await launch(place, bin, port, forTests, say);
    if (typeof outcome !== 'string') {
      rememberPort(place, port);
      return outcome;
    }
    if (tries === 5 || !/could not bind|Address already in use|could not create any TCP/.test(outcome)) refuseBecause(outcome, place);
    port = undefined;
  }
}

/** Stops the server: nobody is waited for, everything acknowledged is kept. */
export async function stopServer(running: Running): Promise<void> {
  signal(running.pid, 'SIGINT');
  if (await untilGone(running.pid, 60_000)) return;
  signal(running.pid, 'SIGQUIT');
  await untilGone(running.pid, 10_000);
}

export function signal(pid: number, name: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** In a session of its own, so that a Ctrl-C in the terminal does not stop it before the program has finished. */
async function launch(place: Place, bin: string, port: number, forTests: boolean, say: Say): Promise<Running | string> {
  const out = withFolderErrors(place.base, () => openSync(place.log, 'a', 0o600));
  const begin = fstatSync(out).size;
  const settings = { ...SETTINGS, ...smallSharedMemory(), ...(forTests ? TEST_SETTINGS : {}) };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(join(bin, 'postgres'), ['-D', place.cluster, '-p', String(port), ...flags], {
    ...place.identity,
    cwd: '/',
    detached: true,
    stdio: ['ignore', out, out],
    env: cleanEnvironment(),
  });
  closeSync(out);
  child.unref();
  return (await untilReady(place, child, port, say)) ?? readFileSync(place.log, 'utf8').slice(begin);
}

async function untilReady(place: Place, child: ChildProcess, port: number, say: Say): Promise<Running | undefined> {
  let ended = false;
  child.once('exit', () => (ended = true));
  child.once('error', () => (ended = true));
  const file = join(place.cluster, 'postmaster.pid');
  for (let waited = 1; !ended; waited++) {
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    if (Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready') return { pid: Number(lines[0]), port };
    if (waited % 500 === 0) say({ zh: '数据库仍在恢复 …', en: 'The database is still recovering …' });
    await sleep(20);
  }
  return undefined;
}

/** Says what PostgreSQL's own words mean for the person. */
function refuseBecause(words: string, place: Place): never {
  const detail = words.split('\n').findLast((line) => /PANIC|FATAL|error:|could not/i.test(line))?.trim() ?? words.trim().slice(-300);
  const params = { folder: place.cluster, log: place.log, detail };
  if (/No space left|Disk quota exceeded/i.test(words)) refuse('DATABASE_DISK_FULL', { folder: place.base });
  if (/Permission denied|wrong ownership|Read-only file system/i.test(words)) refuse('DATABASE_FOLDER_FORBIDDEN', { folder: place.cluster });
  if (/incompatible with server|not compatible with/i.test(words)) refuse('DATABASE_FOLDER_OTHER_VERSION', { ...params, found: '?', wanted: '?' });
  if (/lock file .* already exists|shared memory block .* in use/i.test(words)) refuse('DATABASE_FOLDER_BUSY', params);
  if (/Cannot allocate memory|could not map anonymous shared memory/i.test(words)) refuse('DATABASE_MEMORY_SHORT', params);
  if (/error while loading shared libraries|ENOENT|EACCES/i.test(words)) refuse('DATABASE_PROGRAM_BROKEN', params);
  refuse('DATABASE_FOLDER_DAMAGED', params);
}

/** A container often has 64 MB of /dev/shm, too little for parallel queries: then they use files instead. */
function smallSharedMemory(): Record<string, string> {
  if (process.platform !== 'linux' || !existsSync('/dev/shm')) return {};
  const { bavail, bsize } = statfsSync('/dev/shm');
  return bavail * bsize < 512 * 1024 * 1024 ? { dynamic_shared_memory_type: 'mmap' } : {};
}

function cleanEnvironment(): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

