/** From the township's window to the accepted application: registered, filed on the family's phone with its papers, looked at by the township, accepted on a promise that is kept. */
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { begin, choose, day, finish, openRow } from '../desk.ts';
import { PERSON, fromHome } from './city.ts';
import type { City } from './city.ts';

/** The township officer registers her at the window, on the tablet. */
export async function registerPerson(city: City): Promise<void> {
  const page = await city.as('township', '/people');
  const form = await begin(page, '登记参保人');
  await form.getByLabel('姓名').fill(PERSON.name);
  await form.getByLabel('公民身份号码').fill(PERSON.number);
  await choose(page, '街镇', '槐荫街道');
  await form.getByLabel('居（村）委会').fill('槐荫社区');
  await form.getByLabel('住址').fill(PERSON.home);
  await form.getByText('职工医保').click();
  await day(page, '参保起始日', '2005-01-01');
  await finish(page, '登记参保人');
  await expect(page.getByRole('heading', { name: PERSON.name })).toBeVisible();
}

/** Her son applies on his phone, fills in the self-assessment and hands in what he has. */
export async function applyOnPhone(city: City): Promise<void> {
  const page = await city.as('family');
  await expect(page.getByText(PERSON.name).first()).toBeVisible();
  await page.getByRole('link', { name: '提出申请' }).click();
  await page.getByLabel('联系电话').fill('13800000018');
  await page.getByLabel('从哪天起要人照料').fill('2025-09-01');
  const questions = page.locator('.self-question');
  await expect(questions).toHaveCount(6);
  for (let at = 0; at < 6; at += 1) await questions.nth(at).getByRole('radio').nth(at === 5 ? 0 : 1).check();
  await page.getByLabel('想说明的情况').fill('长期卧床，由儿子照料。');
  await page.getByRole('button', { name: '提交申请' }).click();
  await expect(page.getByRole('heading', { name: '申请材料' })).toBeVisible();
  await expect(page.getByText(/^编号 QH-A-2026-\d+/)).toBeVisible();
  await handIn(page, '有效身份证件或户口簿', [{ name: '身份证.jpg', mimeType: 'image/jpeg', buffer: await photograph(page) }]);
  await handIn(page, '病历、诊断或检查材料', [{ name: '病历.pdf', mimeType: 'application/pdf', buffer: await page.pdf() }, { name: '诊断.png', mimeType: 'image/png', buffer: await page.screenshot() }]);
}

const photograph = (page: Page): Promise<Buffer> => page.screenshot({ type: 'jpeg', quality: 70 });

/** Chooses files for a line of the check-list, looks at them, sends them. */
async function handIn(page: Page, paper: string, files: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
  const line = page.getByRole('listitem').filter({ hasText: paper });
  await line.locator('input[type=file]').setInputFiles(files);
  await line.getByRole('button', { name: `上传 ${files.length} 个文件` }).click();
  await expect(line.getByText('已有')).toBeVisible();
  // Every file has its place and a name that says what it is.
  await expect(line.locator('.paper-about').getByRole('link', { name: /^QH-A-2026-\d+_/ })).toHaveCount(files.length);
}

/** Without the township's word it cannot be accepted; the township gives it at the family's home, on a phone. */
export async function preReview(city: City): Promise<void> {
  const desk = await city.as('insurer', '/applications?queue=preReview');
  await openRow(desk, PERSON.name);
  const accept = desk.getByRole('button', { name: '受理审核', exact: true });
  await expect(accept).toHaveAttribute('aria-description', /先由街镇预审/);
  const page = await city.as('township', '/');
  await fromHome(page, /待预审/);
  await openRow(page, PERSON.name);
  await page.getByRole('button', { name: '登记预审' }).click();
  const form = page.locator('form').filter({ hasText: '预审意见' });
  await expect(form).toBeVisible();
  for (const [question, answer] of [['已核对本人身份证件', '是'], ['实际居住在申请地址', '是'], ['近一个月吃饭', '要人帮'], ['近一个月穿衣洗漱', '要人帮'], ['近一个月起身走动', '完全不能'], ['近一个月认人记事', '有时糊涂'], ['已说明待遇、自付和减免政策', '是'], ['已说明评估流程和公示', '是']] as const) {
    await form.locator('.ant-form-item').filter({ hasText: question }).getByRole('radio', { name: answer, exact: true }).check();
  }
  await form.getByRole('checkbox', { name: '已听明白：家政服务不在范围内' }).check();
  await form.locator('.ant-form-item').filter({ hasText: '预审意见' }).getByRole('radio').first().check();
  await form.getByRole('button', { name: '保存预审' }).click();
  await expect(page.getByText('已向 何强（亲属）告知家政不在范围内', { exact: false })).toBeVisible();
}

/** The insurer accepts on the son's promise. */
export async function acceptOnPromise(city: City): Promise<void> {
  city.at('2026-12-02');
  const page = await city.as('insurer', '/');
  await fromHome(page, /待受理/);
  await openRow(page, PERSON.name);
  await expect(page.getByText('缺可容缺的材料', { exact: false })).toBeVisible();
  const form = await begin(page, '受理审核');
  await form.getByLabel('容缺承诺人').fill('何强');
  await finish(page, '受理审核');
  await expect(page.getByText('2026-12-09', { exact: false }).first()).toBeVisible();
}

/** On the phone the family reads what is lacking and until when, and sends it. */
export async function supplyLater(city: City): Promise<void> {
  const page = await city.as('family', '/applications');
  await page.getByRole('link', { name: '去补交材料' }).click();
  for (const [at, paper] of ['社会保障卡', '承诺书'].entries()) await handIn(page, paper, [{ name: `${paper}.jpg`, mimeType: 'image/jpeg', buffer: await page.screenshot({ type: 'jpeg', quality: 60 + at }) }]);
  await expect(page.getByText('承诺补交的材料齐了', { exact: false })).toBeVisible();
}
