/** Grades that change: an objection from the street that overturns a result, and a status assessment of the agency's own accord that lowers a grade. */
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import pg from 'pg';
import { begin, choose, day, finish, openRow } from './desk.ts';
import { signIn, test } from './house.ts';
import type { JourneyHouse } from './house.ts';

/** On public notice in the fictional city. */
const ON_NOTICE = '赵大勇';
/** Grade 3 in force, cared for at home. */
const IN_CARE = '陈淑珍';

async function one<T extends object>(house: JourneyHouse, text: string, params: unknown[] = []): Promise<T> {
  const client = new pg.Client({ connectionString: house.databaseUrl });
  await client.connect();
  try {
    return (await client.query<T>(text, params)).rows[0]!;
  } finally {
    await client.end();
  }
}

const caseOf = (house: JourneyHouse, name: string) =>
  one<{ id: string; state: string; noticeId: string; grade: number; institution: string }>(house, `SELECT a.id, a.state, n.id AS "noticeId", s.grade, i.name AS institution FROM people.person p
    JOIN assessments.application a ON a.person_id = p.id LEFT JOIN assessments.assessment s ON s.application_id = a.id AND s.superseded_at IS NULL LEFT JOIN notices.notice n ON n.subject_id = s.id
    LEFT JOIN providers.institution i ON i.id = a.assessment_institution_id WHERE p.name = $1 ORDER BY a.filed_on DESC, a.id DESC LIMIT 1`, [name]);

/** Answers every item with one of its ends, and hands the assessment in. */
async function assess(page: Page, house: JourneyHouse, account: string, name: string, which: 'first' | 'last', on: string): Promise<void> {
  await signIn(page, house, 'office', account);
  await page.goto(`${house.address}/office/assess`);
  await openRow(page, name);
  const items = page.locator('fieldset[id^="item-"]');
  await expect(items).toHaveCount(17);
  for (let i = 0; i < 17; i += 1) await items.nth(i).getByRole('radio')[which]().check({ force: true });
  await day(page, '上门日期', on);
  await page.getByLabel('上门时刻').fill('09:15');
  await page.getByLabel('第二名在场评估人员（专家）').fill('专家一人');
  await page.getByLabel('在场监护人或代理人').fill('家属');
  await page.getByLabel('评估地点').fill('家中');
  await page.getByRole('button', { name: '提交评估' }).click();
  await expect(page.getByText('评估已提交', { exact: false })).toBeVisible();
}

async function confirmBy(page: Page, house: JourneyHouse, experts: readonly string[], name: string): Promise<void> {
  for (const expert of experts) {
    await signIn(page, house, 'office', expert);
    await page.goto(`${house.address}/office/confirmations`);
    await openRow(page, name);
    await begin(page, '同意评估结果');
    await finish(page, '同意评估结果');
  }
}

async function publishAndConclude(page: Page, house: JourneyHouse, id: string, after: string): Promise<void> {
  await signIn(page, house, 'office', 'agency-01');
  await page.goto(`${house.address}/office/applications/${id}`);
  await begin(page, '发布公示');
  await finish(page, '发布公示');
  house.clock.now = new Date(after);
  await page.reload();
  await begin(page, '出具结论');
  await finish(page, '出具结论');
  await page.waitForURL(/\/conclusions\/[0-9a-f-]{36}/);
}

