/** The running program: server and job runner in one process, opened and closed in order. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import pino from 'pino';
import { buildServer } from '#platform/http/server.ts';
import { startJobs } from '#platform/jobs/runner.ts';
import type { Db } from '#platform/db/connect.ts';
import { openHouse } from './house.ts';
import { modules } from './modules.ts';
import { setting } from './settings.ts';

export interface Running {
  address: string;
  /** Lets requests and jobs under way finish, then closes the pools. */
  close(): Promise<void>;
}

/** Serves on PORT. The database is migrated already. */
export async function serve(databaseUrl: string, clock: () => Date = () => new Date()): Promise<Running> {
  const log = pino({ level: setting('LOG_LEVEL') });
  const port = Number(setting('PORT'));
  const address = setting('PUBLIC_URL').replace('PORT', String(port));
  const appUrl = setting('APP_DATABASE_URL');
  const house = await openHouse({ databaseUrl, city: setting('CITY'), log, publicUrl: address, ...(appUrl ? { appDatabaseUrl: appUrl } : {}) });
  try {
    const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };
    const secret = await sharedSecret(house.platform.databases.ownerDb, 'session');
    const server = await buildServer({ platform: house.platform, modules, words: house.words, secret, clock, logLevel: setting('LOG_LEVEL'), secureCookie: setting('SECURE_COOKIE') === 'true', ...(setting('TRUST_PROXY') ? { trustProxy: setting('TRUST_PROXY') } : {}), publicPerMin: Number(setting('PUBLIC_PER_MIN')), version });
    const jobs = await startJobs(modules, house.platform, clock);
    await server.listen({ port, host: setting('HOST') });
    return {
      address,
      close: async () => {
        await server.close();
        await jobs.stop();
        await house.close();
      },
    };
  } catch (error) {
    await house.close();
    throw error;
  }
}

/** A secret that every process of the installation shares; made once. */
async function sharedSecret(db: Db, name: string): Promise<string> {
  await sql`INSERT INTO identity.secret (name, value) VALUES (${name}, ${randomBytes(48).toString('base64')}) ON CONFLICT DO NOTHING`.execute(db);
  const { rows } = await sql<{ value: string }>`SELECT value FROM identity.secret WHERE name = ${name}`.execute(db);
  return rows[0]!.value;
}
