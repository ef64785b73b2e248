/** What a person does at the office's desk, in the words that they see. */
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

/** Opens an act of a page and returns the drawer or window with its form. */
export async function begin(page: Page, act: string) {
  await page.getByRole('button', { name: act, exact: true }).first().click();
  const form = page.getByRole('dialog').last();
  await expect(form).toBeVisible();
  return form;
}

/** Presses the act's own button in its form and waits until the form has gone. */
export async function finish(page: Page, act: string): Promise<void> {
  const form = page.getByRole('dialog').last();
  // While it was busy the button's name begins with the sign of that.
  await form.getByRole('button', { name: new RegExp(`${act}$`) }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

/** Picks an option of a list of the open form (or the page), typing `find` first where the list looks things up. */
export async function choose(page: Page, label: string, option: string | RegExp, find?: string): Promise<void> {
  const box = within(page, await formIsOpen(page)).getByRole('combobox', { name: label });
  await box.click();
  if (find !== undefined) await box.fill(find);
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').filter({ hasText: option }).first().click();
}

/** Writes a day into a calendar field. */
export async function day(page: Page, label: string, value: string): Promise<void> {
  const box = within(page, await formIsOpen(page)).getByRole('textbox', { name: label });
  await box.fill(value);
  await box.press('Enter');
}

const formIsOpen = async (page: Page): Promise<boolean> => (await page.getByRole('dialog').count()) > 0;
const within = (page: Page, form: boolean): Page | Locator => (form ? page.getByRole('dialog').last() : page);

/** The first row of a list that holds a text, opened. */
export async function openRow(page: Page, text: string): Promise<void> {
  await page.getByRole('row').filter({ hasText: text }).first().click();
}
