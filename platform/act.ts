/** An act: one thing a person or the clock does. One transaction behind the wall, one or more events. */
import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import type { Day } from '#kit/days.ts';
import { dayOf } from '#kit/days.ts';
import type { Databases, Tables } from './db/connect.ts';
import type { PolicyBook } from './policy/index.ts';
import type { Vault } from './files/vault.ts';
import type { MessageGateway } from './gateways/message.ts';
import type { Actor } from './scope/actor.ts';
import { scopeStatements } from './scope/actor.ts';

/** What the program runs on: made once at the start, given to every act. */
export interface Platform {
  databases: Databases;
  policy: PolicyBook;
  /** Files that people hand in; rows keep their hashes. */
  files: Vault;
  /** The way of text messages to the world outside. */
  messages: MessageGateway;
  /** Four-digit prefix of the city. */
  cityCode: string;
  /** Address that people reach; printed in QR codes. */
  publicUrl: string;
  /** Kinds of events somebody listens to, with the listening module's job names. */
  listeners: ReadonlyMap<string, readonly string[]>;
  log: Log;
}

export interface Log {
  info(fields: object, sentence: string): void;
  warn(fields: object, sentence: string): void;
  error(fields: object, sentence: string): void;
}

/** Everything an action may use. */
export interface Act {
  db: Transaction<Tables>;
  actor: Actor;
  now: Date;
  /** The office's day of `now`. */
  today: Day;
  policy: PolicyBook;
  platform: Platform;
}

/**
 * Runs one act in one transaction as the app role, inside the actor's scope. `now` is passed in, never read here.
 * Whatever `work` throws rolls everything back.
 */
export async function runAct<T>(platform: Platform, actor: Actor, now: Date, work: (act: Act) => Promise<T>): Promise<T> {
  return platform.databases.appDb.transaction().execute(async (db) => {
    await sql.raw(scopeStatements(actor)).execute(db);
    return work({ db, actor, now, today: dayOf(now), policy: platform.policy, platform });
  });
}
