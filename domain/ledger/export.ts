/** The journal as plain text that hledger reads: anybody can sum the books again with another program. */
import { dayOf, type Day } from '#kit/days.ts';
import type { Act } from '#platform/act.ts';
import type { FileAnswer } from '#platform/module.ts';
import { listExportAccounts, listForExport, type ExportRow } from './store.ts';

const TYPES: Record<string, string> = { asset: 'A', liability: 'L', net: 'E', income: 'R', expense: 'X' };

/** The books in scope. `*` is booked; `!` is reserved, taken back with the opposite sign on the day of its payment or void. */
export async function exportJournal(act: Act, query: { district?: string; from?: Day; to?: Day }): Promise<FileAnswer> {
  const accounts = await listExportAccounts(act, query.district);
  const rows = await listForExport(act, query);
  const head = ['; 长期护理保险基金账 · books of the care insurance fund', `; exported ${dayOf(act.now)}; sum again: hledger -f FILE balance --flat --cleared`, 'decimal-mark .', 'commodity 1000.00 CNY', ''];
  const names = accounts.map((one) => `account ${one.districtCode}:${one.code}  ; type:${TYPES[one.kind]}, ${plain(one.zh)} · ${plain(one.en)}`);
  const body = [...head, ...names, '', ...rows.flatMap(transactions)].join('\n');
  return { mediaType: 'text/plain; charset=utf-8', fileName: `journal-${query.district ?? act.platform.cityCode}-${act.today}.journal`, body: Buffer.from(`${body}\n`, 'utf8') };
}

function transactions(row: ExportRow): string[] {
  if (row.kind === 'pending') return transaction(row, '!', 1);
  if (row.kind === 'void') return transaction(row, '!', -1);
  if (row.kind === 'settlement') return [...transaction(row, '!', -1), ...transaction(row, '*', 1)];
  return transaction(row, '*', 1);
}

function transaction(row: ExportRow, mark: string, sign: 1 | -1): string[] {
  const lines = row.accounts.map((code, index) => `    ${row.districtCode}:${code}  ${fenAsYuan(sign * row.amounts[index]!)} CNY`);
  return [`${row.effectiveOn} ${mark} (${row.number}) ${plain(row.narrative)}  ; id:${row.id}`, ...lines, ''];
}

function fenAsYuan(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Text that cannot be taken for syntax: no line ends, no comment or payee marks. */
function plain(text: string): string {
  return text.replace(/[\r\n\t]+/g, ' ').replaceAll(';', '\uff1b').replaceAll('|', '/').replaceAll(',', '\uff0c');
}
