/** Who comes in where: a family at its own door, an outsider at the public one and no further. */
import { expect } from '@playwright/test';
import { signIn, test } from './house.ts';
import { faultsOf, overhangOf } from './readable.ts';

test('a daughter reads why her mother has this grade, and nobody else\'s affairs', async ({ page, house }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, house, 'family', 'family-01');
  await expect(page.getByText('王桂兰').first()).toBeVisible();
  await expect(page.getByText('周德海')).toHaveCount(0);
  await page.getByText('为什么是这个等级').first().click();
  await expect(page.getByText('吃饭、穿衣、走路', { exact: false }).first()).toBeVisible();
  await expect(page.getByText('未核实', { exact: false }).first()).toBeVisible();
  const own = await page.request.get(`${house.address}/api/family/explanations?pageSize=5`);
  expect(((await own.json()) as { total: number }).total).toBeGreaterThan(0);
  for (const path of ['people', 'applications', 'visits', 'statements', 'ledger/journal', 'overview']) {
    expect((await page.request.get(`${house.address}/api/${path}`)).status(), path).toBe(403);
  }
});

test('an outsider reads what is published and is kept out of everything else', async ({ page, house }) => {
  await page.goto(`${house.address}/`);
  await page.getByRole('link', { name: /公示/ }).first().click();
  await expect(page.getByText(/^.\*/).first()).toBeVisible();
  expect(await page.locator('main').innerText()).not.toMatch(/\d{17}[\dX]/);
  await page.goto(`${house.address}/office/people`);
  await expect(page.getByRole('heading', { name: '登录', exact: true })).toBeVisible();
  await expect(page.getByRole('table')).toHaveCount(0);
  const answer = await page.request.get(`${house.address}/api/people`);
  expect(answer.status()).toBe(401);
  expect(answer.headers()['content-type']).toContain('application/problem+json');
  expect(await answer.json()).toMatchObject({ code: 'SIGN_IN_NEEDED', title: '请先登录。' });
});

test('the weekly cap is found on the public page in three steps, with its source and what follows', async ({ page, house }) => {
  await page.goto(`${house.address}/`);
  await page.getByRole('link', { name: /政策/ }).first().click();
  await page.getByRole('searchbox').or(page.getByRole('textbox')).first().fill('每周限额');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: /每周支付时长上限/ }).first().click();
  await expect(page.getByText('180', { exact: false }).first()).toBeVisible();
  await expect(page.getByText('青禾医保', { exact: false }).first()).toBeVisible();
  await expect(page.getByText('谁', { exact: false }).first()).toBeVisible();
});

test('the main pages shut nobody out: by ear, by keyboard, at large type on a phone', async ({ page, house }) => {
  await page.addInitScript(() => localStorage.setItem('changhu.preferences', JSON.stringify({ lang: 'zh', large: true, dark: false })));
  const faults: string[] = [];
  const visit = async (...paths: string[]) => {
    for (const path of paths) {
      await page.setViewportSize({ width: 1360, height: 900 });
      await page.goto(`${house.address}${path}`);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await page.waitForLoadState('networkidle');
      faults.push(...(await faultsOf(page)).map((one) => `${path}: ${one}`));
      await page.setViewportSize({ width: 390, height: 844 });
      await expect.poll(() => overhangOf(page), { message: `${path} is wider than a phone` }).toBe(0);
    }
  };
  await visit('/', '/notices', '/policy', '/office/');
  await signIn(page, house, 'family', 'family-01');
  await visit('/family', '/family/applications', '/family/money');
  await page.setViewportSize({ width: 1360, height: 900 });
  await signIn(page, house, 'office', 'agency-01');
  const concluded = (await (await page.request.get(`${house.address}/api/applications?state=concluded&pageSize=1`)).json()) as { rows: { id: string }[] };
  await visit('/office/', '/office/applications', `/office/applications/${concluded.rows[0]!.id}`, '/office/dispatch', '/office/deliveries');
  expect(faults).toEqual([]);
});
