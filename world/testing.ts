/** The loaded city for tests: made once per test server and state of the code, cloned for each test file. */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { freshCopy } from '#platform/db/testing.ts';
import type { FreshDatabase } from '#platform/db/testing.ts';
import { prepareDatabase } from '#server/house.ts';
import { loadWorld } from './load.ts';

const ROOT = new URL('../', import.meta.url);
/** Whatever the world is made by. */
const MAKERS = ['world', 'domain', 'platform', 'kit', 'policy', 'server'];

/** A database of its own with the fictional city in it. */
export function freshWorld(): Promise<FreshDatabase> {
  return freshCopy(stateOfTheCode(), async (url) => {
    await prepareDatabase(url);
    await loadWorld(url);
  });
}

function stateOfTheCode(): string {
  const hash = createHash('sha256');
  for (const folder of MAKERS) {
    for (const name of readdirSync(new URL(`${folder}/`, ROOT), { recursive: true, encoding: 'utf8' }).sort()) {
      if (/\.(ts|sql|yaml)$/.test(name) && !name.endsWith('.test.ts')) hash.update(name).update(readFileSync(new URL(`${folder}/${name}`, ROOT)));
    }
  }
  return hash.digest('hex');
}
