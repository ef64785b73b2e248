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

/** Queues a job in the act's transaction: it runs after the commit, once, with retry. The same key queues it once. */
export async function later(act: Act, job: string, payload: object, key: string): Promise<void> {
  await sql`SELECT platform.enqueue(${job}, ${JSON.stringify(payload)}::json, ${key})`.execute(act.db);
}
