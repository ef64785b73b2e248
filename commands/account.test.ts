/** Accounts that the operator makes: whom they stand for, and where their one-time link leads. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Refusal } from '#kit/refuse.ts';
import { Fixture } from '#domain/claims/fixture.ts';
import { openTestHouse, type TestHouse } from '#server/testing.ts';
import { refusalSentences } from '../bin/sentences.ts';
import { changeAccount, listAccounts, makeAccount, run, type WantedAccount } from './account.ts';

let house: TestHouse;
const numbers: string[] = [];
beforeAll(async () => {
  house = await openTestHouse();
  const { owner } = house.platform.databases;
  for (const district of ['990101', '990102', '990102']) {
    const id = await new Fixture(owner, district).person();
    numbers.push((await owner.query<{ n: string }>('SELECT identity_number AS n FROM people.person WHERE id = $1', [id])).rows[0]!.n);
  }
});
afterAll(() => house.close());

const make = (more: Partial<WantedAccount>) => makeAccount(house.platform.databases.ownerDb, { name: 'family-1', display: '王秀英之女', role: 'family', area: null, institution: null, persons: [], ...more }, house.clock.now);
const accounts = async () => (await house.platform.databases.owner.query('SELECT count(*) AS n FROM identity.account')).rows[0].n as number;

async function refused(work: Promise<unknown>): Promise<{ code: string; zh: string; en: string }> {
  const error = await work.then(() => undefined, (one: unknown) => one);
  expect(error).toBeInstanceOf(Refusal);
  return { code: (error as Refusal).code, ...(await refusalSentences(error as Refusal)) };
}

describe('a family account', () => {
  test('stands for exactly the persons that it names, in whatever district', async () => {
    const path = await make({ persons: [numbers[0]!, ` ${numbers[1]!.toLowerCase()} `, numbers[0]!] });
    expect(path).toMatch(/^\/family\/activate#[\w-]{32}$/);
    const password = 'a password of my own';
    expect((await house.outsider('POST', '/api/activation', { token: path.split('#')[1], password })).statusCode).toBe(200);
    const { headers } = await house.outsider('POST', '/api/session', { signInName: 'family-1', password });
    const session = await house.outsider('GET', '/api/session', undefined, { cookie: String(headers['set-cookie']).split(';')[0]! });
    expect(session.json().session).toMatchObject({ desk: 'family', role: 'family' });
    const { rows } = await house.platform.databases.owner.query(`SELECT p.identity_number AS n, a.district_code AS district FROM identity.account_person a JOIN people.person p ON p.id = a.person_id AND p.district_code = a.district_code ORDER BY 2`);
    expect(rows).toEqual([{ n: numbers[0], district: '990101' }, { n: numbers[1], district: '990102' }]);
  });

  test('is not made for nobody, for somebody who is not registered, or for a whole area; each is told in both languages', async () => {
    const before = await accounts();
    expect(await refused(make({ name: 'family-2' }))).toMatchObject({ code: 'ACCOUNT_PERSON_MISSING', zh: expect.stringContaining('--person'), en: expect.stringContaining('--person') });
    expect(await refused(make({ name: 'family-2', persons: [numbers[0]!, '990101194001011233'] }))).toMatchObject({ code: 'ACCOUNT_PERSON_UNKNOWN', zh: expect.stringContaining('990101194001011233 没有登记'), en: expect.stringContaining('990101194001011233') });
    expect(await refused(make({ name: 'family-2', persons: [numbers[0]!], area: '990101' }))).toMatchObject({ code: 'ACCOUNT_PERSON_ROLE', zh: expect.stringContaining('family'), en: expect.stringContaining('family') });
    expect(await refused(make({ name: 'family-1', persons: [numbers[0]!] }))).toMatchObject({ code: 'NAME_TAKEN' });
    expect(await accounts()).toBe(before);
  });
});

describe('an account of an office', () => {
  test('gets its link to the office, and takes no persons', async () => {
    expect(await make({ name: 'officer-1', role: 'agencyOfficer', area: '990101' })).toMatch(/^\/office\/activate#/);
    expect(await refused(make({ name: 'officer-2', role: 'agencyOfficer', area: '990101', persons: [numbers[0]!] }))).toMatchObject({ code: 'ACCOUNT_PERSON_ROLE' });
    expect(await refused(make({ name: 'officer-2', role: 'emperor' }))).toMatchObject({ code: 'ROLE_UNKNOWN' });
  });

  test('of an assessor stands for a registered worker of its institution, and for nobody else', async () => {
    const { owner } = house.platform.databases;
    const { rows } = await owner.query<{ id: string; code: string }>("SELECT id, code FROM providers.institution WHERE kind = 'assessment' LIMIT 1");
    const place = rows[0] ?? (await owner.query<{ id: string; code: string }>(`INSERT INTO providers.institution (id, district_code, code, name, kind, credit_code, address, agreement_from_on, created_at)
      VALUES (gen_random_uuid(), '990101', 'QH-PG-09', '禾东失能评估中心', 'assessment', '91350100M000100Y43', '槐荫路 20 号', '2026-01-01', now()) RETURNING id, code`)).rows[0]!;
    const number = '11010519491231002X';
    await owner.query(`INSERT INTO workers.worker (id, district_code, institution_id, name, identity_number, worker_class, from_on, created_at) VALUES (gen_random_uuid(), '990101', $1, '方敏', $2, 'assessor', '2026-01-01', now())`, [place.id, number]);
    const assessor = { name: 'assessor-9', display: '方敏', role: 'assessor', institution: place.code };
    expect(await refused(make({ ...assessor, worker: numbers[0]! }))).toMatchObject({ code: 'ACCOUNT_WORKER_UNKNOWN', zh: expect.stringContaining(numbers[0]!) });
    expect(await make({ ...assessor, worker: number.toLowerCase() })).toMatch(/^\/office\/activate#/);
    expect((await owner.query('SELECT w.name FROM identity.account a JOIN workers.worker w ON w.id = a.worker_id WHERE a.sign_in_name = $1', ['assessor-9'])).rows).toEqual([{ name: '方敏' }]);
  });

  test('of an institution never gets a district, which would show it everybody else\'s affairs', async () => {
    for (const role of ['institutionOfficer', 'assessmentOfficer', 'assessor']) {
      expect(await refused(make({ name: `wide-${role}`, role, area: '990101' }))).toMatchObject({ code: 'ACCOUNT_ROLE_INSTITUTION', zh: expect.stringContaining(role), en: expect.stringContaining(role) });
    }
    expect(await make({ name: 'expert-of-district', role: 'assessmentExpert', area: '990101' })).toMatch(/^\/office\/activate#/);
  });

  test('sees a known division or a registered institution, never a mistyped one, and not nothing', async () => {
    const officer = { name: 'officer-3', role: 'agencyOfficer' };
    for (const area of ['9', '990199', 'abc;']) expect(await refused(make({ ...officer, area }))).toMatchObject({ code: 'ACCOUNT_AREA_UNKNOWN', zh: expect.stringContaining(area) });
    for (const institution of ['nope', '00000000-0000-7000-8000-000000000000']) expect(await refused(make({ ...officer, institution }))).toMatchObject({ code: 'ACCOUNT_INSTITUTION_UNKNOWN' });
    expect(await refused(make(officer))).toMatchObject({ code: 'ACCOUNT_SCOPE_MISSING' });
  });
});

describe('an account that exists', () => {
  const printed = async (work: () => Promise<unknown>): Promise<string> => {
    const write = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
    try {
      await work();
      return write.mock.calls.map(([text]) => String(text)).join('');
    } finally {
      write.mockRestore();
    }
  };
  const signIn = (password: string) => house.outsider('POST', '/api/session', { signInName: 'clerk-1', password });

  test('is closed from its next request on, and opened again with the password it had', async () => {
    const clerk = await house.signedIn({ signInName: 'clerk-1', displayName: '林静', role: 'agencyOfficer', area: '990101' });
    expect((await clerk('GET', '/api/applications')).statusCode).toBe(200);
    expect(await printed(() => changeAccount(house.platform.databases.ownerDb, 'clerk-1', 'disable', house.clock.now))).toContain('已停用');
    expect((await clerk('GET', '/api/applications')).statusCode).toBe(401);
    expect(await printed(() => listAccounts(house.platform.databases.ownerDb))).toMatch(/clerk-1\t林静\tagencyOfficer\t990101\t已停用/);
    await printed(() => changeAccount(house.platform.databases.ownerDb, 'clerk-1', 'enable', house.clock.now));
    expect((await clerk('GET', '/api/applications')).statusCode).toBe(200);
  });

  test('with a renewed link has no old password and no open session any more, and takes a new password once', async () => {
    const link = await printed(() => changeAccount(house.platform.databases.ownerDb, 'clerk-1', 'renew', house.clock.now));
    expect(link).toContain('/office/activate#');
    expect((await signIn('a long enough test password')).json().code).toBe('SIGN_IN_WRONG');
    const token = /#([\w-]{32})/.exec(link)![1]!;
    const password = 'a quite new password';
    expect((await house.outsider('POST', '/api/activation', { token, password })).statusCode).toBe(200);
    expect((await house.outsider('POST', '/api/activation', { token, password })).json().code).toBe('ACTIVATION_WRONG');
    expect((await signIn(password)).statusCode).toBe(200);
  });

  test('must exist', async () => {
    for (const how of ['renew', 'disable', 'enable'] as const) {
      expect(await refused(changeAccount(house.platform.databases.ownerDb, 'nobody', how, house.clock.now))).toMatchObject({ code: 'ACCOUNT_UNKNOWN', zh: expect.stringContaining('nobody'), en: expect.stringContaining('nobody') });
    }
  });
});

test('the command without what it needs shows how it is written, and fails', async () => {
  const write = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
  expect([await run(['--name', 'x']), await run(['--help'])]).toEqual([1, 0]);
  expect(String(write.mock.calls[0]![0])).toContain('--role family --person');
  write.mockRestore();
});
