/** The scale that sums points per dimension, puts each sum into a class, and reads the grade off a matrix. Pure; more points are better. */
import type { MatrixItem, MatrixScale } from './shape.ts';

export const DIMENSIONS = ['adl', 'cognition', 'perception'] as const;
export type Dimension = (typeof DIMENSIONS)[number];
/** Impairment classes from best to worst. */
export const CLASSES = ['intact', 'mild', 'moderate', 'severe'] as const;
export type ImpairmentClass = (typeof CLASSES)[number];
export type Answers = Record<string, number>;

export function itemsOf(scale: MatrixScale, dimension: Dimension): MatrixItem[] {
  return scale.items.filter((item) => item.dimension === dimension);
}

/** Highest sum that a dimension can have. */
export function maxPoints(scale: MatrixScale, dimension: Dimension): number {
  return itemsOf(scale, dimension).reduce((sum, item) => sum + Math.max(...item.options.map((option) => option.points)), 0);
}

/** Sum of a dimension; every item is answered. */
export function sumOf(scale: MatrixScale, dimension: Dimension, answers: Answers): number {
  return itemsOf(scale, dimension).reduce((total, item) => total + answers[item.code]!, 0);
}

/** The band of a sum; undefined only in a scale that `examineScale` would refuse. */
export function bandOf(scale: MatrixScale, dimension: Dimension, sum: number): { class: ImpairmentClass; min: number; max: number } | undefined {
  return scale.cutPoints.find((one) => one.dimension === dimension)?.bands.find((one) => one.min <= sum && sum <= one.max);
}

/** The worse of two classes. */
export function worseClass(a: ImpairmentClass, b: ImpairmentClass): ImpairmentClass {
  return CLASSES[Math.max(CLASSES.indexOf(a), CLASSES.indexOf(b))]!;
}

/** The grade alone, for many sets of answers. */
export function matrixGrade(scale: MatrixScale, answers: Answers): number {
  const classOf = (dimension: Dimension): ImpairmentClass => {
    const sum = sumOf(scale, dimension, answers);
    const band = bandOf(scale, dimension, sum);
    if (!band) throw new Error(`the sum ${sum} of ${dimension} falls into no class of the scale (examineScale)`);
    return band.class;
  };
  return scale.matrix.cells[classOf('adl')][worseClass(classOf('cognition'), classOf('perception'))];
}
