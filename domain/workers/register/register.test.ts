import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDispatchOffice, sentPerson } from '#domain/assessments/dispatch/testing.ts';
import type { DispatchOffice } from '#domain/assessments/dispatch/testing.ts';
import { sql } from 'kysely';
import type { Actor } from '#platform/scope/actor.ts';
import { officeActor, PUBLIC } from '#platform/scope/actor.ts';

describe('the register of assessors and experts', () => {
  let office: DispatchOffice;
  let agency: DispatchOffice['agency'];
  beforeAll(async () => {
    office = await openDispatchOffice('2026-12-10T01:00:00Z');
    agency = office.agency;
  });
  afterAll(() => office.house.close());

  const post = async (url: string, body: object) => (await agency('POST', url, body)).json() as { id?: string; code?: string; params?: object };
  const file = async (id: string) => (await agency('GET', `/api/assessors/${id}`)).json() as { standing: string; reasons: { code: string }[]; admissions: object[]; trainings: object[]; suspensions: object[]; departures: object[] };
  const admission = (more: object = {}) => ({ qualification: '执业护士', certificateNumber: 'PG-900', certificateUntilOn: '2028-01-31', admittedOn: '2026-12-01', ...more });

  test('admits with a certificate, and what is missing is said until the training is passed', async () => {
    const { workerId } = await sentPerson(office, office.institutionId, '新人甲', 'assessor', { admitted: false });
    expect(await file(workerId)).toMatchObject({ standing: 'ASSESSOR_NOT_ADMITTED' });
    expect((await post(`/api/assessors/${workerId}/suspensions`, { fromOn: '2026-12-10', toOn: '2026-12-31', reason: 'QUALITY', source: '检查', note: '试' })).code).toBe('ASSESSOR_NO_ENTRY');
    expect((await post(`/api/assessors/${workerId}/admissions`, admission({ admittedOn: '2026-12-11' }))).code).toBe('ADMISSION_DAYS');
    expect((await post(`/api/assessors/${workerId}/admissions`, admission({ certificateUntilOn: '2026-11-30' }))).code).toBe('ADMISSION_DAYS');
    expect(await post(`/api/assessors/${workerId}/admissions`, admission())).toHaveProperty('id');
    expect(await file(workerId)).toMatchObject({ standing: 'ASSESSOR_TRAINING_SHORT', admissions: [{ certificateNumber: 'PG-900' }] });
    expect((await post(`/api/assessors/${workerId}/trainings`, { topic: '量表', hours: 16, heldOn: '2026-12-11', passed: true })).code).toBe('TRAINING_DAY');
    await post(`/api/assessors/${workerId}/trainings`, { topic: '量表', hours: 16, heldOn: '2026-12-08', passed: false });
    expect((await file(workerId)).standing).toBe('ASSESSOR_TRAINING_SHORT');
    await post(`/api/assessors/${workerId}/trainings`, { topic: '量表补考', hours: 16, heldOn: '2026-12-09', passed: true });
    expect(await file(workerId)).toMatchObject({ standing: 'active', trainings: [{ passed: true }, { passed: false }] });
    expect((await agency('GET', '/api/assessors?standing=active&q=新人甲')).json().total).toBe(1);
  });

  test('training of a year ago counts no more', async () => {
    const { workerId } = await sentPerson(office, office.institutionId, '新人乙', 'assessor', { hours: 8 });
    await post(`/api/assessors/${workerId}/trainings`, { topic: '旧课', hours: 8, heldOn: '2025-12-10', passed: true });
    expect((await file(workerId)).standing).toBe('ASSESSOR_TRAINING_SHORT');
    await post(`/api/assessors/${workerId}/trainings`, { topic: '新课', hours: 8, heldOn: '2025-12-11', passed: true });
    expect((await file(workerId)).standing).toBe('active');
  });

  test('suspends from a day to a day, both counted, and lifts from a day on', async () => {
    const { workerId } = office.people.spare;
    const suspend = (more: object = {}) => post(`/api/assessors/${workerId}/suspensions`, { fromOn: '2026-12-10', toOn: '2027-02-28', reason: 'NOT_RECUSED', source: '检查记录 7 号', note: '应回避未回避', ...more });
    expect((await suspend({ toOn: '2026-12-09' })).code).toBe('SUSPENSION_DAYS');
    const { id } = await suspend();
    expect(await file(workerId)).toMatchObject({ standing: 'ASSESSOR_SUSPENDED', reasons: [{ code: 'ASSESSOR_SUSPENDED' }] });
    expect((await suspend({ fromOn: '2027-02-28', toOn: '2027-03-31' })).code).toBe('SUSPENSION_OPEN');
    expect((await post(`/api/assessor-suspensions/${id!}/lift`, { liftedOn: '2026-12-09', note: '查清' })).code).toBe('SUSPENSION_LIFT_DAY');
    expect((await post(`/api/assessor-suspensions/${id!}/lift`, { liftedOn: '2026-12-11', note: '查清' })).id).toBe(id);
    expect((await file(workerId)).standing).toBe('ASSESSOR_SUSPENDED');
    office.house.clock.now = new Date('2026-12-11T01:00:00Z');
    expect(await file(workerId)).toMatchObject({ standing: 'active', suspensions: [{ liftedOn: '2026-12-11', liftNote: '查清' }] });
    expect((await post(`/api/assessor-suspensions/${id!}/lift`, { liftedOn: '2026-12-12', note: '又一次' })).code).toBe('SUSPENSION_LIFTED');
    expect((await suspend({ fromOn: '2026-12-11', toOn: '2026-12-11' })).id).toBeDefined();
    const history = JSON.stringify((await agency('GET', `/api/records/${workerId}/history`)).json());
    expect(history).toContain('workers.assessorSuspended');
    expect(history).toContain('workers.suspensionLifted');
    office.house.clock.now = new Date('2026-12-10T01:00:00Z');
  });

  test('who left is out from that day, and a bar keeps the person out at every institution until it ends', async () => {
    const { workerId, identityNumber } = await sentPerson(office, office.institutionId, '离库者', 'assessor');
    const leave = (more: object = {}) => post(`/api/assessors/${workerId}/departures`, { leftOn: '2026-12-09', reason: 'FRAUD', barredUntilOn: '2026-12-15', note: '查实弄虚作假', ...more });
    expect((await leave({ leftOn: '2026-12-11' })).code).toBe('DEPARTURE_DAYS');
    expect((await leave({ barredUntilOn: '2026-12-09' })).code).toBe('DEPARTURE_DAYS');
    expect(await leave()).toHaveProperty('id');
    expect(await file(workerId)).toMatchObject({ standing: 'ASSESSOR_LEFT', departures: [{ reason: 'FRAUD', barredUntilOn: '2026-12-15' }] });
    expect((await leave()).code).toBe('ASSESSOR_NO_ENTRY');
    const elsewhere = await sentPerson(office, office.secondInstitutionId, '离库者', 'assessor', { admitted: false, identityNumber });
    expect(await post(`/api/assessors/${elsewhere.workerId}/admissions`, admission({ admittedOn: '2026-12-10' }))).toMatchObject({ code: 'ADMISSION_BARRED', params: { until: '2026-12-15' } });
    office.house.clock.now = new Date('2026-12-16T01:00:00Z');
    expect(await post(`/api/assessors/${elsewhere.workerId}/admissions`, admission({ admittedOn: '2026-12-16' }))).toHaveProperty('id');
    office.house.clock.now = new Date('2026-12-10T01:00:00Z');
  });

  test('lists certificates that end within sixty days, and no later one', async () => {
    const { workerId: soon } = await sentPerson(office, office.institutionId, '将到期', 'expert', { admitted: false });
    const { workerId: later } = await sentPerson(office, office.institutionId, '不到期', 'expert', { admitted: false });
    await post(`/api/assessors/${soon}/admissions`, admission({ certificateUntilOn: '2027-02-08' }));
    await post(`/api/assessors/${later}/admissions`, admission({ certificateUntilOn: '2027-02-09' }));
    expect((await agency('GET', '/api/assessors?expiring=true')).json().rows.map((one: { id: string }) => one.id)).toEqual([soon]);
  });

  test('the list finds by standing whom the rule gives that standing, and its pages hold each once', async () => {
    const whole = (await agency('GET', '/api/assessors?pageSize=200')).json() as { rows: { id: string; standing: string }[]; total: number };
    expect(whole.rows).toHaveLength(whole.total);
    const standings = new Set(whole.rows.map((row) => row.standing));
    expect([...standings].sort()).toEqual(['ASSESSOR_LEFT', 'ASSESSOR_NOT_ADMITTED', 'ASSESSOR_SUSPENDED', 'ASSESSOR_TRAINING_SHORT', 'active']);
    for (const standing of [...standings, 'ASSESSOR_CERTIFICATE_ENDED']) {
      const found = (await agency('GET', `/api/assessors?standing=${standing}&pageSize=200`)).json() as typeof whole;
      expect(found.rows).toEqual(whole.rows.filter((row) => row.standing === standing));
      expect(found.total).toBe(found.rows.length);
    }
    const pages: typeof whole.rows = [];
    for (let page = 1; pages.length < whole.total; page += 1) pages.push(...((await agency('GET', `/api/assessors?pageSize=3&page=${page}`)).json() as typeof whole).rows);
    expect(pages).toEqual(whole.rows);
    expect((await agency('GET', '/api/assessors?pageSize=3&page=99')).json()).toEqual({ rows: [], total: whole.total });
  });

  test('an assessor reads the own file, the institution those of its people, nobody those of others', async () => {
    expect((await office.people.assessor.caller('GET', '/api/own-assessor-file')).json()).toMatchObject({ name: '方敏', standing: 'active' });
    expect((await office.assessor('GET', '/api/own-assessor-file')).statusCode).toBe(404);
    expect((await office.people.assessor.caller('GET', `/api/assessors/${office.people.expert.workerId}`)).statusCode).toBe(403);
    expect((await office.officer('GET', `/api/assessors/${office.people.expert.workerId}`)).json().name).toBe('顾文澜');
    expect((await office.officer('GET', `/api/assessors/${office.secondPeople.expert.workerId}`)).statusCode).toBe(404);
    expect((await office.otherAgency('GET', '/api/assessors')).json().total).toBe(0);
    expect((await office.officer('POST', `/api/assessors/${office.people.expert.workerId}/trainings`, { topic: '自办', hours: 4, heldOn: '2026-12-01', passed: true })).statusCode).toBe(403);
  });

  test('the database itself shows the register of the own scope alone, and of others only the standing of accounts that one names and how many assessors there are', async () => {
    const { people, secondPeople, house, institutionId } = office;
    const rowsOf = async <T>(query: ReturnType<typeof sql<T>>, actor: Actor): Promise<T[]> => house.act(async (act) => (await query.execute(act.db)).rows, actor);
    const own = { ...PUBLIC, accountId: people.assessor.accountId, role: 'assessmentOfficer', institutionId };
    const names = (actor: Actor) => rowsOf(sql<{ name: string }>`SELECT name FROM workers.register_on('2026-12-10') ORDER BY name`, actor).then((rows) => rows.map((one) => one.name));
    expect(await names(officeActor('990101', []))).toEqual(expect.arrayContaining([people.assessor.name, secondPeople.assessor.name]));
    expect(await names(own)).toContain(people.assessor.name);
    expect(await names(own)).not.toContain(secondPeople.assessor.name);
    expect([await names(officeActor('990102', [])), await names(PUBLIC)]).toEqual([[], []]);
    await expect(rowsOf(sql`SELECT * FROM workers.whole_register_on('2026-12-10')`, own)).rejects.toThrow('permission denied');
    const theirs = await rowsOf(sql<object>`SELECT * FROM workers.standing_of(${[secondPeople.expert.accountId]}::uuid[], '2026-12-10')`, own);
    expect(theirs).toMatchObject([{ accountId: secondPeople.expert.accountId, admittedOn: '2024-01-01', trainingHours: 16 }]);
    expect(JSON.stringify(theirs)).not.toMatch(/薛立言|PG-/);
    const has = (account: string) => rowsOf(sql<{ has: boolean }>`SELECT workers.has_account(${people.expert.workerId}, ${account}, '2026-12-10') AS has`, own);
    expect([await has(people.expert.accountId), await has(people.assessor.accountId)]).toEqual([[{ has: true }], [{ has: false }]]);
  });

  test('a carer has no place in this register', async () => {
    const { addWorker } = await import('../index.ts');
    const { identityNumberFor } = await import('#kit/identity-number.ts');
    const { id } = await office.house.act((act) => addWorker(act, { institutionId: office.careHomeId, name: '护理员', identityNumber: identityNumberFor('990101', '1985-05-05', 44), workerClass: 'carer', fromOn: '2025-01-01' }));
    expect((await post(`/api/assessors/${id}/admissions`, admission())).code).toBe('ASSESSOR_CLASS');
    expect((await agency('GET', `/api/assessors/${id}`)).statusCode).toBe(404);
  });
});
