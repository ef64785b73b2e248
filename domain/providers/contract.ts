/** Providers: designated institutions, their filed prices, and the catalogue of service items. */
import { Type } from '@sinclair/typebox';
import { defineContract } from '#kit/contract.ts';
import { pageOf, pageQuery } from '#kit/paging.ts';
import { DaySchema, DistrictSchema, FenSchema, IdParams, IdSchema, InstantSchema, Nullable, SourceRefSchema } from '#kit/schemas.ts';
import { partiesContract } from './parties/contract.ts';

export const InstitutionKindSchema = Type.Union([Type.Literal('assessment'), Type.Literal('homeCare'), Type.Literal('careHome'), Type.Literal('individualCarers')]);
/** Classes of which an institution files an hourly price. */
export const PricedClassSchema = Type.Union([Type.Literal('nurse'), Type.Literal('trained'), Type.Literal('carer')]);

export const InstitutionRowSchema = Type.Object({
  id: IdSchema,
  districtCode: DistrictSchema,
  districtZh: Type.String(),
  districtEn: Type.String(),
  code: Type.String(),
  name: Type.String(),
  kind: InstitutionKindSchema,
  address: Type.String(),
  phone: Nullable(Type.String()),
  capacity: Nullable(Type.Integer()),
  agreementFromOn: DaySchema,
  agreementToOn: Nullable(DaySchema),
});

export const InstitutionSchema = Type.Composite([
  InstitutionRowSchema,
  Type.Object({ creditCode: Type.String(), longitude: Nullable(Type.Number()), latitude: Nullable(Type.Number()), sourceRef: Nullable(Type.String()), createdAt: InstantSchema }),
]);

export const FiledPriceSchema = Type.Object({ workerClass: PricedClassSchema, fromOn: DaySchema, toOn: Nullable(DaySchema), hourlyPriceFen: FenSchema });

export const CatalogueItemSchema = Type.Object({
  code: Type.String(),
  group: Type.Union([Type.Literal('living'), Type.Literal('medical')]),
  zh: Type.String(),
  en: Type.String(),
  referenceMin: Nullable(Type.Integer()),
  nurseOnly: Type.Boolean(),
  origin: Type.String(),
  status: Type.String(),
});

const institutionFilters = { q: Type.Optional(Type.String({ maxLength: 60 })), kind: Type.Optional(InstitutionKindSchema), district: Type.Optional(DistrictSchema) };

export const providersContract = defineContract({
  ...partiesContract,
  'GET /api/institutions': { summary: { zh: '定点机构列表', en: 'List of designated institutions' }, permission: 'providers.read', query: pageQuery(institutionFilters), output: pageOf(InstitutionRowSchema) },
  'GET /api/public/institutions': { summary: { zh: '定点机构查询（公开）', en: 'Designated institutions, published' }, permission: 'public', query: pageQuery(institutionFilters), output: pageOf(InstitutionRowSchema) },
  'GET /api/institutions/{id}': { summary: { zh: '定点机构', en: 'A designated institution' }, permission: 'providers.read', params: IdParams, output: InstitutionSchema, refusals: ['NOT_FOUND'] },
  'POST /api/institutions': {
    summary: { zh: '登记定点机构', en: 'Register a designated institution' },
    permission: 'providers.register',
    body: Type.Object(
      {
        districtCode: DistrictSchema,
        code: Type.String({ pattern: '^[A-Z0-9-]{3,24}$' }),
        name: Type.String({ minLength: 2, maxLength: 80 }),
        kind: InstitutionKindSchema,
        creditCode: Type.String({ minLength: 1, maxLength: 30 }),
        address: Type.String({ minLength: 1, maxLength: 200 }),
        phone: Type.Optional(Type.String({ pattern: '^[0-9-]{7,20}$' })),
        longitude: Type.Optional(Type.Number({ minimum: -180, maximum: 180 })),
        latitude: Type.Optional(Type.Number({ minimum: -90, maximum: 90 })),
        capacity: Type.Optional(Type.Integer({ minimum: 1, maximum: 100000 })),
        agreementFromOn: DaySchema,
        agreementToOn: Type.Optional(DaySchema),
      },
      { additionalProperties: false },
    ),
    output: Type.Object({ id: IdSchema }),
    refusals: ['INSTITUTION_CREDIT_CODE', 'INSTITUTION_DUPLICATE', 'INSTITUTION_AREA', 'INSTITUTION_AGREEMENT_DAYS', 'INSTITUTION_LOCATION', 'INSTITUTION_ACROSS'],
  },
  'GET /api/institutions/{id}/prices': { summary: { zh: '机构备案价', en: 'Prices an institution has filed' }, permission: 'providers.read', params: IdParams, output: Type.Array(FiledPriceSchema), refusals: ['NOT_FOUND'] },
  'POST /api/institutions/{id}/prices': {
    summary: { zh: '备案价格', en: 'File a price' },
    permission: 'providers.register',
    params: IdParams,
    body: Type.Object({ workerClass: PricedClassSchema, fromOn: DaySchema, toOn: Type.Optional(DaySchema), hourlyPriceFen: Type.Integer({ minimum: 1, maximum: 10_000_000 }) }, { additionalProperties: false }),
    output: FiledPriceSchema,
    refusals: ['NOT_FOUND', 'INSTITUTION_AREA', 'PRICE_DAYS', 'PRICE_FOLLOWS_PAST', 'PRICE_OVERLAP'],
  },
  'GET /api/catalogue': {
    summary: { zh: '服务项目目录（公开）', en: 'Catalogue of service items, published' },
    permission: 'public',
    query: Type.Object({ on: Type.Optional(DaySchema) }, { additionalProperties: false }),
    output: Type.Object({ id: Type.String(), on: DaySchema, fromOn: DaySchema, toOn: Nullable(DaySchema), status: Type.String(), file: Type.String(), sources: Type.Array(SourceRefSchema), items: Type.Array(CatalogueItemSchema) }),
    refusals: ['CATALOGUE_NONE'],
  },
});
