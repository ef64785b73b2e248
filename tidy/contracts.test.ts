/** The contract tables: permissions exist, keys are unique, four eyes look at events that are written, listeners hear events that happen. */
import { describe, expect, it } from 'vitest';
import { identityContract } from '#platform/identity/contract.ts';
import { readRoles } from '#platform/identity/roles.ts';
import { houseWords } from '#server/house.ts';
import { isWorded } from '#platform/words/words.ts';
import { modules } from '#server/modules.ts';
import type { Endpoint } from '#kit/contract.ts';
import { filesLike, isTest, moduleNames, textOf, told } from './source.ts';

const RIVER = ['ledger', 'people', 'notices', 'providers', 'workers', 'assessments', 'plans', 'visits', 'claims', 'reporting'];

const endpoints = [{ name: 'identity', contract: identityContract as Record<string, Endpoint> }, ...modules].flatMap((module) =>
  Object.entries(module.contract as Record<string, Endpoint>).map(([key, endpoint]) => ({ module: module.name, key, endpoint })));
const roles = readRoles(new URL('../domain/roles.yaml', import.meta.url));

/** Kinds of events that the code records, as literals. */
const recorded = new Set(filesLike(/^(domain|platform)\/.*\.(ts|sql)$/).filter((path) => !isTest(path)).flatMap((path) => textOf(path).match(/(?<=['"`])[a-z]+\.[a-zA-Z]+(?=['"`])/g) ?? []));

describe('contracts', () => {
  it('the modules stand in river order', () => {
    const order = modules.map((one) => one.name).filter((name) => RIVER.includes(name));
    expect(order).toEqual(RIVER.filter((name) => order.includes(name)));
    expect(told(moduleNames().filter((name) => !RIVER.includes(name)), 'A folder of domain/ that the river does not know: add it here and in tidy/dependency-cruiser.cjs.')).toBe('');
  });

  it('every module of domain/ is registered', () => {
    const missing = moduleNames().filter((name) => !modules.some((one) => one.name === name));
    expect(told(missing, 'Add it to server/modules.ts at its place in the river.')).toBe('');
  });

  it('no two endpoints have one key', () => {
    const keys = endpoints.map((one) => one.key.replace(/\{\w+\}/g, '{}'));
    expect(told(keys.filter((key, place) => keys.indexOf(key) !== place), 'One of the two would never be reached: give it another path.')).toBe('');
  });

  it('every permission is held by a role', () => {
    const known = new Set(['public', 'signedIn', ...roles.flatMap((role) => role.permissions)]);
    expect(told(endpoints.filter((one) => !known.has(one.endpoint.permission)).map((one) => `${one.key}: ${one.endpoint.permission}`), 'Give the permission to a role in domain/roles.yaml.')).toBe('');
  });

  it('every permission of a role opens something', () => {
    const used = new Set(endpoints.map((one) => one.endpoint.permission));
    const inCode = new Set(filesLike(/^(domain|platform|web)\/.*\.tsx?$/).flatMap((path) => textOf(path).match(/(?<=')[a-z]+\.[a-zA-Z]+(?=')/g) ?? []));
    const idle = [...new Set(roles.flatMap((role) => role.permissions))].filter((permission) => !used.has(permission) && !inCode.has(permission));
    expect(told(idle, 'No endpoint asks for it: take it out of domain/roles.yaml, or mend the endpoint.')).toBe('');
  });

  it('assessment stays apart from care and from administration', () => {
    const kinds = (permissions: string[]): number => [['assessments.assess', 'assessments.confirm'], ['assessments.accept', 'assessments.publish', 'assessments.conclude', 'claims.close', 'claims.pay'], ['plans.propose']].filter((set) => set.some((one) => permissions.includes(one))).length;
    const mixed = roles.filter((role) => role.permissions.includes('assessments.assess') && kinds(role.permissions) > 1);
    expect(told(mixed.map((role) => role.code), 'Whoever assesses neither administers nor cares: split the role.')).toBe('');
  });

  it('four eyes look at events that are written', () => {
    const blind = endpoints.flatMap((one) => (one.endpoint.fourEyes ?? []).filter((kind) => !recorded.has(kind)).map((kind) => `${one.key}: ${kind}`));
    expect(told(blind, 'No action records an event of this kind, so the two acts could be done by one person: name the event that the first act records.')).toBe('');
  });

  it('an endpoint with four eyes says that it may refuse for them', () => {
    const silent = endpoints.filter((one) => one.endpoint.fourEyes && !one.endpoint.refusals?.includes('FOUR_EYES')).map((one) => one.key);
    expect(told(silent, "Add 'FOUR_EYES' to its refusals.")).toBe('');
  });

  it('listeners hear events that happen', () => {
    const deaf = modules.flatMap((module) => module.on.filter((one) => !recorded.has(one.event)).map((one) => `${module.name}: ${one.event}`));
    expect(told(deaf, 'No action records an event of this kind: mend the name.')).toBe('');
    const jobs = modules.flatMap((module) => [...module.on.map((one) => one.job), ...module.timed.map((one) => one.job)]);
    expect(told(jobs.filter((job, place) => jobs.indexOf(job) !== place), 'Two jobs have one name: the queue would run only one.')).toBe('');
  });

  it('every event, and every decision about a subject, is worded in both languages', () => {
    const words = houseWords();
    const kinds = new Set(filesLike(/^(domain|platform)\/.*\.ts$/).filter((path) => !isTest(path)).flatMap((path) => [...textOf(path).matchAll(/\bkind: '([a-z]+\.[a-zA-Z]+)'[^}]*?subjectType/g)].map((hit) => hit[1]!)));
    expect(kinds.size).toBeGreaterThan(0);
    expect(told([...kinds].filter((kind) => !['events', 'headlines'].some((section) => isWorded(words, 'zh', section, kind) && isWorded(words, 'en', section, kind))), 'Write its sentence under `events:` (a decision: `headlines:`) in the module\'s zh.yaml and en.yaml.')).toBe('');
  });
});
