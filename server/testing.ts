/** A whole house on a database of its own, for tests of actions and endpoints: real PostgreSQL, real server, given time. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import type { Db } from '#platform/db/connect.ts';
import { freshDatabase } from '#platform/db/testing.ts';
import type { FreshDatabase } from '#platform/db/testing.ts';
import { runAct } from '#platform/act.ts';
import type { Act } from '#platform/act.ts';
import { buildServer } from '#platform/http/server.ts';
import { createAccount, findAccountByName } from '#platform/identity/accounts.ts';
import type { NewAccount } from '#platform/identity/accounts.ts';
import { readRoles, writeRoles } from '#platform/identity/roles.ts';
import type { Actor } from '#platform/scope/actor.ts';
import { officeActor } from '#platform/scope/actor.ts';
import { modules } from './modules.ts';
import { openHouse, writeAreas } from './house.ts';
import type { House } from './house.ts';

export interface TestHouse extends House {
  url: string;
  /** The test's clock: an instant that stands still until the test moves it. */
  clock: { now: Date };
  server: FastifyInstance;
  /** Runs an act; the city's clock with every permission unless another actor is given. */
  act<T>(work: (act: Act) => Promise<T>, actor?: Actor): Promise<T>;
  /** Signs an account in (making it) and returns a caller with its cookie. */
  signedIn(account: Omit<NewAccount, 'demoPassword'>): Promise<Caller>;
  /** A caller who has not signed in. */
  outsider: Caller;
}

export type Caller = (method: string, url: string, body?: unknown, headers?: Record<string, string>) => Promise<LightMyRequestResponse>;

const PASSWORD = 'a long enough test password';

let passwordHash: string | null | undefined;

/** An account with the password of the tests. The hash is the real one, computed once per process: to sign in still verifies it. */
async function makeAccount(db: Db, account: Omit<NewAccount, 'demoPassword'>, now: Date): Promise<void> {
  if (passwordHash) {
    await createAccount(db, account, now);
    await sql`UPDATE identity.account SET password_hash = ${passwordHash}, demo = true, activation_sha256 = NULL, activation_until = NULL WHERE sign_in_name = ${account.signInName}`.execute(db);
    return;
  }
  await createAccount(db, { ...account, demoPassword: PASSWORD }, now);
  passwordHash = (await findAccountByName(db, account.signInName))?.passwordHash;
}

/** Opens a test house; `close()` drops its database. `database` is an empty one unless another is given, e.g. the loaded city. */
export async function openTestHouse(nowAt = '2026-09-15T02:00:00Z', database: Promise<FreshDatabase> = freshDatabase()): Promise<TestHouse> {
  const { url, drop } = await database;
  const filesDir = mkdtempSync(join(tmpdir(), 'changhu-files-'));
  const house = await openHouse({ databaseUrl: url, poolSize: 6, filesDir });
  await writeRoles(house.platform.databases.ownerDb, readRoles(new URL('../domain/roles.yaml', import.meta.url)));
  await writeAreas(house.platform.databases.ownerDb, house.platform.policy.about);
  const clock = { now: new Date(nowAt) };
  const server = await buildServer({ platform: house.platform, modules, words: house.words, secret: 'x'.repeat(40), clock: () => clock.now, logLevel: 'silent', version: 'test' });
  const caller = (cookie?: string): Caller => (method, url_, body, headers = {}) =>
    server.inject({ method: method as NonNullable<InjectOptions['method']>, url: url_, ...(body === undefined ? {} : { payload: body as object }), headers: { ...headers, ...(cookie === undefined ? {} : { cookie }) } });
  return {
    ...house,
    url,
    clock,
    server,
    outsider: caller(),
    act: (work, actor) => runAct(house.platform, actor ?? officeActor(house.platform.cityCode, ['*']), clock.now, work),
    signedIn: async (account) => {
      await makeAccount(house.platform.databases.ownerDb, account, clock.now);
      const answer = await caller()('POST', '/api/session', { signInName: account.signInName, password: PASSWORD });
      if (answer.statusCode !== 200) throw new Error(`sign-in of ${account.signInName} failed: ${answer.body}`);
      return caller(String(answer.headers['set-cookie']).split(';')[0]);
    },
    close: async () => {
      await server.close();
      await house.close();
      rmSync(filesDir, { recursive: true, force: true });
      await drop();
    },
  };
}
