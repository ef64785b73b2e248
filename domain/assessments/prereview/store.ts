/** SQL of pre-reviews. */
import { sql } from 'kysely';
import type { Static } from '@sinclair/typebox';
import type { Day } from '#kit/days.ts';
import type { Act } from '#platform/act.ts';
import type { Application } from '../store/application.ts';
import type { PreReviewSchema } from './contract.ts';

export type PreReview = Static<typeof PreReviewSchema>;

/** Pre-reviews of an application, newest first. */
export async function listPreReviews(act: Act, application: Pick<Application, 'districtCode' | 'id'>): Promise<PreReview[]> {
  const { rows } = await sql<PreReview>`SELECT id, edition, answers, result, reason, insists, bring, told_name, told_relation, told_at, acknowledged, signature_material_id, actor_name, reviewed_on, reviewed_at
    FROM assessments.pre_review WHERE district_code = ${application.districtCode} AND application_id = ${application.id} ORDER BY id DESC`.execute(act.db);
  return rows;
}

export type NewPreReview = Omit<PreReview, 'actorName' | 'reviewedOn' | 'reviewedAt' | 'toldAt'>;

export async function insertPreReview(act: Act, application: Application, one: NewPreReview): Promise<void> {
  await sql`INSERT INTO assessments.pre_review (district_code, id, application_id, person_id, township_code, edition, answers, result, reason, insists, bring, told_name, told_relation, told_at, acknowledged, signature_material_id, account_id, actor_name, reviewed_on, reviewed_at)
    VALUES (${application.districtCode}, ${one.id}, ${application.id}, ${application.personId}, ${application.townshipCode}, ${one.edition}, ${JSON.stringify(one.answers)}::jsonb, ${one.result}, ${one.reason}, ${one.insists}, ${[...one.bring]},
      ${one.toldName}, ${one.toldRelation}, ${act.now}, ${one.acknowledged}, ${one.signatureMaterialId}, ${act.actor.accountId}, ${act.actor.name}, ${act.today}, ${act.now})`.execute(act.db);
}

/** Marks on which day the pre-review let the application go on; null where the latest one does not. */
export async function markPreReviewed(act: Act, application: Application, on: Day | null): Promise<void> {
  await sql`UPDATE assessments.application SET pre_reviewed_on = ${on} WHERE district_code = ${application.districtCode} AND id = ${application.id}`.execute(act.db);
}
