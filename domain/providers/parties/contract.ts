/** Related parties of institutions, and days on which an agreement is suspended. */
import { Type } from '@sinclair/typebox';
import { defineContract } from '#kit/contract.ts';
import { DaySchema, IdParams, IdSchema, InstantSchema, Nullable } from '#kit/schemas.ts';

const strict = { additionalProperties: false } as const;
const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: '\\S' });
export const PARTY_RELATIONS = ['investor', 'legalRepresentative', 'manager', 'controller'] as const;
const RelationSchema = Type.Union(PARTY_RELATIONS.map((one) => Type.Literal(one)));

export const PartySchema = Type.Object({
  id: IdSchema, institutionId: IdSchema, partyKind: Type.Union([Type.Literal('person'), Type.Literal('company')]), partyNumber: Type.String({ description: 'identity numbers are masked' }), partyName: Type.String(), relation: RelationSchema, fromOn: DaySchema,
  toOn: Nullable(DaySchema), evidence: Type.String(), actorName: Type.String(), recordedAt: InstantSchema,
});
export const PauseSchema = Type.Object({ id: IdSchema, fromOn: DaySchema, toOn: Nullable(DaySchema), reason: Type.String(), actorName: Type.String(), recordedAt: InstantSchema });

export const partiesContract = defineContract({
  'GET /api/institutions/{id}/related-parties': {
    summary: { zh: '机构关联方（出资人、法定代表人、管理者、实际控制人）', en: 'Related parties of an institution' },
    permission: 'workers.read', params: IdParams, output: Type.Object({ parties: Type.Array(PartySchema), pauses: Type.Array(PauseSchema) }), refusals: ['NOT_FOUND'],
  },
  'POST /api/institutions/{id}/related-parties': {
    summary: { zh: '登记机构关联方', en: 'Register a related party' },
    permission: 'providers.register', params: IdParams,
    body: Type.Object({ partyKind: Type.Union([Type.Literal('person'), Type.Literal('company')]), partyNumber: Type.String({ minLength: 15, maxLength: 20 }), partyName: Text(80), relation: RelationSchema, fromOn: DaySchema, toOn: Type.Optional(DaySchema), evidence: Text(400) }, strict),
    output: Type.Object({ id: IdSchema }), refusals: ['NOT_FOUND', 'INSTITUTION_AREA', 'PARTY_NUMBER', 'PARTY_DAYS', 'PARTY_ACROSS', 'PARTY_TWICE'],
  },
  'POST /api/related-parties/{id}/end': {
    summary: { zh: '终止关联关系', en: 'End a relation' },
    permission: 'providers.register', params: IdParams, body: Type.Object({ toOn: DaySchema }, strict), output: Type.Object({ id: IdSchema }), refusals: ['NOT_FOUND', 'PARTY_DAYS'],
  },
  'POST /api/institutions/{id}/pauses': {
    summary: { zh: '暂停机构协议', en: 'Suspend the agreement of an institution' },
    permission: 'providers.register', params: IdParams, body: Type.Object({ fromOn: DaySchema, toOn: Type.Optional(DaySchema), reason: Text(400) }, strict), output: Type.Object({ id: IdSchema }),
    refusals: ['NOT_FOUND', 'INSTITUTION_AREA', 'AGREEMENT_PAUSE_DAYS', 'PAUSE_OVERLAP'],
  },
  'POST /api/pauses/{id}/end': {
    summary: { zh: '恢复机构协议', en: 'Let a suspended agreement hold again' },
    permission: 'providers.register', params: IdParams, body: Type.Object({ toOn: DaySchema }, strict), output: Type.Object({ id: IdSchema }), refusals: ['NOT_FOUND', 'AGREEMENT_PAUSE_DAYS'],
  },
});
