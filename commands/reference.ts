/** `npm run reference`: writes the generated documents; with `--check` it only tells which of them are stale. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openEmbedded } from '#platform/db/embedded.ts';
import { migrate } from '#platform/db/migrate.ts';
import { makePages } from '../tidy/reference/pages.ts';

const ROOT = join(import.meta.dirname, '..');
const HELP = `npm run reference             由政策、接口、文字和数据库生成 docs/reference/*.md 和 db/schema.sql
                              writes docs/reference/*.md and db/schema.sql from policy, contracts, words and the database
npm run reference -- --check  只检查；有过期的文件时列出并以 1 退出
                              only checks; names what is stale and exits with 1
用一台临时的空数据库，不碰正在使用的数据。 It works on an empty database of its own, never on the one in use.
`;

/** Exit code 0 when all is written or fresh, 1 when `--check` finds something stale. */
export async function run(args: string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(HELP);
    return 0;
  }
  const pages = await onEmptyDatabase(makePages);
  const stale = stalePages(pages);
  if (args.includes('--check')) {
    for (const path of stale) process.stdout.write(`${path} 已过期，请运行 npm run reference  is stale: run npm run reference\n`);
    if (stale.length === 0) process.stdout.write('参考文档都是最新的。  The reference documents are up to date.\n');
    return stale.length === 0 ? 0 : 1;
  }
  for (const path of stale) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), pages.get(path)!);
    process.stdout.write(`  ${path}\n`);
  }
  process.stdout.write(`写了 ${stale.length} 个文件，共 ${pages.size} 个。  Wrote ${stale.length} of ${pages.size} files.\n`);
  return 0;
}

/** Paths whose file differs from what would be written. */
export function stalePages(pages: ReadonlyMap<string, string>): string[] {
  return [...pages].filter(([path, text]) => !existsSync(join(ROOT, path)) || readFileSync(join(ROOT, path), 'utf8') !== text).map(([path]) => path);
}

async function onEmptyDatabase<T>(work: (url: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'changhu-reference-'));
  chmodSync(folder, 0o755);
  try {
    const database = await openEmbedded({ dataDir: join(folder, 'data'), forTests: true, log: () => undefined });
    try {
      await migrate(database.url);
      return await work(database.url);
    } finally {
      await database.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
