/**
 * Rows of the first visible sheet of an Excel file (.xlsx), one after the other. Read with our own few events because the
 * streaming reader of exceljs decodes each piece of bytes by itself and so damages Chinese characters that lie across two.
 */
import { refuse } from '#kit/refuse.ts';
import type { RawCell, RawRow } from './columns.ts';
import type { FileLimits, FileSource } from './source.ts';
import { type XmlEvent, xmlEvents } from './xml.ts';
import { type Budget, budgetOf, unpackText, type ZipPart, zipParts } from './zip.ts';

interface Book {
  source: FileSource;
  parts: Map<string, ZipPart>;
  all: Budget;
  held: Budget;
  maxCellCharacters: number;
}

/** Events of one part of the book; nothing when the part is absent. */
async function* partEvents(book: Book, name: string, held: boolean): AsyncGenerator<XmlEvent[]> {
  const part = book.parts.get(name);
  if (!part) return;
  const pieces = unpackText(book.source, part, held ? [book.all, book.held] : [book.all]);
  // An escaped character takes up to eight letters of XML.
  yield* xmlEvents(pieces, name, book.maxCellCharacters * 8);
}

async function eachOpen(book: Book, name: string, visit: (tag: string, attributes: Record<string, string>) => void) {
  for await (const batch of partEvents(book, name, true)) {
    for (const event of batch) if (event.kind === 'open') visit(event.name, event.attributes);
  }
}

/** Rows of the first visible sheet. Refuses the codes of zip.ts and xml.ts, and FILE_NOT_A_TABLE for another kind of ZIP file. */
export async function* excelRows(source: FileSource, limits: FileLimits): AsyncGenerator<RawRow> {
  const book: Book = {
    source,
    parts: await zipParts(source),
    all: budgetOf(limits.maxUnpackedBytes),
    held: budgetOf(limits.maxHeldBytes),
    maxCellCharacters: limits.maxCellCharacters,
  };
  if (!book.parts.has('xl/workbook.xml')) refuse('FILE_NOT_A_TABLE');
  const { sheet, days1904 } = await firstSheet(book);
  const context: SheetContext = { texts: await sharedTexts(book), isDate: await dateStyles(book), days1904, limit: limits.maxCellCharacters };
  const reader = sheetReader(context);
  for await (const batch of partEvents(book, sheet, false)) yield* reader(batch);
}

async function firstSheet(book: Book): Promise<{ sheet: string; days1904: boolean }> {
  const sheets: { relation: string; hidden: boolean }[] = [];
  let days1904 = false;
  await eachOpen(book, 'xl/workbook.xml', (tag, attributes) => {
    if (tag === 'sheet') sheets.push({ relation: attributes['r:id'] ?? '', hidden: (attributes['state'] ?? 'visible') !== 'visible' });
    if (tag === 'workbookPr') days1904 = attributes['date1904'] === '1' || attributes['date1904'] === 'true';
  });
  const targets = new Map<string, string>();
  await eachOpen(book, 'xl/_rels/workbook.xml.rels', (tag, attributes) => {
    if (tag === 'Relationship') targets.set(attributes['Id'] ?? '', attributes['Target'] ?? '');
  });
  const target = targets.get(sheets.find((sheet) => !sheet.hidden)?.relation ?? '') ?? '';
  const sheet = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
  if (!book.parts.has(sheet)) refuse('FILE_EXCEL_BROKEN', { detail: 'sheet' });
  return { sheet, days1904 };
}

/** Formats that Excel itself counts as days or times, among them those of Chinese versions (27–36, 50–58). */
function isBuiltInDate(format: number): boolean {
  return (format >= 14 && format <= 22) || (format >= 27 && format <= 36) || (format >= 45 && format <= 47) || (format >= 50 && format <= 58);
}

function isDateFormat(code: string): boolean {
  const bare = code.replace(/"[^"]*"/g, '').replace(/\\./g, '').replace(/\[(?![hms]+\])[^\]]*\]/gi, '');
  return bare.toLowerCase() !== 'general' && /[ymdhs]/i.test(bare);
}

/** For every cell style: does it show a number as a day or time? */
async function dateStyles(book: Book): Promise<boolean[]> {
  const custom = new Map<number, boolean>();
  const styles: boolean[] = [];
  let inCellStyles = false;
  for await (const batch of partEvents(book, 'xl/styles.xml', true)) {
    for (const event of batch) {
      if (event.kind === 'text') continue;
      if (event.name === 'cellXfs') inCellStyles = event.kind === 'open';
      if (event.kind === 'close') continue;
      const format = Number(event.attributes['numFmtId'] ?? 0);
      if (event.name === 'numFmt') custom.set(format, isDateFormat(event.attributes['formatCode'] ?? ''));
      if (event.name === 'xf' && inCellStyles) styles.push(custom.get(format) ?? isBuiltInDate(format));
    }
  }
  return styles;
}

