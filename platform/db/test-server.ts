/**
 * vitest's set-up: the database server of the tests. `npm test` names one in TEST_DATABASE_URL; a single `npx vitest run …`
 * uses a small server that stays on disk between runs (and is shared by runs at the same time), so that it starts at once.
 */
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refusal } from '#kit/refuse.ts';
import { openEmbedded, type OpenDatabase, type Say } from './embedded.ts';
import { sweepTestServer } from './testing.ts';

const checkout = createHash('sha256').update(import.meta.dirname).digest('hex').slice(0, 10);
const dataDir = join(tmpdir(), `changhu-test-${process.getuid?.() ?? 0}-${checkout}`);
const log: Say = ({ zh, en }) => void process.stderr.write(`${zh}  ${en}\n`);

export default async function setup(): Promise<() => Promise<void>> {
  if (process.env['TEST_DATABASE_URL']) return async () => {};
  const database = await openTestServer();
  await sweepTestServer(database.url);
  process.env['TEST_DATABASE_URL'] = database.url;
  return () => database.close();
}

/** A test server's files are worth nothing: what cannot be opened is made anew. */
async function openTestServer(): Promise<OpenDatabase> {
  try {
    return await openEmbedded({ dataDir, forTests: true, log });
  } catch (error) {
    if (!(error instanceof Refusal) || !/^DATABASE_(FOLDER_DAMAGED|FOLDER_OTHER_VERSION|SECRET_MISSING)$/.test(error.code)) throw error;
    rmSync(dataDir, { recursive: true, force: true });
    return openEmbedded({ dataDir, forTests: true, log });
  }
}
