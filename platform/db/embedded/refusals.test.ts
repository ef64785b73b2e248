/** What a broken machine does to the embedded database, and what the person is told: played by programs that fail as PostgreSQL's own do. */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Refusal } from '#kit/refuse.ts';
import { openEmbedded } from '../embedded.ts';
import { binariesFor, majorOf } from './binaries.ts';
import { preparePlace, withFolderErrors } from './place.ts';

let top: string;
let counter = 0;
const log = (): void => undefined;
const asRoot = process.getuid?.() === 0;

beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'changhu-refusals-'));
  chmodSync(top, 0o755);
});
afterAll(() => rmSync(top, { recursive: true, force: true }));

async function refusalOf(work: () => unknown): Promise<Refusal> {
  try {
    await work();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** A folder of programs: each name with the shell script that plays it. */
function programs(scripts: Record<string, string>): string {
  const folder = join(top, `bin-${(counter += 1)}`);
  mkdirSync(folder);
  for (const [name, script] of Object.entries(scripts)) writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return folder;
}

const failing = (words: string): string => `echo '${words}' >&2; exit 1`;
const folderError = (code: string): Error => Object.assign(new Error(code), { code });

describe('what the file system says', () => {
  it.each([['ENOSPC', 'DATABASE_DISK_FULL'], ['EDQUOT', 'DATABASE_DISK_FULL'], ['EACCES', 'DATABASE_FOLDER_FORBIDDEN'], ['EROFS', 'DATABASE_FOLDER_FORBIDDEN'], ['ENOTDIR', 'DATABASE_FOLDER_FOREIGN']])('%s becomes %s with the folder', async (code, refusal) => {
    const told = await refusalOf(() => withFolderErrors('/data', () => {
      throw folderError(code);
    }));
    expect(told).toMatchObject({ code: refusal, params: { folder: '/data' } });
  });

  it('and anything else stays the bug that it is', () => {
    expect(() => withFolderErrors('/data', () => {
      throw folderError('EIO');
    })).toThrow('EIO');
  });
});

describe('what PostgreSQL says when it cannot make its files', () => {
  it.each([
    ['initdb: error: could not write to file "pg_wal/xlogtemp": No space left on device', 'DATABASE_DISK_FULL'],
    ['initdb: error: could not create directory "base": Permission denied', 'DATABASE_FOLDER_FORBIDDEN'],
    ['FATAL:  could not map anonymous shared memory: Cannot allocate memory', 'DATABASE_MEMORY_SHORT'],
    ['FATAL:  lock file "postmaster.pid" already exists', 'DATABASE_FOLDER_BUSY'],
    ['postgres: error while loading shared libraries: libicui18n.so.72: cannot open shared object file', 'DATABASE_PROGRAM_BROKEN'],
    ['PANIC:  something that nobody foresaw', 'DATABASE_FOLDER_DAMAGED'],
  ])('%s becomes %s, and nothing half made is left', async (words, code) => {
    const dataDir = join(top, `data-${(counter += 1)}`);
    const told = await refusalOf(() => openEmbedded({ dataDir, log, binaries: programs({ initdb: failing(words), postgres: 'echo "postgres (PostgreSQL) 18.0"' }) }));
    expect(told.code).toBe(code);
    expect(readFileSync(join(dataDir, 'postgres.log'), 'utf8')).toContain(words);
    expect(readdirSync(join(dataDir, 'users'))).toEqual([]);
    expect(readdirSync(dataDir)).not.toContain('postgres');
  });
});

describe('PostgreSQL\'s programs', () => {
  it('are called broken when they do not run, with what they say', async () => {
    expect(await refusalOf(() => majorOf(join(top, 'nowhere')))).toMatchObject({ code: 'DATABASE_PROGRAM_BROKEN', params: { detail: expect.stringContaining('ENOENT') } });
    expect(await refusalOf(() => majorOf(programs({ postgres: failing('Illegal instruction') })))).toMatchObject({ code: 'DATABASE_PROGRAM_BROKEN', params: { detail: 'Illegal instruction' } });
  });

  it('are called missing on a kind of machine that npm has none for', async () => {
    const arch = Object.getOwnPropertyDescriptor(process, 'arch')!;
    Object.defineProperty(process, 'arch', { ...arch, value: 'm68k' });
    try {
      expect(await refusalOf(() => binariesFor(undefined, log))).toMatchObject({ code: 'DATABASE_PROGRAM_MISSING', params: { machine: `${process.platform}-m68k` } });
    } finally {
      Object.defineProperty(process, 'arch', arch);
    }
  });
});

describe('the user that PostgreSQL runs as', () => {
  it.runIf(asRoot)('is asked for when root runs the program and it can be neither found nor made', async () => {
    const path = process.env['PATH'];
    process.env['PATH'] = join(top, 'no-programs-here');
    try {
      expect((await refusalOf(() => preparePlace(join(top, `data-${(counter += 1)}`), log))).code).toBe('DATABASE_USER_MISSING');
    } finally {
      process.env['PATH'] = path;
    }
  });
});
