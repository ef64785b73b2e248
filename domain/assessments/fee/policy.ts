/** What the assessment fee reads from the published documents. Values: policy/…/assessments/. */
import { Type } from '@sinclair/typebox';
import { figure, type PolicyNeed } from '#platform/policy/index.ts';
import { APPLICATION_KINDS } from '../model.ts';

/** Fee of a conclusion by kind of assessment. Optional: a city without a published price settles no fees here. */
export const feeFen = figure(
  'assessments.feeFen', 'fen',
  Type.Object(Object.fromEntries(APPLICATION_KINDS.map((kind) => [kind, Type.Integer({ minimum: 0 })])), { additionalProperties: false }),
  { optional: true },
);

export const feeNeeds: readonly PolicyNeed[] = [feeFen];
