/** Visits: what was done, for whom, by whom, from when to when; and the files they came from. */
import { Type } from '@sinclair/typebox';
import { defineContract } from '#kit/contract.ts';
import { pageOf, pageQuery } from '#kit/paging.ts';
import { DaySchema, DistrictSchema, IdParams, IdSchema, InstantSchema, MonthSchema, Nullable } from '#kit/schemas.ts';

export const VisitRowSchema = Type.Object({
  districtCode: DistrictSchema,
  serviceOn: DaySchema,
  id: IdSchema,
  personId: IdSchema,
  personName: Type.String(),
  institutionId: IdSchema,
  institutionName: Type.String(),
  workerId: IdSchema,
  workerName: Type.String(),
  workerClass: Type.String(),
  itemCode: Type.String(),
  itemZh: Type.String(),
  itemEn: Type.String(),
  startedAt: InstantSchema,
  endedAt: InstantSchema,
  durationMin: Type.Integer(),
  planId: Nullable(IdSchema),
  pairRef: Nullable(Type.String()),
  sourceRef: Type.String(),
});

export const VisitSchema = Type.Composite([
  VisitRowSchema,
  Type.Object({ longitude: Nullable(Type.Number()), latitude: Nullable(Type.Number()), sourceSeq: Type.Integer(), intakeId: IdSchema, intakeFormat: Type.String(), fileName: Type.String(), receivedAt: InstantSchema }),
]);

export const IntakeSchema = Type.Object({
  id: IdSchema,
  districtCode: DistrictSchema,
  format: Type.String(),
  fileName: Type.String(),
  sha256: Type.String(),
  institutionId: Nullable(IdSchema),
  institutionName: Nullable(Type.String()),
  rows: Type.Integer(),
  visits: Type.Integer(),
  receivedAt: InstantSchema,
});

const visitFilters = {
  month: Type.Optional(MonthSchema),
  day: Type.Optional(DaySchema),
  institution: Type.Optional(IdSchema),
  person: Type.Optional(IdSchema),
  worker: Type.Optional(IdSchema),
  item: Type.Optional(Type.String({ maxLength: 20 })),
  intake: Type.Optional(IdSchema),
  district: Type.Optional(DistrictSchema),
};
const EXCEL = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export const visitsContract = defineContract({
  'GET /api/visits': { summary: { zh: '服务记录列表', en: 'List of visits' }, permission: 'visits.read', query: pageQuery(visitFilters), output: pageOf(VisitRowSchema) },
  'GET /api/visits/{id}': {
    summary: { zh: '服务记录', en: 'A visit' },
    permission: 'visits.read',
    params: IdParams,
    query: Type.Object({ serviceOn: Type.Optional(DaySchema) }, { additionalProperties: false }),
    output: VisitSchema,
    refusals: ['NOT_FOUND'],
  },
  'GET /api/intakes': {
    summary: { zh: '导入记录', en: 'Files taken in' },
    permission: 'visits.read',
    query: pageQuery({ format: Type.Optional(Type.String({ maxLength: 10 })), institution: Type.Optional(IdSchema), district: Type.Optional(DistrictSchema) }),
    output: pageOf(IntakeSchema),
  },
  'POST /api/visits/intake': {
    summary: { zh: '导入服务记录文件', en: 'Take in a file of visits, all or nothing' },
    permission: 'visits.import',
    upload: true,
    query: Type.Object({ format: Type.Union([Type.Literal('csv'), Type.Literal('excel')]), district: Type.Optional(DistrictSchema) }, { additionalProperties: false }),
    output: Type.Object({
      intakeId: IdSchema,
      /** True when nothing of the file was new. */
      already: Type.Boolean(),
      rows: Type.Integer(),
      visits: Type.Integer(),
    }),
    refusals: ['FILE_MISSING', 'VISITS_FILE_REJECTED', 'VISITS_DISTRICT', 'IMPORT_MONTH_CLOSED'],
  },
  'GET /api/visits/template.xlsx': { summary: { zh: '服务记录导入模板', en: 'Template for files of visits' }, permission: 'visits.read', output: Type.Any(), file: EXCEL },
  'GET /api/visits/export.xlsx': { summary: { zh: '导出服务记录', en: 'Export visits' }, permission: 'visits.read', query: Type.Object(visitFilters, { additionalProperties: false }), output: Type.Any(), file: EXCEL },
  'GET /api/family/visits': {
    summary: { zh: '本人（亲属）的服务记录', en: "One's own person's visits" },
    permission: 'family.read',
    query: pageQuery({ month: Type.Optional(MonthSchema), person: Type.Optional(IdSchema) }),
    output: pageOf(VisitRowSchema),
  },
});
