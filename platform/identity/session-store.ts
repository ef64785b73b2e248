/** Sessions in the database: only a hash of the session id is stored. */
import type { SessionStore } from '@fastify/session';
import type pg from 'pg';
import { sha256 } from './accounts.ts';

type Callback = (error: unknown, session?: never) => void;

/** The store that @fastify/session calls. */
export function sessionStore(pool: pg.Pool, lifetimeMs: number): SessionStore {
  return {
    set(id, session, done) {
      const data = JSON.stringify(session);
      const accountId = (session as { accountId?: string }).accountId ?? null;
      pool
        .query(
          `INSERT INTO identity.session (id_sha256, account_id, data, expires_at) VALUES ($1, $2, $3, $4)
           ON CONFLICT (id_sha256) DO UPDATE SET account_id = excluded.account_id, data = excluded.data, expires_at = excluded.expires_at`,
          [sha256(id), accountId, data, new Date(Date.now() + lifetimeMs)],
        )
        .then(() => done(undefined as never), done);
    },
    get(id, done) {
      pool
        .query('SELECT data FROM identity.session WHERE id_sha256 = $1 AND expires_at > now()', [sha256(id)])
        .then(({ rows }) => (done as Callback)(null, (rows[0]?.data ?? null) as never), done as Callback);
    },
    destroy(id, done) {
      pool.query('DELETE FROM identity.session WHERE id_sha256 = $1', [sha256(id)]).then(() => done(undefined as never), done);
    },
  };
}
