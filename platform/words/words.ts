/** Every word a person sees stands in a module's zh.yaml and en.yaml; sentences are built from a code and its parameters. */
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

export type Lang = 'zh' | 'en';
export type WordTree = { [key: string]: string | WordTree };
export type Words = Record<Lang, Record<string, WordTree>>;

/** Reads the words of all modules: language → module → section → key. */
export function loadWords(modules: readonly { name: string; words: URL }[]): Words {
  const words: Words = { zh: {}, en: {} };
  for (const one of modules) {
    for (const lang of ['zh', 'en'] as const) {
      const file = new URL(`${lang}.yaml`, one.words);
      if (!existsSync(file)) throw new Error(`${file.pathname} is missing: every module words its refusals and reasons in both languages`);
      words[lang][one.name] = (parse(readFileSync(file, 'utf8')) ?? {}) as WordTree;
    }
  }
  return words;
}

/** Puts parameters into a sentence: `{name}`. Lists are joined, missing ones show as –. */
export function fill(sentence: string, params: Record<string, unknown>): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined || value === null) return '–';
    return Array.isArray(value) ? value.join('、') : String(value);
  });
}

/** The sentence of a code in a section (`refusals`, `reasons`, `plain`, `events`) of whichever module words it; the code itself when nobody does. */
export function sentence(words: Words, lang: Lang, section: string, code: string, params: Record<string, unknown> = {}): string {
  for (const tree of Object.values(words[lang])) {
    const part = tree[section];
    if (typeof part === 'object') {
      const text = part[code];
      if (typeof text === 'string') return fill(text, params);
    }
  }
  return code;
}

/** True when some module words this code in this section. */
export function isWorded(words: Words, lang: Lang, section: string, code: string): boolean {
  return Object.values(words[lang]).some((tree) => {
    const part = tree[section];
    return typeof part === 'object' && typeof part[code] === 'string';
  });
}
