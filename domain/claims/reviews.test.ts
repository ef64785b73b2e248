import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestHouse } from '#server/testing.ts';
import type { Caller, TestHouse } from '#server/testing.ts';
import { closeMonth } from './close.ts';
import { DISTRICT, Fixture } from './fixture.ts';

let house: TestHouse;
const desk: Record<'officer' | 'reviewer' | 'cashier' | 'institution' | 'elsewhere' | 'family' | 'stranger', Caller> = {} as never;
let statement = '';
let personId = '';
let otherId = '';

beforeAll(async () => {
  house = await openTestHouse('2026-10-08T02:00:00Z');
  const fixture = new Fixture(house.platform.databases.owner);
  const institution = await fixture.institution();
  const second = await fixture.institution('南塘护理站');
  const worker = await fixture.worker(institution);
  [personId, otherId] = [await fixture.person({ grade: 3 }), await fixture.person()];
  await fixture.plan(personId, institution, { items: [{ code: 'QH-L05', minutes: 60 }] });
  await fixture.plan(otherId, second, { mode: 'institution', from: '2026-09-01', to: '2026-09-10', items: [] });
  await fixture.visits(Array.from({ length: 8 }, (_, i) => ({ person: personId, worker, institution, day: `2026-09-${String(7 + i).padStart(2, '0')}`, from: 540, until: i === 7 ? 620 : 600, ref: `v${i}` })));
  const office = (signInName: string, displayName: string, role: string, area = DISTRICT) => house.signedIn({ signInName, displayName, role, area });
  desk.officer = await office('officer', '陈敏', 'agencyOfficer');
  desk.reviewer = await office('reviewer', '李强', 'agencyReviewer');
  desk.cashier = await office('cashier', '周芳', 'agencyCashier');
  desk.elsewhere = await office('elsewhere', '赵强', 'agencyOfficer', '990103');
  desk.institution = await house.signedIn({ signInName: 'second-home', displayName: '南塘', role: 'institutionOfficer', institutionId: second });
  desk.family = await house.signedIn({ signInName: 'family', displayName: '王小兰', role: 'family', persons: [{ districtCode: DISTRICT, personId }] });
  desk.stranger = await house.signedIn({ signInName: 'stranger', displayName: '外人', role: 'family', persons: [{ districtCode: DISTRICT, personId: otherId }] });
});
afterAll(() => house.close());

const json = async (caller: Caller, url: string) => (await caller('GET', url)).json();

