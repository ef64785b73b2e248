/** The monthly statement of an institution (费用结算单) on paper: its data and its way to statement.typ. */
import type { Bilingual } from '#kit/contract.ts';
import type { Day, Month } from '#kit/days.ts';
import { yuan } from '#kit/money.ts';
import { chineseCapital } from '#kit/money-capital.ts';
import { assert } from '#kit/refuse.ts';
import { qrSvg } from '#platform/documents/qr.ts';
import { renderPdf } from '#platform/documents/render.ts';

/** Billed = fund + person + refused, in fen. */
export interface StatementAmounts {
  billedFen: number;
  fundFen: number;
  personFen: number;
  refusedFen: number;
}

export interface StatementDocumentLine extends StatementAmounts {
  servedOn: Day;
  /** Masked: the statement goes to the institution's books and to the auditors. */
  personName: string;
  service: Bilingual;
  /** What was delivered, with its unit, e.g. `60 min` or `1 d`. */
  quantity: string;
  /** Code of the refusal or cut, where there is one. */
  refusalCode?: string;
}

export interface StatementDocument {
  number: string;
  issuedOn: Day;
  issuer: Bilingual;
  month: Month;
  district: { code: string; name: Bilingual };
  institution: { name: Bilingual; creditCode: string };
  visits: number;
  totals: StatementAmounts;
  refusals: { code: string; sentence: Bilingual; lines: number; amountFen: number }[];
  /** Lines in the order of the books; the paper shows the first ones and says how many there are. */
  lines: StatementDocumentLine[];
  linesTotal: number;
  firstReview?: { name: string; on: Day };
  secondReview?: { name: string; on: Day };
  verifyUrl: string;
}

/** Lines that one paper statement prints; the complete list goes with it as an Excel file. */
export const PRINTED_LINES = 200;

function amountsInYuan(amounts: StatementAmounts) {
  const { billedFen, fundFen, personFen, refusedFen } = amounts;
  assert(billedFen === fundFen + personFen + refusedFen, `${billedFen} fen billed are not fund + person + refused`);
  return { billed: yuan(billedFen), fund: yuan(fundFen), person: yuan(personFen), refused: yuan(refusedFen) };
}

/** Data of a statement → input of statement.typ: yuan with two decimals, the payable amount in capital figures. */
export function statementInput(statement: StatementDocument) {
  const { totals, refusals, lines, linesTotal } = statement;
  assert(lines.length <= linesTotal, 'a statement cannot show more lines than it has');
  const refusedFen = refusals.reduce((sum, refusal) => sum + refusal.amountFen, 0);
  assert(refusedFen === totals.refusedFen, `refusals by code sum to ${refusedFen} fen, the total says ${totals.refusedFen}`);
  const printed = lines.slice(0, PRINTED_LINES);
  return {
    ...statement,
    totals: { ...amountsInYuan(totals), payableCapital: chineseCapital(totals.fundFen) },
    refusals: refusals.map((refusal) => ({ ...refusal, amount: yuan(refusal.amountFen) })),
    lines: printed.map((line) => ({ ...line, ...amountsInYuan(line) })),
    linesPrinted: printed.length,
    linesTotal,
    qr: qrSvg(statement.verifyUrl),
  };
}

/** The statement as PDF; the same statement gives the same bytes. Refuses DOCUMENT_CHARACTER_MISSING. */
export function statementPdf(statement: StatementDocument): Promise<Buffer> {
  return renderPdf(new URL('statement.typ', import.meta.url), statementInput(statement));
}
