/** The nouns of a pause in the benefit and of the re-check before service resumes. The web reads them too. */

/** Why service was paused: in hospital, away from home, the person's own wish, or the agency's decision. */
export const SUSPENSION_REASONS = ['admission', 'absent', 'ownWish', 'agencyDecision'] as const;
export type SuspensionReason = (typeof SUSPENSION_REASONS)[number];

/** `paused` until a re-check lifts it; `lifted` with its last day; `serviceEnded` when the re-check ended the service for good. */
export const SUSPENSION_STATES = ['paused', 'lifted', 'serviceEnded'] as const;
export type SuspensionState = (typeof SUSPENSION_STATES)[number];

/** What the township looks at before service resumes. */
export const RECHECK_ITEMS = ['selfCareSeen', 'livesAtAddress', 'stillInNeed', 'statementRead'] as const;
export type RecheckItem = (typeof RECHECK_ITEMS)[number];

/** What a re-check comes to: service resumes, somebody assesses anew first, or the service ends. */
export const RECHECK_RESULTS = ['resume', 'newAssessment', 'endService'] as const;
export type RecheckResult = (typeof RECHECK_RESULTS)[number];
