/** SQL of what decides the kind of an application: the latest conclusion, the district's decisions, and whom a review avoids. */
import { sql } from 'kysely';
import type { Day } from '#kit/days.ts';
import type { Act } from '#platform/act.ts';
import type { ApplicationKind } from '../model.ts';

export interface LastConclusion {
  id: string;
  concludedOn: Day;
  /** Its last day: as ended, or as it was valid. */
  lastDayOn: Day;
  /** First successful delivery of its letter, or null. */
  receivedOn: Day | null;
  /** Kind of the case that led to it; null for an imported one. */
  kind: ApplicationKind | null;
}

/** The latest conclusion of a person, in force, to come or lapsed. */
export async function findLastConclusion(act: Act, personId: string): Promise<LastConclusion | undefined> {
  const { rows } = await sql<LastConclusion>`SELECT c.id, c.concluded_on, coalesce(c.ended_on, c.valid_until_on) AS last_day_on, a.kind,
      (SELECT min(d.happened_on) FROM assessments.delivery d WHERE d.district_code = c.district_code AND d.conclusion_id = c.id AND d.outcome = 'delivered') AS received_on FROM assessments.conclusion c
    LEFT JOIN assessments.application a ON a.district_code = c.district_code AND a.id = c.application_id
    WHERE c.person_id = ${personId} AND (c.ended_on IS NULL OR c.ended_on >= c.effective_on) ORDER BY c.effective_on DESC LIMIT 1`.execute(act.db);
  return rows[0];
}

export interface StatusDecision {
  id: string;
  decidedOn: Day;
  accountId: string | null;
}

const REVOKED = sql`EXISTS (SELECT 1 FROM assessments.status_revocation v WHERE v.district_code = d.district_code AND v.status_decision_id = d.id)`;

/** The district's latest decision for a person that stands and that no application has used; one that ended without a conclusion has not used it up. */
export async function findStatusDecision(act: Act, personId: string): Promise<StatusDecision | undefined> {
  const { rows } = await sql<StatusDecision>`SELECT d.id, d.decided_on, d.account_id FROM assessments.status_decision d
    WHERE d.person_id = ${personId} AND NOT ${REVOKED} AND NOT EXISTS (SELECT 1 FROM assessments.application a WHERE a.district_code = d.district_code AND a.status_decision_id = d.id AND a.state NOT IN ('refused', 'withdrawn', 'closed'))
    ORDER BY d.id DESC LIMIT 1`.execute(act.db);
  return rows[0];
}

export async function insertStatusDecision(act: Act, decision: { id: string; districtCode: string; townshipCode: string; personId: string; togetherWith: string; note: string }): Promise<void> {
  await sql`INSERT INTO assessments.status_decision (district_code, id, person_id, township_code, decided_on, together_with, note, account_id, decider_name, decided_at)
    VALUES (${decision.districtCode}, ${decision.id}, ${decision.personId}, ${decision.townshipCode}, ${act.today}, ${decision.togetherWith}, ${decision.note}, ${act.actor.accountId}, ${act.actor.name}, ${act.now})`.execute(act.db);
}

/** The latest decision for a person that was not revoked, with the number of the application that rests on it. */
export async function findStandingDecision(act: Act, personId: string): Promise<(StatusDecision & { usedBy: string | null }) | undefined> {
  const { rows } = await sql<StatusDecision & { usedBy: string | null }>`SELECT d.id, d.decided_on, d.account_id, (SELECT max(a.number) FROM assessments.application a
      WHERE a.district_code = d.district_code AND a.status_decision_id = d.id AND a.state NOT IN ('refused', 'withdrawn', 'closed')) AS used_by
    FROM assessments.status_decision d WHERE d.person_id = ${personId} AND NOT ${REVOKED} ORDER BY d.id DESC LIMIT 1`.execute(act.db);
  return rows[0];
}

/** Lets one act at a time decide about, revoke or use the district's decision on a person. */
export async function lockStatusDecision(act: Act, personId: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`statusDecision:${personId}`}, 0))`.execute(act.db);
}

export async function insertRevocation(act: Act, revoked: { id: string; districtCode: string; townshipCode: string; personId: string; reason: string }): Promise<void> {
  await sql`INSERT INTO assessments.status_revocation (district_code, status_decision_id, person_id, township_code, reason, account_id, revoker_name, revoked_on, revoked_at)
    VALUES (${revoked.districtCode}, ${revoked.id}, ${revoked.personId}, ${revoked.townshipCode}, ${revoked.reason}, ${act.actor.accountId}, ${act.actor.name}, ${act.today}, ${act.now})`.execute(act.db);
}

/** The kept decision on the kind of an application, or null. */
export async function findKindDecision(act: Act, applicationId: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`SELECT id FROM platform.decision WHERE subject_id = ${applicationId} AND kind = 'assessments.kind' ORDER BY id LIMIT 1`.execute(act.db);
  return rows[0]?.id ?? null;
}

export interface TookPart {
  institutionId: string;
  accountId: string | null;
  name: string;
}

/** Everybody who assessed or confirmed what a review looks at again; nobody for other kinds. Sees past the wall, by the one function made for it. */
export async function listTookPart(act: Act, application: { districtCode: string; id: string }): Promise<TookPart[]> {
  const { rows } = await sql<TookPart>`SELECT institution_id, account_id, name FROM assessments.took_part_before(${application.districtCode}, ${application.id})`.execute(act.db);
  return rows;
}

/** The latest case of a person, where it was refused with a day from which to come again. */
export async function findLastRefusal(act: Act, personId: string): Promise<{ number: string; kind: string; comeAgainOn: Day } | undefined> {
  const { rows } = await sql<{ number: string; kind: string; state: string; comeAgainOn: Day | null }>`SELECT number, kind, state, come_again_on FROM assessments.application WHERE person_id = ${personId} ORDER BY filed_at DESC, id DESC LIMIT 1`.execute(act.db);
  const last = rows[0];
  return last?.state === 'refused' && last.comeAgainOn !== null ? { number: last.number, kind: last.kind, comeAgainOn: last.comeAgainOn } : undefined;
}
