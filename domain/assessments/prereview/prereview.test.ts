import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordDeath } from '#domain/people/index.ts';
import type { Caller } from '#server/testing.ts';
import { closeAfterDeath } from '../actions/close.ts';
import { anotherPerson, filingFor, openTestOffice, publishedCase } from '../testing.ts';
import type { TestOffice } from '../testing.ts';
import { listFor } from './actions.ts';
import { importConclusions } from '../index.ts';
import { itemOf } from '../materials/actions.ts';
import { png, sendFile } from '../materials/testing.ts';

const PAPERS = ['applicationForm', 'selfAssessment', 'identityCard', 'socialSecurityCard', 'medicalRecord', 'commitment'];
const DONE = {
  answers: { identitySeen: 'yes', livesHere: 'yes', eating: 'helped', dressing: 'helped', moving: 'cannot', mind: 'clear', reliefsTold: 'yes', processTold: 'yes' },
  result: 'goOn', toldName: '王小梅', toldRelation: 'family', acknowledged: 'tick',
};

describe('pre-review, withdrawal, closing and the letters', () => {
  let office: TestOffice;
  let township: Caller;
  beforeAll(async () => {
    office = await openTestOffice('2026-12-01T02:00:00Z');
    township = await office.house.signedIn({ signInName: 'township-01', displayName: '胡晓东', role: 'townshipOfficer', area: '990101002' });
  });
  afterAll(() => office.house.close());
  const at = (instant: string) => {
    office.house.clock.now = new Date(instant);
  };
  const file = async (personId: string, more: object = {}) => (await office.agency('POST', '/api/applications', { ...filingFor(personId), materials: PAPERS, ...more })).json().id as string;
  const review = async (id: string, more: object = {}) => (await township('POST', `/api/applications/${id}/pre-reviews`, { ...DONE, ...more })).json();
  const accept = async (id: string) => (await office.agency('POST', `/api/applications/${id}/accept`, {})).json();
  const read = async (id: string) => (await office.agency('GET', `/api/applications/${id}`)).json();
  const isPdf = (answer: { rawPayload: Buffer; headers: Record<string, unknown> }) => answer.rawPayload.subarray(0, 5).toString() === '%PDF-' && answer.headers['content-type'] === 'application/pdf';

  test('a case filed on 30 November is accepted without one, a case of 1 December is not', async () => {
    at('2026-11-30T02:00:00Z');
    const before = await file(await anotherPerson(office));
    expect(await accept(before)).toMatchObject({ state: 'accepted' });
    at('2026-12-01T02:00:00Z');
    const after = await file(await anotherPerson(office));
    expect(await accept(after)).toMatchObject({ status: 409, code: 'PRE_REVIEW_MISSING' });
    expect((await read(after)).acts).toContainEqual({ act: 'accept', allowed: false, why: { code: 'PRE_REVIEW_MISSING', params: {} } });
    expect(await review(after)).toMatchObject({ reviewedOn: '2026-12-01' });
    expect(await accept(after)).toMatchObject({ state: 'accepted', supplyByOn: null });
    expect(await review(after)).toMatchObject({ code: 'PRE_REVIEW_STATE' });
  });

  test('says to whom housekeeping was said to be excluded, by a tick or by the photograph of the signed sheet', async () => {
    const id = await file(await anotherPerson(office));
    expect(await review(id, { acknowledged: 'signature' })).toMatchObject({ code: 'PRE_REVIEW_SIGNATURE' });
    const other = (await sendFile(township, `/api/applications/${id}/materials?code=otherPaper`, png(1))).json();
    expect(await review(id, { acknowledged: 'signature', signatureMaterialId: other.id })).toMatchObject({ code: 'PRE_REVIEW_SIGNATURE' });
    const sheet = (await sendFile(township, `/api/applications/${id}/materials?code=preReviewSheet`, png(2))).json();
    expect(await review(id, { acknowledged: 'signature', signatureMaterialId: sheet.id })).toHaveProperty('id');
    const shown = (await office.agency('GET', `/api/applications/${id}/pre-reviews`)).json();
    expect(shown).toMatchObject({ owed: true, reviewedOn: '2026-12-01', rows: [{ toldName: '王小梅', toldRelation: 'family', acknowledged: 'signature', signatureMaterialId: sheet.id, actorName: '胡晓东' }] });
    expect(shown.list.statementZh).toContain('买汏烧');
    expect(isPdf(await township('GET', `/api/applications/${id}/pre-review-sheet.pdf`))).toBe(true);
  });

  test('is filled in whole, with a reason where it advises not to apply, and with the papers where some are to be brought', async () => {
    const id = await file(await anotherPerson(office));
    const { moving: _open, ...answers } = DONE.answers;
    expect(await review(id, { answers })).toMatchObject({ code: 'PRE_REVIEW_ANSWERS', params: { checksZh: '近一个月起身走动' } });
    expect(await review(id, { answers: { ...DONE.answers, moving: 'flies' } })).toMatchObject({ code: 'PRE_REVIEW_ANSWERS' });
    expect(await review(id, { result: 'adviseNot' })).toMatchObject({ code: 'PRE_REVIEW_REASON' });
    expect(await review(id, { result: 'bring' })).toMatchObject({ code: 'PRE_REVIEW_BRING' });
    expect(await review(id, { bring: ['commitment'] })).toMatchObject({ code: 'PRE_REVIEW_BRING' });
  });

  test('who is advised not to apply may insist, which is on record; papers to bring hold it up until the next one; the family reads both', async () => {
    const personId = await anotherPerson(office);
    const id = await file(personId);
    const family = await office.house.signedIn({ signInName: 'family-told', displayName: '何强', role: 'family', persons: [{ districtCode: '990101', personId }] });
    const told = async () => (await family('GET', `/api/family/applications/${id}/materials`)).json().preReview as unknown;
    expect(await told()).toBeNull();
    expect(await review(id, { result: 'adviseNot', reason: '近期能自理' })).toMatchObject({ reviewedOn: null });
    expect(await told()).toEqual({ result: 'adviseNot', reason: '近期能自理', insists: false, bring: [], reviewedOn: '2026-12-01' });
    expect(await accept(id)).toMatchObject({ code: 'PRE_REVIEW_MISSING' });
    expect(await review(id, { result: 'bring', bring: ['medicalRecord'] })).toMatchObject({ reviewedOn: null });
    expect(await told()).toMatchObject({ result: 'bring', bring: ['medicalRecord'] });
    expect(await review(id, { result: 'adviseNot', reason: '近期能自理', insists: true })).toMatchObject({ reviewedOn: '2026-12-01' });
    expect(await accept(id)).toMatchObject({ state: 'accepted' });
    expect(await told()).toBeNull();
    expect((await office.agency('GET', `/api/applications/${id}/pre-reviews`)).json().rows.map((one: { result: string; insists: boolean }) => [one.result, one.insists])).toEqual([['adviseNot', true], ['bring', false], ['adviseNot', false]]);
  });

  test('the queues count what is due and late in working days, and the list shows the same cases', async () => {
    at('2026-12-10T02:00:00Z');
    const counts = async () => (await office.agency('GET', '/api/applications/queues')).json();
    const list = async (query: string) => (await office.agency('GET', `/api/applications?pageSize=200&${query}`)).json() as { total: number; rows: { id: string; overdue: boolean; dueOn: string; preReviewWaits: boolean }[] };
    const start = await counts();
    const waiting = await file(await anotherPerson(office));
    const ready = await file(await anotherPerson(office));
    await review(ready);
    for (const [today, late] of [['2026-12-15T02:00:00Z', 0], ['2026-12-16T02:00:00Z', 1]] as const) {
      at(today);
      const now = await counts();
      expect(now.preReview.open - start.preReview.open).toBe(1);
      expect(now.accept.open - start.accept.open).toBe(1);
      const rows = (await list('queue=preReview')).rows;
      expect(rows.find((one) => one.id === waiting)).toMatchObject({ preReviewWaits: true, dueOn: '2026-12-15', overdue: late === 1 });
      expect(rows.filter((one) => one.overdue)).toHaveLength(now.preReview.overdue);
      expect((await list('queue=preReview&due=overdue')).total).toBe(now.preReview.overdue);
      expect((await list('queue=accept&due=overdue')).total).toBe(now.accept.overdue);
      expect((await list('due=overdue')).rows.every((one) => one.overdue)).toBe(true);
    }
    expect((await list('queue=accept')).rows.find((one) => one.id === ready)).toMatchObject({ preReviewWaits: false, dueOn: '2026-12-17', overdue: false });
    expect((await township('GET', '/api/applications/queues')).json().preReview.open).toBeLessThanOrEqual((await counts()).preReview.open);
    at('2026-12-01T02:00:00Z');
  });

  test('is found by name, pinyin, number and the start of the identity number, also by one character', async () => {
    const personId = await anotherPerson(office, { name: '欧阳晓岚' });
    const id = await file(personId);
    const { number, person } = (await read(id)) as { number: string; person: { identityNumber: string } };
    const total = async (q: string, by = office.agency) => (await by('GET', `/api/applications?q=${encodeURIComponent(q)}`)).json().rows.filter((one: { id: string }) => one.id === id).length;
    for (const q of ['欧阳', '晓岚', '岚', 'ouyang', 'oy', number, number.slice(-6), person.identityNumber.slice(0, 15)]) expect(await total(q), q).toBe(1);
    for (const q of ['岚欧', 'zzzz', person.identityNumber.slice(3, 15)]) expect(await total(q), q).toBe(0);
    expect(await total('欧阳', office.otherAgency)).toBe(0);
    expect(await total('欧阳', office.assessor)).toBe(0);
  });

  test('a refusal for being too early names the day from which to come again, in the answer, on the record and in a letter', async () => {
    const id = await file(await anotherPerson(office), { disabledSinceOn: '2026-06-02' });
    await review(id);
    expect(await accept(id)).toMatchObject({ state: 'refused', value: 'LESS_THAN_6_MONTHS_DISABLED', comeAgainOn: '2026-12-02' });
    expect(await read(id)).toMatchObject({ state: 'refused', comeAgainOn: '2026-12-02' });
    expect(isPdf(await office.agency('GET', `/api/applications/${id}/refusal-letter.pdf`))).toBe(true);
    expect((await office.agency('GET', `/api/applications/${id}/acceptance-receipt.pdf`)).json()).toMatchObject({ code: 'APPLICATION_STATE' });
    at('2026-12-02T02:00:00Z');
    const { personId } = (await read(id)) as { personId: string };
    const again = await file(personId, { disabledSinceOn: '2026-06-02' });
    await review(again);
    expect(await accept(again)).toMatchObject({ state: 'accepted' });
    at('2026-12-01T02:00:00Z');
  });

  test('an officer\'s refusal has its letter too, and the family prints it', async () => {
    const id = (await office.family('POST', '/api/family/applications', { ...filingFor(office.personId), materials: [] })).json().id as string;
    await office.agency('POST', `/api/applications/${id}/refuse`, { code: 'OTHER', note: '请先到窗口核实身份' });
    expect(isPdf(await office.family('GET', `/api/family/applications/${id}/refusal-letter.pdf`))).toBe(true);
    expect((await office.otherFamily('GET', `/api/family/applications/${id}/refusal-letter.pdf`)).statusCode).toBe(404);
  });

  test('the applicant withdraws at the window or by the family; a result that hangs out is taken down; a spot check is not the family\'s', async () => {
    const personId = office.personId;
    const filed = await file(personId);
    expect((await office.otherFamily('POST', `/api/family/applications/${filed}/withdraw`, { reason: '测试' })).statusCode).toBe(404);
    expect((await office.family('POST', `/api/family/applications/${filed}/withdraw`, { reason: '想以后再办' })).json()).toEqual({ state: 'withdrawn' });
    expect((await office.family('POST', `/api/family/applications/${filed}/withdraw`, { reason: '再撤一次' })).json()).toMatchObject({ status: 409, code: 'APPLICATION_STATE' });
    at('2026-11-16T02:00:00Z');
    const { id, noticeId } = await publishedCase(office, personId);
    expect((await office.family('POST', `/api/family/applications/${id}/withdraw`, { reason: '不办了' })).json()).toEqual({ state: 'withdrawn' });
    expect((await office.house.outsider('GET', `/api/public/notices/${noticeId}`)).json()).toMatchObject({ state: 'withdrawn' });
    at('2026-12-01T02:00:00Z');
  });

  test('a spot check is not the family\'s to withdraw, a paper of another edition is unknown, and before the first edition there is no check-list', async () => {
    const personId = await anotherPerson(office);
    await office.house.act((act) => importConclusions(act, [{ districtCode: '990101', townshipCode: '990101002', personId, grade: 4, effectiveOn: '2025-01-01', validUntilOn: '2027-06-30', sourceRef: 'spot' }]));
    const { id } = (await office.agency('POST', `/api/people/${personId}/spot-checks`, { ground: 'abnormalResult', source: '月度分析', note: '与病历不符', contactPhone: '0990-5550101' })).json() as { id: string };
    const own = await office.house.signedIn({ signInName: 'family-03', displayName: '沈小妹', role: 'family', persons: [{ districtCode: '990101', personId }] });
    expect((await own('POST', `/api/family/applications/${id}/withdraw`, { reason: '不想评' })).json()).toMatchObject({ status: 409, code: 'WITHDRAW_SPOT_CHECK' });
    await office.house.act(async (act) => {
      expect(() => itemOf(act, { filedOn: '2026-12-01' }, 'photoOfTheCat')).toThrow(expect.objectContaining({ code: 'MATERIAL_UNKNOWN' }));
      expect(() => listFor(act, { filedOn: '2020-07-19' })).toThrow(expect.objectContaining({ code: 'PRE_REVIEW_LIST' }));
      expect(listFor(act, { filedOn: '2020-07-20' }).id).toBe('pre-review-2020');
    });
  });

  test('a recorded death closes the open case, once', async () => {
    const personId = await anotherPerson(office);
    const id = await file(personId);
    expect((await office.agency('POST', `/api/people/${personId}/death`, { deceasedOn: '2026-12-02', source: '派出所证明' })).json()).toMatchObject({ code: 'DEATH_DAY' });
    expect((await office.otherAgency('POST', `/api/people/${personId}/death`, { deceasedOn: '2026-11-30', source: '派出所证明' })).statusCode).toBe(404);
    await office.house.act((act) => recordDeath(act, personId, { deceasedOn: '2026-11-30', source: '派出所证明' }));
    expect((await office.agency('POST', `/api/people/${personId}/death`, { deceasedOn: '2026-11-30', source: '派出所证明' })).json()).toMatchObject({ status: 409, code: 'DEATH_RECORDED' });
    const heard = { districtCode: '990101', eventId: personId, subjectId: personId, personId, data: { deceasedOn: '2026-11-30' } };
    for (let time = 0; time < 2; time += 1) await office.house.act((act) => closeAfterDeath(act, heard));
    expect(await read(id)).toMatchObject({ state: 'closed', closedReason: 'PERSON_DECEASED', comeAgainOn: null });
    expect((await office.agency('POST', '/api/applications', filingFor(personId))).json()).toMatchObject({ code: 'APPLICATION_PERSON_DECEASED' });
  });
});
