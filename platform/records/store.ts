/** SQL of the records: events and decisions about anything, as far as the actor sees. */
import { sql } from 'kysely';
import { pageBounds } from '#kit/paging.ts';
import type { Act } from '../act.ts';
import type { KeptDecision } from '../decisions/keep.ts';

export interface EventRow {
  id: string;
  at: string;
  kind: string;
  actorName: string;
  subjectType: string;
  subjectId: string;
  note: string | null;
  data: Record<string, unknown>;
}

interface Paging {
  page?: number;
  pageSize?: number;
}

/** Events whose subject or person is this id, newest first. */
export async function listHistory(act: Act, id: string, query: Paging): Promise<{ rows: EventRow[]; total: number }> {
  const { limit, offset } = pageBounds(query);
  const where = sql`subject_id = ${id} OR person_id = ${id}`;
  const { rows } = await sql<EventRow>`SELECT id, at, kind, actor_name, subject_type, subject_id, note, data FROM platform.event WHERE ${where} ORDER BY id DESC LIMIT ${limit} OFFSET ${offset}`.execute(act.db);
  const count = await sql<{ total: number }>`SELECT count(*) AS total FROM platform.event WHERE ${where}`.execute(act.db);
  return { rows, total: count.rows[0]?.total ?? 0 };
}

export type DecisionOf = Pick<KeptDecision, 'id' | 'kind' | 'subjectType' | 'subjectId' | 'personId' | 'decidedOn' | 'decidedAt' | 'value'>;

const ROW = sql`id, kind, subject_type, subject_id, person_id, decided_on, decided_at, value`;

/** Decisions whose subject or person is this id, newest first. */
export async function listDecisionsAbout(act: Act, id: string): Promise<DecisionOf[]> {
  const { rows } = await sql<DecisionOf>`SELECT ${ROW} FROM platform.decision WHERE subject_id = ${id} OR person_id = ${id} ORDER BY id DESC LIMIT 200`.execute(act.db);
  return rows;
}

/** Decisions about the persons for whom the actor's account stands, newest first. */
export async function listOwnDecisions(act: Act, query: Paging): Promise<{ rows: DecisionOf[]; total: number }> {
  const { limit, offset } = pageBounds(query);
  const where = sql`district_code = ANY (${act.actor.persons.map((one) => one.districtCode)}::text[]) AND person_id = ANY (${act.actor.persons.map((one) => one.personId)}::uuid[])`;
  const { rows } = await sql<DecisionOf>`SELECT ${ROW} FROM platform.decision WHERE ${where} ORDER BY decided_at DESC, id DESC LIMIT ${limit} OFFSET ${offset}`.execute(act.db);
  const count = await sql<{ total: number }>`SELECT count(*) AS total FROM platform.decision WHERE ${where}`.execute(act.db);
  return { rows, total: count.rows[0]?.total ?? 0 };
}
