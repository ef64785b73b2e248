import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findDecision } from '#platform/decisions/keep.ts';
import type { Caller } from '#server/testing.ts';
import { openTestOffice, scoredCase } from '../testing.ts';
import type { TestOffice } from '../testing.ts';
import { keepQualityMonths } from './actions.ts';
import { requalify } from './again.ts';
import { writeRandomCases } from './fixture.ts';
import type { Made } from './fixture.ts';

const DISTRICT = '990101';
let office: TestOffice;
let made: Made;
const desk: Record<'bureau' | 'reviewer' | 'ownOfficer' | 'rival' | 'assessor' | 'colleague' | 'township', Caller> = {} as never;

beforeAll(async () => {
  office = await openTestOffice('2026-11-10T02:00:00Z');
  made = await writeRandomCases(office.house.platform.databases.owner, { seed: 7, cases: 150, months: ['2026-08', '2026-09', '2026-10'], districtCode: DISTRICT });
  const [one, other] = made.institutions as [string, string];
  desk.bureau = await office.house.signedIn({ signInName: 'bureau', displayName: '王局', role: 'bureauOfficer', area: '9901' });
  desk.reviewer = await office.house.signedIn({ signInName: 'reviewer', displayName: '李强', role: 'agencyReviewer', area: DISTRICT });
  desk.ownOfficer = await office.house.signedIn({ signInName: 'pg-1', displayName: '何平', role: 'assessmentOfficer', institutionId: one });
  desk.rival = await office.house.signedIn({ signInName: 'pg-2', displayName: '贺兰', role: 'assessmentOfficer', institutionId: other });
  desk.township = await office.house.signedIn({ signInName: 'township', displayName: '丁香', role: 'townshipOfficer', area: `${DISTRICT}001` });
  desk.assessor = await office.house.signedIn({ signInName: 'assessor-x', displayName: '米雪', role: 'assessor', institutionId: one });
  desk.colleague = await office.house.signedIn({ signInName: 'assessor-y', displayName: '米雨', role: 'assessor', institutionId: one });
  const { rows } = await office.house.platform.databases.owner.query<{ id: string }>(`SELECT id FROM identity.account WHERE sign_in_name = 'assessor-x'`);
  // The random assessor becomes a person with an account.
  const accountId = rows[0]!.id;
  await office.house.platform.databases.owner.query('UPDATE assessments.assessment SET assessor_account_id = $1 WHERE assessor_account_id = $2', [accountId, made.assessors[0]!.id]);
  made.assessors[0]!.id = accountId;
}, 120_000);
afterAll(() => office.house.close());

const json = async (caller: Caller, url: string) => (await caller('GET', url)).json();
const keep = (month: string, by: Caller = office.agency) => by('POST', '/api/quality-months', { districtCode: DISTRICT, month });

