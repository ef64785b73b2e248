import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { Refusal } from '#kit/refuse.ts';
import type { RefusalParams } from '#kit/refuse.ts';
import { loadPolicy, PolicyProblem, readEdition } from '#platform/policy/index.ts';
import { policyNeeds, scale as need } from '../policy.ts';
import { fromHundredths, fromTenThousandths } from './decimal.ts';
import { examineScale } from './examine.ts';
import { gradeAnswers } from './grade.ts';
import { cellOf, filledAnswers, gradeOnly, isWeighted, progressOf, scoreSoFar } from './model.ts';
import type { Answers, WeightedScale } from './model.ts';

const root = join(import.meta.dirname, '../../../policy');
const policy = loadPolicy({ root, city: 'qinghe', needs: policyNeeds });
const edition = policy.ready(need).find((one) => one.id === 'demo-weighted')!;
const scale = edition.value as WeightedScale;
const written = readFileSync(join(root, 'national/assessments/scale-demo-weighted.yaml'), 'utf8');
const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

/** No need at all, except what is named; `daily.*` names all that begin so. */
function answersWith(points: Record<string, number>): Answers {
  const answers = Object.fromEntries(scale.items.map((item) => [item.code, 0]));
  for (const [code, value] of Object.entries(points)) for (const item of scale.items) if (item.code === code || (code.endsWith('*') && item.code.startsWith(code.slice(0, -1)))) answers[item.code] = value;
  return answers;
}

describe('the weighted demonstration scale', () => {
  const told = parse(readFileSync(join(import.meta.dirname, '../cases/weighted.yaml'), 'utf8')) as { sentence: string; points: Record<string, number>; value: object; reason: { code: string; params: RefusalParams } }[];
  for (const one of told) test(one.sentence, () => {
    const { value, reasons } = gradeAnswers(edition, answersWith(one.points));
    expect(value).toMatchObject(one.value);
    expect(reasons.filter((reason) => reason.code === one.reason.code).map((reason) => reason.params)).toContainEqual(expect.objectContaining(one.reason.params));
  });

  test('shows every weight and every product as unverified, of the project itself', () => {
    const { reasons } = gradeAnswers(edition, answersWith({}));
    expect(reasons.filter((one) => one.code === 'GRADE_WEIGHTED_ITEM')).toHaveLength(scale.items.filter((item) => !item.group || item.group === 'heart').length);
    expect(reasons.flatMap((one) => one.sources).every((source) => source.status === 'unverified' && source.document === 'changhu-design')).toBe(true);
  });

  test('refuses a missing answer by its name, points that are not offered, and an item it does not have', () => {
    const { 'mind.recent': _left, ...rest } = answersWith({});
    expect(refusalOf(() => gradeAnswers(edition, rest))).toMatchObject({ code: 'ASSESSMENT_ANSWER_MISSING', params: { items: 'mind.recent' } });
    expect(refusalOf(() => gradeAnswers(edition, answersWith({ 'daily.eating': 51 })))).toMatchObject({ code: 'ASSESSMENT_ANSWER_FOREIGN', params: { item: 'daily.eating', value: '51' } });
    expect(refusalOf(() => gradeAnswers(edition, { ...answersWith({}), 'adl.eating': 0 })).code).toBe('ASSESSMENT_ANSWER_FOREIGN');
  });
});

describe('properties of the weighted scale', () => {
  const any = fc.record(Object.fromEntries(scale.items.map((item) => [item.code, fc.constantFrom(...item.options.map((option) => option.points))]))) as fc.Arbitrary<Answers>;

  test('more need in any item never lowers the score, nor the grade unless treatment comes first', () => {
    fc.assert(fc.property(any, fc.constantFrom(...scale.items), (answers, item) => {
      for (const { points } of item.options.filter((option) => option.points > answers[item.code]!)) {
        const worse = { ...answers, [item.code]: points };
        expect(scoreSoFar(scale, worse)).toBeGreaterThanOrEqual(scoreSoFar(scale, answers));
        const [before, after] = [gradeOnly(scale, answers), gradeOnly(scale, worse)];
        if (after !== -1) expect(after).toBeGreaterThanOrEqual(before);
      }
    }), { numRuns: 1000 });
  });

  test('every score is a whole number of hundredths between 0 and 100 points and falls into exactly one band', () => {
    fc.assert(fc.property(any, (answers) => {
      const score = scoreSoFar(scale, answers);
      expect(Number.isInteger(score) && score >= 0 && score <= 10_000).toBe(true);
      expect(scale.bands.of.filter((band) => band.min <= score && score <= band.max)).toHaveLength(1);
    }));
    expect([scoreSoFar(scale, answersWith({})), scoreSoFar(scale, filledAnswers(scale, {}, 'heaviest'))]).toEqual([0, 10_000]);
  });

  test('every band and every named outcome can be reached', () => {
    const lift = ['daily.eating', 'daily.bowel', 'daily.bladder', 'daily.washing', 'daily.toilet', 'daily.rising', 'daily.walking', 'daily.dressing', 'daily.bathing', 'household.*', 'mind.*', 'disease.heart.tests', 'disease.heart.signs', 'disease.heart.complications'];
    const reached = lift.map((_, at) => gradeOnly(scale, answersWith(Object.fromEntries(lift.slice(0, at + 1).map((code) => [code, 100])))));
    reached.push(gradeOnly(scale, answersWith({})), gradeOnly(scale, answersWith({ 'disease.lung.*': 100 })));
    expect([...new Set(reached)].sort((a, b) => a - b)).toEqual(scale.grades.map((one) => one.grade));
  });

  test('the grade alone is the grade of the whole decision', () => {
    fc.assert(fc.property(any, (answers) => void expect(gradeOnly(scale, answers)).toBe(gradeAnswers(edition, answers).value.grade)), { numRuns: 200 });
  });
});

