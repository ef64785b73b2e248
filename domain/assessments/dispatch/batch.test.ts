import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findDecision } from '#platform/decisions/keep.ts';
import { anotherPerson } from '../testing.ts';
import { assessments } from '../index.ts';
import { factsOfTable } from './batch.ts';
import type { TableFacts } from './batch.ts';
import { decideDispatch } from './rules.ts';
import { acceptedCase, openDispatchOffice } from './testing.ts';
import type { DispatchOffice } from './testing.ts';

const MANY = Number(process.env['DISPATCH_CASES'] ?? 300);

interface Preview { cases: number; shares: { institutionId: string; name: string; cases: number; beyondCapacity: number }[]; unplaced: object[]; stamp: string }

describe('dispatching a district at once', () => {
  let office: DispatchOffice;
  beforeAll(async () => {
    office = await openDispatchOffice('2026-12-07T01:00:00Z');
  });
  afterAll(() => office.house.close());

  const preview = async (query = 'districtCode=990101'): Promise<Preview> => (await office.agency('GET', `/api/dispatch-batches/preview?${query}`)).json() as Preview;
  const confirm = (stamp: string, more: object = {}) => office.agency('POST', '/api/dispatch-batches', { districtCode: '990101', stamp, ...more });

  test('an empty district has nothing to dispatch', async () => {
    const empty = await preview();
    expect(empty).toMatchObject({ cases: 0, shares: [] });
    expect((await confirm(empty.stamp)).json()).toMatchObject({ status: 409, code: 'DISPATCH_EMPTY' });
  });

  test('cases go round among equals by the size of the institutions, as previewed, each with a decision of its own that gives the same when decided again', async () => {
    for (let n = 0; n < 9; n += 1) await acceptedCase(office, await anotherPerson(office));
    const seen = await preview();
    // Two assessors in the first institution, one in the second.
    expect(Object.fromEntries(seen.shares.map((one) => [one.institutionId, one.cases]))).toEqual({ [office.institutionId]: 6, [office.secondInstitutionId]: 3 });
    expect(await preview()).toEqual(seen);
    await acceptedCase(office, await anotherPerson(office, { townshipCode: '990101003', community: '云麓村' }));
    expect((await confirm(seen.stamp)).json()).toMatchObject({ status: 409, code: 'DISPATCH_CHANGED' });
    const township = await preview('districtCode=990101&townshipCode=990101002');
    expect(township.cases).toBe(9);
    const done = (await confirm(township.stamp, { townshipCode: '990101002' })).json();
    expect(done).toMatchObject({ dispatched: 9, unplaced: 0 });
    const orders = (await office.agency('GET', '/api/orders?pageSize=50')).json().rows as { decisionId: string; place: number; institutionId: string; state: string }[];
    expect(orders).toHaveLength(9);
    expect(orders.every((one) => one.place === 1 && one.state === 'open')).toBe(true);
    await office.house.act(async (act) => {
      for (const one of orders) {
        const kept = (await findDecision(act, one.decisionId))!;
        const again = await assessments.reruns[kept.kind]!(act, kept);
        expect({ value: again.value, reasons: again.reasons, stamp: again.stamp }).toEqual({ value: kept.value, reasons: kept.reasons, stamp: kept.stamp });
        expect((again.value as { proposed: { institutionId: string }[] }).proposed[0]!.institutionId).toBe(one.institutionId);
      }
    });
    // The set decides as the single case would with the load of that moment, and keeps of its places those that explain the choice.
    await office.house.act(async (act) => {
      for (const one of orders) {
        const kept = (await findDecision(act, one.decisionId))!;
        const alone = decideDispatch(factsOfTable(kept.facts as unknown as TableFacts), act.policy);
        expect(kept.value).toMatchObject({ proposed: alone.value.proposed.slice(0, 2), excluded: alone.value.excluded, others: 0 });
        expect(kept.reasons).toEqual(alone.reasons);
        expect(one.institutionId).toBe(alone.value.proposed[0]!.institutionId);
      }
    });
    expect((await office.officer('GET', '/api/orders?state=open')).json().total).toBe(6);
    expect((await preview()).cases).toBe(1);
  });

  test('what nobody can take stays behind and is named; beyond capacity is said', async () => {
    const { ownerDb } = office.house.platform.databases;
    await acceptedCase(office, await anotherPerson(office));
    await sql`UPDATE providers.institution SET agreement_to_on = '2026-12-01' WHERE kind = 'assessment' AND district_code = '990101'`.execute(ownerDb);
    const none = await preview();
    expect(none.unplaced).toHaveLength(2);
    expect(none.unplaced[0]).toMatchObject({ excluded: [{ why: 'DISPATCH_NO_AGREEMENT' }, { why: 'DISPATCH_NO_AGREEMENT' }] });
    expect((await confirm(none.stamp)).json().code).toBe('DISPATCH_EMPTY');
    await sql`UPDATE providers.institution SET agreement_to_on = NULL WHERE kind = 'assessment' AND district_code = '990101'`.execute(ownerDb);
  });

  test(`${MANY} cases of a district are dispatched as a set within seconds`, async () => {
    const { ownerDb } = office.house.platform.databases;
    await sql`WITH person AS (INSERT INTO people.person (district_code, id, township_code, community, name, search, identity_number, birth_on, sex, address, origin, created_at)
        SELECT '990101', gen_random_uuid(), '990101002', '石桥社区', '众' || n, '众' || n, '990101' || to_char(date '1930-01-01' + n, 'YYYYMMDD') || lpad((n % 1000)::text, 4, '0'), date '1930-01-01' + n, 1, '石桥街道 ' || n, 'registered', now()
        FROM generate_series(1, ${MANY}::int) n RETURNING id, identity_number)
      INSERT INTO assessments.application (district_code, id, number, person_id, township_code, kind, filed_on, filed_at, applicant_name, relation, contact_phone, disabled_since_on, state, state_since, accepted_on)
      SELECT '990101', gen_random_uuid(), 'M' || identity_number, id, '990101002', 'initial', '2026-12-02', now(), '家属', 'family', '13800000000', '2025-01-01', 'accepted', now(), '2026-12-03' FROM person`.execute(ownerDb);
    const from = performance.now();
    const seen = await preview();
    const between = performance.now();
    expect(seen.cases).toBe(MANY + 2);
    const done = (await confirm(seen.stamp)).json();
    const seconds = [(between - from) / 1000, (performance.now() - between) / 1000];
    if (process.env['DISPATCH_CASES'] !== undefined) console.log(`preview ${seconds[0]!.toFixed(2)} s, dispatch ${seconds[1]!.toFixed(2)} s of ${MANY} cases`);
    expect(done.dispatched).toBe(MANY + 2);
    // The draw of the experts is committed with the order, for every case of the batch.
    expect((await sql<{ n: number }>`SELECT count(*) AS n FROM assessments.expert_seed e JOIN assessments.dispatch_order o ON o.application_id = e.application_id WHERE o.batch_id = ${done.id}`.execute(ownerDb)).rows[0]!.n).toBe(MANY + 2);
    expect(seen.shares.some((one) => one.beyondCapacity > 0)).toBe(true);
    const shares = new Map(seen.shares.map((one) => [one.institutionId, one.cases]));
    expect(Math.abs(shares.get(office.institutionId)! - 2 * shares.get(office.secondInstitutionId)!)).toBeLessThan(MANY * 0.1);
  }, 120_000);
});