test('somebody from the street objects, the result is overturned by others, and the new grade stands', async ({ page, house }) => {
  test.setTimeout(300_000);
  const before = await caseOf(house, ON_NOTICE);
  const number = await test.step('an outsider objects at the public page and gets a receipt', async () => {
    await page.goto(`${house.address}/notices/${before.noticeId}`);
    await page.getByLabel('您的姓名').fill('邻居一人');
    await page.getByLabel('联系方式').fill('13900000077');
    await page.getByLabel('您了解的情况').fill('上周看见他自己下楼买菜，走路很稳。');
    await page.getByRole('button', { name: '提交异议' }).click();
    await expect(page.getByText('已收到您的异议')).toBeVisible();
    return (await one<{ number: string }>(house, 'SELECT number FROM notices.objection WHERE notice_id = $1', [before.noticeId])).number;
  });
  await test.step('the receipt proves it, to whoever holds number and contact', async () => {
    await expect(page.getByText(number).first()).toBeVisible();
  });
  await test.step('the agency upholds it: the notice comes down and the case goes back', async () => {
    await signIn(page, house, 'office', 'agency-01');
    await page.goto(`${house.address}/office/notices/${before.noticeId}`);
    await begin(page, '答复异议');
    await page.getByRole('dialog').last().getByText('异议成立', { exact: true }).click();
    await page.getByRole('dialog').last().getByLabel('答复').fill('经核查属实，重新评估。');
    await finish(page, '答复异议');
    await expect.poll(async () => (await caseOf(house, ON_NOTICE)).state).toBe('accepted');
  });
  await test.step('the first institution may not assess again; another one gets the case', async () => {
    await page.goto(`${house.address}/office/applications/${before.id}`);
    await begin(page, '派单');
    await choose(page, '评估机构', before.institution, before.institution.slice(0, 4));
    await page.getByRole('dialog').last().getByRole('button', { name: /派单$/ }).click();
    await expect(page.getByRole('dialog').last().getByRole('alert')).toBeVisible();
    await page.keyboard.press('Escape');
    await page.reload();
    await begin(page, '派单');
    await choose(page, '评估机构', '澄湖', '澄湖');
    await page.getByRole('dialog').last().getByLabel(/原因|理由/).fill('原机构回避，改派外区机构。');
    await finish(page, '派单');
  });
  await test.step('others assess and confirm: nothing is found of the disability', async () => {
    await assess(page, house, 'assessor-03', ON_NOTICE, 'last', '2026-11-20');
    await confirmBy(page, house, ['expert-03a', 'expert-03b'], ON_NOTICE);
  });
  await test.step('the new result hangs out and becomes the conclusion', () => publishAndConclude(page, house, before.id, '2026-12-07T02:00:00Z'));
  const after = await caseOf(house, ON_NOTICE);
  expect([after.state, after.grade]).toEqual(['concluded', 0]);
  expect(before.grade).toBeGreaterThan(2);
  expect((await one<{ by: string }>(house, 'SELECT superseded_by AS by FROM assessments.assessment WHERE application_id = $1 AND superseded_at IS NOT NULL', [before.id])).by).toBe('objection');
});

test('the agency opens a status assessment on a finding, and the grade goes down with before and after', async ({ page, house }) => {
  test.setTimeout(300_000);
  house.clock.now = new Date('2026-11-20T02:00:00Z');
  const person = await one<{ id: string; conclusion: string; grade: number }>(house, 'SELECT p.id, c.id AS conclusion, c.grade FROM people.person p JOIN assessments.conclusion c ON c.person_id = p.id WHERE p.name = $1 ORDER BY c.effective_on DESC LIMIT 1', [IN_CARE]);
  await test.step('on the finding of a community health centre', async () => {
    await signIn(page, house, 'office', 'agency-01');
    await page.goto(`${house.address}/office/people/${person.id}`);
    const form = await begin(page, '启动抽查评估');
    await choose(page, '启动事由', '社区卫生服务中心等判断状况有较大改善');
    await form.getByLabel('事由出处').fill('槐荫社区卫生服务中心随访记录 2026-11');
    await form.getByLabel('经办机构联系电话').fill('0990-5550101');
    await form.getByLabel('说明').fill('已能自己行走和穿衣。');
    await finish(page, '启动抽查评估');
    await page.waitForURL(/\/applications\/[0-9a-f-]{36}/);
    await begin(page, '派单');
    await choose(page, '评估机构', '禾东', '禾东');
    const reason = page.getByRole('dialog').last().getByLabel(/原因|理由/);
    if (await reason.count()) await reason.fill('轮到该机构。');
    await finish(page, '派单');
  });
  const opened = await caseOf(house, IN_CARE);
  const assessor = opened.institution.includes('安评') ? (['assessor-01b', 'expert-01d', 'expert-01e'] as const) : (['assessor-01', 'expert-01a', 'expert-01b'] as const);
  await test.step('assessed, confirmed, on notice, concluded', async () => {
    await assess(page, house, assessor[0], IN_CARE, 'last', '2026-11-20');
    await confirmBy(page, house, assessor.slice(1), IN_CARE);
    await publishAndConclude(page, house, opened.id, '2026-12-07T02:00:00Z');
  });
  await test.step('the page shows before and after, and the earlier conclusion ends where the new one begins', async () => {
    await expect(page.getByText(`${person.grade} 级`, { exact: false }).first()).toBeVisible();
    const ended = await one<{ endedOn: string; nextOn: string; grade: number }>(house, `SELECT (o.ended_on + 1)::text AS "endedOn", n.effective_on::text AS "nextOn", n.grade FROM assessments.conclusion o, assessments.conclusion n
      WHERE o.id = $1 AND n.application_id = $2`, [person.conclusion, opened.id]);
    expect(ended.endedOn).toBe(ended.nextOn);
    expect(ended.grade).toBeLessThan(person.grade);
  });
});
