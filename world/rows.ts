/** Bulk rows of the world: whole tables at a time, as the owner, from plain objects whose keys are the columns. */
import type pg from 'pg';
import { sqlFile } from '#platform/db/sql-file.ts';

export type Client = pg.PoolClient;

/** Inserts rows whose keys are column names; all rows of a call have the same keys. */
export async function insertRows(client: Client, table: string, rows: readonly Record<string, unknown>[]): Promise<void> {
  const first = rows[0];
  if (!first) return;
  const columns = Object.keys(first).join(', ');
  await client.query(`INSERT INTO ${table} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)`, [JSON.stringify(rows)]);
}

/** Runs a SQL file with its named parameters. */
export async function runFile(client: Client, url: URL, params: Record<string, unknown>): Promise<void> {
  const file = sqlFile(url);
  await client.query(file.text, file.names.map((name) => params[name]));
}

/** Runs work in one transaction of the owner. */
export async function inTransaction(owner: pg.Pool, work: (client: Client) => Promise<void>): Promise<void> {
  const client = await owner.connect();
  try {
    await client.query('BEGIN');
    await work(client);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}
