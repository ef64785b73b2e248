import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kit/ids.ts';
import type { Caller } from '#server/testing.ts';
import { balances } from '#domain/ledger/index.ts';
import { openTestOffice } from '../testing.ts';
import type { TestOffice } from '../testing.ts';
import { decideFee } from './rules.ts';
import type { FeeFacts } from './rules.ts';

const DISTRICT = '990101';
let office: TestOffice;
const desk: Record<'reviewer' | 'cashier' | 'institution' | 'rival', Caller> = {} as never;

beforeAll(async () => {
  office = await openTestOffice('2026-10-08T02:00:00Z');
  desk.reviewer = await office.house.signedIn({ signInName: 'reviewer', displayName: '李强', role: 'agencyReviewer', area: DISTRICT });
  desk.cashier = await office.house.signedIn({ signInName: 'cashier', displayName: '周芳', role: 'agencyCashier', area: DISTRICT });
  desk.institution = await office.house.signedIn({ signInName: 'pg-01', displayName: '何平', role: 'assessmentOfficer', institutionId: office.institutionId });
  desk.rival = await office.house.signedIn({ signInName: 'pg-03', displayName: '贺兰', role: 'assessmentOfficer', institutionId: office.otherInstitutionId });
}, 60_000);
afterAll(() => office.house.close());

interface Told {
  institutionId: string;
  grade: number;
  on: string;
  kind?: string;
  about?: string;
  recordedAt?: string;
}

