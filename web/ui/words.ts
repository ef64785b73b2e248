/** The words of the pages: namespaces are the modules (`people`) and the portal's own files; keys are `fields.name`. */
import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { Lang } from './preferences.ts';
import { preferences, setPreferences } from './preferences.ts';

export type WordTree = { [key: string]: string | WordTree };
/** Namespace → words. */
export type Book = Record<string, WordTree>;

let loadEnglish: () => Promise<{ default: Book }>;

/** Starts the words of a portal. Chinese is at hand; English is fetched when somebody asks for it. */
export async function startWords(chinese: Book, english: () => Promise<{ default: Book }>): Promise<void> {
  loadEnglish = english;
  const { lang } = preferences();
  const en = lang === 'en' ? (await english()).default : undefined;
  await i18next.use(initReactI18next).init({
    resources: { zh: chinese, ...(en ? { en } : {}) },
    lng: lang,
    fallbackLng: 'zh',
    ns: Object.keys(chinese),
    defaultNS: 'ui',
    interpolation: { escapeValue: false, prefix: '{', suffix: '}' },
    missingInterpolationHandler: () => '–',
    returnNull: false,
    showSupportNotice: false,
    react: { useSuspense: false },
  } as Parameters<typeof i18next.init>[0]);
}

/** Changes the language of the page; what the server words is asked again by the caller. */
export async function changeLang(lang: Lang): Promise<void> {
  if (lang === 'en' && !i18next.hasResourceBundle('en', 'ui')) {
    for (const [namespace, tree] of Object.entries((await loadEnglish()).default)) i18next.addResourceBundle('en', namespace, tree);
  }
  await i18next.changeLanguage(lang);
  setPreferences({ lang });
}

/** Turns `../../domain/people/zh.yaml → tree` of import.meta.glob into namespaces; words that stand beside a capability of a module join the module's. */
export function bookOf(files: Record<string, WordTree>): Book {
  const book: Book = {};
  for (const [path, tree] of Object.entries(files)) {
    const name = /\/domain\/([^/]+)\//.exec(path)?.[1] ?? path.split('/').at(-2)!;
    book[name] = joined(book[name] ?? {}, tree);
  }
  return book;
}

function joined(tree: WordTree, more: WordTree): WordTree {
  const sections = Object.entries(more).map(([section, part]): [string, string | WordTree] => {
    const held = tree[section];
    return [section, typeof held === 'object' && typeof part === 'object' ? { ...held, ...part } : part];
  });
  return { ...tree, ...Object.fromEntries(sections) };
}

export type Say = (key: string, params?: Record<string, unknown>) => string;

/** Says the words of one namespace: `say('fields.name')`; another namespace by `people:fields.name`. */
export function useWords(namespace: string): Say {
  const { t } = useTranslation(namespace);
  return t as unknown as Say;
}

/** The word of a code (`values`, `states`) or the code itself where nobody worded it. */
export function wordOf(say: Say, section: string, code: string | null | undefined): string {
  if (code === null || code === undefined || code === '') return '–';
  return say(`${section}.${code}`, { defaultValue: code });
}

/** The sentence of a code (`reasons`, `refusals`, `plain`) of whichever module words it. */
export function useSentence(): (section: string, code: string, params?: Record<string, unknown>) => string {
  const { t, i18n } = useTranslation();
  return (section, code, params = {}) => {
    const namespace = (i18n.options.ns as string[]).find((one) => i18n.exists(`${one}:${section}.${code}`));
    // Codes among the parameters are said in the words of the module that words the sentence.
    const shownOne = (value: unknown): unknown => {
      if (value === null || value === undefined) return '–';
      if (Array.isArray(value)) return value.map(shownOne).join(i18n.language === 'zh' ? '、' : ', ');
      if (typeof value !== 'string' || !/^[a-z][A-Za-z-]+$/.test(value)) return value;
      const elsewhere = /[A-Z]/.test(value) ? (i18n.options.ns as string[]).flatMap((one) => [`${one}:values.${value}`, `${one}:states.${value}`]) : [];
      return t([`${namespace}:values.${value}`, `${namespace}:states.${value}`, ...elsewhere], { defaultValue: value });
    };
    const shown = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, shownOne(value)]));
    if (namespace === undefined) return code;
    // A sentence may be said otherwise where a parameter has no value (an end that is open).
    const without = i18n.getResource(i18n.language, namespace, `without.${section}.${code}`) as Record<string, string> | undefined;
    const missing = Object.keys(without ?? {}).find((name) => params[name] === null || params[name] === undefined);
    return t(missing === undefined ? `${namespace}:${section}.${code}` : `${namespace}:without.${section}.${code}.${missing}`, shown);
  };
}

export interface Labels {
  field: (name: string) => string;
  state: (code: string | null | undefined) => string;
  value: (code: string | null | undefined) => string;
}

/** Labels of a module: its own word, else the portal's word for this module, else the portal's common word. */
export function useLabels(module: string, portal: string): Labels {
  const { t } = useTranslation();
  const find = (section: string, code: string | null | undefined): string => {
    if (code === null || code === undefined || code === '') return '–';
    return t([`${module}:${section}.${code}`, `${portal}:${section}.${module}.${code}`, `${portal}:${section}.${code}`], { defaultValue: code });
  };
  return { field: (name) => find('fields', name), state: (code) => find('states', code), value: (code) => find('values', code) };
}
