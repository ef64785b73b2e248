/** Trying an edition of the scale that is not in force on past answers: whose grade would change. Nothing is stored in the cases. */
import { Type } from '@sinclair/typebox';
import { defineContract } from '#kit/contract.ts';
import { pageOf, pageQuery } from '#kit/paging.ts';
import { DaySchema, DistrictSchema, IdParams, IdSchema, InstantSchema, Nullable, ReasonSchema } from '#kit/schemas.ts';

const Both = Type.Object({ zh: Type.String(), en: Type.String() });
const Grade = Type.Object({ grade: Type.Integer(), zh: Type.String(), en: Type.String() });
/** Which assessments: of a district (else all in scope), assessed on site between two days. */
const span = { district: Type.Optional(DistrictSchema), fromOn: Type.Optional(DaySchema), toOn: Type.Optional(DaySchema) };

export const TrialSchema = Type.Object({
  id: IdSchema,
  scaleId: Type.String(),
  label: Both,
  /** Name of the uploaded file; null for an edition that lies ready in the policy data. */
  fileName: Nullable(Type.String()),
  status: Type.String(),
  district: Nullable(DistrictSchema),
  fromOn: Nullable(DaySchema),
  toOn: Nullable(DaySchema),
  triedBy: Type.String(),
  triedAt: InstantSchema,
  /** Current assessments looked at; those whose items differ cannot be compared and are only counted. */
  assessments: Type.Integer(),
  notComparable: Type.Integer(),
  changed: Type.Integer(),
  /** Whose grade would newly entitle to a benefit, or no longer, by the city's lowest grade today. */
  gains: Type.Integer(),
  loses: Type.Integer(),
  minGrade: Nullable(Type.Integer()),
});

export const TrialResultSchema = Type.Composite([
  TrialSchema,
  Type.Object({
    /** Distinct sets of answers that were decided. */
    vectors: Type.Integer(),
    gradesBefore: Type.Array(Grade),
    gradesAfter: Type.Array(Grade),
    cells: Type.Array(Type.Object({ before: Type.Integer(), after: Type.Integer(), people: Type.Integer() })),
  }),
]);

export const TrialChangeSchema = Type.Object({
  assessmentId: IdSchema,
  applicationId: IdSchema,
  number: Type.String(),
  personId: IdSchema,
  personName: Type.String(),
  districtCode: DistrictSchema,
  townshipZh: Type.String(),
  townshipEn: Type.String(),
  assessedOn: DaySchema,
  before: Type.Integer(),
  after: Type.Integer(),
});

const Side = Type.Object({ scaleId: Type.String(), grade: Type.Integer(), gradeZh: Type.String(), gradeEn: Type.String(), reasons: Type.Array(ReasonSchema) });

const TRY_REFUSALS = ['TRIAL_SPAN', 'TRIAL_DISTRICT'] as const;

export const trialContract = defineContract({
  'GET /api/scale/candidates': {
    summary: { zh: '可试算的量表版本（未施行）', en: 'Editions of the scale that can be tried: not in force' },
    permission: 'assessments.tryScale',
    output: Type.Array(Type.Object({ id: Type.String(), label: Both, use: Type.String(), type: Type.String(), status: Type.String(), file: Type.String(), note: Nullable(Both) })),
  },
  'POST /api/scale/trials': {
    summary: { zh: '用未施行的量表版本试算历史评估', en: 'Try an edition that lies ready on past answers' },
    permission: 'assessments.tryScale', body: Type.Object({ edition: Type.String({ minLength: 1, maxLength: 80 }), ...span }, { additionalProperties: false }),
    output: Type.Object({ id: IdSchema }), refusals: ['SCALE_UNKNOWN', ...TRY_REFUSALS],
  },
  'POST /api/scale/trials/file': {
    summary: { zh: '上传量表版本文件（YAML）试算', en: 'Try an edition from an uploaded YAML file' },
    permission: 'assessments.tryScale', upload: true, query: Type.Object(span, { additionalProperties: false }),
    output: Type.Object({ id: IdSchema }), refusals: ['FILE_MISSING', 'SCALE_FILE_FAULTY', ...TRY_REFUSALS],
  },
  'GET /api/scale/trials': { summary: { zh: '试算记录', en: 'Trials so far' }, permission: 'assessments.tryScale', query: pageQuery({}), output: pageOf(TrialSchema) },
  'GET /api/scale/trials/{id}': { summary: { zh: '试算结果', en: 'What a trial showed' }, permission: 'assessments.tryScale', params: IdParams, output: TrialResultSchema, refusals: ['NOT_FOUND'] },
  'GET /api/scale/trials/{id}/changes': {
    summary: { zh: '等级会变的人', en: 'People whose grade would change' },
    permission: 'assessments.tryScale', params: IdParams,
    query: pageQuery({ before: Type.Optional(Type.Integer()), after: Type.Optional(Type.Integer()) }), output: pageOf(TrialChangeSchema), refusals: ['NOT_FOUND'],
  },
  'GET /api/scale/trials/{id}/changes/{assessment}': {
    summary: { zh: '一个人的两种评定及理由', en: 'Both decisions on one assessment, with their reasons' },
    permission: 'assessments.tryScale', params: Type.Object({ id: IdSchema, assessment: IdSchema }),
    output: Type.Object({ change: TrialChangeSchema, answers: Type.Array(Type.Object({ code: Type.String(), zh: Type.String(), en: Type.String(), points: Type.Integer(), optionZh: Type.String(), optionEn: Type.String() })), before: Side, after: Side }),
    refusals: ['NOT_FOUND'],
  },
});
