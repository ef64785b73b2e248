/** Repeated requests: the same Idempotency-Key with the same content gets the same answer; with other content it is refused. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '../act.ts';

/** A stable hash of what was sent. */
export function contentHash(parts: unknown): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** A file's part in what was sent. */
export function bytesHash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The stored answer of this key, or undefined. Waits for a first request still under way. Refuses with REPEAT_KEY_REUSED. */
export async function findAnswer(act: Act, key: string, endpoint: string, bodySha256: string): Promise<{ answer: unknown } | undefined> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`${act.actor.accountId}:${key}`}, 0))`.execute(act.db);
  const { rows } = await sql<{ endpoint: string; bodySha256: string; answer: unknown }>`
    SELECT endpoint, body_sha256, answer FROM platform.repeat_key WHERE account_id = ${act.actor.accountId} AND key = ${key}`.execute(act.db);
  const known = rows[0];
  if (!known) return undefined;
  if (known.endpoint !== endpoint || known.bodySha256 !== bodySha256) refuse('REPEAT_KEY_REUSED', {}, { status: 409 });
  return { answer: known.answer };
}

/** Keeps the answer in the same transaction as the act itself. */
export async function keepAnswer(act: Act, key: string, endpoint: string, bodySha256: string, answer: unknown): Promise<void> {
  await sql`INSERT INTO platform.repeat_key (account_id, key, endpoint, body_sha256, answer, at)
    VALUES (${act.actor.accountId}, ${key}, ${endpoint}, ${bodySha256}, ${JSON.stringify(answer)}::jsonb, ${act.now})`.execute(act.db);
}
