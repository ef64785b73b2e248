/** Between the visit and the notice: the drawn experts, the insurer's check that sends it back once, its correction, and the check that passes. */
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { begin, choose, finish, openRow } from '../desk.ts';
import { PERSON, fromHome } from './city.ts';
import type { City, Who } from './city.ts';

const EXPERTS: readonly Who[] = ['expertA', 'expertB', 'expertC', 'expertD'];

/** Only the drawn ones find the case on their list; both agree. The one who was at the home is never drawn. */
export async function confirm(city: City): Promise<void> {
  city.at('2026-12-04');
  const spoke = await confirmByDrawn(city, EXPERTS);
  expect(spoke).not.toContain('expertA');
}

async function confirmByDrawn(city: City, experts: readonly Who[]): Promise<Who[]> {
  const spoke: Who[] = [];
  for (const expert of experts) {
    const page = await city.as(expert, '/confirmations');
    await expect(page.getByRole('row').filter({ hasText: PERSON.name }).or(page.getByText('没有待确认的评估')).first()).toBeVisible();
    if ((await page.getByRole('row').filter({ hasText: PERSON.name }).count()) === 0) continue;
    await openRow(page, PERSON.name);
    await expect(page.getByRole('heading', { name: '确认、核查与退单' }).or(page.getByText('确认、核查与退单')).first()).toBeVisible();
    await begin(page, '同意评估结果');
    await finish(page, '同意评估结果');
    spoke.push(expert);
  }
  expect(spoke).toHaveLength(2);
  return spoke;
}

const POINTS = ['双方身份', '两人', '监护人', '录像', '答案', '专家'] as const;

/** Answers the points of the check; `fails` names the one that does not hold. */
async function point(page: Page, fails?: number): Promise<void> {
  const groups = page.getByRole('dialog').last().getByRole('radiogroup');
  await expect(groups).toHaveCount(POINTS.length);
  for (let at = 0; at < POINTS.length; at += 1) await groups.nth(at).getByText(at === fails ? '不符合' : '符合', { exact: true }).click();
}

/** The insurer plays the video, finds one point wanting and sends it back with reason, item and words. */
export async function returned(city: City): Promise<void> {
  const page = await city.as('insurer', '/');
  await fromHome(page, /待核查/);
  await openRow(page, PERSON.name);
  const form = await begin(page, '退回');
  await point(page, 4);
  await choose(page, '理由', '答案自相矛盾');
  await choose(page, '有异议的条目', '平地行走');
  await page.keyboard.press('Escape');
  await form.getByLabel('说明').fill('照片看不出行走情况，请重新上门核实。');
  await finish(page, '退回');
  await expect(page.getByText('没有等待核查的案件')).toBeVisible();
}

/** After the correction the experts are drawn anew; this time the check passes. */
export async function check(city: City): Promise<void> {
  city.at('2026-12-08');
  await confirmByDrawn(city, EXPERTS.slice(1));
  const page = await city.as('insurer', '/checks');
  await openRow(page, PERSON.name);
  await begin(page, '核查通过');
  await point(page);
  await finish(page, '核查通过');
  await expect(page.getByText('没有等待核查的案件')).toBeVisible();
}