describe('what the entry form shows', () => {
  const national = policy.edition(need, '2026-12-01').value;

  test('open answers still allow what lies between the lightest and the heaviest, in either type', () => {
    for (const one of [national, scale]) {
      expect(gradeOnly(one, filledAnswers(one, {}, 'lightest'))).toBe(0);
      const heaviest = filledAnswers(one, {}, 'heaviest');
      expect(gradeOnly(one, heaviest)).toBe(isWeighted(one) ? -1 : 5);
    }
  });

  test('sums count what is answered, and name a class only once a dimension is complete', () => {
    const worst = filledAnswers(national, {}, 'heaviest');
    expect(cellOf(progressOf(national, worst))).toEqual({ row: 'severe', column: 'severe' });
    const { 'adl.eating': _open, ...open } = worst;
    expect(progressOf(national, open)[0]).toMatchObject({ code: 'adl', answered: 9, items: 10, classCode: undefined, inHundredths: false });
    expect(cellOf(progressOf(national, open)).row).toBeUndefined();
    const oneEye = { ...filledAnswers(national, {}, 'lightest'), 'per.vision': 0, 'per.hearing': 0, 'per.communication': 0 };
    expect(cellOf(progressOf(national, oneEye))).toEqual({ row: 'intact', column: 'severe' });
    expect(progressOf(scale, { 'daily.eating': 50 })[0]).toMatchObject({ code: 'daily', points: 700, maxPoints: 10_000, inHundredths: true, answered: 1, weightBp: 5500 });
  });

  test('hundredths are written without losing or adding any', () => {
    expect([0, 5, 50, 100, 1234, 10_000, -150].map(fromHundredths)).toEqual(['0', '0.05', '0.5', '1', '12.34', '100', '-1.5']);
    expect([0, 1, 70_000, 51_230].map(fromTenThousandths)).toEqual(['0', '0.0001', '7', '5.123']);
  });
});

describe('an edition that lies ready', () => {
  /** The policy data with the demonstration placed or changed; the faults, or the book. */
  function placed(at: string, text: string, city = 'shanghai') {
    const folder = mkdtempSync(join(tmpdir(), 'policy-scale-'));
    folders.push(folder);
    cpSync(root, folder, { recursive: true });
    rmSync(join(folder, 'national/assessments/scale-demo-weighted.yaml'));
    writeFileSync(join(folder, at), text);
    try {
      return { book: loadPolicy({ root: folder, city, needs: policyNeeds }), faults: '' };
    } catch (problem) {
      if (problem instanceof PolicyProblem) return { book: undefined, faults: problem.message };
      throw problem;
    }
  }

  test('is in force in no city, however far one looks ahead, and no case can begin with it', () => {
    for (const city of policy.cities()) {
      const book = policy.city(city.city);
      expect(book.edition(need, '2099-01-01').id).toBe('national-2021');
      expect(() => book.editionById(need, 'demo-weighted')).toThrow(PolicyProblem);
      expect(book.all().filter((row) => row.name === need.name).map((row) => row.id)).toEqual(['national-2021']);
    }
    expect(policy.ready(need).map((one) => [one.id, one.use]).sort()).toEqual([['demo-weighted', 'demonstration'], ['qinghe-draft-2027', 'candidate']]);
    expect(policy.city('shanghai').ready(need).map((one) => one.id)).toEqual(['demo-weighted']);
  });

  test('a demonstration is refused in the folder of a real city', () => {
    const override = written.replace('use: demonstration', 'use: demonstration\noverrides: national');
    expect(placed('cities/shanghai/assessments/scale-demo.yaml', override).faults).toMatch(/shanghai is a real city: a demonstration is never in force there/);
  });

  test('taking the mark away does not help: what this project made up is not put in force for real cities', () => {
    const unmarked = written.replace('use: demonstration\n', '');
    expect(placed('national/assessments/scale-demo.yaml', unmarked).faults).toMatch(/rests on 'changhu-design', which this project made up; for real cities only an official document/);
    expect(placed('cities/shanghai/assessments/scale-demo.yaml', unmarked.replace('from:', 'overrides: national\nfrom:')).faults).toMatch(/in shanghai, a real city/);
  });

  test('a fictional city may put the demonstration in force, from its day on; older cases keep theirs', () => {
    const { book, faults } = placed('cities/qinghe/assessments/scale-demo.yaml', written.replace('use: demonstration', 'use: demonstration\noverrides: national'), 'qinghe');
    expect(faults).toBe('');
    expect([book!.edition(need, '2026-11-30').id, book!.edition(need, '2026-12-01').id]).toEqual(['national-2021', 'demo-weighted']);
  });
});

