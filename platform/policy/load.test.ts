import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Type } from '@sinclair/typebox';
import { afterEach, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { edition, figure, loadPolicy, PolicyProblem, stampOf, type PolicyBook, type PolicyNeed } from './index.ts';

const speed = figure('roads.speedLimit', 'kmPerHour', Type.Integer());
const signs = edition('roads.signs', Type.Object({ signs: Type.Array(Type.String()) }), {
  examine: (body) => ((body as { signs: string[] }).signs.includes('') ? ['has a sign without a name.'] : []),
});
const both = { zh: '某', en: 'some' };
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const value = (from: string, number: unknown, more: object = {}) => ({ from, value: number, source: { document: 'road-act', article: '3' }, status: 'verified', ...more });
const speedFile = (values: object[], more: object = {}) => ({ figure: 'roads.speedLimit', unit: 'kmPerHour', label: both, decidedBy: both, effect: both, values, ...more });
const signsFile = (id: string, from: string, names: string[]) => ({
  edition: 'roads.signs', id, from, label: both, decidedBy: both, effect: both, source: { document: 'road-act' }, status: 'unverified', body: { signs: names },
});

/** A small sound policy folder; `changes` lays files over it (null leaves a file out). */
function policyFolder(changes: Record<string, object | string | null> = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'policy-'));
  folders.push(root);
  const files: Record<string, object | string | null> = {
    'sources.yaml': { documents: [{ id: 'road-act', number: '〔2020〕1号', title: both, date: '2020-01-01', confidence: 'high' }] },
    'cities/oak/city.yaml': { city: 'oak', code: '9801', name: both, complete: true },
    'cities/elm/city.yaml': { city: 'elm', code: '9802', name: both, complete: false },
    'national/roads/speed-limit.yaml': speedFile([value('2020-01-01', 50), value('2024-07-01', 30)]),
    'national/roads/signs-2020.yaml': signsFile('2020', '2020-01-01', ['stop']),
    'national/roads/signs-2024.yaml': signsFile('2024', '2024-01-01', ['stop', 'yield']),
    'cities/oak/roads/speed-limit.yaml': speedFile([value('2025-01-01', 20)], { overrides: 'national' }),
    ...changes,
  };
  for (const [name, content] of Object.entries(files)) {
    if (content === null) continue;
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), typeof content === 'string' ? content : stringify(content));
  }
  return root;
}

const load = (changes: Record<string, object | string | null> = {}, needs: PolicyNeed[] = [speed, signs], city = 'oak', strict = false): PolicyBook =>
  loadPolicy({ root: policyFolder(changes), city, needs, strict });

/** The faults of a load that must fail, as `file: sentence`. */
function faults(...args: Parameters<typeof load>): string {
  try {
    load(...args);
  } catch (problem) {
    if (problem instanceof PolicyProblem) return problem.faults.map((fault) => `${fault.file}: ${fault.what}`).join('\n');
    throw problem;
  }
  throw new Error('the policy was accepted');
}

