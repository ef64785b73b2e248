/** What follows from the figures of a month: the points that the document deducts, and the decision that keeps them. */
import { createHash } from 'node:crypto';
import { monthBounds } from '#kit/days.ts';
import type { Day, Month } from '#kit/days.ts';
import type { Decision, Reason, SourceRef } from '#kit/decision.ts';
import type { FigureNeed, PolicyBook } from '#platform/policy/index.ts';
import { deliveryWorkingDays, onSiteWorkingDays } from '../policy.ts';
import type { Counted } from './count.ts';
import type { ItemSums } from './items.ts';
import { stampOfMonth } from './figures.ts';
import { FIGURE_WORDS, QUALITY_FIGURES } from './model.ts';
import type { QualityFigure } from './model.ts';
import { identicalAnswers, qualityMinCases, qualityPoints, severeGrade, shortVisitMin, uploadWorkingDays } from './policy.ts';

export interface Measured extends Counted {
  mean: number | null;
  points: number | null;
  small: boolean;
}

/** Every figure with the mean of the institutions, its points and whether its cases are few. Source: assessments.qualityPoints (after 常医保办〔2023〕12号 annex 1). */
export function measured(counted: readonly Counted[], month: Month, policy: PolicyBook): Measured[] {
  const { lastOn } = monthBounds(month);
  const { mark } = policy.figure(qualityMinCases, lastOn).value;
  const means = new Map(counted.filter((one) => one.institutionId === null).map((one) => [one.figure, one.value]));
  return counted.map((one) => {
    const mean = means.get(one.figure) ?? null;
    return { ...one, mean, points: one.institutionId === null ? null : pointsOf(one, mean, lastOn, policy), small: one.cases < mark };
  });
}

/**
 * What is deducted for a figure; null where the city's document deducts nothing for it. The return rate: for every full 0.1 percentage point above the mean;
 * the others: for each case that the numerator counts.
 */
export function pointsOf(one: Pick<Counted, 'figure' | 'value' | 'numerator'>, mean: number | null, on: Day, policy: PolicyBook): number | null {
  if (!policy.has(qualityPoints, on)) return null;
  const table = policy.figure(qualityPoints, on).value;
  // Rates are kept to six places: a tenth of a point is 1,000 of them.
  if (one.figure === 'returnRate') return one.value === null || mean === null ? 0 : table.returnPerTenthPoint * Math.max(0, Math.floor((Math.round(one.value * 1e6) - Math.round(mean * 1e6)) / 1000));
  const each = (table as Partial<Record<QualityFigure, number>>)[one.figure];
  return each === undefined ? null : each * one.numerator;
}

export interface QualityFacts extends Record<string, unknown> {
  districtCode: string;
  month: Month;
  /** What became known later does not count. */
  knownAt: string;
  /** True where agreement per item and equal answers against chance were kept too; absent for months kept before they were counted. */
  items?: true;
}

export interface QualityValue {
  month: Month;
  institutions: number;
  assessments: number;
  /** SHA-256 of every figure in order: two countings of the same facts agree in it. */
  sha256: string;
}

const USED: Partial<Record<QualityFigure, FigureNeed>> = {
  visitLate: onSiteWorkingDays, uploadLate: uploadWorkingDays, deliveryLate: deliveryWorkingDays, severityDrift: severeGrade, shortVisit: shortVisitMin, identicalAnswers, equalBeyondChance: qualityMinCases,
} as Partial<Record<QualityFigure, FigureNeed>>;

/** Figures that months kept before the agreement per item do not have. */
const LATER: readonly QualityFigure[] = ['equalBeyondChance', 'recordFaulty', 'interestHidden'];

/** The figures that are kept with a month. */
export const figuresOf = ({ items }: Pick<QualityFacts, 'items'>): readonly QualityFigure[] => (items ? QUALITY_FIGURES : QUALITY_FIGURES.filter((one) => !LATER.includes(one)));

/** Keeps the figures of a month: their fingerprint, and for each figure what was counted and the mean of the institutions. */
export function decideQuality(facts: QualityFacts, rows: readonly Counted[], items: readonly ItemSums[], policy: PolicyBook): Decision<QualityValue> {
  const { lastOn } = monthBounds(facts.month);
  const total = (figure: QualityFigure) => rows.find((one) => one.figure === figure && one.institutionId === null);
  const reasons = figuresOf(facts).map((figure): Reason => {
    const mean = total(figure);
    const words = FIGURE_WORDS[figure];
    return {
      rule: `assessments.quality.${figure}`, code: mean?.value === null || mean === undefined ? 'QUALITY_NOTHING' : 'QUALITY_MEAN',
      params: { figureZh: words.zh, figureEn: words.en, cases: mean?.cases ?? 0, counted: mean?.numerator ?? 0, mean: mean?.value ?? null }, sources: sourcesOf(figure, lastOn, policy),
    };
  });
  const value = { month: facts.month, institutions: new Set(rows.map((one) => one.institutionId).filter((one) => one !== null)).size, assessments: total('returnRate')?.cases ?? 0, sha256: fingerprint(rows, items) };
  return { kind: 'assessments.quality', value, reasons, facts, stamp: stampOfMonth(facts.month, policy) };
}

function sourcesOf(figure: QualityFigure, on: Day, policy: PolicyBook): SourceRef[] {
  const points = policy.has(qualityPoints, on) && figure in (policy.figure(qualityPoints, on).value as object) ? policy.figure(qualityPoints, on).sources : [];
  const need = USED[figure];
  return [...(need && policy.has(need, on) ? policy.figure(need, on).sources : []), ...points];
}

function fingerprint(rows: readonly Counted[], items: readonly ItemSums[]): string {
  const lines = rows.map((one) => [one.figure, one.institutionId, one.assessorAccountId, one.cases, one.numerator, one.denominator, one.value, one.low, one.high].join(' ')).sort();
  lines.push(...items.map((one) => [one.scaleId, one.item, one.institutionId, one.assessorAccountId, one.cases, one.agreed, one.sumX, one.sumY, one.sumXx, one.sumYy, one.sumDd].join(' ')).sort());
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}