describe('keeping a month', () => {
  test('refuses a month that is not over, and a district outside the area', async () => {
    expect((await keep('2026-11')).json().code).toBe('QUALITY_MONTH_RUNNING');
    expect((await keep('2026-09', office.otherAgency)).json().code).toBe('QUALITY_NOT_IN_AREA');
    expect((await keep('2026-09', desk.reviewer)).statusCode).toBe(403);
  });

  test('keeps it once: a second time nothing is written', async () => {
    expect((await keep('2026-09')).json()).toMatchObject({ version: 1, again: false });
    expect((await keep('2026-09')).json()).toMatchObject({ version: 1, again: true });
    expect(await json(office.agency, '/api/quality-months?month=2026-09')).toMatchObject({ total: 1 });
  });

  test('is a decision that gives the same when it is run again', async () => {
    const { decisionId } = await json(office.agency, `/api/quality?month=2026-09&district=${DISTRICT}`);
    const again = await office.agency('POST', `/api/explanations/${decisionId}/rerun`, {});
    expect([again.statusCode, again.json()]).toMatchObject([200, { same: true }]);
    // One that was kept before the agreement per item has no reasons of figures that nobody counted then.
    const told = await office.house.act(async (act) => {
      const kept = (await findDecision(act, decisionId))!;
      const { items: _items, ...before } = kept.facts;
      return (await requalify(act, { ...kept, facts: before })).reasons.map((one) => one.rule);
    });
    expect(told).toHaveLength(again.json().reasons.length - 3);
    expect(told).not.toContain('assessments.quality.equalBeyondChance');
  });

  test('a fact that becomes known later makes another version and leaves the first as it was', async () => {
    const { owner } = office.house.platform.databases;
    const before = (await owner.query(`SELECT f.* FROM assessments.quality_figure f ORDER BY f.id`)).rows;
    const filed = (await office.agency('POST', '/api/complaints', { institutionId: made.institutions[0], subject: 'conduct', matter: '态度' })).json();
    await owner.query(`UPDATE assessments.complaint SET filed_at = '2026-09-20T02:00:00Z', filed_on = '2026-09-20' WHERE id = $1`, [filed.id]);
    expect((await desk.reviewer('POST', `/api/complaints/${filed.id}/answer`, { upheld: true, answer: '属实' })).statusCode).toBe(200);
    office.house.clock.now = new Date('2026-11-11T02:00:00Z');
    expect((await keep('2026-09')).json()).toMatchObject({ version: 2, again: false });
    const after = (await owner.query(`SELECT f.* FROM assessments.quality_figure f ORDER BY f.id`)).rows;
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.length).toBe(2 * before.length);
    await expect(owner.query(`SET ROLE changhu_app; UPDATE assessments.quality_figure SET value = 0`)).rejects.toThrow(/permission denied/);
    await owner.query('RESET ROLE');
  });
});

