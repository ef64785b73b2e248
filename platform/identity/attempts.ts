/** Wrong passwords in a row, counted by the name that was typed in: a name that no account has is counted and locked like any other, so that a lock tells nobody which names exist. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '../db/connect.ts';

export const MAX_FAILURES = 5;
const LOCK_MINUTES = 15;
/** Failures are forgotten when none came for so long. */
const FORGOTTEN_HOURS = 24;
/** Names that are remembered at once, beside those that are locked: nobody presses a lock out by trying other names. */
const MOST_NAMES = 100_000;

const hashOf = (name: string): string => createHash('sha256').update(name).digest('hex');

/** Until when a name is locked, as an ISO instant; null when it is not. */
export async function lockedUntil(db: Db, name: string, now: Date): Promise<string | null> {
  const { rows } = await sql<{ lockedUntil: string }>`SELECT locked_until FROM identity.attempt WHERE name_sha256 = ${hashOf(name)} AND locked_until > ${now}`.execute(db);
  return rows[0]?.lockedUntil ?? null;
}

/** Counts a wrong password; answers until when the name is locked now. A lock that still runs is never lifted by a further failure. */
export async function countFailure(db: Db, name: string, now: Date): Promise<string | null> {
  const { rows } = await sql<{ lockedUntil: string | null; fresh: boolean }>`
    INSERT INTO identity.attempt AS a (name_sha256, failures, at) VALUES (${hashOf(name)}, 1, ${now})
    ON CONFLICT (name_sha256) DO UPDATE SET
      failures = CASE WHEN a.locked_until > ${now} THEN a.failures WHEN a.at < ${now}::timestamptz - make_interval(hours => ${FORGOTTEN_HOURS}) THEN 1 WHEN a.failures + 1 >= ${MAX_FAILURES} THEN 0 ELSE a.failures + 1 END,
      locked_until = CASE WHEN a.locked_until > ${now} THEN a.locked_until WHEN a.at < ${now}::timestamptz - make_interval(hours => ${FORGOTTEN_HOURS}) THEN NULL
        WHEN a.failures + 1 >= ${MAX_FAILURES} THEN ${now}::timestamptz + make_interval(mins => ${LOCK_MINUTES}) END,
      at = ${now}
    RETURNING locked_until, xmax = 0 AS fresh`.execute(db);
  if (rows[0]?.fresh) await keepNewest(db, MOST_NAMES, now);
  return rows[0]?.lockedUntil ?? null;
}

/** Forgets the failures of a name after a right password; false when others have locked it meanwhile. */
export async function clearFailures(db: Db, name: string, now: Date): Promise<boolean> {
  await sql`DELETE FROM identity.attempt WHERE name_sha256 = ${hashOf(name)} AND (locked_until IS NULL OR locked_until <= ${now})`.execute(db);
  return (await lockedUntil(db, name, now)) === null;
}

/** Forgets the failures of a name and lifts its lock. */
export async function liftLock(db: Db, name: string): Promise<void> {
  await sql`DELETE FROM identity.attempt WHERE name_sha256 = ${hashOf(name)}`.execute(db);
}

/** Forgets the names, known or not, whose last try lies before that of the so many newest; a lock that still runs stays. */
export async function keepNewest(db: Db, most: number, now: Date): Promise<void> {
  await sql`DELETE FROM identity.attempt WHERE at < (SELECT at FROM identity.attempt ORDER BY at DESC OFFSET ${most - 1} LIMIT 1) AND (locked_until IS NULL OR locked_until <= ${now})`.execute(db);
}

/** Forgets what is a day old; run at night. */
export async function forgetOld(db: Db, now: Date): Promise<void> {
  await sql`DELETE FROM identity.attempt WHERE at < ${now}::timestamptz - make_interval(hours => ${FORGOTTEN_HOURS}) AND (locked_until IS NULL OR locked_until <= ${now})`.execute(db);
}
