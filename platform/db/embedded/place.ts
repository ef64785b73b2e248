/**
 * Where the embedded PostgreSQL keeps its things. The data folder holds `changhu.json` (what it is, the port), `secret`
 * (the password, 0600), `postgres/` (the database itself), `postgres.log` and `users/` (who uses it now).
 * PostgreSQL never runs as root: as root it runs as the owner of the database, at first the user `postgres`; and when
 * that user cannot reach the data folder (a checkout below /root), everything lies in /var/lib/changhu-… instead.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { refuse } from '#kit/refuse.ts';
import type { Say } from './say.ts';

export interface Identity {
  uid: number;
  gid: number;
}

export interface Place {
  /** Folder of marker, secret, log and users. */
  base: string;
  /** PostgreSQL's own data directory. */
  cluster: string;
  log: string;
  /** Whom PostgreSQL runs as; undefined means as ourselves. */
  identity?: Identity;
}

interface Marker {
  what: 'changhu';
  /** Set when the database lies elsewhere because its user cannot reach the data folder. */
  base?: string;
  port?: number;
}

/** Finds or prepares the place that belongs to a data folder; refuses a folder that is not ours. */
export function preparePlace(dataDir: string, say: Say): Place {
  const asked = resolve(dataDir);
  return withFolderErrors(asked, () => {
    makeReachable(asked);
    refuseForeign(asked);
    const recorded = readMarker(asked)?.base;
    const identity = process.getuid?.() === 0 ? identityFor(recorded ?? asked) : undefined;
    const base = recorded ?? (identity && !reaches(identity, asked) ? elsewhere(asked, identity, say) : asked);
    if (!existsSync(join(base, 'changhu.json'))) writeMarker(base, { what: 'changhu' });
    mkdirSync(join(base, 'users'), { recursive: true });
    return { base, cluster: join(base, 'postgres'), log: join(base, 'postgres.log'), ...(identity ? { identity } : {}) };
  });
}

/** The password of the database's owner; made once, readable by its owner only. */
export function passwordOf(place: Place): string {
  const file = join(place.base, 'secret');
  return withFolderErrors(place.base, () => {
    if (!existsSync(file)) {
      if (existsSync(place.cluster)) refuse('DATABASE_SECRET_MISSING', { file });
      writeFileSync(file, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 });
    }
    return readFileSync(file, 'utf8').trim();
  });
}

export function rememberedPort(place: Place): number | undefined {
  return readMarker(place.base)?.port;
}

export function rememberPort(place: Place, port: number): void {
  if (rememberedPort(place) !== port) writeMarker(place.base, { ...readMarker(place.base), what: 'changhu', port });
}

/** Turns "permission denied" and "no space" of the file system into refusals that name the folder. */
export function withFolderErrors<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') refuse('DATABASE_FOLDER_FORBIDDEN', { folder });
    if (code === 'ENOSPC' || code === 'EDQUOT') refuse('DATABASE_DISK_FULL', { folder });
    if (code === 'ENOTDIR' || code === 'EEXIST') refuse('DATABASE_FOLDER_FOREIGN', { folder });
    throw error;
  }
}

/** Can this user enter the folder (and, for a program, run it)? Asked by trying as that user. */
export function reaches(identity: Identity, path: string): boolean {
  return spawnSync('test', ['-x', path], { ...identity, cwd: '/', stdio: 'ignore' }).status === 0;
}

/** Creates a folder with a mode that lets others pass through; a folder that exists keeps its mode. */
function makeReachable(folder: string): void {
  if (existsSync(folder)) {
    if (!statSync(folder).isDirectory()) refuse('DATABASE_FOLDER_FOREIGN', { folder });
    return;
  }
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
}

function refuseForeign(folder: string): void {
  const ours = readMarker(folder) !== undefined;
  const looksForeign = existsSync(join(folder, 'PG_VERSION')) || existsSync(join(folder, 'postgres'));
  if (!ours && looksForeign) refuse('DATABASE_FOLDER_FOREIGN', { folder });
}

function elsewhere(asked: string, identity: Identity, say: Say): string {
  // A new name each time: the data folder remembers it, and a new checkout never meets the data of an old one.
  const base = `/var/lib/changhu-${randomBytes(5).toString('hex')}`;
  makeReachable(base);
  if (!reaches(identity, base)) refuse('DATABASE_FOLDER_FORBIDDEN', { folder: base });
  writeMarker(asked, { what: 'changhu', base });
  say({
    zh: `数据库用户进不了 ${asked}，数据库改放在 ${base}。`,
    en: `The database's user cannot enter ${asked}; the database lies in ${base}.`,
  });
  return base;
}

function identityFor(base: string): Identity {
  const owner = statSync(join(base, 'postgres'), { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const identity = lookUp('postgres') ?? createUser();
  // Restored by root from a backup: give it to the user it will run as.
  if (owner) execFileSync('chown', ['-R', `${identity.uid}:${identity.gid}`, join(base, 'postgres')]);
  return identity;
}

function createUser(): Identity {
  spawnSync('groupadd', ['--system', 'postgres'], { stdio: 'ignore' });
  spawnSync('useradd', ['--system', '-g', 'postgres', '-d', '/nonexistent', '-s', '/usr/sbin/nologin', 'postgres'], { stdio: 'ignore' });
  return lookUp('postgres') ?? refuse('DATABASE_USER_MISSING');
}

function lookUp(name: string): Identity | undefined {
  const ask = (flag: string): number | undefined => {
    const answer = spawnSync('id', [flag, name], { encoding: 'utf8' });
    return answer.status === 0 ? Number(answer.stdout) : undefined;
  };
  const uid = ask('-u');
  const gid = ask('-g');
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}

/** Gives a file or folder to the database's user. */
export function giveTo(identity: Identity | undefined, path: string): void {
  if (identity) chownSync(path, identity.uid, identity.gid);
}

function readMarker(folder: string): Marker | undefined {
  const file = join(folder, 'changhu.json');
  if (!existsSync(file)) return undefined;
  try {
    const marker = JSON.parse(readFileSync(file, 'utf8')) as Marker;
    if (marker.what === 'changhu') return marker;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return refuse('DATABASE_FOLDER_FOREIGN', { folder });
}

/** Whole or not at all: a full disk must not leave half a marker. */
function writeMarker(folder: string, marker: Marker): void {
  const file = join(folder, 'changhu.json');
  writeFileSync(`${file}.new`, `${JSON.stringify(marker)}\n`);
  renameSync(`${file}.new`, file);
}
