import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkCreditCode } from '#kit/credit-code.ts';
import { checkIdentityNumber } from '#kit/identity-number.ts';
import { findDecision } from '#platform/decisions/keep.ts';
import type { Rerun } from '#platform/module.ts';
import { MIN_PASSWORD, findAccountByName } from '#platform/identity/accounts.ts';
import { openTestHouse } from '#server/testing.ts';
import type { Caller, TestHouse } from '#server/testing.ts';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from './accounts.ts';
import { loadWorld } from './load.ts';
import { demoModule } from './module.ts';
import { NAMED_PEOPLE } from './named.ts';
import { CASE_PEOPLE } from './named-cases.ts';
import { freshWorld, unpackFiles } from './testing.ts';
import { CARE_DISTRICTS, CLOSED_MONTHS, WORLD_TODAY } from './today.ts';

let house: TestHouse;

beforeAll(async () => {
  // The city is loaded once for all tests: what freshWorld copies is what loadWorld made of an empty database.
  house = await openTestHouse(`${WORLD_TODAY}T02:00:00Z`, freshWorld());
  await unpackFiles(house.url, house.platform.files.folder);
}, 240_000);
afterAll(() => house.close());

async function rows<R extends object>(text: string, values: unknown[] = []): Promise<R[]> {
  return (await house.platform.databases.owner.query<R>(text, values)).rows;
}
const count = async (text: string, values: unknown[] = []): Promise<number> => (await rows<{ n: number }>(`SELECT count(*) AS n FROM ${text}`, values))[0]!.n;

/** Signs a demo account in, as its owner does it. */
async function signedIn(signInName: string): Promise<Caller> {
  const answer = await house.outsider('POST', '/api/session', { signInName, password: DEMO_PASSWORD });
  expect(answer.statusCode, `${signInName}: ${answer.body}`).toBe(200);
  const cookie = String(answer.headers['set-cookie']).split(';')[0]!;
  return (method, url, body, headers = {}) => house.outsider(method, url, body, { ...headers, cookie });
}

/** What the sign-in page of a house shows. */
const shownIn = (one: TestHouse) => one.act((act) => demoModule.routes['GET /api/demo-accounts']!(act, {} as never)) as Promise<{ signInName: string; password: string }[]>;

describe('loading', () => {
  test('fills an empty database', async () => {
    expect(await count('people.person')).toBeGreaterThan(440);
    expect(await count('visits.visit')).toBeGreaterThan(30_000);
    expect(await count(`plans.plan WHERE state = 'confirmed'`)).toBeGreaterThan(380);
    expect(await count('platform.event')).toBeGreaterThan(4_000);
  });

  test('a second time adds nothing', async () => {
    const before = [await count('people.person'), await count('platform.event'), await count('claims.line'), await count('identity.account')];
    expect(await loadWorld(house.url)).toBe(false);
    expect([await count('people.person'), await count('platform.event'), await count('claims.line'), await count('identity.account')]).toEqual(before);
  });

  test('a loading that was killed before its last marks were set goes on and changes nothing that is there', async () => {
    const before = [await count('assessments.application'), await count('ledger.posting'), await count('claims.review'), await count('notices.objection'), await count('platform.event')];
    const quality = await count('assessments.quality_month');
    await rows(`DELETE FROM world.stage WHERE name IN ('staff', 'named', 'family', 'year', 'applications', 'desks', 'settled')`);
    expect(await loadWorld(house.url, undefined, house.platform.files.folder)).toBe(true);
    expect([await count('assessments.application'), await count('ledger.posting'), await count('claims.review'), await count('notices.objection'), await count('platform.event')]).toEqual(before);
    expect(await count('assessments.quality_month')).toBe(quality);
  });

  test('leaves a database alone that holds an account of somebody else', async () => {
    const other = await openTestHouse();
    try {
      await other.signedIn({ signInName: 'somebody', displayName: '某人', role: 'bureauOfficer', area: '9901' });
      expect(await loadWorld(other.url)).toBe(false);
      expect((await other.platform.databases.owner.query('SELECT 1 FROM people.person LIMIT 1')).rowCount).toBe(0);
      expect(await shownIn(other)).toEqual([]);
    } finally {
      await other.close();
    }
  });
});

