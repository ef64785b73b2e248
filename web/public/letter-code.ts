/** The code of a letter as people type, paste or scan it, and what the check says. */

/** Takes the code out of what was typed: the code itself, with spaces, or the whole address of the QR picture. Undefined when it cannot be one. */
export function letterCode(text: string): string | undefined {
  const last = text.trim().split(/[?#]/)[0]!.split('/').filter(Boolean).at(-1) ?? '';
  const code = last.replace(/\s+/g, '');
  return /^[A-Za-z0-9_-]{16,64}$/.test(code) ? code : undefined;
}

export type LetterStanding = 'notYet' | 'valid' | 'expired' | 'ended';

/** Whether a letter holds on a day: not yet, valid, expired by its time, or ended before it. */
export function letterStanding(letter: { effectiveOn: string; validUntilOn: string; endedOn: string | null; state: 'notYet' | 'valid' | 'ended' }, today: string): LetterStanding {
  if (letter.endedOn !== null && letter.endedOn < today && letter.endedOn < letter.validUntilOn) return 'ended';
  if (letter.state === 'ended') return letter.validUntilOn < today ? 'expired' : 'ended';
  return letter.state;
}
