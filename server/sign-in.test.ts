/** Who gets in, who does not, and what each is told. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccount, renewLink } from '#platform/identity/accounts.ts';
import { countFailure, forgetOld, keepNewest, lockedUntil } from '#platform/identity/attempts.ts';
import { Refusal } from '#kit/refuse.ts';
import { openTestHouse, type TestHouse } from './testing.ts';

let house: TestHouse;
const PASSWORD = 'a long enough test password';
const OFFICER = { displayName: '测试经办员', role: 'agencyOfficer', area: '990101' };

beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house?.close());

const make = (signInName: string, more: { demoPassword?: string; role?: string } = {}) => createAccount(house.platform.databases.ownerDb, { ...OFFICER, signInName, ...more }, house.clock.now);
const signIn = (signInName: string, password = PASSWORD, headers: Record<string, string> = {}) => house.outsider('POST', '/api/session', { signInName, password }, headers);
const codeOf = async (work: Promise<unknown>): Promise<string> => work.then(() => 'done', (error: unknown) => (error instanceof Refusal ? error.code : String(error)));

describe('signing in', () => {
  it('says the same to a wrong password and to a name that nobody has', async () => {
    await make('officer-1', { demoPassword: PASSWORD });
    const wrong = await signIn('officer-1', 'another password');
    const nobody = await signIn('nobody-at-all');
    expect([wrong.statusCode, wrong.json().code]).toEqual([401, 'SIGN_IN_WRONG']);
    expect([nobody.statusCode, nobody.json().code]).toEqual([401, 'SIGN_IN_WRONG']);
    expect(wrong.json().title).toBe(nobody.json().title);
  });

  it('tells it in English to whoever asks for English', async () => {
    const answer = await signIn('nobody-at-all', PASSWORD, { 'accept-language': 'en' });
    expect(answer.headers['content-language']).toBe('en');
    expect(answer.json().title).toMatch(/^Account or password is wrong/);
  });

  it('keeps a disabled account out, also one that is signed in already', async () => {
    const call = await house.signedIn({ ...OFFICER, signInName: 'officer-2' });
    expect((await call('GET', '/api/people')).statusCode).toBe(200);
    await house.platform.databases.owner.query(`UPDATE identity.account SET disabled_at = now() WHERE sign_in_name = 'officer-2'`);
    expect((await call('GET', '/api/people')).json().code).toBe('SIGN_IN_NEEDED');
    expect((await signIn('officer-2')).json().code).toBe('ACCOUNT_DISABLED');
  });

  it('ends with the sign-out', async () => {
    const call = await house.signedIn({ ...OFFICER, signInName: 'officer-3' });
    expect((await call('DELETE', '/api/session')).json()).toEqual({ signedOut: true });
    expect((await call('GET', '/api/people')).json().code).toBe('SIGN_IN_NEEDED');
  });

  it('takes no writing request from another site\'s page', async () => {
    const call = await house.signedIn({ ...OFFICER, signInName: 'officer-4' });
    expect((await call('DELETE', '/api/session', undefined, { origin: 'https://elsewhere.example' })).statusCode).toBe(403);
    expect((await call('GET', '/api/session')).json().session.signInName).toBe('officer-4');
  });
});

describe('wrong passwords', () => {
  const later = async <T>(minutes: number, work: () => Promise<T>): Promise<T> => {
    const before = house.clock.now;
    house.clock.now = new Date(before.getTime() + minutes * 60_000);
    return work().finally(() => void (house.clock.now = before));
  };
  const tries = async (name: string, times: number) => {
    const told: unknown[] = [];
    for (let n = 0; n < times; n += 1) {
      const { statusCode, headers, ...answer } = await signIn(name, 'not the password');
      told.push([statusCode, headers['content-type'], { ...answer.json<object>(), instance: '' }]);
    }
    return told;
  };

  it('are answered word for word alike for a name that nobody has, the lock and its end included', async () => {
    await make('officer-20', { demoPassword: PASSWORD });
    await make('officer-21');
    const [known, unknown, unfinished] = [await tries('officer-20', 7), await tries('nobody-20', 7), await tries('officer-21', 7)];
    expect(known.map((one) => (one as [number])[0])).toEqual([401, 401, 401, 401, 423, 423, 423]);
    expect(unknown).toEqual(known);
    expect(unfinished).toEqual(known);
    expect((await signIn('officer-20')).json().code).toBe('ACCOUNT_LOCKED');
    const after = await later(16, async () => [await tries('officer-20', 1), await tries('nobody-20', 1)]);
    expect(after[0]).toEqual(after[1]);
    expect((await later(16, () => signIn('officer-20'))).statusCode).toBe(200);
  });

  it('take the time of a password check for a name that nobody has as for one that somebody has', async () => {
    await make('officer-22', { demoPassword: PASSWORD });
    const msOf = async (name: string): Promise<number> => {
      const from = performance.now();
      await signIn(name, 'not the password');
      return performance.now() - from;
    };
    const [known, unknown]: [number[], number[]] = [[], []];
    for (let n = 0; n < 4; n += 1) {
      known.push(await msOf('officer-22'));
      unknown.push(await msOf('nobody-22'));
    }
    // The quickest of each: what else the machine does makes single ones slow. Without the check it would be a tenth.
    expect(Math.min(...unknown)).toBeGreaterThan(Math.min(...known) / 5);
  });

  it('begin anew after the right one, after a day, and with a new link', async () => {
    const { ownerDb } = house.platform.databases;
    const { now } = house.clock;
    await make('officer-23', { demoPassword: PASSWORD });
    await tries('officer-23', 4);
    expect((await signIn('officer-23')).statusCode).toBe(200);
    expect((await tries('officer-23', 4)).map((one) => (one as [number])[0])).toEqual([401, 401, 401, 401]);
    expect(await countFailure(ownerDb, 'officer-23', new Date(now.getTime() + 25 * 3600_000))).toBeNull();
    await tries('officer-23', 4);
    expect(await lockedUntil(ownerDb, 'officer-23', now)).not.toBeNull();
    await renewLink(ownerDb, 'officer-23', now);
    expect(await lockedUntil(ownerDb, 'officer-23', now)).toBeNull();
  });

  it('of a day ago are forgotten at night, and those of the oldest names when there are too many', async () => {
    const { owner, ownerDb } = house.platform.databases;
    const count = async (): Promise<number> => (await owner.query<{ n: number }>('SELECT count(*)::int AS n FROM identity.attempt')).rows[0]!.n;
    const at = (minutes: number): Date => new Date(house.clock.now.getTime() + minutes * 60_000);
    await forgetOld(ownerDb, at(3 * 1440));
    expect(await count()).toBe(0);
    for (let n = 0; n < 5; n += 1) await countFailure(ownerDb, `nobody-${n}`, at(n));
    await keepNewest(ownerDb, 3, at(5));
    expect(await count()).toBe(3);
    await forgetOld(ownerDb, at(1440 + 3));
    expect(await count()).toBe(2);
    // Whoever is locked is not pressed out by other names before the quarter of an hour is over.
    for (let n = 0; n < 5; n += 1) await countFailure(ownerDb, 'nobody-locked', at(5));
    for (let n = 6; n < 10; n += 1) await countFailure(ownerDb, `nobody-${n}`, at(n));
    await keepNewest(ownerDb, 3, at(10));
    expect([await count(), await lockedUntil(ownerDb, 'nobody-locked', at(10))]).toEqual([4, at(20).toISOString()]);
    await keepNewest(ownerDb, 3, at(20));
    expect(await count()).toBe(3);
  });
});

describe('accounts', () => {
  it('have a role that exists and a name of their own', async () => {
    expect(await codeOf(make('officer-5', { role: 'emperor' }))).toBe('ROLE_UNKNOWN');
    await make('officer-6');
    expect(await codeOf(make('officer-6'))).toBe('NAME_TAKEN');
  });

  it('get their password by a one-time link: once, within seven days, and not a weak one', async () => {
    const { token } = await make('officer-7');
    const activate = (password: string, given = token!) => house.outsider('POST', '/api/activation', { token: given, password });
    expect((await activate('short')).json().code).toBe('PASSWORD_WEAK');
    expect((await activate('a password of my own', 'x'.repeat(32))).json().code).toBe('ACTIVATION_WRONG');
    expect((await activate('a password of my own')).json()).toEqual({ signInName: 'officer-7' });
    expect((await activate('a second password then')).json().code).toBe('ACTIVATION_WRONG');
    expect((await signIn('officer-7', 'a password of my own')).statusCode).toBe(200);
  });

  it('cannot use a link that is older than seven days', async () => {
    const { token } = await make('officer-8');
    const before = house.clock.now;
    house.clock.now = new Date(before.getTime() + 8 * 86_400_000);
    const answer = await house.outsider('POST', '/api/activation', { token, password: 'a password of my own' });
    house.clock.now = before;
    expect(answer.json().code).toBe('ACTIVATION_WRONG');
  });

  it('cannot sign in before a password is set', async () => {
    await make('officer-9');
    expect((await signIn('officer-9', '')).json().code).toBe('INPUT_WRONG');
    expect((await signIn('officer-9')).json().code).toBe('SIGN_IN_WRONG');
  });
});

describe('requests', () => {
  it('that do not fit the contract are told which field, in the language asked for', async () => {
    const call = await house.signedIn({ ...OFFICER, signInName: 'officer-10' });
    const answer = await call('POST', '/api/people', { name: '王某', township: '1' });
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'INPUT_WRONG']);
    const columns = (answer.json().errors as { column: string; detail: string }[]).map((one) => `${one.column} ${one.detail}`);
    expect(columns).toContain('identityNumber 必填');
    expect(columns).toContain('township 不应出现');
  });

  it('that are larger than the house takes are refused by their size', async () => {
    const call = await house.signedIn({ ...OFFICER, signInName: 'officer-11' });
    const answer = await call('POST', '/api/people', { name: 'x'.repeat(3 * 1024 * 1024) });
    expect([answer.statusCode, answer.json().code]).toEqual([413, 'TOO_LARGE']);
  });

  it('that should bring a file and bring none are told so', async () => {
    const call = await house.signedIn({ ...OFFICER, signInName: 'officer-12' });
    const answer = await call('POST', '/api/visits/intake?format=csv&district=990101');
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'FILE_MISSING']);
  });
});
