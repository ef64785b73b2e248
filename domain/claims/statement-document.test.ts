import { expect, it } from 'vitest';
import { creditCodeFor } from '#kit/credit-code.ts';
import { addDays } from '#kit/days.ts';
import { PRINTED_LINES, type StatementDocument, statementInput, statementPdf } from './statement-document.ts';

/** A statement of n visits of an hour at 65.00 yuan, every tenth refused. */
function statementOf(n: number): StatementDocument {
  const lines = Array.from({ length: n }, (_, i) => {
    const refused = i % 10 === 9;
    return {
      servedOn: addDays('2026-09-01', i % 30),
      personName: ['王*兰', '李*', '欧**英'][i % 3]!,
      service: { zh: '居家上门护理', en: 'Home visit care' },
      quantity: '60 min',
      billedFen: 6500,
      fundFen: refused ? 0 : 5850,
      personFen: refused ? 0 : 650,
      refusedFen: refused ? 6500 : 0,
      ...(refused ? { refusalCode: 'VISIT_OVERLAP_WORKER' } : {}),
    };
  });
  const refusedLines = Math.floor(n / 10);
  const paid = n - refusedLines;
  return {
    number: '青护结〔2026〕990102-09-0003号',
    issuedOn: '2026-10-09',
    issuer: { zh: '青禾市医疗保障事业管理中心', en: 'Qinghe Healthcare Security Administration Centre' },
    month: '2026-09',
    district: { code: '990102', name: { zh: '河东区', en: 'Hedong District' } },
    institution: { name: { zh: '青禾康宁护理站', en: 'Kangning Care Station' }, creditCode: creditCodeFor('990102', 3) },
    visits: n,
    totals: { billedFen: n * 6500, fundFen: paid * 5850, personFen: paid * 650, refusedFen: refusedLines * 6500 },
    refusals: refusedLines === 0 ? [] : [{
      code: 'VISIT_OVERLAP_WORKER',
      sentence: { zh: '同一护理员同一时间在两处服务。', en: 'The same carer was in two places at once.' },
      lines: refusedLines,
      amountFen: refusedLines * 6500,
    }],
    lines,
    linesTotal: n,
    firstReview: { name: '陈思源', on: '2026-10-08' },
    secondReview: { name: '赵敏', on: '2026-10-09' },
    verifyUrl: 'https://changhu.example/check/990102-09-0003?k=4T9C',
  };
}

it('prints a statement as PDF, the same bytes for the same statement', async () => {
  const first = await statementPdf(statementOf(64));
  expect(first.subarray(0, 5).toString()).toBe('%PDF-');
  expect((await statementPdf(statementOf(64))).equals(first)).toBe(true);
});

it('prints a statement without refusals and without reviews', async () => {
  const { firstReview: _first, secondReview: _second, ...open } = statementOf(5);
  expect((await statementPdf(open)).subarray(0, 5).toString()).toBe('%PDF-');
});

it('writes the payable amount in yuan and in capital figures', () => {
  const { totals } = statementInput(statementOf(20));
  expect(totals).toEqual({
    billed: '1,300.00', fund: '1,053.00', person: '117.00', refused: '130.00', payableCapital: '壹仟零伍拾叁元整',
  });
});

it('prints the first lines of a long statement and says how many there are', () => {
  const input = statementInput(statementOf(PRINTED_LINES + 1));
  expect(input.lines).toHaveLength(PRINTED_LINES);
  expect(input).toMatchObject({ linesPrinted: PRINTED_LINES, linesTotal: PRINTED_LINES + 1 });
  expect(statementInput(statementOf(PRINTED_LINES)).linesPrinted).toBe(PRINTED_LINES);
});

it('is a bug when amounts do not add up by one fen', () => {
  const statement = statementOf(20);
  expect(() => statementInput({ ...statement, totals: { ...statement.totals, fundFen: statement.totals.fundFen + 1 } })).toThrow('fund + person');
  const [refusal] = statement.refusals;
  expect(() => statementInput({ ...statement, refusals: [{ ...refusal!, amountFen: refusal!.amountFen - 1 }] })).toThrow('refusals by code');
});
