/**
 * The scale that weighs points into one score. Pure, whole numbers only. Points of an option are need: 0 … 100. An item gives points ×
 * weight (basis points): ten-thousandths of a point; a dimension is the sum of its items (0 … 1 000 000), or the worst of its groups; the
 * score is the sum of dimension × weight, cut down to hundredths of a point (0 … 10 000), never rounded up.
 */
import type { Answers } from './matrix.ts';
import type { WeightedItem, WeightedScale } from './shape.ts';

export type WeightedDimension = WeightedScale['dimensions'][number];
/** The outcome of a scale that says "treat the disease first": below every grade, without benefit. */
export const TREATMENT_FIRST = -1;

export interface DimensionScore {
  dimension: WeightedDimension;
  /** Ten-thousandths of a point, 0 … 1 000 000. */
  raw: number;
  /** The group that counted, where the worst one does. */
  group: string | null;
}

export interface WeightedResult {
  grade: number;
  /** Hundredths of a point. */
  score: number;
  dimensions: DimensionScore[];
  treatmentFirst: boolean;
}

/** Items of a dimension, or of one group of it. */
export function weighedItems(scale: WeightedScale, dimension: string, group?: string): WeightedItem[] {
  return scale.items.filter((item) => item.dimension === dimension && (group === undefined || item.group === group));
}

/** Ten-thousandths of a point of these items; an open one counts nothing. */
function rawOf(items: readonly WeightedItem[], answers: Answers): number {
  return items.reduce((sum, item) => sum + (answers[item.code] ?? 0) * item.weightBp, 0);
}

/** A dimension's score. Of equally bad groups the first one is named. */
export function scoreDimension(scale: WeightedScale, dimension: WeightedDimension, answers: Answers): DimensionScore {
  if (dimension.take === 'sum') return { dimension, raw: rawOf(weighedItems(scale, dimension.code), answers), group: null };
  const groups = (dimension.groups ?? []).map((group) => ({ code: group.code, raw: rawOf(weighedItems(scale, dimension.code, group.code), answers) }));
  const worst = groups.reduce((bad, one) => (one.raw > bad.raw ? one : bad));
  return { dimension, raw: worst.raw, group: worst.code };
}

/** Ten-thousandths → hundredths, cut down. */
export function hundredths(raw: number): number {
  return Math.floor(raw / 100);
}

/** Score in hundredths of these dimensions. */
export function totalOf(dimensions: readonly DimensionScore[]): number {
  return Math.floor(dimensions.reduce((sum, one) => sum + one.raw * one.dimension.weightBp, 0) / 1_000_000);
}

/** Score, outcome and grade of complete answers. */
export function weigh(scale: WeightedScale, answers: Answers): WeightedResult {
  const dimensions = scale.dimensions.map((dimension) => scoreDimension(scale, dimension, answers));
  const score = totalOf(dimensions);
  const line = scale.treatmentFirst;
  const severity = line ? dimensions.find((one) => one.dimension.code === line.dimension) : undefined;
  const treatmentFirst = line !== undefined && severity !== undefined && hundredths(severity.raw) >= line.from;
  const band = scale.bands.of.find((one) => one.min <= score && score <= one.max);
  if (!band) throw new Error(`the score ${score} falls into no band of the scale (examineScale)`);
  return { grade: treatmentFirst ? TREATMENT_FIRST : band.grade, score, dimensions, treatmentFirst };
}
