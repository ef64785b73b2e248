/** The pages' own words: both languages say the same things, with the same parameters. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

const HERE = new URL('./', import.meta.url);
const folders = readdirSync(HERE, { withFileTypes: true }).filter((one) => one.isDirectory() && existsSync(new URL(`${one.name}/zh.yaml`, HERE))).map((one) => one.name);

/** `a.b` → sentence. */
function flat(tree: object, prefix = ''): Map<string, string> {
  return new Map(Object.entries(tree).flatMap(([key, value]) => (typeof value === 'object' && value !== null ? [...flat(value as object, `${prefix}${key}.`)] : [[`${prefix}${key}`, String(value)] as [string, string]])));
}

const read = (folder: string, lang: string) => flat(parse(readFileSync(new URL(`${folder}/${lang}.yaml`, HERE), 'utf8')) as object);
const parameters = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map((one) => one[1]).sort();

describe.each(folders)('the words of web/%s', (folder) => {
  const [zh, en] = [read(folder, 'zh'), read(folder, 'en')];

  test('exist in Chinese and in English', () => {
    expect([...en.keys()].sort()).toEqual([...zh.keys()].sort());
  });

  test('name the same parameters in both languages', () => {
    const wrong = [...zh].filter(([key, sentence]) => JSON.stringify(parameters(sentence)) !== JSON.stringify(parameters(en.get(key) ?? '')));
    expect(wrong.map(([key]) => key)).toEqual([]);
  });

  test('are Chinese in the Chinese file and not in the English one', () => {
    const chinese = /[\u4e00-\u9fff]/;
    // Under `also` stand the words that a search understands, in both languages.
    expect([...en].filter(([key, sentence]) => !key.includes('.also.') && chinese.test(sentence.replace('中文', ''))).map(([key]) => key)).toEqual([]);
    expect([...zh].filter(([, sentence]) => chinese.test(sentence)).length).toBeGreaterThan(zh.size / 2);
  });
});
