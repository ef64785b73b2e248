import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { Refusal } from '#kit/refuse.ts';
import type { ColumnSpec } from './columns.ts';
import { type ImportRow, readRows } from './read-rows.ts';
import type { FileLimits, UploadedFile } from './source.ts';

const column = (code: string, zh: string, en: string, kind: ColumnSpec['kind'], required = true): ColumnSpec => ({
  code, zh, en, kind, required, note: { zh: '', en: '' },
});
const COLUMNS = [
  column('name', '姓名', 'Name', 'text'),
  column('identityNumber', '公民身份号码', 'Identity number', 'code'),
  column('startAt', '服务开始时间', 'Start', 'time'),
  column('minutes', '分钟数', 'Minutes', 'integer', false),
];
const HEAD = '姓名,公民身份号码,服务开始时间,分钟数';
const WANG = { name: '王桂兰', identityNumber: '99010219410312002X', startAt: '2026-09-01 08:30', minutes: '60' };

async function rowsOf(file: UploadedFile, limits: Partial<FileLimits> = {}, columns: readonly ColumnSpec[] = COLUMNS): Promise<ImportRow[]> {
  const rows: ImportRow[] = [];
  for await (const row of readRows(file, columns, limits)) rows.push(row);
  return rows;
}
const csv = (text: string, limits: Partial<FileLimits> = {}) => rowsOf({ name: 'visits.csv', bytes: Buffer.from(text) }, limits);

async function refusalOf(reading: Promise<unknown>): Promise<Refusal> {
  const error = await reading.then(() => undefined, (reason: unknown) => reason);
  expect(error).toBeInstanceOf(Refusal);
  return error as Refusal;
}

/** GB 18030 bytes of a text, by trying the two- and four-byte codes of the decoder. */
function gb18030(text: string): Buffer {
  const decoder = new TextDecoder('gb18030');
  const codes = new Map<string, number[]>();
  for (let a = 0x81; a <= 0xfe; a++) for (let b = 0x40; b <= 0xfe; b++) codes.set(decoder.decode(Buffer.from([a, b])), [a, b]);
  for (let a = 0x81; a <= 0x82; a++) for (let b = 0x30; b <= 0x39; b++) for (let c = 0x81; c <= 0xfe; c++) for (let d = 0x30; d <= 0x39; d++) {
    const character = decoder.decode(Buffer.from([a, b, c, d]));
    if (!codes.has(character)) codes.set(character, [a, b, c, d]);
  }
  return Buffer.from([...text].flatMap((character) => (character < '\x80' ? [character.charCodeAt(0)] : codes.get(character)!)));
}

describe('text tables', () => {
  it('reads rows by title, with their row number in the file', async () => {
    expect(await csv(`${HEAD}\n王桂兰,99010219410312002X,2026-09-01 08:30,60\n\n李兰,990102194103120021,2026/9/2 8:05,\n`)).toEqual([
      { row: 2, cells: WANG, errors: [] },
      { row: 4, cells: { name: '李兰', identityNumber: '990102194103120021', startAt: '2026-09-02 08:05', minutes: '' }, errors: [] },
    ]);
  });

  it('reads English titles and codes, in another order, with stars, hints and a heading above', async () => {
    const rows = await csv('Visits of September,,\nMINUTES,start (YYYY-MM-DD HH:mm),Identity Number *,姓名（必填）\n60,2026-09-01 08:30,99010219410312002X,王桂兰\n');
    expect(rows).toEqual([{ row: 3, cells: WANG, errors: [] }]);
  });

  const line = '王桂兰,99010219410312002X,2026-09-01 08:30,60';
  it.each([',', ';', '\t'])('reads a file separated by %j', async (separator) => {
    expect((await csv(`${HEAD}\r\n${line}`.replaceAll(',', separator)))[0]?.cells).toEqual(WANG);
  });

  it('reads UTF-8 with a mark, UTF-16 as spreadsheets export it, and GB 18030 with a rare character in the last row', async () => {
    const text = `${HEAD}\n${line}\n${'a,1,2026-09-01 08:30,60\n'.repeat(9000)}王㛃,2,2026-09-01 08:30,60`;
    const files = [
      Buffer.from(`\ufeff${text}`),
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text.replaceAll(',', '\t'), 'utf16le')]),
      gb18030(text),
    ];
    for (const bytes of files) {
      const rows = await rowsOf({ name: 'x.txt', bytes });
      expect(rows[0]?.cells).toEqual(WANG);
      expect(rows.at(-1)?.cells['name']).toBe('王㛃');
      expect(rows).toHaveLength(9002);
    }
  });

  it('refuses bytes that are no known encoding', async () => {
    const bytes = Buffer.concat([Buffer.from(`${HEAD}\n`), Buffer.from([0xff, 0xff, 0x80, 0x20])]);
    expect((await refusalOf(rowsOf({ name: 'x.csv', bytes }))).code).toBe('FILE_ENCODING');
  });

  it('keeps line breaks and separators inside quotes', async () => {
    const rows = await csv(`${HEAD}\n"王,桂\n兰",1,2026-09-01 08:30,60\n李兰,2,2026-09-01 08:30,60\n`);
    expect(rows.map(({ row, cells }) => [row, cells['name']])).toEqual([[2, '王,桂\n兰'], [3, '李兰']]);
  });

  it('refuses a quote that does not close', async () => {
    expect(await refusalOf(csv(`${HEAD}\n"王桂兰,1,2026-09-01 08:30,60\n`))).toMatchObject({ code: 'FILE_CSV_BROKEN', params: { row: 2 } });
  });
});

