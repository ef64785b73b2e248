/** Every word a person sees exists in Chinese and in English, with the same places for the same facts. */
import { describe, expect, it } from 'vitest';
import { houseWords } from '#server/house.ts';
import { isWorded } from '#platform/words/words.ts';
import { codesOfCode, codesOfTests, type Code } from './codes.ts';
import { filesLike, textOf, told, yamlOf } from './source.ts';

type Tree = { [key: string]: string | Tree };

const pairs = filesLike(/\/zh\.yaml$/).map((zh) => ({ zh, en: zh.replace(/zh\.yaml$/, 'en.yaml') }));

/** `section.key` → sentence. */
function sentencesOf(path: string): Map<string, string> {
  const flat = (tree: Tree, head: string): [string, string][] =>
    Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [[`${head}${key}`, value] as [string, string]] : value === null ? [] : flat(value, `${head}${key}.`)));
  return new Map(flat(yamlOf<Tree>(path), ''));
}

const placesIn = (sentence: string): string[] => [...new Set([...sentence.matchAll(/\{(\w+)\}/g)].map((hit) => hit[1]!))].sort();

/** `personZh` and `personEn` are one fact in two languages. */
const sameFact = (name: string): string => name.replace(/(Zh|En)$/, '');

describe('words', () => {
  it('each Chinese file has an English one beside it, with the same keys', () => {
    const english = filesLike(/\/en\.yaml$/);
    expect(told(english.filter((path) => !pairs.some((pair) => pair.en === path)), 'Write zh.yaml beside it.')).toBe('');
    const faults = pairs.flatMap(({ zh, en }) => {
      if (!english.includes(en)) return [`${en} is missing`];
      const [chinese, englishWords] = [sentencesOf(zh), sentencesOf(en)];
      return [...chinese.keys()].filter((key) => !englishWords.has(key)).map((key) => `${en}: ${key} is missing`).concat([...englishWords.keys()].filter((key) => !chinese.has(key)).map((key) => `${zh}: ${key} is missing`));
    });
    expect(told(faults, 'Word it in both languages.')).toBe('');
  });

  it('both languages have the same places for facts', () => {
    const faults = pairs.flatMap(({ zh, en }) => {
      const english = sentencesOf(en);
      return [...sentencesOf(zh)].flatMap(([key, sentence]) => {
        const other = english.get(key);
        if (other === undefined) return [];
        const [ours, theirs] = [placesIn(sentence).map(sameFact).join(' '), placesIn(other).map(sameFact).join(' ')];
        return ours === theirs ? [] : [`${zh}: ${key} has {${ours}}, ${en} has {${theirs}}`];
      });
    });
    expect(told(faults, 'A sentence tells the same facts in both languages.')).toBe('');
  });

  it('nothing is left empty', () => {
    const empty = pairs.flatMap(({ zh, en }) => [zh, en]).filter((path) => filesLike(/\/(zh|en)\.yaml$/).includes(path)).flatMap((path) => [...sentencesOf(path)].filter(([, sentence]) => sentence.trim() === '').map(([key]) => `${path}: ${key}`));
    expect(told(empty, 'Write the sentence, or delete the key.')).toBe('');
  });
});

describe('codes', () => {
  const words = houseWords();
  const codes = codesOfCode();
  const unworded = (sections: readonly string[], ...kinds: Code['kind'][]): string[] =>
    unique(codes.filter((one) => kinds.includes(one.kind)).filter((one) => !sections.some((section) => isWorded(words, 'zh', section, one.code) && isWorded(words, 'en', section, one.code))));

  it('every refusal is worded in both languages', () => {
    expect(codes.length).toBeGreaterThan(50);
    expect(told(unworded(['refusals'], 'refusal'), 'Write the sentence under `refusals:` in the module\'s zh.yaml and en.yaml: what is wrong, and what the person can do.')).toBe('');
  });

  it('every reason is worded for staff in both languages', () => {
    expect(told(unworded(['reasons'], 'reason'), 'Write the sentence under `reasons:` in the module\'s zh.yaml and en.yaml.')).toBe('');
  });

  it('every reason is worded in plain words for the family', () => {
    expect(told(unworded(['plain'], 'reason'), 'Write plain words under `plain:` in the module\'s zh.yaml and en.yaml.')).toBe('');
  });

  it('every other code is worded somewhere', () => {
    expect(told(unworded(['refusals', 'reasons'], 'code'), 'Write its sentence under `refusals:` or `reasons:`.')).toBe('');
  });

  it('a code is worded by one module only', () => {
    const seen = new Map<string, string>();
    const twice: string[] = [];
    for (const { zh } of pairs) {
      for (const key of sentencesOf(zh).keys()) {
        if (!/^(refusals|reasons|plain|events|headlines)\./.test(key)) continue;
        const before = seen.get(key);
        if (before) twice.push(`${key}: ${before} and ${zh}`);
        seen.set(key, zh);
      }
    }
    expect(told(twice, 'The first one found would be shown: give one of the two a name of its own, or let one module word it.')).toBe('');
  });

  it('every refusal appears in a test', () => {
    const tested = codesOfTests();
    expect(told(unique(codes.filter((one) => one.kind === 'refusal' && !tested.has(one.code))), 'Write a test that provokes it and names the code.')).toBe('');
  });

  it('no sentence is left over from a refusal that is gone', () => {
    const known = new Set(codes.map((one) => one.code));
    const gone = pairs.flatMap(({ zh }) => [...sentencesOf(zh).keys()].filter((key) => key.startsWith('refusals.')).map((key) => ({ zh, code: key.slice('refusals.'.length) })));
    const stale = gone.filter((one) => !known.has(one.code) && !mentioned(one.code));
    expect(told(stale.map((one) => `${one.zh}: ${one.code}`), 'Nothing refuses with this code any more: delete its sentences.')).toBe('');
  });
});

/** Codes that are put together or handed on still stand in the source as a word. */
function mentioned(code: string): boolean {
  return sourceWords().has(code);
}

let held: Set<string> | undefined;
function sourceWords(): Set<string> {
  held ??= new Set(filesLike(/^(kit|platform|domain|server|commands|bin)\/.*\.(ts|sql)$/).flatMap((path) => textOf(path).match(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*\b/g) ?? []));
  return held;
}

function unique(codes: Code[]): string[] {
  return [...new Map(codes.map((one) => [one.code, `${one.place}: ${one.code}`])).values()].sort();
}
