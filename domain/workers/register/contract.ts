/** The register of assessors and experts: entry, training, suspension, exit, and the standing that follows. */
import { Type } from '@sinclair/typebox';
import { defineContract } from '#kit/contract.ts';
import { pageOf, pageQuery } from '#kit/paging.ts';
import { DaySchema, DistrictSchema, IdParams, IdSchema, InstantSchema, Nullable, ReasonSchema } from '#kit/schemas.ts';

const strict = { additionalProperties: false } as const;
const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: '\\S' });

export const SUSPENSION_REASONS = ['FALSE_RECORD', 'NOT_RECUSED', 'QUALITY', 'COMPLAINT', 'LEAK', 'TRAINING', 'INVESTIGATION', 'OTHER'] as const;
export const DEPARTURE_REASONS = ['RESIGNED', 'INSTITUTION_CLOSED', 'QUALIFICATION_LOST', 'FRAUD', 'OTHER'] as const;
export const STANDINGS = ['active', 'ASSESSOR_NOT_ADMITTED', 'ASSESSOR_LEFT', 'ASSESSOR_SUSPENDED', 'ASSESSOR_CERTIFICATE_ENDED', 'ASSESSOR_TRAINING_SHORT'] as const;

export const StandingSchema = Type.Union(STANDINGS.map((one) => Type.Literal(one)));
const RegisterSchema = Type.Union([Type.Literal('assessor'), Type.Literal('expert')]);
const SuspensionReasonSchema = Type.Union(SUSPENSION_REASONS.map((one) => Type.Literal(one)));
const DepartureReasonSchema = Type.Union(DEPARTURE_REASONS.map((one) => Type.Literal(one)));

export const AssessorRowSchema = Type.Object({
  /** Id of the worker. */
  id: IdSchema,
  districtCode: DistrictSchema,
  /** Null for an expert of the city's list. */
  institutionId: Nullable(IdSchema),
  institutionName: Nullable(Type.String()),
  name: Type.String(),
  workerClass: Type.String(),
  /** Null for a worker who was never admitted. */
  register: Nullable(RegisterSchema),
  certificateNumber: Nullable(Type.String()),
  certificateUntilOn: Nullable(DaySchema),
  certificateExpiring: Type.Boolean(),
  admittedOn: Nullable(DaySchema),
  trainingHours: Type.Number({ description: 'hours of passed training in the year before today' }),
  suspendedToOn: Nullable(DaySchema),
  leftOn: Nullable(DaySchema),
  hasAccount: Type.Boolean(),
  standing: StandingSchema,
});

export const AssessorFileSchema = Type.Composite([
  AssessorRowSchema,
  Type.Object({
    qualification: Nullable(Type.String()),
    phone: Nullable(Type.String()),
    address: Nullable(Type.String()),
    reasons: Type.Array(ReasonSchema),
    admissions: Type.Array(Type.Object({ id: IdSchema, register: RegisterSchema, qualification: Type.String(), certificateNumber: Type.String(), certificateUntilOn: DaySchema, admittedOn: DaySchema, actorName: Type.String(), recordedAt: InstantSchema })),
    trainings: Type.Array(Type.Object({ id: IdSchema, topic: Type.String(), hours: Type.Number(), heldOn: DaySchema, passed: Type.Boolean(), actorName: Type.String(), recordedAt: InstantSchema })),
    suspensions: Type.Array(Type.Object({
      id: IdSchema, fromOn: DaySchema, toOn: DaySchema, reason: SuspensionReasonSchema, source: Type.String(), note: Type.String(), actorName: Type.String(), recordedAt: InstantSchema,
      liftedOn: Nullable(DaySchema), liftNote: Nullable(Type.String()), liftedBy: Nullable(Type.String()),
    })),
    departures: Type.Array(Type.Object({ id: IdSchema, leftOn: DaySchema, reason: DepartureReasonSchema, barredUntilOn: Nullable(DaySchema), note: Type.String(), actorName: Type.String(), recordedAt: InstantSchema })),
  }),
]);