describe('who sees what', () => {
  test('the agency sees every institution of its district, the mean, and the year before the month', async () => {
    await keep('2026-08');
    const seen = await json(office.agency, '/api/quality?month=2026-09');
    expect(seen).toMatchObject({ basis: 'kept', version: 2, districtCode: DISTRICT, standardPoints: { efficiency: 10, conduct: 20, result: 20, complaints: 10 } });
    expect(seen.institutions.map((one: { institutionId: string }) => one.institutionId).sort()).toEqual([...made.institutions].sort());
    const mean = seen.means.find((one: { figure: string }) => one.figure === 'returnRate');
    expect(mean.trend.map((one: { month: string }) => one.month)).toEqual(['2026-08', '2026-09']);
    const rates = seen.institutions.map((one: { figures: { figure: string; value: number }[] }) => one.figures.find((figure) => figure.figure === 'returnRate')!.value);
    expect(mean.value).toBeCloseTo(rates.reduce((sum: number, one: number) => sum + one, 0) / rates.length, 5);
  });

  test('the running month is counted live; another district sees nothing of it', async () => {
    expect(await json(office.agency, '/api/quality?month=2026-11')).toMatchObject({ basis: 'live', version: null });
    expect((await json(office.otherAgency, '/api/quality?month=2026-09')).institutions).toEqual([]);
    expect((await json(office.otherAgency, `/api/quality?month=2026-09&district=${DISTRICT}`)).institutions).toEqual([]);
    expect((await json(desk.bureau, '/api/quality?month=2026-09')).institutions.length).toBe(3);
    expect((await desk.township('GET', '/api/quality?month=2026-09')).statusCode).toBe(403);
  });

  test('an institution sees its own figures with the mean, as kept, and no other institution', async () => {
    const seen = await json(desk.ownOfficer, '/api/quality?month=2026-09');
    expect(seen.basis).toBe('kept');
    expect(seen.institutions.map((one: { institutionId: string }) => one.institutionId)).toEqual([made.institutions[0]]);
    const agency = await json(office.agency, `/api/quality/institutions/${made.institutions[0]}?month=2026-09`);
    const own = await json(desk.ownOfficer, `/api/quality/institutions/${made.institutions[0]}?month=2026-09`);
    expect(own.figures).toEqual(agency.figures);
    expect(own.figures.find((one: { figure: string }) => one.figure === 'returnRate').mean).not.toBeNull();
    expect(own.assessors.length).toBeGreaterThan(1);
    expect((await desk.ownOfficer('GET', `/api/quality/institutions/${made.institutions[1]}?month=2026-09`)).json().code).toBe('NOT_FOUND');
    expect(await json(desk.ownOfficer, '/api/quality?month=2026-10')).toMatchObject({ basis: 'none', institutions: [], means: [] });
  });

  test('the cases of a figure are the same for the agency and for the institution they are about', async () => {
    for (const figure of ['returnRate', 'gradeChangedByTwo', 'visitLate', 'complaintUpheld']) {
      const agency = await json(office.agency, `/api/quality/${figure}/cases?month=2026-09&institution=${made.institutions[0]}&pageSize=200`);
      const own = await json(desk.ownOfficer, `/api/quality/${figure}/cases?month=2026-09&pageSize=200`);
      expect([figure, own]).toEqual([figure, agency]);
      const kept = (await json(desk.ownOfficer, `/api/quality/institutions/${made.institutions[0]}?month=2026-09`)).figures.find((one: { figure: string }) => one.figure === figure);
      expect([figure, own.total]).toEqual([figure, kept?.numerator ?? 0]);
    }
    expect((await json(desk.rival, `/api/quality/returnRate/cases?month=2026-09&institution=${made.institutions[0]}`)).total).toBe(0);
  });

  test('agreement per item is kept: the institution sees what the agency sees of it, a year adds up the kept months, and nobody sees another institution', async () => {
    const { rows, basis } = await json(office.agency, `/api/quality-items?month=2026-09&institution=${made.institutions[0]}`);
    expect([basis, rows.map((one: { item: string }) => one.item).sort()]).toEqual(['kept', ['bathing', 'dressing']]);
    expect((await json(desk.ownOfficer, '/api/quality-items?month=2026-09')).rows).toEqual(rows);
    expect((await json(desk.ownOfficer, `/api/quality-items?month=2026-09&institution=${made.institutions[1]}`)).rows).toEqual(rows);
    const year = (await json(desk.ownOfficer, '/api/quality-items?month=2026-09&span=year')).rows as { item: string; cases: number }[];
    const august = (await json(desk.ownOfficer, '/api/quality-items?month=2026-08')).rows as typeof year;
    expect(year.map((one) => one.item).sort()).toEqual([...new Set([...rows, ...august].map((one: { item: string }) => one.item))].sort());
    for (const one of year) expect(one.cases).toBe([...rows, ...august].filter((other: { item: string }) => other.item === one.item).reduce((sum: number, other: { cases: number }) => sum + other.cases, 0));
    expect(await json(desk.ownOfficer, '/api/quality-items?month=2026-10')).toMatchObject({ basis: 'none', rows: [] });
    const mine = (await json(desk.assessor, '/api/quality-items?month=2026-09')).rows as { item: string; cases: number; agreed: number; share: number | null }[];
    expect(mine.every((one) => one.cases < 30 && one.share === null)).toBe(true);
    const cases = `/api/quality-items/bathing/cases?month=2026-09&pageSize=200`;
    const off = await json(desk.assessor, cases);
    expect(off.total).toBe(mine.find((one) => one.item === 'bathing')!.cases - mine.find((one) => one.item === 'bathing')!.agreed);
    expect((await json(desk.ownOfficer, cases)).total).toBe((await json(office.agency, `${cases}&institution=${made.institutions[0]}`)).total);
    const live = await json(office.agency, `/api/quality-items?month=2026-10&institution=${made.institutions[0]}`);
    const liveCases = await json(office.agency, `/api/quality-items/dressing/cases?month=2026-10&institution=${made.institutions[0]}&pageSize=200`);
    const dressing = live.rows.find((one: { item: string }) => one.item === 'dressing');
    expect([live.basis, liveCases.total]).toEqual(['live', dressing.cases - dressing.agreed]);
  });

  test('an assessor sees the own figures and cases only', async () => {
    const [mine, other] = made.assessors;
    const seen = await json(desk.assessor, `/api/quality/assessors/${mine!.id}?month=2026-09`);
    expect(seen.institutions).toHaveLength(1);
    expect((await desk.assessor('GET', `/api/quality/assessors/${other!.id}?month=2026-09`)).json().code).toBe('NOT_FOUND');
    expect((await desk.assessor('GET', '/api/quality?month=2026-09')).statusCode).toBe(403);
    const counted = seen.institutions[0].figures.find((one: { figure: string; numerator: number }) => one.numerator > 0 && one.figure.endsWith('Late'));
    const cases = await json(desk.assessor, `/api/quality/${counted.figure}/cases?month=2026-09&assessor=${other!.id}&pageSize=200`);
    expect(cases.total).toBe(counted.numerator);
    expect(new Set(cases.rows.map((one: { assessorAccountId: string }) => one.assessorAccountId))).toEqual(new Set([mine!.id]));
    expect((await json(desk.colleague, `/api/quality/${counted.figure}/cases?month=2026-09`)).total).toBe(0);
    expect((await office.agency('GET', `/api/quality/assessors/${office.personId}?month=2026-09`)).json().code).toBe('NOT_FOUND');
  });
});

