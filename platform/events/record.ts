/** Events: append-only rows that the history, other modules and the sealed log read. */
import { sql } from 'kysely';
import type { Act } from '../act.ts';
import { newId } from '#kit/ids.ts';
import { NOBODY } from '../scope/actor.ts';

export interface NewEvent {
  districtCode: string;
  /** `<module>.<pastAct>`, e.g. `assessments.applicationFiled`; its sentence stands in the module's words under `events`. */
  kind: string;
  subjectType: string;
  subjectId: string;
  personId?: string | null;
  townshipCode?: string | null;
  institutionId?: string | null;
  /** What the actor wrote as a reason. */
  note?: string | null;
  /** Parameters of the sentence. */
  data?: Record<string, unknown>;
}

/** Writes an event in the act's transaction, and queues it for the modules that listen to its kind. */
export async function recordEvent(act: Act, event: NewEvent): Promise<string> {
  const id = newId<'event'>(act.now.getTime());
  await sql`INSERT INTO platform.event (district_code, id, at, kind, account_id, actor_name, subject_type, subject_id, person_id, township_code, institution_id, note, data)
    VALUES (${event.districtCode}, ${id}, ${act.now}, ${event.kind}, ${act.actor.accountId === NOBODY ? null : act.actor.accountId}, ${act.actor.name},
      ${event.subjectType}, ${event.subjectId}, ${event.personId ?? null}, ${event.townshipCode ?? null}, ${event.institutionId ?? null},
      ${event.note ?? null}, ${JSON.stringify(event.data ?? {})}::jsonb)`.execute(act.db);
  for (const job of act.platform.listeners.get(event.kind) ?? []) {
    await later(act, job, { districtCode: event.districtCode, eventId: id, subjectId: event.subjectId, personId: event.personId ?? null, data: event.data ?? {} }, `${job}:${id}`);
  }
  return id;
}

/** Writes many events of one act with one statement; listeners hear each of them. */
export async function recordEvents(act: Act, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map((one) => ({ ...one, id: newId<'event'>(act.now.getTime()) as string }));
  await sql`INSERT INTO platform.event (district_code, id, at, kind, account_id, actor_name, subject_type, subject_id, person_id, township_code, institution_id, note, data)
    SELECT e."districtCode", e.id, ${act.now}, e.kind, ${act.actor.accountId === NOBODY ? null : act.actor.accountId}::uuid, ${act.actor.name}, e."subjectType", e."subjectId", e."personId", e."townshipCode", e."institutionId", e.note, coalesce(e.data, '{}')
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS e ("districtCode" text, id uuid, kind text, "subjectType" text, "subjectId" uuid, "personId" uuid, "townshipCode" text, "institutionId" uuid, note text, data jsonb)`.execute(act.db);
  for (const one of rows) {
    for (const job of act.platform.listeners.get(one.kind) ?? []) {
      await later(act, job, { districtCode: one.districtCode, eventId: one.id, subjectId: one.subjectId, personId: one.personId ?? null, data: one.data ?? {} }, `${job}:${one.id}`);
    }
  }
}

/** Queues a job in the act's transaction: it runs after the commit, once, with retry. The same key queues it once. */
export async function later(act: Act, job: string, payload: object, key: string): Promise<void> {
  await sql`SELECT platform.enqueue(${job}, ${JSON.stringify(payload)}::json, ${key})`.execute(act.db);
}
