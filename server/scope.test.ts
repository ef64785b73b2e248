/**
 * Nobody sees or touches what lies outside: random people call every endpoint of the loaded city with own and foreign ids,
 * and no answer – list, total, export, statistic – may contain anything that a second working-out of the scope does not give them.
 */
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Endpoint } from '#kit/contract.ts';
import { identityContract } from '#platform/identity/contract.ts';
import { readRoles } from '#platform/identity/roles.ts';
import { freshWorld } from '#world/testing.ts';
import { FOREIGN_ACTS, OWN_AFFAIRS, type Attempt } from '../tidy/scope/acts.ts';
import { drawActors, type RandomActor } from '../tidy/scope/actors.ts';
import { eachField, faultsIn } from '../tidy/scope/answers.ts';
import { READINGS, type Reading } from '../tidy/scope/calls.ts';
import { readOracle, type Oracle, type Viewer } from '../tidy/scope/oracle.ts';
import { chanceOf } from '../tidy/scope/random.ts';
import { PAGING, queryFor, readPools, type Pools, type Targets } from '../tidy/scope/targets.ts';
import { changedSince, now, type Moment } from '../tidy/scope/unchanged.ts';
import { modules } from './modules.ts';
import { openTestHouse, type Caller, type TestHouse } from './testing.ts';

/** The same lot every time, so that a change is judged by what it changes; SCOPE_SEED=any draws another, SCOPE_DEPTH=20 asks twenty times as often, of more people. */
const ASKED_SEED = process.env['SCOPE_SEED'] ?? process.env['SEED'] ?? '20260901';
const SEED = ASKED_SEED === 'any' ? Date.now() % 1_000_000 : Number(ASKED_SEED);
const DEPTH = Number(process.env['SCOPE_DEPTH'] ?? 1);
const chance = chanceOf(SEED);
const roles = readRoles(new URL('../domain/roles.yaml', import.meta.url));
const endpoints = new Map<string, Endpoint>([identityContract, ...modules.map((one) => one.contract)].flatMap((contract) => Object.entries(contract as Record<string, Endpoint>)));
const readings = [...endpoints].filter(([key]) => key.startsWith('GET '));
const writings = [...endpoints].filter(([key]) => !key.startsWith('GET '));
const NOBODY: Viewer = { area: null, institutionId: null, persons: [] };

type Signed = RandomActor & { call: Caller; accountId: string };
let house: TestHouse;
let oracle: Oracle;
let pools: Pools;
let actors: Signed[];

beforeAll(async () => {
  process.stdout.write(`scope test: SCOPE_SEED=${SEED}\n`);
  house = await openTestHouse('2026-11-20T02:00:00Z', freshWorld());
  const { owner } = house.platform.databases;
  pools = await readPools(owner);
  actors = [];
  for (const drawn of drawActors(roles, pools, chance, Math.min(1 + DEPTH, 8))) {
    const call = await house.signedIn(drawn.account);
    const { session } = (await call('GET', '/api/session')).json() as { session: { accountId: string } };
    actors.push({ ...drawn, call, accountId: session.accountId });
  }
  oracle = await readOracle(owner);
}, 400_000);

afterAll(() => house?.close());

const targetsOf = (viewer: Viewer): Targets => ({ chance, pools, oracle, viewer });
const mayCall = (actor: RandomActor, endpoint: Endpoint): boolean => ['public', 'signedIn'].includes(endpoint.permission) || actor.permissions.has(endpoint.permission);
const codeOf = (answer: LightMyRequestResponse): string => (String(answer.headers['content-type']).includes('json') ? String((answer.json() as { code?: string }).code ?? '') : '');
const toldOf = (answer: LightMyRequestResponse): string => `${answer.statusCode} ${codeOf(answer) || answer.body.slice(0, 160)}`;

function addressOf(key: string, params: Record<string, string> = {}, query: Record<string, string> = {}): string {
  const path = key.split(' ')[1]!.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams(query).toString();
  return search === '' ? path : `${path}?${search}`;
}

