/** The overview against counts made here from the same rows, for the city and for a district. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { creditCodeFor } from '#kit/credit-code.ts';
import { addDays, addMonthsToMonth, instantOf, monthBounds, monthOf } from '#kit/days.ts';
import { newId } from '#kit/ids.ts';
import { post } from '#domain/ledger/index.ts';
import { officeActor } from '#platform/scope/actor.ts';
import { openTestHouse } from '#server/testing.ts';
import type { Caller, TestHouse } from '#server/testing.ts';
import { countClosedMonth, overview, reporting } from './index.ts';
import type { Overview } from './model.ts';

const TODAY = '2026-09-15';
const DISTRICTS = ['990101', '990102'];
const MONTHS = ['2025-09', '2025-10', '2026-06', '2026-08', '2026-09'];
type Row = Record<string, unknown> & { district_code: string };

/** Rows of two districts, made by counting: every state, grade, mode, month and outcome comes up, also those that must not count. */
function makeRows() {
  const rows: Record<string, Row[]> = {};
  const add = (table: string, row: Row) => (rows[table] ??= []).push(row);
  DISTRICTS.forEach((district_code, d) => {
    const institution_id = newId();
    const [worker_id, decision_id, intake_id] = [newId(), newId(), newId()];
    add('providers.institution', { district_code, id: institution_id, code: `J${d}`, name: `机构${d}`, kind: 'homeCare', credit_code: creditCodeFor(district_code, 900 + d), address: 'x', agreement_from_on: '2025-01-01', created_at: TODAY });
    add('workers.worker', { district_code, id: worker_id, institution_id, name: '护理员', identity_number: `w${d}`, worker_class: 'carer', abilities: [], from_on: '2025-01-01', created_at: TODAY });
    add('platform.decision', { district_code, id: decision_id, kind: 'assessments.grade', subject_type: 'person', subject_id: newId(), decided_at: TODAY, decided_on: TODAY, value: 1, reasons: [], facts: {}, stamp: {} });
    add('visits.intake', { district_code, id: intake_id, format: 'csv', file_name: 'x', sha256: 'x', rows: 0, visits: 0, received_at: TODAY });
    const scope = (n: number) => ({ district_code, township_code: `${district_code}00${1 + (n % 2)}` });
    const persons = Array.from({ length: 12 + d }, (_, n) => {
      const id = newId();
      add('people.person', { ...scope(n), id, community: 'x', name: `人${n}`, search: 'x', identity_number: `${d}${String(n).padStart(16, '0')}1`, birth_on: '1940-01-01', sex: 1, address: 'x', deceased_on: n === 0 ? '2026-01-01' : null, origin: 'imported', created_at: TODAY });
      return id;
    });
    persons.forEach((person_id, n) => {
      const state = ['filed', 'accepted', 'dispatched', 'refused', 'concluded'][n % 5]!;
      add('assessments.application', { ...scope(n), id: newId(), number: `A${d}-${n}`, person_id, kind: 'initial', filed_on: TODAY, filed_at: TODAY, applicant_name: 'x', relation: 'self', contact_phone: 'x', disabled_since_on: '2025-01-01', materials: [], state, state_since: TODAY, refusal_code: state === 'refused' ? 'OTHER' : null });
      const ended = n % 4 === 3;
      add('assessments.conclusion', { ...scope(n), id: newId(), number: `L${d}-${n}`, person_id, grade: n % 6, concluded_on: '2025-06-01', effective_on: n % 5 === 4 ? addDays(TODAY, 1) : '2025-07-01', valid_until_on: n % 7 === 6 ? TODAY : '2027-06-30', ended_on: ended ? addDays(TODAY, n === 3 && d === 0 ? 0 : -1) : null, origin: 'imported', decision_id, check_code: `c${d}${n}`, concluded_at: TODAY });
      const mode = ['homeVisit', 'homeIndividual', 'institution'][n % 3]!;
      add('plans.plan', { ...scope(n), id: newId(), number: `P${d}-${n}`, person_id, mode, institution_id, worker_id: mode === 'homeIndividual' ? worker_id : null, from_on: n === 5 ? addDays(TODAY, 1) : '2025-08-01', to_on: n === 6 ? addDays(TODAY, -1) : n === 7 ? TODAY : null, state: n % 4 === 1 ? 'proposed' : 'confirmed', origin: 'imported', proposed_at: TODAY });
    });
    MONTHS.forEach((month, m) => {
      const first = `${month}-01`;
      for (let n = 0; n < 5 + m + d; n += 1) {
        const service_on = n === 0 ? monthBounds(month).lastOn : addDays(first, n);
        add('visits.visit', { ...scope(n), service_on, id: newId(), person_id: persons[n]!, institution_id, worker_id, worker_class: 'carer', item_code: 'x', started_at: instantOf(service_on, 600), ended_at: instantOf(service_on, 600 + 31 + n), source_ref: `v${month}-${n}`, source_seq: n, intake_id });
      }
      if (month === '2026-09') return;
      const amounts = { billed_fen: 1000 + m, fund_fen: 800, person_fen: 150 + m, refused_fen: 50 };
      add('claims.month_close', { district_code, month: first, id: newId(), closed_at: TODAY, closed_by: 'x', visits: 5 + m + d, lines: 5, findings: 2, ...amounts, city: 'qinghe', rule_base_id: 'x', stamp: {}, policy: {} });
      const statement_id = newId();
      add('claims.statement', { district_code, id: statement_id, month: first, number: `S${d}-${m}`, institution_id, lines: 5, persons: 5, ...amounts, state: ['drafted', 'firstReviewed', 'approved', 'paid'][(m + d) % 4]!, state_since: TODAY });
      for (let n = 0; n < 2 + m; n += 1) {
        const line = { ...scope(n), month: first, id: newId(), service_on: first, person_id: persons[n]!, institution_id };
        add('claims.line', { ...line, kind: 'visit', mode: 'homeVisit', price_fen: 1, fund_ratio_bp: 9000, billed_fen: 10, fund_fen: 0, person_fen: 0, refused_fen: 10, outcome: 'refused', reasons: [], statement_id });
        add('claims.finding', { ...line, id: newId(), rule: n % 2 ? 'over-long' : 'carer-overlap', effect: n % 2 ? 'cut' : 'refuse', line_id: line.id, source_ref: 'x', params: {} });
      }
    });
  });
  return rows;
}

