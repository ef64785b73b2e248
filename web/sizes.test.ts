/** First load of each portal: the compressed JavaScript that the browser must have before the first page shows. */
import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';

const BUILD = new URL('../dist/web/', import.meta.url);
const MANIFEST = new URL('.vite/manifest.json', BUILD);

interface Chunk {
  file: string;
  isEntry?: boolean;
  imports?: string[];
  dynamicImports?: string[];
}

/** Budgets in kB of gzip. */
const PORTALS = [
  { name: 'office', entry: 'office/index.html', page: 'office/index.html', budgetKb: 400, first: ['office/pages/access.tsx', 'office/pages/home.tsx'] },
  { name: 'family', entry: 'family/index.html', page: 'family/index.html', budgetKb: 200, first: [] },
  { name: 'assessor', entry: 'assessor/index.html', page: 'assess/index.html', budgetKb: 200, first: [] },
  { name: 'public', entry: 'public/index.html', page: 'index.html', budgetKb: 120, first: [] },
] as const;

function manifest(): Record<string, Chunk> {
  if (!existsSync(MANIFEST)) throw new Error('the web is not built: run `node bin/build-web.ts` or npm test');
  return JSON.parse(readFileSync(MANIFEST, 'utf8')) as Record<string, Chunk>;
}

/** Every script that the entry imports statically, itself included. */
function closure(chunks: Record<string, Chunk>, entry: string, seen = new Set<string>()): Set<string> {
  const chunk = chunks[entry];
  if (!chunk) throw new Error(`the build has no entry ${entry}`);
  if (seen.has(entry)) return seen;
  seen.add(entry);
  for (const one of chunk.imports ?? []) closure(chunks, one, seen);
  return seen;
}

const gzipBytes = (file: string) => gzipSync(readFileSync(new URL(file, BUILD)), { level: 9 }).length;

describe('the first load', () => {
  for (const { name, entry, page, budgetKb, first } of PORTALS) {
    test(`of the ${name} pages stays within ${budgetKb} kB of compressed JavaScript`, () => {
      const chunks = manifest();
      // The entry alone, and with each of the pages that may come first.
      for (const pages of [[], ...first.map((one) => [one])]) {
        const needed = pages.reduce((seen, one) => closure(chunks, one, seen), closure(chunks, entry));
        const files = [...needed].map((one) => chunks[one]!.file).filter((file) => file.endsWith('.js'));
        expect(files.length).toBeGreaterThan(0);
        const sizes = files.map((file) => ({ file, kb: gzipBytes(file) / 1000 }));
        const totalKb = sizes.reduce((sum, one) => sum + one.kb, 0);
        expect(totalKb, [`${name} ${pages.join(' ')}`, ...sizes.map((one) => `${one.file} ${one.kb.toFixed(1)} kB`)].join('\n')).toBeLessThanOrEqual(budgetKb);
      }
    });

    test(`of the ${name} pages has its page, and no script inside it that the server's policy would refuse`, () => {
      const html = readFileSync(new URL(page, BUILD), 'utf8');
      expect(html).toContain('<div id="root"');
      for (const script of html.match(/<script\b[^>]*>[^<]*/g) ?? []) expect(script).toMatch(/\bsrc="\/assets\/[^"]+"[^>]*>\s*$/);
      expect(html).not.toMatch(/\son\w+="/);
    });
  }

  test('leaves the drawing of charts out', () => {
    const chunks = manifest();
    const canvas = Object.keys(chunks).find((one) => one.endsWith('ui/chart-canvas.tsx'));
    expect(canvas).toBeDefined();
    for (const { entry } of PORTALS) expect(closure(chunks, entry).has(canvas!)).toBe(false);
  });
});
