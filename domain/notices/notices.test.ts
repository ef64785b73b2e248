import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getPerson, registerPerson } from '#domain/people/index.ts';
import { newId } from '#kit/ids.ts';
import { recordEvent } from '#platform/events/record.ts';
import { PUBLIC } from '#platform/scope/actor.ts';
import { openTestHouse } from '#server/testing.ts';
import type { Caller, TestHouse } from '#server/testing.ts';
import { publishNotice } from './actions.ts';
import { noticeDays } from './policy.ts';
import { noticeSpan } from './rules.ts';

const at = (text: string) => new Date(text);
const OBJECTION = { name: '周海燕', contact: '13900000001', statement: '该老人平时能自己上下楼买菜。' };

describe('public notices', () => {
  let house: TestHouse;
  let agency: Caller;
  let otherAgency: Caller;
  let noticeId: string;
  let personId: string;
  beforeAll(async () => {
    house = await openTestHouse('2026-09-15T02:00:00Z');
    agency = await house.signedIn({ signInName: 'agency-01', displayName: '陈敏', role: 'agencyOfficer', area: '990101' });
    otherAgency = await house.signedIn({ signInName: 'agency-03', displayName: '赵强', role: 'agencyOfficer', area: '990103' });
    const body = { name: '王桂兰', identityNumber: '11010519491231002X', townshipCode: '990101001', community: '槐荫社区', address: '槐荫街道 1 号' };
    personId = (await house.act((act) => registerPerson(act, body))).id;
    noticeId = await publish();
  });
  afterAll(() => house.close());

  async function publish(): Promise<string> {
    return house.act(async (act) => {
      const person = await getPerson(act, personId);
      const content = { grade: 4, gradeZh: '重度失能Ⅱ级', gradeEn: 'Severe disability II' };
      return (await publishNotice(act, { ...person, personId, subjectId: newId(act.now.getTime()), content })).id;
    });
  }

  test('hangs out fifteen calendar days beginning the day after publication, masked, without any id of the person', async () => {
    const answer = await house.outsider('GET', `/api/public/notices/${noticeId}`);
    expect(answer.json()).toMatchObject({ maskedName: '王*兰', maskedNumber: '110*************2X', publishedOn: '2026-09-15', startsOn: '2026-09-16', endsOn: '2026-09-30', state: 'running', districtZh: '禾东区', townshipEn: 'Huaiyin' });
    for (const secret of ['王桂兰', '11010519491231002X', personId]) expect(answer.body).not.toContain(secret);
  });

  test('is found by district and community and not by another one', async () => {
    const list = async (query: string) => (await house.outsider('GET', `/api/public/notices?${query}`)).json();
    expect(await list(`district=990101&community=${encodeURIComponent('槐荫社区')}`)).toMatchObject({ total: 1, rows: [{ id: noticeId }] });
    expect(await list('district=990102')).toEqual({ rows: [], total: 0 });
    expect(await list('state=ended')).toEqual({ rows: [], total: 0 });
  });

  test('takes an objection on the last day until midnight in the office and refuses it a minute later', async () => {
    house.clock.now = at('2026-09-30T15:59:00Z');
    const taken = await house.outsider('POST', `/api/public/notices/${noticeId}/objections`, OBJECTION);
    expect(taken.json()).toMatchObject({ number: 'QH-O-2026-000001', receivedOn: '2026-09-30' });
    house.clock.now = at('2026-09-30T16:00:00Z');
    const late = await house.outsider('POST', `/api/public/notices/${noticeId}/objections`, OBJECTION);
    expect(late.json()).toMatchObject({ status: 409, code: 'NOTICE_OVER', params: { endsOn: '2026-09-30' } });
    const over = await house.outsider('GET', `/api/public/notices/${noticeId}`);
    expect(over.json(), 'where and how long it hung stays, about whom does not').toMatchObject({ state: 'ended', community: '槐荫社区', startsOn: '2026-09-16', endsOn: '2026-09-30', maskedName: null, maskedNumber: null, content: null });
    expect(over.body).not.toContain('王*兰');
  });

  test('refuses an objection to a notice that does not exist and one that says nothing', async () => {
    expect((await house.outsider('POST', `/api/public/notices/${newId()}/objections`, OBJECTION)).statusCode).toBe(404);
    const empty = await house.outsider('POST', `/api/public/notices/${noticeId}/objections`, { ...OBJECTION, statement: '' });
    expect(empty.json()).toMatchObject({ status: 400, errors: [{ column: 'statement' }] });
  });

  test('shows objections to the own agency only, with their number in the list', async () => {
    expect((await agency('GET', '/api/notices?objections=open')).json()).toMatchObject({ total: 1, rows: [{ id: noticeId, objections: 1, openObjections: 1, personId }] });
    expect((await agency('GET', `/api/notices/${noticeId}/objections`)).json()).toMatchObject({ total: 1, rows: [{ fromName: '周海燕', contact: '13900000001', answer: null }] });
    expect((await otherAgency('GET', '/api/notices')).json()).toEqual({ rows: [], total: 0 });
    expect((await otherAgency('GET', `/api/notices/${noticeId}`)).statusCode).toBe(404);
    expect((await otherAgency('GET', `/api/notices/${noticeId}/objections`)).statusCode).toBe(404);
    expect((await house.outsider('GET', '/api/notices')).statusCode).toBe(401);
  });

  test('answers an objection once, and only in the own area', async () => {
    const objectionId = (await agency('GET', `/api/notices/${noticeId}/objections`)).json().rows[0].id as string;
    const body = { upheld: false, answer: '经复核,评估结果无误。' };
    expect((await otherAgency('POST', `/api/notices/objections/${objectionId}/answer`, body)).statusCode).toBe(404);
    expect((await agency('POST', `/api/notices/objections/${objectionId}/answer`, body)).json()).toMatchObject({ answer: { upheld: false, answer: body.answer, answeredAt: '2026-09-30T16:00:00.000Z' } });
    expect((await agency('POST', `/api/notices/objections/${objectionId}/answer`, body)).json()).toMatchObject({ status: 409, code: 'OBJECTION_ANSWERED' });
    expect((await agency('GET', '/api/notices?objections=open')).json().total).toBe(0);
  });

  test('takes a notice down when an objection is upheld, for everybody to see, and takes no further objection', async () => {
    const second = await publish();
    await house.outsider('POST', `/api/public/notices/${second}/objections`, OBJECTION);
    const objectionId = (await agency('GET', `/api/notices/${second}/objections`)).json().rows[0].id as string;
    await agency('POST', `/api/notices/objections/${objectionId}/answer`, { upheld: true, answer: '异议成立,重新评估。' });
    expect((await house.outsider('GET', `/api/public/notices/${second}`)).json()).toMatchObject({ state: 'withdrawn', maskedName: null, content: null });
    expect((await house.outsider('POST', `/api/public/notices/${second}/objections`, OBJECTION)).json().code).toBe('NOTICE_WITHDRAWN');
  });

  test('shows running notices before those that are over', async () => {
    const third = await publish();
    const rows = (await house.outsider('GET', '/api/public/notices')).json().rows as { id: string; state: string; maskedName: string | null }[];
    expect(rows.map((row) => row.state)).toEqual(['running', 'withdrawn', 'ended']);
    expect(rows.map((row) => row.maskedName)).toEqual(['王*兰', null, null]);
    expect(rows[0]?.id).toBe(third);
  });

  test('lets nobody change or delete a published notice, whatever the program asks', async () => {
    await expect(house.act((act) => sql`UPDATE notices.notice SET ends_on = starts_on`.execute(act.db))).rejects.toThrow(/permission denied/);
    await expect(house.act((act) => sql`DELETE FROM notices.notice`.execute(act.db))).rejects.toThrow(/permission denied/);
  });

  test('lets the public write no other event than an objection to a notice that exists', async () => {
    const event = { districtCode: '990101', kind: 'people.registered', subjectType: 'notice', subjectId: noticeId };
    await expect(house.act((act) => recordEvent(act, event), PUBLIC)).rejects.toThrow(/row-level security/);
    await expect(house.act((act) => recordEvent(act, { ...event, kind: 'notices.objected', subjectId: newId() }), PUBLIC)).rejects.toThrow(/row-level security/);
  });

  test('counts working days where a city\'s figure says so: a make-up Sunday counts, the long holiday does not', () => {
    const book = house.platform.policy;
    const inWorkingDays: typeof book = { ...book, figure: ((need, on) => ({ ...book.figure(need, on), ...(need.name === noticeDays.name ? { value: { count: 5, unit: 'workingDay' } } : {}) })) as typeof book.figure };
    expect(noticeSpan('2026-09-15', inWorkingDays)).toMatchObject({ startsOn: '2026-09-16', endsOn: '2026-09-21' });
    const overHoliday = noticeSpan('2026-09-29', inWorkingDays);
    expect(overHoliday.startsOn).toBe('2026-09-30');
    expect(book.workingDays.countWorkingDays('2026-09-29', overHoliday.endsOn)).toBe(5);
    expect(overHoliday.endsOn > '2026-10-08').toBe(true);
  });
});
