/**
 * The database of an installation: a server that the office names by DATABASE_URL, or PostgreSQL 18 started here.
 * Every process that opens the same data folder shares one server; the last to close it stops it.
 */
import { realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { refuse } from '#kit/refuse.ts';
import { binariesFor } from './embedded/binaries.ts';
import { passwordOf, preparePlace, withFolderErrors, type Place } from './embedded/place.ts';
import { worksIn } from './embedded/processes.ts';
import type { Say } from './embedded/say.ts';
import { ensureCluster, findRunning, OWNER, signal, startServer, stopServer, type Running } from './embedded/server.ts';
import { alone, leave, registerUser } from './embedded/users.ts';

export type { Say } from './embedded/say.ts';

export interface OpenDatabase {
  /** Connection string of the owner, database `changhu`. */
  url: string;
  /** True when this call started the server; false when it was already running or is not ours. */
  started: boolean;
  /** Leaves the server; the last user stops it. Calling it again does nothing. */
  close(): Promise<void>;
}

export interface EmbeddedOptions {
  dataDir: string;
  /** Faster and without safety against a power cut; only for data that may be lost. */
  forTests?: boolean;
  log: Say;
  /** Folder with `postgres` and `initdb` of another PostgreSQL than the one that npm installed. */
  binaries?: string;
}

interface Handle {
  place: Place;
  registration: string;
  running: Running;
}

const OLDEST_VERSION = 15;
const open = new Set<Handle>();
let watching = false;

/** Opens what the environment names: DATABASE_URL, else the embedded server in DATA_DIR (`.data` in the project). */
export async function openDatabase(env: Record<string, string | undefined>, log: Say): Promise<OpenDatabase> {
  const url = env['DATABASE_URL'];
  if (!url) return openEmbedded({ dataDir: resolve(join(import.meta.dirname, '../..'), env['DATA_DIR'] || '.data'), log });
  await checkServer(url);
  return { url, started: false, close: async () => {} };
}

/**
 * Starts the embedded PostgreSQL on the data folder, or joins the one that already runs there, also one that outlived
 * a killed process. Refusals: DATABASE_FOLDER_… , DATABASE_DISK_FULL, DATABASE_SECRET_MISSING and the others in en.yaml.
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<OpenDatabase> {
  const place = preparePlace(options.dataDir, options.log);
  return alone(place, options.log, async () => {
    const password = passwordOf(place);
    const registration = withFolderErrors(place.base, () => registerUser(place));
    try {
      const bin = options.binaries ?? binariesFor(place.identity, options.log);
      ensureCluster(place, bin, password, options.log);
      place.cluster = realpathSync(place.cluster);
      const found = await findRunning(place, options.log);
      const running = found ?? (await startServer(place, bin, options.forTests ?? false, options.log));
      const url = `postgresql://${OWNER}:${password}@127.0.0.1:${running.port}/`;
      await ensureDatabase(url, place);
      const handle = { place, registration, running };
      remember(handle);
      return { url: `${url}${OWNER}`, started: !found, close: () => closeHandle(handle, options.log) };
    } catch (error) {
      leave(place, registration);
      return withFolderErrors(place.base, () => {
        throw error;
      });
    }
  });
}

/** Checks that a server is PostgreSQL 15 or later with UTF-8 text, and can be reached at all. */
export async function checkServer(url: string): Promise<void> {
  const client = connectTo(url);
  const address = addressOf(url);
  try {
    await client.connect();
  } catch (error) {
    refuse('DATABASE_UNREACHABLE', { address, detail: sentence(error) });
  }
  try {
    const { rows } = await client.query<{ version: string; encoding: string }>(
      `select current_setting('server_version_num') as version, current_setting('server_encoding') as encoding`,
    );
    const found = Math.floor(Number(rows[0]?.version) / 10_000);
    if (found < OLDEST_VERSION) refuse('DATABASE_TOO_OLD', { address, found, wanted: OLDEST_VERSION });
    const encoding = rows[0]?.encoding ?? '';
    if (encoding !== 'UTF8') refuse('DATABASE_NOT_UTF8', { address, encoding });
  } finally {
    await client.end();
  }
}

async function ensureDatabase(url: string, place: Place): Promise<void> {
  const client = connectTo(`${url}postgres`);
  try {
    await client.connect();
  } catch (error) {
    const wrongPassword = (error as { code?: string }).code === '28P01';
    if (wrongPassword) refuse('DATABASE_SECRET_MISSING', { file: join(place.base, 'secret') });
    refuse('DATABASE_FOLDER_DAMAGED', { folder: place.cluster, log: place.log, detail: sentence(error) });
  }
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [OWNER]);
    if (rowCount === 0) await client.query(`create database ${OWNER}`);
  } finally {
    await client.end();
  }
}

async function closeHandle(handle: Handle, log: Say): Promise<void> {
  if (!open.delete(handle)) return;
  await alone(handle.place, log, async () => {
    if (!leave(handle.place, handle.registration).othersLeft) await stopServer(handle.running);
  });
}

/** Whatever ends the process, the server must not be left behind. */
function remember(handle: Handle): void {
  open.add(handle);
  if (watching) return;
  watching = true;
  process.on('exit', leaveAll);
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    const end = (): void => {
      // A program with its own plan for the signal closes by itself; only without one do we end the process.
      if (process.listenerCount(name) === 1) process.exit(name === 'SIGINT' ? 130 : 143);
    };
    // First in line: a listener that is set for once only is then still counted.
    process.prependListener(name, end);
  }
}

/** At the very end of the process nothing can be waited for: the server is told and stops by itself. */
function leaveAll(): void {
  for (const { place, registration, running } of open) {
    if (!leave(place, registration).othersLeft && worksIn(running.pid, place.cluster)) signal(running.pid, 'SIGINT');
  }
  open.clear();
}

function connectTo(url: string): pg.Client {
  try {
    return new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  } catch (error) {
    return refuse('DATABASE_URL_UNREADABLE', { detail: sentence(error) });
  }
}

/** The address without its password. */
function addressOf(url: string): string {
  return url.replace(/\/\/([^:@/]*):[^@]*@/, '//$1:…@');
}

function sentence(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(sentence).join('; ');
  return error instanceof Error ? error.message : String(error);
}
