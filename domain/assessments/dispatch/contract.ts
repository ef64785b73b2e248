/** Dispatch: proposals by rule, orders and their answers, batches, declared interests. */
import { Type } from '@sinclair/typebox';
import { defineContract } from '#kit/contract.ts';
import { pageOf, pageQuery } from '#kit/paging.ts';
import { DaySchema, DistrictSchema, IdParams, IdSchema, InstantSchema, Nullable, ReasonSchema, TownshipSchema } from '#kit/schemas.ts';
import { ApplicationKindSchema, ApplicationStateSchema } from '../contract/application.ts';
import { AVOIDANCE_GROUNDS } from './grounds.ts';
import { EXCLUSIONS, INTEREST_RELATIONS, ORDER_REFUSALS, ORDER_STATES, ORDER_WITHDRAWALS } from './model.ts';

const strict = { additionalProperties: false } as const;
const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: '\\S' });
const oneOf = <T extends string>(values: readonly T[]) => Type.Union(values.map((one) => Type.Literal(one)));
const Clock = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$', description: 'HH:MM' });

export const OrderStateSchema = oneOf(ORDER_STATES);

export const CandidateSchema = Type.Object({
  institutionId: IdSchema,
  name: Type.String(),
  districtCode: DistrictSchema,
  place: Type.Integer({ minimum: 1 }),
  points: Type.Number(),
  capacityPoints: Type.Number(),
  rotationPoints: Type.Number(),
  performancePoints: Type.Number(),
  /** Cases that its assessors can have in hand; null where the register names none. */
  capacity: Nullable(Type.Integer()),
  openOrders: Type.Integer(),
  monthOrders: Type.Integer(),
  faultShareBp: Type.Integer({ description: 'refused, late and returned orders of the window, in basis points' }),
  drawn: Type.Boolean({ description: 'stood equal with another and was placed by the draw' }),
});
export const ExcludedSchema = Type.Object({ institutionId: IdSchema, name: Type.String(), districtCode: DistrictSchema, why: oneOf(EXCLUSIONS), ground: Nullable(oneOf(AVOIDANCE_GROUNDS)), detail: Nullable(Type.String()) });

const ProposalSchema = Type.Object({ applicationId: IdSchema, number: Type.String(), proposed: Type.Array(CandidateSchema), excluded: Type.Array(ExcludedSchema), reasons: Type.Array(ReasonSchema) });

export const OrderRowSchema = Type.Object({
  id: IdSchema,
  applicationId: IdSchema,
  number: Type.String(),
  districtCode: DistrictSchema,
  townshipCode: TownshipSchema,
  /** Null once the institution has given the case back and sees the person no more. */
  personName: Nullable(Type.String()),
  address: Nullable(Type.String()),
  kind: Nullable(ApplicationKindSchema),
  institutionId: IdSchema,
  institutionName: Type.String(),
  state: OrderStateSchema,
  issuedAt: InstantSchema,
  issuerName: Type.String(),
  decisionId: IdSchema,
  place: Nullable(Type.Integer()),
  chosenReason: Nullable(Type.String()),
  respondBy: Nullable(InstantSchema),
  responseOverdue: Type.Boolean(),
  dueOn: Nullable(DaySchema),
  late: Type.Boolean(),
  answeredAt: Nullable(InstantSchema),
  answererName: Nullable(Type.String()),
  reasonCode: Nullable(Type.String()),
  note: Nullable(Type.String()),
  assessorName: Nullable(Type.String()),
  expertName: Nullable(Type.String()),
  appointmentOn: Nullable(DaySchema),
  windowFrom: Nullable(Type.String()),
  windowTo: Nullable(Type.String()),
  endedAt: Nullable(InstantSchema),
});

export const SendableSchema = Type.Object({
  accountId: IdSchema,
  name: Type.String(),
  role: Type.Union([Type.Literal('assessor'), Type.Literal('assessmentExpert')]),
  fit: Type.Boolean(),
  /** What the register lacks, or the ground for which the person keeps away. */
  standing: Type.String(),
  standingReasons: Type.Array(ReasonSchema),
  avoided: Nullable(oneOf(AVOIDANCE_GROUNDS)),
  appointments: Type.Integer({ description: 'other appointments from today on' }),
});

const OrderSchema = Type.Composite([OrderRowSchema, Type.Object({ contactPhone: Nullable(Type.String()), applicantName: Nullable(Type.String()), persons: Type.Array(SendableSchema), mustBeTaken: Type.Boolean(),
  sendAnew: Type.Boolean({ description: 'the case came back and waits: others can be sent to mend it, with the reason' }), mayMend: Type.Array(Type.String({ description: 'who may mend the case now: those who were on site, or who were sent anew' })),
})]);

