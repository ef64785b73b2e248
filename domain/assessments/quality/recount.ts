/**
 * The second computation of every figure, for the tests: from the events of the office (who was sent, answered, assessed, confirmed, sent back with which deadline, concluded, delivered,
 * complained, declared, and when) and of the rows only what no event repeats (answers, times on site, birth, which conclusion a case is about), in plain loops, with the formulas as the textbooks have them. It shares no statement with the first.
 */
import type pg from 'pg';
import { monthBounds } from '#kit/days.ts';
import type { Month } from '#kit/days.ts';
import type { PolicyBook } from '#platform/policy/index.ts';
import type { Counted } from './count.ts';
import { QUALITY_FIGURES, shapeOf } from './model.ts';
import type { QualityFigure } from './model.ts';
import { qualityMinCases } from './policy.ts';
import { quadraticKappa, rounded } from './kappa.ts';
import { Records } from './recount-records.ts';

export interface Case {
  institutionId: string;
  accountId: string | null;
  name: string | null;
  numerator: number;
  denominator: number;
  x?: number;
  y?: number;
  complaint?: true;
}

export interface Recounting {
  districtCode: string;
  month: Month;
  knownAt: Date;
  policy: PolicyBook;
}

/** Every figure of a month from the events. */
export async function recount(owner: pg.Pool, asked: Recounting): Promise<Counted[]> {
  const records = await Records.read(owner, asked);
  return QUALITY_FIGURES.flatMap((figure) => figuresOf(figure, records.casesOf(figure), asked));
}

export interface ItemPair {
  institutionId: string;
  accountId: string;
  scaleId: string;
  item: string;
  x: number;
  y: number;
}

/** Every pair of points per item of a month, from the events. */
export async function recountItems(owner: pg.Pool, asked: Recounting): Promise<ItemPair[]> {
  return (await Records.read(owner, asked)).itemPairs();
}

function figuresOf(figure: QualityFigure, cases: readonly Case[], { month, policy }: Recounting): Counted[] {
  const { show } = policy.figure(qualityMinCases, monthBounds(month).lastOn).value;
  const groups = new Map<string, Case[]>();
  for (const one of cases) {
    for (const key of [`${one.institutionId} `, ...(one.accountId === null ? [] : [`${one.institutionId} ${one.accountId}`])]) groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const rows = [...groups].map(([key, own]): Counted => {
    const [institutionId, accountId] = key.split(' ') as [string, string];
    const counted = own.filter((one) => !one.complaint).length;
    const numerator = own.reduce((sum, one) => sum + one.numerator, 0);
    const denominator = own.reduce((sum, one) => sum + one.denominator, 0);
    const shape = shapeOf(figure);
    const shown = shape === 'share' || counted >= show;
    const value = !shown ? null : shape === 'kappa' ? quadraticKappa(own.map((one) => [one.x!, one.y!])) : denominator === 0 ? null : rounded(numerator, denominator);
    const band = shape === 'ratio' && shown && denominator > 0 ? byar(numerator, denominator) : { low: null, high: null };
    return { figure, institutionId, assessorAccountId: accountId || null, assessorName: accountId ? own.flatMap((one) => one.name ?? []).sort().at(-1) ?? null : null, cases: counted, numerator, denominator, value, ...band };
  });
  const whole = rows.filter((one) => one.assessorAccountId === null);
  const known = whole.flatMap((one) => (one.value === null ? [] : [one.value]));
  const sum = (of: (one: Counted) => number) => whole.reduce((total, one) => total + of(one), 0);
  return [{
    figure, institutionId: null, assessorAccountId: null, assessorName: null, cases: sum((one) => one.cases), numerator: sum((one) => one.numerator), denominator: sum((one) => one.denominator),
    value: known.length === 0 ? null : rounded(known.reduce((total, one) => total + Math.round(one * 1e6), 0), known.length * 1e6), low: null, high: null,
  }, ...rows];
}

/** Byar's approximation of the 95 % band of observed / expected (Breslow and Day 1987). */
function byar(observed: number, expected: number): { low: number; high: number } {
  const low = observed === 0 ? 0 : observed * (1 - 1 / (9 * observed) - 1.96 / (3 * Math.sqrt(observed))) ** 3;
  const more = observed + 1;
  return { low: low / expected, high: (more * (1 - 1 / (9 * more) + 1.96 / (3 * Math.sqrt(more))) ** 3) / expected };
}
