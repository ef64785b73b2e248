/** What the township's pre-review reads from the published documents. Values: policy/…/assessments/. */
import { Type, type Static } from '@sinclair/typebox';
import { edition, figure, type PolicyNeed } from '#platform/policy/index.ts';
import { APPLICATION_KINDS } from '../model.ts';

const Text = Type.String({ minLength: 1 });

/** The points of a pre-review, each with its answers, and what is said about housekeeping. */
export const PreReviewList = Type.Object({
  statement: Type.Object({ zh: Text, en: Text }),
  checks: Type.Array(Type.Object({ code: Text, zh: Text, en: Text, options: Type.Array(Type.Object({ code: Text, zh: Text, en: Text }), { minItems: 2 }) }), { minItems: 1 }),
});
export type PreReviewList = Static<typeof PreReviewList>;

export const preReviewList = edition('assessments.preReview', PreReviewList, { optional: true });
/** Kinds of application that the township reviews before acceptance. */
export const preReviewKinds = figure('assessments.preReviewKinds', 'kinds', Type.Array(Type.Union(APPLICATION_KINDS.map((kind) => Type.Literal(kind)))), { optional: true });
/** Working days from filing to the pre-review. */
export const preReviewWorkingDays = figure('assessments.preReviewWorkingDays', 'workingDays', Type.Integer({ minimum: 1 }), { optional: true });

export const preReviewNeeds: PolicyNeed[] = [preReviewList, preReviewKinds, preReviewWorkingDays];
