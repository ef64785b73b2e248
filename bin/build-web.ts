/** Builds the web when its sources changed since the last build; `dist/.web-sha256` remembers for which sources it was made. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Bilingual } from '#kit/contract.ts';

const root = dirname(import.meta.dirname);
const CONFIG = join(root, 'web', 'vite.config.ts');

/**
 * Makes `dist/` fit the sources of the web; throws with the end of the build's output when it fails.
 * `absent`: the project has no web yet, or WEB_BUILD=skip is set.
 */
export async function ensureWebBuilt(log: (sentence: Bilingual) => void = tell): Promise<'built' | 'fresh' | 'absent'> {
  if (!existsSync(CONFIG) || process.env['WEB_BUILD'] === 'skip') return 'absent';
  const dist = join(root, 'dist');
  const stamp = join(dist, '.web-sha256');
  const wanted = sourcesHash();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8').trim() === wanted) return 'fresh';

  log({ zh: '正在构建网页 …', en: 'Building the web …' });
  rmSync(stamp, { force: true });
  const { code, output } = await vite(['build', '--config', CONFIG, '--logLevel', 'warn']);
  if (code !== 0) throw new Error(`网页构建失败  the web could not be built:\n${output.trimEnd().split('\n').slice(-40).join('\n')}`);
  mkdirSync(dist, { recursive: true });
  compressPages(join(dist, 'web'));
  writeFileSync(stamp, `${wanted}\n`);
  return 'built';
}

/** Beside every text file its compressed forms: what a phone loads is what the size test counts. */
function compressPages(folder: string): void {
  for (const path of filesBelow(folder, (name) => /\.(js|css|html|svg|json)$/.test(name))) {
    const bytes = readFileSync(path);
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
    writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
  }
}

function vite(args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env, NODE_ENV: 'production' };
    const child = spawn(process.execPath, [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), ...args], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (data: Buffer) => (output += data.toString()));
    child.stderr.on('data', (data: Buffer) => (output += data.toString()));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** One hash over everything that the web's build reads. */
function sourcesHash(): string {
  const hash = createHash('sha256');
  const files = [
    join(root, 'package-lock.json'),
    join(root, 'package.json'),
    ...filesBelow(join(root, 'web'), () => true),
    ...filesBelow(join(root, 'kit'), () => true),
    ...filesBelow(join(root, 'domain'), (path) => /(contract|model|contradictions)(\.ts|\/)|\/scale\/|(zh|en)\.yaml$/.test(path)),
    ...filesBelow(join(root, 'platform'), (path) => /contract\.ts$|(zh|en)\.yaml$/.test(path)),
  ];
  for (const file of files.filter((path) => !/\.test\.tsx?$/.test(path)).sort()) {
    hash.update(`${relative(root, file)}\n`).update(readFileSync(file)).update('\n');
  }
  return hash.digest('hex');
}

function filesBelow(folder: string, wanted: (path: string) => boolean): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => wanted(relative(root, path).split(sep).join('/')));
}

function tell({ zh, en }: Bilingual): void {
  process.stderr.write(`${zh}  ${en}\n`);
}

if (import.meta.main) await ensureWebBuilt();
