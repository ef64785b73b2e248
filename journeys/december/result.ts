/** From the batch on the wall to the letter in the hand: poster, photograph of the posting, conclusion, letter, delivery against a signature, the family reading it. */
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { begin, choose, finish, openRow } from '../desk.ts';
import { PERSON, fromHome } from './city.ts';
import type { City } from './city.ts';

/** Fetches what stands behind a link to a PDF as the reader's browser does: a PDF, named by the number that it carries. */
async function pdfBehind(page: Page, link: Locator, number: string): Promise<void> {
  const answer = await page.request.get(new URL((await link.getAttribute('href'))!, page.url()).href);
  expect(answer.status()).toBe(200);
  expect(answer.headers()['content-type']).toContain('application/pdf');
  expect(decodeURIComponent(answer.headers()['content-disposition'] ?? '')).toContain(number);
  const bytes = await answer.body();
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
  expect(bytes.length).toBeGreaterThan(5_000);
}

/** The number in the title of a record of that kind (N batch, C conclusion), once it is there. */
async function numberOn(page: Page, kind: 'N' | 'C'): Promise<string> {
  const shape = new RegExp(`QH-${kind}-\\d{4}-\\d+`);
  const title = page.getByRole('heading', { level: 1 });
  await expect(title).toContainText(shape);
  return shape.exec(await title.innerText())![0];
}

const photographOf = (page: Page): Promise<Buffer> => page.screenshot({ type: 'jpeg', quality: 70 });

export async function publish(city: City): Promise<void> {
  const page = await city.as('agency', '/');
  await page.goto(`${city.address}/office/notice-batches`);
  await begin(page, '发布公示批次');
  await choose(page, '公示范围', '槐荫社区');
  await finish(page, '发布公示批次');
  await page.waitForURL(/\/notice-batches\/[0-9a-f-]{36}/);
  const number = await numberOn(page, 'N');
  for (const paper of ['A3', 'A4']) await pdfBehind(page, page.getByRole('link', { name: `打印海报（${paper}）` }), number);
  await page.context().clearCookies();
  await page.goto(`${city.address}/notices`);
  await expect(page.getByText('何*珍').first()).toBeVisible();
  await expect(page.getByText(PERSON.name)).toHaveCount(0);
}

/** The township hangs it out and takes a photograph of it with the phone. */
export async function proof(city: City): Promise<void> {
  const page = await city.as('township', '/notice-batches?proof=missing');
  await openRow(page, '槐荫社区');
  await page.locator('input[type=file]').setInputFiles({ name: '公示栏.jpg', mimeType: 'image/jpeg', buffer: await photographOf(page) });
  await page.getByRole('button', { name: '上传照片' }).click();
  await expect(page.getByText('已保存 2026-12-08 的张贴照片').first()).toBeVisible();
  await expect(page.getByRole('img', { name: /胡晓东上传的张贴照片/ })).toBeVisible();
}

/** After the last day the agency concludes; the letter has its number, and anybody can check it. */
export async function conclude(city: City): Promise<void> {
  const page = await city.as('agency', '/applications?state=onNotice');
  await openRow(page, PERSON.name);
  await expect(page.getByRole('button', { name: '出具结论' })).toHaveAttribute('aria-description', /公示到 2026-12-\d\d 为止/);
  city.at('2026-12-30');
  await page.reload();
  await begin(page, '出具结论');
  await finish(page, '出具结论');
  await page.waitForURL(/\/conclusions\/[0-9a-f-]{36}/);
  const number = await numberOn(page, 'C');
  await pdfBehind(page, page.getByRole('link', { name: /结论书/ }).first(), number);
  const verify = new URL((await page.getByRole('link', { name: /letters\// }).first().getAttribute('href'))!).pathname;
  await page.context().clearCookies();
  await page.goto(`${city.address}${verify}`);
  await expect(page.getByText(number).first()).toBeVisible();
  await expect(page.getByText(PERSON.name)).toHaveCount(0);
}

/** The township hands it over at the door; the receipt is signed and photographed. */
export async function deliver(city: City): Promise<void> {
  const page = await city.as('township', '/');
  await fromHome(page, /待送达/);
  await openRow(page, PERSON.name);
  await pdfBehind(page, page.getByRole('link', { name: '打印送达回证' }), await numberOn(page, 'C'));
  const form = await begin(page, '当面交付');
  await form.locator('input[type=file]').setInputFiles({ name: '签收.jpg', mimeType: 'image/jpeg', buffer: await photographOf(page) });
  await expect(form.getByText('已保存 签收.jpg')).toBeVisible();
  // Who applied is expected to receive it.
  await expect(form.getByLabel('收件人')).toHaveValue('何强');
  await finish(page, '当面交付');
  await expect(page.getByText('何强（亲属）', { exact: false }).first()).toBeVisible();
}

/** The family reads on the phone what was decided, why, and the letter itself. */
export async function read(city: City): Promise<void> {
  const page = await city.as('family');
  await page.getByRole('link', { name: '评估结论' }).first().click();
  const card = page.locator('section.sheet').filter({ hasText: PERSON.name });
  await expect(card).toContainText('2026-12-30');
  await pdfBehind(page, card.getByRole('link', { name: /结论书/ }), /QH-C-\d{4}-\d+/.exec(await card.innerText())![0]);
  await card.getByRole('link', { name: /为什么/ }).click();
  await expect(page.getByText('吃饭、穿衣、走路', { exact: false }).first()).toBeVisible();
}
