/** A city that begins with nothing: an empty database with roles and divisions, and its people, each at the own device. */
import { expect, test as base } from '@playwright/test';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { identityNumberFor } from '#kit/identity-number.ts';
import { connect } from '#platform/db/connect.ts';
import { freshDatabase } from '#platform/db/testing.ts';
import { prepareDatabase } from '#server/house.ts';
import { makeAccount } from '../../commands/account.ts';
import { openOn } from '../house.ts';
import type { JourneyHouse } from '../house.ts';

export const AREA = '990101';
export const INSTITUTION = { code: 'QH-PG-01', name: '禾东失能评估中心' };
export const PERSON = { name: '何秀珍', number: identityNumberFor(AREA, '1943-05-06', 218), home: '槐荫街道 18 号' };
/** Who assesses: name, the class in the register, identity number. */
export const ASSESSING = ([['assessor', '方敏', '评估员'], ['expertA', '顾文澜', '评估专家'], ['expertB', '秦岳', '评估专家'], ['expertC', '沈书宁', '评估专家'], ['expertD', '许清和', '评估专家']] as const)
  .map(([who, name, register], at) => ({ who, name, register, number: identityNumberFor(AREA, '1980-03-04', 300 + 2 * at) }));

interface Account {
  display: string;
  role: string;
  portal: 'office' | 'family' | 'assess';
  area?: string;
  institution?: true;
  worker?: string;
  persons?: string[];
}

const workerOf = (at: number): Account => ({ display: ASSESSING[at]!.name, role: at === 0 ? 'assessor' : 'assessmentExpert', portal: at === 0 ? 'assess' : 'office', institution: true, worker: ASSESSING[at]!.number });

const ACCOUNTS = {
  agency: { display: '林静', role: 'agencyOfficer', portal: 'office', area: AREA },
  reviewer: { display: '高文斌', role: 'agencyReviewer', portal: 'office', area: AREA },
  cashier: { display: '苏婷', role: 'agencyCashier', portal: 'office', area: AREA },
  insurer: { display: '梅若兰', role: 'insurerOfficer', portal: 'office', area: AREA },
  township: { display: '胡晓东', role: 'townshipOfficer', portal: 'office', area: `${AREA}001` },
  institution: { display: '尹思源', role: 'assessmentOfficer', portal: 'office', institution: true },
  assessor: workerOf(0),
  expertA: workerOf(1),
  expertB: workerOf(2),
  expertC: workerOf(3),
  expertD: workerOf(4),
  family: { display: '何强', role: 'family', portal: 'family', persons: [PERSON.number] },
} satisfies Record<string, Account>;

type Session = Awaited<ReturnType<BrowserContext['cookies']>>;

export type Who = keyof typeof ACCOUNTS;

export interface City extends JourneyHouse {
  /** Moves the office's clock. */
  at: (day: string, time?: string) => void;
  /** The command makes the account, and its owner sets a password by the one-time link. */
  invite: (who: Who) => Promise<void>;
  /** The page of a person who is signed in at the own portal; invited first, where nobody did it before. */
  as: (who: Who, path?: string) => Promise<Page>;
  /** What a statement answers, asked as the owner of the database. */
  ask: <T extends object>(text: string, values?: unknown[]) => Promise<T[]>;
}

/** One empty city per worker, from 1 December 2026. */
const empty = base.extend<object, { house: JourneyHouse }>({
  house: [
    // oxlint-disable-next-line no-empty-pattern -- the runner reads from this pattern which fixtures are wanted, and demands one
    async ({}, use) => {
      const fresh = await freshDatabase();
      await prepareDatabase(fresh.url, 'qinghe', () => undefined, new Date('2026-12-01T01:00:00Z')).catch(async (fault: unknown) => {
        await fresh.drop();
        throw fault;
      });
      await openOn(fresh, '2026-12-01T01:00:00Z', use);
    },
    { scope: 'worker', timeout: 180_000 },
  ],
});