describe('the scope test', () => {
  it('knows how to call every endpoint', () => {
    const unknown = [...endpoints.keys()].filter((key) => !(key in READINGS) && !(key in FOREIGN_ACTS) && !OWN_AFFAIRS.includes(key));
    expect(unknown, 'add them to tidy/scope/calls.ts (reading) or tidy/scope/acts.ts (writing)').toEqual([]);
    const gone = [...Object.keys(READINGS), ...Object.keys(FOREIGN_ACTS), ...OWN_AFFAIRS].filter((key) => !endpoints.has(key));
    expect(gone, 'no contract has these any more').toEqual([]);
  });

  it('knows a value for every filter, also for those that no lot falls on', () => {
    const targets = { ...targetsOf(NOBODY), chance: chanceOf(1) };
    for (const [key, { query }] of readings) {
      const names = Object.keys((query?.properties ?? {}) as object);
      expect(Object.keys(queryFor(query, targets, names)), key).toEqual(names);
    }
  });

  it('works on a city in which everybody sees something and nobody but the bureau sees all', () => {
    for (const actor of actors.filter((one) => one.viewer.area === '9901')) expect(oracle.unseen('people.person', actor.viewer)).toEqual([]);
    for (const actor of actors.filter((one) => one.viewer.area !== '9901')) expect(oracle.unseen('people.person', actor.viewer).length).toBeGreaterThan(0);
    expect(actors.filter((one) => oracle.seen('people.person', one.viewer).length > 0).length).toBeGreaterThan(12);
  });
});

describe('the scope test itself', () => {
  it('notices a leak: what the bureau is shown is full of faults for a family', async () => {
    const bureau = actors.find((one) => one.account.role === 'bureauOfficer')!;
    const family = actors.find((one) => one.account.role === 'family')!;
    for (const address of ['/api/people', '/api/visits', '/api/statements', '/api/ledger/accounts', `/api/visits/export.xlsx?month=${pools.months[0]}`]) {
      const answer = await bureau.call('GET', address);
      expect(answer.statusCode).toBe(200);
      expect(await faultsIn(answer, oracle, bureau.viewer), address).toEqual([]);
      expect((await faultsIn(answer, oracle, family.viewer)).length, address).toBeGreaterThan(0);
    }
  });
});

describe('reading', () => {
  it.each(readings.map(([key]) => key))('%s shows nobody what lies outside', async (key) => {
    // Side by side; what each is asked is drawn before the first answer comes, so that the seed repeats it.
    const faults = (await Promise.all(actors.map(async (actor) => (await readAs(actor, key, endpoints.get(key)!, READINGS[key] ?? {})).map((one) => `${actor.account.displayName} (${actor.account.area ?? actor.account.institutionId ?? 'persons'}): ${one}`)))).flat();
    expect(faults, `SCOPE_SEED=${SEED}`).toEqual([]);
  }, 120_000 * DEPTH);
});

/** Calls an endpoint as an actor: without permission once, else plainly, with filters, about something own and something foreign. */
async function readAs(actor: Signed, key: string, endpoint: Endpoint, reading: Reading): Promise<string[]> {
  const targets = targetsOf(actor.viewer);
  if (!mayCall(actor, endpoint)) {
    const id = pools.persons[0]!.id;
    const answer = await actor.call('GET', addressOf(key, { id, evidenceId: id, assessment: id, rendition: 'low', name: 'claims.weeklyCapMin', figure: 'returnRate', district: pools.districts[0]!, month: pools.months[0]! }, queryFor(endpoint.query, targets, reading.always)));
    return answer.statusCode === 403 ? [] : [`has no ${endpoint.permission}, yet ${key} answered ${toldOf(answer)}`];
  }
  const faults: string[] = [];
  for (const attempt of attemptsOf(reading, endpoint, targets)) {
    const answer = await actor.call('GET', addressOf(key, attempt.params, attempt.query));
    const address = addressOf(key, attempt.params, attempt.query);
    faults.push(...judge(answer, attempt, reading).map((one) => `${address}: ${one}`));
    const asked = [...Object.values(attempt.params ?? {}), ...Object.values(attempt.query ?? {}), ...(key === 'GET /api/session' ? [actor.accountId] : [])];
    faults.push(...(await faultsIn(answer, oracle, actor.viewer, { asked, ...(reading.register ? { register: true } : {}) })).map((one) => `${address}: ${one}`));
    if (reading.list && Object.keys(attempt.query ?? {}).every((name) => PAGING.includes(name))) faults.push(...totalFaults(answer, reading.list, actor.viewer).map((one) => `${address}: ${one}`));
  }
  return faults;
}

interface ReadAttempt {
  params?: Record<string, string>;
  query?: Record<string, string>;
  /** Whether what is asked for lies inside; undefined for lists. */
  seen?: boolean;
}

