/** The nouns of looking at an assessment before it is published: experts' voices, the insurer's check, returned cases. Browser-safe. */

/** Why a case comes back to be assessed anew; `other` says it in the note. */
export const RETURN_REASONS = ['recordIncomplete', 'evidenceMissing', 'videoUnclear', 'answersContradict', 'identityUnproved', 'procedureBreached', 'other'] as const;
export type ReturnReason = (typeof RETURN_REASONS)[number];

/** Who sent it back: the experts' voices, the commissioned insurer, the agency, or an upheld objection. */
export const RETURNERS = ['experts', 'insurerCheck', 'agency', 'objection'] as const;
export type Returner = (typeof RETURNERS)[number];

/** What the commissioned insurer looks at before a result is published; each must hold before it passes. */
export const CHECK_POINTS = ['identityOfBoth', 'personsOnSite', 'guardianPresent', 'videoComplete', 'answersMatchEvidence', 'expertsIndependent'] as const;
export type CheckPoint = (typeof CHECK_POINTS)[number];

/** An item that an expert would answer otherwise: with other points, or only named as doubtful. */
export interface DisputedItem {
  code: string;
  points?: number;
}

/** What a voice says, as far as counting goes. */
export interface Voice {
  agrees: boolean;
}

/** Where the voices stand: more are awaited, or it is decided. */
export const VOICE_OUTCOMES = ['waiting', 'confirmed', 'returned'] as const;
export type VoiceOutcome = (typeof VOICE_OUTCOMES)[number];

/**
 * Counts voices. `needed` agreeing ones confirm. `ofAtMost` experts are asked at most (the figure assessments.expertsOnDisagreement): the case is
 * returned as soon as those still to be asked can no longer make up `needed`. Without that figure one disagreement returns it.
 */
export function countVoices(voices: readonly Voice[], needed: number, ofAtMost: number | null): { outcome: VoiceOutcome; agreed: number; disagreed: number } {
  const agreed = voices.filter((one) => one.agrees).length;
  const disagreed = voices.length - agreed;
  if (agreed >= needed) return { outcome: 'confirmed', agreed, disagreed };
  const most = Math.max(needed, ofAtMost ?? needed);
  return { outcome: most - disagreed < needed ? 'returned' : 'waiting', agreed, disagreed };
}

/** How many experts are asked now: the third one only when the first ones disagree. */
export function expertsAsked(voices: readonly Voice[], needed: number, ofAtMost: number | null): number {
  const disagreed = voices.filter((one) => !one.agrees).length;
  return Math.min(needed + disagreed, Math.max(needed, ofAtMost ?? needed));
}

/** How many experts the draw lacks: those who are asked now, less those drawn; a third one only when the first ones disagree. */
export function expertsLacking(drawn: number, voices: readonly Voice[], needed: number, ofAtMost: number | null): number {
  return Math.max(0, expertsAsked(voices, needed, ofAtMost) - drawn);
}
