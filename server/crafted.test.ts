/**
 * Nobody breaks the house by what they send: every writing endpoint of the assessments, and signing in, gets bodies made from its own contract with places
 * filled by what nobody writes by accident, about rows of the loaded city that the sender may touch. Each answer is a result, or a refusal in a sentence.
 */
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Endpoint } from '#kit/contract.ts';
import { identityContract } from '#platform/identity/contract.ts';
import { DEMO_PASSWORD } from '#world/accounts.ts';
import { freshWorld } from '#world/testing.ts';
import { CRAFTED, craftedFrom, RAW, sampleOf, type Json, type Known, type Shape } from '../tidy/crafted.ts';
import { chanceOf } from '../tidy/scope/random.ts';
import { modules } from './modules.ts';
import { openTestHouse, type TestHouse } from './testing.ts';

/** The same lot every time; CRAFTED_SEED=7 draws another, CRAFTED_DEPTH=20 sends twenty times as many. */
const chance = chanceOf(Number(process.env['CRAFTED_SEED'] ?? 20261122));
const TIMES = 6 * Number(process.env['CRAFTED_DEPTH'] ?? 1);

const contracts: Record<string, Endpoint>[] = [identityContract, ...modules.filter((one) => one.name === 'assessments').map((one) => one.contract)];
// Signing out would leave the senders outside for all that follows.
const writings = contracts.flatMap((contract) => Object.entries(contract)).filter(([key]) => !key.startsWith('GET ') && key !== 'DELETE /api/session');
/** The table that a path's id is of, by the noun before it. */
const TABLES: Record<string, string> = {
  applications: 'assessments.application', materials: 'assessments.material', orders: 'assessments.dispatch_order', interests: 'assessments.interest', people: 'people.person', assessments: 'assessments.assessment',
  conclusions: 'assessments.conclusion', suspensions: 'assessments.suspension', rechecks: 'assessments.recheck', visits: 'assessments.site_visit', complaints: 'assessments.complaint', 'fee-statements': 'assessments.fee_month',
};
/** Accounts of the city, whose own roles say what they may call. */
const SENDERS = ['agency-01', 'agency-03', 'reviewer-01', 'cashier-01', 'assessor-01', 'assessor-03', 'expert-01a', 'family-01', 'insurer-01', 'assess-01', 'township-01', 'bureau'];

let house: TestHouse;
let known: Known;
let senders: { cookie: string; may: readonly string[] }[];
const rows = new Map<string, string[]>();

beforeAll(async () => {
  house = await openTestHouse('2026-11-20T02:00:00Z', freshWorld());
  const { owner } = house.platform.databases;
  const { rows: accounts } = await owner.query<{ id: string; name: string; may: string[] }>('SELECT a.id, a.sign_in_name AS name, r.permissions AS may FROM identity.account a JOIN identity.role r ON r.code = a.role_code WHERE a.sign_in_name = ANY ($1) ORDER BY 2', [SENDERS]);
  senders = [];
  for (const { name, may } of accounts) senders.push({ may, cookie: String((await house.outsider('POST', '/api/session', { signInName: name, password: DEMO_PASSWORD })).headers['set-cookie']).split(';')[0]! });
  for (const [noun, table] of Object.entries(TABLES)) rows.set(noun, (await owner.query<{ id: string }>(`SELECT id FROM ${table} ORDER BY id`)).rows.map((one) => one.id));
  const institutions = (await owner.query<{ id: string }>('SELECT id FROM providers.institution ORDER BY id')).rows.map((one) => one.id);
  known = { ids: [...[...rows.values()].flatMap((ids) => ids.slice(0, 6)), ...institutions, ...accounts.map((one) => one.id)], codes: ['adl.walking', 'identityCard', 'low', 'full', 'A', '990101', 'toString', 'X'.repeat(60)] };
}, 400_000);
afterAll(() => house?.close());

