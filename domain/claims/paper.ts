/** A statement to take away: the PDF with its first lines, and every line as Excel. */
import { Writable } from 'node:stream';
import type { Bilingual } from '#kit/contract.ts';
import { dayOf } from '#kit/days.ts';
import { maskName } from '#kit/mask.ts';
import type { Act } from '#platform/act.ts';
import { writeExcel } from '#platform/files/write.ts';
import type { OutputColumn, OutputRow } from '#platform/files/write.ts';
import type { FileAnswer } from '#platform/module.ts';
import { loadWords, sentence } from '#platform/words/words.ts';
import { valueOfLine } from './explain.ts';
import { itemNames, withItem } from './items.ts';
import type { StoredReason } from './model.ts';
import { auditRules } from './policy.ts';
import { getStatement } from './reviews.ts';
import { wordedReason } from './rules.ts';
import { PRINTED_LINES, statementPdf } from './statement-document.ts';
import { linesForExport, listLines, listReviews, outcomesOf, statementFindings } from './store.ts';
import type { FullStatement } from './store.ts';

const words = loadWords([{ name: 'claims', words: new URL('./', import.meta.url) }]);
const both = (section: string, code: string, params: Record<string, unknown> = {}): Bilingual => ({ zh: sentence(words, 'zh', section, code, params), en: sentence(words, 'en', section, code, params) });
const unsourced = { figure: () => ({ value: null, sources: [], stamp: '' }), ruleSources: () => [] };

/** The statement on paper: totals, refusals by rule, the first lines with masked names, who reviewed it. */
export async function statementPaper(act: Act, id: string): Promise<FileAnswer> {
  const statement = await getStatement(act, id);
  const lines = await listLines(act, statement, { page: 1, pageSize: PRINTED_LINES });
  const reviews = await listReviews(act, statement);
  const district = act.policy.about.districts?.find((one) => one.code === statement.districtCode);
  const name = district?.name ?? { zh: statement.districtCode, en: statement.districtCode };
  const reviewed = (step: 'first' | 'second') => {
    const last = reviews.findLast((one) => one.step === step);
    return last ? { name: last.reviewerName, on: dayOf(new Date(last.reviewedAt)) } : undefined;
  };
  const first = statement.state === 'drafted' ? undefined : reviewed('first');
  const second = statement.state === 'approved' || statement.state === 'paid' ? reviewed('second') : undefined;
  const outcomes = await outcomesOf(act, statement);
  const body = await statementPdf({
    number: statement.number, issuedOn: dayOf(new Date(statement.stateSince)), issuer: both('paper', 'issuer', { district: name.zh, districtEn: name.en }), month: statement.month,
    district: { code: statement.districtCode, name }, institution: { name: { zh: statement.institutionName, en: statement.institutionName }, creditCode: statement.creditCode },
    visits: outcomes.reduce((sum, one) => sum + one.lines, 0), totals: { billedFen: statement.billedFen, fundFen: statement.fundFen, personFen: statement.personFen, refusedFen: statement.refusedFen },
    refusals: await refusalsOf(act, statement),
    lines: lines.rows.map((line) => ({
      servedOn: line.serviceOn, personName: maskName(line.personName ?? ''), service: serviceOf(act, line), quantity: line.kind === 'day' ? '1 d' : `${line.minutes} min`,
      billedFen: line.billedFen, fundFen: line.fundFen, personFen: line.personFen, refusedFen: line.refusedFen, ...(line.rule === null ? {} : { refusalCode: line.rule }),
    })),
    linesTotal: lines.total, ...(first ? { firstReview: first } : {}), ...(second ? { secondReview: second } : {}), verifyUrl: `${act.platform.publicUrl}/office/statements/${statement.id}`,
  });
  return { mediaType: 'application/pdf', fileName: `${statement.number}.pdf`, body };
}

function serviceOf(act: Act, line: { serviceOn: string; itemCode: string | null; mode: string }): Bilingual {
  const { itemZh, itemEn } = itemNames(act, line.serviceOn, line.itemCode);
  return itemZh !== null && itemEn !== null ? { zh: itemZh, en: itemEn } : line.itemCode !== null ? { zh: line.itemCode, en: line.itemCode } : both('values', line.mode);
}

async function refusalsOf(act: Act, statement: FullStatement) {
  const found = await statementFindings(act, statement);
  const titles = new Map(act.policy.edition(auditRules, `${statement.month}-28`).value.rules.map((one) => [one.id, one.title]));
  const byRule = new Map<string, { code: string; sentence: Bilingual; lines: number; amountFen: number }>();
  for (const one of found) {
    const row = byRule.get(one.rule) ?? { code: one.rule, sentence: titles.get(one.rule) ?? both('rules', one.rule), lines: 0, amountFen: 0 };
    byRule.set(one.rule, { ...row, lines: row.lines + one.lines, amountFen: row.amountFen + one.refusedFen });
  }
  return [...byRule.values()];
}

const COLUMNS: readonly [code: string, kind: OutputColumn['kind']][] = [
  ['serviceOn', 'day'], ['personName', 'text'], ['workerName', 'text'], ['item', 'text'], ['minutes', 'integer'], ['paidMinutes', 'integer'], ['priceFen', 'fen'], ['billedFen', 'fen'], ['fundFen', 'fen'],
  ['personFen', 'fen'], ['refusedFen', 'fen'], ['outcome', 'text'], ['reasons', 'text'], ['sourceRef', 'code'], ['id', 'code'],
];

/** Every line of a statement as Excel, written slice by slice as it is read. */
export async function statementExcel(act: Act, id: string): Promise<FileAnswer> {
  const statement = await getStatement(act, id);
  const chunks: Buffer[] = [];
  const output = new Writable({ write: (chunk: Buffer, _, done) => (chunks.push(chunk), done()) });
  const columns = COLUMNS.map(([code, kind]): OutputColumn => ({ code, kind, title: Object.values(both('fields', code)).join(' '), ...(code === 'reasons' ? { width: 60 } : {}) }));
  await writeExcel(output, [{ name: statement.number, columns, rows: excelRows(act, statement) }], act.now);
  return { mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', fileName: `${statement.number}.xlsx`, body: Buffer.concat(chunks) };
}

async function* excelRows(act: Act, statement: FullStatement): AsyncGenerator<OutputRow> {
  for await (const line of linesForExport(act, statement)) {
    const sentences = line.reasons.filter((one) => !['entitlement', 'price', 'split'].includes(one.rule)).map((one) => reasonText({ ...one, params: withItem(act, line.serviceOn, one.params) }, line));
    yield { ...line, item: Object.values(serviceOf(act, line)).join(' '), outcome: Object.values(both('values', line.outcome)).join(' '), reasons: sentences.join('; '), rule: undefined };
  }
}

function reasonText(reason: StoredReason, line: Parameters<typeof valueOfLine>[0] & { priceFen: number }): string {
  const { code, params } = wordedReason(reason, { ...valueOfLine(line), grade: null, priceFen: line.priceFen }, unsourced);
  return both('reasons', code, params).zh;
}
