/** Recusal: institutions and persons that the assessment of a case avoids, computed by the database across the walls. Source: 医保发〔2023〕29号; SEED-4 annex 1, 3. */
import { sql } from 'kysely';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { groundParams, RELATED_WORDS } from './grounds.ts';
import type { AvoidanceGround } from './grounds.ts';

/** One ground: about a whole institution, or about one person (by worker, by account, by name where nothing else is on record). */
export interface Avoidance {
  applicationId: string;
  institutionId: string | null;
  workerId: string | null;
  accountId: string | null;
  name: string;
  ground: AvoidanceGround;
  /** What the ground rests on: the care institution, the declared relation; null where the ground says it all. */
  detail: string | null;
}

/** Grounds that concern the whole institution of the row, whether a person is named or not. */
const INSTITUTION_GROUNDS: readonly AvoidanceGround[] = ['reviewed', 'irregularBefore', 'sharedOwner', 'declaredInstitution'];

export const avoidsInstitution = (one: Avoidance, institutionId: string): boolean => one.institutionId === institutionId && INSTITUTION_GROUNDS.includes(one.ground);

/** True when the row is about this person: by account, by worker, or by name where the record has only a name. */
export function avoidsPerson(one: Avoidance, person: { accountId?: string | null; workerId?: string | null; name?: string }): boolean {
  if (one.ground === 'irregularBefore' || one.ground === 'sharedOwner' || one.ground === 'declaredInstitution') return false;
  if (one.accountId !== null && one.accountId === person.accountId) return true;
  if (one.workerId !== null && one.workerId === person.workerId) return true;
  return one.accountId === null && one.workerId === null && one.name === person.name;
}

/** From so many cases on a plan of their own is worth its making: the one kept for a page looks up case by case, which takes six times as long for thousands. */
const BATCH = 500;

/** What the assessments of these cases of one district avoid on a day, all at once. */
export async function avoidancesOf(act: Act, districtCode: string, applicationIds: readonly string[]): Promise<Avoidance[]> {
  const many = applicationIds.length >= BATCH;
  const planning = (mode: string) => sql`SELECT set_config('plan_cache_mode', ${mode}, true)`.execute(act.db);
  if (many) await planning('force_custom_plan');
  const { rows } = await sql<Avoidance>`SELECT application_id, institution_id, worker_id, account_id, name, ground, detail
    FROM assessments.avoidance(${districtCode}, ${[...applicationIds]}::uuid[], ${act.today}::date) ORDER BY application_id, ground, name, institution_id, account_id`.execute(act.db);
  // Every foreign key of what is written afterwards would be planned anew, too.
  if (many) await planning('auto');
  return rows;
}

/** What the assessment of one case avoids today: institutions and accounts, each with its ground. */
export function avoidanceOf(act: Act, application: { id: string; districtCode: string }): Promise<Avoidance[]> {
  return avoidancesOf(act, application.districtCode, [application.id]);
}

/** Refuses with ASSESSOR_RECUSED when one of these persons must keep away from the case. */
export async function demandNoInterest(act: Act, application: { id: string; districtCode: string }, persons: readonly { accountId?: string | null; workerId?: string | null; name: string }[]): Promise<void> {
  const avoided = await avoidanceOf(act, application);
  for (const person of persons) {
    const hit = avoided.find((one) => avoidsPerson(one, person));
    if (hit) refuse('ASSESSOR_RECUSED', { name: person.name, ...groundParams(hit) }, { status: 403 });
  }
}

/** How a care institution is related to those who assessed a person; refuses with CARE_RELATED_TO_ASSESSOR (audit rule V34; 晋医保发〔2025〕19号 art. 5). */
export async function demandUnrelatedCare(act: Act, about: { districtCode: string; personId: string; institutionId: string; institutionName: string; on: string }): Promise<void> {
  const { rows } = await sql<{ ground: string; assessedBy: string; detail: string }>`SELECT ground, assessed_by, detail
    FROM assessments.care_relation(${about.districtCode}, ${about.personId}, ${about.institutionId}, ${about.on}::date) LIMIT 1`.execute(act.db);
  if (rows[0]) refuse('CARE_RELATED_TO_ASSESSOR', { institution: about.institutionName, assessedBy: rows[0].assessedBy, ground: rows[0].ground, groundZh: RELATED_WORDS[rows[0].ground]!.zh, groundEn: RELATED_WORDS[rows[0].ground]!.en, detail: rows[0].detail });
}