const ORDER = ['providers.institution', 'workers.worker', 'platform.decision', 'people.person', 'assessments.application', 'assessments.conclusion', 'plans.plan', 'visits.intake', 'visits.visit', 'claims.month_close', 'claims.statement', 'claims.line', 'claims.finding'];

describe('the overview', () => {
  let house: TestHouse;
  let bureau: Caller;
  let district: Caller;
  let family: Caller;
  const rows = makeRows();
  const of = (table: string, code?: string) => rows[table]!.filter((row) => code === undefined || row.district_code === code);
  const tally = (some: Row[], keyOf: (row: Row) => string) => Object.fromEntries([...Map.groupBy(some, keyOf)].map(([key, group]) => [key, group.length]));

  beforeAll(async () => {
    house = await openTestHouse(`${TODAY}T02:00:00Z`);
    const { owner } = house.platform.databases;
    for (const month of MONTHS) for (const table of ['visits.visit', 'claims.line', 'claims.finding']) await owner.query('SELECT platform.ensure_month($1, $2)', [table, `${month}-01`]);
    for (const table of ORDER) {
      const columns = [...new Set(of(table).flatMap((row) => Object.keys(row)))].join(', ');
      await owner.query(`INSERT INTO ${table} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(null::${table}, $1)`, [JSON.stringify(of(table))]);
    }
    await house.act((act) => post(act, { districtCode: '990101', key: 'premium-1', template: 'premium.collected', amountFen: 777, effectiveOn: TODAY, narrative: '保费' }));
    await house.act((act) => post(act, { districtCode: '990101', key: 'approved-1', template: 'claims.approved', amountFen: 55, effectiveOn: TODAY, narrative: '结算单' }));
    bureau = await house.signedIn({ signInName: 'bureau-1', displayName: '周局', role: 'bureauOfficer', area: '9901' });
    district = await house.signedIn({ signInName: 'agency-01', displayName: '陈敏', role: 'agencyOfficer', area: '990101' });
    family = await house.signedIn({ signInName: 'family-1', displayName: '王小梅', role: 'family', persons: [{ districtCode: '990101', personId: newId() }] });
  });
  afterAll(() => house.close());

  /** Compares an overview with counts made from the rows. */
  function expectCounts(answer: Overview, code?: string): void {
    const inForce = of('assessments.conclusion', code).filter((row) => (row['effective_on'] as string) <= TODAY && ((row['ended_on'] ?? row['valid_until_on']) as string) >= TODAY);
    const active = of('plans.plan', code).filter((row) => row['state'] === 'confirmed' && (row['from_on'] as string) <= TODAY && (row['to_on'] === null || (row['to_on'] as string) >= TODAY));
    const open = of('assessments.application', code).filter((row) => !['refused', 'concluded', 'withdrawn', 'closed'].includes(row['state'] as string));
    const findings = of('claims.finding', code).filter((row) => (row['month'] as string) > '2025-09-30');
    expect(answer.insured).toBe(of('people.person', code).filter((row) => row['deceased_on'] === null).length);
    expect(Object.fromEntries(answer.applications.map((row) => [row.state, row.count]))).toEqual(tally(open, (row) => row['state'] as string));
    expect(Object.fromEntries(answer.conclusions.map((row) => [String(row.grade), row.count]))).toEqual(tally(inForce, (row) => String(row['grade'])));
    expect(Object.fromEntries(answer.plans.map((row) => [row.mode, row.count]))).toEqual(tally(active, (row) => row['mode'] as string));
    expect(Object.fromEntries(answer.findings.map((row) => [`${row.rule} ${row.effect}`, row.count]))).toEqual(tally(findings, (row) => `${row['rule']} ${row['effect']}`));
    expect(Object.fromEntries(answer.statements.map((row) => [row.state, row.count]))).toEqual(tally(of('claims.statement', code), (row) => row['state'] as string));
    expect(answer.visits).toHaveLength(12);
    for (const { month, visits, minutes } of answer.visits) {
      const here = of('visits.visit', code).filter((row) => monthOf(row['service_on'] as string) === month);
      expect([month, visits, minutes]).toEqual([month, here.length, here.reduce((sum, row) => sum + ((row['ended_at'] as Date).getTime() - (row['started_at'] as Date).getTime()) / 60_000, 0)]);
    }
    for (const one of answer.claims) {
      const here = of('claims.month_close', code).filter((row) => monthOf(row['month'] as string) === one.month);
      const sum = (column: string) => here.reduce((total, row) => total + (row[column] as number), 0);
      expect(one).toEqual({ month: one.month, districtsClosed: here.length, billedFen: sum('billed_fen'), fundFen: sum('fund_fen'), personFen: sum('person_fen'), refusedFen: sum('refused_fen') });
    }
  }

  const asked = async (caller: Caller, url = '/api/overview') => {
    const answer = await caller('GET', url);
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json() as Overview;
  };

  test('counts the whole city from the rows, the oldest month just outside left out, months without anything as zero', async () => {
    const answer = await asked(bureau);
    expectCounts(answer);
    expect(answer.visits.map((row) => row.month)).toEqual(Array.from({ length: 12 }, (_, n) => addMonthsToMonth('2025-10', n)));
    expect(answer.visits.find((row) => row.month === '2026-01')).toEqual({ month: '2026-01', visits: 0, minutes: 0 });
  });

  test('compares the districts, which add up to the city, with the fund of each', async () => {
    const answer = await asked(bureau);
    expect(answer.districts).toHaveLength(6);
    expect(answer.districts.reduce((sum, row) => sum + row.insured, 0)).toBe(answer.insured);
    expect(answer.districts.reduce((sum, row) => sum + row.visits, 0)).toBe(answer.visits.reduce((sum, row) => sum + row.visits, 0));
    expect(answer.districts.find((row) => row.districtCode === '990101')).toMatchObject({ zh: expect.any(String), assetsFen: 777, pendingFen: 55 });
    expect(answer.districts.find((row) => row.districtCode === '990106')).toMatchObject({ insured: 0, billedFen: 0, assetsFen: 0 });
  });

  test('counts the same when the closed months have been summed up after the close, once', async () => {
    const [listener] = reporting.on;
    expect(listener?.event).toBe('claims.monthClosed');
    const before = [await asked(bureau), await asked(district)];
    for (const code of DISTRICTS) {
      for (const month of ['2025-10', '2026-06']) await house.act((act) => listener!.run(act, { districtCode: code, eventId: newId(), subjectId: newId(), personId: null, data: { month } }));
    }
    const { rows: sums } = await house.platform.databases.owner.query('SELECT count(*)::int AS months, (SELECT count(*)::int FROM reporting.visit_sum) AS sums FROM reporting.counted_month');
    expect(sums).toEqual([{ months: 4, sums: 8 }]);
    expect([await asked(bureau), await asked(district)]).toEqual(before);
    expect(await house.act((act) => countClosedMonth(act, '990101', '2026-06'))).toBe(false);
    expect(await house.act((act) => countClosedMonth(act, '990101', '2026-08'))).toBe(true);
    expect([await asked(bureau), await asked(district)]).toEqual(before);
  });

  test('never sums up a month that is not closed', async () => {
    expect(await house.act((act) => countClosedMonth(act, '990101', '2026-09'))).toBe(false);
    expectCounts(await asked(bureau));
  });

  test('shows a district officer the own district only, whatever is asked for', async () => {
    const mine = await asked(district);
    expectCounts(mine, '990101');
    expect(mine.districts.map((row) => row.districtCode)).toEqual(['990101']);
    const theirs = await asked(district, '/api/overview?district=990102');
    expect(theirs).toMatchObject({ insured: 0, applications: [], conclusions: [], plans: [], findings: [], statements: [], districts: [] });
    expect(theirs.visits.every((row) => row.visits === 0)).toBe(true);
    expect(await asked(bureau, '/api/overview?district=990101')).toEqual({ ...mine, district: '990101' });
    expect((await family('GET', '/api/overview')).statusCode).toBe(403);
  });

  test('an actor without an area sees nothing, even with the permission', async () => {
    const nobody = { ...officeActor('9901', ['*']), area: null };
    expect(await house.act((act) => overview(act, {}), nobody)).toMatchObject({ insured: 0, districts: [], statements: [] });
  });
});
