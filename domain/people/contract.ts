/** People: the register of insured persons and their hospital stays. */
import { Type } from '@sinclair/typebox';
import { defineContract } from '#kit/contract.ts';
import { pageOf, pageQuery } from '#kit/paging.ts';
import { DaySchema, DistrictSchema, IdParams, IdSchema, InstantSchema, Nullable, TownshipSchema } from '#kit/schemas.ts';

export const PersonRowSchema = Type.Object({
  id: IdSchema,
  districtCode: DistrictSchema,
  townshipCode: TownshipSchema,
  townshipZh: Type.String(),
  townshipEn: Type.String(),
  community: Type.String(),
  name: Type.String(),
  identityNumber: Type.String(),
  birthOn: DaySchema,
  sex: Type.Integer(),
  insuredKind: Nullable(Type.String()),
  deceasedOn: Nullable(DaySchema),
  origin: Type.String(),
});

export const PersonSchema = Type.Composite([
  PersonRowSchema,
  Type.Object({
    phone: Nullable(Type.String()),
    address: Type.String(),
    longitude: Nullable(Type.Number()),
    latitude: Nullable(Type.Number()),
    datum: Nullable(Type.String()),
    insuredFromOn: Nullable(DaySchema),
    sourceRef: Nullable(Type.String()),
    createdAt: InstantSchema,
  }),
]);

const StayKindSchema = Type.Union([Type.Literal('admission'), Type.Literal('emergencyObservation')]);
export const HospitalStaySchema = Type.Object({ id: IdSchema, kind: StayKindSchema, hospital: Type.String(), admittedOn: DaySchema, dischargedOn: Nullable(DaySchema), source: Type.String() });

export const peopleContract = defineContract({
  'GET /api/areas': {
    summary: { zh: '行政区划', en: 'Divisions' },
    permission: 'public',
    output: Type.Array(Type.Object({ code: Type.String(), zh: Type.String(), en: Type.String() })),
  },
  'GET /api/people': {
    summary: { zh: '参保人列表', en: 'List of insured persons' },
    permission: 'people.read',
    query: pageQuery({ q: Type.Optional(Type.String({ maxLength: 60 })), township: Type.Optional(TownshipSchema), district: Type.Optional(DistrictSchema) }),
    output: pageOf(PersonRowSchema),
  },
  'POST /api/people': {
    summary: { zh: '登记参保人', en: 'Register an insured person' },
    permission: 'people.register',
    body: Type.Object(
      {
        name: Type.String({ minLength: 1, maxLength: 60 }),
        identityNumber: Type.String({ minLength: 1, maxLength: 30 }),
        townshipCode: TownshipSchema,
        community: Type.String({ minLength: 1, maxLength: 60 }),
        address: Type.String({ minLength: 1, maxLength: 200 }),
        phone: Type.Optional(Type.String({ pattern: '^1[3-9][0-9]{9}$' })),
        insuredKind: Type.Optional(Type.Union([Type.Literal('employee'), Type.Literal('resident')])),
        insuredFromOn: Type.Optional(DaySchema),
        longitude: Type.Optional(Type.Number({ minimum: -180, maximum: 180 })),
        latitude: Type.Optional(Type.Number({ minimum: -90, maximum: 90 })),
        datum: Type.Optional(Type.Union([Type.Literal('WGS84'), Type.Literal('GCJ02')])),
      },
      { additionalProperties: false },
    ),
    output: Type.Object({ id: IdSchema }),
    refusals: ['PERSON_IDENTITY_NUMBER', 'PERSON_DUPLICATE', 'PERSON_AREA'],
  },
  'GET /api/people/{id}': { summary: { zh: '参保人', en: 'An insured person' }, permission: 'people.read', params: IdParams, output: PersonSchema, refusals: ['NOT_FOUND'] },
  'GET /api/people/{id}/hospital-stays': { summary: { zh: '住院记录', en: 'Hospital stays' }, permission: 'people.read', params: IdParams, output: Type.Array(HospitalStaySchema) },
  'POST /api/people/{id}/hospital-stays': {
    summary: { zh: '登记住院', en: 'Record a hospital stay' },
    permission: 'people.recordStay',
    params: IdParams,
    body: Type.Object({ hospital: Type.String({ minLength: 1, maxLength: 80 }), admittedOn: DaySchema, dischargedOn: Type.Optional(DaySchema), kind: Type.Optional(StayKindSchema) }, { additionalProperties: false }),
    output: Type.Object({ id: IdSchema }),
    refusals: ['NOT_FOUND', 'STAY_DAYS', 'STAY_OVERLAP'],
  },
  'POST /api/people/{id}/death': {
    summary: { zh: '登记死亡', en: 'Record a death' },
    permission: 'people.recordDeath',
    params: IdParams,
    body: Type.Object({ deceasedOn: DaySchema, source: Type.String({ minLength: 1, maxLength: 200, description: 'where it stands: certificate, register of the police, notice of the community' }) }, { additionalProperties: false }),
    output: Type.Object({ id: IdSchema }),
    refusals: ['NOT_FOUND', 'DEATH_DAY', 'DEATH_RECORDED'],
  },
});
