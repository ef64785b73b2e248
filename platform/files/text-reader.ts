/** Rows of a text table (CSV): UTF-8 with or without mark, UTF-16 with mark, or GB 18030; separated by comma, semicolon or tab. */
import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { refuse } from '#kit/refuse.ts';
import { type ColumnSpec, type RawRow, titleKey } from './columns.ts';
import type { FileLimits, FileSource } from './source.ts';

/** Text of the file as it decodes; `fatal`: wrong bytes throw. */
async function* decoded(source: FileSource, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const bytes = source.stream();
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } finally {
    bytes.destroy();
  }
}

async function decodes(source: FileSource, encoding: string): Promise<boolean> {
  try {
    for await (const text of decoded(source, encoding)) if (text.includes('\0')) return false;
    return true;
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return false;
    throw error;
  }
}

/** The whole file is tried, not only its beginning: Chinese may first appear in the last row. Refuses FILE_ENCODING. */
export async function encodingOf(source: FileSource): Promise<string> {
  const head = await source.read(0, 2);
  const mark = head.toString('hex');
  const tried = mark === 'fffe' ? ['utf-16le'] : mark === 'feff' ? ['utf-16be'] : ['utf-8', 'gb18030'];
  for (const encoding of tried) if (await decodes(source, encoding)) return encoding;
  return refuse('FILE_ENCODING');
}

const HEAD_LINES = 10;

/** The separator under which the first lines show the most of the expected titles. */
async function separatorOf(source: FileSource, encoding: string, columns: readonly ColumnSpec[]): Promise<string> {
  let head = '';
  for await (const text of decoded(source, encoding)) {
    head += text;
    if (head.length > 16_384) break;
  }
  const titles = new Set(columns.flatMap(({ code, zh, en }) => [titleKey(code), titleKey(zh), titleKey(en)]));
  const lines = head.split(/\r\n|\n|\r/).slice(0, HEAD_LINES);
  const hits = (separator: string) =>
    Math.max(...lines.map((line) => line.split(separator).filter((title) => titles.has(titleKey(title.replace(/^"|"$/g, '')))).length));
  return [',', ';', '\t'].reduce((best, separator) => (hits(separator) > hits(best) ? separator : best));
}

/** Rows of a text table. Refuses FILE_ENCODING, and FILE_CSV_BROKEN with the line for quotes that do not close. */
export async function* textRows(source: FileSource, columns: readonly ColumnSpec[], limits: FileLimits): AsyncGenerator<RawRow> {
  const encoding = await encodingOf(source);
  const delimiter = await separatorOf(source, encoding, columns);
  const input = Readable.from(decoded(source, encoding));
  const parser = parse({
    delimiter, bom: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: false,
    max_record_size: limits.maxCellCharacters * 4,
  });
  input.on('error', (error) => parser.destroy(error));
  input.pipe(parser);
  let row = 0;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      row++;
      const cells: RawRow['cells'] = new Map();
      record.forEach((text, column) => {
        if (text.length > limits.maxCellCharacters) refuse('FILE_CELL_TOO_LONG', { part: `${row}` });
        if (text !== '') cells.set(column, { kind: 'text', text });
      });
      yield { row, cells };
    }
  } catch (error) {
    if (error instanceof CsvError) refuse('FILE_CSV_BROKEN', { row: row + 1, detail: error.code });
    throw error;
  } finally {
    input.destroy();
  }
}
