/** Quality of assessment institutions and assessors: figures of a month, their cases, kept months, complaints. */
import { Type } from '@sinclair/typebox';
import { defineContract } from '#kit/contract.ts';
import { pageOf, pageQuery } from '#kit/paging.ts';
import { DaySchema, DistrictSchema, IdParams, IdSchema, InstantSchema, MonthSchema, Nullable } from '#kit/schemas.ts';
import { COMPLAINT_SOURCES, COMPLAINT_STATES, COMPLAINT_SUBJECTS, QUALITY_FIGURES } from './model.ts';

const oneOf = <const T extends readonly string[]>(values: T) => Type.Unsafe<T[number]>({ type: 'string', enum: [...values] });
const Params = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]));
export const QualityFigureSchema = oneOf(QUALITY_FIGURES);

/** One figure: value = numerator / denominator (kappa for `agreement`); null where there are too few cases to show it. */
export const FigureValueSchema = Type.Object({
  figure: QualityFigureSchema, cases: Type.Integer(), numerator: Type.Number(), denominator: Type.Number(), value: Nullable(Type.Number()),
  /** 95 % band of `severityDrift`. */
  low: Nullable(Type.Number()), high: Nullable(Type.Number()),
  /** Mean of the institutions in view (for an institution: of its district, as kept); null where nobody may tell it. */
  mean: Nullable(Type.Number()),
  /** What the document deducts for it; null where it deducts nothing. */
  points: Nullable(Type.Number()),
  /** Fewer cases than a figure needs to say much. */
  small: Type.Boolean(),
});

/** Where the figures come from: counted now, kept for a closed month, or `none` where an institution asks for a month that is not kept yet. */
const basis = {
  month: MonthSchema, districtCode: Nullable(DistrictSchema), basis: oneOf(['live', 'kept', 'none']), version: Nullable(Type.Integer()), knownAt: InstantSchema, decisionId: Nullable(IdSchema),
  /** What each row of the yearly score sheet is worth, by the group of its figures; null where the city's document has no sheet. */
  standardPoints: Nullable(Type.Object({ efficiency: Type.Number(), conduct: Type.Number(), result: Type.Number(), complaints: Type.Number() })),
};
const TrendSchema = Type.Array(Type.Object({ month: MonthSchema, value: Nullable(Type.Number()), numerator: Type.Number(), denominator: Type.Number() }));
const WithTrend = Type.Composite([FigureValueSchema, Type.Object({ trend: TrendSchema })]);

export const QualityOverviewSchema = Type.Object({
  ...basis,
  means: Type.Array(WithTrend),
  institutions: Type.Array(Type.Object({ institutionId: IdSchema, institutionName: Type.String(), points: Type.Number(), figures: Type.Array(FigureValueSchema) })),
});
export const InstitutionQualitySchema = Type.Object({
  ...basis, institutionId: IdSchema, institutionName: Type.String(), points: Type.Number(), figures: Type.Array(WithTrend),
  assessors: Type.Array(Type.Object({ accountId: IdSchema, name: Type.String(), figures: Type.Array(FigureValueSchema) })),
});
export const AssessorQualitySchema = Type.Object({ ...basis, accountId: IdSchema, name: Type.String(), institutions: Type.Array(Type.Object({ institutionId: IdSchema, institutionName: Type.String(), figures: Type.Array(WithTrend) })) });

export const QualityCaseSchema = Type.Object({
  figure: QualityFigureSchema, subjectType: oneOf(['application', 'complaint']), subjectId: IdSchema, number: Type.String(), dayOn: DaySchema, districtCode: DistrictSchema,
  institutionId: IdSchema, institutionName: Type.String(), assessorAccountId: Nullable(IdSchema), assessorName: Nullable(Type.String()),
  /** True for a case that the numerator counts. */
  counts: Type.Boolean(),
  /** Sentence under `reasons:`. */
  code: Type.String(), params: Params,
});

