/** Plans: mode of care, items with minutes and frequency, confirmed by the person before the first visit. */
import { Type } from '@sinclair/typebox';
import { defineContract } from '#kit/contract.ts';
import { pageOf, pageQuery } from '#kit/paging.ts';
import { DaySchema, DistrictSchema, FenSchema, IdParams, IdSchema, InstantSchema, Nullable, ReasonSchema, TownshipSchema } from '#kit/schemas.ts';
import { expiryQueueContract } from './expiry/contract.ts';

export const PlanModeSchema = Type.Union([Type.Literal('homeVisit'), Type.Literal('homeIndividual'), Type.Literal('institution')]);
export const PlanStateSchema = Type.Union([Type.Literal('proposed'), Type.Literal('confirmed'), Type.Literal('declined'), Type.Literal('ended')]);
export const PlanActSchema = Type.Union([Type.Literal('confirm'), Type.Literal('decline'), Type.Literal('end')]);

export const PlanRowSchema = Type.Object({
  id: IdSchema,
  number: Type.String(),
  districtCode: DistrictSchema,
  townshipCode: TownshipSchema,
  personId: IdSchema,
  personName: Type.String(),
  mode: PlanModeSchema,
  institutionId: IdSchema,
  institutionName: Type.String(),
  fromOn: DaySchema,
  toOn: Nullable(DaySchema),
  state: PlanStateSchema,
  origin: Type.String(),
});

export const PlanItemSchema = Type.Object({
  itemCode: Type.String(),
  /** Names in the catalogue of the plan's first day; the code itself when that edition no longer lists it. */
  zh: Type.String(),
  en: Type.String(),
  minutes: Type.Integer(),
  timesPerDay: Type.Integer(),
  timesPerWeek: Type.Integer(),
  carers: Type.Integer(),
  /** minutes × timesPerWeek × carers. */
  weekMin: Type.Integer(),
});

export const PlanSchema = Type.Composite([
  PlanRowSchema,
  Type.Object({
    workerId: Nullable(IdSchema),
    workerName: Nullable(Type.String()),
    proposedAt: InstantSchema,
    confirmedAt: Nullable(InstantSchema),
    confirmedBy: Nullable(Type.String()),
    /** Grade of the conclusion that counts on the plan's first day (or today, when later); null when none does. */
    grade: Nullable(Type.Integer()),
    items: Type.Array(PlanItemSchema),
    /** Planned minutes of one week, all items and carers together. */
    weekMin: Type.Integer(),
    /** Minutes of home visits the fund pays in a week for this grade; null for modes paid by the day or without a grade. */
    weeklyCapMin: Nullable(Type.Integer()),
    /** What one week is expected to cost: an estimate at the price of a trained carer or seven days; null when no price is published. */
    week: Nullable(Type.Object({ billedFen: FenSchema, fundFen: FenSchema, personFen: FenSchema, overCapMin: Type.Integer() })),
    /** What may be done next, in this state. */
    nextActs: Type.Array(PlanActSchema),
    reasons: Type.Array(ReasonSchema),
  }),
]);

const PlanItemInputSchema = Type.Object(
  {
    itemCode: Type.String({ minLength: 1, maxLength: 20 }),
    minutes: Type.Integer({ minimum: 1, maximum: 1440 }),
    timesPerDay: Type.Integer({ minimum: 1, maximum: 24 }),
    timesPerWeek: Type.Integer({ minimum: 1, maximum: 168 }),
    carers: Type.Optional(Type.Integer({ minimum: 1, maximum: 2 })),
  },
  { additionalProperties: false },
);

const Confirmation = Type.Object({ confirmerName: Type.String({ minLength: 1, maxLength: 60 }), note: Type.Optional(Type.String({ maxLength: 400 })) }, { additionalProperties: false });
const Note = Type.Object({ note: Type.String({ minLength: 1, maxLength: 400 }) }, { additionalProperties: false });
const Done = Type.Object({ id: IdSchema, state: PlanStateSchema });

