import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from 'kysely';
import { Refusal } from '#kit/refuse.ts';
import { officeActor } from '#platform/scope/actor.ts';
import { openTestHouse } from '#server/testing.ts';
import type { TestHouse } from '#server/testing.ts';
import { closeMonth } from './close.ts';
import { DISTRICT, Fixture, ordinaryHome } from './fixture.ts';

const MONTH = '2026-09';

describe('closing again', () => {
  let house: TestHouse;
  let fixture: Fixture;
  beforeAll(async () => {
    house = await openTestHouse('2026-10-08T02:00:00Z');
    fixture = new Fixture(house.platform.databases.owner);
    const { person, institution, worker } = await ordinaryHome(fixture, { grade: 3 });
    await fixture.visits(Array.from({ length: 120 }, (_, i) => ({ person, institution, worker, day: `2026-09-${String(1 + (i % 30)).padStart(2, '0')}`, from: 480 + 60 * Math.floor(i / 30), until: 525 + 60 * Math.floor(i / 30) })));
  });
  afterAll(() => house.close());

  const counts = async () => (await house.platform.databases.owner.query(`SELECT (SELECT count(*) FROM claims.month_close) AS closes, (SELECT count(*) FROM claims.line) AS lines, (SELECT count(*) FROM claims.finding) AS findings,
    (SELECT count(*) FROM claims.statement) AS statements, (SELECT count(*) FROM visits.month_lock) AS locks, (SELECT count(*) FROM platform.event WHERE kind = 'claims.monthClosed') AS events`)).rows[0];

  test('leaves nothing half done when the program is killed in the middle, and the repeat runs to the end', async () => {
    const blocker = new pg.Client({ connectionString: house.url });
    await blocker.connect();
    await house.platform.databases.owner.query(`SELECT platform.ensure_month('claims.line', '2026-09-01'), platform.ensure_month('claims.finding', '2026-09-01')`);
    // The close gets as far as its findings: lines, statements and the close itself are written by then, nothing is committed.
    await blocker.query('BEGIN');
    await blocker.query('LOCK TABLE claims.finding IN SHARE MODE');
    const child = spawn(process.execPath, [fileURLToPath(new URL('./close-child.ts', import.meta.url)), house.url, DISTRICT, MONTH], { stdio: ['ignore', 'ignore', 'pipe'] });
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => (complaint += String(chunk)));
    const ended = new Promise<string>((resolve) => child.once('exit', (code, signal) => resolve(signal ?? String(code))));
    await expect.poll(async () => (await blocker.query(`SELECT count(*)::int AS waiting FROM pg_locks WHERE NOT granted AND relation = 'claims.finding'::regclass`)).rows[0].waiting, { timeout: 25_000, message: complaint }).toBe(1);
    child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
    await blocker.query('ROLLBACK');
    await blocker.end();
    await expect.poll(async () => (await house.platform.databases.owner.query(`SELECT count(*)::int AS others FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'changhu' AND state <> 'idle' AND pid <> pg_backend_pid()`)).rows[0].others).toBe(0);
    expect(await counts()).toEqual({ closes: 0, lines: 0, findings: 0, statements: 0, locks: 0, events: 0 });
    const closed = await house.act((act) => closeMonth(act, DISTRICT, MONTH));
    expect(closed).toMatchObject({ again: false, visits: 120, lines: 120 });
  });

  test('changes nothing and answers the same', async () => {
    const before = await counts();
    const { again: _, ...first } = await house.act((act) => closeMonth(act, DISTRICT, MONTH));
    const { again, ...second } = await house.act((act) => closeMonth(act, DISTRICT, MONTH));
    expect(again).toBe(true);
    expect(second).toEqual(first);
    expect(await counts()).toEqual(before);
  });

  test('at the same time from two desks makes one close', async () => {
    const { person, institution, worker } = await ordinaryHome(fixture);
    await fixture.visits([{ person, institution, worker, day: '2026-08-03', from: 540, until: 600 }]);
    const both = await Promise.all([1, 2].map(() => house.act((act) => closeMonth(act, DISTRICT, '2026-08'))));
    expect(both.map((one) => one.again).toSorted()).toEqual([false, true]);
    expect(both[0]!.id).toBe(both[1]!.id);
  });

  test('adds up: the close is the sum of its statements, a statement the sum of its lines, and no line is without its statement and person', async () => {
    const { rows } = await house.act((act) => sql<{ same: boolean }>`SELECT (m.billed_fen, m.fund_fen, m.person_fen, m.refused_fen, m.lines) = (SELECT sum(billed_fen), sum(fund_fen), sum(person_fen), sum(refused_fen), sum(lines) FROM claims.statement s WHERE s.month = m.month)
      AND NOT EXISTS (SELECT 1 FROM claims.statement s WHERE (s.billed_fen, s.fund_fen, s.lines) <> (SELECT sum(billed_fen), sum(fund_fen), count(*) FROM claims.line l WHERE l.statement_id = s.id)) AS same FROM claims.month_close m`.execute(act.db));
    expect(rows.every((row) => row.same)).toBe(true);
    const strays = await house.act((act) => sql`SELECT l.id FROM claims.line l LEFT JOIN claims.statement s ON s.district_code = l.district_code AND s.id = l.statement_id AND s.month = l.month AND s.institution_id = l.institution_id
      LEFT JOIN people.person p ON p.district_code = l.district_code AND p.id = l.person_id WHERE s.id IS NULL OR p.id IS NULL`.execute(act.db));
    expect(strays.rows).toEqual([]);
  });

  const refusal = async (work: Promise<unknown>) => work.then(() => 'accepted', (error: unknown) => (error instanceof Refusal ? error.code : Promise.reject(error)));

  test('refuses a month until its last day is over, unless the operator says so', async () => {
    house.clock.now = new Date('2026-10-31T15:59:59Z');
    expect(await refusal(house.act((act) => closeMonth(act, DISTRICT, '2026-10')))).toBe('CLOSE_MONTH_RUNNING');
    house.clock.now = new Date('2026-10-31T16:00:00Z');
    expect(await refusal(house.act((act) => closeMonth(act, DISTRICT, '2026-10')))).toBe('accepted');
    expect(await refusal(house.act((act) => closeMonth(act, DISTRICT, '2026-11', { early: true })))).toBe('accepted');
  });

  test('refuses a district outside the area or unknown to the city', async () => {
    expect(await refusal(house.act((act) => closeMonth(act, DISTRICT, '2026-07'), officeActor('990101', ['*'])))).toBe('CLOSE_NOT_IN_AREA');
    expect(await refusal(house.act((act) => closeMonth(act, '990177', '2026-07')))).toBe('CLOSE_DISTRICT_UNKNOWN');
  });
});
