/** What the entry form shows while answers are entered. The grade itself is always decided by the server. */
import type { OutputOf } from '#kit/contract.ts';
import type { assessmentsContract } from '#domain/assessments/contract.ts';

export type ScaleEdition = OutputOf<(typeof assessmentsContract)['GET /api/scale']>;
export type Scale = ScaleEdition['scale'];
export type Answers = Record<string, number>;
type DimensionCode = Scale['dimensions'][number]['code'];
export type ClassCode = Scale['classes'][number]['code'];

export interface DimensionSum {
  code: DimensionCode;
  points: number;
  maxPoints: number;
  answered: number;
  items: number;
  /** Known once every item of the dimension is answered. */
  classCode: ClassCode | undefined;
}

/** Points of a dimension so far, and its class once it is complete. */
export function sumOf(scale: Scale, code: DimensionCode, answers: Answers): DimensionSum {
  const items = scale.items.filter((item) => item.dimension === code);
  const answered = items.filter((item) => answers[item.code] !== undefined);
  const points = answered.reduce((total, item) => total + answers[item.code]!, 0);
  const bands = scale.cutPoints.find((cut) => cut.dimension === code)?.bands ?? [];
  return {
    code,
    points,
    maxPoints: items.reduce((total, item) => total + Math.max(...item.options.map((option) => option.points)), 0),
    answered: answered.length,
    items: items.length,
    classCode: answered.length === items.length ? bands.find((band) => band.min <= points && points <= band.max)?.class : undefined,
  };
}

/** Row and column of the matrix that the answers lead to: daily living, and the worse of the other two. */
export function cellOf(scale: Scale, sums: readonly DimensionSum[]): { row: ClassCode | undefined; column: ClassCode | undefined } {
  const order = scale.classes.map((one) => one.code);
  const others = sums.filter((one) => one.code !== 'adl').map((one) => one.classCode);
  const column = others.some((one) => one === undefined) ? undefined : (others as ClassCode[]).sort((a, b) => order.indexOf(b) - order.indexOf(a))[0];
  return { row: sums.find((one) => one.code === 'adl')?.classCode, column };
}
