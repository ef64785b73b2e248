/**
 * Databases for tests: each test file clones its own from a template that is migrated once. The template's name carries
 * the hash of the migrations, so it is made anew when one changes and used again when none did.
 */
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { assert } from '#kit/refuse.ts';
import { migrate, migrations } from './migrate.ts';

export interface FreshDatabase {
  /** Connection string of the owner. */
  url: string;
  /** Removes the database, also while connections are still open. */
  drop(): Promise<void>;
}

/** A migrated, empty database of its own, in about 50 ms; drop it when the tests of the file are over. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const server = testServer();
  return cloneOf(server, await ensureTemplate(server));
}

/**
 * A database of its own from a template that `prepare` fills once per test server; `key` names what the content depends on,
 * so that another key makes another template.
 */
export async function freshCopy(key: string, prepare: (url: string) => Promise<void>): Promise<FreshDatabase> {
  const server = testServer();
  const name = `changhu_template_copy_${createHash('sha256').update(key).update(templateName()).digest('hex').slice(0, 12)}`;
  await makeTemplate(server, name, prepare);
  return cloneOf(server, name);
}

async function cloneOf(server: string, template: string): Promise<FreshDatabase> {
  const name = `test_${process.pid}_${randomBytes(4).toString('hex')}`;
  await administer(server, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY WAL_LOG`));
  return {
    url: withDatabase(server, name),
    drop: async () => {
      await administer(server, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    },
  };
}

/** Removes what test runs that were killed left on this machine's own test server, and outdated templates. */
export async function sweepTestServer(server: string): Promise<void> {
  await administer(server, async (client) => {
    await client.query(`SELECT pg_advisory_lock(hashtext('changhu.template'))`);
    // Of the filled copies the two youngest stay: they may be those of this state of the code.
    const { rows } = await client.query<{ datname: string; young: boolean }>(
      `SELECT datname, row_number() OVER (PARTITION BY datname LIKE 'changhu_template_copy_%' ORDER BY oid DESC) <= 2 AS young FROM pg_database WHERE datname ~ '^(test_[0-9]+_|changhu_template_)'`,
    );
    for (const { datname, young } of rows) {
      const pid = Number(/^test_(\d+)_/.exec(datname)?.[1] ?? 0);
      const copy = datname.startsWith('changhu_template_copy_');
      if (pid ? !runs(pid) : copy ? !young : datname !== templateName()) await client.query(`DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`);
    }
  });
}

let made: Promise<string> | undefined;

function ensureTemplate(server: string): Promise<string> {
  made ??= makeTemplate(server, templateName(), async (url) => void (await migrate(url)));
  return made;
}

async function makeTemplate(server: string, name: string, prepare: (url: string) => Promise<void>): Promise<string> {
  await administer(server, async (client) => {
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [name]);
    const { rows } = await client.query<{ ready: boolean }>('SELECT NOT datallowconn AS ready FROM pg_database WHERE datname = $1', [name]);
    if (rows[0]?.ready) return;
    // Half made by a run that was killed: begin again.
    if (rows[0]) await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${name}`);
    await prepare(withDatabase(server, name));
    await client.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
  });
  return name;
}

function templateName(): string {
  const hash = createHash('sha256').update(readFileSync(new URL('migrate.ts', import.meta.url)));
  for (const one of migrations()) hash.update(one.name).update(one.sha256);
  return `changhu_template_${hash.digest('hex').slice(0, 12)}`;
}

function testServer(): string {
  const url = process.env['TEST_DATABASE_URL'];
  assert(url, 'TEST_DATABASE_URL is not set: run the tests with vitest (its set-up starts a server) or with npm test');
  return url;
}

/** The same server, another database. */
export function withDatabase(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}

async function administer<T>(server: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
