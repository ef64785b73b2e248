/** The sentences of refusals, read from the zh.yaml and en.yaml that stand beside the code. */
import { readFile } from 'node:fs/promises';
import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import type { Bilingual } from '#kit/contract.ts';
import type { InputError, Refusal, RefusalParams } from '#kit/refuse.ts';

const root = dirname(import.meta.dirname);

/** What a person at the terminal reads for a refusal: its sentence, then one line per bad row. */
export async function refusalSentences(refusal: Refusal): Promise<Bilingual> {
  const [zh, en] = await Promise.all([wordsOf('zh'), wordsOf('en')]);
  return { zh: text(refusal, zh, 'zh'), en: text(refusal, en, 'en') };
}

function text(refusal: Refusal, words: Map<string, string>, language: 'zh' | 'en'): string {
  const first = fill(words.get(refusal.code) ?? refusal.code, refusal.params);
  return [first, ...refusal.errors.map((error) => errorLine(error, words, language))].join('\n');
}

function errorLine(error: InputError, words: Map<string, string>, language: 'zh' | 'en'): string {
  const why = fill(words.get(error.code) ?? error.code, error.params ?? {});
  const at = error.row === undefined ? '' : language === 'zh' ? `第 ${error.row} 行 ` : `row ${error.row} `;
  return `  ${at}${error.column} = ${JSON.stringify(error.value)}: ${why}`;
}

/** Puts the parameters into `{{name}}` or `{name}`. */
export function fill(sentence: string, params: RefusalParams): string {
  return sentence.replace(/\{\{?\s*(\w+)\s*\}?\}/g, (whole, name: string) => String(params[name] ?? whole));
}

async function wordsOf(language: 'zh' | 'en'): Promise<Map<string, string>> {
  const words = new Map<string, string>();
  for (const file of globSync(`{platform,domain,server,world}/**/${language}.yaml`, { cwd: root })) {
    const content = parse(await readFile(join(root, file), 'utf8')) as { refusals?: Record<string, string> } | null;
    for (const [code, sentence] of Object.entries(content?.refusals ?? {})) words.set(code, sentence);
  }
  return words;
}
