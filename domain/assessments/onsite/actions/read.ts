/** What reviewers read of the visit behind an assessment. */
import type { Static } from '@sinclair/typebox';
import { maskIdentityNumber } from '#kit/mask.ts';
import { assert, refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { getApplication } from '../../actions/case.ts';
import { scale } from '../../policy.ts';
import { findAssessment } from '../../store/assessment.ts';
import type { SiteVisitReadingSchema } from '../contract/visit.ts';
import { listEvidence } from '../store/evidence.ts';
import { findVisitOf, listCompanionNames } from '../store/visit.ts';
import type { SiteVisit } from '../store/visit.ts';
import { serverInstant } from '../rules.ts';
import { fullVideoDueOn, isVideoRequired } from './required.ts';
import { videoState } from './video-state.ts';

type Reading = Static<typeof SiteVisitReadingSchema>;

const MINUTE_MS = 60_000;

/** The visit of an assessment in scope. Refuses with NOT_FOUND, or SITE_VISIT_NONE where the assessment was entered at a desk. */
export async function readSiteVisit(act: Act, assessmentId: string): Promise<Reading> {
  const assessment = (await findAssessment(act, assessmentId)) ?? refuse('NOT_FOUND', {}, { status: 404 });
  const visit = (await findVisitOf(act, assessmentId)) ?? refuse('SITE_VISIT_NONE', {}, { status: 404 });
  const application = await getApplication(act, visit.applicationId);
  const { content, arrivedAt, leftAt, submittedAt } = visit;
  assert(arrivedAt !== null && leftAt !== null && submittedAt !== null && content.guardian && content.applicant && content.consentAt, `the visit ${visit.id} was handed in whole`);
  const { identityNumber, ...guardian } = content.guardian;
  return {
    id: visit.id, assessmentId, applicationId: application.id,
    assessor: { accountId: visit.accountId, name: visit.assessorName, expert: false },
    companions: await listCompanionNames(act, visit),
    arrivedAt, leftAt, durationMin: Math.round((new Date(leftAt).getTime() - new Date(arrivedAt).getTime()) / MINUTE_MS),
    place: content.place, placeText: content.placeText, placeMissing: content.placeMissing ?? null, videoMissing: content.videoMissing ?? null, distanceM: visit.distanceM,
    guardian: { ...guardian, identityNumberMasked: identityNumber.length === 18 ? maskIdentityNumber(identityNumber) : `**************${identityNumber}` },
    applicantDocument: content.applicant.document, consentAt: serverInstant(content.consentAt, visit.clockOffsetMs).toISOString(),
    interviewNote: content.interviewNote, neighbourNote: content.neighbourNote,
    items: itemsOf(act, assessment.scaleId, visit), contradictions: visit.contradictions ?? [],
    evidence: await listEvidence(act, visit), video: await videoState(act, visit),
    videoRequired: isVideoRequired(act, application), videoFullDueOn: fullVideoDueOn(act, application, leftAt),
    deviceId: visit.deviceId, clockOffsetMs: visit.clockOffsetMs, revision: visit.revision, submittedAt,
  };
}

/** Answers item by item in the scale's order, with the words of item and option. */
function itemsOf(act: Act, scaleId: string, visit: SiteVisit): Reading['items'] {
  return act.policy.editionById(scale, scaleId).value.items.flatMap((item) => {
    const answer = visit.content.answers[item.code];
    const option = item.options.find((one) => one.points === answer?.points);
    if (!answer || !option) return [];
    return [{ item: item.code, itemZh: item.zh, itemEn: item.en, points: answer.points, optionZh: option.zh, optionEn: option.en, note: answer.note?.trim() || null, answeredAt: serverInstant(answer.answeredAt, visit.clockOffsetMs).toISOString() }];
  });
}