const Done = Type.Object({ id: IdSchema });

export const registerContract = defineContract({
  'GET /api/assessors': {
    summary: { zh: '评估人员库', en: 'Register of assessors and experts' },
    permission: 'workers.read',
    query: pageQuery({ q: Type.Optional(Type.String({ maxLength: 60 })), institution: Type.Optional(IdSchema), register: Type.Optional(RegisterSchema), standing: Type.Optional(StandingSchema), expiring: Type.Optional(Type.Boolean()) }),
    output: pageOf(AssessorRowSchema),
  },
  'GET /api/assessors/{id}': { summary: { zh: '评估人员档案', en: 'File of an assessor or expert' }, permission: 'workers.read', params: IdParams, output: AssessorFileSchema, refusals: ['NOT_FOUND'] },
  'GET /api/own-assessor-file': { summary: { zh: '我的评估人员档案', en: 'Own file in the register of assessors' }, permission: 'assessments.read', output: AssessorFileSchema, refusals: ['NOT_FOUND'] },
  'POST /api/assessors/{id}/admissions': {
    summary: { zh: '评估人员入库（或换证）', en: 'Admit to the register, or enter a new certificate' },
    permission: 'assessments.registerAssessor', params: IdParams,
    body: Type.Object({ qualification: Text(120), certificateNumber: Text(40), certificateUntilOn: DaySchema, admittedOn: DaySchema, phone: Type.Optional(Type.String({ pattern: '^[0-9-]{7,20}$' })), address: Type.Optional(Text(200)) }, strict),
    output: Done, refusals: ['NOT_FOUND', 'ASSESSOR_CLASS', 'ADMISSION_DAYS', 'ADMISSION_BARRED'],
  },
  'POST /api/assessors/{id}/trainings': {
    summary: { zh: '登记培训', en: 'Record a training' },
    permission: 'assessments.registerAssessor', params: IdParams,
    body: Type.Object({ topic: Text(120), hours: Type.Number({ minimum: 0.5, maximum: 200, multipleOf: 0.5 }), heldOn: DaySchema, passed: Type.Boolean() }, strict),
    output: Done, refusals: ['NOT_FOUND', 'ASSESSOR_CLASS', 'TRAINING_DAY'],
  },
  'POST /api/assessors/{id}/suspensions': {
    summary: { zh: '暂停评估资格', en: 'Suspend an assessor or expert' },
    permission: 'assessments.registerAssessor', params: IdParams,
    body: Type.Object({ fromOn: DaySchema, toOn: DaySchema, reason: SuspensionReasonSchema, source: Text(200), note: Text(400) }, strict),
    output: Done, refusals: ['NOT_FOUND', 'ASSESSOR_NO_ENTRY', 'SUSPENSION_DAYS', 'SUSPENSION_OPEN'],
  },
  'POST /api/assessor-suspensions/{id}/lift': {
    summary: { zh: '解除暂停', en: 'Lift a suspension' },
    permission: 'assessments.registerAssessor', params: IdParams,
    body: Type.Object({ liftedOn: DaySchema, note: Text(400) }, strict),
    output: Done, refusals: ['NOT_FOUND', 'SUSPENSION_LIFT_DAY', 'SUSPENSION_LIFTED'],
  },
  'POST /api/assessors/{id}/departures': {
    summary: { zh: '退出评估人员库', en: 'Take out of the register' },
    permission: 'assessments.registerAssessor', params: IdParams,
    body: Type.Object({ leftOn: DaySchema, reason: DepartureReasonSchema, barredUntilOn: Type.Optional(DaySchema), note: Text(400) }, strict),
    output: Done, refusals: ['NOT_FOUND', 'ASSESSOR_NO_ENTRY', 'DEPARTURE_DAYS'],
  },
});
