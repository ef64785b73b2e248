/** SQL that lives in files: set work and audit rules. Named parameters `:districtCode` become $1, $2 … */
import { readFileSync } from 'node:fs';
import { CompiledQuery } from 'kysely';
import type { Db } from './connect.ts';
import { assert } from '#kit/refuse.ts';

export interface SqlFile {
  path: string;
  text: string;
  names: string[];
}

const cache = new Map<string, SqlFile>();

/** Reads a `.sql` file once. `::type` casts, quoted strings and comments are left alone. */
export function sqlFile(url: URL): SqlFile {
  const known = cache.get(url.href);
  if (known) return known;
  const names: string[] = [];
  const text = readFileSync(url, 'utf8').replace(/--[^\n]*|'(?:[^']|'')*'|::|:([a-zA-Z]\w*)/g, (whole, name: string | undefined) => {
    if (name === undefined) return whole;
    if (!names.includes(name)) names.push(name);
    return `$${names.indexOf(name) + 1}`;
  });
  const file = { path: url.pathname, text, names };
  cache.set(url.href, file);
  return file;
}

/** Runs a SQL file inside the act's transaction; every named parameter must be given. Rows come back in camel case. */
export async function runSql<Row>(db: Db, file: SqlFile, params: Record<string, unknown> = {}): Promise<Row[]> {
  const values = file.names.map((name) => {
    assert(name in params, `${file.path} needs the parameter :${name}`);
    return params[name];
  });
  const result = await db.executeQuery(CompiledQuery.raw(file.text, values));
  return result.rows as Row[];
}