describe('people and institutions', () => {
  test('all identity numbers and credit codes pass their checks, and no person has two', async () => {
    const people = await rows<{ number: string }>('SELECT identity_number AS number FROM people.person UNION ALL SELECT identity_number FROM workers.worker');
    for (const { number } of people) expect(checkIdentityNumber(number, WORLD_TODAY)).toMatchObject({ ok: true, number });
    expect(new Set(people.map((one) => one.number)).size).toBe(people.length);
    for (const { code } of await rows<{ code: string }>('SELECT credit_code AS code FROM providers.institution')) expect(checkCreditCode(code)).toMatchObject({ ok: true });
  });

  test('every birth day and sex is that of the identity number', async () => {
    const wrong = await count(`people.person WHERE to_char(birth_on, 'YYYYMMDD') <> substr(identity_number, 7, 8) OR sex <> CASE WHEN substr(identity_number, 17, 1)::int % 2 = 1 THEN 1 ELSE 2 END`);
    expect(wrong).toBe(0);
  });

  test('every file on record is in the vault of the house that loaded the city', async () => {
    const files = await rows<{ sha: string }>(`SELECT sha256 AS sha FROM assessments.material WHERE sha256 IS NOT NULL UNION SELECT sha256 FROM assessments.delivery_proof UNION SELECT sha256 FROM assessments.site_evidence UNION SELECT sha256 FROM assessments.site_video_piece`);
    expect(files.length).toBeGreaterThanOrEqual(11);
    for (const { sha } of files) await house.platform.files.read(sha);
  });

  test('each named person has come as far as told', async () => {
    for (const one of [...NAMED_PEOPLE, ...CASE_PEOPLE].filter(({ name }) => name !== '彭守信')) {
      const [found] = await rows<{ state: string }>('SELECT a.state FROM assessments.application a JOIN people.person p ON p.district_code = a.district_code AND p.id = a.person_id WHERE p.identity_number = $1 ORDER BY a.filed_at DESC', [one.identityNumber]);
      expect(found?.state, one.name).toBe(one.reached);
    }
    expect(await count('notices.objection')).toBe(1);
  });

  test('the second district waits for its import: staff, but nobody cared for', async () => {
    expect(await count(`people.person WHERE district_code = '990102'`)).toBe(0);
    expect(await count(`visits.visit WHERE district_code = '990102'`)).toBe(0);
    expect(await rows(`SELECT kind FROM providers.institution WHERE district_code = '990102'`)).toEqual([{ kind: 'assessment' }]);
  });
});

describe('decisions', () => {
  test('of every kind some are decided again with the same value', async () => {
    const kinds = await rows<{ kind: string; ids: string[] }>('SELECT kind, (array_agg(id ORDER BY md5(id::text)))[1:8] AS ids FROM platform.decision GROUP BY kind');
    expect(kinds.length).toBeGreaterThan(5);
    const reruns = Object.assign({}, ...house.modules.map((one) => one.reruns)) as Record<string, Rerun>;
    await house.act(async (act) => {
      for (const { kind, ids } of kinds) {
        for (const id of ids) {
          const kept = (await findDecision(act, id))!;
          const again = await reruns[kind]!(act, kept);
          expect(JSON.parse(JSON.stringify(again.value)), `${kind} ${id}`).toEqual(kept.value);
          expect(JSON.parse(JSON.stringify(again.reasons)), `${kind} ${id}`).toEqual(kept.reasons);
        }
      }
    });
  });
});

