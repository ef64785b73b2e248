/** Accounts: argon2id passwords, lock-out after failures, one-time links instead of default passwords. Runs on the owner pool: the app role cannot read accounts. */
import { createHash, randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { sql } from 'kysely';
import { newId } from '#kit/ids.ts';
import { refuse } from '#kit/refuse.ts';
import type { Db } from '../db/connect.ts';
import type { Actor } from '../scope/actor.ts';
import { clearFailures, countFailure, liftLock, lockedUntil, MAX_FAILURES } from './attempts.ts';

const LINK_DAYS = 7;
export const MIN_PASSWORD = 12;

/** argon2id with the parameters OWASP recommends (19 MiB, two passes). */
const ARGON = { memoryCost: 19456, timeCost: 2, parallelism: 1 };

export interface Account {
  id: string;
  signInName: string;
  displayName: string;
  roleCode: string;
  roleZh: string;
  roleEn: string;
  desk: string;
  permissions: string[];
  passwordHash: string | null;
  area: string | null;
  institutionId: string | null;
  institutionName: string | null;
  workerId: string | null;
  demo: boolean;
  disabledAt: string | null;
  persons: { districtCode: string; personId: string }[];
}

async function findAccount(db: Db, where: ReturnType<typeof sql>): Promise<Account | undefined> {
  const { rows } = await sql<Account>`
    SELECT a.id, a.sign_in_name, a.display_name, a.role_code, r.name_zh AS role_zh, r.name_en AS role_en, r.desk, r.permissions, a.password_hash, a.area,
      a.institution_id, identity.institution_name(a.institution_id) AS institution_name, a.worker_id, a.demo, a.disabled_at,
      coalesce((SELECT jsonb_agg(jsonb_build_object('districtCode', p.district_code, 'personId', p.person_id)) FROM identity.account_person p WHERE p.account_id = a.id), '[]') AS persons
    FROM identity.account a JOIN identity.role r ON r.code = a.role_code
    WHERE ${where}`.execute(db);
  return rows[0];
}

export const findAccountById = (db: Db, id: string) => findAccount(db, sql`a.id = ${id}`);
export const findAccountByName = (db: Db, name: string) => findAccount(db, sql`a.sign_in_name = ${name}`);

/** The actor that an account acts as. */
export function actorOf(account: Account): Actor {
  return {
    accountId: account.id,
    name: account.displayName,
    role: account.roleCode,
    permissions: new Set(account.permissions),
    area: account.area,
    institutionId: account.institutionId,
    workerId: account.workerId,
    persons: account.persons,
  };
}

// Verified against when the account does not exist, so that the answer takes as long.
const NOBODYS_HASH = hash(randomBytes(16).toString('hex'), ARGON);

/**
 * Checks a password. Refuses with SIGN_IN_WRONG, ACCOUNT_LOCKED or ACCOUNT_DISABLED; a success clears the failures. A name that no account has goes
 * the same way at the same pace, the lock included: only a right password tells that an account is there.
 */
export async function signIn(db: Db, signInName: string, password: string, now: Date): Promise<Account> {
  demandUnlocked(await lockedUntil(db, signInName, now));
  const account = await findAccountByName(db, signInName);
  const right = await verify(account?.passwordHash ?? (await NOBODYS_HASH), password);
  if (!right || !account || account.passwordHash === null) {
    demandUnlocked(await countFailure(db, signInName, now));
    refuse('SIGN_IN_WRONG', { max: MAX_FAILURES }, { status: 401 });
  }
  // Asked again: while this password was being checked, others may have locked the name.
  if (!(await clearFailures(db, signInName, now))) demandUnlocked(await lockedUntil(db, signInName, now));
  if (account.disabledAt !== null) refuse('ACCOUNT_DISABLED', {}, { status: 403 });
  return account;
}

function demandUnlocked(until: string | null): void {
  if (until !== null) refuse('ACCOUNT_LOCKED', { until: officeTime(until) }, { status: 423 });
}

function officeTime(at: string): string {
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: 'Asia/Shanghai' }).format(new Date(at));
}

export interface NewAccount {
  signInName: string;
  displayName: string;
  role: string;
  area?: string | null;
  institutionId?: string | null;
  workerId?: string | null;
  persons?: readonly { districtCode: string; personId: string }[];
  /** Only the demo world gives a password; everybody else gets a one-time link. */
  demoPassword?: string;
}

