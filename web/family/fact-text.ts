/** A fact of any shape as a short text. */

type Names = Readonly<Record<string, { zh: string; en: string }>>;

/** Yes and no, numbers and texts as they are, lists joined, groups as `name value`; a bilingual text in the reader's language. `say` words yes, no, none, and; `names` says codes and keys. */
export function factText(value: unknown, lang: 'zh' | 'en', say: (key: 'facts.yes' | 'facts.no' | 'facts.none' | 'facts.and') => string, names: Names = {}): string {
  const join = (parts: string[]) => (parts.length === 0 ? say('facts.none') : parts.join(say('facts.and')));
  if (value === null || value === undefined || value === '') return say('facts.none');
  if (typeof value === 'boolean') return say(value ? 'facts.yes' : 'facts.no');
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return names[value]?.[lang] ?? value;
  if (Array.isArray(value)) return join(value.map((one) => factText(one, lang, say, names)));
  const named = value as Record<string, unknown>;
  if (typeof named['zh'] === 'string' && typeof named['en'] === 'string') return String(named[lang]);
  if (typeof named['code'] === 'string' && names[named['code']]) return names[named['code']]![lang];
  return join(Object.entries(named).map(([key, one]) => `${names[key]?.[lang] ?? key} ${factText(one, lang, say, names)}`));
}

interface Words {
  zh: string;
  en: string;
}

/** The part of an edition of the scale that names items and options. */
export interface Scale {
  items: readonly (Words & { code: string; options: readonly (Words & { points: number })[] })[];
}

/** The answers by item and chosen option, in the order of the scale; undefined when an answer does not belong to this scale. */
export function answerRows(scale: Scale, answers: Readonly<Record<string, number>>): { code: string; item: Words; option: Words; points: number }[] | undefined {
  if (Object.keys(answers).some((code) => !scale.items.some((item) => item.code === code))) return undefined;
  return scale.items.flatMap((item) => {
    const points = answers[item.code];
    if (points === undefined) return [];
    const option = item.options.find((one) => one.points === points) ?? { zh: '', en: '' };
    return [{ code: item.code, item, option, points }];
  });
}
