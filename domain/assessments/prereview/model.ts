/** What a pre-review may come to. Browser-safe. */

/** Fit to go on; advised not to apply (the applicant may insist); papers to bring first. */
export const PRE_REVIEW_RESULTS = ['goOn', 'adviseNot', 'bring'] as const;
export type PreReviewResult = (typeof PRE_REVIEW_RESULTS)[number];
