/**
 * The fonts that documents are set in, and what they can write. A letter with an empty box instead of a name is worse
 * than none, so a character without a glyph is refused before printing.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { assert } from '#kit/refuse.ts';

export interface DocumentFonts {
  blobs: Buffer[];
  /** True when one of the fonts has a glyph for the character. */
  has: (codePoint: number) => boolean;
}

/**
 * Noto Sans SC (regular and bold), and every .ttf and .otf of `FONT_DIR` where an office has
 * its own fonts for rarer name characters (GB 18030-2022 level 3).
 */
export function loadFonts(fontDir: string | undefined): DocumentFonts {
  const root = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/package.json'));
  const files = [
    join(root, '400Regular', 'NotoSansSC_400Regular.ttf'),
    join(root, '700Bold', 'NotoSansSC_700Bold.ttf'),
    ...(fontDir ? readdirSync(fontDir).filter((name) => /\.[ot]tf$/i.test(name)).sort().map((name) => join(fontDir, name)) : []),
  ];
  const blobs = files.map((file) => readFileSync(file));
  const ranges = blobs.flatMap(glyphRanges);
  const known = new Map<number, boolean>();
  const has = (codePoint: number): boolean => {
    let answer = known.get(codePoint);
    if (answer === undefined) {
      answer = ranges.some(([first, last]) => first <= codePoint && codePoint <= last);
      known.set(codePoint, answer);
    }
    return answer;
  };
  return { blobs, has };
}

/** Ranges of code points that an OpenType font maps to glyphs: its cmap table, format 12 or, without one, format 4. */
export function glyphRanges(font: Buffer): [number, number][] {
  const tables = font.readUInt16BE(4);
  let cmap = 0;
  for (let i = 0; i < tables; i++) {
    const record = 12 + i * 16;
    if (font.toString('latin1', record, record + 4) === 'cmap') cmap = font.readUInt32BE(record + 8);
  }
  assert(cmap > 0, 'a document font must have a cmap table');
  const subtables = Array.from({ length: font.readUInt16BE(cmap + 2) }, (_, i) => cmap + font.readUInt32BE(cmap + 8 + i * 8));
  const full = subtables.find((at) => font.readUInt16BE(at) === 12);
  if (full !== undefined) {
    return Array.from({ length: font.readUInt32BE(full + 12) }, (_, i) => {
      const group = full + 16 + i * 12;
      return [font.readUInt32BE(group), font.readUInt32BE(group + 4)];
    });
  }
  const basic = subtables.find((at) => font.readUInt16BE(at) === 4);
  assert(basic !== undefined, 'a document font must map Unicode (cmap format 12 or 4)');
  const bytes = font.readUInt16BE(basic + 6);
  return Array.from({ length: bytes / 2 }, (_, i) => [
    font.readUInt16BE(basic + 16 + bytes + i * 2),
    font.readUInt16BE(basic + 14 + i * 2),
  ]);
}
