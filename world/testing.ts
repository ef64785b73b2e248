/** The loaded city for tests: made once per test server and state of the code, cloned for each test file. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshCopy } from '#platform/db/testing.ts';
import type { FreshDatabase } from '#platform/db/testing.ts';
import { prepareDatabase } from '#server/house.ts';
import { loadWorld } from './load.ts';

const ROOT = new URL('../', import.meta.url);
/** Whatever the world is made by. */
const MAKERS = ['world', 'domain', 'platform', 'kit', 'policy', 'server'];

/** A database of its own with the fictional city in it, without its folder of files: reading one answers FILE_NOT_HERE. */
export function freshWorld(): Promise<FreshDatabase> {
  return freshCopy(stateOfTheCode(), async (url) => {
    await prepareDatabase(url);
    const filesDir = mkdtempSync(join(tmpdir(), 'changhu-files-'));
    await loadWorld(url, undefined, filesDir);
    rmSync(filesDir, { recursive: true, force: true });
  });
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