/** A conclusion as its acts leave it, written by the owner. Returns its id. */
async function concluded({ institutionId, grade, on, kind = 'initial', about, recordedAt }: Told): Promise<string> {
  const { owner } = office.house.platform.databases;
  const [application, assessment, conclusion, person] = [newId(), newId(), newId(), newId()];
  const at = recordedAt ?? `${on}T02:00:00Z`;
  const client = await owner.connect();
  try {
    await client.query('BEGIN; SET LOCAL session_replication_role = replica');
    await client.query(`INSERT INTO assessments.application (district_code, id, number, person_id, township_code, kind, filed_on, filed_at, applicant_name, relation, contact_phone, disabled_since_on, state, state_since, accepted_on, about_conclusion_id)
      VALUES ('990101', $1::uuid, $1::text, $2, '990101001', $3, $4, $5, '测试', 'self', '1', '2020-01-01', 'concluded', $5, $4, $6)`, [application, person, kind, on, at, about ?? null]);
    await client.query(`INSERT INTO assessments.assessment (district_code, id, application_id, person_id, township_code, assessment_institution_id, assessor_account_id, assessor_name, second_name, guardian_name, on_site_at, place, scale_id, answers, points, grade, decision_id, recorded_at)
      VALUES ('990101', $1, $2, $3, '990101001', $4, $3, '测试', '测试', '测试', $5, '测试', 'test', '{}', '{}', $6, $3, $5)`, [assessment, application, person, institutionId, at, grade]);
    await client.query(`INSERT INTO assessments.conclusion (district_code, id, number, application_id, assessment_id, person_id, township_code, grade, concluded_on, effective_on, valid_until_on, origin, decision_id, check_code, concluded_at)
      VALUES ('990101', $1::uuid, $2, $3, $4, $5, '990101001', $6, $7, $7, '2099-12-31', 'assessed', $5, $1::text, $8)`, [conclusion, `C-${conclusion.slice(-12)}`, application, assessment, person, grade, on, at]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
  return conclusion;
}

const draft = (month: string, by: Caller = office.agency) => by('POST', '/api/fee-months', { districtCode: DISTRICT, month });
const json = async (caller: Caller, url: string) => (await caller('GET', url)).json();
const statementOf = async (month: string, institutionId = office.institutionId) => (await json(office.agency, `/api/fee-statements?month=${month}&institution=${institutionId}`)).rows[0];
const linesOf = async (id: string) => (await json(office.agency, `/api/fee-statements/${id}/lines?pageSize=200`)).rows as { conclusionId: string; code: string; amountFen: number; kind: string; grade: number; concludedOn: string; reasons: { code: string }[] }[];
const settle = async (id: string) => {
  expect((await office.agency('POST', `/api/fee-statements/${id}/first-review`, {})).statusCode).toBe(200);
  expect((await desk.reviewer('POST', `/api/fee-statements/${id}/second-review`, {})).statusCode).toBe(200);
  expect((await desk.cashier('POST', `/api/fee-statements/${id}/pay`, {})).statusCode).toBe(200);
};
const spent = async () => (await office.house.act((act) => balances(act, { districtCode: DISTRICT, on: act.today }))).find((one) => one.code === '500105');

describe('the fee of a conclusion', () => {
  const cases = parse(readFileSync(new URL('./cases/fee.yaml', import.meta.url), 'utf8')) as { case: string; facts: FeeFacts; expect: { amountFen: number; code: string; reasons: string[] } | null }[];
  test.each(cases)('$case', ({ facts, expect: wanted }) => {
    const decision = decideFee(facts, office.house.platform.policy);
    expect(decision && { amountFen: decision.value.amountFen, code: decision.value.code, reasons: decision.reasons.map((one) => one.code) }).toEqual(wanted);
    if (decision) expect(decision.stamp['assessments.feeFen']).toMatch(/^qinghe@/);
  });
});

describe('a month of fees', () => {
  let first = '';
  let second = '';

  test('is drafted after it is over, by the agency of the district, and once', async () => {
    first = await concluded({ institutionId: office.institutionId, grade: 3, on: '2026-09-10' });
    second = await concluded({ institutionId: office.institutionId, grade: 4, on: '2026-09-30' });
    await concluded({ institutionId: office.otherInstitutionId, grade: 2, on: '2026-09-12' });
    await concluded({ institutionId: office.institutionId, grade: 2, on: '2026-10-01' });
    expect((await draft('2026-10')).json().code).toBe('FEE_MONTH_RUNNING');
    expect((await draft('2026-09', office.otherAgency)).json().code).toBe('FEE_NOT_IN_AREA');
    expect((await draft('2026-09', desk.reviewer)).statusCode).toBe(403);
    expect((await draft('2026-09')).json()).toMatchObject({ lines: 3, statements: 2, payableFen: 60000, again: false });
    expect((await draft('2026-09')).json()).toMatchObject({ lines: 3, again: true });
  });

  test('refuses a month before one that is drafted', async () => {
    expect((await draft('2026-08')).json().code).toBe('FEE_LATER_DRAFTED');
  });

  test('goes from first review over other eyes to the payment out of the fund, nothing from the person', async () => {
    const { id } = await statementOf('2026-09');
    expect(await statementOf('2026-09')).toMatchObject({ lines: 2, dueFen: 40000, takenBackFen: 0, payableFen: 40000, state: 'drafted' });
    expect((await desk.reviewer('POST', `/api/fee-statements/${id}/second-review`, {})).json().code).toBe('STATE_WRONG');
    await office.agency('POST', `/api/fee-statements/${id}/first-review`, {});
    expect((await office.agency('POST', `/api/fee-statements/${id}/second-review`, {})).statusCode).toBe(403);
    await desk.reviewer('POST', `/api/fee-statements/${id}/return`, { note: '请核对' });
    await office.agency('POST', `/api/fee-statements/${id}/first-review`, {});
    await desk.reviewer('POST', `/api/fee-statements/${id}/second-review`, {});
    expect(await spent()).toMatchObject({ balanceFen: 0 });
    expect((await desk.reviewer('POST', `/api/fee-statements/${id}/pay`, {})).statusCode).toBe(403);
    expect((await desk.cashier('POST', `/api/fee-statements/${id}/pay`, {})).json()).toMatchObject({ state: 'paid' });
    expect(await spent()).toMatchObject({ balanceFen: 40000 });
    const { nextActs, reviews, paidPostingId } = await json(desk.cashier, `/api/fee-statements/${id}`);
    expect(reviews.map((one: { step: string }) => one.step)).toEqual(['first', 'return', 'first', 'second', 'pay']);
    expect(nextActs.every((one: { allowed: boolean }) => !one.allowed)).toBe(true);
    expect((await json(office.agency, `/api/ledger/postings/${paidPostingId}`)).documentType).toBe('feeStatement');
    const accountant = await office.house.signedIn({ signInName: 'accountant', displayName: '钱会', role: 'fundAccountant', area: '9901' });
    expect((await accountant('POST', `/api/ledger/postings/${paidPostingId}/reverse`, { key: 'take-back-1', effectiveOn: '2026-10-08', narrative: '测试' })).json().code).toBe('LEDGER_STATEMENT');
  });

  test('an account that reviewed first does not review a second time, whatever its role', async () => {
    const { id } = await statementOf('2026-09', office.otherInstitutionId);
    const both = await office.house.signedIn({ signInName: 'both', displayName: '双手', role: 'agencyOfficer', area: DISTRICT });
    await both('POST', `/api/fee-statements/${id}/first-review`, {});
    await office.house.platform.databases.owner.query(`UPDATE identity.account SET role_code = 'agencyReviewer' WHERE sign_in_name = 'both'`);
    expect((await both('POST', `/api/fee-statements/${id}/second-review`, {})).json().code).toBe('FOUR_EYES');
    await desk.reviewer('POST', `/api/fee-statements/${id}/second-review`, {});
  });

  test('is seen by the institution as far as it is its own, on paper too', async () => {
    const own = await statementOf('2026-09');
    expect((await json(desk.institution, '/api/fee-statements')).rows.map((one: { id: string }) => one.id)).toEqual([own.id]);
    expect((await desk.rival('GET', `/api/fee-statements/${own.id}`)).json().code).toBe('NOT_FOUND');
    expect((await desk.rival('GET', `/api/fee-statements/${own.id}/lines`)).json().code).toBe('NOT_FOUND');
    expect((await json(office.otherAgency, '/api/fee-statements')).total).toBe(0);
    const paper = await desk.institution('GET', `/api/fee-statements/${own.id}/statement.pdf`);
    expect([paper.statusCode, paper.rawPayload.subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
    expect((await office.family('GET', `/api/fee-statements/${own.id}`)).statusCode).toBe(403);
  });

  test('pays the reviewing institution and takes the fee of the overturned conclusion back; a late one follows', async () => {
    const review = await concluded({ institutionId: office.otherInstitutionId, grade: 2, on: '2026-10-20', kind: 'review', about: first });
    await concluded({ institutionId: office.otherInstitutionId, grade: 4, on: '2026-10-21', kind: 'review', about: second });
    await concluded({ institutionId: office.institutionId, grade: 3, on: '2026-09-25', recordedAt: '2026-10-09T02:00:00Z' });
    office.house.clock.now = new Date('2026-11-05T02:00:00Z');
    await draft('2026-10');
    const mine = await statementOf('2026-10');
    expect(mine).toMatchObject({ dueFen: 40000, takenBackFen: 20000, carriedInFen: 0, payableFen: 20000, carriedOutFen: 0 });
    const lines = await linesOf(mine.id);
    expect(lines.map((one) => [one.code, one.amountFen]).sort()).toEqual([['FEE_DUE', 20000], ['FEE_LATE', 20000], ['FEE_TAKEN_BACK', -20000]]);
    expect(lines.find((one) => one.code === 'FEE_TAKEN_BACK')).toMatchObject({ conclusionId: first, reasons: [{ code: 'FEE_PRICE' }, { code: 'FEE_TAKEN_BACK' }] });
    expect((await linesOf((await statementOf('2026-10', office.otherInstitutionId)).id)).map((one) => one.conclusionId)).toContain(review);
    await settle(mine.id);
  });

  test('carries on what cannot be set off, and gives a fee again when the final review proves the first right', async () => {
    const review = (await office.house.platform.databases.owner.query<{ id: string }>(`SELECT c.id FROM assessments.conclusion c JOIN assessments.application a ON a.id = c.application_id WHERE a.about_conclusion_id = $1`, [first])).rows[0]!.id;
    await concluded({ institutionId: office.careHomeId, grade: 3, on: '2026-11-20', kind: 'finalReview', about: review });
    office.house.clock.now = new Date('2026-12-05T02:00:00Z');
    await draft('2026-11');
    expect((await linesOf((await statementOf('2026-11')).id)).map((one) => [one.code, one.amountFen])).toEqual([['FEE_RESTORED', 20000]]);
    const other = await statementOf('2026-11', office.otherInstitutionId);
    expect(other).toMatchObject({ dueFen: 0, takenBackFen: 20000, payableFen: 0, carriedOutFen: 20000 });
    await settle(other.id);
    expect(await json(office.agency, `/api/fee-statements/${other.id}`)).toMatchObject({ state: 'paid', pendingPostingId: null, paidPostingId: null });
    await concluded({ institutionId: office.otherInstitutionId, grade: 3, on: '2026-12-10' });
    office.house.clock.now = new Date('2027-01-05T02:00:00Z');
    await draft('2026-12');
    expect(await statementOf('2026-12', office.otherInstitutionId)).toMatchObject({ dueFen: 22000, carriedInFen: 20000, payableFen: 2000, carriedOutFen: 0 });
  });

  test('every line says what the rule says about its facts, and a conclusion is never paid more than its price', async () => {
    const { rows } = await office.house.platform.databases.owner.query<{ conclusion: string; sum: string; price: string }>('SELECT conclusion_id AS conclusion, sum(amount_fen) AS sum, min(price_fen) AS price FROM assessments.fee_line GROUP BY conclusion_id');
    expect(rows.length).toBeGreaterThan(8);
    expect(rows.every((row) => [0, Number(row.price)].includes(Number(row.sum)))).toBe(true);
    for (const month of ['2026-09', '2026-10', '2026-11', '2026-12']) {
      for (const statement of (await json(office.agency, `/api/fee-statements?month=${month}`)).rows) {
        for (const line of await linesOf(statement.id)) expect(line.reasons.at(-1)?.code).toBe(line.code);
      }
    }
  });

  test('is refused with FEE_PRICE_MISSING where a conclusion is older than the published prices', async () => {
    await concluded({ institutionId: office.institutionId, grade: 3, on: '2023-12-31' });
    office.house.clock.now = new Date('2027-02-05T02:00:00Z');
    expect((await draft('2027-01')).json()).toMatchObject({ code: 'FEE_PRICE_MISSING' });
    expect((await json(office.agency, '/api/fee-months?month=2027-01')).total).toBe(0);
  });
});
