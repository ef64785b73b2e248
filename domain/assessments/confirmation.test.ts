import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#platform/scope/actor.ts';
import { newId } from '#kit/ids.ts';
import { recordAssessment } from './index.ts';
import { personsOnSite } from './policy.ts';
import { anotherPerson, answersOf, assess, dispatchedCase, ON_SITE, openTestOffice, scoredCase } from './testing.ts';
import type { TestOffice } from './testing.ts';

describe('assessing on site and confirming by experts', () => {
  let office: TestOffice;
  beforeAll(async () => {
    office = await openTestOffice('2026-08-03T01:00:00Z');
  });
  afterAll(() => office.house.close());

  const stateOf = async (id: string) => (await office.agency('GET', `/api/applications/${id}`)).json().state as string;

  test('takes a visit from the day of acceptance until now, and none before or after', async () => {
    const id = await dispatchedCase(office, await anotherPerson(office));
    const answers = await answersOf(office, { adl: 'worst', cognition: 'best', perception: 'best' });
    const at = async (onSiteAt: string) => (await office.assessor('POST', `/api/applications/${id}/assessment`, { ...ON_SITE, answers, onSiteAt })).json();
    // Midnight of 3 August in the office is 16:00 of the day before in Greenwich.
    expect(await at('2026-08-02T15:59:00Z')).toMatchObject({ code: 'ASSESSMENT_ON_SITE_AT', params: { earliestOn: '2026-08-03' }, errors: [{ column: 'onSiteAt' }] });
    expect((await at('2026-08-03T01:00:01Z')).code).toBe('ASSESSMENT_ON_SITE_AT');
    // An offset that no place has, and no database takes.
    expect(await at('2026-08-04T00:00:00+23:59')).toMatchObject({ code: 'INPUT_WRONG', errors: [{ column: 'onSiteAt' }] });
    expect(await at('2026-08-03T00:00:00+08:00')).toMatchObject({ grade: 3 });
    expect((await at('2026-08-03T01:00:00Z')).code).toBe('APPLICATION_STATE');
  });

  test('refuses an assessor without the institution, and fewer persons on site than the figure asks for', async () => {
    const { house, institutionId } = office;
    const id = await dispatchedCase(office, await anotherPerson(office));
    const body = { ...ON_SITE, onSiteAt: house.clock.now.toISOString(), answers: await answersOf(office, { adl: 'best', cognition: 'best', perception: 'best' }) };
    await expect(house.act((act) => recordAssessment(act, id, body))).rejects.toMatchObject({ code: 'ASSESSMENT_INSTITUTION', status: 403 });
    const assessor: Actor = { accountId: newId(), name: '孙丽', role: 'assessor', permissions: new Set(['assessments.assess']), area: null, institutionId, workerId: null, persons: [] };
    await expect(house.act((act) => {
      const three: typeof act.policy = { ...act.policy, figure: ((need, on) => ({ ...act.policy.figure(need, on), ...(need.name === personsOnSite.name ? { value: 3 } : {}) })) as typeof act.policy.figure };
      return recordAssessment({ ...act, policy: three }, id, body);
    }, assessor)).rejects.toMatchObject({ code: 'ASSESSMENT_PERSONS_ON_SITE', params: { needed: 3, present: 2 } });
  });

  test('is confirmed by the second agreeing expert, not by one alone, and not by the same one twice', async () => {
    const { experts } = office;
    const { id, assessmentId } = await scoredCase(office, await anotherPerson(office));
    const voice = async (expert: (typeof experts)[number]) => (await expert('POST', `/api/assessments/${assessmentId}/confirmations`, { agrees: true })).json();
    expect(await voice(experts[0])).toEqual({ state: 'scored' });
    expect(await voice(experts[0])).toMatchObject({ status: 409, code: 'CONFIRMATION_TWICE' });
    expect((await experts[0]('GET', `/api/applications/${id}`)).json().acts).toEqual([{ act: 'confirm', allowed: false, why: { code: 'CONFIRMATION_TWICE', params: {} } }]);
    expect(await voice(experts[1])).toEqual({ state: 'confirmed' });
    expect((await voice(experts[2])).code).toBe('APPLICATION_STATE');
    const record = (await office.agency('GET', `/api/applications/${id}`)).json();
    expect(record.assessments[0].confirmations).toMatchObject([{ expertName: '周明远', agrees: true }, { expertName: '吴静', agrees: true }]);
  });

  test('lets two experts who confirm in the same moment confirm it together', async () => {
    const { experts } = office;
    const { id, assessmentId } = await scoredCase(office, await anotherPerson(office));
    const both = await Promise.all([experts[0], experts[1]].map((expert) => expert('POST', `/api/assessments/${assessmentId}/confirmations`, { agrees: true })));
    expect(both.map((one) => one.json().state as string).sort()).toEqual(['confirmed', 'scored']);
    expect(await stateOf(id)).toBe('confirmed');
  });

  test('keeps the assessor out of the confirmation, at the door and in the act itself', async () => {
    const { house, institutionId } = office;
    const both = await house.signedIn({ signInName: 'assessor-02', displayName: '孙丽', role: 'assessor', institutionId });
    const id = await dispatchedCase(office, await anotherPerson(office));
    const assessmentId = await assess(office, id, both);
    // The role has no permission to confirm; an account that had both would still be kept out.
    expect((await both('POST', `/api/assessments/${assessmentId}/confirmations`, { agrees: true })).statusCode).toBe(403);
    await sql`UPDATE identity.account SET role_code = 'assessmentExpert' WHERE sign_in_name = 'assessor-02'`.execute(house.platform.databases.ownerDb);
    const again = await both('POST', `/api/assessments/${assessmentId}/confirmations`, { agrees: true });
    expect(again.json()).toMatchObject({ status: 403, code: 'FOUR_EYES' });
  });

  test('asks a third expert when two disagree, whose voice decides; the first ones stay hidden until one has spoken', async () => {
    const { agency, experts, house } = office;
    const { id, assessmentId } = await scoredCase(office, await anotherPerson(office));
    const voice = async (expert: (typeof experts)[number], body: object) => (await expert('POST', `/api/assessments/${assessmentId}/confirmations`, body)).json();
    const seenBy = async (caller: typeof agency) => (await caller('GET', `/api/applications/${id}`)).json().assessments[0].confirmations.length as number;
    await voice(experts[0], { agrees: true });
    expect(await voice(experts[1], { agrees: false })).toMatchObject({ code: 'CONFIRMATION_NOTE', errors: [{ column: 'note' }] });
    expect(await voice(experts[1], { agrees: false, note: '床椅转移与现场录像不符。', reason: 'videoUnclear', items: [{ code: 'adl.flying' }] })).toMatchObject({ code: 'RETURN_ITEM_UNKNOWN', params: { item: 'adl.flying' } });
    expect(await voice(experts[1], { agrees: false, note: '床椅转移与现场录像不符。', reason: 'videoUnclear', items: [{ code: 'adl.transfer', points: 7 }] })).toMatchObject({ code: 'ASSESSMENT_ANSWER_FOREIGN' });
    expect(await voice(experts[1], { agrees: false, note: '床椅转移与现场录像不符。', reason: 'videoUnclear', items: [{ code: 'adl.transfer', points: 5 }] })).toEqual({ state: 'scored' });
    expect([await seenBy(experts[0]), await seenBy(experts[2]), await seenBy(agency)]).toEqual([2, 0, 2]);
    expect((await experts[2]('GET', `/api/applications/${id}/scrutiny`)).json()).toMatchObject({ needed: 2, atMost: 3, voices: 2, hidden: true, drawAsked: false });
    expect(await voice(experts[2], { agrees: true })).toEqual({ state: 'confirmed' });
    const decisionId = (await agency('GET', `/api/applications/${id}/scrutiny`)).json().voicesDecisionId as string;
    const again = await agency('POST', `/api/explanations/${decisionId}/rerun`, {});
    expect(again.json()).toMatchObject({ value: 'confirmed' });
    house.clock.now = new Date('2026-08-03T01:00:00Z');
  });

  test('goes back to be assessed anew when the third expert disagrees too', async () => {
    const { agency, experts, house } = office;
    const { id, assessmentId } = await scoredCase(office, await anotherPerson(office));
    await experts[0]('POST', `/api/assessments/${assessmentId}/confirmations`, { agrees: true });
    await experts[1]('POST', `/api/assessments/${assessmentId}/confirmations`, { agrees: false, note: '与现场录像不符。', reason: 'videoUnclear', items: [{ code: 'adl.transfer' }] });
    house.clock.now = new Date('2026-08-05T01:00:00Z');
    expect((await experts[2]('POST', `/api/assessments/${assessmentId}/confirmations`, { agrees: false, note: '同意前一位的看法。', items: [{ code: 'adl.stairs' }] })).json()).toEqual({ state: 'dispatched' });
    // Ten working days begin again on the day it came back.
    expect((await agency('GET', `/api/applications/${id}`)).json()).toMatchObject({ state: 'dispatched', returnedOn: '2026-08-05', dueOn: '2026-08-19', grade: null, assessments: [{ supersededBy: 'disagreement' }] });
    expect((await agency('GET', `/api/applications/${id}/scrutiny`)).json().returns).toMatchObject([{ nth: 1, by: 'experts', reason: 'videoUnclear', items: ['adl.transfer', 'adl.stairs'], dueOn: '2026-08-19', state: 'open', late: false }]);
    expect((await experts[2]('POST', `/api/assessments/${assessmentId}/confirmations`, { agrees: true })).json()).toMatchObject({ status: 409, code: 'ASSESSMENT_SUPERSEDED' });
    const second = await assess(office, id);
    expect(second).not.toBe(assessmentId);
    // A voice on the first assessment is none on the second.
    expect((await experts[0]('POST', `/api/assessments/${second}/confirmations`, { agrees: true })).json()).toEqual({ state: 'scored' });
    expect((await agency('GET', `/api/applications/${id}/scrutiny`)).json().returns[0].state).toBe('answered');
    house.clock.now = new Date('2026-08-03T01:00:00Z');
  });

  test('tells each role what it may do next, and why not', async () => {
    const { agency, assessor, experts } = office;
    const id = await dispatchedCase(office, await anotherPerson(office));
    const actsOf = async (caller: typeof agency) => (await caller('GET', `/api/applications/${id}`)).json().acts as { act: string; allowed: boolean; why?: { code: string } }[];
    expect((await actsOf(agency)).map((one) => [one.act, one.allowed])).toEqual([['accept', false], ['refuse', false], ['dispatch', true], ['publish', false], ['conclude', false], ['withdraw', true], ['close', true]]);
    expect(await actsOf(assessor)).toEqual([{ act: 'assess', allowed: true }]);
    expect(await actsOf(experts[0])).toMatchObject([{ act: 'confirm', allowed: false, why: { code: 'APPLICATION_STATE' } }]);
  });
});
