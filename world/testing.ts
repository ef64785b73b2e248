/** The loaded city for tests: made once per test server and state of the code, cloned for each test file. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { assert } from '#kit/refuse.ts';
import { freshCopy } from '#platform/db/testing.ts';
import type { FreshDatabase } from '#platform/db/testing.ts';
import { prepareDatabase } from '#server/house.ts';
import { loadWorld } from './load.ts';

const ROOT = new URL('../', import.meta.url);
/** Whatever the world is made by. */
const MAKERS = ['world', 'domain', 'platform', 'kit', 'policy', 'server'];

/** A database of its own with the fictional city in it, without its folder of files: until `unpackFiles` reading one answers FILE_NOT_HERE. */
export function freshWorld(): Promise<FreshDatabase> {
  return freshCopy(stateOfTheCode(), async (url) => {
    await prepareDatabase(url);
    const filesDir = mkdtempSync(join(tmpdir(), 'changhu-files-'));
    const from = performance.now();
    assert(await loadWorld(url, undefined, filesDir), 'the fictional city was loaded into an empty database');
    console.info(`the world was loaded in ${((performance.now() - from) / 1000).toFixed(1)} s`);
    await packFiles(url, filesDir);
    rmSync(filesDir, { recursive: true, force: true });
  });
}

/** The files that the loading wrote travel in the database that is copied; the schema `public` is nobody's. */
function packFiles(url: string, folder: string): Promise<void> {
  return asking(url, async (client) => {
    await client.query('CREATE TABLE public.file_of_the_world (path text PRIMARY KEY, content bytea NOT NULL)');
    for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (statSync(join(folder, path)).isFile()) await client.query('INSERT INTO public.file_of_the_world VALUES ($1, $2)', [path, readFileSync(join(folder, path))]);
    }
  });
}

/** Writes the files of a fresh world into the folder of a vault. */
export function unpackFiles(url: string, folder: string): Promise<void> {
  return asking(url, async (client) => {
    const { rows } = await client.query<{ path: string; content: Buffer }>('SELECT path, content FROM public.file_of_the_world');
    for (const { path, content } of rows) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
  });
}

async function asking(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function stateOfTheCode(): string {
  const hash = createHash('sha256');
  for (const folder of MAKERS) {
    for (const name of readdirSync(new URL(`${folder}/`, ROOT), { recursive: true, encoding: 'utf8' }).sort()) {
      if (/\.(ts|sql|yaml|typ)$/.test(name) && !name.endsWith('.test.ts')) hash.update(name).update(readFileSync(new URL(`${folder}/${name}`, ROOT)));
    }
  }
  return hash.digest('hex');
}
