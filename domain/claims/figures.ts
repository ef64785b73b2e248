/** The policy of a month for the close: figures by day as small tables, with sources and stamp, and the base of audit rules. */
import type { TSchema } from '@sinclair/typebox';
import type { Day, Month } from '#kit/days.ts';
import { addDays, monthBounds } from '#kit/days.ts';
import type { PolicyStamp, SourceRef } from '#kit/decision.ts';
import { stampOf } from '#platform/policy/index.ts';
import type { EditionOn, FigureNeed, PolicyBook } from '#platform/policy/index.ts';
import { benefitMinGrade } from '#domain/assessments/policy.ts';
import { modes } from '#domain/plans/policy.ts';
import type { AuditRules } from './policy.ts';
import { auditRules, dayPriceFen, fundRatioBp, hospitalDays, hourlyPriceFen, maxTravelKmh, maxVisitMin, overrunToleranceMin, travelToleranceMin, weeklyCapMin } from './policy.ts';

/** A figure as it was used, from which day to which. */
export interface UsedFigure {
  name: string;
  from: Day;
  to: Day;
  value: unknown;
  unit: string;
  sources: SourceRef[];
  stamp: string;
}

/** One cell of a figure: `part` is a class, mode or grade, '' for a plain number. */
export interface FigureRow {
  name: string;
  part: string;
  from_on: Day;
  to_on: Day;
  value: number;
}

export interface MonthPolicy {
  used: UsedFigure[];
  rows: FigureRow[];
  ruleBase: EditionOn<AuditRules>;
  stamp: PolicyStamp;
}

/** Every figure that a claim line or an audit rule reads. */
export const LINE_FIGURES: readonly FigureNeed[] = [benefitMinGrade, modes, hourlyPriceFen, dayPriceFen, fundRatioBp, weeklyCapMin, hospitalDays, maxVisitMin, overrunToleranceMin, maxTravelKmh, travelToleranceMin];

/** The figures of a month, split by the days on which they change. Throws a PolicyProblem that names the file when one is missing. */
export function policyOfMonth(book: PolicyBook, month: Month): MonthPolicy {
  const { firstOn, lastOn } = monthBounds(month);
  const used = LINE_FIGURES.flatMap((need) => periodsOf(book, need, firstOn, lastOn));
  const ruleBase = book.edition(auditRules, lastOn);
  return { used, rows: used.flatMap(rowsOf), ruleBase, stamp: stampOf(...used.map((one) => ({ stampKey: one.name, stamp: one.stamp })), ruleBase) };
}

function periodsOf(book: PolicyBook, need: FigureNeed<TSchema>, firstOn: Day, lastOn: Day): UsedFigure[] {
  const periods: UsedFigure[] = [];
  for (let day = firstOn; day <= lastOn; day = addDays(day, 1)) {
    const figure = book.figure(need, day);
    const last = periods.at(-1);
    if (last?.stamp === figure.stamp) last.to = day;
    else periods.push({ name: need.name, from: day, to: day, value: figure.value, unit: figure.unit, sources: figure.sources, stamp: figure.stamp });
  }
  return periods;
}

const CODES: Record<string, number> = { hourly: 1, perDay: 2, rental: 3, notPublished: 0, excluded: 1, paid: 0 };

/** A number, a table of numbers, or a table of tables, as rows; words become the numbers that the SQL of the close reads. */
export function rowsOf(figure: UsedFigure): FigureRow[] {
  const cell = (part: string, value: unknown): FigureRow[] => {
    if (typeof value === 'object' && value !== null) return Object.entries(value).flatMap(([key, inner]) => cell(part === '' ? key : `${part}:${key}`, inner));
    const number = typeof value === 'number' ? value : typeof value === 'boolean' ? Number(value) : CODES[String(value)];
    if (number === undefined) throw new Error(`${figure.name} holds "${String(value)}", which the close cannot read`);
    return [{ name: figure.name, part, from_on: figure.from, to_on: figure.to, value: number }];
  };
  return cell('', figure.value);
}