function attemptsOf(reading: Reading, endpoint: Endpoint, targets: Targets): ReadAttempt[] {
  const query = (): Record<string, string> => queryFor(endpoint.query, targets, reading.always);
  if (reading.params) return times(3, () => ({ ...reading.params!(targets), query: {} }));
  if (!reading.id) return [{ query: reading.always ? query() : {} }, ...times(2, () => ({ query: query() }))];
  const [inside, outside] = [oracle.seen(reading.id, targets.viewer), oracle.unseen(reading.id, targets.viewer)];
  return [
    ...(inside.length > 0 ? times(1, () => ({ params: { id: chance.pick(inside) }, query: {}, seen: true })) : []),
    ...(outside.length > 0 ? times(1, () => [{ params: { id: chance.pick(outside) }, query: {}, seen: false }, { params: { id: chance.pick(outside) }, query: query(), seen: false }]).flat() : []),
  ];
}

const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count * DEPTH }, make);

/** What lies inside is answered (or refused for a reason of its own); what lies outside is not found. */
function judge(answer: LightMyRequestResponse, attempt: ReadAttempt, reading: Reading): string[] {
  if (answer.statusCode >= 500) return [`failed with ${toldOf(answer)}`];
  if (answer.statusCode === 400) return [`the test's own call does not fit the contract: ${answer.body.slice(0, 300)}`];
  if (attempt.seen === false) {
    if (answer.statusCode === 404 || (reading.ownRowsOutside && answer.statusCode === 200) || (reading.emptyOutside && isEmpty(answer))) return [];
    return [`lies outside, yet it answered ${toldOf(answer)}`];
  }
  if (answer.statusCode === 200 || reading.mayRefuse?.includes(codeOf(answer))) return [];
  return [`lies inside, yet it answered ${toldOf(answer)}`];
}

function isEmpty(answer: LightMyRequestResponse): boolean {
  const body: unknown = answer.statusCode === 200 ? answer.json() : undefined;
  return Array.isArray(body) ? body.length === 0 : (body as { total?: number } | undefined)?.total === 0;
}

/** The total of a list without filters is the number of rows in scope, no more and no fewer. */
function totalFaults(answer: LightMyRequestResponse, table: string, viewer: Viewer): string[] {
  const { total } = answer.json() as { total: number };
  const inside = oracle.seen(table, viewer).length;
  return total === inside ? [] : [`counts ${total} rows, ${inside} lie inside`];
}

describe('statistics', () => {
  it.each([['GET /api/overview', 'agencyOfficer'], ['GET /api/ledger/accounts', 'agencyCashier'], ['GET /api/knowledge', 'agencyReviewer']])('%s counts for a district exactly what the city counts of it', async (key, role) => {
    const bureau = actors.find((one) => one.account.role === 'bureauOfficer')!;
    for (const actor of actors.filter((one) => one.account.role === role && one.account.area?.startsWith('9901'))) {
      const ofCity = await bureau.call('GET', addressOf(key, {}, { district: actor.account.area! }));
      const own = await actor.call('GET', addressOf(key));
      const plain = (answer: LightMyRequestResponse): unknown => { const body = answer.json() as Record<string, unknown>; return Array.isArray(body) ? body : { ...body, district: null }; };
      expect(plain(own), `SCOPE_SEED=${SEED} ${actor.account.area}`).toEqual(plain(ofCity));
      const foreign = pools.closes.find((one) => one.district !== actor.account.area)!.district;
      const nothing = await actor.call('GET', addressOf(key, {}, { district: foreign }));
      const counted = (nothing.body.match(/"(insured|visits|billedFen|fundFen|findings|refusedFen|assetsFen|debitFen|creditFen)":[1-9]/g) ?? []);
      expect(counted, `${actor.account.area} asked for ${foreign}`).toEqual([]);
    }
  });
});

/** How the database stood before the first act: as none may change anything, each finds it so. Taken anew after a fault. */
let stands: Moment | undefined;

describe('writing', () => {
  it.each(writings.map(([key]) => key).filter((key) => !OWN_AFFAIRS.includes(key)))('%s about somebody else is refused and changes nothing', async (key) => {
    const endpoint = endpoints.get(key)!;
    const { owner } = house.platform.databases;
    const before = (stands ??= await now(owner));
    const faults: string[] = [];
    let tried = 0;
    for (const actor of actors) {
      for (const attempt of times(1, () => FOREIGN_ACTS[key]!(targetsOf(actor.viewer))).filter((one) => one !== undefined)) {
        tried += mayCall(actor, endpoint) ? 1 : 0;
        faults.push(...(await actFaults(actor, key, attempt)));
      }
    }
    expect(faults, `SCOPE_SEED=${SEED}`).toEqual([]);
    expect(tried, 'nobody who may do this has anything outside').toBeGreaterThan(0);
    const changed = await changedSince(owner, before);
    if (changed.length > 0) stands = undefined;
    expect(changed, `SCOPE_SEED=${SEED}`).toEqual([]);
  }, 120_000 * DEPTH);
});

