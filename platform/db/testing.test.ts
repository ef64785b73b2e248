import pg from 'pg';
import { expect, it } from 'vitest';
import { migrations } from './migrate.ts';
import { freshDatabase, withDatabase } from './testing.ts';

async function rowsOf(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as unknown[];
  } finally {
    await client.end();
  }
}

it('gives each caller a migrated database of its own, and takes it away again', async () => {
  const [one, two] = await Promise.all([freshDatabase(), freshDatabase()]);
  expect(one.url).not.toBe(two.url);
  expect(await rowsOf(one.url, 'SELECT name FROM public.migration ORDER BY name')).toEqual(migrations().map(({ name }) => ({ name })));
  await rowsOf(one.url, 'CREATE TABLE only_here (n int)');
  expect(await rowsOf(two.url, `SELECT to_regclass('only_here') AS found`)).toEqual([{ found: null }]);
  await Promise.all([one.drop(), two.drop()]);
  const name = new URL(one.url).pathname.slice(1);
  expect(await rowsOf(withDatabase(one.url, 'postgres'), `SELECT FROM pg_database WHERE datname = '${name}'`)).toEqual([]);
});
