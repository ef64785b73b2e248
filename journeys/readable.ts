/** What keeps people out of a page: rules of WCAG 2.2 A and AA that a machine can check (axe-core), and words that leave a narrow phone. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

interface Found {
  violations: { id: string; help: string; nodes: { target: string[]; html: string }[] }[];
}

/** Each broken rule with the first place that breaks it; empty when the page may stay as it is. */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(`${AXE};0`);
  const found = (await page.evaluate(`axe.run(document, { runOnly: { type: 'tag', values: ${JSON.stringify(RULES)} }, resultTypes: ['violations'] })`)) as Found;
  return found.violations.map(({ id, help, nodes }) => `${id} (${help}): ${nodes[0]?.target.join(' ')} ${nodes[0]?.html.slice(0, 120)}`);
}

/** Pixels by which the page is wider than the window. */
export async function overhangOf(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth));
}