describe('headers', () => {
  it('names every missing, unknown and repeated title at once', async () => {
    const refusal = await refusalOf(csv('姓名,Name,公民身份号码,备用\n王桂兰,x,1,2\n'));
    expect(refusal.code).toBe('FILE_HEADER');
    expect(refusal.errors.map(({ code, column: title }) => [code, title])).toEqual([
      ['HEADER_TWICE', 'Name'], ['HEADER_UNKNOWN', '备用'], ['HEADER_MISSING', 'startAt'],
    ]);
  });

  it('refuses a table without any header among its first ten rows', async () => {
    const refusal = await refusalOf(csv('1,2,3\n'.repeat(20)));
    expect(refusal.errors.map(({ column: code }) => code)).toEqual(['name', 'identityNumber', 'startAt']);
    expect((await csv(`${'1,2,3\n'.repeat(9)}${HEAD}\n王桂兰,1,2026-09-01 08:30,\n`))).toHaveLength(1);
  });

  it('lets a column be absent that need not be filled in', async () => {
    const [row] = await csv('姓名,公民身份号码,服务开始时间\n王桂兰,99010219410312002X,2026-09-01 08:30\n');
    expect(row).toEqual({ row: 2, cells: { ...WANG, minutes: '' }, errors: [] });
  });
});

describe('wrong cells', () => {
  it('stand in the errors of their row with column, value and reason, and do not stop the reading', async () => {
    const rows = await csv(`${HEAD},\n,9.90102E+17,2026-09-31 08:30,6.5\n王桂兰,1,2026-09-01 24:00,60,surplus\n王桂兰,1,2026-09-01 23:59,60\n`);
    expect(rows[0]?.errors).toEqual([
      { row: 2, column: 'name', value: '', code: 'CELL_REQUIRED', params: { titleZh: '姓名', titleEn: 'Name' } },
      { row: 2, column: 'identityNumber', value: '9.90102E+17', code: 'CELL_DIGITS_LOST', params: { titleZh: '公民身份号码', titleEn: 'Identity number' } },
      { row: 2, column: 'startAt', value: '2026-09-31 08:30', code: 'CELL_NOT_TIME', params: { titleZh: '服务开始时间', titleEn: 'Start' } },
      { row: 2, column: 'minutes', value: '6.5', code: 'CELL_NOT_INTEGER', params: { titleZh: '分钟数', titleEn: 'Minutes' } },
    ]);
    expect(rows[1]?.errors.map(({ column: at, code }) => [at, code])).toEqual([['startAt', 'CELL_NOT_TIME'], ['E', 'CELL_WITHOUT_TITLE']]);
    expect(rows[2]?.errors).toEqual([]);
  });

  it('reads full-width digits, Chinese days and thousands', async () => {
    const [row] = await csv(`${HEAD}\n王桂兰,９９０１０２１９４１０３１２００２Ｘ,2026年9月1日 08:30,"1,060"\n`);
    expect(row?.cells).toEqual({ ...WANG, minutes: '1060' });
  });

  it('takes only the values of a list', async () => {
    const mode: ColumnSpec = { ...column('mode', '方式', 'Mode', 'text'), choices: ['居家', '机构'] };
    const rows = await rowsOf({ name: 'x', bytes: Buffer.from('方式\n居家\n社区\n') }, {}, [mode]);
    expect(rows.map(({ errors }) => errors.map(({ code }) => code))).toEqual([[], ['CELL_NOT_IN_LIST']]);
  });

  it('reads a day with a midnight clock and refuses one with another clock', async () => {
    const rows = await rowsOf({ name: 'x', bytes: Buffer.from('日期\n2026-09-01 00:00:00\n20260901\n2026-09-01 00:01\n2026.9.1\n') }, {}, [column('on', '日期', 'Day', 'day')]);
    expect(rows.map(({ cells, errors }) => errors[0]?.code ?? cells['on'])).toEqual(['2026-09-01', '2026-09-01', 'CELL_NOT_DAY', '2026-09-01']);
  });
});

