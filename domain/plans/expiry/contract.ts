/** The queue of conclusions that end: due, overdue, lapsed; with care that still runs, reminders, and what the family did. */
import { Type } from '@sinclair/typebox';
import { defineContract } from '#kit/contract.ts';
import { pageOf, pageQuery } from '#kit/paging.ts';
import { DaySchema, DistrictSchema, IdSchema, Nullable, TownshipSchema } from '#kit/schemas.ts';

/** `due`: ends within assessments.endOfTermDays. `overdue`: past the last reminder and no application. `lapsed`: over, with none after it. */
export const EXPIRY_GROUPS = ['lapsed', 'overdue', 'due'] as const;

export const ExpiringSchema = Type.Object({
  conclusionId: IdSchema,
  number: Type.String(),
  districtCode: DistrictSchema,
  townshipCode: Type.String(),
  townshipZh: Type.String(),
  townshipEn: Type.String(),
  community: Type.String(),
  personId: IdSchema,
  personName: Type.String(),
  phone: Nullable(Type.String()),
  grade: Type.Integer(),
  lastDayOn: DaySchema,
  daysLeft: Type.Integer({ description: 'negative once it has lapsed' }),
  group: Type.Union(EXPIRY_GROUPS.map((group) => Type.Literal(group))),
  /** A confirmed plan runs today and the person is not suspended. */
  careRuns: Type.Boolean(),
  institutionName: Nullable(Type.String()),
  application: Nullable(Type.Object({ id: IdSchema, number: Type.String(), state: Type.String(), filedOn: DaySchema })),
  reminders: Type.Array(Type.Object({ thresholdDays: Type.Integer(), remindedOn: DaySchema, phone: Nullable(Type.String()), messageState: Nullable(Type.String()) })),
});

const filters = {
  group: Type.Optional(Type.Union(EXPIRY_GROUPS.map((group) => Type.Literal(group)))),
  q: Type.Optional(Type.String({ maxLength: 60 })),
  district: Type.Optional(DistrictSchema),
  township: Type.Optional(TownshipSchema),
  care: Type.Optional(Type.Literal('runs', { description: 'only those whose care runs' })),
};

export const expiryQueueContract = defineContract({
  'GET /api/conclusions/expiring': { summary: { zh: '到期评估队列', en: 'Conclusions that end, or have lapsed' }, permission: 'assessments.read', query: pageQuery(filters), output: pageOf(ExpiringSchema) },
  'GET /api/conclusions/expiring.xlsx': { summary: { zh: '导出到期评估队列', en: 'The queue as a workbook' }, permission: 'assessments.read', query: Type.Object(filters, { additionalProperties: false }), output: Type.Unknown(), file: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
});
