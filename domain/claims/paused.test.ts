import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kit/ids.ts';
import { openTestHouse } from '#server/testing.ts';
import type { TestHouse } from '#server/testing.ts';
import { closeMonth } from './close.ts';
import { DISTRICT, Fixture, ordinaryHome } from './fixture.ts';

const MONTH = '2026-09';

describe('care while the benefit is paused', () => {
  let house: TestHouse;
  let fixture: Fixture;
  beforeAll(async () => {
    house = await openTestHouse('2026-10-08T02:00:00Z');
    fixture = new Fixture(house.platform.databases.owner);
  });
  afterAll(() => house.close());

  interface Line { id: string; ref: string; outcome: string; fund_fen: number; codes: string[] }
  const lines = async (like: string): Promise<Line[]> => (await house.platform.databases.owner.query<Line>(
    `SELECT id, source_ref AS ref, outcome, fund_fen::int, ARRAY(SELECT x->>'code' FROM jsonb_array_elements(reasons) x) AS codes FROM claims.line WHERE source_ref LIKE $1 ORDER BY source_ref`, [like])).rows;

  test('is refused on its first and its last day, paid on the day before and the day of resumption, and explained to the family', async () => {
    const { person, institution, worker } = await ordinaryHome(fixture);
    await fixture.suspension(person, '2026-09-10', '2026-09-12');
    const visit = (day: string) => ({ person, institution, worker, day, from: 540, until: 600, ref: `p-${day.slice(8)}` });
    const lasting = await ordinaryHome(fixture);
    await fixture.suspension(lasting.person, '2026-09-20');
    await fixture.visits([...['2026-09-09', '2026-09-10', '2026-09-12', '2026-09-13'].map(visit), ...['2026-09-19', '2026-09-20', '2026-09-30'].map((day) => ({ ...lasting, day, from: 540, until: 600, ref: `q-${day.slice(8)}` }))]);
    // A home in care: the plan is paid by the day.
    const home = await fixture.institution('柳溪护理院', 'careHome');
    const inmate = await fixture.person({ grade: 5 });
    await fixture.plan(inmate, home, { mode: 'institution', items: [] });
    await fixture.suspension(inmate, '2026-09-15', '2026-09-28');
    await house.act((act) => closeMonth(act, DISTRICT, MONTH));
    expect((await lines('p-%')).map((one) => [one.ref, one.outcome])).toEqual([['p-09', 'paid'], ['p-10', 'refused'], ['p-12', 'refused'], ['p-13', 'paid']]);
    expect((await lines('q-%')).map((one) => [one.ref, one.outcome])).toEqual([['q-19', 'paid'], ['q-20', 'refused'], ['q-30', 'refused']]);
    const refused = (await lines('p-10'))[0]!;
    expect(refused.codes).toContain('OUTSIDE_ENTITLEMENT_PAUSED');
    const days = (await house.platform.databases.owner.query<{ outcome: string; days: number }>(`SELECT outcome, count(*)::int AS days FROM claims.line WHERE kind = 'day' AND person_id = $1 GROUP BY outcome ORDER BY outcome`, [inmate])).rows;
    expect(days).toEqual([{ outcome: 'paid', days: 16 }, { outcome: 'refused', days: 14 }]);
    const family = await house.signedIn({ signInName: 'family-p', displayName: '家属', role: 'family', persons: [{ districtCode: DISTRICT, personId: person }] });
    const told = (await family('GET', `/api/family/explanations/${refused.id}`)).body;
    expect(told).toContain('从 2026-09-10 起待遇暂停了');
    const agency = await house.signedIn({ signInName: 'agency-p', displayName: '经办', role: 'agencyOfficer', area: DISTRICT });
    const again = (await agency('POST', `/api/explanations/${refused.id}/rerun`, {})).json();
    expect(JSON.stringify(again)).toContain('OUTSIDE_ENTITLEMENT_PAUSED');
    const lastingLine = (await lines('q-30'))[0]!;
    expect((await agency('GET', `/api/explanations/${lastingLine.id}`)).body).toContain('尚未恢复');
  });

  test('of a result that a review replaced from its first day stays paid in a closed month, and is priced by the new one in the next', async () => {
    const { person, institution, worker } = await ordinaryHome(fixture, { grade: 5 });
    const owner = house.platform.databases.owner;
    house.clock.now = new Date('2026-12-08T02:00:00Z');
    await fixture.visits([{ person, institution, worker, day: '2026-10-05', from: 540, until: 600, ref: 'r-oct' }, { person, institution, worker, day: '2026-11-05', from: 540, until: 600, ref: 'r-nov' }]);
    const october = await house.act((act) => closeMonth(act, DISTRICT, '2026-10'));
    expect(await lines('r-oct')).toMatchObject([{ outcome: 'paid' }]);
    // The review finds no disability: the first conclusion counts on no day any more.
    await owner.query(`UPDATE assessments.conclusion SET ended_on = effective_on - 1, end_reason = 'replacedFromStart' WHERE person_id = $1`, [person]);
    await fixture.conclusion(person, 0, '2026-01-01', '2027-12-31');
    const { again, ...repeated } = await house.act((act) => closeMonth(act, DISTRICT, '2026-10'));
    expect({ ...repeated, again }).toEqual({ ...october, again: true });
    expect(await lines('r-oct')).toMatchObject([{ outcome: 'paid' }]);
    await house.act((act) => closeMonth(act, DISTRICT, '2026-11'));
    expect(await lines('r-nov')).toMatchObject([{ outcome: 'refused', fund_fen: 0, codes: expect.arrayContaining(['OUTSIDE_ENTITLEMENT_GRADE']) }]);
  });

  test('by a result that a review overturned is listed for the accountant, month by month and line by line, until a final review proves the result right', async () => {
    const owner = house.platform.databases.owner;
    const person = (await owner.query<{ id: string }>(`SELECT person_id AS id FROM claims.line WHERE source_ref = 'r-oct'`)).rows[0]!.id;
    const [first, second] = (await owner.query<{ id: string }>('SELECT id FROM assessments.conclusion WHERE person_id = $1 ORDER BY grade DESC', [person])).rows as [{ id: string }, { id: string }];
    /** The case of a conclusion: what it was about, and on which ground. */
    const about = async (conclusion: string, kind: string, ground: string | null, aboutId: string) => {
      const id = newId();
      await owner.query(`INSERT INTO assessments.application (district_code, id, number, person_id, township_code, kind, filed_on, filed_at, applicant_name, relation, contact_phone, disabled_since_on, materials, state, state_since, about_conclusion_id, ground, ground_source)
        VALUES ($1, $2, $3, $4, $5, $6, '2026-11-02', now(), '测试', 'self', '1', '2020-01-01', '{}', 'concluded', now(), $7, $8, $9)`, [DISTRICT, id, `X-${id}`, person, `${DISTRICT}001`, kind, aboutId, ground, ground === null ? null : '测试']);
      await owner.query('UPDATE assessments.conclusion SET application_id = $2 WHERE id = $1', [conclusion, id]);
      return id;
    };
    const accountant = await house.signedIn({ signInName: 'accountant-o', displayName: '会计', role: 'fundAccountant', area: '9901' });
    const list = async (query = '') => (await accountant('GET', `/api/overturned${query}`)).json();
    expect((await list()).total).toBe(0);
    await about(second.id, 'spotCheck', 'communityHealthFinding', first.id);
    expect((await list()).total).toBe(0);
    await about(second.id, 'spotCheck', 'abnormalResult', first.id);
    expect((await list()).total).toBe(1);
    const review = await about(second.id, 'review', null, first.id);
    const fund = (await lines('r-oct'))[0]!.fund_fen;
    const month = { month: '2026-10', lines: 1, fundFen: fund, paidFundFen: 0 };
    for (const query of ['', `?conclusion=${first.id}`, `?conclusion=${second.id}`, `?application=${review}`]) {
      expect(await list(query)).toMatchObject({ total: 1, rows: [{ conclusionId: first.id, grade: 5, by: { conclusionId: second.id, grade: 0 }, lines: 1, fundFen: fund, months: [month] }] });
    }
    expect((await list(`?conclusion=${newId()}`)).total).toBe(0);
    const settled = (await accountant('GET', `/api/overturned/${first.id}/lines`)).json();
    expect(settled).toMatchObject({ total: 1, rows: [{ month: '2026-10', serviceOn: '2026-10-05', statementState: 'drafted', grade: 5, fundFen: fund }] });
    await owner.query(`UPDATE claims.statement SET state = 'paid' WHERE id = $1`, [settled.rows[0].statementId]);
    expect((await list()).rows[0].paidFundFen).toBe(fund);
    expect((await accountant('GET', `/api/overturned/${second.id}/lines`)).json().code).toBe('NOT_FOUND');
    const elsewhere = await house.signedIn({ signInName: 'agency-o', displayName: '经办', role: 'agencyOfficer', area: '990106' });
    expect((await elsewhere('GET', '/api/overturned')).json().total).toBe(0);
    const carer = await house.signedIn({ signInName: 'carer-o', displayName: '护理站', role: 'institutionOfficer', institutionId: settled.rows[0].institutionId });
    expect((await carer('GET', '/api/overturned')).statusCode).toBe(403);
    // The final review finds the first grade again.
    await fixture.conclusion(person, 5, '2028-01-01', '2028-12-31');
    const last = (await owner.query<{ id: string }>(`SELECT id FROM assessments.conclusion WHERE person_id = $1 AND effective_on = '2028-01-01'`, [person])).rows[0]!;
    await about(last.id, 'finalReview', null, second.id);
    expect((await list()).total).toBe(0);
  });
});
