import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays } from '#kit/days.ts';
import { dispatchApplication, fileApplication } from './index.ts';
import { officeActor } from '#platform/scope/actor.ts';
import { anotherPerson, answersOf, dispatchedCase, filingFor, ON_SITE, openTestOffice } from './testing.ts';
import type { TestOffice } from './testing.ts';

describe('filing, accepting and dispatching', () => {
  let office: TestOffice;
  beforeAll(async () => {
    office = await openTestOffice('2026-08-03T01:00:00Z');
  });
  afterAll(() => office.house.close());

  const file = async (filing: Record<string, unknown>) => (await office.agency('POST', '/api/applications', filing)).json();

  test('refuses a second application while one is under way and names it', async () => {
    const personId = await anotherPerson(office);
    const first = await file(filingFor(personId));
    expect(await file(filingFor(personId))).toMatchObject({ status: 409, code: 'APPLICATION_OPEN', params: { number: first.number } });
  });

  test('lets only one of two applications through that are filed in the same moment', async () => {
    const personId = await anotherPerson(office);
    const both = await Promise.all([office.agency('POST', '/api/applications', filingFor(personId)), office.agency('POST', '/api/applications', filingFor(personId))]);
    expect(both.map((one) => one.statusCode).sort()).toEqual([200, 409]);
  });

  test('refuses an application for a person who has died', async () => {
    const personId = await anotherPerson(office);
    await office.house.act((act) => sql`UPDATE people.person SET deceased_on = '2026-07-01' WHERE id = ${personId}`.execute(act.db));
    expect(await file(filingFor(personId))).toMatchObject({ code: 'APPLICATION_PERSON_DECEASED', params: { deceasedOn: '2026-07-01' } });
  });

  test('takes a disability that begins today and refuses one that begins tomorrow or before birth', async () => {
    const personId = await anotherPerson(office);
    for (const disabledSinceOn of ['2026-08-04', '1948-03-04']) expect(await file({ ...filingFor(personId), disabledSinceOn })).toMatchObject({ code: 'APPLICATION_DISABLED_SINCE', errors: [{ column: 'disabledSinceOn' }] });
    expect(await file({ ...filingFor(personId), disabledSinceOn: '2026-08-03' })).toHaveProperty('number');
  });

  test('refuses an end-of-term application for somebody who has no conclusion yet', async () => {
    expect((await file({ ...filingFor(await anotherPerson(office)), kind: 'endOfTerm' })).code).toBe('APPLICATION_NO_CONCLUSION');
  });

  test('accepts on the first day of six months and refuses by the rule a day before, as an answer with the day to come again', async () => {
    for (const [disabledSinceOn, expected] of [['2026-02-03', 'accepted'], ['2026-02-04', 'LESS_THAN_6_MONTHS_DISABLED']] as const) {
      const { id } = await file({ ...filingFor(await anotherPerson(office)), disabledSinceOn });
      const answer = await office.agency('POST', `/api/applications/${id}/accept`, {});
      expect(answer.statusCode).toBe(200);
      expect(answer.json()).toMatchObject({ value: expected, state: expected === 'accepted' ? 'accepted' : 'refused' });
      const record = (await office.agency('GET', `/api/applications/${id}`)).json();
      expect(record).toMatchObject({ refusalCode: expected === 'accepted' ? null : expected, decisionId: answer.json().decisionId });
      if (expected !== 'accepted') expect(answer.json().reasons).toContainEqual(expect.objectContaining({ code: expected, params: expect.objectContaining({ comeAgainOn: '2026-08-04' }) }));
    }
  });

  test('refuses somebody who is not insured on the day of filing, and papers that lack, by name', async () => {
    const uninsured = await file(filingFor(await anotherPerson(office, { insuredFromOn: '2026-08-04' })));
    expect((await office.agency('POST', `/api/applications/${uninsured.id}/accept`, {})).json().value).toBe('NOT_INSURED');
    const lacking = await file(filingFor(await anotherPerson(office)));
    const answer = await office.agency('POST', `/api/applications/${lacking.id}/accept`, { materialsLacking: ['病历'] });
    expect(answer.json()).toMatchObject({ value: 'MATERIAL_INCOMPLETE_OR_FALSE', state: 'refused' });
    expect((await office.agency('POST', `/api/applications/${lacking.id}/accept`, {})).json()).toMatchObject({ status: 409, code: 'APPLICATION_STATE', params: { stateZh: '不予受理', stateEn: 'refused' } });
  });

  test('keeps an officer\'s own refusal as a decision with its code, note and source', async () => {
    const personId = await anotherPerson(office);
    const { id } = await file(filingFor(personId));
    expect((await office.agency('POST', `/api/applications/${id}/refuse`, { code: 'OTHER', note: '申请人当场撤销。' })).json()).toEqual({ state: 'refused' });
    const { decisionId } = (await office.agency('GET', `/api/applications/${id}`)).json();
    const { rows } = await office.house.act((act) => sql<{ kind: string; reasons: unknown }>`SELECT kind, reasons FROM platform.decision WHERE id = ${decisionId}`.execute(act.db));
    expect(rows[0]).toMatchObject({ kind: 'assessments.refusal', reasons: [{ code: 'REFUSED_BY_OFFICER', params: { ground: 'OTHER', note: '申请人当场撤销。' }, sources: [{ document: 'nhsa-2023-29' }] }] });
    // A refused person may apply again.
    expect(await file(filingFor(personId))).toHaveProperty('number');
  });

  test('takes an officer\'s ground of too early only where the rule finds it so, by the day in the medical record, and names the day to come again', async () => {
    const filed = async () => (await file(filingFor(await anotherPerson(office)))).id as string;
    const id = await filed();
    const refuse = async (body: object) => (await office.agency('POST', `/api/applications/${id}/refuse`, { note: '以病历为准。', ...body })).json();
    expect(await refuse({ code: 'LESS_THAN_6_MONTHS_DISABLED' })).toMatchObject({ status: 422, code: 'REFUSAL_NOT_EARLY', errors: [{ column: 'code' }] });
    expect(await refuse({ code: 'LESS_THAN_6_MONTHS_SINCE_LAST' })).toMatchObject({ code: 'REFUSAL_NOT_EARLY' });
    expect(await refuse({ code: 'LESS_THAN_6_MONTHS_DISABLED', disabledSinceOn: '2026-02-03' })).toMatchObject({ code: 'REFUSAL_NOT_EARLY' });
    for (const disabledSinceOn of ['2030-01-01', '1899-12-31']) expect(await refuse({ code: 'LESS_THAN_6_MONTHS_DISABLED', disabledSinceOn })).toMatchObject({ code: 'APPLICATION_DISABLED_SINCE', errors: [{ column: 'disabledSinceOn' }] });
    expect(await refuse({ code: 'LESS_THAN_6_MONTHS_DISABLED', disabledSinceOn: '2026-02-04' })).toEqual({ state: 'refused' });
    const record = (await office.agency('GET', `/api/applications/${id}`)).json();
    expect(record).toMatchObject({ refusalCode: 'LESS_THAN_6_MONTHS_DISABLED', comeAgainOn: '2026-08-04' });
    const again = (await office.agency('POST', `/api/explanations/${record.decisionId}/rerun`, {})).json();
    expect(again).toMatchObject({ value: { code: 'LESS_THAN_6_MONTHS_DISABLED' }, reasons: [{ code: 'REFUSED_BY_OFFICER' }, { code: 'LESS_THAN_6_MONTHS_DISABLED' }] });
  });

  test('takes "not insured" against the record only with what was found elsewhere, which the decision keeps; where the record agrees no words are asked for', async () => {
    const refused = async (id: string, more: object = {}) => (await office.agency('POST', `/api/applications/${id}/refuse`, { code: 'NOT_INSURED', note: '查无参保。', ...more })).json();
    const insured = (await file(filingFor(await anotherPerson(office, { insuredFromOn: '2026-08-03' })))).id as string;
    expect(await refused(insured)).toMatchObject({ status: 422, code: 'REFUSAL_INSURED', params: { filedOn: '2026-08-03', insuredFromOn: '2026-08-03' }, errors: [{ column: 'againstRecord' }] });
    expect(await refused(insured, { againstRecord: '  ' })).not.toEqual({ state: 'refused' });
    expect(await refused(insured, { againstRecord: '医保信息平台查询，7 月已停保。' })).toEqual({ state: 'refused' });
    const { decisionId } = (await office.agency('GET', `/api/applications/${insured}`)).json();
    const again = (await office.agency('POST', `/api/explanations/${decisionId}/rerun`, {})).json();
    expect(again.reasons).toMatchObject([{ code: 'REFUSED_BY_OFFICER' }, { code: 'REFUSED_AGAINST_RECORD' }]);
    expect(JSON.stringify(again.reasons[1])).toContain('7 月已停保');
    const uninsured = (await file(filingFor(await anotherPerson(office, { insuredFromOn: '2026-08-04' })))).id as string;
    expect(await refused(uninsured)).toEqual({ state: 'refused' });
  });

  test('says before anything is filled in that the day named by a refusal has not come, and no longer from that day on', async () => {
    const personId = await anotherPerson(office);
    const offered = async () => ((await office.agency('GET', `/api/people/${personId}/application-kinds`)).json() as { kind: string; fits: boolean; early: { code: string; params: object }[] }[]).find((one) => one.kind === 'initial')!;
    expect(await offered()).toMatchObject({ fits: true, early: [] });
    const { id, number } = await file({ ...filingFor(personId), disabledSinceOn: '2026-02-04' });
    await office.agency('POST', `/api/applications/${id}/accept`, {});
    expect(await offered()).toMatchObject({ fits: true, early: [{ code: 'REFUSED_UNTIL', params: { number, comeAgainOn: '2026-08-04' } }] });
    office.house.clock.now = new Date('2026-08-04T01:00:00Z');
    expect(await offered()).toMatchObject({ fits: true, early: [] });
    office.house.clock.now = new Date('2026-08-03T01:00:00Z');
  });

  test('takes no visit from before the order, although the case was accepted by then', async () => {
    const { house } = office;
    const { id } = await file(filingFor(await anotherPerson(office)));
    await office.agency('POST', `/api/applications/${id}/accept`, {});
    house.clock.now = new Date('2026-08-05T01:00:00Z');
    await office.agency('POST', `/api/applications/${id}/dispatch`, { institutionId: office.institutionId });
    const answers = await answersOf(office, { adl: 'best', cognition: 'best', perception: 'best' });
    const visited = async (onSiteAt: string) => (await office.assessor('POST', `/api/applications/${id}/assessment`, { ...ON_SITE, onSiteAt, answers })).json();
    expect(await visited('2026-08-04T15:59:00Z')).toMatchObject({ code: 'ASSESSMENT_ON_SITE_AT', params: { earliestOn: '2026-08-05' } });
    expect(await visited('2026-08-04T16:00:00Z')).toMatchObject({ grade: 0 });
    house.clock.now = new Date('2026-08-03T01:00:00Z');
  });

  test('dispatches to an assessment institution of the district only, and ties it to the person', async () => {
    const personId = await anotherPerson(office);
    const { id } = await file(filingFor(personId));
    expect((await office.agency('POST', `/api/applications/${id}/dispatch`, { institutionId: office.institutionId })).json().code).toBe('APPLICATION_STATE');
    await office.agency('POST', `/api/applications/${id}/accept`, {});
    for (const institutionId of [office.careHomeId, office.otherInstitutionId, personId]) {
      expect((await office.agency('POST', `/api/applications/${id}/dispatch`, { institutionId })).json().code).toBe('DISPATCH_INSTITUTION');
    }
    expect((await office.assessor('GET', `/api/people/${personId}`)).statusCode).toBe(404);
    expect((await office.agency('POST', `/api/applications/${id}/dispatch`, { institutionId: office.institutionId })).json()).toMatchObject({ state: 'dispatched' });
    expect((await office.assessor('GET', `/api/people/${personId}`)).statusCode).toBe(200);
    expect((await office.otherAssessor('GET', `/api/people/${personId}`)).statusCode).toBe(404);
  });

  test('dispatches while the institution\'s agreement holds and not on the day after', async () => {
    const { house, institutionId } = office;
    const personId = await anotherPerson(office);
    const { id } = await file(filingFor(personId));
    await office.agency('POST', `/api/applications/${id}/accept`, {});
    const until = (day: string | null) => house.act((act) => sql`UPDATE providers.institution SET agreement_to_on = ${day} WHERE id = ${institutionId}`.execute(act.db));
    await until('2026-08-02');
    await expect(house.act((act) => dispatchApplication(act, id, institutionId))).rejects.toMatchObject({ code: 'DISPATCH_INSTITUTION' });
    await until('2026-08-03');
    expect(await house.act((act) => dispatchApplication(act, id, institutionId))).toMatchObject({ state: 'dispatched' });
    await until(null);
  });

  test('is overdue on the day after the tenth working day and not on it; the list finds it by that', async () => {
    const { house } = office;
    const id = await dispatchedCase(office, await anotherPerson(office));
    const overdue = async () => ((await office.agency('GET', '/api/applications?due=overdue&pageSize=200')).json().rows as { id: string }[]).some((row) => row.id === id);
    house.clock.now = new Date('2026-08-17T01:00:00Z');
    expect((await office.agency('GET', `/api/applications/${id}`)).json()).toMatchObject({ dueOn: '2026-08-17', overdue: false });
    expect(await overdue()).toBe(false);
    house.clock.now = new Date('2026-08-18T01:00:00Z');
    expect((await office.agency('GET', `/api/applications/${id}`)).json()).toMatchObject({ dueOn: '2026-08-17', overdue: true });
    expect(await overdue()).toBe(true);
    house.clock.now = new Date('2026-08-03T01:00:00Z');
  });

  test('names the calendar file that is missing instead of guessing a due day', async () => {
    const { house } = office;
    const lastYear = Math.max(...house.platform.policy.workingDays.years);
    house.clock.now = new Date(`${lastYear}-12-30T01:00:00Z`);
    const id = await dispatchedCase(office, await anotherPerson(office));
    expect((await office.agency('GET', `/api/applications/${id}`)).json()).toMatchObject({ dueOn: null, overdue: false, calendarMissing: `policy/national/calendar/${lastYear + 1}.yaml` });
    house.clock.now = new Date(`${addDays(`${lastYear}-12-31`, 20)}T01:00:00Z`);
    expect((await office.agency('GET', '/api/applications?due=overdue')).json()).toMatchObject({ code: 'CALENDAR_MISSING', params: { file: `policy/national/calendar/${lastYear + 1}.yaml` } });
    house.clock.now = new Date('2026-08-03T01:00:00Z');
  });

  test('lets a township file for its own people and sees no other township\'s applications', async () => {
    const township = await office.house.signedIn({ signInName: 'township-02', displayName: '何芳', role: 'townshipOfficer', area: '990101002' });
    const before = (await township('GET', '/api/applications')).json().total as number;
    const mine = await anotherPerson(office);
    const elsewhere = await anotherPerson(office, { townshipCode: '990101003' });
    expect((await township('POST', '/api/applications', filingFor(mine))).statusCode).toBe(200);
    expect((await township('POST', '/api/applications', filingFor(elsewhere))).statusCode).toBe(404);
    await office.house.act((act) => fileApplication(act, filingFor(elsewhere) as never), officeActor('9901', ['*']));
    expect((await township('GET', '/api/applications')).json().total).toBe(before + 1);
    expect((await township('POST', `/api/applications/${mine}/accept`, {})).statusCode).toBe(403);
  });

  test('lets a family file for its own person', async () => {
    const answer = await office.family('POST', '/api/family/applications', filingFor(office.personId));
    expect(answer.statusCode).toBe(200);
    expect((await office.family('GET', '/api/family/persons')).json()).toMatchObject([{ application: { number: answer.json().number, state: 'filed' }, conclusion: null, hint: 'wait' }]);
    expect((await office.otherFamily('GET', '/api/family/persons')).json()).toMatchObject([{ name: '李建国', application: null, hint: 'apply' }]);
  });

  test('finds applications by number, name and pinyin, state and kind', async () => {
    const total = async (query: string) => (await office.agency('GET', `/api/applications?${query}`)).json().total as number;
    expect(await total('q=wangguilan')).toBe(1);
    expect(await total(`q=${encodeURIComponent('王桂')}&state=filed&kind=initial`)).toBe(1);
    expect(await total('q=wangguilan&state=accepted')).toBe(0);
    expect(await total('q=qh-a-2026-000001')).toBe(1);
    expect(await total('q=nobody')).toBe(0);
  });

  test('gives the scale by edition and says which there are', async () => {
    const scale = (await office.assessor('GET', '/api/scale')).json();
    expect(scale).toMatchObject({ id: 'national-2021', status: 'unverified', documents: expect.arrayContaining([expect.objectContaining({ id: 'nhsa-2021-37' })]) });
    expect(scale.scale.items).toHaveLength(17);
    expect((await office.assessor('GET', '/api/scale?id=national-2021')).json()).toEqual(scale);
    expect((await office.assessor('GET', '/api/scale?id=national-1999')).json()).toMatchObject({ status: 404, code: 'SCALE_UNKNOWN', params: { known: 'national-2021' } });
  });

  test('tells while answers are entered what is missing and which grades are still possible, and stores nothing', async () => {
    const id = await dispatchedCase(office, await anotherPerson(office));
    const answers = await answersOf(office, { adl: 'worst', cognition: 'best', perception: 'best' });
    const preview = async (some: Record<string, number>) => (await office.assessor('POST', `/api/applications/${id}/assessment/preview`, { answers: some })).json();
    expect(await preview({})).toMatchObject({ possible: { lightest: 0, heaviest: 5 }, grading: null, sums: [{ dimension: 'adl', points: 0, maxPoints: 100, answered: 0, items: 10 }, { maxPoints: 16 }, { maxPoints: 12 }] });
    const adlOnly = Object.fromEntries(Object.entries(answers).slice(0, 10));
    expect(await preview(adlOnly)).toMatchObject({ possible: { lightest: 3, heaviest: 5 }, grading: null });
    expect((await preview(adlOnly)).missing).toHaveLength(7);
    expect(await preview(answers)).toMatchObject({ missing: [], possible: { lightest: 3, heaviest: 3 }, grading: { grade: 3, gradeZh: '重度失能Ⅰ级' } });
    expect((await preview({ ...answers, 'adl.eating': 7 })).code).toBe('ASSESSMENT_ANSWER_FOREIGN');
    expect((await office.agency('GET', `/api/applications/${id}`)).json()).toMatchObject({ state: 'dispatched', assessments: [] });
  });

  test('records an assessment by the institution in charge only, with one error per missing or foreign answer', async () => {
    const id = await dispatchedCase(office, await anotherPerson(office));
    const answers = await answersOf(office, { adl: 'best', cognition: 'best', perception: 'best' });
    const body = { ...ON_SITE, onSiteAt: '2026-08-03T00:30:00Z', answers };
    const send = async (more: object) => (await office.assessor('POST', `/api/applications/${id}/assessment`, { ...body, ...more })).json();
    const { 'adl.eating': _eating, 'cog.time': _time, ...partial } = answers;
    expect((await send({ answers: partial })).errors).toMatchObject([{ column: 'adl.eating', code: 'ASSESSMENT_ANSWER_MISSING' }, { column: 'cog.time', code: 'ASSESSMENT_ANSWER_MISSING' }]);
    expect((await send({ answers: { ...answers, 'adl.eating': 3, 'adl.flying': 5 } })).errors).toHaveLength(2);
    expect((await send({ secondName: '孙丽' })).code).toBe('ASSESSMENT_SECOND_PERSON');
    expect((await office.otherAssessor('POST', `/api/applications/${id}/assessment`, body)).statusCode).toBe(404);
    expect((await office.agency('POST', `/api/applications/${id}/assessment`, body)).statusCode).toBe(403);
    expect(await send({})).toMatchObject({ grade: 0, gradeZh: '基本正常' });
  });
});
