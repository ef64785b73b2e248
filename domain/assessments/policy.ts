/** What the assessment of disability reads from the published documents. Values: policy/…/assessments/. */
import { Type, type Static } from '@sinclair/typebox';
import { dispatchNeeds } from './dispatch/policy.ts';
import { edition, figure, type PolicyNeed } from '#platform/policy/index.ts';
import { materialNeeds } from './materials/policy.ts';
import { APPLICATION_KINDS, CLOSE_GROUNDS, REFUSAL_CODES } from './model.ts';
import { onsiteNeeds } from './onsite/policy.ts';
import { preReviewNeeds } from './prereview/policy.ts';
import { expertNeeds } from './expert/policy.ts';
import { examineScale } from './scale/examine.ts';
import { Scale } from './scale/shape.ts';
import { feeNeeds } from './fee/policy.ts';
import { qualityNeeds } from './quality/policy.ts';

export { APPLICATION_KINDS, REFUSAL_CODES } from './model.ts';
export type { ApplicationKind, RefusalCode } from './model.ts';

const Count = Type.Integer({ minimum: 0 });
const Text = Type.String({ minLength: 1 });

const Kind = Type.Union(APPLICATION_KINDS.map((kind) => Type.Literal(kind)));

const RefusalCodeText = Type.Union(REFUSAL_CODES.map((code) => Type.Literal(code)));

export const RefusalCodes = Type.Object({
  codes: Type.Array(
    Type.Object({ code: RefusalCodeText, zh: Text, en: Text, source: Type.Object({ document: Text, article: Type.Optional(Text) }) }),
    { minItems: REFUSAL_CODES.length, maxItems: REFUSAL_CODES.length },
  ),
});
export type RefusalCodes = Static<typeof RefusalCodes>;

/** Grounds on which the agency ends an accepted case. */
export const CloseGrounds = Type.Object({
  grounds: Type.Array(
    Type.Object({ code: Type.Union(CLOSE_GROUNDS.map((code) => Type.Literal(code))), zh: Text, en: Text, source: Type.Object({ document: Text, article: Type.Optional(Text) }) }),
    { minItems: CLOSE_GROUNDS.length, maxItems: CLOSE_GROUNDS.length },
  ),
});

export const scale = edition('assessments.scale', Scale, { examine: examineScale, official: true });
export const refusalCodes = edition('assessments.refusalCodes', RefusalCodes);
export const closeGrounds = edition('assessments.closeGrounds', CloseGrounds);

/** Months that the disability must have lasted when the application is filed. */
export const minDisabledMonths = figure('assessments.minDisabledMonths', 'months', Count);
/** Months since the last conclusion before another application is accepted. */
export const minMonthsSinceLast = figure('assessments.minMonthsSinceLast', 'months', Count);
/** Kinds of application that must keep that interval. */
export const intervalKinds = figure('assessments.intervalKinds', 'kinds', Type.Array(Kind));
export const validMonths = figure('assessments.validMonths', 'months', Type.Integer({ minimum: 1 }));
export const confirmExperts = figure('assessments.confirmExperts', 'persons', Type.Integer({ minimum: 1 }));
export const personsOnSite = figure('assessments.personsOnSite', 'persons', Type.Integer({ minimum: 1 }));
export const expertsOnSite = figure('assessments.expertsOnSite', 'persons', Count);
/** Working days from acceptance to the visit on site. */
export const onSiteWorkingDays = figure('assessments.onSiteWorkingDays', 'workingDays', Type.Integer({ minimum: 1 }));
/** The lowest grade that has a benefit, on the city's own scale. */
export const benefitMinGrade = figure('assessments.benefitMinGrade', 'grade', Type.Integer({ minimum: 1 }));
/** When a conclusion takes effect, counted from the day on which its public notice ended. */
export const benefitStart = figure(
  'assessments.benefitStart',
  'rule',
  Type.Object({ rule: Type.Union([Type.Literal('firstOfNextMonth'), Type.Literal('nextDay'), Type.Literal('sameDay')]) }),
);
/** How long after the conclusion a re-assessment may be asked for; the day of the conclusion does not count. */
export const reviewRequestDays = figure(
  'assessments.reviewRequestDays',
  'days',
  Type.Object({ count: Type.Integer({ minimum: 1 }), unit: Type.Union([Type.Literal('calendarDay'), Type.Literal('workingDay')]) }),
);

/** Days before the last day of a conclusion from which an end-of-term application may be filed. */
export const endOfTermDays = figure('assessments.endOfTermDays', 'days', Count);

/** Figures that only some cities have. */
export const minAge = figure('assessments.minAge', 'years', Type.Integer({ minimum: 0 }), { optional: true });
/** A status-change assessment needs an admission or emergency observation within these months. */
export const statusChangeMonths = figure('assessments.statusChangeMonths', 'months', Count, { optional: true });

/** Working days of the steps between assessment and notice: the experts' confirmation, the insurer's check, the publication; by the day of filing. */
export const confirmWorkingDays = figure('assessments.confirmWorkingDays', 'workingDays', Type.Integer({ minimum: 1 }), { optional: true });
export const checkWorkingDays = figure('assessments.checkWorkingDays', 'workingDays', Type.Integer({ minimum: 1 }), { optional: true });
export const publishWorkingDays = figure('assessments.publishWorkingDays', 'workingDays', Type.Integer({ minimum: 1 }), { optional: true });
/** Working days from the conclusion to its delivery; by the day on which the case was filed. */
export const deliveryWorkingDays = figure('assessments.deliveryWorkingDays', 'workingDays', Type.Integer({ minimum: 1 }), { optional: true });
/** Days before the last day of a conclusion on which the family is reminded. */
export const reassessReminderDays = figure('assessments.reassessReminderDays', 'days', Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1, uniqueItems: true }), { optional: true });
/** Months for which a district decision on a status change is good; without the figure it does not expire. */
export const statusDecisionMonths = figure('assessments.statusDecisionMonths', 'months', Type.Integer({ minimum: 1 }), { optional: true });

export const policyNeeds: PolicyNeed[] = [
  ...materialNeeds, ...preReviewNeeds, ...dispatchNeeds, ...onsiteNeeds, ...expertNeeds, ...qualityNeeds, ...feeNeeds,
  confirmWorkingDays, checkWorkingDays, publishWorkingDays, deliveryWorkingDays, reassessReminderDays, statusDecisionMonths,
  scale, refusalCodes, closeGrounds, minDisabledMonths, minMonthsSinceLast, intervalKinds, validMonths, confirmExperts, personsOnSite,
  expertsOnSite, onSiteWorkingDays, benefitMinGrade, benefitStart, reviewRequestDays, endOfTermDays, minAge, statusChangeMonths,
];
