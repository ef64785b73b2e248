/** Every word a person sees stands in a module's zh.yaml and en.yaml; sentences are built from a code and its parameters. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

export type Lang = 'zh' | 'en';
export type WordTree = { [key: string]: string | WordTree };
export type Words = Record<Lang, Record<string, WordTree>>;

/** Reads the words of all modules: language → module → section → key. A module whose words are many keeps some beside the capability they belong to (`<module>/<capability>/zh.yaml`). */
export function loadWords(modules: readonly { name: string; words: URL }[]): Words {
  const words: Words = { zh: {}, en: {} };
  for (const one of modules) {
    for (const lang of ['zh', 'en'] as const) {
      const file = new URL(`${lang}.yaml`, one.words);
      if (!existsSync(file)) throw new Error(`${file.pathname} is missing: every module words its refusals and reasons in both languages`);
      const beside = readdirSync(one.words, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => new URL(`${entry.name}/${lang}.yaml`, one.words)).filter((path) => existsSync(path));
      words[lang][one.name] = [file, ...beside].map((path) => (parse(readFileSync(path, 'utf8')) ?? {}) as WordTree).reduce(joined);
    }
  }
  return words;
}

/** Two trees of words as one; sections that both have are joined. */
function joined(tree: WordTree, more: WordTree): WordTree {
  const sections = Object.entries(more).map(([section, part]): [string, string | WordTree] => {
    const held = tree[section];
    return [section, typeof held === 'object' && typeof part === 'object' ? { ...held, ...part } : part];
  });
  return { ...tree, ...Object.fromEntries(sections) };
}

/** Puts parameters into a sentence: `{name}`. Lists are joined, missing ones show as –. */
export function fill(sentence: string, params: Record<string, unknown>): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined || value === null) return '–';
    return Array.isArray(value) ? value.join('、') : String(value);
  });
}

/** `homeVisit`, `NOT_INSURED`. */
const CODE = /^(?:[a-z]+(?:[A-Z][a-z]+)*|[A-Z]+(?:_[A-Z0-9]+)*)$/;

function wordIn(tree: WordTree | undefined, section: string, key: string): string | undefined {
  const part = tree?.[section];
  const text = typeof part === 'object' ? part[key] : undefined;
  return typeof text === 'string' ? text : undefined;
}

/** The word of a code: of the module `own`, and for a code like `homeCare` that cannot be a word of everyday English, of any other module. Undefined when nobody words it. */
export function codeWord(words: Words, lang: Lang, own: string, code: string, sections: readonly string[] = ['values', 'states']): string | undefined {
  if (!CODE.test(code)) return undefined;
  const trees = [words[lang][own], ...(/[A-Z]/.test(code) ? Object.values(words[lang]) : [])];
  for (const tree of trees) for (const section of sections) {
    const text = wordIn(tree, section, code);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** Parameters as people read them: a code is said in the words of the module that words the sentence. What somebody typed (`value`) stays. */
function saidParams(words: Words, lang: Lang, own: string, params: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => {
    if (typeof value !== 'string' || name === 'value') return [name, value];
    return [name, codeWord(words, lang, own, value, /state/i.test(name) ? ['states', 'values'] : ['values', 'states']) ?? value];
  }));
}

/** How a sentence is said when a parameter has no value (an end that is open): `without: { refusals: { CODE: { endsOn: … } } }`. */
function withoutParam(tree: WordTree, section: string, code: string, params: Record<string, unknown>): string | undefined {
  const without = ((tree['without'] as WordTree | undefined)?.[section] as WordTree | undefined)?.[code];
  if (typeof without !== 'object') return undefined;
  const missing = Object.keys(without).find((name) => params[name] === null || params[name] === undefined);
  return missing === undefined ? undefined : String(without[missing]);
}

/** The sentence of a code in a section (`refusals`, `reasons`, `plain`, `events`) of whichever module words it; the code itself when nobody does. */
export function sentence(words: Words, lang: Lang, section: string, code: string, params: Record<string, unknown> = {}): string {
  for (const [own, tree] of Object.entries(words[lang])) {
    const text = wordIn(tree, section, code);
    if (text !== undefined) return fill(withoutParam(tree, section, code, params) ?? text, saidParams(words, lang, own, params));
  }
  return code;
}

/** True when some module words this code in this section. */
export function isWorded(words: Words, lang: Lang, section: string, code: string): boolean {
  return Object.values(words[lang]).some((tree) => wordIn(tree, section, code) !== undefined);
}
