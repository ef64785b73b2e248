/** The township's pre-review before acceptance. */
import { Type } from '@sinclair/typebox';
import { defineContract } from '#kit/contract.ts';
import { DaySchema, IdParams, IdSchema, InstantSchema, Nullable } from '#kit/schemas.ts';
import { MATERIALS, RELATIONS } from '../model.ts';
import { PRE_REVIEW_RESULTS } from './model.ts';

const CodeSchema = Type.Union(MATERIALS.map((code) => Type.Literal(code)));
const RelationSchema = Type.Union(RELATIONS.map((one) => Type.Literal(one)));
const ResultSchema = Type.Union(PRE_REVIEW_RESULTS.map((one) => Type.Literal(one)));
const AcknowledgedSchema = Type.Union([Type.Literal('signature'), Type.Literal('tick')]);

export const PreReviewListSchema = Type.Object({
  edition: Type.String(),
  statementZh: Type.String(),
  statementEn: Type.String(),
  checks: Type.Array(Type.Object({ code: Type.String(), zh: Type.String(), en: Type.String(), options: Type.Array(Type.Object({ code: Type.String(), zh: Type.String(), en: Type.String() })) })),
});

export const PreReviewBodySchema = Type.Object(
  {
    /** Check → chosen option. */
    answers: Type.Record(Type.String({ maxLength: 40 }), Type.String({ maxLength: 40 })),
    result: ResultSchema,
    reason: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
    /** The applicant wants to go on although advised not to. */
    insists: Type.Optional(Type.Boolean()),
    bring: Type.Optional(Type.Array(CodeSchema, { minItems: 1, maxItems: 20, uniqueItems: true })),
    toldName: Type.String({ minLength: 1, maxLength: 60, description: 'to whom it was said that housekeeping is not covered' }),
    toldRelation: RelationSchema,
    acknowledged: AcknowledgedSchema,
    /** Photograph of the signed sheet: a paper `preReviewSheet` of this application. */
    signatureMaterialId: Type.Optional(IdSchema),
  },
  { additionalProperties: false },
);

export const PreReviewSchema = Type.Object({
  id: IdSchema, edition: Type.String(), answers: Type.Record(Type.String(), Type.String()), result: ResultSchema, reason: Nullable(Type.String()), insists: Type.Boolean(), bring: Type.Array(Type.String()),
  toldName: Type.String(), toldRelation: Type.String(), toldAt: InstantSchema, acknowledged: AcknowledgedSchema, signatureMaterialId: Nullable(IdSchema), actorName: Type.String(), reviewedOn: DaySchema, reviewedAt: InstantSchema,
});

export const preReviewContract = defineContract({
  'GET /api/applications/{id}/pre-reviews': {
    summary: { zh: '街镇预审', en: 'Pre-reviews of an application, newest first, with the check-list' },
    permission: 'assessments.read', params: IdParams,
    output: Type.Object({ list: Nullable(PreReviewListSchema), owed: Type.Boolean(), reviewedOn: Nullable(DaySchema), rows: Type.Array(PreReviewSchema) }), refusals: ['NOT_FOUND'],
  },
  'POST /api/applications/{id}/pre-reviews': {
    summary: { zh: '登记街镇预审', en: 'Record a pre-review' },
    permission: 'assessments.preReview', params: IdParams, body: PreReviewBodySchema, output: Type.Object({ id: IdSchema, reviewedOn: Nullable(DaySchema) }),
    refusals: ['NOT_FOUND', 'PRE_REVIEW_STATE', 'PRE_REVIEW_LIST', 'PRE_REVIEW_ANSWERS', 'PRE_REVIEW_REASON', 'PRE_REVIEW_BRING', 'PRE_REVIEW_SIGNATURE'],
  },
  'GET /api/applications/{id}/pre-review-sheet.pdf': {
    summary: { zh: '街镇预审告知书（PDF，供签名）', en: 'The pre-review sheet to sign, as PDF' },
    permission: 'assessments.read', params: IdParams, output: Type.Unknown(), file: 'application/pdf', refusals: ['NOT_FOUND', 'PRE_REVIEW_LIST', 'LETTER_AGENCY_MISSING', 'DOCUMENT_CHARACTER_MISSING'],
  },
});
