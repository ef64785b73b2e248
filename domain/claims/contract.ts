/** Claims: month closes, claim lines, findings, statements and their reviews; the family's own months. */
import { Type } from '@sinclair/typebox';
import { defineContract } from '#kit/contract.ts';
import { pageOf, pageQuery } from '#kit/paging.ts';
import { DaySchema, DistrictSchema, FenSchema, IdParams, IdSchema, InstantSchema, MonthSchema, Nullable, ReasonSchema, SourceRefSchema } from '#kit/schemas.ts';
import { overturnedContract } from './overturned/contract.ts';

const Words = Type.Object({ zh: Type.String(), en: Type.String() });
const Params = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]));
const oneOf = <const T extends readonly string[]>(values: T) => Type.Unsafe<T[number]>({ type: 'string', enum: [...values] });
const Note = Type.Object({ note: Type.Optional(Type.String({ maxLength: 500 })) }, { additionalProperties: false });

/** billed = fund + person + refused, to the fen. */
const amounts = { billedFen: FenSchema, fundFen: FenSchema, personFen: FenSchema, refusedFen: FenSchema };

export const StatementStateSchema = oneOf(['drafted', 'firstReviewed', 'approved', 'paid']);
export const OutcomeSchema = oneOf(['paid', 'cut', 'refused']);
export const EffectSchema = oneOf(['refuse', 'cut']);

export const CloseRowSchema = Type.Object({
  id: IdSchema, districtCode: DistrictSchema, districtZh: Type.String(), districtEn: Type.String(), month: MonthSchema, closedAt: InstantSchema, closedBy: Type.String(),
  visits: Type.Integer(), lines: Type.Integer(), findings: Type.Integer(), ...amounts, city: Type.String(), ruleBaseId: Type.String(),
});

/** A figure as the close used it: read with its unit, period and sources. */
export const UsedFigureSchema = Type.Object({ name: Type.String(), from: DaySchema, to: DaySchema, value: Type.Unknown(), unit: Type.String(), sources: Type.Array(SourceRefSchema) });

export const CloseSchema = Type.Composite([
  CloseRowSchema,
  Type.Object({
    findingsByRule: Type.Array(Type.Object({ rule: Type.String(), effect: EffectSchema, lines: Type.Integer(), refusedFen: FenSchema })),
    statements: Type.Array(Type.Object({ state: StatementStateSchema, statements: Type.Integer(), fundFen: FenSchema })),
    figures: Type.Array(UsedFigureSchema),
    stamp: Type.Record(Type.String(), Type.String()),
  }),
]);

export const FindingRowSchema = Type.Object({
  id: IdSchema, districtCode: DistrictSchema, month: MonthSchema, rule: Type.String(), effect: EffectSchema, lineId: IdSchema, personId: IdSchema, personName: Nullable(Type.String()),
  institutionId: IdSchema, institutionName: Type.String(), serviceOn: DaySchema, ref: Type.String(),
  /** Code of the sentence (`reasons:`), with its parameters. */
  code: Type.String(), params: Params,
  /** What the line lost by all its findings. */
  refusedFen: FenSchema,
});

export const StatementRowSchema = Type.Object({
  id: IdSchema, number: Type.String(), districtCode: DistrictSchema, month: MonthSchema, institutionId: IdSchema, institutionName: Type.String(),
  lines: Type.Integer(), persons: Type.Integer(), ...amounts, state: StatementStateSchema, stateSince: InstantSchema,
});

export const ActSchema = oneOf(['firstReview', 'secondReview', 'return', 'pay']);

export const StatementSchema = Type.Composite([
  StatementRowSchema,
  Type.Object({
    creditCode: Type.String(),
    /** Every act of the office on a statement: whether this account may do it now, else the code of the reason why not. */
    nextActs: Type.Array(Type.Object({ act: ActSchema, permission: Type.String(), allowed: Type.Boolean(), whyNot: Nullable(Type.Object({ code: Type.String(), params: Params })) })),
    findingsByRule: Type.Array(Type.Object({ rule: Type.String(), title: Words, effect: EffectSchema, lines: Type.Integer(), refusedFen: FenSchema })),
    byOutcome: Type.Array(Type.Object({ outcome: OutcomeSchema, lines: Type.Integer(), ...amounts })),
    reviews: Type.Array(Type.Object({ id: IdSchema, step: oneOf(['first', 'second', 'return', 'pay']), reviewerName: Type.String(), note: Nullable(Type.String()), reviewedAt: InstantSchema })),
    pendingPostingId: Nullable(IdSchema),
    paidPostingId: Nullable(IdSchema),
  }),
]);

