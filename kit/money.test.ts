import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitFen, yuan } from './money.ts';

describe('yuan on paper', () => {
  it('writes fen as yuan with two decimals and thousands', () => {
    expect(yuan(123456)).toBe('1,234.56');
    expect(yuan(0)).toBe('0.00');
    expect(yuan(5)).toBe('0.05');
    expect(yuan(99)).toBe('0.99');
    expect(yuan(100)).toBe('1.00');
    expect(yuan(99_999)).toBe('999.99');
    expect(yuan(100_000)).toBe('1,000.00');
    expect(yuan(-123_456_789)).toBe('-1,234,567.89');
  });

  it('is a bug for half a fen', () => {
    expect(() => yuan(0.5)).toThrow('whole number');
  });

  it('can be read back to the same fen', () => {
    fc.assert(fc.property(fc.maxSafeInteger(), (fen) => {
      expect(BigInt(yuan(fen).replaceAll(/[,.]/g, ''))).toBe(BigInt(fen));
    }));
  });
});

describe('the split between fund and person', () => {
  it('rounds the fund half up to the fen, the person pays the rest', () => {
    expect(splitFen(6500, 9000)).toEqual({ fundFen: 5850, personFen: 650 });
    expect(splitFen(5, 9000)).toEqual({ fundFen: 5, personFen: 0 });
    expect(splitFen(4, 9000)).toEqual({ fundFen: 4, personFen: 0 });
    expect(splitFen(1, 5000)).toEqual({ fundFen: 1, personFen: 0 });
    expect(splitFen(1, 4999)).toEqual({ fundFen: 0, personFen: 1 });
  });

  it('loses no fen, for any amount and ratio', () => {
    fc.assert(fc.property(fc.maxSafeNat(), fc.integer({ min: 0, max: 10_000 }), (amountFen, ratioBp) => {
      const { fundFen, personFen } = splitFen(amountFen, ratioBp);
      expect(fundFen + personFen).toBe(amountFen);
      expect(fundFen).toBeGreaterThanOrEqual(0);
      expect(personFen).toBeGreaterThanOrEqual(0);
      const twiceErrorBp = 2n * (BigInt(fundFen) * 10_000n - BigInt(amountFen) * BigInt(ratioBp));
      expect(twiceErrorBp > -10_000n && twiceErrorBp <= 10_000n).toBe(true);
    }));
  });

  it('is a bug for a negative amount and a ratio above the whole', () => {
    expect(() => splitFen(-1, 9000)).toThrow('non-negative');
    expect(() => splitFen(100, 10_001)).toThrow('basis points');
    expect(splitFen(100, 10_000)).toEqual({ fundFen: 100, personFen: 0 });
    expect(splitFen(100, 0)).toEqual({ fundFen: 0, personFen: 100 });
  });
});
