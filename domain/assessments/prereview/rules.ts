/** Rules of the pre-review: whether one is owed, and whether what is recorded lets the application go on. */
import type { Day } from '#kit/days.ts';
import type { PolicyBook } from '#platform/policy/index.ts';
import type { ApplicationKind } from '../model.ts';
import type { PreReviewResult } from './model.ts';
import { preReviewKinds } from './policy.ts';

/** Whether an application filed on a day is looked at by the township first. Source: the figure assessments.preReviewKinds of the day of filing. */
export function preReviewOwed(kind: ApplicationKind, filedOn: Day, policy: PolicyBook): boolean {
  return policy.has(preReviewKinds, filedOn) && policy.figure(preReviewKinds, filedOn).value.includes(kind);
}

/** Fit to go on, or advised not to apply but the applicant insists; papers to bring hold it up until the next pre-review. */
export function letsGoOn(result: PreReviewResult, insists: boolean): boolean {
  return result === 'goOn' || (result === 'adviseNot' && insists);
}
