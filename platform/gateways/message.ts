/** Text messages that go out: the outbox (platform.message), and the one way to the world outside. */
import { sql } from 'kysely';
import { newId } from '#kit/ids.ts';
import type { Act, Platform } from '../act.ts';
import { runAct } from '../act.ts';
import { recordEvent } from '../events/record.ts';
import type { Actor } from '../scope/actor.ts';

/** Codes of what may go wrong: the number is none, nobody has it any more, or the network did not answer. */
export const MESSAGE_FAILURES = ['numberWrong', 'numberOutOfService', 'networkDown'] as const;
export type MessageFailure = (typeof MESSAGE_FAILURES)[number];

/** What the operator of the network answers: taken, refused for good, or to be tried again. */
export type MessageOutcome = { outcome: 'taken' } | { outcome: 'refused' | 'later'; failure: MessageFailure };

export interface MessageGateway {
  /** Sends a text to a mobile number; `reference` is the same for every repeat, so that an operator may tell repeats apart. Never throws for an expected failure. */
  sendMessage(to: string, text: string, reference: string): Promise<MessageOutcome>;
}

export interface NewMessage {
  districtCode: string;
  /** Names the occasion; the same occasion queues one message. */
  key: string;
  /** `<module>.<what for>`. */
  purpose: string;
  to: string;
  text: string;
  subjectType: string;
  subjectId: string;
  personId: string | null;
  townshipCode: string;
  institutionId?: string | null;
}

export interface QueuedMessage {
  id: string;
  key: string;
  subjectId: string;
}

const JOB = 'platform.sendMessage';
/** After so many tries the message has failed and somebody must act. */
const MOST_ATTEMPTS = 5;

/** Writes messages into the outbox as a set, and a job for each; those whose key is there already are left out. Returns the new ones. */
export async function queueMessages(act: Act, messages: readonly NewMessage[]): Promise<QueuedMessage[]> {
  if (messages.length === 0) return [];
  const rows = messages.map((one) => ({ ...one, id: newId<'message'>(act.now.getTime()) as string }));
  const { rows: queued } = await sql<QueuedMessage & { districtCode: string }>`INSERT INTO platform.message (district_code, id, key, purpose, recipient, body, subject_type, subject_id, person_id, township_code, institution_id, queued_at)
    SELECT m."districtCode", m.id, m.key, m.purpose, m."to", m.text, m."subjectType", m."subjectId", m."personId", m."townshipCode", m."institutionId", ${act.now}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS m ("districtCode" text, id uuid, key text, purpose text, "to" text, text text, "subjectType" text, "subjectId" uuid, "personId" uuid, "townshipCode" text, "institutionId" uuid)
    ON CONFLICT (district_code, key) DO NOTHING RETURNING id, key, subject_id, district_code`.execute(act.db);
  const jobs = queued.map(({ id, districtCode }) => ({ id, districtCode }));
  await sql`SELECT count(*) FROM (SELECT platform.enqueue(${JOB}, json_build_object('districtCode', j."districtCode", 'id', j.id), ${JOB} || ':' || j.id) FROM jsonb_to_recordset(${JSON.stringify(jobs)}::jsonb) AS j (id uuid, "districtCode" text)) x`.execute(act.db);
  return queued.map(({ id, key, subjectId }) => ({ id, key, subjectId }));
}

interface Stored {
  districtCode: string;
  id: string;
  purpose: string;
  recipient: string;
  body: string;
  subjectType: string;
  subjectId: string;
  personId: string | null;
  townshipCode: string;
  institutionId: string | null;
  attempts: number;
}

/**
 * The job: sends one queued message and keeps what became of it (events platform.messageSent, platform.messageFailed). Throws when it is to be
 * tried again, after the attempt is on record; a message that is not queued any more is left alone.
 */
export async function sendQueued(platform: Platform, actor: Actor, now: Date, { districtCode, id }: { districtCode: string; id: string }): Promise<void> {
  const again = await runAct(platform, actor, now, async (act) => {
    const { rows } = await sql<Stored>`SELECT district_code, id, purpose, recipient, body, subject_type, subject_id, person_id, township_code, institution_id, attempts FROM platform.message
      WHERE district_code = ${districtCode} AND id = ${id} AND state = 'queued' FOR UPDATE`.execute(act.db);
    const message = rows[0];
    return message ? attempt(act, message) : undefined;
  });
  if (again !== undefined) throw new Error(`the message ${id} could not be sent (${again}) and is tried again`);
}

/** One attempt; returns the failure when another is to follow. */
async function attempt(act: Act, message: Stored): Promise<MessageFailure | undefined> {
  const answer = await act.platform.messages.sendMessage(message.recipient, message.body, message.id);
  const attempts = message.attempts + 1;
  const failure = answer.outcome === 'taken' ? null : answer.failure;
  const state = answer.outcome === 'taken' ? 'sent' : answer.outcome === 'refused' || attempts >= MOST_ATTEMPTS ? 'failed' : 'queued';
  await sql`UPDATE platform.message SET state = ${state}, attempts = ${attempts}, failure = ${failure}, finished_at = ${state === 'queued' ? null : act.now}
    WHERE district_code = ${message.districtCode} AND id = ${message.id}`.execute(act.db);
  if (state === 'queued') return failure ?? undefined;
  const { districtCode, personId, townshipCode, institutionId, purpose } = message;
  await recordEvent(act, {
    districtCode, kind: state === 'sent' ? 'platform.messageSent' : 'platform.messageFailed', subjectType: message.subjectType, subjectId: message.subjectId, personId, townshipCode, institutionId,
    data: { messageId: message.id, purpose, to: maskedPhone(message.recipient), failure },
  });
  return undefined;
}

/** 139****0001 */
export function maskedPhone(phone: string): string {
  return phone.length < 8 ? '****' : `${phone.slice(0, 3)}****${phone.slice(-4)}`;
}
