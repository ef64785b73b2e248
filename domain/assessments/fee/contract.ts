/** Assessment fees: months, statements of institutions with their lines, reviews and payment. */
import { Type } from '@sinclair/typebox';
import { defineContract } from '#kit/contract.ts';
import { pageOf, pageQuery } from '#kit/paging.ts';
import { DaySchema, DistrictSchema, FenSchema, IdParams, IdSchema, InstantSchema, MonthSchema, Nullable, ReasonSchema } from '#kit/schemas.ts';

const oneOf = <const T extends readonly string[]>(values: T) => Type.Unsafe<T[number]>({ type: 'string', enum: [...values] });
const Params = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]));
const Note = Type.Object({ note: Type.Optional(Type.String({ maxLength: 500 })) }, { additionalProperties: false });

export const FeeStateSchema = oneOf(['drafted', 'firstReviewed', 'approved', 'paid']);
export const FeeCodeSchema = oneOf(['FEE_DUE', 'FEE_LATE', 'FEE_OVERTURNED', 'FEE_TAKEN_BACK', 'FEE_RESTORED']);

export const FeeStatementRowSchema = Type.Object({
  id: IdSchema, number: Type.String(), districtCode: DistrictSchema, month: MonthSchema, institutionId: IdSchema, institutionName: Type.String(), lines: Type.Integer(),
  /** payable = due − taken back − carried in, not below 0; the rest is carried on. */
  dueFen: FenSchema, takenBackFen: FenSchema, carriedInFen: FenSchema, payableFen: FenSchema, carriedOutFen: FenSchema, state: FeeStateSchema, stateSince: InstantSchema,
});
export const FeeStatementSchema = Type.Composite([
  FeeStatementRowSchema,
  Type.Object({
    creditCode: Type.String(),
    nextActs: Type.Array(Type.Object({ act: oneOf(['firstReview', 'secondReview', 'return', 'pay']), permission: Type.String(), allowed: Type.Boolean(), whyNot: Nullable(Type.Object({ code: Type.String(), params: Params })) })),
    byCode: Type.Array(Type.Object({ code: FeeCodeSchema, kind: Type.String(), lines: Type.Integer(), amountFen: FenSchema })),
    reviews: Type.Array(Type.Object({ id: IdSchema, step: oneOf(['first', 'second', 'return', 'pay']), reviewerName: Type.String(), note: Nullable(Type.String()), reviewedAt: InstantSchema })),
    pendingPostingId: Nullable(IdSchema), paidPostingId: Nullable(IdSchema),
  }),
]);
export const FeeLineSchema = Type.Object({
  id: IdSchema, conclusionId: IdSchema, conclusionNumber: Type.String(), kind: Type.String(), grade: Type.Integer(), concludedOn: DaySchema, priceFen: FenSchema, amountFen: FenSchema, code: FeeCodeSchema,
  reasons: Type.Array(ReasonSchema),
});
export const FeeMonthSchema = Type.Object({ id: IdSchema, districtCode: DistrictSchema, month: MonthSchema, draftedAt: InstantSchema, draftedBy: Type.String(), lines: Type.Integer(), statements: Type.Integer(), payableFen: FenSchema });

export const feeContract = defineContract({
  'GET /api/fee-months': { summary: { zh: '评估费月份', en: 'Months of assessment fees' }, permission: 'assessments.readFees', query: pageQuery({ district: Type.Optional(DistrictSchema), month: Type.Optional(MonthSchema) }), output: pageOf(FeeMonthSchema) },
  'POST /api/fee-months': {
    summary: { zh: '生成一个月的评估费结算单', en: 'Draft the fee statements of a month' }, permission: 'assessments.settleFees', body: Type.Object({ districtCode: DistrictSchema, month: MonthSchema }, { additionalProperties: false }),
    /** `again` is true when the month was drafted before: then nothing was changed. */
    output: Type.Composite([FeeMonthSchema, Type.Object({ again: Type.Boolean() })]), refusals: ['FEE_MONTH_RUNNING', 'FEE_NOT_IN_AREA', 'FEE_LATER_DRAFTED', 'FEE_PRICE_MISSING'],
  },
  'GET /api/fee-statements': {
    summary: { zh: '评估费结算单列表', en: 'Fee statements' }, permission: 'assessments.readFees',
    query: pageQuery({ district: Type.Optional(DistrictSchema), month: Type.Optional(MonthSchema), state: Type.Optional(FeeStateSchema), institution: Type.Optional(IdSchema) }), output: pageOf(FeeStatementRowSchema),
  },
  'GET /api/fee-statements/{id}': { summary: { zh: '评估费结算单', en: 'A fee statement' }, permission: 'assessments.readFees', params: IdParams, output: FeeStatementSchema, refusals: ['NOT_FOUND'] },
  'GET /api/fee-statements/{id}/lines': {
    summary: { zh: '评估费明细', en: 'Lines of a fee statement' }, permission: 'assessments.readFees', params: IdParams, query: pageQuery({ code: Type.Optional(FeeCodeSchema) }), output: pageOf(FeeLineSchema), refusals: ['NOT_FOUND'],
  },
  'GET /api/fee-statements/{id}/statement.pdf': {
    summary: { zh: '评估费结算单（PDF）', en: 'A fee statement as PDF' }, permission: 'assessments.readFees', params: IdParams, output: Type.Unknown(), file: 'application/pdf', refusals: ['NOT_FOUND', 'DOCUMENT_CHARACTER_MISSING'],
  },
  'POST /api/fee-statements/{id}/first-review': { summary: { zh: '评估费初审', en: 'First review of fees' }, permission: 'assessments.settleFees', params: IdParams, body: Note, output: FeeStatementRowSchema, refusals: ['NOT_FOUND', 'STATE_WRONG'] },
  'POST /api/fee-statements/{id}/second-review': {
    summary: { zh: '评估费复审通过', en: 'Second review of fees: approve' }, permission: 'assessments.reviewFees', params: IdParams, body: Note, output: FeeStatementRowSchema,
    fourEyes: ['assessments.feesFirstReviewed'], refusals: ['NOT_FOUND', 'STATE_WRONG', 'FOUR_EYES'],
  },
  'POST /api/fee-statements/{id}/return': {
    summary: { zh: '评估费退回初审', en: 'Return fees to the first review' }, permission: 'assessments.reviewFees', params: IdParams, body: Type.Object({ note: Type.String({ minLength: 1, maxLength: 500 }) }, { additionalProperties: false }),
    output: FeeStatementRowSchema, refusals: ['NOT_FOUND', 'STATE_WRONG'],
  },
  'POST /api/fee-statements/{id}/pay': {
    summary: { zh: '支付评估费', en: 'Pay fees' }, permission: 'assessments.payFees', params: IdParams, body: Note, output: FeeStatementRowSchema,
    fourEyes: ['assessments.feesFirstReviewed', 'assessments.feesApproved'], refusals: ['NOT_FOUND', 'STATE_WRONG', 'FOUR_EYES'],
  },
});
