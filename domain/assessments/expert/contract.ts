/** Before publication: experts' voices and their draw, the commissioned insurer's check, returned cases. */
import { Type } from '@sinclair/typebox';
import { defineContract } from '#kit/contract.ts';
import { pageOf, pageQuery } from '#kit/paging.ts';
import { DaySchema, DistrictSchema, IdParams, IdSchema, InstantSchema, Nullable } from '#kit/schemas.ts';
import { RETURN_REASONS, RETURNERS } from './model.ts';

const NoteSchema = Type.String({ minLength: 1, maxLength: 500 });
const ItemCode = Type.String({ minLength: 1, maxLength: 60 });
export const ReturnReasonSchema = Type.Union(RETURN_REASONS.map((one) => Type.Literal(one)));
const ReturnerSchema = Type.Union(RETURNERS.map((one) => Type.Literal(one)));
const Holds = Type.Boolean();

/** Items that an expert would answer otherwise; without points: doubtful. */
export const DisputedItemsSchema = Type.Array(Type.Object({ code: ItemCode, points: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })) }, { additionalProperties: false }), { maxItems: 100 });

/** One expert's voice. Who disagrees says why: a coded reason (`other` unless told) and a note, and names the items in dispute. */
export const ConfirmBodySchema = Type.Object(
  { agrees: Type.Boolean(), note: Type.Optional(NoteSchema), reason: Type.Optional(ReturnReasonSchema), items: Type.Optional(DisputedItemsSchema) },
  { additionalProperties: false },
);

/** What an officer says who sends a case back. */
const BackSchema = { reason: ReturnReasonSchema, note: NoteSchema, items: Type.Optional(Type.Array(ItemCode, { maxItems: 100, uniqueItems: true })) };
export const ReturnBodySchema = Type.Object(BackSchema, { additionalProperties: false });

export const CheckBodySchema = Type.Object(
  {
    result: Type.Union([Type.Literal('passed'), Type.Literal('returned')]),
    /** Check point → holds. All of them are answered; a passed check has no point that does not hold. */
    checklist: Type.Partial(Type.Object({ identityOfBoth: Holds, personsOnSite: Holds, guardianPresent: Holds, videoComplete: Holds, answersMatchEvidence: Holds, expertsIndependent: Holds }, { additionalProperties: false })),
    note: Type.Optional(NoteSchema),
    reason: Type.Optional(ReturnReasonSchema),
    items: BackSchema.items,
  },
  { additionalProperties: false },
);

export const CaseReturnSchema = Type.Object({
  id: IdSchema,
  applicationId: IdSchema,
  number: Type.String(),
  districtCode: DistrictSchema,
  personId: IdSchema,
  personName: Type.String(),
  institutionId: IdSchema,
  institutionName: Nullable(Type.String()),
  /** The how-many-eth return of this case, from 1. */
  nth: Type.Integer(),
  by: ReturnerSchema,
  byName: Type.String(),
  reason: ReturnReasonSchema,
  /** Items of the scale in doubt. */
  items: Type.Array(ItemCode),
  note: Nullable(Type.String()),
  returnedOn: DaySchema,
  returnedAt: InstantSchema,
  /** Last day for the new assessment; null without the figure, or where `calendarMissing` names the file. */
  dueOn: Nullable(DaySchema),
  calendarMissing: Nullable(Type.String()),
  /** When the new assessment arrived. */
  answeredAt: Nullable(InstantSchema),
  late: Type.Boolean(),
  state: Type.Union([Type.Literal('open'), Type.Literal('answered'), Type.Literal('moot')]),
});

