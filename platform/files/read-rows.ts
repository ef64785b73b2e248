/** Reads a table that a person uploads: CSV or Excel, told by its bytes and not by its name, row by row. */
import { type InputError, refuse } from '#kit/refuse.ts';
import { cellText, type ColumnSpec, type RawRow, titleKey } from './columns.ts';
import { excelRows } from './excel-reader.ts';
import { FILE_LIMITS, type FileLimits, type FileSource, openSource, type UploadedFile } from './source.ts';
import { textRows } from './text-reader.ts';

export interface ImportRow {
  /** Row number as the person sees it in the file, from 1. */
  row: number;
  /** Text by column code; '' where the cell is empty. Days and times are normalised. */
  cells: Record<string, string>;
  /** What is wrong with cells of this row, by column code; empty when all is well. */
  errors: InputError[];
}

/** Titles are looked for in the first rows, because people put a heading above their table. */
const HEADER_ROWS = 10;

/**
 * Rows of a file as an asynchronous iterator: one row at a time, nothing is collected. The header is recognised by the
 * Chinese title, the English title or the code, in any order; empty rows are passed over.
 * Refuses FILE_HEADER (with one error for each missing, unknown or repeated title), FILE_TOO_LARGE, FILE_TOO_MANY_ROWS,
 * FILE_EMPTY, FILE_NOT_A_TABLE, FILE_EXCEL_OLD_OR_LOCKED, FILE_EXCEL_BROKEN, FILE_UNPACKS_TOO_LARGE, FILE_CELL_TOO_LONG,
 * FILE_ENCODING, FILE_CSV_BROKEN. Wrong cells do not stop the reading: they stand in the row's errors.
 */
export async function* readRows(
  file: UploadedFile,
  columns: readonly ColumnSpec[],
  limits: Partial<FileLimits> = {},
): AsyncGenerator<ImportRow, void, undefined> {
  const all = { ...FILE_LIMITS, ...limits };
  const source = await openSource(file, all.maxBytes);
  try {
    const rows = (await isExcel(source)) ? excelRows(source, all) : textRows(source, columns, all);
    yield* importRows(rows, columns, all.maxRows);
  } finally {
    await source.close();
  }
}

/** First bytes of PDF, PNG, JPEG, RAR, 7z, gzip and odd ZIP files. */
const OTHER_KINDS = ['%PDF', '\x89PNG', '\xff\xd8\xff', 'Rar!', '7z\xbc\xaf', '\x1f\x8b', 'PK'];

/** True for .xlsx, false for text; other kinds of file are refused with what to do. */
async function isExcel(source: FileSource): Promise<boolean> {
  const head = await source.read(0, 512);
  const mark = head.toString('latin1');
  if (mark.startsWith('PK\u0003\u0004')) return true;
  if (mark.startsWith('\xd0\xcf\x11\xe0')) refuse('FILE_EXCEL_OLD_OR_LOCKED');
  const utf16 = mark.startsWith('\xff\xfe') || mark.startsWith('\xfe\xff');
  const markup = /^(\xef\xbb\xbf)?\s*<(\?xml|!doctype|html|table)/i.test(mark);
  const otherKind = markup || OTHER_KINDS.some((start) => mark.startsWith(start));
  if (otherKind || (!utf16 && mark.includes('\0'))) refuse('FILE_NOT_A_TABLE');
  return false;
}

interface Header {
  columns: { spec: ColumnSpec; at: number }[];
  titled: Set<number>;
}

async function* importRows(rows: AsyncIterable<RawRow>, specs: readonly ColumnSpec[], maxRows: number): AsyncGenerator<ImportRow> {
  let header: Header | undefined;
  let seen = 0;
  let count = 0;
  for await (const raw of rows) {
    if (!hasContent(raw)) continue;
    if (!header) {
      header = headerOf(raw, specs);
      if (!header && ++seen === HEADER_ROWS) refuseMissing(specs);
      continue;
    }
    if (++count > maxRows) refuse('FILE_TOO_MANY_ROWS', { maxRows });
    yield importRow(raw, header);
  }
  if (!header) refuseMissing(specs);
}

function hasContent({ cells }: RawRow): boolean {
  for (const cell of cells.values()) if (cell.kind !== 'text' || cell.text.trim() !== '') return true;
  return false;
}

function importRow(raw: RawRow, header: Header): ImportRow {
  const cells: Record<string, string> = {};
  const errors: InputError[] = [];
  for (const { spec, at } of header.columns) {
    const { text, code } = cellText(spec, raw.cells.get(at));
    cells[spec.code] = text;
    if (code) errors.push({ row: raw.row, column: spec.code, value: text, code, params: { titleZh: spec.zh, titleEn: spec.en } });
  }
  for (const [at, cell] of raw.cells) {
    if (header.titled.has(at) || (cell.kind === 'text' && cell.text.trim() === '')) continue;
    errors.push({ row: raw.row, column: columnName(at), value: titleOf(cell), code: 'CELL_WITHOUT_TITLE' });
  }
  return { row: raw.row, cells, errors };
}

/** 0 → A, 26 → AA: the letter above an untitled column. */
function columnName(at: number): string {
  return at < 26 ? String.fromCharCode(65 + at) : columnName(Math.floor(at / 26) - 1) + columnName(at % 26);
}

type Cell = Parameters<typeof cellText>[1];

function titleOf(cell: Cell): string {
  if (!cell) return '';
  if (cell.kind === 'number') return String(cell.number);
  return cell.kind === 'serial' ? String(cell.serial) : cell.text.trim();
}

/** The header in this row, or nothing when the row shows fewer than two of the titles (one, of a single column). */
function headerOf(raw: RawRow, specs: readonly ColumnSpec[]): Header | undefined {
  const byTitle = new Map(specs.flatMap((spec) => [spec.code, spec.zh, spec.en].map((title) => [titleKey(title), spec] as const)));
  const titles = [...raw.cells].map(([at, cell]) => ({ at, title: titleOf(cell) })).filter(({ title }) => title !== '');
  const known = titles.filter(({ title }) => byTitle.has(titleKey(title)));
  if (known.length < Math.min(2, specs.length)) return undefined;
  const columns: Header['columns'] = [];
  const errors: InputError[] = [];
  const found = new Set<ColumnSpec>();
  const wrong = (title: string, code: string) => errors.push({ row: raw.row, column: title, value: title, code });
  for (const { at, title } of titles) {
    const spec = byTitle.get(titleKey(title));
    if (!spec) wrong(title, 'HEADER_UNKNOWN');
    else if (found.has(spec)) wrong(title, 'HEADER_TWICE');
    else {
      found.add(spec);
      columns.push({ spec, at });
    }
  }
  for (const spec of specs) {
    if (found.has(spec)) continue;
    if (spec.required) errors.push(missing(spec, raw.row));
    else columns.push({ spec, at: -1 });
  }
  if (errors.length > 0) refuse('FILE_HEADER', { count: errors.length }, { errors });
  return { columns, titled: new Set(titles.map(({ at }) => at)) };
}

function missing(spec: ColumnSpec, row: number): InputError {
  return { row, column: spec.code, value: '', code: 'HEADER_MISSING', params: { titleZh: spec.zh, titleEn: spec.en } };
}

function refuseMissing(specs: readonly ColumnSpec[]): never {
  const errors = specs.filter((spec) => spec.required).map((spec) => missing(spec, 1));
  refuse('FILE_HEADER', { count: errors.length }, { errors });
}