/** `_x000D_` and its like are characters that XML cannot hold. */
const plainText = (text: string) => text.replace(/_x([0-9A-F]{4})_/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));

/** The book's table of texts; phonetic notes (rPh) are not part of a text. */
async function sharedTexts(book: Book): Promise<string[]> {
  const texts: string[] = [];
  let text = '';
  let inText = false;
  let phonetic = 0;
  for await (const batch of partEvents(book, 'xl/sharedStrings.xml', true)) {
    for (const event of batch) {
      if (event.kind === 'text') {
        if (inText && phonetic === 0) text += event.text;
      } else if (event.name === 't') inText = event.kind === 'open';
      else if (event.name === 'rPh') phonetic += event.kind === 'open' ? 1 : -1;
      else if (event.name === 'si') {
        if (event.kind === 'close') texts.push(plainText(text));
        text = '';
      }
    }
  }
  return texts;
}

interface SheetContext {
  texts: string[];
  isDate: boolean[];
  days1904: boolean;
  limit: number;
}

interface OpenCell {
  column: number;
  type: string;
  style: number;
  value: string;
  formula: boolean;
}

/** `AB12` → 27. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of reference) {
    const value = letter.charCodeAt(0) - 64;
    if (value < 1 || value > 26) break;
    column = column * 26 + value;
  }
  return column - 1;
}

/** Turns events into rows; keeps its place between the batches. */
function sheetReader(context: SheetContext): (batch: XmlEvent[]) => RawRow[] {
  let row: RawRow = { row: 0, cells: new Map() };
  let cell: OpenCell | undefined;
  let lastColumn = -1;
  let collecting = false;
  let phonetic = false;
  const open = (name: string, attributes: Record<string, string>) => {
    if (name === 'row') {
      row = { row: Number(attributes['r'] ?? row.row + 1), cells: new Map() };
      lastColumn = -1;
    } else if (name === 'c') {
      lastColumn = attributes['r'] ? columnOf(attributes['r']) : lastColumn + 1;
      cell = { column: lastColumn, type: attributes['t'] ?? 'n', style: Number(attributes['s'] ?? 0), value: '', formula: false };
    } else if (name === 'f' && cell) cell.formula = true;
    else if (name === 'rPh') phonetic = true;
    else if (name === 'v' || name === 't') collecting = cell !== undefined && !phonetic;
  };
  return (batch) => {
    const rows: RawRow[] = [];
    for (const event of batch) {
      if (event.kind === 'open') open(event.name, event.attributes);
      else if (event.kind === 'text') {
        if (collecting && cell) cell.value += event.text;
      } else if (event.name === 'v' || event.name === 't') collecting = false;
      else if (event.name === 'rPh') phonetic = false;
      else if (event.name === 'row') rows.push(row);
      else if (event.name === 'c' && cell) {
        if (cell.value.length > context.limit) refuse('FILE_CELL_TOO_LONG', { part: `${row.row}` });
        const raw = rawCell(cell, context);
        if (raw) row.cells.set(cell.column, raw);
        cell = undefined;
      }
    }
    return rows;
  };
}

function rawCell(cell: OpenCell, context: SheetContext): RawCell | undefined {
  const { type, value, formula } = cell;
  if (type === 'e') return { kind: 'broken', text: value, code: 'CELL_FORMULA_ERROR' };
  if (value === '') return formula && type !== 'str' ? { kind: 'broken', text: '', code: 'CELL_FORMULA_WITHOUT_VALUE' } : undefined;
  if (type === 's') {
    const text = context.texts[Number(value)];
    return text === undefined ? refuse('FILE_EXCEL_BROKEN', { detail: 'shared texts' }) : { kind: 'text', text };
  }
  if (type === 'inlineStr' || type === 'str') return { kind: 'text', text: plainText(value) };
  if (type === 'b') return { kind: 'text', text: value === '1' ? 'TRUE' : 'FALSE' };
  if (type === 'd') return { kind: 'text', text: value };
  const number = Number(value);
  if (!Number.isFinite(number)) return { kind: 'broken', text: value, code: 'CELL_FORMULA_ERROR' };
  if (!context.isDate[cell.style]) return { kind: 'number', number };
  return { kind: 'serial', serial: number + (context.days1904 ? 1462 : 0) };
}