const ItemFigure = {
  scaleId: Type.String(), item: Type.String(), cases: Type.Integer(), agreed: Type.Integer(),
  /** Share of equal points, weighted kappa, and mean of the assessor's points less those that came of it; null where there are too few assessments to show them (kappa also where both always say the same). */
  share: Nullable(Type.Number()), kappa: Nullable(Type.Number()), lean: Nullable(Type.Number()),
};
/** Agreement per item of the scale, least first; each beside that of the whole district. */
export const ItemAgreementSchema = Type.Object({
  month: MonthSchema, span: oneOf(['month', 'year']), districtCode: Nullable(DistrictSchema), basis: oneOf(['live', 'kept', 'none']),
  rows: Type.Array(Type.Object({ ...ItemFigure, zh: Type.String(), en: Type.String(), small: Type.Boolean(), district: Nullable(Type.Object(ItemFigure)) })),
});
/** An assessment on which an item came out otherwise; `params`: item, points before and after. */
export const ItemCaseSchema = Type.Omit(QualityCaseSchema, ['figure', 'code']);

export const QualityMonthSchema = Type.Object({ id: IdSchema, districtCode: DistrictSchema, month: MonthSchema, version: Type.Integer(), knownAt: InstantSchema, keptBy: Type.String(), decisionId: IdSchema });

const Subject = oneOf(COMPLAINT_SUBJECTS);
const Matter = Type.String({ minLength: 1, maxLength: 2000 });
export const ComplaintSchema = Type.Object({
  id: IdSchema, number: Type.String(), districtCode: DistrictSchema, institutionId: IdSchema, institutionName: Type.String(), assessorName: Nullable(Type.String()), applicationId: Nullable(IdSchema), applicationNumber: Nullable(Type.String()),
  subject: Subject, source: oneOf(COMPLAINT_SOURCES), matter: Type.String(), filedOn: DaySchema, state: oneOf(COMPLAINT_STATES), answer: Nullable(Type.String()), answeredBy: Nullable(Type.String()), answeredAt: Nullable(InstantSchema),
  /** Whether the account may answer it now; else the code of why not. */
  mayAnswer: Type.Boolean(), whyNot: Nullable(Type.String()),
});

/** The month before today's unless one is named. */
const place = { month: Type.Optional(MonthSchema), district: Type.Optional(DistrictSchema) };
const Where = Type.Object(place, { additionalProperties: false });
const Filed = Type.Object({ id: IdSchema, number: Type.String() });