export const plansContract = defineContract({
  ...expiryQueueContract,
  'GET /api/plans': {
    summary: { zh: '护理计划列表', en: 'List of care plans' },
    permission: 'plans.read',
    query: pageQuery({
      q: Type.Optional(Type.String({ maxLength: 60 })),
      state: Type.Optional(PlanStateSchema),
      mode: Type.Optional(PlanModeSchema),
      institution: Type.Optional(IdSchema),
      person: Type.Optional(IdSchema),
      district: Type.Optional(DistrictSchema),
    }),
    output: pageOf(PlanRowSchema),
  },
  'GET /api/plans/{id}': { summary: { zh: '护理计划', en: 'A care plan' }, permission: 'plans.read', params: IdParams, output: PlanSchema, refusals: ['NOT_FOUND'] },
  'POST /api/plans': {
    summary: { zh: '拟订护理计划', en: 'Propose a care plan' },
    permission: 'plans.propose',
    body: Type.Object(
      {
        personId: IdSchema,
        mode: PlanModeSchema,
        institutionId: IdSchema,
        workerId: Type.Optional(IdSchema),
        fromOn: DaySchema,
        toOn: Type.Optional(DaySchema),
        items: Type.Array(PlanItemInputSchema, { maxItems: 60 }),
      },
      { additionalProperties: false },
    ),
    output: Type.Object({ id: IdSchema, number: Type.String() }),
    refusals: [
      'NOT_FOUND', 'PLAN_NO_ENTITLEMENT', 'PLAN_MODE_NOT_OFFERED', 'PLAN_ITEM_UNKNOWN', 'PLAN_ITEM_TWICE', 'PLAN_ITEMS_NEEDED', 'PLAN_INSTITUTION_KIND', 'PLAN_INSTITUTION_AGREEMENT',
      'PLAN_INSTITUTION_OTHER', 'PLAN_WORKER', 'PLAN_UNREASONABLE', 'PLAN_FREQUENCY', 'PLAN_DAY_TOO_LONG', 'PLAN_DAYS', 'PLAN_PAUSED', 'PLAN_OVERLAP',
    ],
  },
  'POST /api/plans/{id}/confirm': {
    summary: { zh: '窗口代录确认', en: 'Record at the window that the person confirmed the plan' },
    permission: 'plans.confirm',
    params: IdParams,
    body: Confirmation,
    output: Done,
    refusals: ['NOT_FOUND', 'PLAN_STATE', 'PLAN_OVERLAP', 'PLAN_NO_ENTITLEMENT', 'PLAN_PAUSED'],
  },
  'POST /api/plans/{id}/decline': { summary: { zh: '不同意计划', en: 'Decline a plan' }, permission: 'plans.confirm', params: IdParams, body: Note, output: Done, refusals: ['NOT_FOUND', 'PLAN_STATE'] },
  'POST /api/plans/{id}/end': {
    summary: { zh: '终止计划', en: 'End a plan' },
    permission: 'plans.confirm',
    params: IdParams,
    body: Type.Object({ toOn: DaySchema, note: Type.String({ minLength: 1, maxLength: 400 }) }, { additionalProperties: false }),
    output: Done,
    refusals: ['NOT_FOUND', 'PLAN_STATE', 'PLAN_DAYS'],
  },
  'GET /api/family/plans': { summary: { zh: '本人（亲属）的护理计划', en: "One's own person's plans" }, permission: 'family.read', output: Type.Array(PlanSchema) },
  'POST /api/family/plans/{id}/confirm': {
    summary: { zh: '本人或亲属确认计划', en: 'Confirm a plan as the person or family' },
    permission: 'plans.confirmOwn',
    params: IdParams,
    output: Done,
    refusals: ['NOT_FOUND', 'PLAN_STATE', 'PLAN_OVERLAP', 'PLAN_NO_ENTITLEMENT', 'PLAN_PAUSED'],
  },
  'POST /api/family/plans/{id}/decline': { summary: { zh: '本人或亲属不同意计划', en: 'Decline a plan as the person or family' }, permission: 'plans.confirmOwn', params: IdParams, body: Note, output: Done, refusals: ['NOT_FOUND', 'PLAN_STATE'] },
});
