/** SQL of visits on site and their revisions. */
import { sql } from 'kysely';
import type { Static } from '@sinclair/typebox';
import type { Act } from '#platform/act.ts';
import type { Application } from '../../store/application.ts';
import type { SiteVisitContentSchema } from '../contract/visit.ts';
import type { Contradiction } from '../contradictions.ts';
import type { SiteVisitState } from '../model.ts';

export type SiteVisitContent = Static<typeof SiteVisitContentSchema>;
export type ExplainedContradiction = Contradiction & { remark: string };

/** A visit with the revision that stands. */
export interface SiteVisit {
  id: string;
  districtCode: string;
  applicationId: string;
  personId: string;
  townshipCode: string;
  institutionId: string;
  accountId: string;
  assessorName: string;
  deviceId: string;
  clockOffsetMs: number;
  revision: number;
  contentSha256: string;
  content: SiteVisitContent;
  identityMatches: boolean | null;
  distanceM: number | null;
  state: SiteVisitState;
  receivedAt: string;
  submittedAt: string | null;
  arrivedAt: string | null;
  leftAt: string | null;
  companionIds: string[];
  contradictions: ExplainedContradiction[] | null;
  assessmentId: string | null;
}

const SELECT = sql`SELECT v.id, v.district_code, v.application_id, v.person_id, v.township_code, v.assessment_institution_id AS institution_id, v.account_id, v.assessor_name, v.device_id, v.clock_offset_ms, v.revision,
    v.content_sha256, r.content, v.identity_matches, v.distance_m, v.state, v.received_at, v.submitted_at, v.arrived_at, v.left_at, v.companion_ids, v.contradictions, v.assessment_id
  FROM assessments.site_visit v JOIN assessments.site_visit_revision r ON r.district_code = v.district_code AND r.site_visit_id = v.id AND r.revision = v.revision`;

/** A visit in scope, or undefined. */
export async function findVisit(act: Act, id: string): Promise<SiteVisit | undefined> {
  const { rows } = await sql<SiteVisit>`${SELECT} WHERE v.id = ${id}`.execute(act.db);
  return rows[0];
}

/** The visit that an assessment came from, or undefined. */
export async function findVisitOf(act: Act, assessmentId: string): Promise<SiteVisit | undefined> {
  const { rows } = await sql<SiteVisit>`${SELECT} WHERE v.assessment_id = ${assessmentId}`.execute(act.db);
  return rows[0];
}

/** Keeps other calls about the same thing waiting until this act commits: two tries of one phone meet one after the other. */
export async function lockBy(act: Act, name: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(act.db);
}

/** What a revision brings. */
export interface Revision {
  revision: number;
  deviceId: string;
  clockOffsetMs: number;
  content: SiteVisitContent;
  contentSha256: string;
  identityMatches: boolean | null;
  distanceM: number | null;
}

/** Stores a new visit with its first revision; false when the id is taken by a visit out of sight. */
export async function insertVisit(act: Act, application: Application, institutionId: string, id: string, one: Revision): Promise<boolean> {
  const { rows } = await sql`INSERT INTO assessments.site_visit (district_code, id, application_id, person_id, township_code, assessment_institution_id, account_id, assessor_name, device_id, clock_offset_ms, revision,
      content_sha256, identity_matches, distance_m, state, began_at, received_at)
    VALUES (${application.districtCode}, ${id}, ${application.id}, ${application.personId}, ${application.townshipCode}, ${institutionId}, ${act.actor.accountId}, ${act.actor.name}, ${one.deviceId}, ${one.clockOffsetMs}, ${one.revision},
      ${one.contentSha256}, ${one.identityMatches}, ${one.distanceM}, 'open', ${act.now}, ${act.now})
    ON CONFLICT DO NOTHING RETURNING id`.execute(act.db);
  if (rows.length === 0) return false;
  await insertRevision(act, { districtCode: application.districtCode, id, townshipCode: application.townshipCode, institutionId }, one);
  return true;
}

/** Puts a newer revision in the place of the one that stood. */
export async function replaceRevision(act: Act, visit: SiteVisit, one: Revision): Promise<void> {
  await sql`UPDATE assessments.site_visit SET device_id = ${one.deviceId}, clock_offset_ms = ${one.clockOffsetMs}, revision = ${one.revision}, content_sha256 = ${one.contentSha256},
      identity_matches = ${one.identityMatches}, distance_m = ${one.distanceM}, received_at = ${act.now}
    WHERE district_code = ${visit.districtCode} AND id = ${visit.id}`.execute(act.db);
  await insertRevision(act, visit, one);
}

async function insertRevision(act: Act, visit: Pick<SiteVisit, 'districtCode' | 'id' | 'townshipCode' | 'institutionId'>, one: Revision): Promise<void> {
  await sql`INSERT INTO assessments.site_visit_revision (district_code, site_visit_id, revision, township_code, assessment_institution_id, content_sha256, content, received_at)
    VALUES (${visit.districtCode}, ${visit.id}, ${one.revision}, ${visit.townshipCode}, ${visit.institutionId}, ${one.contentSha256}, ${JSON.stringify(one.content)}::jsonb, ${act.now})`.execute(act.db);
}

export interface HandedIn {
  assessmentId: string;
  arrivedAt: Date;
  leftAt: Date;
  companionIds: readonly string[];
  contradictions: readonly ExplainedContradiction[];
}

/** Closes a visit: it became an assessment. */
export async function closeVisit(act: Act, visit: SiteVisit, one: HandedIn): Promise<void> {
  await sql`UPDATE assessments.site_visit SET state = 'submitted', submitted_at = ${act.now}, assessment_id = ${one.assessmentId}, arrived_at = ${one.arrivedAt}, left_at = ${one.leftAt},
      companion_ids = ${[...one.companionIds]}::uuid[], contradictions = ${JSON.stringify(one.contradictions)}::jsonb
    WHERE district_code = ${visit.districtCode} AND id = ${visit.id}`.execute(act.db);
}

/** Somebody who may be on site. */
export interface Companion {
  accountId: string;
  name: string;
  expert: boolean;
  institutionId: string | null;
  area: string | null;
}

/** Own assessors and experts of the institution, and experts whose area holds one of the townships; nobody for actors who have to do with neither. */
export async function listCompanions(act: Act, institutionId: string, townships: readonly string[]): Promise<Companion[]> {
  const { rows } = await sql<Companion>`SELECT account_id, name, expert, institution_id, area FROM assessments.companions(${institutionId}, ${[...townships]}::text[])`.execute(act.db);
  return rows;
}

/** Who came along to a visit that was handed in: names and standing, also of accounts that are closed by now. */
export async function listCompanionNames(act: Act, visit: SiteVisit): Promise<Pick<Companion, 'accountId' | 'name' | 'expert'>[]> {
  const { rows } = await sql<Pick<Companion, 'accountId' | 'name' | 'expert'>>`SELECT account_id, name, expert FROM assessments.site_visit_companions(${visit.districtCode}, ${visit.id})`.execute(act.db);
  return rows;
}
