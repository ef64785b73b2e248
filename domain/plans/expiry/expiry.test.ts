import ExcelJS from 'exceljs';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays } from '#kit/days.ts';
import { importConclusions, remindExpiring, suspendBenefit } from '#domain/assessments/index.ts';
import { anotherPerson, filingFor, openTestOffice } from '#domain/assessments/testing.ts';
import type { TestOffice } from '#domain/assessments/testing.ts';
import type { Caller } from '#server/testing.ts';

// Reminders begin on 1 December 2026.
const TODAY = '2026-12-10';

describe('the queue of conclusions that end', () => {
  let office: TestOffice;
  let township: Caller;
  beforeAll(async () => {
    office = await openTestOffice(`${TODAY}T01:00:00Z`);
    township = await office.house.signedIn({ signInName: 'township-2', displayName: '石桥窗口', role: 'townshipOfficer', area: '990101002' });
  });
  afterAll(() => office.house.close());

  const at = (day: string) => {
    office.house.clock.now = new Date(`${day}T01:00:00Z`);
  };
  /** Somebody whose conclusion has so many days left. */
  const ending = async (daysLeft: number, more: { grade?: number; townshipCode?: string; phone?: string } = {}) => {
    const townshipCode = more.townshipCode ?? '990101002';
    const personId = await anotherPerson(office, { townshipCode, phone: more.phone ?? '13900000005' });
    await office.house.act((act) => importConclusions(act, [{ districtCode: '990101', townshipCode, personId, grade: more.grade ?? 4, effectiveOn: '2025-01-01', validUntilOn: addDays(TODAY, daysLeft), sourceRef: `expiry/${personId}` }]));
    return personId;
  };
  const queue = async (query = '', by = township) => (await by('GET', `/api/conclusions/expiring?pageSize=100${query}`)).json() as { rows: { personId: string; group: string; daysLeft: number; careRuns: boolean; reminders: object[]; application: object | null }[]; total: number };
  const groupOf = async (personId: string) => (await queue()).rows.find((row) => row.personId === personId)?.group;
  const plan = async (personId: string) => {
    const { id } = (await office.agency('POST', '/api/plans', { personId, mode: 'institution', institutionId: office.careHomeId, fromOn: '2026-11-01', items: [] })).json();
    expect((await office.agency('POST', `/api/plans/${id}/confirm`, { confirmerName: '沈平' })).statusCode).toBe(200);
  };
  const remind = () => office.house.act((act) => remindExpiring(act));
  const remindersOf = async (personId: string) => (await office.house.act((act) => sql<{ thresholdDays: number; remindedOn: string }>`SELECT threshold_days, reminded_on FROM assessments.reminder WHERE person_id = ${personId} ORDER BY reminded_on`.execute(act.db))).rows;

  test('holds a conclusion from the sixtieth day before its last, as overdue from the thirtieth, as lapsed from the day after it', async () => {
    for (const [daysLeft, group] of [[61, undefined], [60, 'due'], [31, 'due'], [30, 'overdue'], [0, 'overdue'], [-1, 'lapsed']] as const) {
      expect([daysLeft, await groupOf(await ending(daysLeft))]).toEqual([daysLeft, group]);
    }
  });

  test('leaves out a grade without a benefit, one that was followed by another conclusion, and other townships', async () => {
    const low = await ending(20, { grade: 1 });
    const followed = await ending(20);
    await office.house.act((act) => importConclusions(act, [{ districtCode: '990101', townshipCode: '990101002', personId: followed, grade: 4, effectiveOn: addDays(TODAY, 21), validUntilOn: '2028-12-31', sourceRef: 'next' }]));
    const elsewhere = await ending(20, { townshipCode: '990101001' });
    const seen = (await queue()).rows.map((row) => row.personId);
    for (const one of [low, followed, elsewhere]) expect(seen).not.toContain(one);
    expect((await queue('', office.agency)).rows.map((row) => row.personId)).toContain(elsewhere);
    expect((await queue('&township=990101002', office.agency)).rows.map((row) => row.personId)).not.toContain(elsewhere);
    expect((await queue('', office.otherAgency)).total).toBe(0);
  });

  test('is not overdue any more once the family has applied, and shows the application', async () => {
    const personId = await ending(10);
    expect(await groupOf(personId)).toBe('overdue');
    const { number } = (await office.agency('POST', '/api/applications', { ...filingFor(personId), kind: 'endOfTerm' })).json();
    expect((await queue()).rows.find((row) => row.personId === personId)).toMatchObject({ group: 'due', application: { number, state: 'filed' } });
  });

  test('shows first whose conclusion lapsed while care runs, unless the benefit is paused', async () => {
    const [running, paused] = [await ending(1), await ending(1)];
    await plan(running);
    await plan(paused);
    await office.house.act((act) => suspendBenefit(act, paused, { reason: 'absent', fromOn: TODAY, note: '回老家' }));
    at(addDays(TODAY, 2));
    const { rows } = await queue();
    expect(rows[0]).toMatchObject({ personId: running, group: 'lapsed', careRuns: true, institutionName: '槐荫护理院', daysLeft: -1 });
    expect(rows.find((row) => row.personId === paused)).toMatchObject({ group: 'lapsed', careRuns: false });
    expect((await queue('&care=runs&group=lapsed')).rows.map((row) => row.personId)).toEqual([running]);
    at(TODAY);
  });

  test('reminds on the sixtieth and on the thirtieth day, once each, however often the clock strikes', async () => {
    const personId = await ending(61);
    await remind();
    expect(await remindersOf(personId)).toEqual([]);
    at(addDays(TODAY, 1));
    await Promise.all([remind(), remind()]);
    expect(await remind()).toBe(0);
    expect(await remindersOf(personId)).toEqual([{ thresholdDays: 60, remindedOn: addDays(TODAY, 1) }]);
    at(addDays(TODAY, 30));
    await remind();
    expect(await remindersOf(personId)).toHaveLength(1);
    at(addDays(TODAY, 31));
    await remind();
    expect((await remindersOf(personId)).map((one) => one.thresholdDays)).toEqual([60, 30]);
    const { rows } = await office.house.act((act) => sql<{ messages: number; events: number }>`SELECT (SELECT count(*) FROM platform.message WHERE person_id = ${personId} AND purpose = 'assessments.expiryReminder') AS messages,
      (SELECT count(*) FROM platform.event WHERE person_id = ${personId} AND kind = 'assessments.expiryReminded') AS events`.execute(act.db));
    expect(rows[0]).toEqual({ messages: 2, events: 2 });
    expect((await queue()).rows.find((row) => row.personId === personId)!.reminders).toMatchObject([{ thresholdDays: 60, messageState: 'queued' }, { thresholdDays: 30, messageState: 'queued' }]);
    at(TODAY);
  });

  test('reminds a conclusion that appears late only of the nearest threshold, and not who has applied, lapsed, or has no benefit', async () => {
    const late = await ending(20);
    const applied = await ending(20);
    await office.agency('POST', '/api/applications', { ...filingFor(applied), kind: 'endOfTerm' });
    const [lapsed, low] = [await ending(-1), await ending(20, { grade: 1 })];
    await remind();
    expect((await remindersOf(late)).map((one) => one.thresholdDays)).toEqual([30]);
    for (const one of [applied, lapsed, low]) expect(await remindersOf(one)).toEqual([]);
  });

  test('reminds of nothing on the day before the figure begins', async () => {
    const personId = await ending(10);
    at('2026-11-30');
    expect(await remind()).toBe(0);
    expect(await remindersOf(personId)).toEqual([]);
    at(TODAY);
  });

  test('reminds two thousand as one set, and none of them twice', { timeout: 120_000 }, async () => {
    const size = 2000;
    const owner = office.house.platform.databases.owner;
    const { rows: made } = await owner.query<{ n: number }>(`WITH people AS (
        INSERT INTO people.person (district_code, id, township_code, community, name, search, identity_number, birth_on, sex, phone, address, origin, created_at)
        SELECT '990104', gen_random_uuid(), '990104001', '新塘社区', '方' || n, '', (10000000000000000 + n)::text || 'X', '1940-01-01', 1, '13900000007', '新塘街', 'imported', now() FROM generate_series(1, $1::int) n RETURNING district_code, id, township_code
      ), decisions AS (
        INSERT INTO platform.decision (district_code, id, kind, subject_type, subject_id, person_id, township_code, decided_at, decided_on, value, reasons, facts, stamp)
        SELECT district_code, gen_random_uuid(), 'assessments.imported', 'conclusion', id, id, township_code, now(), '2025-01-01', '{}', '[]', '{}', '{}' FROM people RETURNING district_code, id, person_id, township_code
      ), conclusions AS (
        INSERT INTO assessments.conclusion (district_code, id, number, person_id, township_code, grade, concluded_on, effective_on, valid_until_on, origin, decision_id, check_code, concluded_at)
        SELECT district_code, gen_random_uuid(), 'MANY-' || id, person_id, township_code, 4, '2025-01-01', '2025-01-01', $2::date, 'imported', id, 'many-' || id, now() FROM decisions RETURNING 1
      ) SELECT count(*)::int AS n FROM conclusions`, [size, addDays(TODAY, 25)]);
    expect(made[0]!.n).toBe(size);
    expect(await remind()).toBeGreaterThanOrEqual(size);
    expect(await remind()).toBe(0);
    const { rows } = await owner.query<{ reminders: number; messages: number; jobs: number }>(`SELECT (SELECT count(*)::int FROM assessments.reminder WHERE district_code = '990104') AS reminders, (SELECT count(*)::int FROM platform.message WHERE district_code = '990104') AS messages,
      (SELECT count(*)::int FROM graphile_worker._private_jobs WHERE payload->>'districtCode' = '990104') AS jobs`);
    expect(rows[0]).toEqual({ reminders: size, messages: size, jobs: size });
    expect((await queue('&district=990104', await office.house.signedIn({ signInName: 'bureau-1', displayName: '市局', role: 'bureauOfficer', area: '9901' }))).total).toBe(size);
  });

  test('knows for the next application what the last one said, and the kind that fits, for the window and the own family', async () => {
    const personId = await ending(20);
    expect((await township('GET', `/api/people/${personId}/filing-draft`)).json()).toEqual({ kind: 'endOfTerm', applicantName: null, relation: null, contactPhone: '13900000005', disabledSinceOn: null, materials: [], from: null });
    const { id, number } = (await office.agency('POST', '/api/applications', { ...filingFor(personId), kind: 'endOfTerm' })).json();
    await office.agency('POST', `/api/applications/${id}/refuse`, { code: 'OTHER', note: '材料拿错，重新申请。' });
    expect((await township('GET', `/api/people/${personId}/filing-draft`)).json()).toEqual({
      kind: 'endOfTerm', applicantName: '王小梅', relation: 'family', contactPhone: '13900000001', disabledSinceOn: '2025-10-01', materials: ['applicationForm', 'selfAssessment', 'identityCard', 'medicalRecord'], from: number,
    });
    expect((await office.otherAgency('GET', `/api/people/${personId}/filing-draft`)).statusCode).toBe(404);
    expect((await office.family('GET', `/api/family/persons/${personId}/filing-draft`)).statusCode).toBe(404);
    expect((await office.family('GET', `/api/family/persons/${office.personId}/filing-draft`)).json()).toMatchObject({ kind: 'initial' });
  });

  test('comes as a workbook with every row of the filter, in the words of the office', async () => {
    const total = (await queue('&group=overdue')).total;
    const file = await township('GET', '/api/conclusions/expiring.xlsx?group=overdue');
    expect(file.headers['content-type']).toContain('spreadsheetml');
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(file.rawPayload as never);
    const sheet = book.getWorksheet('到期评估')!;
    expect((sheet.getRow(1).values as string[]).slice(1, 4)).toEqual(['结论编号', '姓名', '街镇']);
    expect(sheet.rowCount - 1).toBe(total);
    expect(sheet.getColumn(9).values.slice(2)).toEqual(Array.from({ length: total }, () => '逾期未申请'));
  });
});
