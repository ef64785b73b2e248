/** From answers to a grade with its reasons, for either type of scale. */
import type { Decision, Reason, SourceRef } from '#kit/decision.ts';
import { assert, refuse, type InputError, type RefusalParams } from '#kit/refuse.ts';
import { stampOf, type EditionOn } from '#platform/policy/index.ts';
import { fromHundredths, fromTenThousandths, percent } from './decimal.ts';
import { bandOf, DIMENSIONS, itemsOf, maxPoints, sumOf, worseClass } from './matrix.ts';
import type { Answers, Dimension, ImpairmentClass } from './matrix.ts';
import type { MatrixScale, Scale, WeightedScale } from './shape.ts';
import { hundredths, weigh, weighedItems } from './weighted-sum.ts';
import type { DimensionScore } from './weighted-sum.ts';

export interface MatrixGrading {
  type?: undefined;
  /** 0 (basically normal) … 5 (severe, level III). */
  grade: number;
  /** Sums of points per dimension. */
  adl: number;
  cognition: number;
  perception: number;
  classes: Record<Dimension, ImpairmentClass>;
}

export interface WeightedGrading {
  type: 'weightedSum';
  /** -1: treatment of the disease first. */
  grade: number;
  /** Hundredths of a point, 0 … 10000. */
  score: number;
  treatmentFirst: boolean;
  /** Dimension → hundredths of a point. */
  dimensions: Record<string, number>;
}

export type Grading = MatrixGrading | WeightedGrading;

/** Dimension → points, in the unit of the scale's type (points, or hundredths of a point). */
export function pointsOf(grading: Grading): Record<string, number> {
  if (grading.type === 'weightedSum') return grading.dimensions;
  return { adl: grading.adl, cognition: grading.cognition, perception: grading.perception };
}

/**
 * Grades the answers (item code → points) by an edition of the scale. Matrix: sum per dimension, class by cut-point, cell of the matrix
 * (医保办发〔2021〕37号). Weighted sum: points × weights, worst disease, score, band. Refuses with ASSESSMENT_ANSWER_MISSING {items} and
 * ASSESSMENT_ANSWER_FOREIGN {item, value}.
 */
export function gradeAnswers(edition: EditionOn<MatrixScale>, answers: Answers): Decision<MatrixGrading>;
export function gradeAnswers(edition: EditionOn<Scale>, answers: Answers): Decision<Grading>;
export function gradeAnswers(edition: EditionOn<Scale>, answers: Answers): Decision<Grading> {
  const scale = edition.value;
  checkAnswers(scale, answers);
  const graded = scale.type === 'weightedSum' ? byWeights(edition, scale, answers) : byMatrix(edition, scale, answers);
  return { kind: 'assessments.grade', ...graded, facts: { edition: edition.id, answers: { ...answers } }, stamp: stampOf(edition) };
}

function byMatrix(edition: EditionOn, scale: MatrixScale, answers: Answers): { value: MatrixGrading; reasons: Reason[] } {
  const results = DIMENSIONS.map((dimension) => gradeDimension(edition, scale, dimension, answers));
  const [adl, cognition, perception] = results as [DimensionResult, DimensionResult, DimensionResult];
  const other = worseClass(cognition.class, perception.class);
  const grade = scale.matrix.cells[adl.class][other];
  const matrixReason: Reason = {
    rule: 'assessments.matrix', code: 'GRADE_MATRIX', sources: [ref(edition, scale.matrix)],
    params: { ...nameOf(edition, scale, grade), ...labels(scale, 'adl', adl.class), ...labels(scale, 'other', other) },
  };
  return {
    value: {
      grade, adl: adl.sum, cognition: cognition.sum, perception: perception.sum,
      classes: { adl: adl.class, cognition: cognition.class, perception: perception.class },
    },
    reasons: [...results.flatMap((result) => result.reasons), matrixReason],
  };
}

interface DimensionResult {
  sum: number;
  class: ImpairmentClass;
  reasons: Reason[];
}

function gradeDimension(edition: EditionOn, scale: MatrixScale, dimension: Dimension, answers: Answers): DimensionResult {
  const items = itemsOf(scale, dimension);
  const sum = sumOf(scale, dimension, answers);
  const cut = scale.cutPoints.find((one) => one.dimension === dimension);
  const band = bandOf(scale, dimension, sum);
  assert(cut && band, `the sum ${sum} of ${dimension} falls into one class of the scale ${edition.id} (examineScale)`);
  const suffix = dimension.toUpperCase();
  const unverified = items.find((item) => item.status === 'unverified');
  const sumReason: Reason = {
    rule: 'assessments.sum', code: `GRADE_SUM_${suffix}`, params: { sum, max: maxPoints(scale, dimension), items: items.length },
    sources: [ref(edition, unverified ?? items[0]!)],
  };
  const classReason: Reason = {
    rule: 'assessments.cutPoint', code: `GRADE_CLASS_${suffix}`, sources: [ref(edition, cut)],
    params: { sum, min: band.min, max: band.max, ...labels(scale, 'class', band.class) },
  };
  return { sum, class: band.class, reasons: [sumReason, classReason] };
}

