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
import { ROOT, filesLike, isTest, textOf } from './source.ts';
import { sqlOf } from './sql.ts';

const files = filesLike(/^(domain|platform)\/.*\.sql$/);
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

const moduleOf = (path: string): string => path.split('/').slice(0, 2).join('/');
const isTables = (path: string): boolean => path.endsWith('/tables.sql');

/** What makes the module's temporary tables, tables.sql first: every other statement of it may count on them. */
function makersFor(path: string): string[] {
  if (isTables(path)) return [];
  const makers = files.filter((one) => one !== path && moduleOf(one) === moduleOf(path) && /^\s*CREATE\s+TEMP/i.test(sqlOf(one)));
  return makers.filter((one) => isTables(one) || !isMaking(path)).sort((a, b) => Number(isTables(b)) - Number(isTables(a)) || (a < b ? -1 : 1));
}

/** Temporary tables that a module's TypeScript makes with a fixed text, to be filled from a file. */
function tablesInCode(path: string): string[] {
  return filesLike(new RegExp(`^${moduleOf(path)}/.*\\.ts$`)).filter((one) => !isTest(one)).flatMap((one) => [...textOf(one).matchAll(/CREATE TEMP TABLE [^`$]+(?=`)/g)].map((hit) => hit[0]));
}

/** True for statements that PREPARE does not take: they are run, and taken back. */
const isMaking = (path: string): boolean => /^\s*(CREATE|DROP|ANALYZE|SET|ALTER)\b/i.test(sqlOf(path));

async function understand(path: string): Promise<void> {
  const { text, names } = sqlFile(pathToFileURL(join(ROOT, path)));
  if (isMaking(path)) {
    await (names.length === 0 ? client.query(text) : client.query(text, names.map(() => null)));
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
      for (const table of tablesInCode(path)) await client.query(table);
      for (const maker of makersFor(path)) await understand(maker);
      await understand(path);
    } finally {
      await client.query('ROLLBACK');
    }
  });
});
