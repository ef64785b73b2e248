import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { officeActor } from '#platform/scope/actor.ts';
import { recordStay } from '#domain/people/index.ts';
import { startJobs } from '#platform/jobs/runner.ts';
import { anotherPerson, assess, filingFor, openTestOffice, publishedCase } from './testing.ts';
import type { TestOffice } from './testing.ts';
import { printLetter } from './actions/letter.ts';
import { assessments, concludeApplication, concludeEnded, findConclusionOn, importConclusions } from './index.ts';

const OBJECTION = { name: '周海燕', contact: '13900000001', statement: '该老人平时能自己上下楼买菜。' };
const START = '2026-08-03T01:00:00Z';

describe('notice, objection, conclusion', () => {
  let office: TestOffice;
  beforeAll(async () => {
    office = await openTestOffice(START);
  });
  afterAll(() => office.house.close());

  const at = (instant: string) => {
    office.house.clock.now = new Date(instant);
  };
  const conclude = async (id: string) => (await office.agency('POST', `/api/applications/${id}/conclude`)).json();
  const objectTo = async (noticeId: string) => {
    await office.house.outsider('POST', `/api/public/notices/${noticeId}/objections`, OBJECTION);
    return (await office.agency('GET', `/api/notices/${noticeId}/objections`)).json().rows[0].id as string;
  };
  const answer = (objectionId: string, upheld: boolean) => office.agency('POST', `/api/notices/objections/${objectionId}/answer`, { upheld, answer: upheld ? '异议成立,重新评估。' : '经复核,结果无误。' });

  test('concludes on the day after the last day of the notice and not on it', async () => {
    at(START);
    const { id } = await publishedCase(office, await anotherPerson(office));
    at('2026-08-18T15:59:00Z');
    expect(await conclude(id)).toMatchObject({ status: 409, code: 'NOTICE_STILL_RUNNING', params: { endsOn: '2026-08-18' } });
    expect((await office.agency('GET', `/api/applications/${id}`)).json().acts).toContainEqual({ act: 'conclude', allowed: false, why: { code: 'NOTICE_STILL_RUNNING', params: { endsOn: '2026-08-18' } } });
    at('2026-08-18T16:00:00Z');
    const { id: conclusionId } = await conclude(id);
    expect((await office.agency('GET', `/api/conclusions/${conclusionId}`)).json()).toMatchObject({ grade: 3, concludedOn: '2026-08-19', effectiveOn: '2026-09-01', validUntilOn: '2028-08-31' });
    expect((await conclude(id)).code).toBe('APPLICATION_STATE');
  });

  test('waits for the answer to an objection, and concludes when it was not upheld', async () => {
    at(START);
    const { id, noticeId } = await publishedCase(office, await anotherPerson(office));
    const objectionId = await objectTo(noticeId);
    at('2026-09-02T01:00:00Z');
    expect(await conclude(id)).toMatchObject({ status: 409, code: 'OBJECTION_OPEN', params: { open: 1 } });
    await answer(objectionId, false);
    expect(await conclude(id)).toHaveProperty('number');
  });

  test('is assessed anew by somebody else after an upheld objection, and hangs out again', async () => {
    at(START);
    const { house, agency, assessor, experts, institutionId } = office;
    const { id, noticeId } = await publishedCase(office, await anotherPerson(office));
    const objectionId = await objectTo(noticeId);
    at('2026-08-10T01:00:00Z');
    await answer(objectionId, true);
    expect(await conclude(id)).toMatchObject({ status: 409, code: 'NOTICE_WITHDRAWN', params: { withdrawnOn: '2026-08-10' } });
    const jobs = await startJobs(house.modules, house.platform, () => house.clock.now);
    try {
      await expect.poll(async () => (await agency('GET', `/api/applications/${id}`)).json().state, { timeout: 15_000 }).toBe('accepted');
    } finally {
      await jobs.stop();
    }
    expect((await agency('GET', `/api/applications/${id}`)).json()).toMatchObject({ returnedOn: '2026-08-10', institutionId: null, dueOn: '2026-08-24', notice: null, assessments: [{ supersededBy: 'objection' }] });
    // It waits for dispatch, its ten working days count from that day, and nobody of the first institution finds it among the own cases.
    expect(((await agency('GET', '/api/dispatch-queue?pageSize=200')).json().rows as { id: string }[]).find((row) => row.id === id)).toMatchObject({ dueOn: '2026-08-24', workingDaysLeft: 10, first: { institutionId: office.otherInstitutionId } });
    expect(await assess(office, id, assessor)).toBeUndefined();
    expect(((await assessor('GET', '/api/on-site/package')).json().cases as { applicationId: string }[]).map((one) => one.applicationId)).not.toContain(id);
    const answers = (await agency('GET', `/api/applications/${id}`)).json().assessments[0].answers;
    const visit = { secondName: '韩雪', guardianName: '王小梅', place: '家中', onSiteAt: house.clock.now.toISOString(), answers };
    // Another institution is asked, of another district where there is no second one.
    expect((await agency('POST', `/api/applications/${id}/dispatch`, { institutionId })).json()).toMatchObject({ code: 'REVIEW_SAME_INSTITUTION', params: { institution: '禾东失能评估中心' } });
    expect((await agency('POST', `/api/applications/${id}/dispatch`, { institutionId: office.otherInstitutionId })).json()).toMatchObject({ state: 'dispatched' });
    // Nor does the first assessor do it who works for the other institution by now.
    const moveTo = (signInName: string, to: string) => sql`UPDATE identity.account SET institution_id = ${to} WHERE sign_in_name = ${signInName}`.execute(house.platform.databases.ownerDb);
    await moveTo('assessor-01', office.otherInstitutionId);
    expect((await assessor('POST', `/api/applications/${id}/assessment`, visit)).json()).toMatchObject({ status: 403, code: 'REVIEW_SAME_PERSON', params: { name: '孙丽' } });
    await moveTo('assessor-01', institutionId);
    expect((await office.otherAssessor('POST', `/api/applications/${id}/assessment`, { ...visit, secondName: '周明远' })).json()).toMatchObject({ code: 'REVIEW_SAME_PERSON', params: { name: '周明远' } });
    const second = (await office.otherAssessor('POST', `/api/applications/${id}/assessment`, visit)).json().id as string;
    expect((await experts[1]('POST', `/api/assessments/${second}/confirmations`, { agrees: true })).json()).toMatchObject({ code: 'REVIEW_SAME_PERSON', params: { name: '吴静' } });
    for (const name of ['蒋文', '沈一']) {
      const expert = await house.signedIn({ signInName: `expert-of-${name === '蒋文' ? 'jiang' : 'shen'}`, displayName: name, role: 'assessmentExpert', institutionId: office.otherInstitutionId });
      await expert('POST', `/api/assessments/${second}/confirmations`, { agrees: true });
    }
    expect((await agency('POST', `/api/applications/${id}/publish`)).json()).toMatchObject({ startsOn: '2026-08-11', endsOn: '2026-08-25' });
  });

  test('hears of an upheld objection once: hearing it again changes nothing', async () => {
    at(START);
    const { id, assessmentId, noticeId } = await publishedCase(office, await anotherPerson(office));
    const heard = { districtCode: '990101', eventId: noticeId, subjectId: noticeId, personId: null, data: { upheld: true, about: assessmentId } };
    const listener = assessments.on[0]!;
    await office.house.act((act) => listener.run(act, { ...heard, data: { ...heard.data, upheld: false } }));
    expect((await office.agency('GET', `/api/applications/${id}`)).json().state).toBe('onNotice');
    for (let times = 0; times < 2; times += 1) await office.house.act((act) => listener.run(act, heard));
    expect((await office.agency('GET', `/api/applications/${id}`)).json().state).toBe('accepted');
    const { rows } = await office.house.act((act) => sql<{ times: number }>`SELECT count(*) AS times FROM platform.event WHERE subject_id = ${id} AND kind = 'assessments.returnedAfterObjection'`.execute(act.db));
    expect(rows[0]?.times).toBe(1);
  });

  test('concludes by the clock what ended without an objection, each by itself, and leaves the rest', async () => {
    at(START);
    const { house, agency } = office;
    const clear = [await publishedCase(office, await anotherPerson(office)), await publishedCase(office, await anotherPerson(office))];
    const contested = await publishedCase(office, await anotherPerson(office));
    await objectTo(contested.noticeId);
    at('2026-08-18T01:00:00Z');
    expect(await house.act((act) => concludeEnded(act), officeActor('990101', ['*']))).toBe(0);
    at('2026-08-18T16:05:00Z');
    // The notice of the earlier test hangs out until 25 August; only the two clear ones are over.
    expect(await house.act((act) => concludeEnded(act), officeActor('990101', ['*']))).toBe(2);
    for (const { id } of clear) expect((await agency('GET', `/api/applications/${id}`)).json()).toMatchObject({ state: 'concluded', conclusion: { number: expect.stringMatching(/^QH-C-2026-\d{6}$/) } });
    expect((await agency('GET', `/api/applications/${contested.id}`)).json().state).toBe('onNotice');
  });

  test('ends the earlier conclusion on the day before a new one begins, and the two never overlap', async () => {
    at(START);
    const personId = await anotherPerson(office);
    await office.house.act((act) => importConclusions(act, [{ districtCode: '990101', townshipCode: '990101002', personId, grade: 4, effectiveOn: '2025-01-01', validUntilOn: '2026-12-31', sourceRef: 'old/1' }]));
    await office.house.act((act) => recordStay(act, personId, { hospital: '青禾市第一人民医院', admittedOn: '2026-07-01', dischargedOn: '2026-07-09' }));
    const { id } = await publishedCase(office, personId, 'statusChange');
    at('2026-08-19T01:00:00Z');
    const { number } = await conclude(id);
    const on = async (day: string) => office.house.act((act) => findConclusionOn(act, personId, day));
    expect(await on('2026-08-31')).toMatchObject({ grade: 4, origin: 'imported', endedOn: '2026-08-31', endReason: 'replaced' });
    expect(await on('2026-09-01')).toMatchObject({ grade: 3, number });
    expect(await on('2028-08-31')).toMatchObject({ number });
    expect(await on('2028-09-01')).toBeUndefined();
    expect(await on('2024-12-31')).toBeUndefined();
  });

  test('refuses to conclude when a conclusion already begins later', async () => {
    at(START);
    const personId = await anotherPerson(office);
    const { id } = await publishedCase(office, personId);
    await office.house.act((act) => importConclusions(act, [{ districtCode: '990101', townshipCode: '990101002', personId, grade: 4, effectiveOn: '2026-10-01', validUntilOn: '2027-09-30', sourceRef: 'old/2' }]));
    // What the clock cannot conclude stands in a queue of the agency from the day after the notice; on its last day it does not.
    const stuck = async () => ((await office.agency('GET', '/api/applications?waitsFor=conclude&pageSize=200')).json().rows as { id: string }[]).some((row) => row.id === id);
    at('2026-08-18T01:00:00Z');
    expect(await stuck()).toBe(false);
    at('2026-08-19T01:00:00Z');
    expect(await stuck()).toBe(true);
    expect(await conclude(id)).toMatchObject({ status: 409, code: 'CONCLUSION_LATER_EXISTS', params: { effectiveOn: '2026-10-01' } });
    await expect(office.house.act((act) => concludeApplication(act, id))).rejects.toMatchObject({ code: 'CONCLUSION_LATER_EXISTS' });
  });

  test('counts the interval from the last conclusion: too early by a day is refused by the rule, an end of term need not wait', async () => {
    at('2026-09-01T01:00:00Z');
    const row = { districtCode: '990101', townshipCode: '990101002', grade: 2, effectiveOn: '2026-03-02', validUntilOn: '2026-10-31' };
    for (const [kind, effectiveOn, expected] of [['statusChange', '2026-03-02', 'LESS_THAN_6_MONTHS_SINCE_LAST'], ['statusChange', '2026-03-01', 'accepted'], ['endOfTerm', '2026-03-02', 'accepted']] as const) {
      const personId = await anotherPerson(office);
      await office.house.act((act) => recordStay(act, personId, { hospital: '青禾市第一人民医院', admittedOn: '2026-08-01', dischargedOn: '2026-08-09' }));
      await office.house.act((act) => importConclusions(act, [{ ...row, personId, effectiveOn, sourceRef: `${kind}/${effectiveOn}` }]));
      const { id } = (await office.agency('POST', '/api/applications', { ...filingFor(personId), kind })).json();
      expect((await office.agency('POST', `/api/applications/${id}/accept`, {})).json().value).toBe(expected);
    }
  });

  test('takes over conclusions as a set, each with a decision that says so, and the same rows again add nothing', async () => {
    at(START);
    const people = [await anotherPerson(office), await anotherPerson(office)];
    const rows = people.map((personId, index) => ({ districtCode: '990101', townshipCode: '990101002', personId, grade: 3 + index, effectiveOn: '2026-09-01', validUntilOn: '2027-08-31', sourceRef: `file/${index}` }));
    const take = () => office.house.act((act) => importConclusions(act, [...rows, rows[0]!]), officeActor('990101', ['*']));
    expect(await take()).toEqual({ added: 2 });
    expect(await take()).toEqual({ added: 0 });
    const conclusion = (await office.agency('GET', `/api/conclusions?person=${people[1]}`)).json().rows[0];
    expect(conclusion).toMatchObject({ grade: 4, origin: 'imported', state: 'notYet' });
    const { rows: kept } = await office.house.act((act) => sql<{ reasons: { code: string }[]; personId: string }>`SELECT reasons, person_id FROM platform.decision WHERE id = ${conclusion.decisionId}`.execute(act.db));
    expect(kept).toMatchObject([{ personId: people[1], reasons: [{ code: 'GRADE_TAKEN_OVER', params: { grade: 4, sourceRef: 'file/1' } }] }]);
    expect((await office.agency('GET', `/api/conclusions/${conclusion.id}/letter.pdf`)).json()).toMatchObject({ code: 'LETTER_OF_IMPORTED', params: { number: conclusion.number } });
  });

  test('says which file lacks the agency instead of printing a letter without sender', async () => {
    at('2026-09-15T01:00:00Z');
    const { house, agency } = office;
    const concluded = ((await agency('GET', '/api/conclusions?pageSize=200')).json().rows as { id: string; origin: string }[]).find((one) => one.origin === 'assessed')!;
    const nameless = { ...house.platform.policy, about: { ...house.platform.policy.about, districts: house.platform.policy.about.districts!.map(({ agency: _agency, ...rest }) => rest) } };
    await expect(house.act((act) => printLetter({ ...act, policy: nameless }, concluded.id))).rejects.toMatchObject({ code: 'LETTER_AGENCY_MISSING', params: { file: 'policy/cities/qinghe/city.yaml' } });
  });

  test('lists what ends soon, soonest first, and leaves out what ends a day later', async () => {
    at('2026-09-01T01:00:00Z');
    const inDays = async (days: number, persons: readonly string[]) => ((await office.agency('GET', `/api/conclusions?expiringDays=${days}&pageSize=200`)).json().rows as { personId: string }[]).map((row) => row.personId).filter((id) => persons.includes(id));
    const [soon, later] = [await anotherPerson(office), await anotherPerson(office)];
    const row = { districtCode: '990101', townshipCode: '990101002', grade: 3, effectiveOn: '2025-09-01' };
    await office.house.act((act) => importConclusions(act, [{ ...row, personId: later!, validUntilOn: '2026-10-31', sourceRef: 'x/1' }, { ...row, personId: soon!, validUntilOn: '2026-10-01', sourceRef: 'x/2' }]));
    expect(await inDays(30, [soon!, later!])).toEqual([soon]);
    expect(await inDays(29, [soon!, later!])).toEqual([]);
    expect(await inDays(60, [soon!, later!])).toEqual([soon, later]);
  });
});