describe('a statement', () => {
  test('is drafted by the close, which answers counts over HTTP', async () => {
    const answer = await desk.officer('POST', '/api/closes', { districtCode: DISTRICT, month: '2026-09' });
    expect(answer.json()).toMatchObject({ again: false, visits: 8, lines: 18, districtZh: '禾西区' });
    expect((await desk.elsewhere('POST', '/api/closes', { districtCode: DISTRICT, month: '2026-09' })).json().code).toBe('CLOSE_NOT_IN_AREA');
    expect((await desk.reviewer('POST', '/api/closes', { districtCode: DISTRICT, month: '2026-08' })).statusCode).toBe(403);
    const { rows, total } = await json(desk.officer, '/api/statements?month=2026-09&state=drafted');
    expect(total).toBe(2);
    expect(rows.map((row: { number: string }) => row.number)).toEqual(['QH-S-202609-020001', 'QH-S-202609-020002']);
    statement = rows.find((row: { institutionName: string }) => row.institutionName === '禾西居家护理站').id;
    expect(await json(desk.officer, `/api/closes/${DISTRICT}/2026-09`)).toMatchObject({ lines: 18, findingsByRule: expect.arrayContaining([expect.objectContaining({ rule: 'weekly-cap' })]), figures: expect.arrayContaining([expect.objectContaining({ name: 'claims.weeklyCapMin', unit: 'minutesPerWeek' })]) });
  });

  test('lists findings with the code and parameters of their sentences', async () => {
    const { rows, total } = await json(desk.officer, '/api/findings?month=2026-09');
    expect(total).toBe(5);
    expect(rows.filter((row: { rule: string }) => row.rule === 'over-long')).toMatchObject([{ ref: 'v7', code: 'OVER_LONG_PLAN', effect: 'cut', params: { minutes: 80, plannedMin: 60, paidMin: 60 } }]);
    expect((await json(desk.officer, '/api/findings?month=2026-09&rule=weekly-cap&effect=refuse')).total).toBe(4);
    expect(await json(desk.elsewhere, '/api/findings')).toEqual({ rows: [], total: 0 });
  });

  test('says what may be done next and why not', async () => {
    const { nextActs } = await json(desk.officer, `/api/statements/${statement}`);
    expect(nextActs).toEqual([
      { act: 'firstReview', permission: 'claims.firstReview', allowed: true, whyNot: null },
      { act: 'secondReview', permission: 'claims.secondReview', allowed: false, whyNot: { code: 'STATE_WRONG', params: { state: 'drafted' } } },
      { act: 'return', permission: 'claims.secondReview', allowed: false, whyNot: { code: 'STATE_WRONG', params: { state: 'drafted' } } },
      { act: 'pay', permission: 'claims.pay', allowed: false, whyNot: { code: 'STATE_WRONG', params: { state: 'drafted' } } },
    ]);
    expect((await json(desk.cashier, `/api/statements/${statement}`)).nextActs[0].whyNot).toEqual({ code: 'NOT_PERMITTED', params: { permission: 'claims.firstReview' } });
  });

  test('goes through first review, return, review again, approval and payment, with the books in step', async () => {
    const url = `/api/statements/${statement}`;
    const fundFen = (await json(desk.officer, url)).fundFen as number;
    const book = async () => (await json(desk.officer, '/api/ledger/accounts')).rows.find((row: { code: string }) => row.code === '500102');
    expect((await desk.reviewer('POST', `${url}/second-review`, {})).json().code).toBe('STATE_WRONG');
    expect((await desk.officer('POST', `${url}/first-review`, { note: '核对无误' })).json()).toMatchObject({ state: 'firstReviewed' });
    expect((await desk.officer('POST', `${url}/first-review`, {})).json().code).toBe('STATE_WRONG');
    expect((await desk.reviewer('POST', `${url}/return`, {})).statusCode).toBe(400);
    expect((await desk.reviewer('POST', `${url}/return`, { note: '请核对 v7' })).json()).toMatchObject({ state: 'drafted' });
    expect((await desk.officer('POST', `${url}/first-review`, {})).statusCode).toBe(200);
    expect((await desk.reviewer('POST', `${url}/second-review`, {})).json()).toMatchObject({ state: 'approved' });
    expect(await book()).toMatchObject({ balanceFen: 0, pendingFen: fundFen });
    expect((await desk.cashier('POST', `${url}/pay`, {})).json()).toMatchObject({ state: 'paid' });
    expect(await book()).toMatchObject({ balanceFen: fundFen, pendingFen: 0 });
    const shown = await json(desk.officer, url);
    expect(shown.reviews.map(({ step, reviewerName }: { step: string; reviewerName: string }) => [step, reviewerName])).toEqual([['first', '陈敏'], ['return', '李强'], ['first', '陈敏'], ['second', '李强'], ['pay', '周芳']]);
    expect(shown.pendingPostingId).not.toBeNull();
    expect(shown.paidPostingId).not.toBeNull();
  });

  test('keeps its money booked: neither its payment nor its reservation is reversed by hand', async () => {
    const accountant = await house.signedIn({ signInName: 'accountant', displayName: '罗建萍', role: 'fundAccountant', area: DISTRICT });
    const { paidPostingId } = await json(desk.officer, `/api/statements/${statement}`);
    const answer = await accountant('POST', `/api/ledger/postings/${paidPostingId}/reverse`, { key: 'by-hand-0001', effectiveOn: '2026-10-08', narrative: '手工冲销' });
    expect(answer.statusCode).toBe(409);
    expect(answer.json()).toMatchObject({ code: 'LEDGER_STATEMENT', params: { number: 'QH-S-202609-020001' } });
  });

  test('is never approved or paid by somebody who did an earlier step', async () => {
    const other = (await json(desk.officer, '/api/statements?state=drafted')).rows[0].id as string;
    await house.platform.databases.owner.query(`UPDATE identity.role SET permissions = permissions || ARRAY['claims.secondReview', 'claims.pay'] WHERE code = 'agencyOfficer'`);
    const one = await house.signedIn({ signInName: 'all-round', displayName: '全能', role: 'agencyOfficer', area: DISTRICT });
    expect((await one('POST', `/api/statements/${other}/first-review`, {})).statusCode).toBe(200);
    expect((await one('POST', `/api/statements/${other}/second-review`, {})).json().code).toBe('FOUR_EYES');
    expect((await json(one, `/api/statements/${other}`)).nextActs[1].whyNot).toEqual({ code: 'FOUR_EYES', params: {} });
    expect((await desk.reviewer('POST', `/api/statements/${other}/second-review`, {})).statusCode).toBe(200);
    expect((await one('POST', `/api/statements/${other}/pay`, {})).json().code).toBe('FOUR_EYES');
    expect((await desk.cashier('POST', `/api/statements/${other}/pay`, {})).statusCode).toBe(200);
  });

  test('can be taken away as PDF and as Excel with every line', async () => {
    const pdf = await desk.officer('GET', `/api/statements/${statement}/statement.pdf`);
    expect(pdf.headers['content-type']).toContain('application/pdf');
    expect(pdf.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    const excel = await desk.officer('GET', `/api/statements/${statement}/lines.xlsx`);
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(excel.rawPayload as unknown as ArrayBuffer);
    const sheet = book.worksheets[0]!;
    expect(sheet.rowCount).toBe(9);
    expect(sheet.getRow(1).values).toContain('服务日期 Day of service');
    expect(sheet.getRow(6).values).toContain('不予支付 not paid');
  });
});

describe('who sees what', () => {
  test('the lines of a person are listed newest first, by month and outcome, and only those in scope', async () => {
    const personId = (await json(desk.officer, `/api/statements/${statement}/lines`)).rows[0].personId as string;
    const all = await json(desk.officer, `/api/people/${personId}/lines`);
    expect(all.total).toBeGreaterThan(0);
    const days = all.rows.map((row: { serviceOn: string }) => row.serviceOn) as string[];
    expect(days).toEqual(days.toSorted().reverse());
    expect(new Set(all.rows.map((row: { personId: string }) => row.personId))).toEqual(new Set([personId]));
    expect((await json(desk.officer, `/api/people/${personId}/lines?month=2020-01`)).total).toBe(0);
    const [paid, cut, refused] = await Promise.all(['paid', 'cut', 'refused'].map(async (outcome) => (await json(desk.officer, `/api/people/${personId}/lines?outcome=${outcome}`)).total as number));
    expect(paid! + cut! + refused!).toBe(all.total);
    expect((await desk.officer('GET', `/api/people/${statement}/lines`)).statusCode).toBe(404);
  });

  test('an institution sees its own statements and nobody else\'s', async () => {
    const { rows } = await json(desk.institution, '/api/statements');
    expect(rows.map((row: { institutionName: string }) => row.institutionName)).toEqual(['南塘护理站']);
    expect((await desk.institution('GET', `/api/statements/${statement}`)).statusCode).toBe(404);
    expect((await json(desk.institution, `/api/statements/${rows[0].id}/lines`)).total).toBe(10);
  });

  test('a family sees its own months and lines in plain words, and can open their explanation', async () => {
    const months = await json(desk.family, '/api/family/months');
    expect(months).toMatchObject([{ personId, month: '2026-09', lines: 8, minutes: 240 }]);
    const { rows, total } = await json(desk.family, '/api/family/lines?month=2026-09');
    expect(total).toBe(8);
    expect(rows[0]).toMatchObject({ serviceOn: '2026-09-14', minutes: 80, paidMinutes: 60, itemZh: '温水擦浴', outcome: 'cut' });
    expect(rows[0].plain).toContainEqual(expect.objectContaining({ code: 'OVER_LONG_PLAN', params: expect.objectContaining({ plannedMin: 60, minutes: 80, paidMin: 60 }) }));
    const explained = await desk.family('GET', `/api/family/explanations/${rows[0].id}`);
    expect(explained.statusCode).toBe(200);
    expect(explained.json().reasons.map((one: { plain: { zh: string } }) => one.plain.zh)).toContain('计划 60 分钟，实际 80 分钟，按 60 分钟报销。');
    expect((await desk.stranger('GET', `/api/family/explanations/${rows[0].id}`)).statusCode).toBe(404);
    expect((await json(desk.stranger, '/api/family/lines')).rows.every((row: { personId: string }) => row.personId === otherId)).toBe(true);
  });

  test('a line page shows price, reasons with sources and the statement', async () => {
    const [row] = (await json(desk.officer, `/api/statements/${statement}/lines?outcome=refused`)).rows;
    const line = await json(desk.officer, `/api/lines/${row.id}`);
    expect(line).toMatchObject({ outcome: 'refused', rule: 'weekly-cap', statementNumber: 'QH-S-202609-020001', itemZh: '温水擦浴', startedAt: expect.any(String) });
    expect(line.reasons.at(-1)).toMatchObject({ rule: 'weekly-cap', code: 'WEEKLY_CAP_FULL', params: { capMin: 180, refused: '40.00' } });
    expect(line.reasons.at(-1).sources.map((one: { policy: string }) => one.policy)).toEqual(expect.arrayContaining(['claims.auditRules', 'claims.weeklyCapMin']));
    const explained = await json(desk.officer, `/api/explanations/${row.id}`);
    expect(explained.headline.zh).toBe('金额 40.00 元，基金支付 0.00 元，个人支付 0.00 元，不予支付 40.00 元');
    for (const reason of explained.reasons) expect(reason.sentence.zh).not.toMatch(/[{}–]/);
    expect((await desk.elsewhere('GET', `/api/lines/${row.id}`)).statusCode).toBe(404);
  });

  test('the knowledge page names each rule with its parameters, who may change them, and what it found', async () => {
    const rules = await json(desk.officer, '/api/knowledge?month=2026-09');
    expect(rules.map((one: { id: string }) => one.id)).toEqual(['outside-entitlement', 'hospital-stay', 'item-not-in-plan', 'over-long', 'carer-overlap', 'person-overlap', 'travel-impossible', 'weekly-cap']);
    const cap = rules.at(-1);
    expect(cap).toMatchObject({ findings: 4, refusedFen: 16_000, parameters: [{ name: 'claims.weeklyCapMin', value: { 3: 180, 4: 300, 5: 420 }, status: 'verified' }] });
    expect(cap.parameters[0].decidedBy.zh).toContain('青禾市医疗保障局');
  });

  test('closing in code and over HTTP is the same act', async () => {
    expect(await house.act((act) => closeMonth(act, DISTRICT, '2026-09'))).toMatchObject({ again: true });
  });
});
