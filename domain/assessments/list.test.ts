import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestHouse } from '#server/testing.ts';
import type { Caller, TestHouse } from '#server/testing.ts';
import { freshWorld } from '#world/testing.ts';

const PAGE_SIZE = 40;
let house: TestHouse;
let district: Caller;
let township: Caller;
const TOWNSHIP = '990101001';

beforeAll(async () => {
  house = await openTestHouse('2026-11-20T02:00:00Z', freshWorld());
  district = await house.signedIn({ signInName: 'list-district', displayName: '区', role: 'agencyOfficer', area: '990101' });
  township = await house.signedIn({ signInName: 'list-township', displayName: '街镇', role: 'townshipOfficer', area: TOWNSHIP });
}, 300_000);
afterAll(() => house.close());

/** Every page of a list one after another, and the totals that they told. */
async function pagesOf(call: Caller, query: string): Promise<{ ids: string[]; totals: Set<number> }> {
  const ids: string[] = [];
  const totals = new Set<number>();
  for (let page = 1; ; page += 1) {
    const answer = await call('GET', `/api/applications?${query}&pageSize=${PAGE_SIZE}&page=${page}`);
    expect(answer.statusCode, answer.body).toBe(200);
    const { rows, total } = answer.json() as { rows: { id: string }[]; total: number };
    totals.add(total);
    if (rows.length === 0) return { ids, totals };
    ids.push(...rows.map((row) => row.id));
  }
}

const known = async (where: string): Promise<string[]> => {
  const { rows } = await house.platform.databases.owner.query<{ id: string }>(`SELECT id FROM assessments.application WHERE ${where} ORDER BY filed_on DESC, id DESC`);
  return rows.map((row) => row.id);
};

describe('the pages of the list of applications', () => {
  test.each([
    ['', `district_code = '990101'`],
    ['state=concluded', `district_code = '990101' AND state = 'concluded'`],
    ['kind=initial', `district_code = '990101' AND kind = 'initial'`],
    ['q=qh', `district_code = '990101' AND strpos(lower(number), 'qh') > 0`],
    [`township=${TOWNSHIP}`, `district_code = '990101' AND township_code = '${TOWNSHIP}'`],
  ])('of a district with "%s" hold each application once, newest first, up to the last page, and tell how many there are', async (query, where) => {
    const { ids, totals } = await pagesOf(district, query);
    const expected = await known(where);
    expect(expected.length).toBeGreaterThan(PAGE_SIZE);
    expect(ids).toEqual(expected);
    expect([...totals]).toEqual([expected.length]);
  });

  test('of a township hold its own applications and no other, whatever district is asked for', async () => {
    const expected = await known(`township_code = '${TOWNSHIP}'`);
    expect((await pagesOf(township, '')).ids).toEqual(expected);
    expect(await pagesOf(township, 'district=990102')).toEqual({ ids: [], totals: new Set([0]) });
  });
});

/** Every id of a list in its order, and its totals. */
async function listed(call: Caller, path: string): Promise<{ ids: string[]; totals: number[] }> {
  const ids: string[] = [];
  const totals = new Set<number>();
  for (let page = 1; ; page += 1) {
    const answer = await call('GET', `/api/${path}${path.includes('?') ? '&' : '?'}pageSize=7&page=${page}`);
    expect(answer.statusCode, answer.body).toBe(200);
    const { rows, total } = answer.json() as { rows: { id: string }[]; total: number };
    totals.add(total);
    if (rows.length === 0 || page > 60) return { ids, totals: [...totals] };
    ids.push(...rows.map((row) => row.id));
  }
}

const plain = async (text: string): Promise<string[]> => (await house.platform.databases.owner.query<{ id: string }>(text)).rows.map((row) => row.id);

