/** Workers: the people of the institutions, with class (decides the price) and abilities (what they may do). */
import { Type } from '@sinclair/typebox';
import { defineContract } from '#kit/contract.ts';
import { pageOf, pageQuery } from '#kit/paging.ts';
import { DaySchema, DistrictSchema, IdParams, IdSchema, InstantSchema, Nullable } from '#kit/schemas.ts';
import { registerContract } from './register/contract.ts';

export const WorkerClassSchema = Type.Union([Type.Literal('nurse'), Type.Literal('trained'), Type.Literal('carer'), Type.Literal('individual'), Type.Literal('assessor'), Type.Literal('expert')]);

export const WorkerRowSchema = Type.Object({
  id: IdSchema,
  /** That of the institution; for an expert of the city's list the code of the city itself, four digits and 00. */
  districtCode: DistrictSchema,
  /** Null for an expert of the city's list, who belongs to no institution. */
  institutionId: Nullable(IdSchema),
  institutionName: Nullable(Type.String()),
  name: Type.String(),
  workerClass: WorkerClassSchema,
  certificateNumber: Nullable(Type.String()),
  abilities: Type.Array(Type.String()),
  fromOn: DaySchema,
  toOn: Nullable(DaySchema),
});

export const WorkerSchema = Type.Composite([WorkerRowSchema, Type.Object({ identityNumber: Type.String(), sourceRef: Nullable(Type.String()), createdAt: InstantSchema })]);

export const workersContract = defineContract({
  'GET /api/workers': {
    summary: { zh: '服务人员列表', en: 'List of workers' },
    permission: 'workers.read',
    query: pageQuery({ q: Type.Optional(Type.String({ maxLength: 60 })), institution: Type.Optional(IdSchema), workerClass: Type.Optional(WorkerClassSchema), district: Type.Optional(DistrictSchema) }),
    output: pageOf(WorkerRowSchema),
  },
  'GET /api/workers/{id}': { summary: { zh: '服务人员', en: 'A worker' }, permission: 'workers.read', params: IdParams, output: WorkerSchema, refusals: ['NOT_FOUND'] },
  'POST /api/workers': {
    summary: { zh: '登记服务人员', en: 'Add a worker' },
    permission: 'workers.add',
    body: Type.Object(
      {
        institutionId: Type.Optional(IdSchema),
        name: Type.String({ minLength: 1, maxLength: 60 }),
        identityNumber: Type.String({ minLength: 1, maxLength: 30 }),
        workerClass: WorkerClassSchema,
        certificateNumber: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
        abilities: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 20 }), { maxItems: 60 })),
        fromOn: DaySchema,
        toOn: Type.Optional(DaySchema),
      },
      { additionalProperties: false },
    ),
    output: Type.Object({ id: IdSchema }),
    refusals: ['NOT_FOUND', 'WORKER_IDENTITY_NUMBER', 'WORKER_DUPLICATE', 'WORKER_INSTITUTION', 'WORKER_DAYS', 'WORKER_CLASS', 'WORKER_CITY_LIST'],
  },
  ...registerContract,
});
