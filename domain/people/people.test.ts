import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestHouse } from '#server/testing.ts';
import type { Caller, TestHouse } from '#server/testing.ts';

const GUILAN = { name: '王桂兰', identityNumber: '11010519491231002X', townshipCode: '990101001', community: '槐荫社区', address: '槐荫街道 1 号', insuredKind: 'employee' };

describe('the register of people', () => {
  let house: TestHouse;
  let agency: Caller;
  let otherAgency: Caller;
  beforeAll(async () => {
    house = await openTestHouse();
    agency = await house.signedIn({ signInName: 'agency-01', displayName: '陈敏', role: 'agencyOfficer', area: '990101' });
    otherAgency = await house.signedIn({ signInName: 'agency-03', displayName: '赵强', role: 'agencyOfficer', area: '990103' });
  });
  afterAll(() => house.close());

  test('registers a person, who is found by name, pinyin and number', async () => {
    const made = await agency('POST', '/api/people', GUILAN);
    expect(made.statusCode).toBe(200);
    for (const q of ['桂兰', 'wangguilan', 'wgl', '110105']) {
      const list = await agency('GET', `/api/people?q=${encodeURIComponent(q)}`);
      expect(list.json()).toMatchObject({ total: 1, rows: [{ name: '王桂兰', birthOn: '1949-12-31', sex: 2 }] });
    }
  });

  test('refuses the same identity number again, also in another district, without saying whose it is', async () => {
    const again = await otherAgency('POST', '/api/people', { ...GUILAN, name: '别人', townshipCode: '990103001' });
    expect(again.statusCode).toBe(409);
    expect(again.json().code).toBe('PERSON_DUPLICATE');
    expect(again.body).not.toContain('王桂兰');
  });

  test('refuses a wrong check digit with the field and the reason in both languages', async () => {
    const wrong = { ...GUILAN, identityNumber: '110105194912310021' };
    const zh = await agency('POST', '/api/people', wrong);
    expect(zh.json()).toMatchObject({ status: 422, code: 'PERSON_IDENTITY_NUMBER', errors: [{ column: 'identityNumber', code: 'IDENTITY_NUMBER_CHECK_DIGIT' }] });
    const en = await agency('POST', '/api/people', wrong, { 'accept-language': 'en' });
    expect(en.json().title).toMatch(/identity number/i);
    expect(zh.json().title).not.toBe(en.json().title);
  });

  test('shows nobody outside the area, neither in the list nor by id', async () => {
    const mine = (await agency('GET', '/api/people')).json().rows[0].id as string;
    expect((await otherAgency('GET', '/api/people')).json()).toEqual({ rows: [], total: 0 });
    expect((await otherAgency('GET', `/api/people/${mine}`)).statusCode).toBe(404);
    expect((await house.outsider('GET', '/api/people')).statusCode).toBe(401);
  });

  test('refuses a township outside the actor\'s area', async () => {
    const answer = await otherAgency('POST', '/api/people', { ...GUILAN, identityNumber: '440524188001010014' });
    expect(answer.json().code).toBe('PERSON_AREA');
  });

  test('answers a repeated request once and refuses the key with other content', async () => {
    const body = { ...GUILAN, name: '李建国', identityNumber: '440524188001010014' };
    const key = { 'idempotency-key': 'register-li-jianguo' };
    const first = await agency('POST', '/api/people', body, key);
    const second = await agency('POST', '/api/people', body, key);
    expect(second.json()).toEqual(first.json());
    expect(second.headers['idempotent-replay']).toBe('true');
    expect((await agency('POST', '/api/people', { ...body, name: '李建军' }, key)).json().code).toBe('REPEAT_KEY_REUSED');
  });

  test('refuses overlapping hospital stays and keeps the first', async () => {
    const id = (await agency('GET', '/api/people?q=wgl')).json().rows[0].id as string;
    const url = `/api/people/${id}/hospital-stays`;
    expect((await agency('POST', url, { hospital: '青禾市第一人民医院', admittedOn: '2026-08-01', dischargedOn: '2026-08-10' })).statusCode).toBe(200);
    expect((await agency('POST', url, { hospital: '青禾市第一人民医院', admittedOn: '2026-08-09', dischargedOn: '2026-08-12' })).json().code).toBe('STAY_OVERLAP');
    expect((await agency('POST', url, { hospital: '青禾市第一人民医院', admittedOn: '2026-08-10', dischargedOn: '2026-08-09' })).json().code).toBe('STAY_DAYS');
    expect((await agency('GET', url)).json()).toHaveLength(1);
  });

  test('locks an account after five wrong passwords', async () => {
    for (let i = 0; i < 4; i += 1) expect((await house.outsider('POST', '/api/session', { signInName: 'agency-03', password: 'wrong' })).statusCode).toBe(401);
    expect((await house.outsider('POST', '/api/session', { signInName: 'agency-03', password: 'wrong' })).json().code).toBe('ACCOUNT_LOCKED');
    expect((await house.outsider('POST', '/api/session', { signInName: 'agency-03', password: 'a long enough test password' })).json().code).toBe('ACCOUNT_LOCKED');
    house.clock.now = new Date(house.clock.now.getTime() + 16 * 60_000);
    expect((await house.outsider('POST', '/api/session', { signInName: 'agency-03', password: 'a long enough test password' })).statusCode).toBe(200);
  });
});