/** As a person would say it: nothing gathered, nothing kept in the row for the list. */
const DELIVERED = (outcome: string) => `EXISTS (SELECT 1 FROM assessments.delivery d WHERE d.district_code = c.district_code AND d.conclusion_id = c.id AND d.outcome = '${outcome}')`;
const WAITS = `c.district_code = '990101' AND c.origin = 'assessed' AND coalesce(c.ended_on, c.valid_until_on) >= greatest(c.effective_on, '2026-11-20') AND p.deceased_on IS NULL AND NOT ${DELIVERED('delivered')}`;
const LAST_DAY = `greatest(n.ends_on, (SELECT max(x.ends_on) FROM notices.interruption x WHERE x.batch_id = n.batch_id))`;
const CONCLUSIONS = 'FROM assessments.conclusion c JOIN people.person p ON p.district_code = c.district_code AND p.id = c.person_id';
const NOTICES = `FROM notices.notice n LEFT JOIN notices.withdrawal w ON w.district_code = n.district_code AND w.notice_id = n.id WHERE n.district_code = '990101'`;
const ORDERS = `FROM assessments.dispatch_order o JOIN assessments.application a ON a.district_code = o.district_code AND a.id = o.application_id JOIN people.person p ON p.district_code = o.district_code AND p.id = o.person_id
  JOIN providers.institution i ON i.id = o.assessment_institution_id WHERE o.district_code = '990101'`;
const RETURNS = `assessments.case_return r JOIN assessments.application a ON a.district_code = r.district_code AND a.id = r.application_id WHERE r.district_code = '990101'`;
const OPEN_RETURN = `(a.state NOT IN ('withdrawn', 'closed') AND NOT EXISTS (SELECT 1 FROM assessments.assessment s WHERE s.application_id = r.application_id AND s.id <> r.assessment_id AND s.recorded_at >= r.returned_at))`;
const called = (q: string) => `(strpos(p.search, '${q}') > 0 OR starts_with(p.identity_number, upper('${q}')))`;