describe('limits', () => {
  const text = `${HEAD}\n${'王桂兰,1,2026-09-01 08:30,60\n'.repeat(10)}`;
  const bytes = Buffer.from(text);

  it('reads a file of exactly the limit and refuses one byte more, from memory and from a stream', async () => {
    for (const file of [{ name: 'x', bytes }, { name: 'x', stream: Readable.from([bytes]) }]) {
      expect(await rowsOf(file, { maxBytes: bytes.length })).toHaveLength(10);
    }
    for (const file of [{ name: 'x', bytes }, { name: 'x', stream: Readable.from([bytes]) }]) {
      expect((await refusalOf(rowsOf(file, { maxBytes: bytes.length - 1 }))).code).toBe('FILE_TOO_LARGE');
    }
  });

  it('stops reading an endless stream at the limit', async () => {
    function* endless() { for (;;) yield bytes; }
    expect((await refusalOf(rowsOf({ name: 'x', stream: Readable.from(endless()) }, { maxBytes: 100_000 }))).code).toBe('FILE_TOO_LARGE');
  });

  it('reads ten rows under a limit of ten and refuses them under nine', async () => {
    expect(await csv(text, { maxRows: 10 })).toHaveLength(10);
    expect((await refusalOf(csv(text, { maxRows: 9 }))).code).toBe('FILE_TOO_MANY_ROWS');
  });

  it('refuses a cell of one character more than allowed', async () => {
    const long = (n: number) => csv(`${HEAD}\n${'王'.repeat(n)},1,2026-09-01 08:30,60\n`, { maxCellCharacters: 1000 });
    expect(await long(1000)).toHaveLength(1);
    expect((await refusalOf(long(1001))).code).toBe('FILE_CELL_TOO_LONG');
  });

  it('says what a file is not, whatever its name says', async () => {
    const cases: [Buffer, string][] = [
      [Buffer.alloc(0), 'FILE_EMPTY'],
      [Buffer.from('%PDF-1.7 x'), 'FILE_NOT_A_TABLE'],
      [Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'FILE_EXCEL_OLD_OR_LOCKED'],
      [Buffer.from('<html><table><tr><td>姓名'), 'FILE_NOT_A_TABLE'],
      [Buffer.from('a\0b\0'), 'FILE_NOT_A_TABLE'],
      [Buffer.from('PK\u0003\u0004 and then nothing'), 'FILE_EXCEL_BROKEN'],
    ];
    for (const [head, code] of cases) expect((await refusalOf(rowsOf({ name: 'visits.xlsx', bytes: head }))).code).toBe(code);
  });

  it('leaves no temporary folder behind, also when the reader stops early or is refused', async () => {
    const own = mkdtempSync(join(tmpdir(), 'changhu-test-'));
    vi.stubEnv('TMPDIR', own);
    for await (const row of readRows({ name: 'x', stream: Readable.from([bytes]) }, COLUMNS)) {
      expect(row.row).toBe(2);
      expect(readdirSync(own)).toHaveLength(1);
      break;
    }
    await refusalOf(rowsOf({ name: 'x', stream: Readable.from([bytes]) }, { maxRows: 1 }));
    await refusalOf(rowsOf({ name: 'x', stream: Readable.from([bytes]) }, { maxBytes: 1 }));
    expect(readdirSync(own)).toEqual([]);
    vi.unstubAllEnvs();
    rmSync(own, { recursive: true });
  });
});