export const ScrutinySchema = Type.Object({
  assessmentId: Nullable(IdSchema),
  /** Agreeing experts that a confirmation needs, and how many are asked at most when they disagree (null: one disagreement returns). */
  needed: Type.Integer(),
  atMost: Nullable(Type.Integer()),
  /** Whether only drawn experts may vote on this case. */
  drawAsked: Type.Boolean(),
  /** The kept decision on the draw, and the commitment published before it. */
  drawDecisionId: Nullable(IdSchema),
  commitment: Nullable(Type.Object({ sha256: Type.String(), committedAt: InstantSchema })),
  /** The experts asked, in the order of the draw; names only for those who may know. */
  drawn: Type.Array(Type.Object({ place: Type.Integer(), name: Nullable(Type.String()), own: Type.Boolean(), voted: Type.Boolean(), asked: Type.Boolean() })),
  /** Too few experts can be drawn: how many are lacking. */
  lacking: Type.Integer(),
  /** Voices given so far, and whether their content is kept from this reader until the own one is given. */
  voices: Type.Integer(),
  hidden: Type.Boolean(),
  /** The kept decision on the voices, once they decided. */
  voicesDecisionId: Nullable(IdSchema),
  /** Whether this case needs the commissioned insurer's check before its notice. */
  checkAsked: Type.Boolean(),
  check: Nullable(Type.Object({ result: Type.String(), checklist: Type.Record(Type.String(), Type.Boolean()), note: Nullable(Type.String()), checkerName: Type.String(), checkedAt: InstantSchema })),
  returns: Type.Array(CaseReturnSchema),
  /** Said to who dispatches: after so many returns another institution is to take the case. */
  changeInstitution: Nullable(Type.Object({ returns: Type.Integer(), max: Type.Integer(), institutionName: Nullable(Type.String()) })),
});

export const expertContract = defineContract({
  'GET /api/applications/{id}/scrutiny': {
    summary: { zh: '评估结果的确认、核查与退单情况', en: 'How a result is looked at: experts drawn, their voices, the check, returns' },
    permission: 'assessments.read', params: IdParams, output: ScrutinySchema, refusals: ['NOT_FOUND'],
  },
  'GET /api/assessments/{id}/application': {
    summary: { zh: '一次评估属于哪件申请', en: 'Of which application an assessment is; null to whoever may not open that' },
    permission: 'assessments.read', params: IdParams, output: Type.Object({ applicationId: Nullable(IdSchema), number: Nullable(Type.String()) }), refusals: ['NOT_FOUND'],
  },
  'POST /api/applications/{id}/experts': {
    summary: { zh: '重新抽取确认专家（已抽专家不能参加或人数不足时）', en: 'Draw the experts again: one drawn cannot take part, or too few were there' },
    permission: 'assessments.dispatch', params: IdParams, body: Type.Object({ note: NoteSchema }, { additionalProperties: false }),
    output: Type.Object({ drawn: Type.Integer(), decisionId: IdSchema }), refusals: ['NOT_FOUND', 'APPLICATION_STATE', 'DRAW_STANDS'],
  },
  'POST /api/applications/{id}/check': {
    summary: { zh: '委托承办机构核查：通过或退回', en: 'The commissioned insurer checks a confirmed result: passed, or sent back' },
    permission: 'assessments.check', params: IdParams, body: CheckBodySchema, output: Type.Object({ state: Type.String() }),
    refusals: ['NOT_FOUND', 'APPLICATION_STATE', 'CHECK_OWN_PART', 'CHECK_POINTS_OPEN', 'CHECK_REASON', 'RETURN_ITEM_UNKNOWN'],
  },
  'POST /api/applications/{id}/return': {
    summary: { zh: '经办机构退回重新评估', en: 'The agency sends a result back to be assessed anew' },
    permission: 'assessments.dispatch', params: IdParams, body: ReturnBodySchema, output: Type.Object({ state: Type.String() }), refusals: ['NOT_FOUND', 'APPLICATION_STATE', 'RETURN_ITEM_UNKNOWN'],
  },
  'GET /api/returns': {
    summary: { zh: '退单列表', en: 'List of returned cases' },
    permission: 'assessments.read',
    query: pageQuery({
      state: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('late'), Type.Literal('answered')])),
      institution: Type.Optional(IdSchema),
      district: Type.Optional(DistrictSchema),
      by: Type.Optional(ReturnerSchema),
    }),
    output: pageOf(CaseReturnSchema),
  },
});
