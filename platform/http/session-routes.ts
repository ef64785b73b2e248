/** Sign-in, sign-out and one-time links: the only endpoints that touch accounts. */
import { sql } from 'kysely';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { dayOf } from '#kit/days.ts';
import type { Platform } from '../act.ts';
import { activate, actorOf, findAccountById, signIn } from '../identity/accounts.ts';
import type { Account } from '../identity/accounts.ts';
import { identityContract } from '../identity/contract.ts';
import type { Actor } from '../scope/actor.ts';
import { PUBLIC } from '../scope/actor.ts';

declare module 'fastify' {
  interface Session {
    accountId?: string;
  }
}

function sessionOf(account: Account) {
  return {
    accountId: account.id,
    signInName: account.signInName,
    displayName: account.displayName,
    role: account.roleCode,
    roleName: { zh: account.roleZh, en: account.roleEn },
    desk: account.desk,
    permissions: account.permissions,
    area: account.area,
    institutionId: account.institutionId,
    institutionName: account.institutionName,
    persons: account.persons,
    demo: account.demo,
  };
}

/** The actor of a request: the account of its session, read afresh each time so that a disabled account is out at once. */
export async function actorOfRequest(platform: Platform, request: FastifyRequest): Promise<Actor> {
  const accountId = request.session?.accountId;
  if (accountId === undefined) return PUBLIC;
  const account = await findAccountById(platform.databases.ownerDb, accountId);
  return account && account.disabledAt === null ? actorOf(account) : PUBLIC;
}

function schemaOf(key: keyof typeof identityContract): object {
  const endpoint = identityContract[key];
  return { tags: ['identity'], summary: `${endpoint.summary.zh} · ${endpoint.summary.en}`, ...('body' in endpoint ? { body: endpoint.body } : {}), response: { 200: endpoint.output } };
}

/** Registers the identity contract; one address may try to sign in or to use a link so often a minute. */
export function bindIdentity(app: FastifyInstance, platform: Platform, clock: () => Date, publicPerMin?: number): void {
  const limited = publicPerMin === undefined ? {} : { config: { rateLimit: { max: publicPerMin, timeWindow: 60_000 } } };
  const { ownerDb } = platform.databases;
  app.get('/api/session', { schema: schemaOf('GET /api/session') }, async (request) => {
    const account = request.session.accountId === undefined ? undefined : await findAccountById(ownerDb, request.session.accountId);
    const city = await sql<{ code: string; zh: string; en: string }>`SELECT code, name_zh AS zh, name_en AS en FROM platform.area WHERE code = ${platform.cityCode}`.execute(ownerDb);
    const demo = await sql<{ demo: boolean }>`SELECT EXISTS (SELECT 1 FROM identity.account WHERE demo) AS demo`.execute(ownerDb);
    return {
      session: account && account.disabledAt === null ? sessionOf(account) : null,
      city: city.rows[0] ?? { code: platform.cityCode, zh: platform.cityCode, en: platform.cityCode },
      today: dayOf(clock()),
      demo: demo.rows[0]?.demo ?? false,
    };
  });
  app.post('/api/session', { ...limited, schema: schemaOf('POST /api/session') }, async (request) => {
    const { signInName, password } = request.body as { signInName: string; password: string };
    const account = await signIn(ownerDb, signInName.trim(), password, clock());
    await request.session.regenerate();
    request.session.accountId = account.id;
    return sessionOf(account);
  });
  app.delete('/api/session', { schema: schemaOf('DELETE /api/session') }, async (request) => {
    await request.session.destroy();
    return { signedOut: true };
  });
  app.post('/api/activation', { ...limited, schema: schemaOf('POST /api/activation') }, async (request) => {
    const { token, password } = request.body as { token: string; password: string };
    return activate(ownerDb, token, password, clock());
  });
}
