/** Migrations: plain SQL, numbered, forward only, each in one transaction; then the job queue's own tables and the roles. */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import pg from 'pg';
import { runMigrations } from 'graphile-worker';

const FOLDER = new URL('../../db/migrations/', import.meta.url);

export interface Migration {
  name: string;
  text: string;
  sha256: string;
}

/** All migrations in order. */
export function migrations(): Migration[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => {
      const text = readFileSync(new URL(name, FOLDER), 'utf8');
      return { name, text, sha256: createHash('sha256').update(text).digest('hex') };
    });
}

/** Brings a database to the newest state; returns the names of the migrations that ran. Safe to run twice and at the same time. */
export async function migrate(url: string, log: (sentence: string) => void = () => undefined): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'changhu-migrate' });
  await client.connect();
  const done: string[] = [];
  try {
    await client.query(`SELECT pg_advisory_lock(hashtext('changhu.migrate'))`);
    await client.query(`CREATE TABLE IF NOT EXISTS public.migration (name text PRIMARY KEY, sha256 text NOT NULL, ran_at timestamptz NOT NULL DEFAULT now())`);
    await client.query(`COMMENT ON TABLE public.migration IS '迁移 · Migrations that have run here.'`);
    const { rows } = await client.query<{ name: string; sha256: string }>('SELECT name, sha256 FROM public.migration');
    const known = new Map(rows.map((row) => [row.name, row.sha256]));
    for (const one of migrations()) {
      const before = known.get(one.name);
      if (before === one.sha256) continue;
      if (before !== undefined) throw new Error(`db/migrations/${one.name} was changed after it ran here; migrations go forward only: write a new one`);
      log(one.name);
      await client.query('BEGIN');
      await client.query(one.text);
      await client.query('INSERT INTO public.migration (name, sha256) VALUES ($1, $2)', [one.name, one.sha256]);
      await client.query('COMMIT');
      done.push(one.name);
    }
  } finally {
    await client.end();
  }
  await runMigrations({ connectionString: url });
  return done;
}
