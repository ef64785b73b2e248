/** Decisions are stored whole, shown to staff and family, and can be re-run. */
import { sql } from 'kysely';
import type { Act } from '../act.ts';
import type { Decision, PolicyStamp, Reason } from '#kit/decision.ts';
import type { Day } from '#kit/days.ts';
import { newId } from '#kit/ids.ts';

export interface DecisionSubject {
  districtCode: string;
  subjectType: string;
  subjectId: string;
  personId?: string | null;
  townshipCode?: string | null;
  institutionId?: string | null;
  /** Day whose policy was applied. */
  decidedOn: Day;
}

export interface KeptDecision extends Required<DecisionSubject> {
  id: string;
  kind: string;
  decidedAt: string;
  value: unknown;
  reasons: Reason[];
  facts: Record<string, unknown>;
  stamp: PolicyStamp;
}

/** Stores a decision in the act's transaction; returns its id. */
export async function keepDecision(act: Act, decision: Decision, subject: DecisionSubject): Promise<string> {
  const id = newId<'decision'>(act.now.getTime());
  await sql`INSERT INTO platform.decision (district_code, id, kind, subject_type, subject_id, person_id, township_code, institution_id, decided_at, decided_on, value, reasons, facts, stamp)
    VALUES (${subject.districtCode}, ${id}, ${decision.kind}, ${subject.subjectType}, ${subject.subjectId}, ${subject.personId ?? null}, ${subject.townshipCode ?? null},
      ${subject.institutionId ?? null}, ${act.now}, ${subject.decidedOn}, ${JSON.stringify(decision.value)}::jsonb, ${JSON.stringify(decision.reasons)}::jsonb,
      ${JSON.stringify(decision.facts)}::jsonb, ${JSON.stringify(decision.stamp)}::jsonb)`.execute(act.db);
  return id;
}

/** Decisions that one statement stores: a parameter stays small, however many there are. */
const AT_ONCE = 500;

/** Stores many decisions of one act with a statement for every 500; returns their ids in the same order. */
export async function keepDecisions(act: Act, kept: readonly { decision: Decision; subject: DecisionSubject }[]): Promise<string[]> {
  const rows = kept.map(({ decision, subject }) => ({ ...subject, ...decision, id: newId<'decision'>(act.now.getTime()) as string }));
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    await sql`INSERT INTO platform.decision (district_code, id, kind, subject_type, subject_id, person_id, township_code, institution_id, decided_at, decided_on, value, reasons, facts, stamp)
      SELECT d."districtCode", d.id, d.kind, d."subjectType", d."subjectId", d."personId", d."townshipCode", d."institutionId", ${act.now}, d."decidedOn", d.value, d.reasons, d.facts, d.stamp
      FROM json_to_recordset(${JSON.stringify(rows.slice(at, at + AT_ONCE))}::json) AS d ("districtCode" text, id uuid, kind text, "subjectType" text, "subjectId" uuid, "personId" uuid, "townshipCode" text, "institutionId" uuid,
        "decidedOn" date, value jsonb, reasons jsonb, facts jsonb, stamp jsonb)`.execute(act.db);
  }
  return rows.map((row) => row.id);
}

const COLUMNS = sql`district_code, id, kind, subject_type, subject_id, person_id, township_code, institution_id, decided_at, decided_on, value, reasons, facts, stamp`;

/** A decision inside the actor's scope, or undefined. */
export async function findDecision(act: Act, id: string): Promise<KeptDecision | undefined> {
  const { rows } = await sql<KeptDecision>`SELECT ${COLUMNS} FROM platform.decision WHERE id = ${id}`.execute(act.db);
  return rows[0];
}

/** Decisions about a subject, oldest first. */
export async function listDecisions(act: Act, subjectId: string): Promise<KeptDecision[]> {
  const { rows } = await sql<KeptDecision>`SELECT ${COLUMNS} FROM platform.decision WHERE subject_id = ${subjectId} ORDER BY id LIMIT 200`.execute(act.db);
  return rows;
}