/** The address of an endpoint: real ids in most calls, crafted ones in the others. */
function addressOf(key: string, query: Shape | undefined): string {
  const path = key.split(' ')[1]!.replace(/(\w[\w-]*)\/\{id\}/, (_, noun: string) => {
    const own = rows.get(noun) ?? [];
    return `${noun}/${own.length > 0 && chance.maybe(0.9) ? chance.pick(own) : encodeURIComponent(wordOf(chance.pick(CRAFTED)).slice(0, 200))}`;
  }).replace('{rendition}', chance.pick(['low', 'full', 'x'])).replace('{piece}', chance.pick(['0', '1', '-1', '99999999999', '1e9', 'x'])).replace('{evidenceId}', chance.pick(known.ids));
  if (!query) return path;
  const fits = sampleOf(query, chance, known);
  const asked = chance.maybe(0.5) ? fits : craftedFrom(fits, chance);
  return `${path}?${Object.entries(asked && typeof asked === 'object' ? asked : {}).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(wordOf(value).slice(0, 2_000))}`).join('&')}`;
}

const wordOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));
/** Sent by one of those who may call it. */
const send = (key: string, endpoint: Endpoint, url: string, body: string | Buffer | undefined, type = 'application/json', headers: Record<string, string> = {}): Promise<LightMyRequestResponse> => {
  const able = senders.filter((one) => endpoint.permission === 'public' || endpoint.permission === 'signedIn' || one.may.includes(endpoint.permission));
  return house.server.inject({ method: key.split(' ')[0] as 'POST', url, ...(body === undefined ? {} : { payload: body }), headers: { ...(body === undefined ? {} : { 'content-type': type }), cookie: chance.pick(able).cookie, ...headers } });
};

/** What is wrong with an answer; undefined for a result and for a refusal in a sentence. */
function faultOf(answer: LightMyRequestResponse): string | undefined {
  if (answer.statusCode < 400) return undefined;
  if (answer.statusCode >= 500) return `${answer.statusCode} ${answer.body.slice(0, 200)}`;
  if (!String(answer.headers['content-type']).startsWith('application/problem+json')) return `no problem but ${answer.headers['content-type']}: ${answer.body.slice(0, 100)}`;
  const { title, code, params } = answer.json() as { title?: string; code?: string; params?: object };
  const own = Object.values(params ?? {}).reduce<string>((text, value) => text.replaceAll(String(value), ''), title ?? '');
  return title && code && title !== code && !/undefined|\[object|\{\w+\}/.test(own) ? undefined : `no sentence: ${answer.body.slice(0, 200)}`;
}

const part = (bytes: Buffer): Buffer => Buffer.concat([Buffer.from('--b\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'), bytes, Buffer.from('\r\n--b--\r\n')]);
/** Files that begin as what they are not: heads of pictures, films and papers with nothing or anything behind. */
const FILES = ['ffd8ff', 'ffd8ffe000104a46494600010100000100010000ffd9', '89504e470d0a1a0a', '89504e470d0a1a0a0000000d49484452ffffffffffffffff', '255044462d312e37', '255044462d312e370a312030206f626a3c3c2f547970652f50616765732f436f756e742039393939393939393e3e', '1a45dfa3ffffffffffffffff', '000000186674797069736f6d', '52494646ffffffff57454250', '504b0304', '', '00'].map((hex) => Buffer.from(hex, 'hex'));

describe('what is sent to the house', () => {
  it('finds a table for the id of every endpoint and a sender for every account', () => {
    expect(senders).toHaveLength(SENDERS.length);
    expect(writings.filter(([, { permission }]) => permission !== 'public' && !senders.some((one) => one.may.includes(permission))).map(([key]) => key)).toEqual([]);
    const nouns = writings.flatMap(([key]) => [...key.matchAll(/([\w-]+)\/\{id\}/g)].map((hit) => hit[1]!));
    expect(nouns.filter((noun) => !(noun in TABLES))).toEqual([]);
  });

  it('is answered by a result or by a sentence, whatever stands in it', async () => {
    const faults = new Set<string>();
    let refused = 0;
    for (const [key, endpoint] of writings) {
      for (let time = 0; time < TIMES; time += 1) {
        const url = addressOf(key, endpoint.query as Shape | undefined);
        const fits = endpoint.body ? sampleOf(endpoint.body as Shape, chance, known) : {};
        const body = endpoint.upload ? part(chance.pick(FILES)) : JSON.stringify(time % 4 === 0 ? fits : craftedFrom(fits, chance));
        const answer = await send(key, endpoint, url, body, endpoint.upload ? 'multipart/form-data; boundary=b' : 'application/json', chance.maybe(0.1) ? { 'idempotency-key': chance.pick(['short', 'x'.repeat(201), `key-${time}-${key}`.replace(/[^\w-]/g, '')]) } : {});
        if (answer.statusCode >= 400) refused += 1;
        const fault = faultOf(answer);
        if (fault) faults.add(`${key} ${url.slice(0, 160)} ${endpoint.upload ? 'a file' : String(body).slice(0, 300)} → ${fault}`);
      }
    }
    expect([...faults]).toEqual([]);
    expect(refused).toBeGreaterThan(writings.length * TIMES / 2);
  }, 120_000 * Math.max(1, TIMES / 6));

  it('may be no body at all: it is refused in a sentence', async () => {
    const faults: string[] = [];
    for (const { says, body, type } of RAW) {
      const some = writings.filter(([key, endpoint]) => ['POST /api/session', 'POST /api/activation', 'PUT /api/on-site/visits/{id}'].includes(key) || endpoint.upload || chance.maybe(0.1));
      for (const [key, endpoint] of some) {
        const answer = await send(key, endpoint, addressOf(key, undefined), body, type ?? 'application/json');
        const fault = faultOf(answer);
        if (fault || (answer.statusCode < 400 && key === 'POST /api/session')) faults.push(`${says} to ${key} → ${fault ?? answer.statusCode}`);
      }
    }
    expect(faults).toEqual([]);
    const told = async (body: string, type: string) => (await send('POST /api/applications/{id}/materials', writings.find(([key]) => key === 'POST /api/applications/{id}/materials')![1], `/api/applications/${known.ids[0]}/materials?code=identityCard`, body, type)).json() as { code: string };
    expect((await told('abc', 'multipart/form-data')).code).toBe('FILE_BROKEN');
    const deep = (await send('POST /api/session', identityContract['POST /api/session'], '/api/session', `{"signInName":${'['.repeat(64)}${']'.repeat(64)}}`)).json() as { code: string; errors: { code: string; detail: string }[] };
    expect(deep).toMatchObject({ code: 'INPUT_WRONG', errors: [{ code: 'TOO_DEEP', detail: expect.stringContaining('64') as string }] });
  }, 60_000);
});