const QueueRowSchema = Type.Object({
  id: IdSchema, number: Type.String(), personName: Type.String(), kind: ApplicationKindSchema, townshipCode: TownshipSchema, districtCode: DistrictSchema, acceptedOn: Nullable(DaySchema), dueOn: Nullable(DaySchema),
  workingDaysLeft: Nullable(Type.Integer({ description: 'working days to the due day; below 0 when over it' })), overdue: Type.Boolean(), calendarMissing: Nullable(Type.String()), givenBack: Type.Integer({ description: 'orders of this case that were refused, lapsed or withdrawn' }),
  first: Nullable(CandidateSchema), others: Type.Integer(), excluded: Type.Array(ExcludedSchema),
});

const PlaceSchema = { districtCode: DistrictSchema, townshipCode: Type.Optional(TownshipSchema) };
const ShareSchema = Type.Object({
  institutionId: IdSchema, name: Type.String(), districtCode: DistrictSchema, cases: Type.Integer(), openOrders: Type.Integer(), monthOrders: Type.Integer(), capacity: Nullable(Type.Integer()), faultShareBp: Type.Integer(),
  beyondCapacity: Type.Integer({ description: 'cases of this batch beyond what its assessors can have in hand' }), drawn: Type.Integer(),
});
const PreviewBatchSchema = Type.Object({
  cases: Type.Integer(), shares: Type.Array(ShareSchema), unplaced: Type.Array(Type.Object({ applicationId: IdSchema, number: Type.String(), excluded: Type.Array(ExcludedSchema) })),
  /** What is confirmed: the batch is refused when the cases or the load changed since. */
  stamp: Type.String(),
});

const InterestRowSchema = Type.Object({
  id: IdSchema, districtCode: DistrictSchema, institutionId: IdSchema, institutionName: Type.String(), workerId: Nullable(IdSchema), accountId: Nullable(IdSchema), partyName: Type.String(), relation: oneOf(INTEREST_RELATIONS),
  personNumber: Nullable(Type.String({ description: 'masked, but for whoever sees the person' })), townshipCode: Nullable(Type.String()), community: Nullable(Type.String()), careInstitutionId: Nullable(IdSchema), careInstitutionName: Nullable(Type.String()),
  fromOn: DaySchema, toOn: Nullable(DaySchema), evidence: Type.String(), declarerName: Type.String(), declaredAt: InstantSchema,
});

const ORDER_STATE_REFUSALS = ['NOT_FOUND', 'ORDER_STATE'] as const;

