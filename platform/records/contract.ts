/** Records: the history of anything, the decisions about it and their explanation, and the policy book. */
import { Type } from '@sinclair/typebox';
import { defineContract } from '#kit/contract.ts';
import { BilingualSchema, CitedSourceSchema, DecisionRowSchema, ExplanationSchema, HistoryEntrySchema, RerunSchema, StatusSchema } from '#kit/explanation.ts';
import { pageOf, pageQuery } from '#kit/paging.ts';
import { DaySchema, IdParams, Nullable } from '#kit/schemas.ts';

/** One dated value or edition. `value` stands in full only in the answer for one name. */
export const PolicyRowSchema = Type.Object({
  name: Type.String(),
  module: Type.String(),
  shape: Type.Union([Type.Literal('figure'), Type.Literal('edition')]),
  /** 'national' or a city. */
  area: Type.String(),
  areaName: BilingualSchema,
  id: Type.String(),
  from: DaySchema,
  to: Nullable(DaySchema),
  unit: Nullable(Type.String()),
  label: BilingualSchema,
  decidedBy: BilingualSchema,
  effect: BilingualSchema,
  note: Nullable(BilingualSchema),
  status: StatusSchema,
  overrides: Type.Boolean(),
  stamp: Type.String(),
  file: Type.String(),
  /** In force today. */
  current: Type.Boolean(),
  sources: Type.Array(CitedSourceSchema),
  value: Type.Unknown(),
});

export const SourceRowSchema = Type.Object({
  id: Type.String(),
  number: Nullable(Type.String()),
  title: BilingualSchema,
  date: Nullable(Type.String()),
  address: Nullable(Type.String()),
  confidence: Type.String(),
  fictional: Type.Boolean(),
  /** How many dated values and editions cite it. */
  uses: Type.Integer(),
});

const City = Type.String({ pattern: '^[a-z]+$' });
const NameParams = Type.Object({ name: Type.String({ pattern: '^[a-z]+\\.[a-zA-Z]+$' }) });

export const recordsContract = defineContract({
  'GET /api/records/{id}/history': {
    summary: { zh: '办理记录', en: 'History of a record' },
    permission: 'records.read',
    params: IdParams,
    query: pageQuery({}),
    output: pageOf(HistoryEntrySchema),
  },
  'GET /api/records/{id}/decisions': {
    summary: { zh: '关于一条记录的决定', en: 'Decisions about a record' },
    permission: 'records.read',
    params: IdParams,
    output: Type.Array(DecisionRowSchema),
  },
  'GET /api/explanations/{id}': {
    summary: { zh: '决定的说明', en: 'Explanation of a decision' },
    permission: 'records.read',
    params: IdParams,
    output: ExplanationSchema,
    refusals: ['NOT_FOUND'],
  },
  'POST /api/explanations/{id}/rerun': {
    summary: { zh: '按原事实重新计算（可换用另一城市的政策试算）', en: 'Decide again from the same facts, or try another city\'s policy' },
    permission: 'records.read',
    params: IdParams,
    body: Type.Object({ city: Type.Optional(City) }, { additionalProperties: false }),
    output: RerunSchema,
    refusals: ['NOT_FOUND', 'RERUN_UNKNOWN', 'RERUN_CITY', 'RERUN_POLICY'],
  },
  'GET /api/family/explanations': {
    summary: { zh: '家人的决定', en: 'Decisions about one\'s own persons' },
    permission: 'family.read',
    query: pageQuery({}),
    output: pageOf(DecisionRowSchema),
  },
  'GET /api/family/explanations/{id}': {
    summary: { zh: '家人的决定：说明', en: 'Explanation of a decision about one\'s own person' },
    permission: 'family.read',
    params: IdParams,
    output: ExplanationSchema,
    refusals: ['NOT_FOUND'],
  },
  'GET /api/policy': {
    summary: { zh: '政策手册', en: 'The policy book' },
    permission: 'public',
    query: Type.Object({ module: Type.Optional(Type.String({ maxLength: 40 })), name: Type.Optional(Type.String({ maxLength: 80 })), status: Type.Optional(StatusSchema), city: Type.Optional(City) }, { additionalProperties: false }),
    output: Type.Array(PolicyRowSchema),
    refusals: ['RERUN_CITY'],
  },
  'GET /api/policy/{name}': {
    summary: { zh: '一项政策的全部取值', en: 'Every value of one policy name' },
    permission: 'public',
    params: NameParams,
    query: Type.Object({ city: Type.Optional(City) }, { additionalProperties: false }),
    output: Type.Array(PolicyRowSchema),
    refusals: ['NOT_FOUND', 'RERUN_CITY'],
  },
  'GET /api/policy-sources': { summary: { zh: '文件出处', en: 'Source documents' }, permission: 'public', output: Type.Array(SourceRowSchema) },
  'GET /api/policy-cities': {
    summary: { zh: '已收录的城市', en: 'Shipped cities' },
    permission: 'public',
    output: Type.Array(Type.Object({ city: City, code: Type.String(), name: BilingualSchema, complete: Type.Boolean(), fictional: Type.Boolean(), own: Type.Boolean() })),
  },
});
