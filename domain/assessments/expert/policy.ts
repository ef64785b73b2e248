/** What confirmation, check and returned cases read from the published documents. */
import { Type } from '@sinclair/typebox';
import { figure, type PolicyNeed } from '#platform/policy/index.ts';

const Count = Type.Integer({ minimum: 1 });

/** Experts asked at most when the first ones disagree; where a city has none, one disagreement sends the case back. */
export const expertsOnDisagreement = figure('assessments.expertsOnDisagreement', 'persons', Count, { optional: true });
/** The experts who confirm are drawn by lot. Read on the day of filing. */
export const expertDraw = figure('assessments.expertDraw', 'yesNo', Type.Boolean(), { optional: true });
/** An expert who was on site may confirm that visit; a city without the figure does not let him. Read on the day of filing. */
export const onSiteExpertConfirms = figure('assessments.onSiteExpertConfirms', 'yesNo', Type.Boolean(), { optional: true });
/** The commissioned insurer checks a confirmed result before its notice. Read on the day of filing. */
export const insurerCheck = figure('assessments.insurerCheck', 'yesNo', Type.Boolean(), { optional: true });
/** Working days for the new assessment of a returned case, from the day after the return. */
export const returnWorkingDays = figure('assessments.returnWorkingDays', 'workingDays', Count, { optional: true });
/** Returns of a case after which another institution is advised. */
export const maxReturns = figure('assessments.maxReturns', 'times', Count, { optional: true });

export const expertNeeds: PolicyNeed[] = [expertsOnDisagreement, expertDraw, onSiteExpertConfirms, insurerCheck, returnWorkingDays, maxReturns];