describe('a list that reads what stands ready in its rows tells what a plain statement tells', () => {
  test.each([
    ['conclusions?q=王', `SELECT c.id ${CONCLUSIONS} WHERE c.district_code = '990101' AND (strpos(lower(c.number), '王') > 0 OR ${called('王')}) ORDER BY c.concluded_on DESC, c.id DESC`, 1],
    ['conclusions?q=an', `SELECT c.id ${CONCLUSIONS} WHERE c.district_code = '990101' AND (strpos(lower(c.number), 'an') > 0 OR ${called('an')}) ORDER BY c.concluded_on DESC, c.id DESC`, 10],
    ['conclusions?q=9901', `SELECT c.id ${CONCLUSIONS} WHERE c.district_code = '990101' AND (strpos(lower(c.number), '9901') > 0 OR ${called('9901')}) ORDER BY c.concluded_on DESC, c.id DESC`, 10],
    ['deliveries/waiting', `SELECT c.id ${CONCLUSIONS} WHERE ${WAITS} ORDER BY c.concluded_on, c.id`, 0],
    ['deliveries/waiting?due=failed', `SELECT c.id ${CONCLUSIONS} WHERE ${WAITS} AND ${DELIVERED('failed')} ORDER BY c.concluded_on, c.id`, 0],
    ['suspensions', `SELECT s.id FROM assessments.suspension s WHERE s.district_code = '990101' ORDER BY s.state = 'paused' DESC, EXISTS (SELECT 1 FROM assessments.recheck r WHERE r.suspension_id = s.id AND r.result IS NULL) DESC, s.from_on, s.id`, 0],
    ['dispatch-queue', `SELECT a.id FROM assessments.application a WHERE a.district_code = '990101' AND a.state = 'accepted' ORDER BY coalesce(a.returned_on, a.accepted_on), a.number`, 0],
    ['notices', `SELECT n.id ${NOTICES} ORDER BY (w.notice_id IS NULL AND ${LAST_DAY} >= '2026-11-20') DESC, ${LAST_DAY} DESC, n.community, n.id`, 10],
    ['notices?objections=any', `SELECT n.id ${NOTICES} AND EXISTS (SELECT 1 FROM notices.objection o WHERE o.notice_id = n.id) ORDER BY (w.notice_id IS NULL AND ${LAST_DAY} >= '2026-11-20') DESC, ${LAST_DAY} DESC, n.community, n.id`, 0],
    ['notices/batches', `SELECT b.id FROM notices.batch b WHERE b.district_code = '990101' ORDER BY b.published_at DESC, b.number DESC`, 0],
    ['orders', `SELECT o.id ${ORDERS} ORDER BY o.issued_at DESC, o.id DESC`, 10],
    ['orders?state=accepted', `SELECT o.id ${ORDERS} AND o.state = 'accepted' ORDER BY o.due_on NULLS LAST, o.id`, 0],
    ['orders?late=true', `SELECT o.id ${ORDERS} AND (o.late_on IS NOT NULL OR (o.state IN ('open', 'accepted') AND o.due_on < '2026-11-20' AND (o.due_known_on IS NULL OR o.due_known_on <= o.due_on))) ORDER BY o.issued_at DESC, o.id DESC`, 0],
    ['orders?from=2026-01-01&to=2026-10-31', `SELECT o.id ${ORDERS} AND o.appointment_on BETWEEN '2026-01-01' AND '2026-10-31' ORDER BY o.appointment_on, o.window_from, o.id`, 0],
    ['orders?q=王', `SELECT o.id ${ORDERS} AND (strpos(i.name, '王') > 0 OR strpos(lower(a.number), '王') > 0 OR ${called('王')}) ORDER BY o.issued_at DESC, o.id DESC`, 1],
    ['returns', `SELECT r.id FROM ${RETURNS} ORDER BY NOT ${OPEN_RETURN}, CASE WHEN ${OPEN_RETURN} THEN r.due_on END NULLS LAST, r.id DESC`, 0],
    ['returns?state=open', `SELECT r.id FROM ${RETURNS} AND ${OPEN_RETURN} ORDER BY r.due_on NULLS LAST, r.id DESC`, 0],
    ['complaints', `SELECT c.id FROM assessments.complaint c LEFT JOIN assessments.complaint_answer x ON x.complaint_id = c.id WHERE c.district_code = '990101' ORDER BY x.id IS NOT NULL, c.filed_at DESC, c.id DESC`, 0],
    ['people?q=王', `SELECT p.id FROM people.person p WHERE p.district_code = '990101' AND ${called('王')} ORDER BY p.township_code, p.name, p.id`, 1],
    ['people?q=99', `SELECT p.id FROM people.person p WHERE p.district_code = '990101' AND ${called('99')} ORDER BY p.township_code, p.name, p.id`, 10],
  ])('GET %s', async (path, text, atLeast) => {
    const expected = await plain(text);
    expect(expected.length).toBeGreaterThanOrEqual(atLeast);
    expect(await listed(district, path)).toEqual({ ids: expected, totals: [expected.length] });
  });

  test('for a city too: its first pages are those of its districts together, with and without a text that many have', async () => {
    const bureau = await house.signedIn({ signInName: 'list-bureau', displayName: '市', role: 'bureauOfficer', area: '9901' });
    const expected = await plain('SELECT id FROM assessments.application ORDER BY filed_on DESC, id DESC');
    expect((await plain('SELECT DISTINCT district_code AS id FROM assessments.application')).length).toBeGreaterThan(1);
    for (const path of ['applications', 'applications?q=qh']) {
      const answer = (await bureau('GET', `/api/${path}${path.includes('?') ? '&' : '?'}pageSize=50&page=3`)).json() as { rows: { id: string }[]; total: number };
      expect({ ids: answer.rows.map((row) => row.id), total: answer.total }).toEqual({ ids: expected.slice(100, 150), total: expected.length });
    }
  });

  test('and what stands in the rows of conclusions and pauses is what the migration writes into a city that has them already', async () => {
    const text = readFileSync(new URL('../../db/migrations/0150-assessments-lists.sql', import.meta.url), 'utf8');
    const updates = [...text.matchAll(/^UPDATE assessments\.(?:conclusion|suspension)[^;]*;/gm)].map(([statement]) => statement);
    expect(updates).toHaveLength(2);
    const client = await house.platform.databases.owner.connect();
    try {
      const ready = async () => [
        ...(await client.query('SELECT id, search, person_number, filed_on, assessment_institution_id, letter FROM assessments.conclusion ORDER BY id')).rows,
        ...(await client.query('SELECT id, search, person_number FROM assessments.suspension ORDER BY id')).rows,
      ];
      await client.query('BEGIN');
      const before = await ready();
      await client.query(`UPDATE assessments.conclusion SET search = '', person_number = '', filed_on = NULL, assessment_institution_id = NULL, letter = NULL`);
      await client.query(`UPDATE assessments.suspension SET search = '', person_number = ''`);
      for (const statement of updates) await client.query(statement);
      expect(await ready()).toEqual(before);
      await client.query('ROLLBACK');
    } finally {
      client.release(true);
    }
  });
});