export const LineRowSchema = Type.Object({
  id: IdSchema, districtCode: DistrictSchema, month: MonthSchema, kind: oneOf(['visit', 'day']), serviceOn: DaySchema, personId: IdSchema, personName: Nullable(Type.String()),
  institutionId: IdSchema, workerId: Nullable(IdSchema), workerName: Nullable(Type.String()), workerClass: Nullable(Type.String()), mode: Type.String(),
  itemCode: Nullable(Type.String()), itemZh: Nullable(Type.String()), itemEn: Nullable(Type.String()), minutes: Nullable(Type.Integer()), paidMinutes: Nullable(Type.Integer()),
  priceFen: FenSchema, fundRatioBp: Type.Integer(), ...amounts, outcome: OutcomeSchema, rule: Nullable(Type.String()), sourceRef: Nullable(Type.String()),
});

export const LineSchema = Type.Composite([
  LineRowSchema,
  Type.Object({
    institutionName: Type.String(), statementId: IdSchema, statementNumber: Type.String(), visitId: Nullable(IdSchema), planId: Nullable(IdSchema), grade: Nullable(Type.Integer()),
    startedAt: Nullable(InstantSchema), endedAt: Nullable(InstantSchema), reasons: Type.Array(ReasonSchema),
  }),
]);

export const FamilyLineSchema = Type.Object({
  id: IdSchema, month: MonthSchema, serviceOn: DaySchema, kind: oneOf(['visit', 'day']), personId: IdSchema, personName: Type.String(), institutionName: Type.String(), mode: Type.String(),
  itemZh: Nullable(Type.String()), itemEn: Nullable(Type.String()), minutes: Nullable(Type.Integer()), paidMinutes: Nullable(Type.Integer()), ...amounts, outcome: OutcomeSchema,
  /** Codes of the plain sentences (`plain:`), in order. */
  plain: Type.Array(Type.Object({ code: Type.String(), params: Params })),
});

export const AuditRuleRowSchema = Type.Object({
  id: Type.String(), title: Words, knowledge: Words, effect: EffectSchema, order: Type.Integer(), phase: Type.Array(Type.String()), status: Type.String(),
  sources: Type.Array(Type.Object({ document: Type.String(), title: Words, number: Nullable(Type.String()), article: Nullable(Type.String()) })),
  parameters: Type.Array(Type.Object({ name: Type.String(), label: Words, value: Type.Unknown(), unit: Nullable(Type.String()), from: DaySchema, decidedBy: Words, effect: Words, status: Type.String(), sources: Type.Array(SourceRefSchema), file: Type.String() })),
  /** Findings and refused amount of the month asked for, in scope. */
  findings: Type.Integer(), refusedFen: FenSchema, ruleBaseId: Type.String(), file: Type.String(), sqlFile: Type.String(),
});

const MonthQuery = { district: Type.Optional(DistrictSchema), month: Type.Optional(MonthSchema) };

