/** The whole story of one person, from the window to the payment, each step by the person whose work it is. */
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import pg from 'pg';
import { identityNumberFor } from '#kit/identity-number.ts';
import { begin, choose, day, finish, openRow } from './desk.ts';
import { signIn, test } from './house.ts';
import type { JourneyHouse } from './house.ts';

const NAME = '何秀珍';
const NUMBER = identityNumberFor('990101', '1943-05-06', 218);

test('a person goes the whole way from the window to the paid month', async ({ page, house }) => {
  test.setTimeout(300_000);
  house.clock.now = new Date('2026-11-20T02:00:00Z');
  const application = await test.step('the agency registers her, files and accepts the application, and sends it to the assessors', () => apply(page, house));
  await test.step('the assessor enters the seventeen items', () => assess(page, house));
  for (const expert of ['expert-01a', 'expert-01b']) await test.step(`${expert} confirms`, () => confirm(page, house, expert));
  await test.step('the result hangs out masked for the public', () => publish(page, house, application));
  const letter = await test.step('after the notice the conclusion and its letter exist', () => conclude(page, house, application));
  await test.step('anybody can check the letter', () => checkLetter(page, letter));
  const plan = await test.step('a plan is proposed and confirmed', () => makePlan(page, house));
  await test.step('the institution hands in its visits, and a wrong file changes nothing', () => handIn(page, house));
  await test.step('the month is closed, reviewed by two people and paid by a third', () => closeAndPay(page, house));
  await test.step('every line says why', () => explain(page, house));
  expect(plan).toMatch(/\/plans\//);
});

async function apply(page: Page, house: JourneyHouse): Promise<string> {
  await signIn(page, house, 'office', 'agency-01');
  await page.goto(`${house.address}/office/people`);
  let form = await begin(page, '登记参保人');
  await form.getByLabel('姓名').fill(NAME);
  await form.getByLabel('公民身份号码').fill(NUMBER.slice(0, 17) + (NUMBER.endsWith('0') ? '1' : '0'));
  await choose(page, '街镇', '槐荫街道');
  await form.getByLabel('居（村）委会').fill('槐荫社区');
  await form.getByLabel('住址').fill('槐荫街道 18 号');
  await form.getByText('职工医保').click();
  await day(page, '参保起始日', '2005-01-01');
  await form.getByRole('button', { name: '登记参保人', exact: true }).click();
  await expect(form.locator('.ant-form-item-explain-error')).toHaveCount(1);
  await form.getByLabel('公民身份号码').fill(NUMBER);
  await finish(page, '登记参保人');
  await expect(page.getByRole('heading', { name: NAME })).toBeVisible();
  form = await begin(page, '提出评估申请');
  await form.getByLabel('申请人').fill('何强');
  await form.getByLabel('联系电话').fill('13800000018');
  await day(page, '失能起始日', '2025-09-01');
  await finish(page, '提出评估申请');
  await page.waitForURL(/\/applications\/[0-9a-f-]{36}/);
  const address = page.url();
  await begin(page, '受理审核');
  await finish(page, '受理审核');
  await begin(page, '派单');
  await choose(page, '评估机构', /青禾同心/);
  await page.getByRole('dialog').last().getByLabel('另选机构的原因').fill('该机构熟悉本街镇。');
  await finish(page, '派单');
  await expect(page.getByText('已派单').first()).toBeVisible();
  return address;
}

async function assess(page: Page, house: JourneyHouse): Promise<void> {
  await signIn(page, house, 'office', 'assessor-01');
  await page.goto(`${house.address}/office/assess`);
  await openRow(page, NAME);
  const items = page.locator('fieldset[id^="item-"]');
  await expect(items).toHaveCount(17);
  for (let i = 0; i < 17; i += 1) await items.nth(i).getByRole('radio').first().check({ force: true });
  await expect(page.getByText('重度失能Ⅲ级').first()).toBeVisible();
  await day(page, '上门日期', '2026-11-20');
  await page.getByLabel('上门时刻').fill('09:15');
  await page.getByLabel('第二名在场评估人员（专家）').fill('顾文澜');
  await page.getByLabel('在场监护人或代理人').fill('何强');
  await page.getByLabel('评估地点').fill('槐荫街道 18 号');
  await page.getByRole('button', { name: '提交评估' }).click();
  await expect(page.getByText('评估已提交', { exact: false })).toBeVisible();
}

async function confirm(page: Page, house: JourneyHouse, expert: string): Promise<void> {
  await signIn(page, house, 'office', expert);
  await page.goto(`${house.address}/office/confirmations`);
  await openRow(page, NAME);
  await begin(page, '同意评估结果');
  await finish(page, '同意评估结果');
}

async function publish(page: Page, house: JourneyHouse, application: string): Promise<void> {
  await signIn(page, house, 'office', 'agency-01');
  await page.goto(application);
  await begin(page, '发布公示');
  await finish(page, '发布公示');
  await page.context().clearCookies();
  await page.goto(`${house.address}/notices`);
  await expect(page.getByText('何*珍').first()).toBeVisible();
  await expect(page.getByText(NAME)).toHaveCount(0);
  await expect(page.getByText(NUMBER)).toHaveCount(0);
}

async function conclude(page: Page, house: JourneyHouse, application: string): Promise<string> {
  await signIn(page, house, 'office', 'agency-01');
  await page.goto(application);
  await expect(page.getByRole('button', { name: '出具结论' })).toHaveAttribute('aria-disabled', 'true');
  house.clock.now = new Date('2026-12-07T02:00:00Z');
  await page.reload();
  await begin(page, '出具结论');
  await finish(page, '出具结论');
  await page.waitForURL(/\/conclusions\/[0-9a-f-]{36}/);
  await expect(page.getByText('2027-01-01').first()).toBeVisible();
  const pdf = await page.request.get(`${house.address}/api/conclusions/${page.url().split('/').pop()}/letter.pdf`);
  expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
  const verify = await page.getByRole('link', { name: /letters\// }).first().getAttribute('href');
  return new URL(verify!, house.address).pathname;
}

async function checkLetter(page: Page, path: string): Promise<void> {
  const address = new URL(page.url()).origin;
  await page.context().clearCookies();
  await page.goto(`${address}${path}`);
  await expect(page.getByText('何*珍').first()).toBeVisible();
  await expect(page.getByText(NAME)).toHaveCount(0);
}

async function makePlan(page: Page, house: JourneyHouse): Promise<string> {
  house.clock.now = new Date('2027-01-04T02:00:00Z');
  await signIn(page, house, 'office', 'agency-01');
  await page.goto(`${house.address}/office/plans/new`);
  await choose(page, '参保人', NAME, NAME);
  await choose(page, '服务机构', '禾东康宁', '康宁');
  await day(page, '起始日', '2027-01-01');
  await choose(page, '添加项目', '(QH-L');
  await page.getByRole('button', { name: '拟订护理计划' }).click();
  await page.waitForURL(/\/plans\/[0-9a-f-]{36}/);
  const form = await begin(page, '代录确认');
  await form.getByLabel('确认人姓名').fill('何强');
  await finish(page, '代录确认');
  return page.url();
}

/** One visit inside the plan, one too long by far. */
async function handIn(page: Page, house: JourneyHouse): Promise<void> {
  const client = new pg.Client({ connectionString: house.databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ code: string; carer: string; item: string; minutes: number }>(
    `SELECT i.code, w.identity_number AS carer, t.item_code AS item, t.minutes FROM plans.plan p JOIN people.person h ON h.id = p.person_id JOIN plans.item t ON t.plan_id = p.id
     JOIN providers.institution i ON i.id = p.institution_id JOIN workers.worker w ON w.institution_id = i.id AND w.worker_class = 'nurse' WHERE h.identity_number = $1 LIMIT 1`, [NUMBER]);
  await client.end();
  const one = rows[0]!;
  const head = '机构编码,护理人员公民身份号码,参保人公民身份号码,项目编码,开始时间,结束时间,经度,纬度,来源编号,双人服务编号';
  const row = (on: string, minutes: number, ref: string, person = NUMBER) =>
    `${one.code},${one.carer},${person},${one.item},2027-01-${on} 09:00,2027-01-${on} ${String(9 + Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')},,,${ref},`;
  const file = (rows_: string[]) => ({ name: 'visits.csv', mimeType: 'text/csv', buffer: Buffer.from(`\uFEFF${[head, ...rows_].join('\r\n')}\r\n`) });
  house.clock.now = new Date('2027-01-20T02:00:00Z');
  await signIn(page, house, 'office', 'institution-01');
  await page.goto(`${house.address}/office/intakes`);
  const send = async (name: ReturnType<typeof file>) => {
    await page.locator('input[type=file]').setInputFiles(name);
    await page.getByRole('button', { name: '开始导入' }).click();
  };
  await send(file([row('05', one.minutes, 'J-1'), row('06', one.minutes, 'J-2', '110105194912310021')]));
  await expect(page.getByText('没有导入任何记录', { exact: false }).first()).toBeVisible();
  await send(file([row('05', one.minutes, 'J-1'), row('06', one.minutes + 45, 'J-2')]));
  await expect(page.getByText('新增 2 条服务记录', { exact: false }).first()).toBeVisible();
}

async function closeAndPay(page: Page, house: JourneyHouse): Promise<void> {
  house.clock.now = new Date('2027-02-02T02:00:00Z');
  await signIn(page, house, 'office', 'agency-01');
  await page.goto(`${house.address}/office/closes`);
  await begin(page, '办理月结');
  await finish(page, '办理月结');
  await page.waitForURL(/\/closes\/990101\/2027-01/);
  const statement = async () => {
    await page.goto(`${house.address}/office/statements?month=2027-01`);
    await openRow(page, '禾东康宁');
  };
  await statement();
  await begin(page, '初审通过');
  await finish(page, '初审通过');
  for (const [account, act] of [['reviewer-01', '复审通过'], ['cashier-01', '支付']] as const) {
    await signIn(page, house, 'office', account);
    await statement();
    await begin(page, act);
    await finish(page, act);
  }
  await expect(page.getByText('已支付').first()).toBeVisible();
}

async function explain(page: Page, house: JourneyHouse): Promise<void> {
  await signIn(page, house, 'office', 'agency-01');
  await page.goto(`${house.address}/office/findings?month=2027-01&q=${encodeURIComponent('J-2')}`);
  await page.getByRole('row').filter({ hasText: 'J-2' }).first().click();
  await page.waitForURL(/\/explanations\//);
  await expect(page.getByText('计划', { exact: false }).first()).toBeVisible();
  await page.getByRole('button', { name: /重新/ }).click();
  await expect(page.getByText('结果相同', { exact: false }).first()).toBeVisible();
}