export const qualityContract = defineContract({
  'GET /api/quality': { summary: { zh: '评估质量：各机构各指标', en: 'Quality of assessment: figures by institution' }, permission: 'assessments.compareQuality', query: Where, output: QualityOverviewSchema, refusals: ['CALENDAR_MISSING'] },
  'GET /api/quality/institutions/{id}': {
    summary: { zh: '一家评估机构的质量', en: 'Quality of an assessment institution' }, permission: 'assessments.compareQuality', params: IdParams, query: Where, output: InstitutionQualitySchema, refusals: ['NOT_FOUND', 'CALENDAR_MISSING'],
  },
  'GET /api/quality/assessors/{id}': {
    summary: { zh: '一名评估员的质量', en: 'Quality of an assessor' }, permission: 'assessments.readQuality', params: IdParams, query: Where, output: AssessorQualitySchema, refusals: ['NOT_FOUND', 'CALENDAR_MISSING'],
  },
  'GET /api/quality/{figure}/cases': {
    summary: { zh: '一项指标的案件', en: 'The cases of a figure' }, permission: 'assessments.readQuality', params: Type.Object({ figure: QualityFigureSchema }),
    query: pageQuery({ ...place, institution: Type.Optional(IdSchema), assessor: Type.Optional(IdSchema), all: Type.Optional(Type.Boolean({ description: 'the whole denominator, not only what the numerator counts' })) }),
    output: pageOf(QualityCaseSchema), refusals: ['CALENDAR_MISSING'],
  },
  'GET /api/quality-items': {
    summary: { zh: '逐项一致性：评估员与专家在量表各条目上', en: 'Agreement with the experts per item of the scale' }, permission: 'assessments.readQuality',
    query: Type.Object({ ...place, institution: Type.Optional(IdSchema), assessor: Type.Optional(IdSchema), span: Type.Optional(oneOf(['month', 'year'])) }, { additionalProperties: false }), output: ItemAgreementSchema, refusals: ['CALENDAR_MISSING'],
  },
  'GET /api/quality-items/{item}/cases': {
    summary: { zh: '一个条目上不一致的评估', en: 'Assessments on which an item came out otherwise' }, permission: 'assessments.readQuality', params: Type.Object({ item: Type.String({ maxLength: 60 }) }),
    query: pageQuery({ ...place, institution: Type.Optional(IdSchema), assessor: Type.Optional(IdSchema) }), output: pageOf(ItemCaseSchema), refusals: ['CALENDAR_MISSING'],
  },
  'GET /api/quality-months': { summary: { zh: '已留存的质量月份', en: 'Kept months of quality' }, permission: 'assessments.compareQuality', query: pageQuery({ district: Type.Optional(DistrictSchema), month: Type.Optional(MonthSchema) }), output: pageOf(QualityMonthSchema) },
  'POST /api/quality-months': {
    summary: { zh: '留存一个月的质量指标', en: 'Keep the figures of a month' }, permission: 'assessments.keepQuality', body: Type.Object({ districtCode: DistrictSchema, month: MonthSchema }, { additionalProperties: false }),
    /** `again` is true when nothing became known since the last version: then nothing was written. */
    output: Type.Composite([QualityMonthSchema, Type.Object({ again: Type.Boolean() })]), refusals: ['QUALITY_MONTH_RUNNING', 'QUALITY_NOT_IN_AREA', 'CALENDAR_MISSING'],
  },
  'GET /api/complaints': {
    summary: { zh: '投诉列表', en: 'Complaints' }, permission: 'assessments.readQuality', query: pageQuery({ district: Type.Optional(DistrictSchema), state: Type.Optional(oneOf(COMPLAINT_STATES)), institution: Type.Optional(IdSchema) }), output: pageOf(ComplaintSchema),
  },
  'GET /api/complaints/filed': {
    summary: { zh: '街镇：本街镇提出的投诉', en: 'Township: the complaints it filed' }, permission: 'assessments.readFiledComplaints', query: pageQuery({ state: Type.Optional(oneOf(COMPLAINT_STATES)) }), output: pageOf(ComplaintSchema),
  },
  'POST /api/complaints': {
    summary: { zh: '登记对评估机构或评估员的投诉', en: 'File a complaint about an assessment institution or assessor' }, permission: 'assessments.fileComplaint',
    body: Type.Object({ institutionId: IdSchema, applicationId: Type.Optional(IdSchema), subject: Subject, matter: Matter }, { additionalProperties: false }), output: Filed, refusals: ['NOT_FOUND', 'COMPLAINT_INSTITUTION', 'COMPLAINT_CASE'],
  },
  'POST /api/complaints/{id}/answer': {
    summary: { zh: '处理投诉（查实或不属实）', en: 'Answer a complaint: justified or not' }, permission: 'assessments.answerComplaint', params: IdParams, fourEyes: ['assessments.complaintFiled'],
    body: Type.Object({ upheld: Type.Boolean(), answer: Matter }, { additionalProperties: false }), output: Type.Object({ state: oneOf(COMPLAINT_STATES) }), refusals: ['NOT_FOUND', 'FOUR_EYES', 'COMPLAINT_ANSWERED'],
  },
  'GET /api/family/complaints': { summary: { zh: '亲属：我的投诉', en: 'Family: own complaints' }, permission: 'family.read', query: pageQuery({}), output: pageOf(ComplaintSchema) },
  'POST /api/family/complaints': {
    summary: { zh: '亲属：对家人的评估提出投诉', en: 'Family: complain about the assessment of an own person' }, permission: 'assessments.fileOwn',
    body: Type.Object({ applicationId: IdSchema, subject: Subject, matter: Matter }, { additionalProperties: false }), output: Filed, refusals: ['NOT_FOUND', 'COMPLAINT_CASE'],
  },
});
