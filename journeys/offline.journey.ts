/** A visit without network: the phone opens, records, dies, goes on, and brings everything once when the network is back. */
import { createHash } from 'node:crypto';
import { expect } from '@playwright/test';
import type { BrowserContext, Page } from '@playwright/test';
import pg from 'pg';
import config from '../playwright.config.ts';
import { signIn, test } from './house.ts';
import type { JourneyHouse } from './house.ts';
import { onward, photograph, sign } from './phone.ts';

const NAME = '吴建国';
const DEVICE = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
/** Longer than the two pieces of ten seconds that must be there before the phone dies. */
const FIRST_TAKE_MS = 21_500;

test.use({
  viewport: { width: 390, height: 844 },
  permissions: ['geolocation', 'camera', 'microphone'],
  geolocation: { longitude: 117.4511, latitude: 33.5222, accuracy: 12 },
  launchOptions: { ...config.use?.launchOptions, args: [...(config.use?.launchOptions?.args ?? []), ...DEVICE] },
});

test('an assessor does a whole visit without network, loses nothing when the phone dies, and everything arrives once', async ({ page, context, house }) => {
  test.setTimeout(300_000);
  await test.step('the portal is opened once with network, and then opens without', () => openTwice(page, context, house));
  await test.step('arrival, persons and the camera', () => beginVisit(page));
  await test.step('half of the items, with a photograph', () => answer(page, 9));
  await page.waitForTimeout(FIRST_TAKE_MS);
  const again = await test.step('the phone dies and comes back to the same item', () => dieAndReturn(page, context, house));
  await test.step('the rest of the items, with a contradiction that the assessor explains', () => finishItems(again));
  await test.step('both sides sign, and the visit waits on the phone', () => signAndFinish(again));
  const kept = await hashesOnPhone(again);
  await test.step('back online everything is sent, though one piece fails at first', () => sendAll(again, context, house));
  await test.step('the server holds each thing once, with the same hashes, and the case is assessed', () => compare(house, kept));
  await test.step('another assessor\'s phone sees nothing of it', () => otherPhone(page, house));
});

async function openTwice(page: Page, context: BrowserContext, house: JourneyHouse): Promise<void> {
  await signIn(page, house, 'assess', 'assessor-01');
  await expect(page.getByRole('article', { name: NAME })).toBeVisible();
  await expect(page.getByText('离线可用', { exact: false })).toBeVisible();
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByText('没有网络，用的是', { exact: false })).toBeVisible();
  await expect(page.getByRole('article', { name: NAME })).toBeVisible();
}

async function beginVisit(page: Page): Promise<void> {
  await page.getByRole('article', { name: NAME }).getByRole('button', { name: '开始评估' }).click();
  await page.getByRole('button', { name: '我到了，记下时间' }).click();
  await page.getByRole('button', { name: '记下位置' }).click();
  await expect(page.getByText('已记下，误差约 12 米')).toBeVisible();
  await page.getByText('已向老人和家属出示工作证件').click();
  await page.getByText('已说明评估、录像和信息用途', { exact: false }).click();
  await onward(page, '在场人员');
  await expect(page.getByText(/^\d{3}\*+\d{2}$/)).toBeVisible();
  const number = page.getByRole('region', { name: '被评估人' }).getByLabel('证件上的号码');
  await number.fill('000000');
  await expect(page.getByText('与受理信息不一致', { exact: false })).toBeVisible();
  await number.fill(await lastSix(page));
  await expect(page.getByText('与受理信息一致。')).toBeVisible();
  await photograph(page, '证件');
  await page.getByText('顾文澜').click();
  await page.getByLabel('姓名').fill('吴敏');
  await page.getByRole('region', { name: '在场的家属或监护人' }).getByLabel('证件号码').fill('123X');
  await onward(page, '录像');
  await page.getByRole('button', { name: '开始录像' }).click();
  await expect(page.getByText(/录像 \d+:\d\d/).first()).toBeVisible();
  await onward(page, '逐项评估');
}

/** The last six characters as they stand on the card; read from the phone's own store, as an assessor reads the card. */
const lastSix = (page: Page): Promise<string> =>
  page.evaluate(async (name) => {
    const { name: database } = (await indexedDB.databases()).find((one) => one.name?.startsWith('changhu-assess-'))!;
    const db = await new Promise<IDBDatabase>((resolve) => Object.assign(indexedDB.open(database!), { onsuccess: (event: Event) => resolve((event.target as IDBOpenDBRequest).result) }));
    const rows = await new Promise<{ case: { personName: string; identityNumber: string } }[]>((resolve) =>
      Object.assign(db.transaction('grounds').objectStore('grounds').getAll(), { onsuccess: (event: Event) => resolve((event.target as IDBRequest).result as never) }),
    );
    db.close();
    return rows.find((one) => one.case.personName === name)!.case.identityNumber.slice(-6);
  }, NAME);

