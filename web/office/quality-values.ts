/** How a figure of quality is written, and the month that is looked at first. */
import { shapeOf } from '#domain/assessments/quality/model.ts';
import type { QualityFigure } from '#domain/assessments/quality/model.ts';

/** A share as a percentage with one place; agreement and drift with two. */
export function figureText(figure: QualityFigure, value: number): string {
  return shapeOf(figure) === 'share' ? `${(value * 100).toFixed(1)}%` : value.toFixed(2);
}

/** `2026-11-22` → `2026-10`. */
export function monthBefore(today: string): string {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
  return month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`;
}
