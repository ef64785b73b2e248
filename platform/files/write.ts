/** Writes tables that people download: Excel and CSV, row by row as they come, in the words of one language. */
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import ExcelJS from 'exceljs';
import { isDay } from '#kit/days.ts';
import { assert } from '#kit/refuse.ts';
import { guarded } from './guard.ts';

/** fen: integer fen in, yuan with two decimals out · day: YYYY-MM-DD · time: YYYY-MM-DD HH:mm · others as they are named. */
export type OutputKind = 'text' | 'code' | 'day' | 'time' | 'integer' | 'fen';

export interface OutputColumn {
  code: string;
  title: string;
  kind: OutputKind;
  /** Width in characters; by kind unless told. */
  width?: number;
}

export type OutputValue = string | number | null | undefined;
export type OutputRow = Record<string, OutputValue>;
export type OutputRows = Iterable<OutputRow> | AsyncIterable<OutputRow>;

export interface OutputSheet {
  /** At most 31 characters, without * ? : \ / [ ]. */
  name: string;
  columns: readonly OutputColumn[];
  rows: OutputRows;
}

const FORMATS: Record<OutputKind, string> = { text: '@', code: '@', day: 'yyyy-mm-dd', time: 'yyyy-mm-dd hh:mm', integer: '0', fen: '#,##0.00' };
const WIDTHS: Record<OutputKind, number> = { text: 20, code: 22, day: 12, time: 18, integer: 10, fen: 14 };

/** A value as Excel holds it: days as real days, money as yuan, texts that cannot run as formulas. */
export function excelValue(kind: OutputKind, value: OutputValue): string | number | Date | null {
  if (value === null || value === undefined || value === '') return null;
  if (kind === 'integer' || kind === 'fen') {
    const number = Number(value);
    assert(Number.isSafeInteger(number), `a column of ${kind} takes whole numbers, not ${value}`);
    return kind === 'fen' ? number / 100 : number;
  }
  const text = String(value);
  if (kind === 'day' || kind === 'time') {
    const at = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2})?))?$/.exec(text);
    assert(at && isDay(at[1]!), `a column of ${kind} takes YYYY-MM-DD (HH:mm), not ${text}`);
    return new Date(`${at[1]}T${(at[2] ?? '00:00').padEnd(8, ':00')}Z`);
  }
  return guarded(text);
}

/**
 * Writes a workbook to a stream and ends it: bold frozen header, widths and number formats by kind.
 * Rows are taken one at a time and wait while the stream is full. `createdAt` goes into the file's properties.
 */
export async function writeExcel(output: Writable, sheets: readonly OutputSheet[], createdAt: Date): Promise<void> {
  await writeWorkbook(output, createdAt, async (workbook, stop) => {
    for (const sheet of sheets) await addSheet(workbook, sheet, output, stop);
  });
}

type Workbook = ExcelJS.stream.xlsx.WorkbookWriter;

/**
 * Opens a streaming workbook on `output`, lets `fill` add the sheets, and waits until the last byte is out.
 * When the stream breaks off (a person closes the window), `stop` is aborted, so that the rows' source is closed too.
 */
export async function writeWorkbook(
  output: Writable,
  createdAt: Date,
  fill: (workbook: Workbook, stop: AbortSignal) => Promise<void>,
): Promise<void> {
  const stop = new AbortController();
  const ended = finished(output).catch((error: unknown) => {
    stop.abort(error);
    throw error;
  });
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: output, useStyles: true, useSharedStrings: false });
  workbook.creator = workbook.lastModifiedBy = 'Changhu';
  workbook.created = workbook.modified = createdAt;
  const filled = fill(workbook, stop.signal).then(() => workbook.commit());
  await Promise.race([ended, filled]);
}

async function addSheet(workbook: Workbook, sheet: OutputSheet, output: Writable, stop: AbortSignal): Promise<void> {
  const page = workbook.addWorksheet(sheet.name, { views: [{ state: 'frozen', ySplit: 1 }] });
  page.columns = sheet.columns.map(({ code, title, kind, width }) => ({
    key: code, header: title, width: width ?? WIDTHS[kind], style: { numFmt: FORMATS[kind] },
  }));
  styleHeader(page.getRow(1));
  page.getRow(1).commit();
  let row = 0;
  for await (const values of sheet.rows) {
    page.addRow(sheet.columns.map(({ code, kind }) => excelValue(kind, values[code]))).commit();
    // The writer itself never waits, so the sheet waits for the stream every few rows.
    if (++row % 500 === 0) {
      stop.throwIfAborted();
      if (output.writableNeedDrain) await once(output, 'drain', { signal: stop });
      else await new Promise((resolve) => setImmediate(resolve));
    }
  }
  page.commit();
}

export function styleHeader(row: ExcelJS.Row): void {
  row.font = { bold: true };
  row.numFmt = '@';
  row.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFF3F4F6' } };
}

/** A value as CSV holds it: yuan with two decimals and no thousands, everything else as text that cannot run as a formula. */
export function csvValue(kind: OutputKind, value: OutputValue): string {
  const cell = excelValue(kind, value);
  if (cell === null) return '';
  if (kind === 'fen') return (Number(value) / 100).toFixed(2);
  return typeof cell === 'string' ? cell : String(value);
}

/** Writes CSV as UTF-8 with mark (so that Excel reads Chinese) and CRLF, and ends the stream. */
export async function writeCsv(output: Writable, columns: readonly OutputColumn[], rows: OutputRows): Promise<void> {
  async function* records() {
    yield columns.map(({ title }) => guarded(title));
    for await (const values of rows) yield columns.map(({ code, kind }) => csvValue(kind, values[code]));
  }
  await pipeline(records, stringify({ bom: true, record_delimiter: 'windows' }), output);
}
