/**
 * Every .sql file of a module is understood by the real database: its tables, columns and types exist. A module's
 * temporary tables are made first (tables.sql, then the others), so that the statements which read them are checked too.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlFile } from '#platform/db/sql-file.ts';
import { freshDatabase, type FreshDatabase } from '#platform/db/testing.ts';
import { ROOT, filesLike } from './source.ts';
import { sqlOf } from './sql.ts';

const files = filesLike(/^(domain|platform|bench)\/.*\.sql$/);
let database: FreshDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await freshDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});

afterAll(async () => {
  await client?.end();
  await database?.drop();
});

/** What makes the module's temporary tables, tables.sql first: every other statement of it may count on them. */
function workingTables(path: string): string[] {
  const makers = files.filter((one) => one !== path && one.split('/')[1] === path.split('/')[1] && /^\s*CREATE\s+TEMP/i.test(sqlOf(one)));
  return makers.sort((a, b) => Number(b.endsWith('/tables.sql')) - Number(a.endsWith('/tables.sql')) || (a < b ? -1 : 1));
}

/** True for statements that PREPARE does not take: they are run, and taken back. */
const isMaking = (path: string): boolean => /^\s*(CREATE|DROP|ANALYZE|SET|ALTER)\b/i.test(sqlOf(path));

async function understand(path: string): Promise<void> {
  const { text, names } = sqlFile(pathToFileURL(join(ROOT, path)));
  if (isMaking(path)) {
    if (names.length > 0) throw new Error(`${path} makes something and takes parameters (${names.join(', ')}): make the table in tables.sql and fill it in another file`);
    await client.query(text);
    return;
  }
  await client.query(`PREPARE understood AS ${text.replace(/;\s*$/, '')}`);
  await client.query('DEALLOCATE understood');
}

describe('SQL files', () => {
  it('exist where modules do set work', () => {
    expect(files.length).toBeGreaterThan(0);
  });

  it.each(files)('%s is understood by the database', async (path) => {
    await client.query('BEGIN');
    try {
      for (const need of workingTables(path)) await understand(need);
      await understand(path);
    } finally {
      await client.query('ROLLBACK');
    }
  });
});
