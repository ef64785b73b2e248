import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { creditCodeFor } from '#kit/credit-code.ts';
import { identityNumberFor } from '#kit/identity-number.ts';
import { openTestHouse } from '#server/testing.ts';
import type { Caller, TestHouse } from '#server/testing.ts';

const HOUSE = { districtCode: '990101', code: 'QH-HOME-1', name: '槐荫护理站', kind: 'homeCare', creditCode: creditCodeFor('990101', 7), address: '槐荫路 9 号', agreementFromOn: '2024-01-01' };

describe('the register of institutions and their workers', () => {
  let house: TestHouse;
  let agency: Caller;
  let other: Caller;
  let id: string;
  beforeAll(async () => {
    house = await openTestHouse();
    agency = await house.signedIn({ signInName: 'agency-01', displayName: '陈敏', role: 'agencyOfficer', area: '990101' });
    other = await house.signedIn({ signInName: 'agency-03', displayName: '赵强', role: 'agencyOfficer', area: '990103' });
  });
  afterAll(() => house.close());

  test('registers an institution, which everybody finds on the public list', async () => {
    const made = await agency('POST', '/api/institutions', HOUSE);
    expect(made.statusCode).toBe(200);
    id = made.json().id as string;
    expect((await house.outsider('GET', `/api/public/institutions?q=${encodeURIComponent('槐荫')}`)).json()).toMatchObject({ total: 1, rows: [{ id, districtZh: '禾东区' }] });
    expect((await house.outsider('GET', `/api/institutions/${id}`)).statusCode).toBe(401);
    expect((await agency('GET', `/api/institutions/${id}`)).json().creditCode).toBe(HOUSE.creditCode);
  });

  test.each([
    ['a wrong credit code', { creditCode: HOUSE.creditCode.slice(0, 17) + (HOUSE.creditCode.endsWith('A') ? 'B' : 'A') }, 'INSTITUTION_CREDIT_CODE'],
    ['a known code', { creditCode: creditCodeFor('990101', 8) }, 'INSTITUTION_DUPLICATE'],
    ['a district of somebody else', { districtCode: '990103', code: 'QH-2', creditCode: creditCodeFor('990103', 8) }, 'INSTITUTION_AREA'],
    ['an agreement that ends before it begins', { code: 'QH-2', creditCode: creditCodeFor('990101', 9), agreementToOn: '2023-12-31' }, 'INSTITUTION_AGREEMENT_DAYS'],
    ['half a place', { code: 'QH-2', creditCode: creditCodeFor('990101', 9), longitude: 117 }, 'INSTITUTION_LOCATION'],
  ])('refuses %s', async (_, more, code) => {
    expect((await agency('POST', '/api/institutions', { ...HOUSE, ...more })).json().code).toBe(code);
  });

  test('files prices that follow one another, and refuses one that overlaps or is not of the own area', async () => {
    const price = { workerClass: 'trained', fromOn: '2026-01-01', toOn: '2026-07-01', hourlyPriceFen: 6000 };
    expect((await agency('POST', `/api/institutions/${id}/prices`, price)).statusCode).toBe(200);
    expect((await agency('POST', `/api/institutions/${id}/prices`, { ...price, fromOn: '2026-06-30', toOn: undefined })).json()).toMatchObject({ status: 409, code: 'PRICE_OVERLAP', params: { fromOn: '2026-01-01' } });
    expect((await agency('POST', `/api/institutions/${id}/prices`, { ...price, fromOn: '2026-07-01', toOn: undefined, hourlyPriceFen: 6200 })).statusCode).toBe(200);
    expect((await agency('POST', `/api/institutions/${id}/prices`, { ...price, toOn: '2026-01-01' })).json().code).toBe('PRICE_DAYS');
    expect((await other('POST', `/api/institutions/${id}/prices`, price)).json().code).toBe('INSTITUTION_AREA');
    expect((await agency('GET', `/api/institutions/${id}/prices`)).json().map((one: { hourlyPriceFen: number }) => one.hourlyPriceFen)).toEqual([6200, 6000]);
  });

  test('lets a new price follow one without a last day, from today on and not for days that are past', async () => {
    const path = `/api/institutions/${id}/prices`;
    const open = { workerClass: 'nurse', fromOn: '2026-02-01', hourlyPriceFen: 9000 };
    expect((await agency('POST', path, open)).statusCode).toBe(200);
    const today = house.clock.now.toISOString().slice(0, 10);
    const yesterday = new Date(house.clock.now.getTime() - 86_400_000).toISOString().slice(0, 10);
    expect((await agency('POST', path, { ...open, fromOn: yesterday, hourlyPriceFen: 9500 })).json()).toMatchObject({ code: 'PRICE_FOLLOWS_PAST', params: { today } });
    expect((await agency('POST', path, { ...open, fromOn: today, hourlyPriceFen: 9500 })).statusCode).toBe(200);
    const nurse = (await agency('GET', path)).json().filter((one: { workerClass: string }) => one.workerClass === 'nurse');
    expect(nurse).toEqual([{ workerClass: 'nurse', fromOn: today, toOn: null, hourlyPriceFen: 9500 }, { ...open, toOn: today }]);
    expect((await agency('POST', path, { ...open, fromOn: today, hourlyPriceFen: 9900 })).json().code).toBe('PRICE_OVERLAP');
  });

  test('shows the catalogue that held on a day, and none before the first', async () => {
    const catalogue = (await house.outsider('GET', '/api/catalogue?on=2026-09-01')).json();
    expect(catalogue).toMatchObject({ id: 'qinghe-2024', fromOn: '2024-01-01' });
    expect(catalogue.items.find((one: { code: string }) => one.code === 'QH-M05')).toMatchObject({ nurseOnly: true, en: 'Dressing of a pressure injury' });
    expect((await house.outsider('GET', '/api/catalogue?on=2020-01-01')).json()).toMatchObject({ status: 404, code: 'CATALOGUE_NONE' });
  });

  test('adds a worker once, to an institution of the own area, with a class that fits', async () => {
    const worker = { institutionId: id, name: '林秀英', identityNumber: identityNumberFor('990101', '1985-05-05', 4), workerClass: 'nurse', fromOn: '2025-01-01', abilities: ['QH-M05'] };
    const made = await agency('POST', '/api/workers', worker);
    expect(made.statusCode).toBe(200);
    expect((await agency('GET', `/api/workers/${made.json().id as string}`)).json()).toMatchObject({ institutionName: '槐荫护理站', abilities: ['QH-M05'] });
    expect((await agency('POST', '/api/workers', worker)).json().code).toBe('WORKER_DUPLICATE');
    expect((await agency('POST', '/api/workers', { ...worker, identityNumber: '990101198505050041' })).json().code).toBe('WORKER_IDENTITY_NUMBER');
    expect((await agency('POST', '/api/workers', { ...worker, workerClass: 'assessor', identityNumber: identityNumberFor('990101', '1985-05-06', 4) })).json().code).toBe('WORKER_CLASS');
    expect((await agency('POST', '/api/workers', { ...worker, toOn: '2024-01-01', identityNumber: identityNumberFor('990101', '1985-05-06', 4) })).json().code).toBe('WORKER_DAYS');
    expect((await other('POST', '/api/workers', { ...worker, identityNumber: identityNumberFor('990101', '1985-05-07', 4) })).json().code).toBe('WORKER_INSTITUTION');
    expect((await other('GET', '/api/workers')).json()).toEqual({ rows: [], total: 0 });
    expect((await agency('GET', `/api/workers?workerClass=nurse&q=${encodeURIComponent('秀英')}`)).json().total).toBe(1);
  });
});