function byWeights(edition: EditionOn, scale: WeightedScale, answers: Answers): { value: WeightedGrading; reasons: Reason[] } {
  const { grade, score, dimensions, treatmentFirst } = weigh(scale, answers);
  const band = scale.bands.of.find((one) => one.min <= score && score <= one.max)!;
  const line = scale.treatmentFirst;
  const severity = dimensions.find((one) => one.dimension.code === line?.dimension);
  const last: Reason = treatmentFirst && line && severity
    ? {
        rule: 'assessments.treatmentFirst', code: 'GRADE_TREATMENT_FIRST', sources: [ref(edition, line)],
        params: { ...named(severity.dimension), severity: fromHundredths(hundredths(severity.raw)), from: fromHundredths(line.from), ...nameOf(edition, scale, grade) },
      }
    : { rule: 'assessments.band', code: 'GRADE_BAND', sources: [ref(edition, scale.bands)], params: { score: fromHundredths(score), min: fromHundredths(band.min), max: fromHundredths(band.max), ...nameOf(edition, scale, grade) } };
  return {
    value: { type: 'weightedSum', grade, score, treatmentFirst, dimensions: Object.fromEntries(dimensions.map((one) => [one.dimension.code, hundredths(one.raw)])) },
    reasons: [...dimensions.flatMap((one) => dimensionReasons(edition, scale, one, answers)), { rule: 'assessments.score', code: 'GRADE_SCORE', sources: [ref(edition, scale.bands)], params: { score: fromHundredths(score) } }, last],
  };
}

/** Each item with points, weight and product; then the dimension with its weight and what it adds to the score. */
function dimensionReasons(edition: EditionOn, scale: WeightedScale, { dimension, raw, group }: DimensionScore, answers: Answers): Reason[] {
  const worst = dimension.groups?.find((one) => one.code === group);
  const items = weighedItems(scale, dimension.code, group ?? undefined).map((item): Reason => ({
    rule: 'assessments.weightedItem', code: 'GRADE_WEIGHTED_ITEM', sources: [ref(edition, item)],
    params: { item: item.code, ...named(item), points: answers[item.code]!, weight: percent(item.weightBp), product: fromTenThousandths(answers[item.code]! * item.weightBp) },
  }));
  const params = { dimension: dimension.code, ...named(dimension), points: fromHundredths(hundredths(raw)), weight: percent(dimension.weightBp), product: fromHundredths(Math.floor((raw * dimension.weightBp) / 1_000_000)) };
  const sum: Reason = worst
    ? { rule: 'assessments.worstGroup', code: 'GRADE_WORST_GROUP', sources: [ref(edition, dimension)], params: { ...params, worstZh: worst.zh, worstEn: worst.en } }
    : { rule: 'assessments.weightedDimension', code: 'GRADE_WEIGHTED_DIMENSION', sources: [ref(edition, dimension)], params };
  return [...items, sum];
}

function checkAnswers(scale: Scale, answers: Answers): void {
  const missing = scale.items.filter((item) => answers[item.code] === undefined).map((item) => item.code);
  const foreign: InputError[] = Object.entries(answers).filter(([code, points]) => !isOption(scale, code, points)).map(([code, points]) => ({
    column: code, value: String(points), code: 'ASSESSMENT_ANSWER_FOREIGN', params: { item: code, value: String(points) },
  }));
  const first = foreign[0];
  if (first) refuse('ASSESSMENT_ANSWER_FOREIGN', { item: first.column, value: first.value }, { errors: foreign });
  if (missing.length > 0) {
    const errors = missing.map((code): InputError => ({ column: code, value: '', code: 'ASSESSMENT_ANSWER_MISSING', params: { items: code } }));
    refuse('ASSESSMENT_ANSWER_MISSING', { items: missing.join(', ') }, { errors });
  }
}

/** True when an item of the scale offers these points. */
export function isOption(scale: Scale, code: string, points: number): boolean {
  return scale.items.some((item) => item.code === code && item.options.some((option) => option.points === points));
}

function nameOf(edition: EditionOn, scale: Scale, grade: number): RefusalParams {
  const known = scale.grades.find((one) => one.grade === grade);
  assert(known, `grade ${grade} of the scale ${edition.id} has a name (examineScale)`);
  return { grade, gradeZh: known.zh, gradeEn: known.en };
}

function named(part: { zh: string; en: string }): RefusalParams {
  return { nameZh: part.zh, nameEn: part.en };
}

function labels(scale: MatrixScale, prefix: string, code: ImpairmentClass): RefusalParams {
  const known = scale.classes.find((one) => one.code === code);
  assert(known, `the class ${code} has a name (examineScale)`);
  return { [`${prefix}`]: code, [`${prefix}Zh`]: known.zh, [`${prefix}En`]: known.en };
}

/** A part of an edition that carries its own document and status. */
function ref(edition: EditionOn, part: { source: { document: string; article?: string }; status: SourceRef['status'] }): SourceRef {
  return { ...part.source, status: part.status, policy: edition.stampKey, file: edition.file };
}