export const test = empty.extend<{ city: City }>({
  city: async ({ house, browser }, use) => {
    const databases = connect({ url: house.databaseUrl, max: 2 });
    const devices = new Map<string, BrowserContext>();
    const cookies = new Map<Who, Session>();
    const invited = new Set<Who>();
    const invite = async (page: Page, who: Who) => {
      await page.goto('about:blank');
      await setPassword(page, `${house.address}${await makeAccount(databases.ownerDb, wanted(who), house.clock.now)}`, who);
      invited.add(who);
    };
    const pageOf = async (who: Who) => {
      const context = await deviceOf(browser, devices, who);
      return context.pages()[0] ?? context.newPage();
    };
    await use({
      ...house,
      at: (day, time = '10:00') => void (house.clock.now = new Date(`${day}T${time}:00+08:00`)),
      ask: async (text, values = []) => (await databases.owner.query(text, values)).rows,
      invite: async (who) => invite(await pageOf(who), who),
      as: async (who, path = '') => {
        const { portal } = ACCOUNTS[who];
        const page = await pageOf(who);
        const context = page.context();
        await page.setViewportSize(sizeOf(who));
        await context.clearCookies();
        if (!invited.has(who)) await invite(page, who);
        if (cookies.has(who)) await context.addCookies(cookies.get(who)!);
        await page.goto(`${house.address}/${portal}${path}`);
        if (!cookies.has(who)) cookies.set(who, await signIn(page, who));
        return page;
      },
    });
    for (const context of devices.values()) await context.close();
    await databases.close();
  },
});

/** Follows a queue of the first page, once it has counted what waits and stands still. */
export async function fromHome(page: Page, queue: RegExp): Promise<void> {
  await expect(page.getByText('没有等待的：')).toBeVisible();
  await page.locator('main').getByRole('link', { name: queue }).first().click();
}

/** The family, the assessor and the township work on a phone, the others at a desk. */
const sizeOf = (who: Who) => (who === 'family' || who === 'assessor' || who === 'township' ? { width: 390, height: 844 } : { width: 1360, height: 860 });

/** The family and the assessor have a device each; the office shares a browser here, everybody with the own session. */
async function deviceOf(browser: Browser, devices: Map<string, BrowserContext>, who: Who): Promise<BrowserContext> {
  const device = who === 'family' || who === 'assessor' ? who : 'office';
  const known = devices.get(device);
  if (known) return known;
  const more = device === 'assessor' ? { permissions: ['geolocation', 'camera', 'microphone'], geolocation: { longitude: 117.4511, latitude: 33.5222, accuracy: 12 } } : {};
  const made = await browser.newContext({ viewport: sizeOf(who), locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce', ...more });
  made.setDefaultTimeout(20_000);
  devices.set(device, made);
  return made;
}

function wanted(who: Who) {
  const one: Account = ACCOUNTS[who];
  return { name: who, display: one.display, role: one.role, area: one.area ?? null, institution: one.institution ? INSTITUTION.code : null, worker: one.worker ?? null, persons: one.persons ?? [] };
}

/** Opens the one-time link of the account that the command made, and sets the own password. */
async function setPassword(page: Page, link: string, who: Who): Promise<void> {
  await page.goto(link);
  await page.getByLabel('新密码').fill(passwordOf(who));
  if (ACCOUNTS[who].portal === 'family') await page.getByLabel('再输一次').fill(passwordOf(who));
  await page.getByRole('button', { name: '设置密码' }).click();
  await expect(page.getByRole('heading', { name: '密码已设置' })).toBeVisible();
}

/** Signs in where the portal asks for it, and returns the session that the device holds from then on. */
async function signIn(page: Page, who: Who): Promise<Session> {
  await page.getByLabel('账号', { exact: true }).fill(who);
  await page.getByLabel('密码', { exact: true }).fill(passwordOf(who));
  const answered = page.waitForResponse((answer) => answer.url().endsWith('/api/session') && answer.request().method() === 'POST');
  await page.getByRole('button', { name: '登录', exact: true }).click();
  expect((await answered).status()).toBe(200);
  return page.context().cookies();
}

const passwordOf = (who: Who): string => `the own password of ${who}`;
