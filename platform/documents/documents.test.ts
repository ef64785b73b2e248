import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import QRCode from 'qrcode';
import { expect, it } from 'vitest';
import { glyphRanges, loadFonts } from './fonts.ts';
import { qrSvg } from './qr.ts';
import { renderPdf } from './render.ts';

it('has fonts for the rare characters of names and for document numbers', () => {
  const { has } = loadFonts(undefined);
  for (const character of '王䶮㛃𬭎𫖯㐱𪩘鿏〔〕Ⅲ￥·①') expect([character, has(character.codePointAt(0)!)]).toEqual([character, true]);
  expect(has(0x2a6d0)).toBe(false);
});

it('takes more fonts from the folder of the office', async () => {
  const empty = await mkdtemp(join(tmpdir(), 'changhu-fonts-'));
  expect(loadFonts(empty).blobs).toHaveLength(2);
  await rm(empty, { recursive: true });
  const bold = createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/900Black/NotoSansSC_900Black.ttf');
  expect(loadFonts(join(bold, '..')).blobs).toHaveLength(3);
  expect(glyphRanges(readFileSync(bold)).some(([first, last]) => first <= 0x738b && 0x738b <= last)).toBe(true);
});

it('is a bug to name a template that does not exist or lies outside the project', async () => {
  await expect(renderPdf('/etc/hostname', {})).rejects.toThrow('no document template');
  expect(existsSync(new URL('base.typ', import.meta.url))).toBe(true);
  await expect(renderPdf(new URL('nothing.typ', import.meta.url), {})).rejects.toThrow('no document template');
});

it('draws exactly the modules of the code, with a quiet zone of four', () => {
  fc.assert(fc.property(fc.webUrl({ withQueryParameters: true }), (url) => {
    const { modules } = QRCode.create(url, { errorCorrectionLevel: 'M' });
    const dark = Array.from(modules.data.keys()).filter((at) => modules.data[at]);
    const expected = dark.map((at) => `${(at % modules.size) + 4},${Math.floor(at / modules.size) + 4}`);
    expect([...qrSvg(url).matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => `${x},${y}`)).toEqual(expected);
  }), { numRuns: 20 });
});
