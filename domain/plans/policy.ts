/** What care plans read from the published documents: the modes that the city offers. Values: policy/cities/…/plans/. */
import { Type, type Static } from '@sinclair/typebox';
import { figure, type PolicyNeed } from '#platform/policy/index.ts';

/** Modes of care: visits at home, an individual carer at home, an institution, rented devices. */
export const CARE_MODES = ['homeVisit', 'homeIndividual', 'institution', 'deviceRental'] as const;
export type CareMode = (typeof CARE_MODES)[number];

/** How a mode is paid; `notPublished`: the city offers it, but the amounts could not be found, so nothing can be priced. */
const Pay = Type.Union([Type.Literal('hourly'), Type.Literal('perDay'), Type.Literal('rental'), Type.Literal('notPublished')]);

export const CareModes = Type.Object(
  { homeVisit: Type.Optional(Pay), homeIndividual: Type.Optional(Pay), institution: Type.Optional(Pay), deviceRental: Type.Optional(Pay) },
  { additionalProperties: false, minProperties: 1 },
);
export type CareModes = Static<typeof CareModes>;

/** Which modes the city offers and how each is paid. */
export const modes = figure('plans.modes', 'mode', CareModes);

/** A plan with more minutes a week than the weekly cap times this share is refused as plainly unreasonable. */
export const unreasonableShareBp = figure('plans.unreasonableShareBp', 'basisPoints', Type.Integer({ minimum: 10_000 }));

export const policyNeeds: PolicyNeed[] = [modes, unreasonableShareBp];
