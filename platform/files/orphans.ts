/**
 * Files that no row names: kept before an act that was then refused or never ended. They are taken away after thirty days, so that personal
 * papers do not lie about for ever and nobody fills the disk, and late enough that a database brought back from a backup finds what it names.
 */
import { link, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { assert } from '#kit/refuse.ts';
import type { Databases } from '../db/connect.ts';
import { INCOMING } from './incoming.ts';

const DAY_MS = 86_400_000;
/** A file that nobody names goes when nobody has kept it for so long. */
export const ORPHAN_DAYS = 30;
/** Each night one part of the vault is looked through, so that a large one costs no night. */
const NIGHTS = 32;
/** On the way out: renamed first, so that whoever keeps the same content in that moment writes it anew. */
const LEAVING = '.leaving';

export interface Swept {
  files: number;
  bytes: number;
}

/**
 * Takes away what of tonight's part of the vault no row names, and half-received files older than a day. `nowMs` is the machine's clock, which also
 * dates the files. What a row names is never taken: the hashes are asked for in every column called sha256, and a database that does not show all rows is a fault.
 */
export async function sweepOrphans(folder: string, databases: Pick<Databases, 'owner'>, nowMs: number): Promise<Swept> {
  await dropHalves(join(folder, INCOMING), nowMs);
  const swept: Swept = { files: 0, bytes: 0 };
  const tonight = Math.floor(nowMs / DAY_MS) % NIGHTS;
  for (const first of (await namesIn(folder)).filter((name) => /^[0-9a-f]{2}$/.test(name) && parseInt(name, 16) % NIGHTS === tonight)) {
    const old = await oldFiles(join(folder, first), nowMs);
    if (old.length === 0) continue;
    const named = await namedHashes(databases, first);
    for (const { path, sha256 } of old) {
      if (named.has(sha256)) continue;
      const bytes = await takeAway(path, nowMs);
      if (bytes === undefined) continue;
      swept.files += 1;
      swept.bytes += bytes;
    }
  }
  return swept;
}

async function oldFiles(folder: string, nowMs: number): Promise<{ path: string; sha256: string }[]> {
  const old: { path: string; sha256: string }[] = [];
  for (const second of await namesIn(folder)) {
    const place = join(folder, second);
    await dropHalves(place, nowMs);
    for (const name of (await namesIn(place)).filter((one) => one.startsWith(LEAVING))) await comeBack(place, name);
    for (const sha256 of (await namesIn(place)).filter((one) => /^[0-9a-f]{64}$/.test(one))) {
      const path = join(place, sha256);
      if (nowMs - (await stat(path)).mtimeMs > ORPHAN_DAYS * DAY_MS) old.push({ path, sha256 });
    }
  }
  return old;
}

/** Every hash with these first letters that any row names. Throws where the wall would hide rows: then nothing is taken away. */
async function namedHashes({ owner }: Pick<Databases, 'owner'>, first: string): Promise<Set<string>> {
  const client = await owner.connect();
  try {
    await client.query('BEGIN READ ONLY; SET LOCAL row_security = off');
    const tables = await client.query<{ name: string }>(`SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE a.attname = 'sha256' AND NOT a.attisdropped AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'public')`);
    assert(tables.rows.length > 0, 'some table names files of the vault');
    const { rows } = await client.query<{ sha256: string }>(tables.rows.map(({ name }) => `SELECT sha256 FROM ${name} WHERE sha256 LIKE $1`).join(' UNION '), [`${first}%`]);
    return new Set(rows.map((row) => row.sha256));
  } finally {
    await client.query('ROLLBACK').finally(() => client.release());
  }
}

/** Takes one file away unless somebody kept it since it was looked at; its size, or undefined where it stays. */
async function takeAway(path: string, nowMs: number): Promise<number | undefined> {
  const leaving = join(path, '..', `${LEAVING}-${path.slice(-64)}`);
  await rename(path, leaving);
  const { size, mtimeMs } = await stat(leaving);
  if (nowMs - mtimeMs <= ORPHAN_DAYS * DAY_MS) {
    await comeBack(join(path, '..'), `${LEAVING}-${path.slice(-64)}`);
    return undefined;
  }
  await rm(leaving);
  return size;
}

/** Puts a file on its way out back in its place: it was kept again, or the sweep was killed. */
async function comeBack(place: string, name: string): Promise<void> {
  const sha256 = name.slice(LEAVING.length + 1);
  await link(join(place, name), join(place, sha256)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(join(place, name));
}

/** Half-written files that a killed process left, a day old. */
async function dropHalves(place: string, nowMs: number): Promise<void> {
  const half = place.endsWith(INCOMING) ? /^[0-9a-f]{24}$/ : /^\.[0-9a-f]{16}$/;
  for (const name of (await namesIn(place)).filter((one) => half.test(one))) {
    const path = join(place, name);
    const found = await stat(path).catch(() => undefined);
    if (found && nowMs - found.mtimeMs > DAY_MS) await rm(path, { force: true });
  }
}

/** Names in a folder; none where it is not there yet. */
async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
}