/** What is wrong with the answer to an act about what lies outside. */
async function actFaults(actor: Signed, key: string, attempt: Attempt): Promise<string[]> {
  const answer = await write(actor.call, key, attempt);
  const who = `${actor.account.displayName} ${actor.account.area ?? ''}`;
  const asked = JSON.stringify(attempt);
  const shown = await faultsIn(answer, oracle, actor.viewer, { register: true, asked: asked.match(/[0-9a-f-]{36}/g) ?? [] });
  const faults = shown.filter((one) => !asked.includes(/[0-9]{17}[0-9X]/.exec(one)?.[0] ?? '\u0000'));
  if (answer.statusCode < 401 || answer.statusCode >= 500) return [...faults, `${who}: answered ${toldOf(answer)}`];
  const permission = endpoints.get(key)!.permission;
  return mayCall(actor, endpoints.get(key)!) || codeOf(answer) === 'NOT_PERMITTED' ? faults : [...faults, `${who} has no ${permission}, yet it answered ${toldOf(answer)}`];
}

async function write(call: Caller, key: string, attempt: Attempt): Promise<LightMyRequestResponse> {
  const [method] = key.split(' ') as [string];
  const address = addressOf(key, attempt.params, attempt.query);
  if (attempt.csv === undefined) return call(method, address, attempt.body ?? (method === 'POST' ? {} : undefined));
  const border = 'scope-test-border';
  const body = `--${border}\r\nContent-Disposition: form-data; name="file"; filename="visits.csv"\r\nContent-Type: text/csv\r\n\r\n${attempt.csv}\r\n--${border}--\r\n`;
  return call(method, address, Buffer.from(body), { 'content-type': `multipart/form-data; boundary=${border}` });
}

describe('without signing in', () => {
  it.each(readings.map(([key]) => key))('%s answers what is published, or asks to sign in', async (key) => {
    const endpoint = endpoints.get(key)!;
    const reading = READINGS[key] ?? {};
    if (endpoint.permission !== 'public') {
      const answer = await house.outsider('GET', addressOf(key, { id: pools.persons[0]!.id, figure: 'returnRate', evidenceId: pools.persons[0]!.id, assessment: pools.persons[0]!.id, rendition: 'low', district: pools.districts[0]!, month: pools.months[0]! }, queryFor(endpoint.query, targetsOf(NOBODY), reading.always)));
      expect([answer.statusCode, codeOf(answer)]).toEqual([401, 'SIGN_IN_NEEDED']);
      return;
    }
    for (const attempt of attemptsOf(reading, endpoint, targetsOf(NOBODY))) {
      const answer = await house.outsider('GET', addressOf(key, attempt.params, attempt.query));
      expect(judge(answer, attempt, reading), addressOf(key, attempt.params, attempt.query)).toEqual([]);
      expect(await faultsIn(answer, oracle, NOBODY, { register: true, asked: Object.values(attempt.params ?? {}) })).toEqual([]);
      expect(namesIn(answer, key), 'names of insured persons are masked').toEqual([]);
    }
  });

  it.each(writings.filter(([, endpoint]) => endpoint.permission !== 'public').map(([key]) => key))('%s asks to sign in', async (key) => {
    const answer = await write(house.outsider, key, FOREIGN_ACTS[key]!(targetsOf(NOBODY)) ?? {});
    expect([answer.statusCode, codeOf(answer)]).toEqual([401, 'SIGN_IN_NEEDED']);
  });
});

/** Full names of insured persons in an answer; the demo accounts name the fictional staff. */
function namesIn(answer: LightMyRequestResponse, key: string): string[] {
  const found: string[] = [];
  if (key === 'GET /api/demo-accounts' || !String(answer.headers['content-type']).includes('json')) return found;
  eachField(answer.json(), (name, text) => {
    if (!['zh', 'en', 'title', 'label'].includes(name) && oracle.isPersonName(text)) found.push(`${name}: ${text}`);
  });
  return found;
}
