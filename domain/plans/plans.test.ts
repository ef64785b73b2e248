import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importConclusions } from '#domain/assessments/index.ts';
import { registerPerson } from '#domain/people/index.ts';
import { registerInstitution } from '#domain/providers/index.ts';
import { addWorker } from '#domain/workers/index.ts';
import { creditCodeFor } from '#kit/credit-code.ts';
import { identityNumberFor } from '#kit/identity-number.ts';
import { officeActor } from '#platform/scope/actor.ts';
import { openTestHouse } from '#server/testing.ts';
import type { Caller, TestHouse } from '#server/testing.ts';

const DISTRICT = '990101';
const ITEMS = [{ itemCode: 'QH-L05', minutes: 60, timesPerDay: 1, timesPerWeek: 3 }];

describe('care plans', () => {
  let house: TestHouse;
  let agency: Caller;
  let other: Caller;
  let family: Caller;
  let stranger: Caller;
  let careOfficer: Caller;
  const office = officeActor(DISTRICT, ['*']);
  const institutions = {} as Record<'homeCare' | 'careHome' | 'individualCarers' | 'second', string>;
  let carer: string;
  const people: string[] = [];

  beforeAll(async () => {
    house = await openTestHouse('2026-09-15T02:00:00Z');
    await house.act(async (act) => {
      const kinds = [['homeCare', 'homeCare'], ['careHome', 'careHome'], ['individualCarers', 'individualCarers'], ['second', 'homeCare']] as const;
      for (const [at, [key, kind]] of kinds.entries()) {
        const body = { districtCode: DISTRICT, code: `T-00${at}`, name: `测试机构${at}`, kind, creditCode: creditCodeFor(DISTRICT, 100 + at), address: '文昌街 1 号', agreementFromOn: key === 'second' ? '2026-11-01' : '2024-01-01' };
        institutions[key] = (await registerInstitution(act, body)).id;
      }
      carer = (await addWorker(act, { institutionId: institutions.individualCarers, name: '何秀', identityNumber: identityNumberFor(DISTRICT, '1980-02-02', 2), workerClass: 'individual', fromOn: '2024-01-01' })).id;
      for (let at = 0; at < 4; at += 1) {
        people.push((await registerPerson(act, { name: `周桂${at}`, identityNumber: identityNumberFor(DISTRICT, '1940-03-04', at), townshipCode: '990101001', community: '东槐社区', address: '槐荫路 2 号' })).id);
      }
      const conclusion = (at: number, effectiveOn: string) => ({ districtCode: DISTRICT, personId: people[at]!, townshipCode: '990101001', grade: 3, effectiveOn, validUntilOn: '2028-08-31', sourceRef: `test ${at}` });
      await importConclusions(act, [conclusion(0, '2026-09-01'), conclusion(1, '2026-10-01'), conclusion(2, '2026-09-01')]);
    }, office);
    agency = await house.signedIn({ signInName: 'agency-01', displayName: '陈敏', role: 'agencyOfficer', area: DISTRICT });
    other = await house.signedIn({ signInName: 'agency-03', displayName: '赵强', role: 'agencyOfficer', area: '990103' });
    family = await house.signedIn({ signInName: 'family-0', displayName: '周家女儿', role: 'family', persons: [{ districtCode: DISTRICT, personId: people[0]! }] });
    stranger = await house.signedIn({ signInName: 'family-2', displayName: '另一家', role: 'family', persons: [{ districtCode: DISTRICT, personId: people[2]! }] });
    careOfficer = await house.signedIn({ signInName: 'care-1', displayName: '护理站', role: 'institutionOfficer', institutionId: institutions.homeCare });
  });
  afterAll(() => house.close());

  const propose = (person: number, more: object = {}, caller = agency) =>
    caller('POST', '/api/plans', { personId: people[person], mode: 'homeVisit', institutionId: institutions.homeCare, fromOn: '2026-09-16', items: ITEMS, ...more });

  let plan: string;
  test('a proposed plan shows its minutes against the cap, what a week costs, its reasons and the next acts', async () => {
    const made = await propose(0);
    expect(made.statusCode).toBe(200);
    expect(made.json().number).toMatch(/^HL990101-2026-\d{6}$/);
    plan = made.json().id as string;
    const shown = (await agency('GET', `/api/plans/${plan}`)).json();
    expect(shown).toMatchObject({ state: 'proposed', grade: 3, weekMin: 180, weeklyCapMin: 180, week: { billedFen: 19_500, fundFen: 17_550, personFen: 1950 }, nextActs: ['confirm', 'decline'], personName: '周桂0', institutionName: '测试机构0' });
    expect(shown.items).toEqual([{ itemCode: 'QH-L05', zh: '温水擦浴', en: 'Sponge bath', minutes: 60, timesPerDay: 1, timesPerWeek: 3, carers: 1, weekMin: 180 }]);
    expect(shown.reasons.map((one: { code: string }) => one.code)).toContain('PLAN_WITHIN_CAP');
  });

  test('the family sees and confirms its own person\'s plan; a stranger finds none; then the institution sees the person', async () => {
    expect((await stranger('GET', '/api/family/plans')).json()).toEqual([]);
    expect((await stranger('POST', `/api/family/plans/${plan}/confirm`)).statusCode).toBe(404);
    expect((await family('GET', '/api/family/plans')).json()).toMatchObject([{ id: plan, state: 'proposed' }]);
    expect((await careOfficer('GET', '/api/people')).json().total).toBe(0);
    expect((await family('POST', `/api/family/plans/${plan}/confirm`)).json()).toEqual({ id: plan, state: 'confirmed' });
    expect((await agency('GET', `/api/plans/${plan}`)).json()).toMatchObject({ state: 'confirmed', confirmedBy: '周家女儿', nextActs: ['end'] });
    expect((await careOfficer('GET', '/api/people')).json()).toMatchObject({ total: 1, rows: [{ name: '周桂0' }] });
  });

  test('refuses a second plan while one is in force, with the day it ends, and a second confirmation', async () => {
    const again = await propose(0, { fromOn: '2026-10-01' });
    expect(again.statusCode).toBe(409);
    expect(again.json()).toMatchObject({ code: 'PLAN_OVERLAP', params: { endsOn: null } });
    expect((await agency('POST', `/api/plans/${plan}/confirm`, { confirmerName: '周家女儿' })).json()).toMatchObject({ status: 409, code: 'PLAN_STATE' });
  });

  test('an ended plan keeps its days: the next one begins after them', async () => {
    expect((await agency('POST', `/api/plans/${plan}/end`, { toOn: '2026-09-10', note: '早于起始日' })).json().code).toBe('PLAN_DAYS');
    expect((await agency('POST', `/api/plans/${plan}/end`, { toOn: '2026-09-30', note: '改住机构' })).json()).toMatchObject({ state: 'ended' });
    expect((await propose(0, { fromOn: '2026-09-30' })).json()).toMatchObject({ code: 'PLAN_OVERLAP', params: { endsOn: '2026-09-30' } });
    const next = await propose(0, { fromOn: '2026-10-01', mode: 'institution', institutionId: institutions.careHome, items: [] });
    expect(next.statusCode).toBe(200);
    expect((await agency('GET', `/api/plans/${next.json().id as string}`)).json()).toMatchObject({ weeklyCapMin: null, week: { billedFen: 35_000, personFen: 0 } });
    expect((await agency('POST', `/api/plans/${next.json().id as string}/confirm`, { confirmerName: '周家女儿' })).json()).toMatchObject({ state: 'confirmed' });
  });

  test('refuses a plan before the benefit begins, with the day from which it may begin', async () => {
    expect((await propose(1)).json()).toMatchObject({ code: 'PLAN_NO_ENTITLEMENT', params: { entitledFromOn: '2026-10-01' } });
    expect((await propose(3)).json()).toMatchObject({ code: 'PLAN_NO_ENTITLEMENT', params: { entitledFromOn: null } });
    expect((await propose(1, { fromOn: '2026-10-01' })).statusCode).toBe(200);
  });

  test.each<[string, () => object, string]>([
    ['an institution of another kind', () => ({ institutionId: institutions.careHome }), 'PLAN_INSTITUTION_KIND'],
    ['an institution whose agreement has not begun', () => ({ institutionId: institutions.second }), 'PLAN_INSTITUTION_AGREEMENT'],
    ['an item outside the catalogue', () => ({ items: [{ ...ITEMS[0], itemCode: 'SH-01' }] }), 'PLAN_ITEM_UNKNOWN'],
    ['more than twice the weekly cap', () => ({ items: [{ ...ITEMS[0], minutes: 100, timesPerWeek: 4 }] }), 'PLAN_UNREASONABLE'],
    ['a last day before the first', () => ({ toOn: '2026-09-15' }), 'PLAN_DAYS'],
    ['an individual carer for home visits', () => ({ workerId: carer }), 'PLAN_WORKER'],
    ['the mode of individual carers without a carer', () => ({ mode: 'homeIndividual', institutionId: institutions.individualCarers }), 'PLAN_WORKER'],
  ])('refuses %s', async (_, more, code) => {
    const answer = await propose(2, more());
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({ code });
    expect(answer.json().title).not.toMatch(/[{}]/);
  });

  test('admits an individual carer, and a declined plan is over', async () => {
    const made = await propose(2, { mode: 'homeIndividual', institutionId: institutions.individualCarers, workerId: carer, items: [] });
    expect(made.statusCode).toBe(200);
    const id = made.json().id as string;
    expect((await stranger('GET', '/api/family/plans')).json()).toMatchObject([{ id, workerName: '何秀' }]);
    expect((await stranger('POST', `/api/family/plans/${id}/decline`, { note: '想换一家' })).json()).toMatchObject({ state: 'declined' });
    expect((await agency('POST', `/api/plans/${id}/confirm`, { confirmerName: '某人' })).json().code).toBe('PLAN_STATE');
  });

  test('another district sees no plan, and an institution proposes only for itself', async () => {
    expect((await other('GET', '/api/plans')).json()).toEqual({ rows: [], total: 0 });
    expect((await other('GET', `/api/plans/${plan}`)).statusCode).toBe(404);
    expect((await propose(0, { institutionId: institutions.careHome, mode: 'institution', items: [], fromOn: '2026-12-01' }, careOfficer)).json().code).toBe('PLAN_INSTITUTION_OTHER');
    expect((await agency('GET', '/api/plans?state=ended&q=zhougui')).json()).toMatchObject({ total: 1, rows: [{ id: plan }] });
    expect((await careOfficer('GET', '/api/plans?mode=homeVisit')).json().rows.map((one: { institutionId: string }) => one.institutionId)).toEqual(expect.not.arrayContaining([institutions.careHome]));
  });

  test('two plans of one person confirmed at the same time leave one in force', async () => {
    const ids = await Promise.all(['2027-01-01', '2027-02-01'].map(async (fromOn) => (await propose(2, { fromOn })).json().id as string));
    const answers = await Promise.all(ids.map((id) => agency('POST', `/api/plans/${id}/confirm`, { confirmerName: '家属' })));
    expect(answers.map((one) => one.statusCode).sort()).toEqual([200, 409]);
    const { rows } = await house.act((act) => sql`SELECT 1 FROM plans.plan WHERE person_id = ${people[2]} AND state = 'confirmed'`.execute(act.db), office);
    expect(rows).toHaveLength(1);
  });
});