describe('the examination of a scale', () => {
  const faultsOf = (change: (one: WeightedScale) => void): string => {
    const copy = structuredClone(scale);
    change(copy);
    return examineScale(copy).join('\n');
  };

  test('finds weights that are no whole, bands with a gap, an overlap or falling grades, and outcomes without a name', () => {
    expect(examineScale(scale)).toEqual([]);
    expect(faultsOf((one) => (one.items[0]!.weightBp += 1))).toMatch(/the items of daily the weight 10001 in all/);
    expect(faultsOf((one) => (one.dimensions[0]!.weightBp -= 1))).toMatch(/the dimensions the weight 9999/);
    expect(faultsOf((one) => (one.bands.of[1]!.min += 1))).toMatch(/begins a band at 1501 where 1500 was to come/);
    expect(faultsOf((one) => (one.bands.of[1]!.min -= 1))).toMatch(/begins a band at 1499/);
    expect(faultsOf((one) => (one.bands.of[6]!.max = 9999))).toMatch(/ends its bands at 9999/);
    expect(faultsOf((one) => (one.bands.of[2]!.grade = 0))).toMatch(/gives grade 0 from 3000 on, less than grade 1/);
    expect(faultsOf((one) => (one.bands.of[6]!.grade = 8))).toMatch(/leads to grade 8/);
    expect(faultsOf((one) => (one.grades = one.grades.filter((grade) => grade.grade !== -1)))).toMatch(/no name for the outcome -1/);
    expect(faultsOf((one) => (one.items.find((item) => item.group === 'lung')!.group = 'kidney'))).toMatch(/into no group of disease/);
    expect(faultsOf((one) => (one.items[0]!.options[2]!.points = 90))).toMatch(/no option with 100 points for daily.eating/);
  });

  test('an uploaded file is read with the same eyes, and its faults are said in sentences', () => {
    const read = (text: string) => readEdition(Buffer.from(text), 'draft.yaml', need);
    expect(read(written)).toMatchObject({ edition: { id: 'demo-weighted', file: 'draft.yaml' } });
    const faults = (text: string): string => {
      const answer = read(text);
      return 'faults' in answer ? answer.faults.join('\n') : '';
    };
    expect(faults(written.replace('weightBp: 5500', 'weightBp: 5600'))).toMatch(/the dimensions the weight 10100/);
    expect(faults(written.replace('weightBp: 5500', 'weightBp: 55.5'))).toMatch(/ill-shaped at 'dimensions\.0\.weightBp'/);
    expect(faults(written.replace('edition: assessments.scale', 'edition: providers.catalogue'))).toMatch(/holds the edition providers.catalogue/);
    expect(faults('a: [1, 2')).toMatch(/not readable YAML/);
    expect(faults('just words')).toMatch(/ill-shaped at the whole/);
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]', ...'bcdefgh'.split('').map((letter, at) => `${letter}: &${letter} [${Array(9).fill(`*${'abcdefgh'[at]}`).join(',')}]`)].join('\n');
    expect(faults(bomb)).toMatch(/not readable YAML/);
    expect(readEdition(Buffer.from([0xff, 0xfe, 0x00]), 'x', need)).toHaveProperty('faults');
  });
});

function refusalOf(act: () => unknown): Refusal {
  try {
    act();
  } catch (problem) {
    if (problem instanceof Refusal) return problem;
    throw problem;
  }
  throw new Error('nothing was refused');
}