export const claimsContract = defineContract({
  ...overturnedContract,
  'GET /api/closes': { summary: { zh: '月结列表', en: 'Month closes' }, permission: 'claims.read', query: pageQuery(MonthQuery), output: pageOf(CloseRowSchema) },
  'POST /api/closes': {
    summary: { zh: '办理月结', en: 'Close a district\'s month' }, permission: 'claims.close',
    body: Type.Object({ districtCode: DistrictSchema, month: MonthSchema }, { additionalProperties: false }),
    /** `again` is true when the month was closed before: then nothing was changed. */
    output: Type.Composite([CloseRowSchema, Type.Object({ again: Type.Boolean() })]),
    refusals: ['CLOSE_MONTH_RUNNING', 'CLOSE_DISTRICT_UNKNOWN', 'CLOSE_NOT_IN_AREA'],
  },
  'GET /api/closes/{district}/{month}': {
    summary: { zh: '一个区一个月的月结', en: 'A district\'s closed month' }, permission: 'claims.read', params: Type.Object({ district: DistrictSchema, month: MonthSchema }), output: CloseSchema, refusals: ['NOT_FOUND'],
  },
  'GET /api/findings': {
    summary: { zh: '疑点列表', en: 'Findings of the audit' }, permission: 'claims.read',
    query: pageQuery({ ...MonthQuery, rule: Type.Optional(Type.String({ maxLength: 60 })), institution: Type.Optional(IdSchema), effect: Type.Optional(EffectSchema), statement: Type.Optional(IdSchema), q: Type.Optional(Type.String({ maxLength: 80 })) }),
    output: pageOf(FindingRowSchema),
  },
  'GET /api/statements': {
    summary: { zh: '结算单列表', en: 'Statements' }, permission: 'claims.read',
    query: pageQuery({ ...MonthQuery, state: Type.Optional(StatementStateSchema), institution: Type.Optional(IdSchema) }), output: pageOf(StatementRowSchema),
  },
  'GET /api/statements/{id}': { summary: { zh: '结算单', en: 'A statement' }, permission: 'claims.read', params: IdParams, output: StatementSchema, refusals: ['NOT_FOUND'] },
  'GET /api/statements/{id}/lines': {
    summary: { zh: '结算单明细', en: 'Lines of a statement' }, permission: 'claims.read', params: IdParams,
    query: pageQuery({ outcome: Type.Optional(OutcomeSchema), rule: Type.Optional(Type.String({ maxLength: 60 })), q: Type.Optional(Type.String({ maxLength: 80 })) }), output: pageOf(LineRowSchema), refusals: ['NOT_FOUND'],
  },
  'GET /api/statements/{id}/lines.xlsx': {
    summary: { zh: '结算单明细（Excel）', en: 'Lines of a statement as Excel' }, permission: 'claims.read', params: IdParams, output: Type.Unknown(),
    file: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', refusals: ['NOT_FOUND'],
  },
  'GET /api/statements/{id}/statement.pdf': { summary: { zh: '结算单（PDF）', en: 'A statement as PDF' }, permission: 'claims.read', params: IdParams, output: Type.Unknown(), file: 'application/pdf', refusals: ['NOT_FOUND'] },
  'POST /api/statements/{id}/first-review': {
    summary: { zh: '初审', en: 'First review' }, permission: 'claims.firstReview', params: IdParams, body: Note, output: StatementRowSchema, refusals: ['NOT_FOUND', 'STATE_WRONG'],
  },
  'POST /api/statements/{id}/second-review': {
    summary: { zh: '复审通过', en: 'Second review: approve' }, permission: 'claims.secondReview', params: IdParams, body: Note, output: StatementRowSchema,
    fourEyes: ['claims.firstReviewed'], refusals: ['NOT_FOUND', 'STATE_WRONG', 'FOUR_EYES'],
  },
  'POST /api/statements/{id}/return': {
    summary: { zh: '退回初审', en: 'Return to the first review' }, permission: 'claims.secondReview', params: IdParams,
    body: Type.Object({ note: Type.String({ minLength: 1, maxLength: 500 }) }, { additionalProperties: false }), output: StatementRowSchema, refusals: ['NOT_FOUND', 'STATE_WRONG'],
  },
  'POST /api/statements/{id}/pay': {
    summary: { zh: '支付', en: 'Pay' }, permission: 'claims.pay', params: IdParams, body: Note, output: StatementRowSchema,
    fourEyes: ['claims.approved', 'claims.firstReviewed'], refusals: ['NOT_FOUND', 'STATE_WRONG', 'FOUR_EYES'],
  },
  'GET /api/people/{id}/lines': {
    summary: { zh: '一个参保人的结算明细', en: 'Claim lines of a person' }, permission: 'claims.read', params: IdParams,
    query: pageQuery({ month: Type.Optional(MonthSchema), outcome: Type.Optional(OutcomeSchema) }), output: pageOf(LineRowSchema), refusals: ['NOT_FOUND'],
  },
  'GET /api/lines/{id}': { summary: { zh: '结算明细', en: 'A claim line' }, permission: 'claims.read', params: IdParams, output: LineSchema, refusals: ['NOT_FOUND'] },
  'GET /api/knowledge': { summary: { zh: '审核知识库', en: 'The audit rules and what they know' }, permission: 'claims.read', query: Type.Object(MonthQuery, { additionalProperties: false }), output: Type.Array(AuditRuleRowSchema) },
  'GET /api/family/months': {
    summary: { zh: '家属：逐月费用', en: 'Family: months' }, permission: 'family.read',
    output: Type.Array(Type.Object({ personId: IdSchema, personName: Type.String(), month: MonthSchema, lines: Type.Integer(), minutes: Type.Integer(), ...amounts })),
  },
  'GET /api/family/lines': {
    summary: { zh: '家属：费用明细', en: 'Family: lines' }, permission: 'family.read', query: pageQuery({ month: Type.Optional(MonthSchema), person: Type.Optional(IdSchema) }), output: pageOf(FamilyLineSchema),
  },
});
