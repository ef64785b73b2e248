/** Front door of assessments. */
import { defineModule } from '#platform/module.ts';
import { acceptApplication, refuseApplication } from './actions/acceptance.ts';
import { previewGrade, readScale, recordAssessment } from './actions/assess.ts';
import { concludeApplication, concludeEnded } from './actions/conclude.ts';
import { confirmAssessment, returnAfterObjection } from './actions/confirm.ts';
import { fileForOwn, listFamilyApplications, listFamilyPersons } from './actions/family.ts';
import { fileApplication, openSpotCheck } from './actions/file.ts';
import { decideStatusChange, listKinds, listKindsOfOwn, readStatusDecision, revokeStatusDecision } from './actions/kind.ts';
import { openOwnLetter, printLetter } from './actions/letter.ts';
import { publishBatch, publishResult, readWaiting } from './actions/publish.ts';
import { pageOfApplications, pageOfConclusions, readApplication, readConclusion, readLetterCheck } from './actions/read.ts';
import { assessmentsContract } from './contract.ts';
import { messageListeners } from './delivery/message.ts';
import { deliveryRoutes } from './delivery/routes.ts';
import { keepOrders } from './dispatch/orders.ts';
import { dispatchRoutes } from './dispatch/routes.ts';
import { decideAgain } from './dispatch/batch.ts';
import { remindExpiring } from './expiry/remind.ts';
import { expertRoutes } from './expert/routes.ts';
import { decideVoices, drawExperts } from './expert/rules.ts';
import type { DrawFacts, VoiceFacts } from './expert/rules.ts';
import { expiryRoutes } from './expiry/routes.ts';
import { closeAfterDeath } from './actions/close.ts';
import { materialsReruns, materialsRoutes, materialsTimed } from './materials/routes.ts';
import { preReviewRoutes } from './prereview/routes.ts';
import { onsiteRoutes } from './onsite/routes.ts';
import { policyNeeds, scale } from './policy.ts';
import { decideAcceptance, decideEntitlement, effectiveFrom, gradeAnswers, validUntil } from './rules.ts';
import type { Answers, ApplicationFacts } from './rules.ts';
import { decideKind } from './rules/kind.ts';
import type { KindFacts } from './rules/kind.ts';
import { trialRoutes } from './trial/routes.ts';
import { suspensionRoutes } from './suspension/routes.ts';
import { decideRefusal, takeOverGrade } from './rules/taken-over.ts';
import type { ImportedGrade, RefusalFacts } from './rules/taken-over.ts';
import { feeRoutes } from './fee/routes.ts';
import { keepQualityMonths } from './quality/actions.ts';
import { qualityRoutes } from './quality/routes.ts';
import { requalify } from './quality/again.ts';

export { acceptApplication, refuseApplication } from './actions/acceptance.ts';
export { recordAssessment } from './actions/assess.ts';
export { concludeApplication, concludeEnded } from './actions/conclude.ts';
export { publishBatch, publishResult } from './actions/publish.ts';
export { confirmAssessment } from './actions/confirm.ts';
export { demandUnrelatedCare } from './dispatch/avoid.ts';
export { dispatchApplication } from './dispatch/issue.ts';
export { assignPersons, keepOrders, takeOrder } from './dispatch/orders.ts';
export { decideDispatch } from './dispatch/rules.ts';
export { fileApplication, openSpotCheck } from './actions/file.ts';
export { decideStatusChange } from './actions/kind.ts';
export { importConclusions } from './actions/import.ts';
export type { ImportedConclusion } from './actions/import.ts';
export { findConclusionOn, listCurrentConclusions } from './store/conclusion.ts';
export type { Conclusion } from './store/conclusion.ts';
export { decideAcceptance, decideEntitlement, effectiveFrom, gradeAnswers, pointsOf, validUntil } from './rules.ts';
export { remindExpiring } from './expiry/remind.ts';
export { decideRecheck, openRecheck, suspendBenefit } from './suspension/actions.ts';
export { findPauseAgainst } from './suspension/store.ts';
export { decideKind } from './rules/kind.ts';
export { scale } from './policy.ts';
export { draftFees } from './fee/draft.ts';
export { approveFees, firstReviewFees, getFeeStatement, payFees } from './fee/reviews.ts';
export { listFeeStatements } from './fee/store.ts';
export { keepQualityMonth } from './quality/actions.ts';
export { answerComplaint, fileComplaint } from './quality/complaints.ts';

