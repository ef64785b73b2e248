/** The number on the document against the number of the case. Pure. */

export interface NumberCheck {
  state: 'open' | 'agrees' | 'differs';
  /** The whole number to keep, or null while it is not known. */
  full: string | null;
}

/**
 * All eighteen characters, or the last six, which stand for the whole number when they agree. A whole number that differs is
 * kept as it was read: the office sees it and the server refuses to mistake one person for another.
 */
export function checkNumber(typed: string, known: string): NumberCheck {
  if (typed.length === 18) return { state: typed === known ? 'agrees' : 'differs', full: typed };
  if (typed.length === 6) return known.endsWith(typed) ? { state: 'agrees', full: known } : { state: startsLike(typed, known) ? 'open' : 'differs', full: null };
  return { state: 'open', full: null };
}

/** Six characters may also be the beginning of all eighteen. */
const startsLike = (typed: string, known: string): boolean => known.startsWith(typed);
