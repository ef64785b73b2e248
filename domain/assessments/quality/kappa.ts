/** Cohen's weighted kappa with quadratic weights, by its definition: a table of pairs, weights of disagreement, what chance alone would give (Cohen 1968). */

/** A quotient of whole numbers rounded half away from zero to six places, without floating-point error. */
export function rounded(numerator: number, denominator: number): number {
  if (!Number.isInteger(numerator) || !Number.isInteger(denominator)) return Math.round((numerator / denominator) * 1e6) / 1e6;
  const sign = (numerator < 0) !== (denominator < 0) ? -1 : 1;
  const [n, d] = [BigInt(Math.abs(numerator)), BigInt(Math.abs(denominator))];
  return (sign * Number((n * 2_000_000n + d) / (2n * d))) / 1e6;
}

/** 1 − observed weighted disagreement / expected; null where there is nothing to disagree about (both raters always say one and the same). */
export function quadraticKappa(pairs: readonly (readonly [number, number])[]): number | null {
  const categories = [...new Set(pairs.flat())];
  const first = new Map(categories.map((code) => [code, pairs.filter(([x]) => x === code).length]));
  const second = new Map(categories.map((code) => [code, pairs.filter(([, y]) => y === code).length]));
  let observed = 0;
  let expected = 0;
  for (const i of categories) {
    for (const j of categories) {
      const weight = (i - j) ** 2;
      observed += weight * pairs.filter(([x, y]) => x === i && y === j).length;
      expected += weight * first.get(i)! * second.get(j)!;
    }
  }
  return expected === 0 ? null : rounded(expected - pairs.length * observed, expected);
}