export const assessments = defineModule(
  'assessments',
  import.meta.url,
  assessmentsContract,
  {
    ...materialsRoutes,
    ...preReviewRoutes,
    ...dispatchRoutes,
    ...expertRoutes,
    ...trialRoutes,
    'GET /api/applications': (act, { query }) => pageOfApplications(act, query),
    'POST /api/applications': (act, { body }) => fileApplication(act, body),
    'GET /api/people/{id}/application-kinds': (act, { params }) => listKinds(act, params.id),
    'POST /api/people/{id}/status-decisions': (act, { params, body }) => decideStatusChange(act, params.id, body),
    'GET /api/people/{id}/status-decision': (act, { params }) => readStatusDecision(act, params.id),
    'POST /api/people/{id}/status-decisions/revocation': (act, { params, body }) => revokeStatusDecision(act, params.id, body.note),
    'POST /api/people/{id}/spot-checks': (act, { params, body }) => openSpotCheck(act, params.id, body),
    'GET /api/applications/{id}': (act, { params }) => readApplication(act, params.id),
    'POST /api/applications/{id}/accept': (act, { params, body }) => acceptApplication(act, params.id, body),
    'POST /api/applications/{id}/refuse': (act, { params, body }) => refuseApplication(act, params.id, body),
    'POST /api/applications/{id}/assessment': (act, { params, body }) => recordAssessment(act, params.id, body),
    'POST /api/applications/{id}/assessment/preview': (act, { params, body }) => previewGrade(act, params.id, body.answers),
    'GET /api/scale': async (act, { query }) => readScale(act, query.id),
    'POST /api/assessments/{id}/confirmations': (act, { params, body }) => confirmAssessment(act, params.id, body),
    'POST /api/applications/{id}/publish': (act, { params }) => publishResult(act, params.id),
    'POST /api/notices/batches': (act, { body }) => publishBatch(act, body),
    'GET /api/notices/batches/waiting': (act) => readWaiting(act),
    'POST /api/applications/{id}/conclude': (act, { params }) => concludeApplication(act, params.id),
    'GET /api/conclusions': (act, { query }) => pageOfConclusions(act, query),
    'GET /api/conclusions/{id}': (act, { params }) => readConclusion(act, params.id),
    'GET /api/conclusions/{id}/letter.pdf': (act, { params }) => printLetter(act, params.id),
    'GET /api/public/letters/{code}': (act, { params }) => readLetterCheck(act, params.code),
    'GET /api/family/persons': (act) => listFamilyPersons(act),
    'GET /api/family/persons/{id}/application-kinds': (act, { params }) => listKindsOfOwn(act, params.id),
    'GET /api/family/applications': (act, { query }) => listFamilyApplications(act, query),
    'POST /api/family/applications': (act, { body }) => fileForOwn(act, body),
    'GET /api/family/conclusions': (act, { query }) => pageOfConclusions(act, query),
    'GET /api/family/conclusions/{id}/letter.pdf': (act, { params }) => openOwnLetter(act, params.id),
    ...deliveryRoutes,
    ...expiryRoutes,
    ...suspensionRoutes,
    ...onsiteRoutes,
    ...qualityRoutes,
    ...feeRoutes,
  },
  {
    policy: policyNeeds,
    on: [{ event: 'notices.objectionAnswered', job: 'assessments.returnAfterObjection', run: returnAfterObjection }, { event: 'people.deathRecorded', job: 'assessments.closeAfterDeath', run: closeAfterDeath }, ...messageListeners],
    timed: [...materialsTimed, {
      job: 'assessments.keepOrders',
      cron: '*/15 * * * *',
      run: async (act) => {
        act.platform.log.info(await keepOrders(act), 'orders without an answer lapsed, and overdue visits were marked');
      },
    }, {
      job: 'assessments.concludeEnded',
      cron: '5 0 * * *',
      run: async (act) => {
        act.platform.log.info({ concluded: await concludeEnded(act) }, 'cases whose notice ended were concluded');
      },
    }, {
      job: 'assessments.remindExpiring',
      cron: '20 7 * * *',
      run: async (act) => {
        act.platform.log.info({ reminded: await remindExpiring(act) }, 'families were reminded of conclusions that end');
      },
    }, {
      job: 'assessments.keepQuality',
      cron: '40 1 * * *',
      run: async (act) => {
        act.platform.log.info({ kept: await keepQualityMonths(act) }, 'months of quality were kept');
      },
    }],
    reruns: {
      'assessments.quality': requalify,
      'assessments.dispatch': async (act, { facts }) => decideAgain(facts, act.policy),
      ...materialsReruns,
      'assessments.grade': async (act, { facts }) => gradeAnswers(act.policy.editionById(scale, String(facts['edition'])), facts['answers'] as Answers),
      'assessments.kind': async (act, { facts }) => decideKind(facts as unknown as KindFacts, act.policy),
      'assessments.confirmation': async (act, { facts }) => decideVoices(facts as unknown as VoiceFacts, act.policy),
      'assessments.expertDraw': async (act, { facts }) => drawExperts(facts as unknown as DrawFacts, act.policy),
      'assessments.acceptance': async (act, { facts }) => decideAcceptance(facts as unknown as ApplicationFacts, act.policy),
      'assessments.refusal': async (act, { facts }) => decideRefusal(facts as unknown as RefusalFacts, act.policy),
      'assessments.effectiveFrom': async (act, { facts }) => effectiveFrom(String(facts['noticeEndedOn']), act.policy),
      'assessments.validUntil': async (act, { facts }) => validUntil(String(facts['effectiveOn']), act.policy),
      'assessments.entitlement': async (act, { facts }) => decideEntitlement(Number(facts['grade']), String(facts['on']), act.policy),
      'assessments.imported': async (_act, { facts }) => takeOverGrade(facts as unknown as ImportedGrade),
    },
    codeNames: (act, { facts }) => (typeof facts['edition'] === 'string' ? new Map(act.policy.editionById(scale, facts['edition']).value.items.map(({ code, zh, en }) => [code, { zh, en }])) : new Map()),
  },
);
