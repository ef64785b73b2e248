/** Shapes of batches: the poster, the proofs that it hung, the days on which it was missing. */
import { Type } from '@sinclair/typebox';
import { DaySchema, DistrictSchema, IdSchema, InstantSchema, Nullable, TownshipSchema } from '#kit/schemas.ts';

/** Days on which the poster was missing; anybody may read them. */
export const InterruptionSchema = Type.Object({
  fromOn: DaySchema,
  toOn: DaySchema,
  missingDays: Type.Integer({ description: 'days that count and were not counted before' }),
  endsOn: DaySchema,
  note: Type.String(),
});

export const BatchSchema = Type.Object({
  id: IdSchema,
  number: Type.String(),
  districtCode: DistrictSchema,
  townshipCode: TownshipSchema,
  community: Nullable(Type.String()),
  publishedOn: DaySchema,
  startsOn: DaySchema,
  endsOn: DaySchema,
  state: Type.Union([Type.Literal('running'), Type.Literal('ended')]),
  notices: Type.Integer(),
  objections: Type.Integer(),
  openObjections: Type.Integer(),
  proofs: Type.Integer(),
  /** No photograph yet and the last day is near (notices.proofReminderDays). */
  proofUrgent: Type.Boolean(),
});

export const ProofSchema = Type.Object({
  id: IdSchema,
  postedOn: DaySchema,
  note: Nullable(Type.String()),
  mediaType: Type.String(),
  sha256: Type.String(),
  sizeBytes: Type.Integer(),
  actorName: Type.String(),
  recordedAt: InstantSchema,
});

/** A batch with everything about its poster. */
export const BatchRecordSchema = Type.Composite([
  Type.Omit(BatchSchema, ['proofs']),
  Type.Object({ firstEndsOn: DaySchema, proofs: Type.Array(ProofSchema), interruptions: Type.Array(InterruptionSchema) }),
]);

export const InterruptionBodySchema = Type.Object({ fromOn: DaySchema, toOn: DaySchema, note: Type.String({ minLength: 5, maxLength: 500 }) }, { additionalProperties: false });

/** Proof that an objection was received; nothing of the person concerned stands in it. */
export const ReceiptSchema = Type.Object({
  number: Type.String(),
  receivedOn: DaySchema,
  receivedAt: InstantSchema,
  batchNumber: Nullable(Type.String()),
  districtZh: Type.String(),
  districtEn: Type.String(),
  agencyZh: Nullable(Type.String()),
  agencyEn: Nullable(Type.String()),
  agencyPhone: Nullable(Type.String()),
  answeredOn: Nullable(DaySchema),
  upheld: Nullable(Type.Boolean()),
});
