/** Pauses in the benefit, and the re-check that comes before service resumes. */
import { Type } from '@sinclair/typebox';
import { defineContract } from '#kit/contract.ts';
import { pageOf, pageQuery } from '#kit/paging.ts';
import { DaySchema, DistrictSchema, IdParams, IdSchema, InstantSchema, Nullable, TownshipSchema } from '#kit/schemas.ts';
import { RECHECK_RESULTS, SUSPENSION_REASONS, SUSPENSION_STATES } from './model.ts';

const literals = <T extends string>(values: readonly T[]) => Type.Union(values.map((value) => Type.Literal(value)));

const ChecksSchema = Type.Object(
  {
    selfCareSeen: Type.Boolean({ description: 'the person was seen, and how it cares for itself' }),
    livesAtAddress: Type.Boolean(),
    stillInNeed: Type.Boolean(),
    statementRead: Type.Boolean({ description: 'the statement that housekeeping is not covered was read out' }),
  },
  { additionalProperties: false },
);

export const RecheckSchema = Type.Object({
  id: IdSchema,
  openedOn: DaySchema,
  openedBy: Type.String(),
  /** Who asked for the service again. */
  askedBy: Type.String(),
  result: Nullable(literals(RECHECK_RESULTS)),
  checks: Nullable(ChecksSchema),
  seenOn: Nullable(DaySchema),
  resumesOn: Nullable(DaySchema),
  note: Nullable(Type.String()),
  decidedBy: Nullable(Type.String()),
  decidedAt: Nullable(InstantSchema),
  /** The status assessment that the re-check opened. */
  applicationId: Nullable(IdSchema),
});

export const SuspensionSchema = Type.Object({
  id: IdSchema,
  districtCode: DistrictSchema,
  townshipCode: Type.String(),
  townshipZh: Type.String(),
  townshipEn: Type.String(),
  personId: IdSchema,
  personName: Type.String(),
  address: Type.String(),
  phone: Nullable(Type.String()),
  reason: literals(SUSPENSION_REASONS),
  fromOn: DaySchema,
  /** Last day without service; null while it lasts. */
  toOn: Nullable(DaySchema),
  state: literals(SUSPENSION_STATES),
  note: Type.String(),
  actorName: Type.String(),
  recordedAt: InstantSchema,
  rechecks: Type.Array(RecheckSchema),
  /** The re-check under way. */
  openRecheckId: Nullable(IdSchema),
});

export const suspensionContract = defineContract({
  'GET /api/suspensions': {
    summary: { zh: '暂停待遇的人', en: 'Pauses in the benefit' },
    permission: 'assessments.read',
    query: pageQuery({
      q: Type.Optional(Type.String({ maxLength: 60 })), district: Type.Optional(DistrictSchema), township: Type.Optional(TownshipSchema), person: Type.Optional(IdSchema),
      state: Type.Optional(literals(SUSPENSION_STATES)), recheck: Type.Optional(Type.Literal('open', { description: 'a re-check is under way' })),
    }),
    output: pageOf(SuspensionSchema),
  },
  'GET /api/suspensions/{id}': { summary: { zh: '一次暂停', en: 'A pause' }, permission: 'assessments.read', params: IdParams, output: SuspensionSchema, refusals: ['NOT_FOUND'] },
  'POST /api/people/{id}/suspensions': {
    summary: { zh: '暂停待遇', en: 'Pause the benefit of a person' },
    permission: 'assessments.suspend', params: IdParams,
    body: Type.Object({ reason: literals(SUSPENSION_REASONS), fromOn: DaySchema, note: Type.String({ minLength: 2, maxLength: 500 }) }, { additionalProperties: false }),
    output: Type.Object({ id: IdSchema }),
    refusals: ['NOT_FOUND', 'PAUSE_OPEN', 'PAUSE_DAYS', 'PAUSE_NO_CONCLUSION'],
  },
  'POST /api/suspensions/{id}/rechecks': {
    summary: { zh: '启动恢复前复核', en: 'Open the re-check before service resumes' },
    permission: 'assessments.recheck', params: IdParams,
    body: Type.Object({ askedBy: Type.String({ minLength: 1, maxLength: 60 }) }, { additionalProperties: false }),
    output: Type.Object({ id: IdSchema }),
    refusals: ['NOT_FOUND', 'PAUSE_STATE', 'RECHECK_OPEN'],
  },
  'POST /api/rechecks/{id}/result': {
    summary: { zh: '登记复核结果', en: 'Record the result of a re-check' },
    permission: 'assessments.recheck', params: IdParams,
    body: Type.Object(
      { checks: ChecksSchema, seenOn: DaySchema, result: literals(RECHECK_RESULTS), resumesOn: Type.Optional(DaySchema), note: Type.String({ minLength: 2, maxLength: 500 }), contactPhone: Type.Optional(Type.String({ minLength: 5, maxLength: 20 })) },
      { additionalProperties: false },
    ),
    output: Type.Object({ result: literals(RECHECK_RESULTS), applicationId: Nullable(IdSchema) }),
    refusals: ['NOT_FOUND', 'RECHECK_DECIDED', 'RECHECK_SEEN_ON', 'RECHECK_CHECKS', 'RECHECK_RESUMES_ON', 'RECHECK_NO_CONCLUSION', 'APPLICATION_OPEN'],
  },
});
