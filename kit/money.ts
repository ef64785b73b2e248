/** Money is integer fen everywhere; yuan exist only on paper and screens. */
import { assert } from './refuse.ts';

/** `123456` → `1,234.56`. Input in fen. */
export function yuan(amountFen: number): string {
  assert(Number.isSafeInteger(amountFen), `an amount in fen must be a whole number, not ${amountFen}`);
  const sign = amountFen < 0 ? '-' : '';
  const digits = String(Math.abs(amountFen)).padStart(3, '0');
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${sign}${whole}.${digits.slice(-2)}`;
}

/**
 * Splits an amount exactly: the fund's share is rounded half up to the fen, the person pays the rest.
 * `ratioBp` is in basis points (9000 = 90 %). Half up per line, the person pays the rest: our own rule, named in every explanation of a line.
 */
export function splitFen(amountFen: number, ratioBp: number): { fundFen: number; personFen: number } {
  assert(Number.isSafeInteger(amountFen) && amountFen >= 0, 'an amount to split is a non-negative whole number of fen');
  assert(Number.isInteger(ratioBp) && ratioBp >= 0 && ratioBp <= 10000, 'a ratio is between 0 and 10000 basis points');
  const fundFen = Number((BigInt(amountFen) * BigInt(ratioBp) + 5000n) / 10000n);
  return { fundFen, personFen: amountFen - fundFen };
}
