/** A scale as the pages and the rules ask it: which items, how far the answers have come, what they still allow. Browser-safe. */
import { bandOf, itemsOf, matrixGrade, maxPoints, worseClass } from './matrix.ts';
import type { Answers, Dimension, ImpairmentClass } from './matrix.ts';
import type { MatrixScale, Scale, ScaleItem, WeightedScale } from './shape.ts';
import { hundredths, scoreDimension, totalOf, weigh, weighedItems } from './weighted-sum.ts';

export { CLASSES, DIMENSIONS, itemsOf, maxPoints, worseClass } from './matrix.ts';
export type { Answers, Dimension, ImpairmentClass } from './matrix.ts';
export type { CutPoints, MatrixItem, MatrixScale, Scale, ScaleItem, WeightedItem, WeightedScale } from './shape.ts';
export { TREATMENT_FIRST } from './weighted-sum.ts';
export { fromHundredths, percent } from './decimal.ts';

export type ScaleType = 'matrix' | 'weightedSum';

export function typeOf(scale: Scale): ScaleType {
  return scale.type ?? 'matrix';
}

export function isWeighted(scale: Scale): scale is WeightedScale {
  return scale.type === 'weightedSum';
}

/** The items of either type, as one list. */
export function allItems(scale: Scale): readonly ScaleItem[] {
  return scale.items;
}

/** The grade of complete answers that fit the scale. */
export function gradeOnly(scale: Scale, answers: Answers): number {
  return isWeighted(scale) ? weigh(scale, answers).grade : matrixGrade(scale, answers);
}

/** How far a dimension has come: `points` of `maxPoints`, in points (matrix) or in hundredths of a point (weighted). */
export interface DimensionProgress {
  code: string;
  zh: string;
  en: string;
  points: number;
  maxPoints: number;
  inHundredths: boolean;
  answered: number;
  items: number;
  /** Matrix: the class, known once every item is answered. */
  classCode: ImpairmentClass | undefined;
  /** Weighted: the dimension's share of the score in basis points. */
  weightBp: number | undefined;
}

export function progressOf(scale: Scale, answers: Answers): DimensionProgress[] {
  return isWeighted(scale) ? scale.dimensions.map((one) => weightedProgress(scale, one.code, answers)) : scale.dimensions.map((one) => matrixProgress(scale, one.code, answers));
}

function matrixProgress(scale: MatrixScale, code: Dimension, answers: Answers): DimensionProgress {
  const items = itemsOf(scale, code);
  const answered = items.filter((item) => answers[item.code] !== undefined);
  const points = answered.reduce((sum, item) => sum + answers[item.code]!, 0);
  const { zh, en } = scale.dimensions.find((one) => one.code === code)!;
  return {
    code, zh, en, points, maxPoints: maxPoints(scale, code), inHundredths: false, answered: answered.length, items: items.length,
    classCode: answered.length === items.length ? bandOf(scale, code, points)?.class : undefined, weightBp: undefined,
  };
}

function weightedProgress(scale: WeightedScale, code: string, answers: Answers): DimensionProgress {
  const dimension = scale.dimensions.find((one) => one.code === code)!;
  const items = weighedItems(scale, code);
  return {
    code, zh: dimension.zh, en: dimension.en, points: hundredths(scoreDimension(scale, dimension, answers).raw), maxPoints: 10_000, inHundredths: true,
    answered: items.filter((item) => answers[item.code] !== undefined).length, items: items.length, classCode: undefined, weightBp: dimension.weightBp,
  };
}

/** Weighted: the score so far in hundredths of a point, open items counting nothing. */
export function scoreSoFar(scale: WeightedScale, answers: Answers): number {
  return totalOf(scale.dimensions.map((one) => scoreDimension(scale, one, answers)));
}

/** Row and column of the matrix that the answers lead to: daily living, and the worse of the other two; undefined while open. */
export function cellOf(progress: readonly DimensionProgress[]): { row: ImpairmentClass | undefined; column: ImpairmentClass | undefined } {
  const classOf = (code: Dimension): ImpairmentClass | undefined => progress.find((one) => one.code === code)?.classCode;
  const [cognition, perception] = [classOf('cognition'), classOf('perception')];
  return { row: classOf('adl'), column: cognition && perception ? worseClass(cognition, perception) : undefined };
}

/** The answers with every open item at its lightest, or at its heaviest option. In a matrix scale more points are better, in a weighted one worse. */
export function filledAnswers(scale: Scale, answers: Answers, to: 'lightest' | 'heaviest'): Answers {
  const most = isWeighted(scale) === (to === 'heaviest');
  const open = allItems(scale).filter((item) => answers[item.code] === undefined);
  return { ...answers, ...Object.fromEntries(open.map((item) => [item.code, (most ? Math.max : Math.min)(...item.options.map((option) => option.points))])) };
}

