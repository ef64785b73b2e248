/** What the assessor's portal needs to open without network: its page, scripts, styles and words, and the worker that keeps them. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface Chunk {
  file: string;
  css?: string[];
  assets?: string[];
  imports?: string[];
  dynamicImports?: string[];
}

const SOURCE = fileURLToPath(new URL('./assessor/', import.meta.url));

/** Every file that an entry of the build's manifest can ever ask for, in a lasting order. */
export function filesOf(manifest: Record<string, Chunk>, entry: string): string[] {
  const seen = new Set<string>();
  const files = new Set<string>();
  const walk = (name: string) => {
    const chunk = manifest[name];
    if (!chunk) throw new Error(`the build has no ${name}`);
    if (seen.has(name)) return;
    seen.add(name);
    for (const file of [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]) files.add(file);
    for (const next of [...(chunk.imports ?? []), ...(chunk.dynamicImports ?? [])]) walk(next);
  };
  walk(entry);
  return [...files].sort();
}

/** The text of the worker: the list of its files and a version that changes when one of them does stand before it. */
export function workerText(page: string, files: readonly string[], source: string): string {
  const version = createHash('sha256').update(page).update(JSON.stringify(files)).update(source).digest('hex').slice(0, 16);
  const kept = ['/assess/index.html', '/assess/icon.svg', '/assess/manifest.webmanifest', ...files.map((file) => `/${file}`)];
  return `const VERSION = ${JSON.stringify(version)};\nconst KEPT = ${JSON.stringify(kept)};\n${source}`;
}

/** Moves the built page to where the server looks for it and writes the worker, the icon and the manifest beside it. */
export function finishAssessorPortal(out: string): void {
  mkdirSync(`${out}/assess`, { recursive: true });
  renameSync(`${out}/assessor/index.html`, `${out}/assess/index.html`);
  rmSync(`${out}/assessor`, { recursive: true });
  for (const name of ['icon.svg', 'manifest.webmanifest']) writeFileSync(`${out}/assess/${name}`, readFileSync(`${SOURCE}${name}`));
  const manifest = JSON.parse(readFileSync(`${out}/.vite/manifest.json`, 'utf8')) as Record<string, Chunk>;
  const page = readFileSync(`${out}/assess/index.html`, 'utf8');
  writeFileSync(`${out}/assess/worker.js`, workerText(page, filesOf(manifest, 'assessor/index.html'), readFileSync(`${SOURCE}worker.js`, 'utf8')));
}
