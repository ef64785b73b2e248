/** Delivery of conclusions: what waits, each attempt with its proof, the receipt form, and the message to all who wait. */
import { Type } from '@sinclair/typebox';
import { defineContract } from '#kit/contract.ts';
import { pageOf, pageQuery } from '#kit/paging.ts';
import { DaySchema, DistrictSchema, IdParams, IdSchema, InstantSchema, Nullable, TownshipSchema } from '#kit/schemas.ts';
import { DELIVERY_FAILURES, DELIVERY_OUTCOMES, DELIVERY_WAYS, RECIPIENTS, RECORDED_FAILURES, RECORDED_WAYS } from './model.ts';

const literals = <T extends string>(values: readonly T[]) => Type.Union(values.map((value) => Type.Literal(value)));

const ProofOfDeliverySchema = Type.Object({ id: IdSchema, mediaType: Type.String(), sha256: Type.String(), sizeBytes: Type.Integer() });

/** One attempt to deliver; rows are never changed. */
export const DeliverySchema = Type.Object({
  id: IdSchema,
  way: literals(DELIVERY_WAYS),
  outcome: literals(DELIVERY_OUTCOMES),
  failure: Nullable(literals(DELIVERY_FAILURES)),
  happenedOn: DaySchema,
  recipientName: Nullable(Type.String()),
  recipientRelation: Nullable(literals(RECIPIENTS)),
  phone: Nullable(Type.String({ description: 'of a text message' })),
  trackingNumber: Nullable(Type.String({ description: 'of the post' })),
  proof: Nullable(ProofOfDeliverySchema),
  note: Nullable(Type.String()),
  actorName: Type.String(),
  recordedAt: InstantSchema,
});

export const DeliveryRecordSchema = Type.Object({
  attempts: Type.Array(DeliverySchema),
  /** Day of the first successful delivery. */
  receivedOn: Nullable(DaySchema),
  failures: Type.Integer(),
  /** Working days after the conclusion; null where no document asks for it, or the calendar is not published. */
  dueOn: Nullable(DaySchema),
  calendarMissing: Nullable(Type.String()),
  overdue: Type.Boolean(),
  /** Where a text message would go: the contact of the case, else the person. */
  phone: Nullable(Type.String()),
  /** Who is expected to receive it: the applicant of the case; null where the agency opened it. */
  expected: Nullable(Type.Object({ name: Type.String(), relation: literals(RECIPIENTS) })),
  /** False for an imported conclusion: it has no letter to deliver. */
  hasLetter: Type.Boolean(),
});

export const DeliveryBodySchema = Type.Object(
  {
    way: literals(RECORDED_WAYS),
    outcome: literals(DELIVERY_OUTCOMES),
    failure: Type.Optional(literals(RECORDED_FAILURES)),
    happenedOn: Type.Optional(DaySchema),
    recipientName: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
    recipientRelation: Type.Optional(literals(RECIPIENTS)),
    phone: Type.Optional(Type.String({ pattern: '^1[3-9][0-9]{9}$' })),
    trackingNumber: Type.Optional(Type.String({ minLength: 6, maxLength: 40 })),
    proofId: Type.Optional(IdSchema),
    note: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
  },
  { additionalProperties: false },
);

/** A conclusion whose letter has not reached anybody yet. */
export const WaitingDeliverySchema = Type.Object({
  id: IdSchema,
  number: Type.String(),
  districtCode: DistrictSchema,
  townshipCode: Type.String(),
  townshipZh: Type.String(),
  townshipEn: Type.String(),
  community: Type.String(),
  personId: IdSchema,
  personName: Type.String(),
  phone: Nullable(Type.String()),
  grade: Type.Integer(),
  gradeZh: Type.String(),
  gradeEn: Type.String(),
  concludedOn: DaySchema,
  dueOn: Nullable(DaySchema),
  calendarMissing: Nullable(Type.String()),
  overdue: Type.Boolean(),
  failures: Type.Integer(),
  lastAttempt: Nullable(Type.Object({ way: literals(DELIVERY_WAYS), outcome: literals(DELIVERY_OUTCOMES), failure: Nullable(literals(DELIVERY_FAILURES)), happenedOn: DaySchema })),
});

const LETTER_REFUSALS = ['NOT_FOUND', 'LETTER_OF_IMPORTED', 'LETTER_AGENCY_MISSING', 'DOCUMENT_CHARACTER_MISSING'] as const;

export const deliveryContract = defineContract({
  'GET /api/deliveries/waiting': {
    summary: { zh: '待送达的评估结论', en: 'Conclusions that wait to be delivered' },
    permission: 'assessments.read',
    query: pageQuery({
      q: Type.Optional(Type.String({ maxLength: 60 })), district: Type.Optional(DistrictSchema), township: Type.Optional(TownshipSchema),
      due: Type.Optional(literals(['overdue', 'open', 'failed'])),
    }),
    output: pageOf(WaitingDeliverySchema),
  },
  'POST /api/deliveries/messages': {
    summary: { zh: '给一个区全部待送达的人发短信', en: 'A text message to everybody in a district who waits for a letter' },
    permission: 'assessments.deliver',
    body: Type.Object({ districtCode: DistrictSchema, township: Type.Optional(TownshipSchema) }, { additionalProperties: false }),
    output: Type.Object({ queued: Type.Integer(), withoutPhone: Type.Integer() }),
    refusals: ['DELIVERY_NOBODY_WAITS'],
  },
  'GET /api/conclusions/{id}/deliveries': { summary: { zh: '结论的送达记录', en: 'How a conclusion was delivered' }, permission: 'assessments.read', params: IdParams, output: DeliveryRecordSchema, refusals: ['NOT_FOUND'] },
  'POST /api/conclusions/{id}/deliveries': {
    summary: { zh: '登记送达（或送达不成）', en: 'Record a delivery, or an attempt that failed' },
    permission: 'assessments.deliver', params: IdParams, body: DeliveryBodySchema, output: DeliverySchema,
    refusals: ['NOT_FOUND', 'DELIVERY_IMPORTED', 'DELIVERY_INSTITUTION', 'DELIVERY_DAY', 'DELIVERY_OUTCOME', 'DELIVERY_FAILURE', 'DELIVERY_RECIPIENT', 'DELIVERY_PROOF', 'DELIVERY_TRACKING', 'DELIVERY_PHONE', 'DELIVERY_MESSAGE_UNDER_WAY'],
  },
  'POST /api/conclusions/{id}/delivery-proofs': {
    summary: { zh: '上传送达凭证（签收照片或回执）', en: 'Upload a proof of delivery: a photograph of the signature, or a slip' },
    permission: 'assessments.deliver', params: IdParams, upload: true, keepsUpload: true, output: ProofOfDeliverySchema,
    refusals: ['NOT_FOUND', 'DELIVERY_IMPORTED', 'DELIVERY_INSTITUTION', 'DELIVERY_PROOF_KIND', 'MATERIAL_BROKEN', 'DELIVERY_PROOF_TOO_LARGE'],
  },
  'GET /api/deliveries/proofs/{id}/file': { summary: { zh: '送达凭证', en: 'A proof of delivery' }, permission: 'assessments.read', params: IdParams, output: Type.Unknown(), file: 'application/octet-stream', refusals: ['NOT_FOUND'] },
  'GET /api/conclusions/{id}/delivery-form.pdf': {
    summary: { zh: '送达回证（待签字的表，PDF）', en: 'The form to be signed on delivery, as PDF' },
    permission: 'assessments.read', params: IdParams, output: Type.Unknown(), file: 'application/pdf', refusals: LETTER_REFUSALS,
  },
});
