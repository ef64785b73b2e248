/** A whole house for a journey: its own database with the fictional city, the real server with the built pages, the jobs, and a clock that the story moves. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { FreshDatabase } from '#platform/db/testing.ts';
import { buildServer } from '#platform/http/server.ts';
import { startJobs } from '#platform/jobs/runner.ts';
import { openHouse } from '#server/house.ts';
import { modules } from '#server/modules.ts';
import { DEMO_PASSWORD } from '#world/accounts.ts';
import { freshWorld } from '#world/testing.ts';

export interface JourneyHouse {
  address: string;
  clock: { now: Date };
  databaseUrl: string;
}

/** The house of a file: made anew when another file begins. */
type HouseOf = (file: string) => Promise<JourneyHouse>;

/** One house per file, whose tests share it and tell one story after the other: no file finds the clock and the cases of another. */
export const test = base.extend<{ house: JourneyHouse }, { houseOf: HouseOf }>({
  houseOf: [
    // oxlint-disable-next-line no-empty-pattern -- the runner reads from this pattern which fixtures are wanted, and demands one
    async ({}, use) => {
      let open: { file: string; house: JourneyHouse; leave: () => Promise<void> } | undefined;
      await use(async (file) => {
        if (open?.file !== file) {
          await open?.leave();
          open = { file, ...(await enter()) };
        }
        return open.house;
      });
      await open?.leave();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  house: [async ({ houseOf }, use, info) => use(await houseOf(info.file)), { timeout: 180_000 }],
});

/** Opens a house with the fictional city, and says how to take it away. */
async function enter(): Promise<{ house: JourneyHouse; leave: () => Promise<void> }> {
  const database = await freshWorld();
  return new Promise((resolve, reject) => {
    const gone = openOn(database, '2026-11-20T02:00:00Z', (house) => new Promise<void>((left) => resolve({ house, leave: () => (left(), gone) })));
    gone.catch(reject);
  });
}

/** Opens the real server with its jobs on a database and takes everything away afterwards. */
export async function openOn({ url, drop }: FreshDatabase, startAt: string, use: (house: JourneyHouse) => Promise<void>): Promise<void> {
  // Taken away in the opposite order, also when the start fails half-way.
  const made = new AsyncDisposableStack();
  made.defer(drop);
  try {
    const filesDir = mkdtempSync(join(tmpdir(), 'changhu-files-'));
    made.defer(() => rmSync(filesDir, { recursive: true, force: true }));
    const house = await openHouse({ databaseUrl: url, poolSize: 6, filesDir });
    made.defer(() => house.close());
    const clock = { now: new Date(startAt) };
    const server = await buildServer({ platform: house.platform, modules, words: house.words, secret: 'journey'.repeat(8), clock: () => clock.now, logLevel: 'silent', version: 'journey' });
    made.defer(() => server.close());
    const jobs = await startJobs(modules, house.platform, () => clock.now);
    made.defer(() => jobs.stop());
    const address = await server.listen({ port: 0, host: '127.0.0.1' });
    await use({ address, clock, databaseUrl: url });
  } finally {
    await made.disposeAsync();
  }
}

/** Signs a demo account in at a portal's own sign-in page. */
export async function signIn(page: Page, house: JourneyHouse, portal: 'office' | 'family' | 'assess', name: string): Promise<void> {
  await page.goto('about:blank');
  await page.context().clearCookies();
  await page.goto(`${house.address}/${portal}/`);
  await page.getByLabel('账号', { exact: true }).fill(name);
  await page.getByLabel('密码', { exact: true }).fill(DEMO_PASSWORD);
  const answered = page.waitForResponse((answer) => answer.url().endsWith('/api/session') && answer.request().method() === 'POST');
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await answered;
  await expect(page.getByRole('heading', { name: '登录', exact: true })).toHaveCount(0);
}
