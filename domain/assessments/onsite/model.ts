/** The nouns of a visit on site. Browser-safe: the phone reads it too. */
export const SITE_VISIT_STATES = ['open', 'submitted'] as const;
export type SiteVisitState = (typeof SITE_VISIT_STATES)[number];

/** What a photograph shows. */
export const EVIDENCE_SUBJECTS = ['item', 'applicantIdentity', 'guardianIdentity', 'surroundings', 'companionSignature', 'guardianSignature', 'other'] as const;
export type EvidenceSubject = (typeof EVIDENCE_SUBJECTS)[number];

/** The video as recorded, and a small copy for review. */
export const RENDITIONS = ['low', 'full'] as const;
export type Rendition = (typeof RENDITIONS)[number];
export const VIDEO_TYPES = ['video/webm', 'video/mp4'] as const;

export const GUARDIAN_RELATIONS = ['spouse', 'child', 'parent', 'sibling', 'relative', 'guardian', 'agent', 'communityWorker'] as const;
/** How the guardian's identity was checked, and which document of the applicant was seen. */
export const IDENTITY_CHECKS = ['identityCard', 'householdRegister', 'socialSecurityCard', 'electronicCard', 'powerOfAttorney'] as const;
export const IDENTITY_DOCUMENTS = ['identityCard', 'householdRegister', 'socialSecurityCard', 'electronicCard'] as const;

/** How far the phone's clock may be off after its offset was taken off, before an instant lies in the future. */
export const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** A photograph is at most so large, and a piece of the video. */
export const MAX_EVIDENCE_BYTES = 10 * 1024 * 1024;
export const MAX_PIECE_BYTES = 4 * 1024 * 1024;

/** Points by item, without notes: what the scale grades. */
export function pointsOf(answers: Readonly<Record<string, { points: number }>>): Record<string, number> {
  return Object.fromEntries(Object.entries(answers).map(([item, { points }]) => [item, points]));
}

export { contradictionsOf, unexplained } from './contradictions.ts';
export type { Contradiction } from './contradictions.ts';