/** Answers the next items, each with its first option: the person is bed-bound. */
async function answer(page: Page, count: number): Promise<void> {
  for (let done = 0; done < count; done += 1) {
    await page.locator('.item .card').first().click();
    if (done === 0) await photograph(page, '这一项的佐证');
    if (done < count - 1) await page.getByRole('button', { name: '下一项' }).click();
  }
  await expect(page.getByText(`已答 ${count} / 17 项`)).toBeVisible();
}

/** The page is gone without a word; a new one comes back to the same item, with every answer and piece. */
async function dieAndReturn(page: Page, context: BrowserContext, house: JourneyHouse): Promise<Page> {
  const item = await page.locator('.item h2').innerText();
  await page.close({ runBeforeUnload: false });
  const again = await context.newPage();
  await again.goto(`${house.address}/assess`);
  await again.getByRole('link', { name: NAME }).click();
  await expect(again.locator('.item h2')).toHaveText(item);
  await expect(again.getByText('已答 9 / 17 项')).toBeVisible();
  await again.getByRole('link', { name: '录像已停，点此继续' }).click();
  await expect(again.getByText(/已存 0:\d\d，\d+ 段/)).toBeVisible();
  await again.getByRole('button', { name: '开始录像' }).click();
  await expect(again.getByText(/录像 \d+:\d\d/).first()).toBeVisible();
  await onward(again, '逐项评估');
  return again;
}

async function finishItems(page: Page): Promise<void> {
  await expect(page.locator('.item h2')).toHaveText('上下楼');
  // Bed-bound, yet climbs stairs: pointed out at once, and not decided for the assessor.
  await page.locator('.item .card').nth(1).click();
  await expect(page.getByText('卧床不能行走，却能上下楼')).toBeVisible();
  for (let left = 8; left > 0; left -= 1) {
    await page.getByRole('button', { name: '下一项' }).click();
    await page.locator('.item .card').first().click();
  }
  await expect(page.getByText('已答 17 / 17 项')).toBeVisible();
  await onward(page, '核对');
  await expect(page.getByText('还有 1 处不一致没有说明')).toBeVisible();
  await page.getByLabel('说明', { exact: true }).fill('住一楼，上下楼指在康复训练时由两人扶着试过。');
  await page.getByLabel('询问情况').fill('长期卧床，由女儿照料，夜间需翻身。');
  await expect(page.getByText('都齐了，可以请双方签字。')).toBeVisible();
  await onward(page, '签字完成');
}

async function signAndFinish(page: Page): Promise<void> {
  for (const label of [/^同来人员签字：顾文澜/, /^家属签字：吴敏/]) {
    const field = page.getByRole('region', { name: label });
    await sign(page, field.locator('canvas'));
    await field.getByRole('button', { name: '保存签字' }).click();
    await expect(field.getByText('已签字')).toBeVisible();
  }
  await page.getByRole('button', { name: '完成，准备上传' }).click();
  await expect(page.getByText('没有网络。内容都在手机上，有网络时自动上传。')).toBeVisible();
  await expect(page.getByText('1 份未上传')).toBeVisible();
}

async function sendAll(page: Page, context: BrowserContext, house: JourneyHouse): Promise<void> {
  house.clock.now = new Date(house.clock.now.getTime() + 30 * 60_000);
  let failed = 0;
  await context.route(/\/video\/low\/1\?/, (route) => ((failed += 1) === 1 ? route.abort('connectionreset') : route.continue()));
  await context.setOffline(false);
  await expect(page.getByText('评估已提交。')).toBeVisible({ timeout: 40_000 });
  expect(failed).toBeGreaterThan(1);
  await page.getByRole('button', { name: '现在就上传完整录像' }).click();
  await expect(page.getByText('全部上传完毕')).toBeVisible({ timeout: 40_000 });
  await expect(page.getByText('17 项答案，4 张照片和签字', { exact: false })).toBeVisible();
  await expect(page.getByText('全部已上传')).toBeVisible();
}

interface PartHash {
  kind: string;
  number: number;
  sha256: string;
}

