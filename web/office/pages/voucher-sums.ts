/** The sums of a voucher while it is written. */

export interface EntryLine {
  accountCode?: string;
  debitFen?: number;
  creditFen?: number;
}

/** Debit and credit in fen. They meet when both sums are the same, above zero, and every line has an account and exactly one side. */
export function balanceOf(lines: readonly (EntryLine | undefined)[]): { debitFen: number; creditFen: number; meets: boolean } {
  const sum = (side: 'debitFen' | 'creditFen') => lines.reduce((total, one) => total + (one?.[side] ?? 0), 0);
  const [debitFen, creditFen] = [sum('debitFen'), sum('creditFen')];
  const complete = lines.length >= 2 && lines.every((one) => one?.accountCode !== undefined && (one.debitFen ?? 0) > 0 !== (one.creditFen ?? 0) > 0);
  return { debitFen, creditFen, meets: complete && debitFen === creditFen };
}

/** The lines as the books take them: both sides in fen, an empty one as 0. */
export function entriesToSend(lines: readonly (EntryLine | undefined)[]): { accountCode: string; debitFen: number; creditFen: number }[] {
  return lines.map((one) => ({ accountCode: one?.accountCode ?? '', debitFen: one?.debitFen ?? 0, creditFen: one?.creditFen ?? 0 }));
}