describe('a sound policy book', () => {
  test('gives the value of the day on both sides of a change', () => {
    const book = load({ 'cities/oak/roads/speed-limit.yaml': null });
    expect(book.figure(speed, '2024-06-30')).toMatchObject({ value: 50, from: '2020-01-01', to: '2024-06-30', unit: 'kmPerHour' });
    expect(book.figure(speed, '2024-07-01')).toMatchObject({ value: 30, from: '2024-07-01', to: null });
  });

  test('takes the city before the nation from the day on which the city speaks', () => {
    const book = load();
    expect(book.figure(speed, '2024-12-31').value).toBe(30);
    expect(book.figure(speed, '2025-01-01').value).toBe(20);
    expect(book.city('elm').figure(speed, '2025-01-01').value).toBe(30);
  });

  test('returns to the national value when the city has ended its own', () => {
    const book = load({ 'cities/oak/roads/speed-limit.yaml': speedFile([value('2025-01-01', 20, { to: '2025-12-31' })], { overrides: 'national' }) });
    expect([book.figure(speed, '2025-12-31').value, book.figure(speed, '2026-01-01').value]).toEqual([20, 30]);
  });

  test('names area, day and content in the stamp, whatever the order of the keys', () => {
    const book = load();
    expect(book.figure(speed, '2025-01-01').stamp).toMatch(/^oak@2025-01-01#[0-9a-f]{8}$/);
    const table = figure('roads.table', 'km', Type.Object({ a: Type.Integer(), b: Type.Integer() }));
    const written = (text: string) => load({ 'national/roads/table.yaml': { ...speedFile([value('2020-01-01', JSON.parse(text))]), figure: 'roads.table', unit: 'km' } }, [table]).figure(table, '2020-01-01').stamp;
    expect(written('{"a":1,"b":2}')).toBe(written('{"b":2,"a":1}'));
    expect(written('{"a":1,"b":2}')).not.toBe(written('{"a":1,"b":3}'));
  });

  test('joins the stamps of two values of one figure', () => {
    const book = load();
    const [old, young] = [book.figure(speed, '2024-12-31'), book.figure(speed, '2025-01-01')];
    expect(stampOf(old, young, young)).toEqual({ 'roads.speedLimit': `${old.stamp} + ${young.stamp}` });
  });

  test('keeps an edition by its id and finds it by its day', () => {
    const book = load();
    expect([book.edition(signs, '2023-12-31').id, book.edition(signs, '2024-01-01').id]).toEqual(['2020', '2024']);
    expect(book.editionById(signs, '2020').value.signs).toEqual(['stop']);
    expect(() => book.editionById(signs, '1999')).toThrow("has no edition '1999'");
  });

  test('lists every value with its document for the reference', () => {
    const rows = load().all().filter((row) => row.name === 'roads.speedLimit');
    expect(rows.map((row) => [row.area, row.from, row.to, row.value])).toEqual([['national', '2020-01-01', '2024-06-30', 50], ['national', '2024-07-01', null, 30], ['oak', '2025-01-01', null, 20]]);
    expect(rows[0]!.sources).toEqual([{ document: expect.objectContaining({ number: '〔2020〕1号' }), article: '3' }]);
  });

  test('says which day has no value', () => {
    expect(() => load().figure(speed, '2019-12-31')).toThrow(/speed-limit\.yaml: roads\.speedLimit has no value on 2019-12-31; there is 2025-01-01/);
  });
});

describe('the start is refused, with the file, when', () => {
  const told: [string, Parameters<typeof load>, RegExp][] = [
    ['a figure is missing', [{ 'national/roads/speed-limit.yaml': null, 'cities/oak/roads/speed-limit.yaml': null }], /^policy\/cities\/oak\/roads\/speed-limit\.yaml: is missing: oak has no roads\.speedLimit \(unit kmPerHour\)/],
    ['an edition is missing', [{ 'national/roads/signs-2020.yaml': null, 'national/roads/signs-2024.yaml': null }], /^policy\/cities\/oak\/roads\/signs-YEAR\.yaml: is missing/],
    ['a value is ill-shaped', [{ 'national/roads/speed-limit.yaml': speedFile([value('2020-01-01', 'fast')]) }], /^policy\/national\/roads\/speed-limit\.yaml: .*from 2020-01-01 is ill-shaped at the whole: Expected integer, found "fast"/],
    ['a value has no source', [{ 'national/roads/speed-limit.yaml': speedFile([{ from: '2020-01-01', value: 50, status: 'verified' }]) }], /speed-limit\.yaml: is ill-shaped at 'values\.0\.source'/],
    ['a document is unknown', [{ 'national/roads/speed-limit.yaml': speedFile([value('2020-01-01', 50, { source: { document: 'hearsay' } })]) }], /speed-limit\.yaml: cites the document 'hearsay', which policy\/sources\.yaml does not list/],
    ['an override is not declared', [{ 'cities/oak/roads/speed-limit.yaml': speedFile([value('2025-01-01', 20)]) }], /^policy\/cities\/oak\/roads\/speed-limit\.yaml: replaces the national roads\.speedLimit; say so/],
    ['an override overrides nothing', [{ 'national/roads/speed-limit.yaml': null }], /^policy\/cities\/oak\/roads\/speed-limit\.yaml: says 'overrides: national', but there is no national/],
    ['periods overlap', [{ 'national/roads/speed-limit.yaml': speedFile([value('2020-01-01', 50, { to: '2024-07-01' }), value('2024-07-01', 30)]) }], /overlap/],
    ['periods leave a gap', [{ 'national/roads/speed-limit.yaml': speedFile([value('2020-01-01', 50, { to: '2024-06-29' }), value('2024-07-01', 30)]) }], /a gap from 2024-06-30 to 2024-06-30/],
    ['two values begin on one day', [{ 'national/roads/speed-limit.yaml': speedFile([value('2020-01-01', 50), value('2020-01-01', 30)]) }], /two values begin on 2020-01-01/],
    ['a period ends before it begins', [{ 'national/roads/speed-limit.yaml': speedFile([value('2020-01-01', 50, { to: '2019-12-31' })]) }], /ends before it begins/],
    ['a day does not exist', [{ 'national/roads/speed-limit.yaml': speedFile([value('2021-02-29', 50)]) }], /names the day 2021-02-29, which no calendar has/],
    ['the unit is another one', [{ 'national/roads/speed-limit.yaml': speedFile([value('2020-01-01', 50)], { unit: 'milesPerHour' }) }], /is in 'milesPerHour', the module reads it in 'kmPerHour'/],
    ['an edition fails its examination', [{ 'national/roads/signs-2020.yaml': signsFile('2020', '2020-01-01', ['']) }], /signs-2020\.yaml: roads\.signs '2020' has a sign without a name/],
    ['one figure stands in two files', [{ 'national/roads/speed-limit-more.yaml': speedFile([value('2030-01-01', 10)]) }], /keep one file per figure/],
    ['a file stands in the wrong place', [{ 'national/roads/spede-limit.yaml': speedFile([value('2020-01-01', 50)]) }], /spede-limit\.yaml: holds roads\.speedLimit; a file of that name belongs at roads\/speed-limit\.yaml/],
    ['a key is misspelt', [{ 'national/roads/speed-limit.yaml': speedFile([value('2020-01-01', 50, { staus: 'verified' })]) }], /'values\.0\.staus'/],
    ['a file is not YAML', [{ 'national/roads/speed-limit.yaml': 'figure: [unclosed' }], /speed-limit\.yaml: is not readable YAML/],
    ['the list of documents is missing', [{ 'sources.yaml': null }], /policy\/sources\.yaml: is missing/],
    ['the city does not exist', [{}, [speed], 'ash'], /policy\/cities\/ash\/city\.yaml: is missing: there is no city 'ash'/],
    ['nobody asks for a figure, in the strict check', [{}, [signs], 'oak', true], /roads\.speedLimit is asked for by no module/],
  ];
  for (const [sentence, args, expected] of told) test(sentence, () => expect(faults(...args)).toMatch(expected));

  test('several things are wrong, and all of them are named at once', () => {
    const all = faults({ 'cities/oak/roads/speed-limit.yaml': speedFile([value('2025-01-01', 20)]), 'national/roads/signs-2020.yaml': signsFile('2020', '2020-01-01', ['']) });
    expect(all.split('\n')).toHaveLength(2);
  });
});

test('an optional figure may be absent, and a city that has it may be asked', () => {
  const toll = figure('roads.toll', 'fen', Type.Integer(), { optional: true });
  const book = load({ 'cities/elm/roads/toll.yaml': { ...speedFile([value('2020-01-01', 500)]), figure: 'roads.toll', unit: 'fen' } }, [speed, signs, toll]);
  expect([book.has(toll, '2021-01-01'), book.city('elm').has(toll, '2021-01-01'), book.city('elm').has(toll, '2019-01-01')]).toEqual([false, true, false]);
});

test('the folder can be copied elsewhere and gives the same stamps', () => {
  const root = policyFolder();
  const copy = mkdtempSync(join(tmpdir(), 'policy-copy-'));
  folders.push(copy);
  cpSync(root, copy, { recursive: true });
  const stamps = (folder: string) => loadPolicy({ root: folder, city: 'oak', needs: [speed] }).all().map((row) => row.stamp);
  expect(stamps(copy)).toEqual(stamps(root));
});
