/** Finding a figure by the words people use for it, Chinese or English, in any order. */

export interface Findable {
  name: string;
  /** Everything it may be found by: labels, effect, other names, rules that use it. Strongest first. */
  texts: readonly string[];
}

/** Chinese as pairs of characters, Latin as words: '每周限额 cap' → 每周, 周限, 限额, cap. */
export function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (const run of text.toLowerCase().match(/[\p{Script=Han}]+|[a-z0-9]+/gu) ?? []) {
    if (!/\p{Script=Han}/u.test(run) || run.length === 1) pieces.push(run);
    else for (let at = 0; at < run.length - 1; at++) pieces.push(run.slice(at, at + 2));
  }
  return [...new Set(pieces)];
}

/** The share of the asked pieces that must be found for a figure to count. */
const ENOUGH = 0.6;

/** Best first; a text that stands earlier in `texts` weighs more. Nothing asked gives everything in its order. */
export function findFigures<F extends Findable>(figures: readonly F[], asked: string): F[] {
  const pieces = piecesOf(asked);
  if (pieces.length === 0) return [...figures];
  const scored = figures.map((figure) => {
    const texts = figure.texts.map((one) => one.toLowerCase());
    let [found, weight] = [0, 0];
    for (const piece of pieces) {
      const at = texts.findIndex((one) => one.includes(piece));
      if (at < 0) continue;
      found++;
      weight += 1 / (1 + at);
    }
    return { figure, found: found / pieces.length, weight };
  });
  return scored
    .filter((one) => one.found >= ENOUGH)
    .sort((a, b) => b.found - a.found || b.weight - a.weight)
    .map((one) => one.figure);
}
