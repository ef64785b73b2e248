/** Making a new month never stands in the way of work in other months and districts, and never waits inside an act. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureMonths, monthsAround } from '#platform/db/months.ts';
import { prepareDatabase } from '#server/house.ts';
import { openTestHouse } from '#server/testing.ts';
import type { TestHouse } from '#server/testing.ts';
import { closeMonth, MONTH_TABLES, openNextMonths } from './close.ts';
import { Fixture, ordinaryHome } from './fixture.ts';
import { claims } from './index.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse('2026-10-08T02:00:00Z');
});
afterAll(() => house.close());

const partitions = async (pattern: string): Promise<string[]> =>
  (await house.platform.databases.owner.query<{ name: string }>(`SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_inherits i ON i.inhrelid = c.oid JOIN pg_class p ON p.oid = i.inhparent WHERE p.relkind = 'p' AND c.relkind = 'r' AND c.relname LIKE $1 ORDER BY 1`, [pattern])).rows.map((row) => row.name);

async function homeWithVisit(district: string, day: string): Promise<void> {
  const fixture = new Fixture(house.platform.databases.owner, district);
  const { person, institution, worker } = await ordinaryHome(fixture);
  await fixture.visits([{ person, institution, worker, day, from: 540, until: 600 }]);
}

describe('a new month', () => {
  test('is made by two districts that close it at once, while a third holds rows of claims.line', async () => {
    await homeWithVisit('990103', '2026-08-03');
    await house.act((act) => closeMonth(act, '990103', '2026-08'));
    for (const district of ['990101', '990102']) await homeWithVisit(district, '2026-08-04');
    expect(await partitions('%_202609')).toEqual([]);
    const reviewer = new pg.Client({ connectionString: house.url });
    await reviewer.connect();
    await reviewer.query('BEGIN');
    expect((await reviewer.query(`SELECT 1 FROM claims.line WHERE district_code = '990103' FOR UPDATE`)).rowCount).toBe(1);
    await reviewer.query(`UPDATE claims.statement SET state_since = state_since WHERE district_code = '990103'`);
    const closed = await Promise.all(['990101', '990102'].map((district) => house.act((act) => closeMonth(act, district, '2026-09'))));
    expect(closed.map((one) => [one.districtCode, one.again])).toEqual([['990101', false], ['990102', false]]);
    expect(await partitions('%_202609')).toEqual(['claims.finding_202609', 'claims.line_202609', 'visits.visit_202609']);
    await reviewer.query('COMMIT');
    await reviewer.end();
  });

  test('takes no lock on any of the tables when it is there already', async () => {
    const holder = new pg.Client({ connectionString: house.url });
    await holder.connect();
    await holder.query('BEGIN');
    await holder.query('LOCK TABLE visits.visit, claims.line, claims.finding IN ACCESS EXCLUSIVE MODE');
    await ensureMonths(house.platform.databases, MONTH_TABLES, ['2026-09']);
    await holder.query('ROLLBACK');
    await holder.end();
  });

  test('is made once when many ask for it at the same moment', async () => {
    await Promise.all(Array.from({ length: 6 }, () => ensureMonths(house.platform.databases, MONTH_TABLES, ['2025-01', '2025-01', '2025-02'])));
    expect(await partitions('%_2025%')).toEqual(['claims.finding_202501', 'claims.finding_202502', 'claims.line_202501', 'claims.line_202502', 'visits.visit_202501', 'visits.visit_202502']);
  });

  test('has the keys, checks and indexes of its table', async () => {
    const { rows } = await house.platform.databases.owner.query<{ same: boolean }>(`SELECT bool_and((SELECT count(*) FROM pg_index WHERE indrelid = p.oid) = (SELECT count(*) FROM pg_index WHERE indrelid = c.oid)
      AND (SELECT count(*) FROM pg_constraint WHERE conrelid = p.oid AND contype IN ('c', 'p', 'u')) = (SELECT count(*) FROM pg_constraint WHERE conrelid = c.oid AND contype IN ('c', 'p', 'u'))) AS same
      FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_class p ON p.oid = i.inhparent WHERE p.relkind = 'p' AND c.relname LIKE '%_202609'`);
    expect(rows[0]!.same).toBe(true);
  });

  test('cannot be made by the app role', async () => {
    await expect(house.platform.databases.app.query(`SELECT platform.ensure_month('claims.line', '2031-01-01')`)).rejects.toThrow('permission denied');
  });

  test('is there before it is needed: a year back and half a year ahead at every start, the next two each night', async () => {
    await prepareDatabase(house.url, 'qinghe', undefined, new Date('2028-02-29T15:59:00Z'));
    expect(monthsAround('2028-02', 12, 6)).toHaveLength(19);
    expect(await partitions('line_2027%')).toHaveLength(11);
    expect((await partitions('visit_2028%')).at(-1)).toBe('visits.visit_202808');
    expect(claims.timed.map((one) => [one.job, one.cron])).toContainEqual(['claims.openMonths', '20 0 * * *']);
    house.clock.now = new Date('2030-11-30T16:20:00Z');
    await house.act(openNextMonths);
    expect(await partitions('finding_203%')).toEqual(['claims.finding_203012', 'claims.finding_203101', 'claims.finding_203102']);
  });
});
