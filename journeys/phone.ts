/** What an assessor does on the phone, in the words that they see. */
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

/** Goes to the next step of the visit, which must be the one that is named. */
export async function onward(page: Page, to: string): Promise<void> {
  await page.getByRole('navigation', { name: '上一步和下一步' }).getByRole('button', { name: `${to} ›` }).click();
  await expect(page.getByRole('heading', { name: to, exact: true, level: 1 })).toBeVisible();
}

/** Takes a photograph of something and waits until it is shown. */
export async function photograph(page: Page, what: string): Promise<void> {
  const taken = await page.screenshot({ type: 'png' });
  await page.getByLabel(what, { exact: true }).and(page.locator('input[type=file]')).setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer: taken });
  const shown = page.getByRole('img', { name: new RegExp(`^${what} 1`) });
  await expect(shown).toBeVisible();
  await expect(shown).toHaveJSProperty('complete', true);
}

/** Signs with a finger. */
export async function sign(page: Page, canvas: Locator): Promise<void> {
  await canvas.scrollIntoViewIfNeeded();
  const box = (await canvas.boundingBox())!;
  await page.mouse.move(box.x + 30, box.y + box.height / 2);
  await page.mouse.down();
  for (const [x, y] of [[90, 20], [150, 80], [220, 40]] as const) await page.mouse.move(box.x + x, box.y + y, { steps: 4 });
  await page.mouse.up();
}
