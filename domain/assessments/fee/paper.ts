/** The fee statement of an institution on paper. Numbers of conclusions only, no person. */
import type { Bilingual } from '#kit/contract.ts';
import { dayOf } from '#kit/days.ts';
import { chineseCapital } from '#kit/money-capital.ts';
import { yuan } from '#kit/money.ts';
import type { Act } from '#platform/act.ts';
import { qrSvg } from '#platform/documents/qr.ts';
import { renderPdf } from '#platform/documents/render.ts';
import type { FileAnswer } from '#platform/module.ts';
import { loadWords, sentence } from '#platform/words/words.ts';
import { readFeeLines, readFeeStatement } from './reviews.ts';

const words = loadWords([{ name: 'assessments', words: new URL('../', import.meta.url) }]);
const both = (section: string, code: string, params: Record<string, unknown> = {}): Bilingual => ({ zh: sentence(words, 'zh', section, code, params), en: sentence(words, 'en', section, code, params) });

/** Lines that the paper prints. */
const PRINTED_LINES = 200;

/** The statement as PDF; the same statement gives the same bytes. Refuses with NOT_FOUND and DOCUMENT_CHARACTER_MISSING. */
export async function feePaper(act: Act, id: string): Promise<FileAnswer> {
  const statement = await readFeeStatement(act, id);
  const lines = await readFeeLines(act, id, { page: 1, pageSize: PRINTED_LINES });
  const name = act.policy.about.districts?.find((one) => one.code === statement.districtCode)?.name ?? { zh: statement.districtCode, en: statement.districtCode };
  const reviewed = (step: 'first' | 'second') => {
    const last = statement.reviews.findLast((one) => one.step === step);
    return last ? { name: last.reviewerName, on: dayOf(new Date(last.reviewedAt)) } : undefined;
  };
  const first = statement.state === 'drafted' ? undefined : reviewed('first');
  const second = statement.state === 'approved' || statement.state === 'paid' ? reviewed('second') : undefined;
  const verifyUrl = `${act.platform.publicUrl}/office/fees/${id}`;
  const body = await renderPdf(new URL('statement.typ', import.meta.url), {
    number: statement.number, issuedOn: dayOf(new Date(statement.stateSince)), issuer: both('paper', 'feeIssuer', { district: name.zh, districtEn: name.en }), month: statement.month,
    district: { code: statement.districtCode, name }, institution: { name: statement.institutionName, creditCode: statement.creditCode }, linesTotal: lines.total,
    totals: { due: yuan(statement.dueFen), takenBack: yuan(statement.takenBackFen), carriedIn: yuan(statement.carriedInFen), payable: yuan(statement.payableFen), carriedOut: yuan(statement.carriedOutFen) },
    payableCapital: chineseCapital(statement.payableFen),
    lines: lines.rows.map((line) => ({
      concludedOn: line.concludedOn, number: line.conclusionNumber, kind: both('values', line.kind), price: yuan(line.priceFen), amount: yuan(line.amountFen),
      reason: both('reasons', line.code, line.reasons.find((one) => one.code === line.code)?.params ?? {}),
    })),
    ...(first ? { firstReview: first } : {}), ...(second ? { secondReview: second } : {}), verifyUrl, qr: qrSvg(verifyUrl),
  });
  return { mediaType: 'application/pdf', fileName: `${statement.number}.pdf`, body };
}
