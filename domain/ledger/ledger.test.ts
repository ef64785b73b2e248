import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from 'kysely';
import { newId } from '#kit/ids.ts';
import { officeActor } from '#platform/scope/actor.ts';
import { openTestHouse } from '#server/testing.ts';
import type { Caller, TestHouse } from '#server/testing.ts';
import { approvePayment, balances, books, payApproved, post, reverse, settlePending, voidApproved, voidPending } from './index.ts';
import type { NewPosting } from './index.ts';

const HERE = '990101';

describe('the fund\'s books', () => {
  let house: TestHouse;
  let accountant: Caller;
  let colleague: Caller;
  let district: Caller;
  let cashier: Caller;
  beforeAll(async () => {
    house = await openTestHouse();
    accountant = await house.signedIn({ signInName: 'fund-1', displayName: '周会计', role: 'fundAccountant', area: '9901' });
    colleague = await house.signedIn({ signInName: 'fund-2', displayName: '吴会计', role: 'fundAccountant', area: '9901' });
    district = await house.signedIn({ signInName: 'agency-03', displayName: '赵强', role: 'agencyOfficer', area: '990103' });
    cashier = await house.signedIn({ signInName: 'cashier-01', displayName: '钱进', role: 'agencyCashier', area: '990101' });
  });
  afterAll(() => house.close());

  const premium = (more: Partial<NewPosting> = {}): NewPosting => ({ districtCode: HERE, key: `premium-${newId()}`, template: 'premium.collected', amountFen: 5_000_000, effectiveOn: '2026-09-01', narrative: '九月保费', ...more });
  const balanceOf = async (code: string, on = '2026-09-15', districtCode = HERE) => (await house.act((act) => balances(act, { districtCode, on }))).find((row) => row.code === code);

  test('books a template on both sides, opens the accounts of the district at the first use, and shows the balance from its day on', async () => {
    await house.act((act) => post(act, premium()));
    expect(await balanceOf('1005')).toMatchObject({ balanceFen: 5_000_000, pendingFen: 0, normal: 'debit' });
    expect(await balanceOf('4001')).toMatchObject({ balanceFen: 5_000_000, normal: 'credit' });
    expect((await balanceOf('1005', '2026-08-31'))?.balanceFen).toBe(0);
    expect(await balanceOf('1005', '2026-09-15', '990106')).toBeUndefined();
  });

  test('reserves an approved statement outside the balance and books it by mode when it is paid', async () => {
    const statementId = newId<'statement'>();
    const approval = { districtCode: HERE, statementId, number: 'JS-1', amountFen: 30_000, effectiveOn: '2026-09-10', byMode: { homeVisit: 20_000, institution: 10_000 } };
    const reserved = await house.act((act) => approvePayment(act, approval));
    expect(await house.act((act) => approvePayment(act, approval))).toEqual({ ...reserved, repeated: true });
    expect(await balanceOf('500102')).toMatchObject({ balanceFen: 0, pendingFen: 20_000 });
    expect(await balanceOf('500101')).toMatchObject({ balanceFen: 0, pendingFen: 10_000 });
    const paid = await house.act((act) => payApproved(act, { districtCode: HERE, statementId, amountFen: 30_000, effectiveOn: '2026-09-14' }));
    expect(await balanceOf('500102')).toMatchObject({ balanceFen: 20_000, pendingFen: 0 });
    expect(await balanceOf('1004')).toMatchObject({ balanceFen: -30_000, pendingFen: 0 });
    expect(await balanceOf('500102', '2026-09-13')).toMatchObject({ balanceFen: 0, pendingFen: 20_000 });
    const answer = (await accountant('GET', `/api/ledger/postings/${reserved?.id}`)).json();
    expect(answer).toMatchObject({ state: 'settled', closedBy: paid?.id, amountFen: 30_000, documentId: statementId });
    expect((await accountant('GET', `/api/ledger/postings/${paid?.id}`)).json()).toMatchObject({ state: 'posted', kind: 'settlement', template: 'claims.paid', refersTo: reserved?.id });
  });

  test('refuses to pay what was not approved, and asks for nothing when nothing is to pay', async () => {
    const payment = { districtCode: HERE, statementId: newId(), amountFen: 1, effectiveOn: '2026-09-14' };
    await expect(house.act((act) => payApproved(act, payment))).rejects.toMatchObject({ code: 'LEDGER_NOT_RESERVED' });
    expect(await house.act((act) => payApproved(act, { ...payment, amountFen: 0 }))).toBeNull();
    expect(await house.act((act) => approvePayment(act, { ...payment, number: 'JS-0', amountFen: 0 }))).toBeNull();
  });

  test('gives a reservation up once, and never pays it afterwards', async () => {
    const payment = { districtCode: HERE, statementId: newId(), amountFen: 700, effectiveOn: '2026-09-14' };
    await house.act((act) => approvePayment(act, { ...payment, number: 'JS-2' }));
    expect((await balanceOf('5001'))?.pendingFen).toBe(700);
    await house.act((act) => voidApproved(act, payment));
    expect((await balanceOf('5001'))?.pendingFen).toBe(0);
    await expect(house.act((act) => payApproved(act, payment))).rejects.toMatchObject({ code: 'LEDGER_CLOSED' });
  });

  test('gives the same posting for the same key and content, and refuses the key with other content', async () => {
    const one = premium({ key: 'premium-october' });
    const first = await house.act((act) => post(act, one));
    expect(await house.act((act) => post(act, one))).toEqual({ ...first, repeated: true });
    await expect(house.act((act) => post(act, { ...one, amountFen: 5_000_001 }))).rejects.toMatchObject({ code: 'LEDGER_KEY_REUSED', params: { number: first.number } });
    expect((await house.act((act) => post(act, { ...one, districtCode: '990102' }))).repeated).toBe(false);
  });

  test('writes one posting when the same act arrives twice at the same time, and numbers without a gap', async () => {
    const same = premium({ districtCode: '990104', key: 'premium-at-once' });
    const made = await Promise.all([1, 2, 3, 4].map(() => house.act((act) => post(act, same))));
    expect(new Set(made.map((one) => one.id)).size).toBe(1);
    expect(made.filter((one) => !one.repeated)).toHaveLength(1);
    const others = await Promise.all([1, 2, 3].map((n) => house.act((act) => post(act, premium({ districtCode: '990104', key: `premium-other-${n}` })))));
    expect(others.map((one) => one.number).sort()).toEqual(['990104-2026-000002', '990104-2026-000003', '990104-2026-000004']);
  });

  test('reverses a posting once, not a reservation, not a reversal, not before its day', async () => {
    const made = await house.act((act) => post(act, premium({ amountFen: 111 })));
    const back = { districtCode: HERE, postingId: made.id, key: 'reverse-111', effectiveOn: '2026-09-12', narrative: '重复入账' };
    await expect(house.act((act) => reverse(act, { ...back, effectiveOn: '2026-08-31' }))).rejects.toMatchObject({ code: 'LEDGER_DAY' });
    const before = (await balanceOf('1005'))!.balanceFen;
    const reversal = await house.act((act) => reverse(act, back));
    expect((await balanceOf('1005'))!.balanceFen).toBe(before - 111);
    expect(await house.act((act) => reverse(act, back))).toEqual({ ...reversal, repeated: true });
    await expect(house.act((act) => reverse(act, { ...back, key: 'reverse-111-again' }))).rejects.toMatchObject({ code: 'LEDGER_CLOSED' });
    await expect(house.act((act) => reverse(act, { ...back, postingId: reversal.id, key: 'reverse-reversal' }))).rejects.toMatchObject({ code: 'LEDGER_KIND' });
    await expect(house.act((act) => settlePending(act, { ...back, key: 'settle-posted' }))).rejects.toMatchObject({ code: 'LEDGER_KIND' });
    const reserved = await house.act((act) => post(act, premium({ pending: true })));
    await expect(house.act((act) => reverse(act, { ...back, postingId: reserved.id, key: 'reverse-reserved' }))).rejects.toMatchObject({ code: 'LEDGER_KIND' });
    await house.act((act) => voidPending(act, { ...back, postingId: reserved.id, key: 'void-reserved' }));
  });

  test.each<[string, Partial<NewPosting>, string]>([
    ['entries that do not balance', { entries: [{ accountCode: '1005', debitFen: 100, creditFen: 0 }, { accountCode: '4001', debitFen: 0, creditFen: 99 }] }, 'LEDGER_UNBALANCED'],
    ['a single entry', { entries: [{ accountCode: '1005', debitFen: 100, creditFen: 0 }] }, 'LEDGER_UNBALANCED'],
    ['an entry with both sides', { entries: [{ accountCode: '1005', debitFen: 5, creditFen: 5 }, { accountCode: '4001', debitFen: 5, creditFen: 5 }] }, 'LEDGER_AMOUNT'],
    ['half a fen', { entries: [{ accountCode: '1005', debitFen: 0.5, creditFen: 0 }, { accountCode: '4001', debitFen: 0, creditFen: 0.5 }] }, 'LEDGER_AMOUNT'],
    ['an amount of nothing', { template: 'premium.collected', amountFen: 0 }, 'LEDGER_AMOUNT'],
    ['an account that the chart does not hold', { entries: [{ accountCode: '9999', debitFen: 5, creditFen: 0 }, { accountCode: '4001', debitFen: 0, creditFen: 5 }] }, 'LEDGER_ACCOUNT_UNKNOWN'],
    ['a template that does not exist', { template: 'claims.invented', amountFen: 5 }, 'LEDGER_TEMPLATE'],
    ['a mode without an account', { template: 'claims.paid', byMode: { teleport: 5 } }, 'LEDGER_MODE'],
    ['a day that has not come', { template: 'premium.collected', amountFen: 5, effectiveOn: '2026-09-16' }, 'LEDGER_DAY'],
    ['a day before any chart of accounts', { template: 'premium.collected', amountFen: 5, effectiveOn: '2009-01-01' }, 'LEDGER_DAY'],
    ['a book outside the city', { template: 'premium.collected', amountFen: 5, districtCode: '310114' }, 'LEDGER_DISTRICT'],
    ['a key of one letter', { template: 'premium.collected', amountFen: 5, key: 'x' }, 'LEDGER_KEY'],
  ])('refuses %s', async (_, wrong, code) => {
    const { template: _template, amountFen: _amount, ...bare } = premium();
    await expect(house.act((act) => post(act, { ...bare, ...wrong }))).rejects.toMatchObject({ code });
  });

  test('the database itself refuses an unbalanced posting, an entry added later, and any change', async () => {
    const made = await house.act((act) => post(act, premium()));
    const actor = officeActor('9901', ['*']);
    const extra = house.act((act) => sql`INSERT INTO ledger.entry SELECT district_code, posting_id, seq + 10, account_code, debit_fen, credit_fen, booked, effective_on FROM ledger.entry WHERE posting_id = ${made.id}`.execute(act.db), actor);
    await expect(extra).rejects.toThrow(/does not balance/);
    const bare = house.act((act) => sql`INSERT INTO ledger.posting (district_code, id, number, key, body_sha256, kind, effective_on, booked_at, booked_by, narrative, amount_fen, entries)
      VALUES (${HERE}, ${newId()}, 'x', 'bare-posting', 'x', 'posted', '2026-09-01', now(), 'x', 'x', 5, 2)`.execute(act.db));
    await expect(bare).rejects.toThrow(/does not balance/);
    const twice = house.act((act) => sql`INSERT INTO ledger.posting (district_code, id, number, key, body_sha256, kind, effective_on, booked_at, booked_by, narrative, amount_fen, entries, refers_to, refers_kind)
      VALUES (${HERE}, ${newId()}, 'y', 'void-a-posted', 'x', 'void', '2026-09-01', now(), 'x', 'x', 5, 0, ${made.id}, 'pending')`.execute(act.db));
    await expect(twice).rejects.toThrow(/foreign key/);
    for (const table of ['account', 'posting', 'entry']) {
      for (const change of [`UPDATE ledger.${table} SET district_code = district_code`, `DELETE FROM ledger.${table}`, `TRUNCATE ledger.${table}`]) {
        await expect(house.act((act) => sql.raw(change).execute(act.db)), change).rejects.toThrow(/permission denied/);
      }
    }
  });

  test('posts and reverses vouchers by hand; the one who posted may not reverse', async () => {
    const body = { districtCode: '990105', key: 'voucher-0001', template: 'treasury.allocated', amountFen: 900, effectiveOn: '2026-09-15', narrative: '拨入支出户' };
    const made = await accountant('POST', '/api/ledger/postings', body);
    expect(made.statusCode, made.body).toBe(200);
    expect((await accountant('POST', '/api/ledger/postings', body)).json()).toEqual(made.json());
    expect((await accountant('POST', '/api/ledger/postings', { ...body, entries: [] })).statusCode).toBe(400);
    const url = `/api/ledger/postings/${made.json().id}/reverse`;
    const back = { key: 'voucher-0002', effectiveOn: '2026-09-15', narrative: '拨错了区' };
    expect((await accountant('POST', url, back)).json().code).toBe('FOUR_EYES');
    expect((await cashier('POST', url, back)).json().code).toBe('NOT_PERMITTED');
    expect((await colleague('POST', url, back)).statusCode).toBe(200);
    expect((await accountant('GET', `/api/ledger/postings/${made.json().id}`)).json().state).toBe('reversed');
  });

  test('shows a district only its own book, in accounts, journal, posting and export', async () => {
    const mine = await house.act((act) => post(act, premium({ districtCode: '990103', amountFen: 4242, effectiveOn: '2026-09-02' })));
    const theirs = (await accountant('GET', '/api/ledger/journal?district=990101')).json().rows[0].id as string;
    expect((await district('GET', '/api/ledger/accounts')).json().books).toEqual([{ districtCode: '990103', assetsFen: 4242, incomeFen: 4242, expenseFen: 0, pendingExpenseFen: 0 }]);
    expect((await district('GET', '/api/ledger/accounts?district=990101')).json()).toMatchObject({ rows: [], books: [] });
    expect((await district('GET', '/api/ledger/journal')).json()).toMatchObject({ total: 1, rows: [{ id: mine.id, entries: [{ accountCode: '1005', zh: '国库存款', debitFen: 4242 }, { accountCode: '4001', creditFen: 4242 }] }] });
    expect((await district('GET', `/api/ledger/postings/${theirs}`)).statusCode).toBe(404);
    const text = (await district('GET', '/api/ledger/journal.hledger')).body;
    expect(text).toContain('990103:1005  42.42 CNY');
    expect(text).not.toContain('990101:');
    expect((await house.outsider('GET', '/api/ledger/accounts')).statusCode).toBe(401);
  });

  test('pages the journal by account, day and state', async () => {
    const all = (await accountant('GET', '/api/ledger/journal?district=990101&pageSize=200')).json();
    expect(all.rows).toHaveLength(all.total);
    const settled = (await accountant('GET', '/api/ledger/journal?district=990101&state=settled')).json();
    expect(settled.rows.map((row: { state: string }) => row.state)).toEqual(['settled']);
    const account = (await accountant('GET', '/api/ledger/journal?district=990101&account=500101')).json();
    expect(account.total).toBe(2);
    const early = (await accountant('GET', '/api/ledger/journal?district=990101&to=2026-09-09&pageSize=2&page=2')).json();
    expect(early.rows.length).toBe(2);
    expect(early.total).toBeLessThan(all.total);
  });

  test('serves the balance on a date from the index, and the sums of a book equal its accounts', async () => {
    const plan = await house.act(async (act) => {
      await sql`SET LOCAL enable_seqscan = off`.execute(act.db);
      return (await sql<{ 'QUERY PLAN': string }>`EXPLAIN SELECT account_code, sum(debit_fen - credit_fen) FROM ledger.entry WHERE booked AND district_code = ${HERE} AND effective_on <= '2026-09-10' GROUP BY account_code`.execute(act.db)).rows;
    });
    expect(JSON.stringify(plan)).toContain('entry_balance');
    const rows = await house.act((act) => balances(act, { districtCode: HERE, on: '2026-09-15' }));
    const [book] = await house.act((act) => books(act, { districtCode: HERE, on: '2026-09-15' }));
    const sum = (kind: string) => rows.filter((row) => row.kind === kind).reduce((total, row) => total + row.balanceFen, 0);
    expect(book).toMatchObject({ assetsFen: sum('asset'), incomeFen: sum('income'), expenseFen: sum('expense') });
    expect(sum('asset')).toBe(sum('income') - sum('expense'));
  });
});
