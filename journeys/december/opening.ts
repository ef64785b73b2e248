/** What an empty city needs before its first case: the institution, who assesses, the register, a care institution with its prices. */
import { expect } from '@playwright/test';
import { creditCodeFor } from '#kit/credit-code.ts';
import { begin, choose, day, finish } from '../desk.ts';
import { AREA, ASSESSING, INSTITUTION } from './city.ts';
import type { City } from './city.ts';

export async function registerInstitution(city: City): Promise<void> {
  const page = await city.as('agency', '/');
  await page.goto(`${city.address}/office/institutions`);
  const form = await begin(page, '登记机构');
  await choose(page, '机构类别', '评估机构');
  await form.getByLabel('机构名称').fill(INSTITUTION.name);
  await form.getByLabel('机构编码').fill(INSTITUTION.code);
  await form.getByLabel('统一社会信用代码').fill(creditCodeFor(AREA, 101));
  await form.getByLabel('地址', { exact: true }).fill('槐荫路 20 号');
  await day(page, '协议起始日', '2026-01-01');
  await finish(page, '登记机构');
  await expect(page.getByRole('heading', { name: INSTITUTION.name })).toBeVisible();
}

/** The institution enters its own people. */
export async function enterWorkers(city: City): Promise<void> {
  const page = await city.as('institution', '/');
  await page.getByRole('link', { name: '服务人员' }).or(page.getByRole('menuitem', { name: '服务人员' })).first().click();
  await expect(page.getByRole('heading', { name: '服务人员' })).toBeVisible();
  for (const one of ASSESSING) {
    const form = await begin(page, '登记服务人员');
    await form.getByLabel('姓名').fill(one.name);
    await form.getByLabel('公民身份号码').fill(one.number);
    await choose(page, '人员级别', one.register);
    await day(page, '入职日', '2026-01-01');
    await finish(page, '登记服务人员');
    await expect(page.getByRole('row').filter({ hasText: one.name })).toBeVisible();
  }
}

/** The agency admits them to the register, with certificate and training. */
export async function admit(city: City): Promise<void> {
  const page = await city.as('agency', '/assessors');
  await expect(page.getByRole('row').filter({ hasText: '方敏' })).toBeVisible();
  for (const [at, one] of ASSESSING.entries()) {
    await page.getByRole('row').filter({ hasText: one.name }).click();
    await expect(page.getByRole('heading', { name: one.name })).toBeVisible();
    let form = await begin(page, '入库');
    await form.getByLabel('资格', { exact: true }).fill('执业护士，评估培训合格');
    await form.getByLabel('证书编号').fill(`PG-2026-${at}`);
    await day(page, '证书有效期至', '2028-12-31');
    await day(page, '入库日', '2026-11-02');
    await finish(page, '入库');
    form = await begin(page, '登记培训');
    await form.getByLabel('培训内容').fill('评估操作指南');
    await form.getByLabel('学时').fill('24');
    await day(page, '培训日', '2026-11-05');
    await finish(page, '登记培训');
    await expect(page.getByText('有效', { exact: true })).toBeVisible();
    await page.getByRole('link', { name: '评估人员库' }).first().click();
  }
  await expect(page.getByRole('cell', { name: '有效', exact: true })).toHaveCount(ASSESSING.length);
}

/** Where care will be given: an institution with its filed price. */
export async function registerCare(city: City): Promise<void> {
  const page = await city.as('agency', '/institutions');
  const form = await begin(page, '登记机构');
  await choose(page, '机构类别', '居家护理机构');
  await form.getByLabel('机构名称').fill('禾东清晨居家护理站');
  await form.getByLabel('机构编码').fill('QH-HC-01');
  await form.getByLabel('统一社会信用代码').fill(creditCodeFor(AREA, 102));
  await form.getByLabel('地址', { exact: true }).fill('槐荫路 36 号');
  await finish(page, '登记机构');
  await begin(page, '备案价格');
  await choose(page, '人员级别', '护士');
  await page.getByRole('dialog').last().getByLabel('每小时价格（元）').fill('60');
  await finish(page, '备案价格');
  await expect(page.getByRole('row').filter({ hasText: '护士' }).filter({ hasText: '60.00' })).toBeVisible();
}
