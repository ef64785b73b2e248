/** History, explanations and the policy book over the whole house. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decideEntitlement } from '#domain/assessments/rules.ts';
import { newId } from '#kit/ids.ts';
import { findDecision, keepDecision } from '#platform/decisions/keep.ts';
import { recordEvent } from '#platform/events/record.ts';
import { defineModule } from '#platform/module.ts';
import type { Module } from '#platform/module.ts';
import { explain, rerun } from '#platform/records/index.ts';
import type { Known } from '#platform/records/index.ts';
import { loadWords } from '#platform/words/words.ts';
import { pageOf } from '../commands/explain.ts';
import { openTestHouse } from './testing.ts';
import type { Caller, TestHouse } from './testing.ts';

const HERE = '990101';

describe('records', () => {
  let house: TestHouse;
  let agency: Caller;
  let elsewhere: Caller;
  let family: Caller;
  let personId: string;
  let otherId: string;
  let decisionId: string;
  let othersDecisionId: string;
  let known: Known;

  const register = async (name: string, identityNumber: string) =>
    (await agency('POST', '/api/people', { name, identityNumber, townshipCode: '990101001', community: '槐荫社区', address: '槐荫街道 1 号' })).json().id as string;
  const keep = (person: string, grade: number) =>
    house.act((act) => keepDecision(act, decideEntitlement(grade, '2026-09-01', act.policy), { districtCode: HERE, subjectType: 'person', subjectId: person, personId: person, townshipCode: '990101001', decidedOn: '2026-09-01' }));

  beforeAll(async () => {
    house = await openTestHouse();
    agency = await house.signedIn({ signInName: 'agency-01', displayName: '陈敏', role: 'agencyOfficer', area: HERE });
    elsewhere = await house.signedIn({ signInName: 'agency-03', displayName: '赵强', role: 'agencyOfficer', area: '990103' });
    personId = await register('王桂兰', '11010519491231002X');
    otherId = await register('李建国', '440524188001010014');
    family = await house.signedIn({ signInName: 'family-1', displayName: '王小梅', role: 'family', persons: [{ districtCode: HERE, personId }] });
    decisionId = await keep(personId, 4);
    othersDecisionId = await keep(otherId, 1);
    const reruns: Module['reruns'] = { 'assessments.entitlement': async (act, { facts }) => decideEntitlement(facts['grade'] as number, facts['on'] as string, act.policy) };
    const deciding = defineModule('assessments', new URL('../domain/assessments/index.ts', import.meta.url).href, {}, {}, { reruns });
    known = { modules: [deciding], words: loadWords([{ name: 'platform', words: new URL('../platform/', import.meta.url) }, deciding]) };
  });
  afterAll(() => house.close());

  test('tells the history of a person newest first, in both languages, to those who may see the person', async () => {
    await agency('POST', `/api/people/${personId}/hospital-stays`, { hospital: '青禾市第一人民医院', admittedOn: '2026-08-01', dischargedOn: '2026-08-10' });
    const { rows, total } = (await agency('GET', `/api/records/${personId}/history`)).json();
    expect(total).toBe(2);
    expect(rows[0]).toMatchObject({ kind: 'people.hospitalStayRecorded', actorName: '陈敏', sentence: { zh: '登记住院：青禾市第一人民医院，2026-08-01 至 2026-08-10', en: 'recorded a hospital stay: 青禾市第一人民医院, 2026-08-01 to 2026-08-10' } });
    expect((await agency('GET', `/api/records/${personId}/history?pageSize=1&page=2`)).json().rows).toMatchObject([{ kind: 'people.registered' }]);
    expect((await elsewhere('GET', `/api/records/${personId}/history`)).json()).toEqual({ rows: [], total: 0 });
    expect((await family('GET', `/api/records/${personId}/history`)).json().code).toBe('NOT_PERMITTED');
  });

  test('also tells on a person\'s page what happened to something else of hers', async () => {
    const subjectId = newId();
    house.clock.now = new Date(house.clock.now.getTime() + 1000);
    await house.act((act) => recordEvent(act, { districtCode: HERE, kind: 'people.registered', subjectType: 'plan', subjectId, personId: otherId }));
    const kinds = (await agency('GET', `/api/records/${otherId}/history`)).json().rows.map((row: { subjectType: string }) => row.subjectType);
    expect(kinds).toEqual(['plan', 'person']);
    expect((await agency('GET', `/api/records/${subjectId}/history`)).json().total).toBe(1);
  });

  test('explains a kept decision: sentence, plain words, facts, stamp, and the document with its title and status', async () => {
    const explanation = await house.act((act) => explain(act, known, decisionId));
    expect(explanation).toMatchObject({ id: decisionId, kind: 'assessments.entitlement', personId, decidedOn: '2026-09-01', value: true, canRerun: true });
    const [reason] = explanation.reasons;
    expect(reason).toMatchObject({ code: 'ENTITLED_BY_GRADE', sentence: { zh: '评估为 4 级，达到待遇最低等级（3 级）。' }, plain: { zh: '评为 4 级，可以享受待遇。', en: 'Grade 4: the benefit is granted.' } });
    const [source] = reason!.sources;
    const policy = house.platform.policy.all().find((row) => row.name === 'assessments.benefitMinGrade' && row.area === 'national')!;
    expect(source).toMatchObject({ document: policy.sources[0]!.document.id, title: policy.sources[0]!.document.title, status: policy.status, policy: 'assessments.benefitMinGrade', file: policy.file });
    expect(explanation.unverified).toBe(policy.status === 'unverified');
    expect(Object.fromEntries(explanation.facts.map((one) => [one.key, one.value]))).toEqual({ grade: 4, on: '2026-09-01' });
    expect(explanation.stamp['assessments.benefitMinGrade']).toBe(policy.stamp);
  });

  test('decides again to the same value and stamp, and shows what another city would decide without keeping anything', async () => {
    expect(await house.act((act) => rerun(act, known, decisionId))).toMatchObject({ same: true, sameStamp: true, whatIf: false, city: 'qinghe', value: true });
    const shanghai = house.platform.policy.city('shanghai').all().find((row) => row.name === 'assessments.benefitMinGrade' && row.area === 'shanghai')!;
    const grade = (shanghai.value as number) - 1;
    const lower = await keep(personId, grade);
    const there = await house.act((act) => rerun(act, known, lower, 'shanghai'));
    const here = await house.act((act) => rerun(act, known, lower));
    expect(there).toMatchObject({ whatIf: true, city: 'shanghai', value: false, sameStamp: false });
    expect(there.same).toBe(there.value === (await house.act((act) => findDecision(act, lower)))!.value);
    expect(here).toMatchObject({ same: true, whatIf: false });
    await expect(house.act((act) => rerun(act, known, lower, 'atlantis'))).rejects.toMatchObject({ code: 'RERUN_CITY' });
  });

  test('says so when a decision cannot be decided again, when a city lacks the policy, and when the value differs', async () => {
    await expect(house.act((act) => rerun(act, { ...known, modules: [] }, decisionId))).rejects.toMatchObject({ code: 'RERUN_UNKNOWN' });
    const broken: Known = { ...known, modules: [{ ...known.modules[0]!, reruns: { 'assessments.entitlement': async (act) => decideEntitlement(4, '1999-01-01', act.policy) } }] };
    await expect(house.act((act) => rerun(act, broken, decisionId))).rejects.toMatchObject({ code: 'RERUN_POLICY' });
    const other: Known = { ...known, modules: [{ ...known.modules[0]!, reruns: { 'assessments.entitlement': async (act) => decideEntitlement(0, '2026-09-01', act.policy) } }] };
    expect(await house.act((act) => rerun(act, other, decisionId))).toMatchObject({ same: false, value: false });
  });

  test('prints the explanation as text in either language, with the outcome of deciding again', async () => {
    const explanation = await house.act((act) => explain(act, known, decisionId));
    const again = await house.act((act) => rerun(act, known, decisionId));
    expect(pageOf(explanation, again, 'zh')).toMatch(/1\. 评估为 4 级[^]*依据: [^]*assessments\.benefitMinGrade[^]*结果相同/);
    expect(pageOf(explanation, { ...again, same: false }, 'en')).toMatch(/Grade 4 reaches[^]*ANOTHER VALUE/);
  });

  test('a family sees the decisions about its own person and nobody else\'s', async () => {
    const list = (await family('GET', '/api/family/explanations')).json();
    expect(list.total).toBe(2);
    expect(list.rows.every((row: { personId: string }) => row.personId === personId)).toBe(true);
    expect((await family('GET', `/api/family/explanations/${decisionId}`)).json()).toMatchObject({ personId, value: true });
    expect((await family('GET', `/api/family/explanations/${othersDecisionId}`)).statusCode).toBe(404);
    expect((await family('GET', `/api/explanations/${decisionId}`)).statusCode).toBe(403);
    expect((await elsewhere('GET', `/api/explanations/${decisionId}`)).statusCode).toBe(404);
    expect((await agency('GET', `/api/records/${personId}/decisions`)).json().map((row: { id: string }) => row.id)).toContain(decisionId);
  });

  test('shows the policy book to anybody: filters, one name whole, sources with their uses', async () => {
    const all = (await house.outsider('GET', '/api/policy')).json() as Record<string, unknown>[];
    expect(all).toHaveLength(house.platform.policy.all().length);
    const ledger = (await house.outsider('GET', '/api/policy?module=ledger&status=unverified')).json();
    expect(ledger).toMatchObject([{ name: 'ledger.chartOfAccounts', module: 'ledger', shape: 'edition', value: null, current: true, areaName: { zh: '全国', en: 'National' } }]);
    const [whole] = (await house.outsider('GET', '/api/policy/ledger.chartOfAccounts')).json();
    expect(whole.value.accounts.length).toBeGreaterThan(20);
    expect((await house.outsider('GET', '/api/policy/ledger.invented')).json()).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    const price = (await house.outsider('GET', '/api/policy?name=claims.hourlyPriceFen&city=shanghai')).json() as { area: string; current: boolean }[];
    expect(price.some((row) => row.area === 'shanghai')).toBe(true);
    expect((await house.outsider('GET', '/api/policy?city=atlantis')).json()).toMatchObject({ code: 'RERUN_CITY' });
    const sources = (await house.outsider('GET', '/api/policy-sources')).json() as { id: string; uses: number; fictional: boolean }[];
    expect(sources.find((row) => row.id === 'qinghe-2023-41')).toMatchObject({ fictional: true });
    expect(sources.find((row) => row.id === 'mof-2017-28')!.uses).toBe(1);
    expect((await house.outsider('GET', '/api/policy-cities')).json()).toContainEqual(expect.objectContaining({ city: 'qinghe', own: true, fictional: true }));
  });

  test('marks one value of each name as current, the city\'s own before the national one', async () => {
    const rows = (await house.outsider('GET', '/api/policy')).json() as { name: string; area: string; current: boolean; from: string; to: string | null }[];
    const current = rows.filter((row) => row.current);
    expect(new Set(current.map((row) => row.name)).size).toBe(current.length);
    const both = rows.filter((row) => row.area === 'national' && rows.some((own) => own.name === row.name && own.area === 'qinghe' && own.current));
    expect(both.length).toBeGreaterThan(0);
    expect(both.every((row) => !row.current)).toBe(true);
  });
});