describe('a complaint', () => {
  let caseId = '';
  beforeAll(async () => {
    caseId = (await scoredCase(office, office.personId)).id;
  });

  test('is about an assessment institution, and about one that assessed the case', async () => {
    expect((await office.agency('POST', '/api/complaints', { institutionId: office.careHomeId, subject: 'conduct', matter: '测试' })).json().code).toBe('COMPLAINT_INSTITUTION');
    expect((await office.agency('POST', '/api/complaints', { institutionId: made.institutions[0], applicationId: caseId, subject: 'conduct', matter: '测试' })).json().code).toBe('COMPLAINT_CASE');
    expect((await office.agency('POST', '/api/complaints', { institutionId: office.institutionId, applicationId: caseId, subject: 'conduct', matter: '测试' })).statusCode).toBe(200);
    const casesOf = async (institution: string) => ((await office.agency('GET', `/api/applications?pageSize=100&institution=${institution}`)).json() as { rows: { id: string }[] }).rows.map((one) => one.id);
    expect(await casesOf(office.institutionId)).toContain(caseId);
    expect(await casesOf(made.institutions[0]!)).not.toContain(caseId);
  });

  test('of the family goes to the assessor of the case, is not seen by the institution, and is answered once by somebody else', async () => {
    const filed = (await office.family('POST', '/api/family/complaints', { applicationId: caseId, subject: 'dataLeak', matter: '把病情告诉了邻居' })).json();
    // The agency's own complaint about the same case is not the family's.
    expect(await json(office.family, '/api/family/complaints')).toMatchObject({ total: 1, rows: [{ number: filed.number, source: 'family', state: 'open' }] });
    expect((await json(office.otherFamily, '/api/family/complaints')).total).toBe(0);
    expect((await office.otherFamily('POST', '/api/family/complaints', { applicationId: caseId, subject: 'other', matter: '测试' })).json().code).toBe('NOT_FOUND');
    const officer = await office.house.signedIn({ signInName: 'pg-real', displayName: '何禾', role: 'assessmentOfficer', institutionId: office.institutionId });
    expect((await json(officer, '/api/complaints')).total).toBe(0);
    expect((await office.agency('POST', `/api/complaints/${filed.id}/answer`, { upheld: true, answer: '查实，已约谈' })).json()).toEqual({ state: 'upheld' });
    expect((await desk.reviewer('POST', `/api/complaints/${filed.id}/answer`, { upheld: false, answer: '再答' })).json().code).toBe('COMPLAINT_ANSWERED');
    const seen = await json(officer, '/api/complaints');
    expect(seen).toMatchObject({ total: 1, rows: [{ number: filed.number, state: 'upheld', assessorName: '孙丽', mayAnswer: false }] });
    expect((await json(office.assessor, '/api/complaints')).total).toBe(1);
    const live = await json(office.agency, `/api/quality/institutions/${office.institutionId}?month=2026-11`);
    expect(live.figures.find((one: { figure: string }) => one.figure === 'dataLeak')).toMatchObject({ numerator: 1, cases: 1, value: 1, points: 5, small: true });
  });

  test('is not answered by who filed it', async () => {
    const filed = (await office.agency('POST', '/api/complaints', { institutionId: office.institutionId, subject: 'money', matter: '索要红包' })).json();
    expect((await office.agency('POST', `/api/complaints/${filed.id}/answer`, { upheld: true, answer: '属实' })).json().code).toBe('FOUR_EYES');
    expect((await desk.reviewer('POST', `/api/complaints/${filed.id}/answer`, { upheld: false, answer: '不属实' })).json()).toEqual({ state: 'notUpheld' });
    expect((await json(office.agency, '/api/complaints?state=notUpheld')).rows[0]).toMatchObject({ number: filed.number, whyNot: 'COMPLAINT_ANSWERED' });
  });

  test('of a township stands on its own page with the answer, and nothing that others filed or another township', async () => {
    const filed = (await desk.township('POST', '/api/complaints', { institutionId: office.institutionId, applicationId: caseId, subject: 'procedure', matter: '只有一人上门' })).json();
    expect((await json(office.agency, '/api/complaints?state=open')).rows.some((one: { source: string }) => one.source === 'township')).toBe(true);
    expect(await json(desk.township, '/api/complaints/filed')).toMatchObject({ total: 1, rows: [{ number: filed.number, state: 'open', answer: null, mayAnswer: false, whyNot: 'NOT_PERMITTED' }] });
    expect((await desk.reviewer('POST', `/api/complaints/${filed.id}/answer`, { upheld: true, answer: '属实，已要求整改' })).statusCode).toBe(200);
    expect(await json(desk.township, '/api/complaints/filed?state=upheld')).toMatchObject({ total: 1, rows: [{ number: filed.number, answer: '属实，已要求整改', answeredBy: '李强' }] });
    const elsewhere = await office.house.signedIn({ signInName: 'township-2', displayName: '石榴', role: 'townshipOfficer', area: `${DISTRICT}002` });
    expect((await json(elsewhere, '/api/complaints/filed')).total).toBe(0);
    expect((await desk.township('GET', '/api/complaints')).statusCode).toBe(403);
    expect((await office.agency('GET', '/api/complaints/filed')).statusCode).toBe(403);
  });
});

describe('the night', () => {
  test('keeps an older month again when a complaint about it was found justified since, and leaves one of which nothing new is known', async () => {
    const { house, agency } = office;
    const versions = async (month: string) => (await json(agency, `/api/quality-months?month=${month}&district=${DISTRICT}`)).total as number;
    house.clock.now = new Date('2026-12-20T02:00:00Z');
    const filed = (await agency('POST', '/api/complaints', { institutionId: made.institutions[1], subject: 'conduct', matter: '态度' })).json();
    await house.platform.databases.owner.query(`UPDATE assessments.complaint SET filed_at = '2026-08-20T02:00:00Z', filed_on = '2026-08-20' WHERE id = $1`, [filed.id]);
    const before = await versions('2026-08');
    const night = () => house.act((act) => keepQualityMonths(act, 1));
    await night();
    expect(await versions('2026-08')).toBe(before);
    await desk.reviewer('POST', `/api/complaints/${filed.id}/answer`, { upheld: true, answer: '属实' });
    house.clock.now = new Date('2026-12-21T02:00:00Z');
    await night();
    expect(await versions('2026-08')).toBe(before + 1);
    await night();
    expect(await versions('2026-08')).toBe(before + 1);
  }, 120_000);
});
