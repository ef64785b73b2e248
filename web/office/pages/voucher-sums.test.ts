import { describe, expect, test } from 'vitest';
import { balanceOf, entriesToSend } from './voucher-sums.ts';

describe('the sums of a voucher', () => {
  const debit = { accountCode: '1003', debitFen: 5_000 };

  test('meet when both sides are the same', () => {
    expect(balanceOf([debit, { accountCode: '3001', creditFen: 2_000 }, { accountCode: '3002', creditFen: 3_000 }])).toEqual({ debitFen: 5_000, creditFen: 5_000, meets: true });
  });

  test('do not meet by one fen', () => {
    expect(balanceOf([debit, { accountCode: '3001', creditFen: 4_999 }]).meets).toBe(false);
  });

  test('do not meet while a line has no account, no side or both sides, or while there is only nothing', () => {
    expect(balanceOf([debit, { creditFen: 5_000 }]).meets).toBe(false);
    expect(balanceOf([debit, { accountCode: '3001', creditFen: 5_000 }, { accountCode: '3002' }]).meets).toBe(false);
    expect(balanceOf([{ accountCode: '1003', debitFen: 1, creditFen: 1 }, { accountCode: '3001', debitFen: 1, creditFen: 1 }]).meets).toBe(false);
    expect(balanceOf([undefined, {}])).toEqual({ debitFen: 0, creditFen: 0, meets: false });
  });

  test('are sent with both sides in fen', () => {
    expect(entriesToSend([debit, { accountCode: '3001', creditFen: 5_000 }])).toEqual([{ accountCode: '1003', debitFen: 5_000, creditFen: 0 }, { accountCode: '3001', debitFen: 0, creditFen: 5_000 }]);
  });
});
