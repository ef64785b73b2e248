/** What dispatch reads from the published documents. Values: policy/…/assessments/. */
import { Type, type Static } from '@sinclair/typebox';
import { edition, figure, type PolicyNeed } from '#platform/policy/index.ts';

const Points = Type.Integer({ minimum: 0 });

export const DispatchRule = Type.Object(
  {
    /** Most points of each part; the parts add up. */
    weights: Type.Object({ capacity: Points, rotation: Points, performance: Points }, { additionalProperties: false }),
    /** Months of past performance that count. */
    performanceMonths: Type.Integer({ minimum: 1 }),
    /** Share of refused, late and returned orders, in basis points → part of the performance points, in per cent. The first band that fits counts. */
    performanceBands: Type.Array(Type.Object({ upToBp: Points, percent: Type.Integer({ minimum: 0, maximum: 100 }) }, { additionalProperties: false }), { minItems: 1 }),
  },
  { additionalProperties: false },
);
export type DispatchRule = Static<typeof DispatchRule>;

function examineRule(body: unknown): string[] {
  const { performanceBands: bands } = body as DispatchRule;
  const faults = bands.filter((band, at) => at > 0 && band.upToBp <= bands[at - 1]!.upToBp).map((band) => `lists the band up to ${band.upToBp} after a higher one.`);
  return bands.at(-1)!.upToBp >= 10_000 ? faults : [...faults, 'has no band that reaches 10000.'];
}

/** Weights and bands of the order in which institutions are proposed. */
export const dispatchRule = edition('assessments.dispatchRule', DispatchRule, { examine: examineRule });
/** Cases that one assessor can have in hand at a time. */
export const casesPerAssessor = figure('assessments.casesPerAssessor', 'cases', Type.Integer({ minimum: 1 }));
/** How long an institution has to answer an order; read on the day on which the case was filed. */
export const orderResponse = figure('assessments.orderResponse', 'time', Type.Object({ count: Type.Integer({ minimum: 1 }), unit: Type.Union([Type.Literal('hour'), Type.Literal('workingDay')]) }), { optional: true });
/** True where a case is assessed only after its order was taken and two persons were assigned; read on the day on which the case was filed. */
export const orderMustBeTaken = figure('assessments.orderMustBeTaken', 'yesNo', Type.Boolean(), { optional: true });

export const dispatchNeeds: PolicyNeed[] = [dispatchRule, casesPerAssessor, orderResponse, orderMustBeTaken];
