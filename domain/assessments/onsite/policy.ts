/** What the visit on site reads from the policy. Values: policy/…/assessments/. */
import { Type, type Static } from '@sinclair/typebox';
import { edition, figure, type PolicyNeed } from '#platform/policy/index.ts';
import { ContradictionRules, examineContradictions } from './contradiction-rules.ts';

const ContradictionBody = Type.Object({ rules: ContradictionRules }, { additionalProperties: false });
export type ContradictionBody = Static<typeof ContradictionBody>;

/** Pairs of answers that hardly go together. */
export const contradictions = edition('assessments.contradictions', ContradictionBody, { examine: examineContradictions });
/** Whether the visit must be recorded whole; where a city has not decided, it need not. Read on the day of filing. */
export const videoRequired = figure('assessments.videoRequired', 'yesNo', Type.Boolean(), { optional: true });
/** Working days after the visit until which the full rendition must be there. */
export const videoFullWorkingDays = figure('assessments.videoFullWorkingDays', 'workingDays', Type.Integer({ minimum: 1 }), { optional: true });

export const onsiteNeeds: PolicyNeed[] = [contradictions, videoRequired, videoFullWorkingDays];
