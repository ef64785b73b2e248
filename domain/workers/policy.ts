/** What the register of assessors reads from the published documents. Values: policy/…/workers/. */
import { Type } from '@sinclair/typebox';
import { figure, type PolicyNeed } from '#platform/policy/index.ts';

/** Hours of passed training that an assessor or expert needs in the year before a day. */
export const trainingHoursPerYear = figure('workers.trainingHoursPerYear', 'hours', Type.Number({ minimum: 0 }), { optional: true });
/** True where only those admitted to the register may assess and confirm; read on the day on which the case was filed. */
export const assessorMustBeAdmitted = figure('workers.assessorMustBeAdmitted', 'yesNo', Type.Boolean(), { optional: true });
/** Days before the last day of a certificate from which it is listed as expiring. */
export const certificateReminderDays = figure('workers.certificateReminderDays', 'days', Type.Integer({ minimum: 1 }), { optional: true });

export const policyNeeds: PolicyNeed[] = [trainingHoursPerYear, assessorMustBeAdmitted, certificateReminderDays];