/** What the phone holds before anything is sent: kind, number, and the hash of the bytes, counted anew. */
async function hashesOnPhone(page: Page): Promise<PartHash[]> {
  const parts = await page.evaluate(async () => {
    const { name } = (await indexedDB.databases()).find((one) => one.name?.startsWith('changhu-assess-'))!;
    const db = await new Promise<IDBDatabase>((resolve) => Object.assign(indexedDB.open(name!), { onsuccess: (event: Event) => resolve((event.target as IDBOpenDBRequest).result) }));
    const all = (request: IDBRequest) => new Promise<never>((resolve) => Object.assign(request, { onsuccess: () => resolve(request.result as never) }));
    const rows: { id: string; kind: string; number: number; sha256: string }[] = await all(db.transaction('parts').objectStore('parts').getAll());
    const found: { kind: string; number: number; sha256: string; bytes: number[] }[] = [];
    for (const { id, kind, number, sha256 } of rows) found.push({ kind, number, sha256, bytes: [...new Uint8Array(await all(db.transaction('bytes').objectStore('bytes').get(id)))] });
    db.close();
    return found;
  });
  for (const one of parts) expect(createHash('sha256').update(Uint8Array.from(one.bytes)).digest('hex'), `${one.kind} ${one.number}`).toBe(one.sha256);
  return parts.map(({ kind, number, sha256 }) => ({ kind, number, sha256 }));
}

async function compare(house: JourneyHouse, kept: readonly PartHash[]): Promise<void> {
  const db = new pg.Client({ connectionString: house.databaseUrl });
  await db.connect();
  try {
    const rows = async <T extends object>(text: string, values: unknown[] = []) => (await db.query<T>(text, values)).rows;
    const [visit, ...others] = await rows<{ id: string; state: string; application: string; answers: number; remarks: number }>(
      `SELECT v.id, v.state, a.state AS application, (SELECT count(*)::int FROM jsonb_object_keys(r.content -> 'answers')) AS answers, (SELECT count(*)::int FROM jsonb_object_keys(r.content -> 'remarks')) AS remarks
         FROM assessments.site_visit v JOIN assessments.application a ON a.district_code = v.district_code AND a.id = v.application_id
         JOIN assessments.site_visit_revision r ON r.district_code = v.district_code AND r.site_visit_id = v.id AND r.revision = v.revision
        WHERE (v.district_code, v.person_id) IN (SELECT district_code, id FROM people.person WHERE name = $1)`,
      [NAME],
    );
    expect(others).toEqual([]);
    expect(visit).toMatchObject({ state: 'submitted', application: 'scored', answers: 17, remarks: 1 });
    const pieces = await rows<PartHash>('SELECT rendition AS kind, piece AS number, sha256 FROM assessments.site_video_piece WHERE site_visit_id = $1', [visit!.id]);
    const inOrder = (all: readonly PartHash[]) => all.map((one) => `${one.kind} ${one.number} ${one.sha256}`).sort();
    expect(inOrder(pieces)).toEqual(inOrder(kept.filter((one) => one.kind !== 'evidence')));
    expect(pieces.filter((one) => one.kind === 'low').length).toBeGreaterThanOrEqual(3);
    const evidence = await rows<{ sha256: string }>('SELECT sha256 FROM assessments.site_evidence WHERE site_visit_id = $1', [visit!.id]);
    expect(evidence.map((one) => one.sha256).sort()).toEqual(kept.filter((one) => one.kind === 'evidence').map((one) => one.sha256).sort());
    const videos = await rows<{ rendition: string; takes: number[]; duration: number; sealed: boolean }>('SELECT rendition, takes, duration_ms AS duration, sealed_at IS NOT NULL AS sealed FROM assessments.site_video WHERE site_visit_id = $1 ORDER BY 1', [visit!.id]);
    expect(videos.map(({ rendition, sealed, takes }) => [rendition, sealed, takes.length])).toEqual([['full', true, 2], ['low', true, 2]]);
    for (const video of videos) expect(video.duration).toBeGreaterThan(20_000);
    const assessed = await rows<{ kind: string }>(`SELECT kind FROM platform.event WHERE kind IN ('assessments.assessed', 'assessments.siteVisitSubmitted') AND subject_id IN (SELECT id FROM assessments.assessment WHERE application_id IN (SELECT application_id FROM assessments.site_visit WHERE id = $1) UNION SELECT $1::uuid)`, [visit!.id]);
    expect(assessed.map((one) => one.kind).sort()).toEqual(['assessments.assessed', 'assessments.siteVisitSubmitted']);
  } finally {
    await db.end();
  }
}

async function otherPhone(_page: Page, house: JourneyHouse): Promise<void> {
  const { chromium } = await import('@playwright/test');
  const browser = await chromium.launch({ ...config.use?.launchOptions });
  try {
    const page = await browser.newPage();
    await signIn(page, house, 'assess', 'assessor-02');
    await expect(page.getByRole('heading', { name: '上门任务' })).toBeVisible();
    await expect(page.getByText('任务更新于', { exact: false })).toBeVisible();
    await expect(page.getByText(NAME)).toHaveCount(0);
    await expect(page.getByText('全部已上传')).toBeVisible();
  } finally {
    await browser.close();
  }
}
