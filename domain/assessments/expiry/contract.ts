/** What is known for the next application of a person, so that nothing is typed twice. */
import { Type } from '@sinclair/typebox';
import { defineContract } from '#kit/contract.ts';
import { DaySchema, IdParams, Nullable } from '#kit/schemas.ts';
import { FILED_KINDS, MATERIALS, RELATIONS } from '../model.ts';

const literals = <T extends string>(values: readonly T[]) => Type.Union(values.map((value) => Type.Literal(value)));

/** Values of the last case, and the kind that fits today; null where nothing is known. */
export const FilingDraftSchema = Type.Object({
  kind: Nullable(literals(FILED_KINDS)),
  applicantName: Nullable(Type.String()),
  relation: Nullable(literals(RELATIONS)),
  contactPhone: Nullable(Type.String()),
  disabledSinceOn: Nullable(DaySchema),
  materials: Type.Array(literals(MATERIALS)),
  /** Number of the case the values come from. */
  from: Nullable(Type.String()),
});

export const expiryContract = defineContract({
  'GET /api/people/{id}/filing-draft': { summary: { zh: '下一次申请已知的内容', en: 'What is known for the next application of a person' }, permission: 'assessments.file', params: IdParams, output: FilingDraftSchema, refusals: ['NOT_FOUND', 'CALENDAR_MISSING'] },
  'GET /api/family/persons/{id}/filing-draft': { summary: { zh: '亲属：下一次申请已知的内容', en: 'Family: what is known for the next application' }, permission: 'assessments.fileOwn', params: IdParams, output: FilingDraftSchema, refusals: ['NOT_FOUND', 'CALENDAR_MISSING'] },
});