describe('the year', () => {
  test('twelve months of five districts are closed and balanced', async () => {
    expect(await count('claims.month_close')).toBe(CARE_DISTRICTS.length * CLOSED_MONTHS.length);
    expect(await count('claims.month_close WHERE billed_fen <> fund_fen + person_fen + refused_fen OR billed_fen = 0')).toBe(0);
    expect(await count(`claims.month_close c WHERE (c.billed_fen, c.fund_fen) <> (SELECT sum(l.billed_fen), sum(l.fund_fen) FROM claims.line l WHERE l.district_code = c.district_code AND l.month = c.month)`)).toBe(0);
  });

  test('outside the faults made on purpose no schedule yields an overlap or an impossible way, and every such fault is found', async () => {
    const found = await rows<{ rule: string; visitId: string; kind: string | null }>(`SELECT f.rule, l.visit_id AS "visitId", w.kind FROM claims.finding f JOIN claims.line l ON l.district_code = f.district_code AND l.month = f.month AND l.id = f.line_id
      LEFT JOIN world.fault w ON w.visit_id = l.visit_id WHERE f.rule IN ('carer-overlap', 'person-overlap', 'travel-impossible', 'item-not-in-plan', 'over-long') OR (f.rule = 'hospital-stay' AND l.visit_id IS NOT NULL)`);
    for (const one of found) expect(one).toMatchObject({ kind: one.rule });
    const faults = await rows<{ visitId: string }>(`SELECT visit_id AS "visitId" FROM world.fault WHERE service_on < '2026-09-01'`);
    expect(found.map((one) => one.visitId).sort()).toEqual(faults.map((one) => one.visitId).sort());
    expect(new Set(found.map((one) => one.rule))).toEqual(new Set(['carer-overlap', 'travel-impossible', 'item-not-in-plan', 'over-long', 'hospital-stay']));
    expect(faults.length / (await count(`visits.visit WHERE service_on < '2026-09-01'`))).toBeLessThan(0.02);
  });

  test('September 2026 has visits and waits to be closed', async () => {
    for (const district of CARE_DISTRICTS) expect(await count(`visits.visit WHERE district_code = $1 AND service_on BETWEEN '2026-09-01' AND '2026-09-30'`, [district])).toBeGreaterThan(200);
    expect(await count(`claims.month_close WHERE month >= '2026-09-01'`)).toBe(0);
  });

  test('statements were reviewed and paid by different people; the last month is under way', async () => {
    expect(await count(`claims.statement WHERE month < '2026-08-01' AND state <> 'paid'`)).toBe(0);
    expect((await rows<{ state: string }>(`SELECT DISTINCT state FROM claims.statement WHERE month = '2026-08-01' ORDER BY state`)).map((one) => one.state)).toEqual(['approved', 'drafted', 'firstReviewed']);
    expect(await count('(SELECT statement_id FROM claims.review GROUP BY statement_id HAVING count(*) <> count(DISTINCT account_id)) doubled')).toBe(0);
  });

  test('the books balance and no district spends what it does not have', async () => {
    const [sum] = await rows<{ debit: number; credit: number }>('SELECT sum(debit_fen)::bigint AS debit, sum(credit_fen)::bigint AS credit FROM ledger.entry');
    expect(sum!.debit).toBe(sum!.credit);
    const low = await count(`(SELECT sum(e.debit_fen - e.credit_fen) OVER (PARTITION BY e.district_code, e.account_code ORDER BY e.effective_on) AS balance
      FROM ledger.entry e JOIN ledger.account a ON a.district_code = e.district_code AND a.code = e.account_code WHERE e.booked AND a.kind = 'asset') b WHERE balance < 0`);
    expect(low).toBe(0);
    const [paid] = await rows<{ care: number; fees: number }>(`SELECT (SELECT sum(fund_fen) FROM claims.statement WHERE state = 'paid')::bigint AS care, (SELECT sum(payable_fen) FROM assessments.fee_statement WHERE state = 'paid')::bigint AS fees`);
    expect(await rows(`SELECT sum(debit_fen) FILTER (WHERE account_code <> '500105')::bigint AS care, sum(debit_fen) FILTER (WHERE account_code = '500105')::bigint AS fees FROM ledger.entry WHERE booked AND account_code LIKE '5001%'`)).toEqual([paid]);
    expect(paid!.fees).toBeGreaterThan(0);
  });
});

describe('demo accounts', () => {
  test('the password is long enough for anybody', () => expect(DEMO_PASSWORD.length).toBeGreaterThanOrEqual(MIN_PASSWORD));

  test('every account signs in and sees the people of its own scope and nobody else', async () => {
    for (const one of DEMO_ACCOUNTS) {
      const call = await signedIn(one.signInName);
      const account = (await findAccountByName(house.platform.databases.ownerDb, one.signInName))!;
      const answer = await call('GET', '/api/people?pageSize=100');
      if (!account.permissions.includes('people.read')) {
        expect(answer.statusCode, one.signInName).toBe(403);
        continue;
      }
      const { total, rows: seen } = answer.json<{ total: number; rows: { id: string }[] }>();
      const own = account.area !== null ? 'starts_with(p.township_code, $1)' : 'EXISTS (SELECT 1 FROM people.tie t WHERE t.person_id = p.id AND t.institution_id::text = $1)';
      expect(total, one.signInName).toBe(await count(`people.person p WHERE ${own}`, [account.area ?? account.institutionId]));
      expect(await count(`people.person p WHERE p.id = ANY ($2) AND NOT (${own})`, [account.area ?? account.institutionId, seen.map((row) => row.id)]), one.signInName).toBe(0);
    }
  }, 120_000);

  test('the daughter of 王桂兰 sees her mother and nobody else', async () => {
    const call = await signedIn('family-01');
    const persons = (await call('GET', '/api/family/persons')).json<{ name: string }[]>();
    expect(JSON.stringify(persons)).toContain('王桂兰');
    expect(JSON.stringify(persons)).not.toContain('周德海');
    const visits = (await call('GET', '/api/family/visits?pageSize=100')).json<{ total: number; rows: { personName: string }[] }>();
    expect(visits.total).toBeGreaterThan(150);
    expect(new Set(visits.rows.map((row) => row.personName))).toEqual(new Set(['王桂兰']));
  });

  test('the sign-in page learns the shown accounts with their password', async () => {
    expect(await shownIn(house)).toEqual(DEMO_ACCOUNTS.filter((one) => one.shown).map(({ signInName, displayName, role, about }) => ({ signInName, displayName, role, about, password: DEMO_PASSWORD })));
  });

  test('each role has one shown account in the first district', async () => {
    const roles = await rows<{ code: string }>('SELECT code FROM identity.role ORDER BY code');
    const shown = DEMO_ACCOUNTS.filter((one) => one.shown && !one.area?.startsWith('990102'));
    expect([...new Set(shown.map((one) => one.role))].sort()).toEqual(roles.map((one) => one.code));
  });
});
