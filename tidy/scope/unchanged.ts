/** Tells whether anything was written to any table of the program: rows added or changed since a moment, and rows gone. */
import type pg from 'pg';

export interface Moment {
  transaction: string;
  rows: Map<string, number>;
}

/** Sign-in itself counts failures and keeps sessions; everything else must stand still. */
const TABLES = `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'public') AND n.nspname || '.' || c.relname NOT IN ('identity.session', 'identity.account')
    AND n.nspname <> 'graphile_worker' ORDER BY 1`;

async function tables(owner: pg.Pool): Promise<string[]> {
  return (await owner.query<{ name: string }>(TABLES)).rows.map((row) => row.name);
}

export async function now(owner: pg.Pool): Promise<Moment> {
  const names = await tables(owner);
  const counts = await owner.query<{ name: string; n: number }>(names.map((name) => `SELECT '${name}' AS name, count(*)::int AS n FROM ${name}`).join(' UNION ALL '));
  const { rows } = await owner.query<{ x: string }>('SELECT (pg_current_xact_id()::text::bigint % 4294967296)::text AS x');
  return { transaction: rows[0]!.x, rows: new Map(counts.rows.map((row) => [row.name, row.n])) };
}

/** `schema.table: what happened`, for every table that is not as it was. */
export async function changedSince(owner: pg.Pool, then: Moment): Promise<string[]> {
  const names = await tables(owner);
  const select = (name: string): string => `SELECT '${name}' AS name, count(*)::int AS n, count(*) FILTER (WHERE xmin::text::bigint >= ${then.transaction})::int AS fresh FROM ${name}`;
  const { rows } = await owner.query<{ name: string; n: number; fresh: number }>(names.map(select).join(' UNION ALL '));
  return rows.filter((row) => row.fresh > 0 || row.n !== then.rows.get(row.name)).map((row) => `${row.name}: ${row.fresh} rows written, ${row.n} rows instead of ${then.rows.get(row.name) ?? 0}`);
}
