/** Letters and statements as PDF, set by Typst. A template is a .typ file of the module that owns the document. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { assert, refuse } from '#kit/refuse.ts';
import { type DocumentFonts, loadFonts } from './fonts.ts';

/** Templates import `/platform/documents/base.typ` from this root. */
const ROOT = resolve(import.meta.dirname, '../..');

let press: { compiler: NodeCompiler; fonts: DocumentFonts } | undefined;

function openPress() {
  if (!press) {
    const fonts = loadFonts(process.env['FONT_DIR']);
    press = { compiler: NodeCompiler.create({ workspace: ROOT, fontArgs: [{ fontBlobs: fonts.blobs }] }), fonts };
  }
  return press;
}

/**
 * Sets a document. `template` is the path or file URL of a .typ file in this project; `data` reaches it as JSON in
 * `sys.inputs.data` (base.typ reads it). The same data give the same bytes: days and numbers come in with the data.
 * Refuses DOCUMENT_CHARACTER_MISSING when no font has a character of the data.
 */
export async function renderPdf(template: string | URL, data: unknown): Promise<Buffer> {
  const path = typeof template === 'string' && !template.startsWith('file:') ? template : fileURLToPath(template);
  assert(path.startsWith(ROOT) && existsSync(path), `there is no document template ${path}`);
  const { compiler, fonts } = openPress();
  const missing = missingCharacters(data, fonts);
  if (missing.length > 0) {
    refuse('DOCUMENT_CHARACTER_MISSING', {
      characters: missing.join(' '),
      codePoints: missing.map((character) => `U+${character.codePointAt(0)!.toString(16).toUpperCase()}`).join(' '),
    });
  }
  const result = compiler.compile({ mainFilePath: path, inputs: { data: JSON.stringify(data) } });
  if (result.hasError() || !result.result) {
    const error = result.takeError();
    throw new Error(`${path} does not compile: ${JSON.stringify(error ? compiler.fetchDiagnostics(error) : 'no document')}`);
  }
  const pdf = compiler.pdf(result.result);
  compiler.evictCache(10);
  return pdf;
}

/** Characters of all texts in the data that no font can write; blanks and controls do not count. */
function missingCharacters(data: unknown, fonts: DocumentFonts): string[] {
  const missing = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value === 'string') {
      for (const character of value) {
        if (!/[\s\p{Cc}\p{Cf}]/u.test(character) && !fonts.has(character.codePointAt(0)!)) missing.add(character);
      }
    } else if (Array.isArray(value)) value.forEach(visit);
    else if (value !== null && typeof value === 'object') Object.values(value).forEach(visit);
  };
  visit(data);
  return [...missing];
}
