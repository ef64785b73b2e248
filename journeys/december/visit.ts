/** The order and the visit: dispatched by the proposal, taken by the institution, two people at the home with the phone, sealed and handed in. */
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { begin, choose, day, finish, openRow } from '../desk.ts';
import { onward, photograph, sign } from '../phone.ts';
import { ASSESSING, INSTITUTION, PERSON, fromHome } from './city.ts';
import type { City } from './city.ts';

export async function dispatch(city: City): Promise<void> {
  const page = await city.as('insurer', '/dispatch');
  const row = page.getByRole('row').filter({ hasText: PERSON.name });
  await expect(row).toContainText(INSTITUTION.name);
  await row.getByRole('button', { name: '派单' }).click();
  await finish(page, '派单');
  await expect(page.getByText('没有等待派单的案件')).toBeVisible();
}

export async function takeOrder(city: City): Promise<void> {
  // Whoever may be sent or drawn has an account of their own by now.
  for (const { who } of ASSESSING) await city.invite(who);
  const page = await city.as('institution', '/');
  await fromHome(page, /待接单/);
  await openRow(page, PERSON.name);
  await begin(page, '接单');
  await finish(page, '接单');
  await begin(page, '派人并约定时间');
  await choose(page, '评估员', '方敏');
  await choose(page, '评估专家', '顾文澜');
  await day(page, '上门日', '2026-12-03');
  await finish(page, '派人并约定时间');
  await expect(page.getByText('方敏、顾文澜').first()).toBeVisible();
}

/** At the home: arrival, who is there, the camera, seventeen items, a word to what hardly goes together, both signatures. */
export async function visit(city: City): Promise<void> {
  city.at('2026-12-03', '09:10');
  const page = await city.as('assessor');
  await atHome(page);
  await film(page);
  await items(page, true);
  await sealAndSend(page, city, '2026-12-03');
}

async function atHome(page: Page): Promise<void> {
  await page.getByRole('article', { name: PERSON.name }).getByRole('button', { name: '开始评估' }).click();
  await page.getByRole('button', { name: '我到了，记下时间' }).click();
  await page.getByRole('button', { name: '记下位置' }).click();
  await expect(page.getByText('已记下，误差约 12 米')).toBeVisible();
  await page.getByText('已向老人和家属出示工作证件').click();
  await page.getByText('已说明评估、录像和信息用途', { exact: false }).click();
  await onward(page, '在场人员');
  const applicant = page.getByRole('region', { name: '被评估人' });
  await applicant.getByLabel('证件上的号码').fill(PERSON.number.slice(-6));
  await expect(page.getByText('与受理信息一致。')).toBeVisible();
  await photograph(page, '证件');
  // Whom the institution sent along is ticked already.
  await expect(page.getByLabel('顾文澜')).toBeChecked();
  await page.getByLabel('姓名').fill('何强');
  await page.getByRole('region', { name: '在场的家属或监护人' }).getByLabel('证件号码').fill('0187');
}

async function film(page: Page): Promise<void> {
  await onward(page, '录像');
  await page.getByRole('button', { name: '开始录像' }).click();
  await expect(page.getByText(/录像 \d+:\d\d/).first()).toBeVisible();
  await onward(page, '逐项评估');
}

/** Every item with its first option; she cannot walk, and one answer that hardly goes with it is explained. */
async function items(page: Page, contradicting: boolean): Promise<void> {
  const all = 17;
  for (let at = 0; at < all; at += 1) {
    const stairs = contradicting && (await page.locator('.item h2').innerText()) === '上下楼';
    await page.locator('.item .card').nth(stairs ? 1 : 0).click();
    if (at === 0) {
      await photograph(page, '这一项的佐证');
    }
    if (stairs) await expect(page.getByText('卧床不能行走，却能上下楼')).toBeVisible();
    if (at < all - 1) await page.getByRole('button', { name: '下一项' }).click();
  }
  await expect(page.getByText(`已答 ${all} / ${all} 项`)).toBeVisible();
  await onward(page, '核对');
  if (contradicting) await page.getByLabel('说明', { exact: true }).fill('住一楼，上下楼指在康复训练时由两人扶着试过。');
  await page.getByLabel('询问情况').fill('长期卧床，由儿子照料，夜间需翻身。');
  await expect(page.getByText('都齐了，可以请双方签字。')).toBeVisible();
}

/** Both sides sign; the visit is sealed on the phone and goes home: first what decides, then the whole film. */
async function sealAndSend(page: Page, city: City, on: string): Promise<void> {
  await onward(page, '签字完成');
  for (const label of [/^同来人员签字：顾文澜/, /^家属签字：何强/]) {
    const field = page.getByRole('region', { name: label });
    await sign(page, field.locator('canvas'));
    await field.getByRole('button', { name: '保存签字' }).click();
    await expect(field.getByText('已签字')).toBeVisible();
  }
  city.at(on, '10:20');
  await page.getByRole('button', { name: '完成，准备上传' }).click();
  await expect(page.getByText('评估已提交。')).toBeVisible({ timeout: 40_000 });
  await page.getByRole('button', { name: '现在就上传完整录像' }).click();
  await expect(page.getByText('全部上传完毕')).toBeVisible({ timeout: 40_000 });
  await expect(page.getByText(/17 项答案，4 张照片和签字，小录像 [1-9]\d* 段，完整录像 [1-9]\d* 段/)).toBeVisible();
}

/** The institution reads why it came back and until when; the two go once more and bring what was lacking. */
export async function again(city: City): Promise<void> {
  const desk = await city.as('institution', '/');
  await fromHome(desk, /退回，待重新评估/);
  await expect(desk.getByRole('row').filter({ hasText: PERSON.name })).toBeVisible();
  city.at('2026-12-07', '09:10');
  const page = await city.as('assessor');
  const order = page.getByRole('article', { name: PERSON.name });
  await expect(order).toContainText('退回重新评估（第 1 次）');
  await expect(order).toContainText('平地行走');
  await atHome(page);
  await film(page);
  await items(page, false);
  await sealAndSend(page, city, '2026-12-07');
}
