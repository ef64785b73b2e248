/** Chance that can be repeated: the same seed makes the same calls. */

export interface Chance {
  /** 0 ≤ n < 1. */
  next(): number;
  below(limit: number): number;
  pick<T>(from: readonly T[]): T;
  maybe(share: number): boolean;
}

export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    pick: (from) => {
      if (from.length === 0) throw new Error('nothing to pick from');
      return from[below(from.length)]!;
    },
    maybe: (share) => next() < share,
  };
}
