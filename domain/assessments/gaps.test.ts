/** What the public notice and the conclusion owe beyond the ordinary road: a poster for every notice, an interruption found late, and a review that overtakes the result under review. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays } from '#kit/days.ts';
import { creditCodeFor } from '#kit/credit-code.ts';
import { registerInstitution } from '#domain/providers/index.ts';
import type { Caller } from '#server/testing.ts';
import { findConclusionOn } from './index.ts';
import { anotherPerson, answersOf, filingFor, ON_SITE, openTestOffice, publishedCase } from './testing.ts';
import type { TestOffice } from './testing.ts';

const START = '2026-08-03T01:00:00Z';
const OBJECTION = { name: '周海燕', contact: '13900000001', statement: '该老人平时能自己上下楼买菜。' };

describe('a single notice', () => {
  let office: TestOffice;
  beforeAll(async () => {
    office = await openTestOffice(START);
  });
  afterAll(() => office.house.close());
  const at = (instant: string) => {
    office.house.clock.now = new Date(instant);
  };
  const interrupt = async (batchId: string, fromOn: string, toOn: string) => (await office.agency('POST', `/api/notices/batches/${batchId}/interruptions`, { fromOn, toOn, note: '宣传栏翻修，海报缺失' })).json();
  const published = async () => {
    at(START);
    const { id, noticeId } = await publishedCase(office, await anotherPerson(office));
    const { batchId, batchNumber } = (await office.agency('GET', `/api/notices/${noticeId}`)).json();
    return { id, noticeId, batchId: batchId as string, batchNumber: batchNumber as string };
  };
  const conclude = async (id: string) => (await office.agency('POST', `/api/applications/${id}/conclude`)).json();

  test('hangs on a poster of its own, with number and community', async () => {
    const { batchId, batchNumber } = await published();
    expect(batchNumber).toMatch(/^QH-N-2026-\d{6}$/);
    expect((await office.agency('GET', `/api/notices/batches/${batchId}`)).json()).toMatchObject({ notices: 1, community: '石桥社区', proofs: [], proofUrgent: false });
    expect((await office.agency('GET', `/api/notices/batches/${batchId}/poster.pdf`)).rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
  });

  test('without a photograph is urgent from three days before the last day to the last day', async () => {
    const { batchNumber } = await published();
    const urgent = async (day: string) => {
      at(`${day}T01:00:00Z`);
      return ((await office.agency('GET', '/api/notices/batches?proof=urgent&pageSize=100')).json().rows as { number: string; proofUrgent: boolean }[]).filter((row) => row.proofUrgent).map((row) => row.number).includes(batchNumber);
    };
    expect([await urgent('2026-08-14'), await urgent('2026-08-15'), await urgent('2026-08-18'), await urgent('2026-08-19')]).toEqual([false, true, true, false]);
  });

  test('whose poster is found to have been missing after the last day hangs again from tomorrow for the days it owes', async () => {
    const { id, noticeId, batchId } = await published();
    at('2026-08-20T01:00:00Z');
    expect((await office.agency('GET', `/api/notices/${noticeId}`)).json().state).toBe('ended');
    // Two days were missing; it was down on the 19th and the 20th: it hangs on the 21st and the 22nd.
    expect(await interrupt(batchId, '2026-08-10', '2026-08-11')).toMatchObject({ missingDays: 2, endsOn: '2026-08-22' });
    expect((await office.agency('GET', `/api/notices/${noticeId}`)).json()).toMatchObject({ state: 'running', endsOn: '2026-08-22', interruptions: [{ fromOn: '2026-08-10', toOn: '2026-08-11' }, { fromOn: '2026-08-19', toOn: '2026-08-20' }] });
    expect(await conclude(id)).toMatchObject({ code: 'NOTICE_STILL_RUNNING' });
    expect((await office.house.outsider('POST', `/api/public/notices/${noticeId}/objections`, OBJECTION)).statusCode).toBe(200);
    expect((await office.agency('GET', `/api/records/${batchId}/history`)).body).toContain('notices.reopened');
  });

  test('whose result is concluded moves no more, and the refusal says what to do instead', async () => {
    const { id, batchId } = await published();
    at('2026-08-18T16:00:00Z');
    const { number } = await conclude(id);
    const late = await interrupt(batchId, '2026-08-10', '2026-08-11');
    expect(late).toMatchObject({ status: 409, code: 'INTERRUPTION_CONCLUDED', params: { endsOn: '2026-08-18', numbers: number } });
    expect(late.title).toContain('抽查评估');
  });

  test('concluding and finding it interrupted at the same moment leave one of the two', async () => {
    const { id, batchId } = await published();
    at('2026-08-18T16:00:00Z');
    const [concluded, gap] = await Promise.all([conclude(id), interrupt(batchId, '2026-08-10', '2026-08-11')]);
    expect([concluded.code, gap.code].filter(Boolean)).toHaveLength(1);
    expect(concluded.code ?? gap.code).toMatch(/^(NOTICE_STILL_RUNNING|INTERRUPTION_CONCLUDED)$/);
  });

  test('gives the objector a receipt to print, which names neither the person concerned nor who asks wrongly', async () => {
    const { noticeId } = await published();
    const { number } = (await office.house.outsider('POST', `/api/public/notices/${noticeId}/objections`, OBJECTION)).json();
    const print = (contact: string) => office.house.outsider('POST', '/api/public/objections/receipt.pdf', { number, contact });
    const printed = await print(OBJECTION.contact);
    expect(printed.headers['content-type']).toContain('application/pdf');
    expect(printed.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    expect((await print('13900000002')).json()).toMatchObject({ status: 404, code: 'RECEIPT_UNKNOWN' });
  });
});

describe('a review that begins on the day of the result under review', () => {
  let office: TestOffice;
  let second: string;
  let other: Caller;
  let experts: Caller[];
  beforeAll(async () => {
    office = await openTestOffice(START);
    // Its agreement begins when the reviews are dispatched, so that the first results go to the other one.
    second = (await office.house.act((act) => registerInstitution(act, { code: 'QH-PG-11', name: '石桥失能评估中心', kind: 'assessment', districtCode: '990101', creditCode: creditCodeFor('990101', 111), address: '人民路 2 号', agreementFromOn: '2026-09-02' }))).id;
    const person = (signInName: string, displayName: string, role: string) => office.house.signedIn({ signInName, displayName, role, institutionId: second });
    other = await person('assessor-12', '韩雪', 'assessor');
    experts = [await person('expert-11', '蒋文', 'assessmentExpert'), await person('expert-12', '沈一', 'assessmentExpert')];
  });
  afterAll(() => office.house.close());
  const at = (instant: string) => {
    office.house.clock.now = new Date(instant);
  };

  /** The first result is concluded on 2 September and begins on 1 October; the notice of its review ends on 17 September. */
  const reviewed = async () => {
    at('2026-08-17T01:00:00Z');
    const personId = await anotherPerson(office);
    const first = await publishedCase(office, personId);
    at('2026-09-02T01:00:00Z');
    const before = (await office.agency('POST', `/api/applications/${first.id}/conclude`)).json() as { id: string; number: string };
    const { id } = (await office.agency('POST', '/api/applications', { ...filingFor(personId), kind: 'review' })).json();
    await office.agency('POST', `/api/applications/${id}/accept`, {});
    await office.agency('POST', `/api/applications/${id}/dispatch`, { institutionId: second });
    const body = { ...ON_SITE, secondName: '蒋文', onSiteAt: office.house.clock.now.toISOString(), answers: await answersOf(office, { adl: 'best', cognition: 'best', perception: 'best' }) };
    const assessmentId = (await other('POST', `/api/applications/${id}/assessment`, body)).json().id as string;
    for (const expert of experts) await expert('POST', `/api/assessments/${assessmentId}/confirmations`, { agrees: true });
    const { endsOn } = (await office.agency('POST', `/api/applications/${id}/publish`)).json();
    at(`${addDays(endsOn, 1)}T01:00:00Z`);
    const after = (await office.agency('POST', `/api/applications/${id}/conclude`)).json() as { id: string; number: string };
    return { personId, before, after };
  };

  test('replaces it from its first day: the earlier one counts on no day, says so everywhere, and leaves no overlap', async () => {
    const { personId, before, after } = await reviewed();
    const show = async (id: string) => (await office.agency('GET', `/api/conclusions/${id}`)).json();
    const replaced = await show(before.id);
    expect(replaced).toMatchObject({ effectiveOn: '2026-10-01', endedOn: '2026-09-30', endReason: 'replacedFromStart', state: 'ended', grade: 3 });
    expect(await show(after.id)).toMatchObject({ effectiveOn: '2026-10-01', endedOn: null, state: 'notYet', grade: 0, before: { id: before.id, grade: 3 } });
    const on = async (day: string) => (await office.house.act((act) => findConclusionOn(act, personId, day)))?.number;
    expect([await on('2026-09-30'), await on('2026-10-01')]).toEqual([undefined, after.number]);
    const code = new URL(replaced.verifyUrl).pathname.split('/').at(-1);
    expect((await office.house.outsider('GET', `/api/public/letters/${code}`)).json()).toMatchObject({ number: before.number, state: 'ended' });
    const states = async (state: string) => ((await office.agency('GET', `/api/conclusions?person=${personId}&state=${state}`)).json().rows as { number: string }[]).map((row) => row.number);
    expect([await states('ended'), await states('notYet'), await states('valid')]).toEqual([[before.number], [after.number], []]);
    expect((await office.agency('GET', `/api/records/${before.id}/history`)).body).toContain('assessments.conclusionVoided');
    const kinds = Object.fromEntries(((await office.agency('GET', `/api/people/${personId}/application-kinds`)).json() as { kind: string; fits: boolean; why: string | null }[]).map((one) => [one.kind, one.why ?? 'fits']));
    expect(kinds).toMatchObject({ review: 'KIND_REVIEW_ONCE', finalReview: 'fits' });
  });

  test('prints the kind and the grade before on its letter', async () => {
    const { after } = await reviewed();
    const letter = await office.agency('GET', `/api/conclusions/${after.id}/letter.pdf`);
    expect(letter.statusCode).toBe(200);
    expect(letter.rawPayload.length).toBeGreaterThan(10_000);
    expect((await other('GET', `/api/conclusions/${after.id}/letter.pdf`)).statusCode).toBe(200);
    const others = await office.assessor('GET', `/api/conclusions/${after.id}/letter.pdf`);
    expect(others.json(), 'who assessed before sees the conclusion, and not the assessment of the review').toMatchObject({ status: 403, code: 'LETTER_OF_OTHERS', params: { number: after.number } });
  });
});
