import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays } from '#kit/days.ts';
import { startJobs } from '#platform/jobs/runner.ts';
import type { Caller } from '#server/testing.ts';
import { importConclusions } from '../index.ts';
import { anotherPerson, openTestOffice } from '../testing.ts';
import type { TestOffice } from '../testing.ts';

const TODAY = '2026-09-15';
const PASSED = { selfCareSeen: true, livesAtAddress: true, stillInNeed: true, statementRead: true };

describe('a pause in the benefit and the re-check', () => {
  let office: TestOffice;
  let township: Caller;
  let otherTownship: Caller;
  beforeAll(async () => {
    office = await openTestOffice(`${TODAY}T01:00:00Z`);
    township = await office.house.signedIn({ signInName: 'township-2', displayName: '石桥窗口', role: 'townshipOfficer', area: '990101002' });
    otherTownship = await office.house.signedIn({ signInName: 'township-1', displayName: '槐荫窗口', role: 'townshipOfficer', area: '990101001' });
  });
  afterAll(() => office.house.close());

  const graded = async (validUntilOn = '2027-12-31') => {
    const personId = await anotherPerson(office);
    await office.house.act((act) => importConclusions(act, [{ districtCode: '990101', townshipCode: '990101002', personId, grade: 4, effectiveOn: '2026-01-01', validUntilOn, sourceRef: `pause/${personId}` }]));
    return personId;
  };
  const suspend = async (personId: string, fromOn = '2026-09-01', by = township) => (await by('POST', `/api/people/${personId}/suspensions`, { reason: 'absent', fromOn, note: '回老家住一段' })).json();
  const open = async (suspensionId: string, by = township) => (await by('POST', `/api/suspensions/${suspensionId}/rechecks`, { askedBy: '沈平（儿子）' })).json();
  const decide = async (recheckId: string, more: object = {}, by = township) => (await by('POST', `/api/rechecks/${recheckId}/result`, { checks: PASSED, seenOn: TODAY, result: 'resume', note: '上门看过，情况与评估时相同', ...more })).json();
  const show = async (id: string) => (await township('GET', `/api/suspensions/${id}`)).json();
  const propose = async (personId: string, fromOn: string, more = {}) =>
    (await office.agency('POST', '/api/plans', { personId, mode: 'institution', institutionId: office.careHomeId, fromOn, items: [], ...more })).json();

  test('begins within the conclusion, once at a time, and is seen and made only by the own township or the agency', async () => {
    const personId = await graded('2026-12-31');
    expect(await suspend(await anotherPerson(office))).toMatchObject({ code: 'PAUSE_NO_CONCLUSION' });
    expect(await suspend(personId, '2025-12-31')).toMatchObject({ code: 'PAUSE_DAYS', params: { effectiveOn: '2026-01-01', lastDayOn: '2026-12-31' } });
    expect(await suspend(personId, '2027-01-01')).toMatchObject({ code: 'PAUSE_DAYS' });
    expect(await suspend(personId, '2026-09-01', otherTownship)).toMatchObject({ status: 404 });
    expect(await suspend(personId, '2026-09-01', office.assessor)).toMatchObject({ status: 403 });
    const { id } = await suspend(personId);
    expect(await suspend(personId, '2026-10-01')).toMatchObject({ status: 409, code: 'PAUSE_OPEN', params: { fromOn: '2026-09-01', toOn: null } });
    expect(await show(id)).toMatchObject({ state: 'paused', reason: 'absent', fromOn: '2026-09-01', toOn: null, rechecks: [], actorName: '石桥窗口' });
    expect((await otherTownship('GET', `/api/suspensions/${id}`)).statusCode).toBe(404);
    expect((await otherTownship('GET', '/api/suspensions')).json().total).toBe(0);
    expect((await office.agency('GET', `/api/suspensions?person=${personId}&state=paused`)).json()).toMatchObject({ total: 1, rows: [{ id }] });
    const both = await Promise.all([graded().then((one) => Promise.all([suspend(one), suspend(one)]))]);
    expect(both[0]!.filter((one) => 'id' in one)).toHaveLength(1);
  });

  test('is lifted by a passed re-check alone: every item, seen between the opening and today, on a day under a conclusion', async () => {
    const personId = await graded('2026-09-30');
    const { id } = await suspend(personId);
    const recheck = (await open(id)).id as string;
    expect(await open(id)).toMatchObject({ status: 409, code: 'RECHECK_OPEN' });
    expect(await show(id)).toMatchObject({ openRecheckId: recheck });
    expect((await township('GET', '/api/suspensions?recheck=open')).json().rows[0]).toMatchObject({ id });
    for (const item of Object.keys(PASSED)) {
      expect(await decide(recheck, { checks: { ...PASSED, [item]: false } })).toMatchObject({ code: 'RECHECK_CHECKS', params: { items: 1 }, errors: [{ column: item, code: 'RECHECK_CHECK', detail: '这一项没有通过。' }] });
    }
    expect(await decide(recheck, { seenOn: '2026-09-14' })).toMatchObject({ code: 'RECHECK_SEEN_ON' });
    expect(await decide(recheck, { seenOn: '2026-09-16' })).toMatchObject({ code: 'RECHECK_SEEN_ON' });
    expect(await decide(recheck, { resumesOn: '2026-09-14' })).toMatchObject({ code: 'RECHECK_RESUMES_ON', params: { seenOn: TODAY } });
    expect(await decide(recheck, { resumesOn: '2026-10-01' })).toMatchObject({ code: 'RECHECK_NO_CONCLUSION' });
    expect(await decide(recheck, { resumesOn: '2026-09-30' })).toEqual({ result: 'resume', applicationId: null });
    expect(await show(id)).toMatchObject({ state: 'lifted', toOn: '2026-09-29', rechecks: [{ result: 'resume', resumesOn: '2026-09-30', checks: PASSED, decidedBy: '石桥窗口' }], openRecheckId: null });
    expect(await decide(recheck)).toMatchObject({ status: 409, code: 'RECHECK_DECIDED' });
    expect(await open(id)).toMatchObject({ status: 409, code: 'PAUSE_STATE' });
    expect((await office.agency('GET', `/api/records/${id}/history`)).body).toContain('assessments.benefitResumed');
  });

  test('does not resume on the first day of a pause that is still to come, but on the day after it', async () => {
    const { id } = await suspend(await graded(), '2026-09-20');
    const recheck = (await open(id)).id as string;
    expect(await decide(recheck, { resumesOn: '2026-09-20' })).toMatchObject({ code: 'RECHECK_RESUMES_ON', params: { fromOn: '2026-09-20' } });
    expect(await decide(recheck, { resumesOn: '2026-09-21' })).toMatchObject({ result: 'resume' });
  });

  test('keeps a plan from being proposed or confirmed until a re-check is passed, and lets it begin on the day of resumption', async () => {
    const personId = await graded();
    const proposed = await propose(personId, '2026-09-20');
    const { id } = await suspend(personId, '2026-09-16');
    expect((await office.agency('POST', `/api/plans/${proposed.id}/confirm`, { confirmerName: '沈平' })).json()).toMatchObject({ status: 409, code: 'PLAN_PAUSED', params: { pausedFromOn: '2026-09-16', pausedToOn: null } });
    expect(await propose(personId, '2026-09-20')).toMatchObject({ code: 'PLAN_PAUSED' });
    expect(await propose(personId, '2026-09-15')).toMatchObject({ code: 'PLAN_PAUSED' });
    expect(await propose(personId, '2026-09-01', { toOn: '2026-09-15' })).toHaveProperty('number');
    await decide((await open(id)).id, { resumesOn: '2026-09-18' });
    expect(await propose(personId, '2026-09-17')).toMatchObject({ code: 'PLAN_PAUSED', params: { pausedToOn: '2026-09-17' } });
    expect(await propose(personId, '2026-09-18')).toHaveProperty('number');
    expect((await office.agency('POST', `/api/plans/${proposed.id}/confirm`, { confirmerName: '沈平' })).json()).toMatchObject({ state: 'confirmed' });
  });

  test('opens a status assessment on its own ground where the need has changed, and goes on being a pause', async () => {
    const personId = await graded();
    const { id } = await suspend(personId);
    const result = await decide((await open(id)).id, { result: 'newAssessment', checks: { ...PASSED, stillInNeed: false } });
    expect(result).toMatchObject({ result: 'newAssessment', applicationId: expect.any(String) });
    expect((await office.agency('GET', `/api/applications/${result.applicationId}`)).json()).toMatchObject({ kind: 'spotCheck', ground: 'recheckAfterPause', state: 'accepted', groundSource: `恢复前复核 ${TODAY}` });
    expect(await show(id)).toMatchObject({ state: 'paused', toOn: null });
    expect(await open(id)).toHaveProperty('id');
    // A conclusion that lapsed meanwhile is not checked: the family applies for the end of term.
    const lapsed = await graded('2026-09-14');
    office.house.clock.now = new Date('2026-09-10T01:00:00Z');
    const pause = await suspend(lapsed);
    office.house.clock.now = new Date(`${TODAY}T01:00:00Z`);
    expect(await decide((await open(pause.id)).id, { result: 'newAssessment' })).toEqual({ result: 'newAssessment', applicationId: null });
  });

  test('that ends the service ends the plan on the day before it began, and a later wish for service meets a re-check again', async () => {
    const personId = await graded();
    const plan = await propose(personId, '2026-08-01');
    await office.agency('POST', `/api/plans/${plan.id}/confirm`, { confirmerName: '沈平' });
    const { id } = await suspend(personId, '2026-09-01');
    expect(await decide((await open(id)).id, { result: 'endService', checks: { ...PASSED, stillInNeed: false } })).toEqual({ result: 'endService', applicationId: null });
    expect(await show(id)).toMatchObject({ state: 'serviceEnded', toOn: null });
    const jobs = await startJobs(office.house.modules, office.house.platform, () => office.house.clock.now);
    try {
      await expect.poll(async () => (await office.agency('GET', `/api/plans/${plan.id}`)).json().state, { timeout: 15_000 }).toBe('ended');
    } finally {
      await jobs.stop();
    }
    expect((await office.agency('GET', `/api/plans/${plan.id}`)).json()).toMatchObject({ toOn: addDays('2026-09-01', -1) });
    expect(await propose(personId, '2026-10-01')).toMatchObject({ code: 'PLAN_PAUSED' });
    await decide((await open(id)).id, { resumesOn: '2026-09-16' });
    expect(await propose(personId, '2026-10-01')).toHaveProperty('number');
  });

  test('two results at once leave one', async () => {
    const { id } = await suspend(await graded());
    const recheck = (await open(id)).id as string;
    const answers = await Promise.all([decide(recheck), decide(recheck, { result: 'endService' })]);
    expect(answers.filter((one) => 'result' in one)).toHaveLength(1);
    const { rows } = await office.house.act((act) => sql<{ events: number }>`SELECT count(*) AS events FROM platform.event WHERE subject_id = ${id} AND kind IN ('assessments.benefitResumed', 'assessments.serviceEnded')`.execute(act.db));
    expect(rows[0]!.events).toBe(1);
  });
});
