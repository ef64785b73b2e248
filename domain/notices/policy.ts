/** What public notices read from the published documents. Values: policy/cities/…/notices/. */
import { Type } from '@sinclair/typebox';
import { figure, type PolicyNeed } from '#platform/policy/index.ts';

/** How long a notice stands, in calendar days or working days. */
export const noticeDays = figure(
  'notices.days',
  'days',
  Type.Object({ count: Type.Integer({ minimum: 1 }), unit: Type.Union([Type.Literal('calendarDay'), Type.Literal('workingDay')]) }),
);

/** Days before the last day from which a batch without a photograph is urgent. */
export const proofReminderDays = figure('notices.proofReminderDays', 'days', Type.Integer({ minimum: 1 }));

export const policyNeeds: PolicyNeed[] = [noticeDays, proofReminderDays];
