import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Decision } from '#kit/decision.ts';
import { Refusal, type RefusalParams } from '#kit/refuse.ts';
import { loadPolicy } from '#platform/policy/index.ts';
import { loadWords } from '#platform/words/words.ts';
import { policyNeeds, scale as scaleNeed } from './policy.ts';
import { decideAcceptance, decideEntitlement, effectiveFrom, gradeAnswers, validUntil, type Answers, type ApplicationFacts, type MatrixGrading } from './rules.ts';
import { CLASSES, DIMENSIONS, isWeighted, itemsOf, maxPoints, type Dimension, type ImpairmentClass, type MatrixScale, type ScaleItem } from './scale/model.ts';
import type { EditionOn } from '#platform/policy/index.ts';

const here = import.meta.dirname;
const policy = loadPolicy({ root: join(here, '../../policy'), city: 'qinghe', needs: policyNeeds });
const inForce = policy.edition(scaleNeed, '2026-03-01');
if (isWeighted(inForce.value)) throw new Error('the national scale is a matrix');
const edition = inForce as EditionOn<MatrixScale>;
const scale = edition.value;

interface Told { sentence: string; reason: { code: string; params: RefusalParams } }
const cases = <C>(name: string): C => parse(readFileSync(join(here, 'cases', `${name}.yaml`), 'utf8')) as C;

/** Answers of one dimension that add up to `sum`: points are taken away item by item from the full score. */
function answersTo(dimension: Dimension, sum: number): Answers {
  let tooMuch = maxPoints(scale, dimension) - sum;
  const answers: Answers = {};
  for (const item of itemsOf(scale, dimension)) {
    const points = item.options.map((option) => option.points);
    const full = Math.max(...points);
    const fitting = points.filter((one) => full - one <= tooMuch);
    answers[item.code] = Math.min(...fitting);
    tooMuch -= full - answers[item.code]!;
  }
  if (tooMuch !== 0) throw new Error(`no answers of ${dimension} add up to ${sum}`);
  return answers;
}

const answersOf = (sums: Record<Dimension, number>): Answers => Object.assign({}, ...DIMENSIONS.map((one) => answersTo(one, sums[one]))) as Answers;

function expectReason(decision: Decision, { code, params }: Told['reason']): void {
  const reason = decision.reasons.find((one) => one.code === code);
  expect(reason, `a reason ${code} among ${decision.reasons.map((one) => one.code).join(' ')}`).toBeDefined();
  expect(reason!.params).toMatchObject(params);
  expect(reason!.sources.length).toBeGreaterThan(0);
}

