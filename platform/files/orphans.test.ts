import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import pg from 'pg';
import { freshDatabase } from '../db/testing.ts';
import type { FreshDatabase } from '../db/testing.ts';
import { INCOMING, layDown } from './incoming.ts';
import { sweepOrphans } from './orphans.ts';
import { openVault } from './vault.ts';
import type { Vault } from './vault.ts';

const DAY_MS = 86_400_000;

describe('files that no row names', () => {
  let database: FreshDatabase;
  let owner: pg.Pool;
  let vault: Vault;
  let folder: string;
  beforeAll(async () => {
    database = await freshDatabase();
    owner = new pg.Pool({ connectionString: database.url, max: 2 });
    folder = mkdtempSync(join(tmpdir(), 'vault-'));
    vault = openVault(folder);
  });
  afterAll(async () => {
    await owner.end();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const pathOf = (sha256: string): string => join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  const age = (path: string, days: number): void => utimesSync(path, new Date(Date.now() - days * DAY_MS), new Date(Date.now() - days * DAY_MS));
  /** Every night of a month and a bit, as the clock would. */
  const sweepAll = async (): Promise<number> => {
    let files = 0;
    for (let night = 0; night < 32; night += 1) files += (await sweepOrphans(folder, { owner }, Date.now() - night * DAY_MS)).files;
    return files;
  };
  const keptOld = async (text: string, days: number): Promise<string> => {
    const { sha256 } = await vault.keep(Buffer.from(text));
    age(pathOf(sha256), days);
    return sha256;
  };

  it('go after thirty days; what a row names, what is young and what was kept again stays', async () => {
    const [orphan, named, young, again] = [await keptOld('orphan', 90), await keptOld('named', 90), await keptOld('young', 10), await keptOld('again', 90)];
    const client = await owner.connect();
    // Of the row only the hash matters here: the visit that it belongs to is left out.
    await client.query('SET session_replication_role = replica');
    await client.query(`INSERT INTO assessments.site_video_piece (district_code, site_visit_id, rendition, piece, township_code, assessment_institution_id, sha256, size_bytes, received_at)
      VALUES ('990101', gen_random_uuid(), 'low', 0, '990101001', gen_random_uuid(), $1, 5, now())`, [named]);
    client.release(true);
    await vault.keep(Buffer.from('again'));
    expect(await sweepAll()).toBe(1);
    expect([orphan, named, young, again].map((one) => existsSync(pathOf(one)))).toEqual([false, true, true, true]);
  });

  it('come back where the sweep was killed between taking one away and looking once more', async () => {
    const sha256 = createHash('sha256').update('killed').digest('hex');
    await vault.keep(Buffer.from('killed'));
    renameSync(pathOf(sha256), join(pathOf(sha256), '..', `.leaving-${sha256}`));
    await sweepAll();
    expect((await vault.read(sha256)).toString()).toBe('killed');
  });

  it('leave no half behind: what was being received or written when the process died goes after a day', async () => {
    const { sha256 } = await vault.keep(Buffer.from('beside'));
    const halves = [join(folder, INCOMING, 'a'.repeat(24)), join(pathOf(sha256), '..', `.${'b'.repeat(16)}`)];
    mkdirSync(join(folder, INCOMING), { recursive: true });
    for (const one of halves) {
      writeFileSync(one, 'half');
      age(one, 40);
    }
    const fresh = await layDown(folder, Readable.from([Buffer.from('on its way')]));
    await sweepAll();
    expect(halves.map((one) => existsSync(one))).toEqual([false, false]);
    expect((await fresh.bytes()).toString()).toBe('on its way');
    await fresh.drop();
  });

  it('stay where the database would not show every row', async () => {
    const orphan = await keptOld('hidden', 90);
    const walled = new pg.Pool({ connectionString: database.url, max: 1, options: '-c role=changhu_app' });
    const nights = Array.from({ length: 32 }, (_, night) => sweepOrphans(folder, { owner: walled }, Date.now() - night * DAY_MS));
    expect((await Promise.allSettled(nights)).some((one) => one.status === 'rejected')).toBe(true);
    await walled.end();
    expect(existsSync(pathOf(orphan))).toBe(true);
    rmSync(pathOf(orphan));
  });

  it('are never left by a stream that breaks off', async () => {
    const broken = Readable.from((async function* () {
      yield Buffer.from('begun');
      throw new Error('the phone lost its network');
    })());
    await expect(layDown(folder, broken)).rejects.toThrow('lost its network');
    expect(readdirSync(join(folder, INCOMING))).toEqual([]);
  });
});
