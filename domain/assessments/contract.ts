/** Assessments: from application to conclusion, the letter and its public check, and what families see of it. */
import { Type } from '@sinclair/typebox';
import { defineContract } from '#kit/contract.ts';
import { pageOf, pageQuery } from '#kit/paging.ts';
import { DaySchema, DistrictSchema, IdParams, IdSchema, Nullable, TownshipSchema } from '#kit/schemas.ts';
import {
  AcceptanceSchema, AcceptBodySchema, ApplicationKindSchema, ApplicationRowSchema, ApplicationSchema, ApplicationStateSchema, FilingSchema, KindOfferSchema, RefuseBodySchema, SpotCheckBodySchema,
  StatusDecisionBodySchema, StatusRevocationBodySchema,
} from './contract/application.ts';
import { BatchMadeSchema, BatchPlaceSchema, WaitingSchema } from './contract/batch.ts';
import { ConclusionRowSchema, ConclusionSchema, ConclusionStateSchema, FamilyApplicationSchema, FamilyPersonSchema, LetterCheckSchema } from './contract/conclusion.ts';
import { materialsContract } from './materials/contract.ts';
import { QUEUES } from './materials/model.ts';
import { preReviewContract } from './prereview/contract.ts';
import { AnswersSchema, AssessmentBodySchema, AssessmentMadeSchema, PreviewSchema, ScaleEditionSchema } from './contract/grading.ts';
import { deliveryContract } from './delivery/contract.ts';
import { dispatchContract } from './dispatch/contract.ts';
import { SENT_REFUSALS } from './dispatch/model.ts';
import { ConfirmBodySchema, expertContract } from './expert/contract.ts';
import { expiryContract } from './expiry/contract.ts';
import { suspensionContract } from './suspension/contract.ts';
import { onsiteContract } from './onsite/contract.ts';
import { trialContract } from './trial/contract.ts';
import { feeContract } from './fee/contract.ts';
import { qualityContract } from './quality/contract.ts';

const FiledSchema = Type.Object({ id: IdSchema, number: Type.String() });
const MovedSchema = Type.Object({ state: ApplicationStateSchema });
const FILING_REFUSALS = [
  'NOT_FOUND', 'APPLICATION_OPEN', 'APPLICATION_PERSON_DECEASED', 'APPLICATION_DISABLED_SINCE', 'FOUR_EYES', 'CALENDAR_MISSING', 'APPLICATION_NO_CONCLUSION', 'KIND_INITIAL_ONCE', 'KIND_INITIAL_LAPSED',
  'KIND_TERM_NOT_NEAR', 'KIND_STATUS_LAPSED', 'KIND_NO_ACUTE_STAY', 'KIND_DECISION_EXPIRED', 'KIND_REVIEW_LATE', 'KIND_REVIEW_ONCE', 'KIND_REVIEW_FINAL', 'KIND_NO_REVIEW_YET',
  'AGENT_MISSING', 'AGENT_IDENTITY_NUMBER', 'SELF_ASSESSMENT_MISSING', 'SELF_ASSESSMENT_FOREIGN',
] as const;
const LETTER_REFUSALS = ['NOT_FOUND', 'LETTER_OF_IMPORTED', 'LETTER_OF_OTHERS', 'LETTER_AGENCY_MISSING', 'CALENDAR_MISSING', 'DOCUMENT_CHARACTER_MISSING'] as const;
const q = Type.Optional(Type.String({ maxLength: 60 }));
const place = { district: Type.Optional(DistrictSchema), township: Type.Optional(TownshipSchema) };