describe('grades by the national scale', () => {
  const told = cases<(Told & { sums: Record<Dimension, number>; grade: number; classes: MatrixGrading['classes'] })[]>('grade');
  for (const one of told) {
    test(one.sentence, () => {
      const decision = gradeAnswers(edition, answersOf(one.sums));
      expect(decision.value).toEqual({ grade: one.grade, ...one.sums, classes: one.classes });
      expectReason(decision, one.reason);
    });
  }

  test('shows cut-points and matrix as unverified and the points of daily living as verified', () => {
    const { reasons } = gradeAnswers(edition, answersOf({ adl: 50, cognition: 8, perception: 8 }));
    const statusOf = (code: string) => reasons.find((one) => one.code === code)?.sources.map((source) => source.status);
    expect(statusOf('GRADE_CLASS_ADL')).toEqual(['unverified']);
    expect(statusOf('GRADE_MATRIX')).toEqual(['unverified']);
    expect(statusOf('GRADE_SUM_ADL')).toEqual(['verified']);
    expect(statusOf('GRADE_SUM_COGNITION')).toEqual(['unverified']);
    expect(reasons.every((one) => one.sources.every((source) => source.document === 'nhsa-2021-37' && source.file === 'policy/national/assessments/scale-2021.yaml'))).toBe(true);
  });

  test('gives the same decision again from the facts it stored', () => {
    const first = gradeAnswers(edition, answersOf({ adl: 35, cognition: 3, perception: 7 }));
    const again = gradeAnswers(policy.editionById(scaleNeed, first.facts.edition as string), first.facts.answers as Answers);
    expect(again).toEqual(first);
    expect(first.stamp['assessments.scale']).toMatch(/^national@2021-08-03#[0-9a-f]{8}$/);
  });

  test('has 17 items whose full scores are 100, 16 and 12', () => {
    expect(scale.items).toHaveLength(17);
    expect(DIMENSIONS.map((one) => maxPoints(scale, one))).toEqual([100, 16, 12]);
  });
});

describe('properties of the national scale', () => {
  const answer = (item: ScaleItem) => fc.constantFrom(...item.options.map((option) => option.points));
  const anyAnswers = fc.record(Object.fromEntries(scale.items.map((item) => [item.code, answer(item)]))) as fc.Arbitrary<Answers>;
  const gradeOf = (answers: Answers): number => gradeAnswers(edition, answers).value.grade;

  test('the grade never gets worse when an answer gets better', () => {
    fc.assert(fc.property(anyAnswers, fc.constantFrom(...scale.items), (answers, item) => {
      const better = item.options.map((option) => option.points).filter((points) => points > answers[item.code]!);
      for (const points of better) expect(gradeOf({ ...answers, [item.code]: points })).toBeLessThanOrEqual(gradeOf(answers));
    }), { numRuns: 2000 });
  });

  test('all 16 cells of the matrix can be reached, and every grade from 0 to 5', () => {
    const sumIn = (dimension: Dimension, code: ImpairmentClass) => scale.cutPoints.find((cut) => cut.dimension === dimension)!.bands.find((band) => band.class === code)!.min;
    const reached = CLASSES.flatMap((adl) => CLASSES.map((other) => {
      const { reasons, value } = gradeAnswers(edition, answersOf({ adl: sumIn('adl', adl), cognition: sumIn('cognition', other), perception: 12 }));
      const cell = reasons.at(-1)!.params;
      expect([cell['adl'], cell['other']]).toEqual([adl, other]);
      return value.grade;
    }));
    expect(reached).toHaveLength(16);
    expect([...new Set(reached)].sort()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('daily living 100 is never above grade 1, and daily living 40 or less never below grade 3', () => {
    fc.assert(fc.property(anyAnswers, fc.integer({ min: 0, max: 8 }), (answers, fives) => {
      expect(gradeOf({ ...answers, ...answersTo('adl', 100) })).toBeLessThanOrEqual(1);
      expect(gradeOf({ ...answers, ...answersTo('adl', fives * 5) })).toBeGreaterThanOrEqual(3);
    }), { numRuns: 500 });
  });

  test('any one missing answer is refused by its name', () => {
    fc.assert(fc.property(anyAnswers, fc.constantFrom(...scale.items), (answers, item) => {
      const { [item.code]: _left, ...rest } = answers;
      const refusal = refusalOf(() => gradeAnswers(edition, rest));
      expect([refusal.code, refusal.params]).toEqual(['ASSESSMENT_ANSWER_MISSING', { items: item.code }]);
    }));
  });

  test('points that an item does not offer are refused with the item and the value', () => {
    fc.assert(fc.property(anyAnswers, fc.constantFrom(...scale.items), fc.integer({ min: -20, max: 20 }), (answers, item, points) => {
      fc.pre(!item.options.some((option) => option.points === points));
      const refusal = refusalOf(() => gradeAnswers(edition, { ...answers, [item.code]: points }));
      expect([refusal.code, refusal.params]).toEqual(['ASSESSMENT_ANSWER_FOREIGN', { item: item.code, value: String(points) }]);
    }));
  });

  test('an item that the scale does not have is refused', () => {
    const refusal = refusalOf(() => gradeAnswers(edition, { ...answersOf({ adl: 100, cognition: 16, perception: 12 }), 'adl.cooking': 5 }));
    expect([refusal.code, refusal.params]).toEqual(['ASSESSMENT_ANSWER_FOREIGN', { item: 'adl.cooking', value: '5' }]);
  });

  test('several missing answers are named together, one error each', () => {
    const refusal = refusalOf(() => gradeAnswers(edition, answersTo('adl', 100)));
    expect(refusal.params['items']).toBe('cog.time, cog.person, cog.space, cog.memory, per.vision, per.hearing, per.communication');
    expect(refusal.errors.map((error) => error.column)).toHaveLength(7);
  });
});

describe('acceptance of an application', () => {
  const complete: ApplicationFacts = { kind: 'initial', appliedOn: '2026-03-01', insured: true, disabledSince: '2025-01-15', lastConclusionOn: null, costCovered: true, materialsLacking: [] };
  for (const one of cases<(Told & { city?: string; facts: Partial<ApplicationFacts>; value: string })[]>('acceptance')) {
    test(one.sentence, () => {
      const book = one.city ? policy.city(one.city) : policy;
      const decision = decideAcceptance({ ...complete, ...one.facts }, book);
      expect(decision.value).toBe(one.value);
      expectReason(decision, one.reason);
      expect(decision.reasons).toHaveLength(one.city === 'shanghai' && one.facts.bornOn !== undefined ? 6 : 5);
      expect(decideAcceptance(decision.facts as unknown as ApplicationFacts, book)).toEqual(decision);
    });
  }
});

describe('days of the benefit', () => {
  const told = cases<{
    effectiveFrom: { sentence: string; noticeEndedOn: string; effectiveOn: string }[];
    validUntil: { sentence: string; effectiveOn: string; validUntilOn: string }[];
    entitlement: { sentence: string; city: string; grade: number; value: boolean; code: string; minGrade: number }[];
  }>('days');
  for (const one of told.effectiveFrom) test(one.sentence, () => {
    const decision = effectiveFrom(one.noticeEndedOn, policy);
    expect(decision.value).toBe(one.effectiveOn);
    expectReason(decision, { code: 'BENEFIT_FROM_NEXT_MONTH', params: { noticeEndedOn: one.noticeEndedOn, effectiveOn: one.effectiveOn } });
  });
  for (const one of told.validUntil) test(one.sentence, () => {
    const decision = validUntil(one.effectiveOn, policy);
    expect(decision.value).toBe(one.validUntilOn);
    expectReason(decision, { code: 'VALID_FOR_MONTHS', params: { months: 24, validUntilOn: one.validUntilOn } });
  });
  for (const one of told.entitlement) test(one.sentence, () => {
    const decision = decideEntitlement(one.grade, '2026-03-01', policy.city(one.city));
    expect(decision.value).toBe(one.value);
    expectReason(decision, { code: one.code, params: { grade: one.grade, minGrade: one.minGrade } });
  });
});

test('every code of these rules has a sentence for staff and for families in both languages, with the same parameters', () => {
  const source = ['rules.ts', 'scale/grade.ts'].map((file) => readFileSync(join(here, file), 'utf8')).join('\n');
  const codes = new Set([...source.matchAll(/'((?:GRADE|ACCEPTANCE|BENEFIT|VALID|ENTITLED|NOT|LESS|MATERIAL|COST)_[A-Z0-9_]+)'/g)].map((match) => match[1]!));
  for (const dimension of DIMENSIONS) for (const stem of ['GRADE_SUM', 'GRADE_CLASS']) codes.add(`${stem}_${dimension.toUpperCase()}`);
  expect(codes.size).toBeGreaterThan(20);
  type Words = Record<'reasons' | 'plain', Record<string, string>>;
  const words = loadWords([{ name: 'assessments', words: new URL('./', import.meta.url) }]);
  const zh = words.zh['assessments'] as Words;
  const en = words.en['assessments'] as Words;
  const params = (sentence = '') => [...sentence.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!.replace(/(Zh|En)$/, '')).sort();
  for (const code of codes) for (const part of ['reasons', 'plain'] as const) {
    expect(zh[part][code], `${part}.${code} in zh.yaml`).toBeTruthy();
    expect(en[part][code], `${part}.${code} in en.yaml`).toBeTruthy();
    expect(params(en[part][code]), `parameters of ${part}.${code}`).toEqual(params(zh[part][code]));
  }
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