/** The desk at which a role works. Refuses with ROLE_UNKNOWN. */
export async function deskOf(db: Db, role: string): Promise<string> {
  const { rows } = await sql<{ desk: string }>`SELECT desk FROM identity.role WHERE code = ${role}`.execute(db);
  return rows[0]?.desk ?? refuse('ROLE_UNKNOWN', { role });
}

/** Makes an account; returns the one-time token when it has no password yet. Refuses with ROLE_UNKNOWN or NAME_TAKEN. */
export async function createAccount(db: Db, account: NewAccount, now: Date): Promise<{ id: string; token: string | null }> {
  await deskOf(db, account.role);
  const id = newId<'account'>(now.getTime());
  const token = account.demoPassword === undefined ? randomBytes(24).toString('base64url') : null;
  const passwordHash = account.demoPassword === undefined ? null : await hash(account.demoPassword, ARGON);
  const made = await sql`INSERT INTO identity.account (id, sign_in_name, display_name, role_code, password_hash, area, institution_id, worker_id, demo, activation_sha256, activation_until, created_at)
    VALUES (${id}, ${account.signInName}, ${account.displayName}, ${account.role}, ${passwordHash}, ${account.area ?? null}, ${account.institutionId ?? null}, ${account.workerId ?? null},
      ${account.demoPassword !== undefined}, ${token === null ? null : sha256(token)}, ${token === null ? null : new Date(now.getTime() + LINK_DAYS * 86400_000)}, ${now})
    ON CONFLICT (sign_in_name) DO NOTHING RETURNING id`.execute(db);
  if (made.rows.length === 0) refuse('NAME_TAKEN', { name: account.signInName });
  for (const person of account.persons ?? []) {
    await sql`INSERT INTO identity.account_person (account_id, district_code, person_id) VALUES (${id}, ${person.districtCode}, ${person.personId})`.execute(db);
  }
  return { id, token };
}

/**
 * A new one-time link for an account whose owner lost the password or let the first link lapse: the old password opens nothing any more,
 * a lock is lifted, whoever is signed in is out at the next request. Refuses with ACCOUNT_UNKNOWN.
 */
export async function renewLink(db: Db, signInName: string, now: Date): Promise<{ token: string; desk: string }> {
  const token = randomBytes(24).toString('base64url');
  const { rows } = await sql<{ id: string; roleCode: string }>`UPDATE identity.account SET password_hash = NULL, activation_sha256 = ${sha256(token)},
    activation_until = ${new Date(now.getTime() + LINK_DAYS * 86400_000)} WHERE sign_in_name = ${signInName} RETURNING id, role_code`.execute(db);
  if (!rows[0]) refuse('ACCOUNT_UNKNOWN', { name: signInName });
  await liftLock(db, signInName);
  await sql`DELETE FROM identity.session WHERE account_id = ${rows[0].id}`.execute(db);
  return { token, desk: await deskOf(db, rows[0].roleCode) };
}

/** Closes an account, or opens it again: from the next request on nobody acts with it. Safe to repeat. Refuses with ACCOUNT_UNKNOWN. */
export async function disableAccount(db: Db, signInName: string, disabled: boolean, now: Date): Promise<void> {
  const { rows } = await sql`UPDATE identity.account SET disabled_at = CASE WHEN ${disabled} THEN coalesce(disabled_at, ${now}::timestamptz) END WHERE sign_in_name = ${signInName} RETURNING id`.execute(db);
  if (rows.length === 0) refuse('ACCOUNT_UNKNOWN', { name: signInName });
}

/** Sets the password of a one-time link, once. Refuses with ACTIVATION_WRONG or PASSWORD_WEAK. */
export async function activate(db: Db, token: string, password: string, now: Date): Promise<{ signInName: string }> {
  const { rows } = await sql<{ id: string; signInName: string }>`SELECT id, sign_in_name FROM identity.account WHERE activation_sha256 = ${sha256(token)} AND activation_until > ${now}`.execute(db);
  const account = rows[0];
  if (!account) refuse('ACTIVATION_WRONG');
  if (password.length < MIN_PASSWORD || password.toLowerCase() === account.signInName.toLowerCase()) refuse('PASSWORD_WEAK', { min: MIN_PASSWORD });
  const done = await sql`UPDATE identity.account SET password_hash = ${await hash(password, ARGON)}, activation_sha256 = NULL, activation_until = NULL
    WHERE id = ${account.id} AND activation_sha256 = ${sha256(token)} RETURNING id`.execute(db);
  if (done.rows.length === 0) refuse('ACTIVATION_WRONG');
  return { signInName: account.signInName };
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