export const assessmentsContract = defineContract({
  ...materialsContract,
  ...preReviewContract,
  ...dispatchContract,
  'GET /api/applications': {
    summary: { zh: '评估申请列表', en: 'List of applications' },
    permission: 'assessments.read',
    query: pageQuery({
      q, ...place,
      state: Type.Optional(ApplicationStateSchema),
      kind: Type.Optional(ApplicationKindSchema),
      person: Type.Optional(IdSchema),
      institution: Type.Optional(Type.Unsafe<string>({ ...IdSchema, description: 'cases that this assessment institution has, or of which it recorded an assessment' })),
      due: Type.Optional(Type.Union([Type.Literal('overdue'), Type.Literal('open')])),
      waitsFor: Type.Optional(Type.Union([Type.Literal('myVoice'), Type.Literal('check'), Type.Literal('publish'), Type.Literal('conclude')], { description: 'myVoice: confirmed by me next (drawn, not voted yet); check: waits for the commissioned insurer; publish: waits for its notice; conclude: the notice is over, the clock could not conclude it' })),
      queue: Type.Optional(Type.Union(QUEUES.map((one) => Type.Literal(one)), { description: 'what waits for pre-review, acceptance, or papers to be supplied; with due=overdue only what is late' })),
    }),
    output: pageOf(ApplicationRowSchema),
    refusals: ['CALENDAR_MISSING'],
  },
  'POST /api/applications': { summary: { zh: '登记评估申请', en: 'File an application' }, permission: 'assessments.file', body: FilingSchema, output: FiledSchema, refusals: FILING_REFUSALS },
  'GET /api/people/{id}/application-kinds': {
    summary: { zh: '此人可以申请的评估类别，不能申请的说明原因', en: 'Kinds of application that fit a person, and why the others do not' },
    permission: 'assessments.file', params: IdParams, output: Type.Array(KindOfferSchema), refusals: ['NOT_FOUND', 'CALENDAR_MISSING'],
  },
  'POST /api/people/{id}/status-decisions': {
    summary: { zh: '特殊情况确认：同意申请状态评估', en: 'Let a person apply for a status assessment without an acute stay' },
    permission: 'assessments.decideStatusChange', params: IdParams, body: StatusDecisionBodySchema, output: Type.Object({ id: IdSchema }),
    refusals: ['NOT_FOUND', 'APPLICATION_PERSON_DECEASED', 'APPLICATION_NO_CONCLUSION', 'KIND_STATUS_LAPSED', 'STATUS_DECISION_OPEN'],
  },
  'GET /api/people/{id}/status-decision': {
    summary: { zh: '此人现有的特殊情况确认', en: 'The decision on a special case that a person has, and the application that rests on it' },
    permission: 'assessments.decideStatusChange', params: IdParams, output: Type.Object({ decidedOn: Nullable(DaySchema), usedBy: Nullable(Type.String({ description: 'number of the application' })) }), refusals: ['NOT_FOUND'],
  },
  'POST /api/people/{id}/status-decisions/revocation': {
    summary: { zh: '撤销特殊情况确认（尚未用于申请的）', en: 'Take back the decision on a special case, while no application rests on it' },
    permission: 'assessments.decideStatusChange', params: IdParams, body: StatusRevocationBodySchema, output: Type.Object({ revokedOn: Type.String() }),
    refusals: ['NOT_FOUND', 'STATUS_DECISION_NONE', 'STATUS_DECISION_USED'],
  },
  'POST /api/people/{id}/spot-checks': {
    summary: { zh: '启动抽查评估', en: 'Open a spot check' },
    permission: 'assessments.openSpotCheck', params: IdParams, body: SpotCheckBodySchema, output: FiledSchema,
    refusals: ['NOT_FOUND', 'APPLICATION_OPEN', 'APPLICATION_PERSON_DECEASED', 'APPLICATION_NO_CONCLUSION', 'KIND_SPOT_CHECK_LAPSED'],
  },
  'GET /api/applications/{id}': { summary: { zh: '评估申请', en: 'An application' }, permission: 'assessments.read', params: IdParams, output: ApplicationSchema, refusals: ['NOT_FOUND'] },
  'POST /api/applications/{id}/accept': {
    summary: { zh: '受理审核：由规则决定受理或不予受理', en: 'Decide on acceptance by the rule: accepted, or refused with its code' },
    permission: 'assessments.accept', params: IdParams, body: AcceptBodySchema, output: AcceptanceSchema, refusals: ['NOT_FOUND', 'APPLICATION_STATE', 'PRE_REVIEW_MISSING', 'MATERIALS_INCOMPLETE', 'SUPPLY_PROMISE', 'CALENDAR_MISSING'],
  },
  'POST /api/applications/{id}/refuse': {
    summary: { zh: '不予受理（写明代码和说明）', en: 'Refuse an application with a code and a note' },
    permission: 'assessments.accept', params: IdParams, body: RefuseBodySchema, output: MovedSchema, refusals: ['NOT_FOUND', 'APPLICATION_STATE', 'APPLICATION_DISABLED_SINCE', 'REFUSAL_NOT_EARLY', 'REFUSAL_INSURED'],
  },
  'POST /api/applications/{id}/assessment': {
    summary: { zh: '录入现场评估', en: 'Record the assessment on site' },
    permission: 'assessments.assess', params: IdParams, body: AssessmentBodySchema, output: AssessmentMadeSchema,
    refusals: ['NOT_FOUND', 'APPLICATION_STATE', 'ASSESSMENT_INSTITUTION', 'ASSESSMENT_ANSWER_MISSING', 'ASSESSMENT_ANSWER_FOREIGN', 'ASSESSMENT_ON_SITE_AT', 'ASSESSMENT_SECOND_PERSON', 'ASSESSMENT_PERSONS_ON_SITE', 'REVIEW_SAME_INSTITUTION', 'REVIEW_SAME_PERSON', 'SITE_VISIT_NEEDED', ...SENT_REFUSALS],
  },
  'POST /api/applications/{id}/assessment/preview': {
    summary: { zh: '录入时试算等级（不保存）', en: 'The grade while answers are entered; nothing is stored' },
    permission: 'assessments.assess', params: IdParams,
    body: Type.Object({ answers: AnswersSchema }, { additionalProperties: false }),
    output: PreviewSchema, refusals: ['NOT_FOUND', 'ASSESSMENT_ANSWER_FOREIGN'],
  },
  'GET /api/scale': {
    summary: { zh: '评估量表（条目、选项、分界、矩阵）', en: 'The scale: items, options, cut-points, matrix' },
    permission: 'assessments.read',
    query: Type.Object({ id: Type.Optional(Type.String({ maxLength: 60, description: 'edition; the one in force today when left out' })) }, { additionalProperties: false }),
    output: ScaleEditionSchema, refusals: ['SCALE_UNKNOWN'],
  },
  'POST /api/assessments/{id}/confirmations': {
    summary: { zh: '专家确认评估结果', en: 'An expert confirms an assessment or disagrees' },
    permission: 'assessments.confirm', params: IdParams, body: ConfirmBodySchema, output: MovedSchema,
    fourEyes: ['assessments.assessed'],
    refusals: ['NOT_FOUND', 'APPLICATION_STATE', 'FOUR_EYES', 'CONFIRMATION_OWN_VISIT', 'CONFIRMATION_TWICE', 'CONFIRMATION_NOTE', 'CONFIRMATION_NOT_DRAWN', 'RETURN_ITEM_UNKNOWN', 'ASSESSOR_RECUSED', 'ASSESSMENT_SUPERSEDED', 'REVIEW_SAME_PERSON', 'SITE_VISIT_NEEDED', 'VIDEO_FULL_NEEDED'],
  },
  'POST /api/applications/{id}/publish': {
    summary: { zh: '发布公示', en: 'Publish the notice' },
    permission: 'assessments.publish', params: IdParams, output: Type.Object({ noticeId: IdSchema, startsOn: Type.String(), endsOn: Type.String() }), refusals: ['NOT_FOUND', 'APPLICATION_STATE', 'SUPPLY_OUTSTANDING', 'CHECK_MISSING'],
  },
  'POST /api/notices/batches': {
    summary: { zh: '发布一批公示（街镇或居村委的全部已确认结果）', en: 'Publish a batch: every confirmed result of a township or community' },
    permission: 'assessments.publish', body: BatchPlaceSchema, output: BatchMadeSchema, refusals: ['BATCH_EMPTY', 'APPLICATION_STATE'],
  },
  'GET /api/notices/batches/waiting': { summary: { zh: '待公示的已确认结果（按居村委）', en: 'Confirmed results that wait for their notice, by community' }, permission: 'assessments.read', output: WaitingSchema },
  'POST /api/applications/{id}/conclude': {
    summary: { zh: '公示期满，出具结论', en: 'Conclude after the notice' },
    permission: 'assessments.conclude', params: IdParams, output: Type.Object({ id: IdSchema, number: Type.String() }),
    refusals: ['NOT_FOUND', 'APPLICATION_STATE', 'SUPPLY_OUTSTANDING', 'NOTICE_STILL_RUNNING', 'OBJECTION_OPEN', 'NOTICE_WITHDRAWN', 'CONCLUSION_LATER_EXISTS'],
  },
  'GET /api/conclusions': {
    summary: { zh: '评估结论列表', en: 'List of conclusions' },
    permission: 'assessments.read',
    query: pageQuery({
      q, ...place,
      state: Type.Optional(ConclusionStateSchema),
      grade: Type.Optional(Type.Integer({ minimum: 0, maximum: 5 })),
      person: Type.Optional(IdSchema),
      expiringDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 400, description: 'in force today and ending within so many days' })),
    }),
    output: pageOf(ConclusionRowSchema),
  },
  'GET /api/conclusions/{id}': { summary: { zh: '评估结论', en: 'A conclusion' }, permission: 'assessments.read', params: IdParams, output: ConclusionSchema, refusals: ['NOT_FOUND'] },
  'GET /api/conclusions/{id}/letter.pdf': {
    summary: { zh: '评估结论书（PDF）', en: 'The conclusion letter as PDF' },
    permission: 'assessments.read', params: IdParams, output: Type.Unknown(), file: 'application/pdf', refusals: LETTER_REFUSALS,
  },
  'GET /api/public/letters/{code}': {
    summary: { zh: '核验评估结论书（免登录）', en: 'Check a conclusion letter by its code, without sign-in' },
    permission: 'public',
    params: Type.Object({ code: Type.String({ pattern: '^[A-Za-z0-9_-]{16,64}$' }) }),
    output: LetterCheckSchema, refusals: ['NOT_FOUND'],
  },
  ...deliveryContract,
  ...expiryContract,
  ...suspensionContract,
  'GET /api/family/persons': { summary: { zh: '亲属：我的家人', en: 'Family: own persons' }, permission: 'family.read', output: Type.Array(FamilyPersonSchema) },
  'GET /api/family/persons/{id}/application-kinds': {
    summary: { zh: '亲属：家人可以申请的评估类别', en: 'Family: kinds of application that fit an own person' },
    permission: 'assessments.fileOwn', params: IdParams, output: Type.Array(KindOfferSchema), refusals: ['NOT_FOUND', 'CALENDAR_MISSING'],
  },
  'GET /api/family/applications': { summary: { zh: '亲属：评估申请', en: 'Family: applications of own persons' }, permission: 'family.read', query: pageQuery({}), output: pageOf(FamilyApplicationSchema) },
  'POST /api/family/applications': { summary: { zh: '亲属：提出评估申请', en: 'Family: file an application for an own person' }, permission: 'assessments.fileOwn', body: FilingSchema, output: FiledSchema, refusals: FILING_REFUSALS },
  'GET /api/family/conclusions': { summary: { zh: '亲属：评估结论', en: 'Family: conclusions of own persons' }, permission: 'family.read', query: pageQuery({}), output: pageOf(ConclusionRowSchema) },
  'GET /api/family/conclusions/{id}/letter.pdf': {
    summary: { zh: '亲属：评估结论书（PDF）', en: 'Family: the conclusion letter as PDF' },
    permission: 'family.read', params: IdParams, output: Type.Unknown(), file: 'application/pdf', refusals: LETTER_REFUSALS,
  },
  ...onsiteContract,
  ...expertContract,
  ...trialContract,
  ...qualityContract,
  ...feeContract,
});