export const dispatchContract = defineContract({
  'GET /api/dispatch-queue': {
    summary: { zh: '待派单案件，带建议机构', en: 'Cases that wait for dispatch, each with the proposed institution' },
    permission: 'assessments.dispatch',
    query: pageQuery({ q: Type.Optional(Type.String({ maxLength: 60 })), district: Type.Optional(DistrictSchema), township: Type.Optional(TownshipSchema), overdue: Type.Optional(Type.Boolean()) }),
    output: pageOf(QueueRowSchema),
  },
  'GET /api/applications/{id}/dispatch-proposal': {
    summary: { zh: '派单建议：各机构的名次和理由', en: 'Proposal for dispatch: the institutions in order, with reasons' },
    permission: 'assessments.dispatch', params: IdParams, output: ProposalSchema, refusals: ['NOT_FOUND', 'APPLICATION_STATE'],
  },
  'POST /api/applications/{id}/dispatch': {
    summary: { zh: '派单给评估机构', en: 'Dispatch to an assessment institution' },
    permission: 'assessments.dispatch', params: IdParams,
    body: Type.Object({ institutionId: IdSchema, reason: Type.Optional(Type.String({ maxLength: 400 })) }, strict),
    output: Type.Object({ state: ApplicationStateSchema, orderId: IdSchema, decisionId: IdSchema }),
    refusals: ['NOT_FOUND', 'APPLICATION_STATE', 'DISPATCH_ALREADY', 'DISPATCH_INSTITUTION', 'DISPATCH_PAUSED', 'DISPATCH_RECUSED', 'DISPATCH_NO_ASSESSORS', 'DISPATCH_REASON', 'REVIEW_SAME_INSTITUTION'],
  },
  'GET /api/dispatch-batches/preview': {
    summary: { zh: '批量派单预览：谁得几件、为什么', en: 'Preview of a batch: who gets how many, and why' },
    permission: 'assessments.dispatch', query: Type.Object(PlaceSchema, strict), output: PreviewBatchSchema,
  },
  'POST /api/dispatch-batches': {
    summary: { zh: '批量派单（区或街镇的全部已受理案件）', en: 'Dispatch every accepted case of a district or township' },
    permission: 'assessments.dispatch', body: Type.Object({ ...PlaceSchema, stamp: Type.String({ pattern: '^[0-9a-f]{64}$' }) }, strict),
    output: Type.Object({ id: IdSchema, dispatched: Type.Integer(), shares: Type.Array(ShareSchema), unplaced: Type.Integer() }), refusals: ['DISPATCH_EMPTY', 'DISPATCH_CHANGED'],
  },
  'GET /api/orders': {
    summary: { zh: '派单列表', en: 'Orders' },
    permission: 'assessments.read',
    query: pageQuery({
      q: Type.Optional(Type.String({ maxLength: 60 })), state: Type.Optional(OrderStateSchema), institution: Type.Optional(IdSchema), district: Type.Optional(DistrictSchema), application: Type.Optional(IdSchema),
      late: Type.Optional(Type.Boolean()), unassigned: Type.Optional(Type.Boolean()), from: Type.Optional(DaySchema), to: Type.Optional(DaySchema),
    }),
    output: pageOf(OrderRowSchema),
  },
  'GET /api/orders/{id}': { summary: { zh: '派单', en: 'An order, with the persons who may be sent' }, permission: 'assessments.read', params: IdParams, output: OrderSchema, refusals: ['NOT_FOUND'] },
  'POST /api/orders/{id}/accept': { summary: { zh: '接单', en: 'Take an order' }, permission: 'assessments.takeOrder', params: IdParams, output: OrderRowSchema, refusals: [...ORDER_STATE_REFUSALS, 'ORDER_LAPSED'] },
  'POST /api/orders/{id}/refuse': {
    summary: { zh: '拒单（写明原因）', en: 'Refuse an order with a reason' },
    permission: 'assessments.takeOrder', params: IdParams, body: Type.Object({ reason: oneOf(ORDER_REFUSALS), note: Text(400) }, strict), output: OrderRowSchema, refusals: [...ORDER_STATE_REFUSALS],
  },
  'POST /api/orders/{id}/assign': {
    summary: { zh: '派出评估员和专家，约定时间', en: 'Send an assessor and an expert, with the appointment' },
    permission: 'assessments.takeOrder', params: IdParams,
    body: Type.Object({ assessorAccountId: IdSchema, expertAccountId: IdSchema, appointmentOn: DaySchema, windowFrom: Clock, windowTo: Clock, note: Type.Optional(Type.String({ maxLength: 400, description: 'why others are sent; needed where the case came back' })) }, strict), output: OrderRowSchema,
    refusals: [...ORDER_STATE_REFUSALS, 'ORDER_ANEW_NOTE', 'ORDER_PERSONS', 'ORDER_APPOINTMENT', 'ASSESSOR_NOT_ACTIVE', 'ASSESSOR_RECUSED'],
  },
  'POST /api/orders/{id}/withdraw': {
    summary: { zh: '撤回派单', en: 'Take an order back' },
    permission: 'assessments.dispatch', params: IdParams, body: Type.Object({ reason: Type.Union([Type.Literal('MISTAKE'), Type.Literal('OTHER')]), note: Text(400) }, strict), output: OrderRowSchema, refusals: [...ORDER_STATE_REFUSALS],
  },
  'GET /api/interests': {
    summary: { zh: '利害关系登记', en: 'Declared interests' },
    permission: 'assessments.read', query: pageQuery({ q: Type.Optional(Type.String({ maxLength: 60 })), institution: Type.Optional(IdSchema), current: Type.Optional(Type.Boolean()) }), output: pageOf(InterestRowSchema),
  },
  'POST /api/interests': {
    summary: { zh: '登记利害关系', en: 'Declare an interest' },
    permission: 'assessments.declareInterest',
    body: Type.Object({
      institutionId: IdSchema, workerId: Type.Optional(IdSchema), relation: oneOf(INTEREST_RELATIONS), personNumber: Type.Optional(Type.String({ minLength: 15, maxLength: 20 })),
      townshipCode: Type.Optional(TownshipSchema), community: Type.Optional(Text(60)), careInstitutionId: Type.Optional(IdSchema), fromOn: DaySchema, toOn: Type.Optional(DaySchema), evidence: Text(400),
    }, strict),
    output: Type.Object({ id: IdSchema }), refusals: ['NOT_FOUND', 'INTEREST_PARTY', 'INTEREST_TARGET', 'INTEREST_DAYS', 'INTEREST_PERSON_NUMBER'],
  },
  'POST /api/interests/{id}/end': {
    summary: { zh: '终止利害关系登记', en: 'End a declared interest' },
    permission: 'assessments.declareInterest', params: IdParams, body: Type.Object({ toOn: DaySchema, note: Text(400) }, strict), output: Type.Object({ id: IdSchema }), refusals: ['NOT_FOUND', 'INTEREST_DAYS', 'INTEREST_PARTY'],
  },
});
