/** Public notice of confirmed results: one by itself, or all of a township or community on one poster. */
import type { Static } from '@sinclair/typebox';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { PolicyProblem } from '#platform/policy/index.ts';
import { openBatch, publishNotice } from '#domain/notices/index.ts';
import { getPerson } from '#domain/people/index.ts';
import type { BatchMadeSchema, BatchPlaceSchema, WaitingSchema } from '../contract/batch.ts';
import { checkHindrance } from '../expert/check.ts';
import { supplyHindrance } from '../materials/supply.ts';
import { lateSteps } from '../rules/steps.ts';
import type { LateSteps } from '../rules/steps.ts';
import { moveApplication } from '../store/application.ts';
import { countWaiting, listConfirmed } from '../store/publish.ts';
import { getCurrentAssessment, gradeNamed, recordStep, takeInHand } from './case.ts';

/** Hangs out the confirmed result, masked: on the poster of the batch that is given, else on one of its own, so that every notice has poster, proof and interruption. Refuses with NOT_FOUND, APPLICATION_STATE, SUPPLY_OUTSTANDING, or CHECK_MISSING where the commissioned insurer's check comes first. */
export async function publishResult(act: Act, applicationId: string, batchId?: string): Promise<{ noticeId: string; startsOn: string; endsOn: string }> {
  const application = await takeInHand(act, applicationId, 'publish');
  const waits = supplyHindrance(application) ?? checkHindrance(act, application);
  if (waits) throw waits;
  const assessment = await getCurrentAssessment(act, application);
  const { districtCode, townshipCode, community, name, identityNumber } = await getPerson(act, application.personId);
  const poster = batchId ?? (await openBatch(act, { districtCode, townshipCode, community, count: 1 })).id;
  const notice = await publishNotice(act, {
    districtCode, townshipCode, community, name, identityNumber, personId: application.personId, subjectId: assessment.id, content: gradeNamed(act, assessment.grade, assessment.scaleId),
    batchId: poster,
  });
  await moveApplication(act, application, { state: 'onNotice' });
  await recordStep(act, application, 'resultPublished', { data: { startsOn: notice.startsOn, endsOn: notice.endsOn } });
  return { noticeId: notice.id, startsOn: notice.startsOn, endsOn: notice.endsOn };
}

/** Hangs out every confirmed result of a township, or of one community of it, as one batch: all or none. Refuses with BATCH_EMPTY. */
export async function publishBatch(act: Act, place: Static<typeof BatchPlaceSchema>): Promise<Static<typeof BatchMadeSchema>> {
  const community = place.community?.trim() || null;
  const waiting = await listConfirmed(act, place.townshipCode, community);
  if (waiting.length === 0) refuse('BATCH_EMPTY', { place: community ?? place.townshipCode }, { status: 409 });
  const batch = await openBatch(act, { districtCode: place.townshipCode.slice(0, 6), townshipCode: place.townshipCode, community, count: waiting.length });
  for (const id of waiting) await publishResult(act, id, batch.id);
  return { ...batch, notices: waiting.length };
}

/** How many confirmed results wait for their notice, and how many of them too long, by township and community of the actor's scope. */
export function readWaiting(act: Act): Promise<Static<typeof WaitingSchema>> {
  return countWaiting(act, lateToday(act));
}

/** Where the working days are not published nothing is counted as late; each case names the file. */
function lateToday(act: Act): LateSteps {
  try {
    return lateSteps(act.today, act.policy);
  } catch (error) {
    if (error instanceof PolicyProblem) return { confirm: [], check: [], publish: [] };
    throw error;
  }
}
