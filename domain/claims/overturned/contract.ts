/** What was settled by a result that a later assessment proved wrong. */
import { Type } from '@sinclair/typebox';
import { defineContract } from '#kit/contract.ts';
import { pageOf, pageQuery } from '#kit/paging.ts';
import { DaySchema, DistrictSchema, FenSchema, IdParams, IdSchema, MonthSchema, Nullable } from '#kit/schemas.ts';

const sums = { lines: Type.Integer(), fundFen: FenSchema, personFen: FenSchema, /** Of the fund's share what statements in the state `paid` hold. */ paidFundFen: FenSchema };

/** A result, the one that stands now, and what closed months priced by the first. */
export const OverturnedSchema = Type.Object({
  conclusionId: IdSchema, number: Type.String(), grade: Type.Integer(), effectiveOn: DaySchema, districtCode: DistrictSchema, personId: IdSchema, personName: Nullable(Type.String()),
  by: Type.Object({ conclusionId: IdSchema, number: Type.String(), grade: Type.Integer(), concludedOn: DaySchema, effectiveOn: DaySchema }),
  ...sums, months: Type.Array(Type.Object({ month: MonthSchema, ...sums })),
});

export const OverturnedLineSchema = Type.Object({
  id: IdSchema, month: MonthSchema, serviceOn: DaySchema, institutionId: IdSchema, institutionName: Type.String(), statementId: IdSchema, statementNumber: Type.String(),
  statementState: Type.Union((['drafted', 'firstReviewed', 'approved', 'paid'] as const).map((one) => Type.Literal(one))), mode: Type.String(), grade: Type.Integer(), billedFen: FenSchema, fundFen: FenSchema, personFen: FenSchema,
});

export const overturnedContract = defineContract({
  'GET /api/overturned': {
    summary: { zh: '被推翻的评估结论已结算的费用', en: 'What was settled by results that a later assessment proved wrong' }, permission: 'claims.readOverturned',
    query: pageQuery({ district: Type.Optional(DistrictSchema), conclusion: Type.Optional(IdSchema), application: Type.Optional(IdSchema) }), output: pageOf(OverturnedSchema),
  },
  'GET /api/overturned/{id}/lines': {
    summary: { zh: '按被推翻结论结算的明细', en: 'The lines that were priced by an overturned result' }, permission: 'claims.readOverturned', params: IdParams, query: pageQuery({ month: Type.Optional(MonthSchema) }), output: pageOf(OverturnedLineSchema), refusals: ['NOT_FOUND'],
  },
});
