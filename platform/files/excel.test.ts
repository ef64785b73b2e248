import { Writable } from 'node:stream';
import { crc32, deflateRawSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '#kit/refuse.ts';
import { type ColumnSpec, serialText } from './columns.ts';
import { type ImportRow, readRows } from './read-rows.ts';
import type { FileLimits } from './source.ts';
import { excelTemplate } from './template.ts';
import { writeExcel } from './write.ts';

const column = (code: string, zh: string, kind: ColumnSpec['kind'], required = false): ColumnSpec => ({
  code, zh, en: code, kind, required, note: { zh: `${zh}的说明`, en: `about ${code}` },
});
const COLUMNS = [
  column('name', '姓名', 'text', true),
  column('number', '证件号码', 'code'),
  column('bornOn', '出生日期', 'day'),
  column('startAt', '开始时间', 'time'),
  column('minutes', '分钟', 'integer'),
];
const AT = new Date('2026-09-01T00:00:00Z');

async function rowsOf(bytes: Uint8Array, limits: Partial<FileLimits> = {}): Promise<ImportRow[]> {
  const rows: ImportRow[] = [];
  for await (const row of readRows({ name: 'x.csv', bytes }, COLUMNS, limits)) rows.push(row);
  return rows;
}

/** A workbook as a person would save it: the header, then rows of any cell values. */
async function workbook(rows: ExcelJS.CellValue[][], change: (book: ExcelJS.Workbook, sheet: ExcelJS.Worksheet) => void = () => {}): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('数据');
  sheet.addRow(COLUMNS.map(({ zh }) => zh));
  for (const row of rows) sheet.addRow(row);
  change(book, sheet);
  return Buffer.from(await book.xlsx.writeBuffer());
}

function collector(): { output: Writable; bytes: () => Buffer } {
  const chunks: Buffer[] = [];
  const output = new Writable({ write: (chunk: Buffer, _, done) => (chunks.push(chunk), done()) });
  return { output, bytes: () => Buffer.concat(chunks) };
}

/** A ZIP file of these parts; `declaredBytes` lies about their size. */
function zip(parts: Record<string, Buffer>, declaredBytes?: number): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, plain] of Object.entries(parts)) {
    const packed = deflateRawSync(plain);
    const header = Buffer.alloc(26);
    header.writeUInt16LE(20, 0);
    header.writeUInt16LE(8, 4);
    header.writeUInt32LE(crc32(plain), 10);
    header.writeUInt32LE(packed.length, 14);
    header.writeUInt32LE(declaredBytes ?? plain.length, 18);
    header.writeUInt16LE(name.length, 22);
    files.push(Buffer.from('PK\u0003\u0004'), header, Buffer.from(name), packed);
    const entry = Buffer.alloc(42);
    header.copy(entry, 2, 0, 26);
    entry.writeUInt32LE(at, 38);
    directory.push(Buffer.from('PK\u0001\u0002'), entry, Buffer.from(name));
    at += 30 + name.length + packed.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(Object.keys(parts).length, 4);
  end.writeUInt16LE(Object.keys(parts).length, 6);
  end.writeUInt32LE(Buffer.concat(directory).length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...files, ...directory, Buffer.from('PK\u0005\u0006'), end]);
}

/** A book of hand-written parts, for what other programs write. */
function book(sheet: string, more: Record<string, string> = {}, declaredBytes?: number): Buffer {
  const parts = {
    'xl/workbook.xml': '<workbook><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="r1" Target="/xl/worksheets/data.xml"/></Relationships>',
    'xl/worksheets/data.xml': `<worksheet><sheetData>${sheet}</sheetData></worksheet>`,
    ...more,
  };
  return zip(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, Buffer.from(text)])), declaredBytes);
}
const inline = (...texts: string[]) => `<row>${texts.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`;

async function codeOf(reading: Promise<unknown>): Promise<string> {
  const error = await reading.then(() => 'no refusal', (reason: unknown) => reason);
  expect(error).toBeInstanceOf(Refusal);
  return (error as Refusal).code;
}

describe('reading Excel', () => {
  it('reads texts, numbers, days, times and formulas as their values', async () => {
    const rows = await rowsOf(await workbook([
      ['王桂兰', '99010219410312002X', new Date('1941-03-12T00:00:00Z'), new Date('2026-09-01T08:30:00Z'), 60],
      [{ richText: [{ text: '李' }, { font: { bold: true }, text: '兰' }] }, 13800001234, 15047, 46266.354166666664, { formula: '30+30', result: 60 }],
      [{ text: '赵敏', hyperlink: 'https://changhu.example' }, '007', '1941/3/12', '2026-09-01 08:30', '60'],
    ], (_, sheet) => {
      sheet.getColumn(3).numFmt = 'yyyy"年"m"月"d"日"';
      sheet.getColumn(4).numFmt = 'yyyy-mm-dd hh:mm';
      sheet.getCell('C3').numFmt = 'General';
    }));
    const same = { bornOn: '1941-03-12', startAt: '2026-09-01 08:30', minutes: '60' };
    expect(rows).toEqual([
      { row: 2, cells: { name: '王桂兰', number: '99010219410312002X', ...same }, errors: [] },
      { row: 3, cells: { name: '李兰', number: '13800001234', ...same }, errors: [] },
      { row: 4, cells: { name: '赵敏', number: '007', ...same }, errors: [] },
    ]);
  });

  it('names cells whose formula failed or has no stored value, and long numbers that lost their end', async () => {
    const rows = await rowsOf(await workbook([
      [{ error: '#N/A' }, 990102194103120000, null, null, { formula: 'A1' }],
      ['王桂兰', 999999999999999, null, null, null],
    ]));
    expect(rows[0]?.errors.map(({ column: at, code, value }) => [at, code, value])).toEqual([
      ['name', 'CELL_FORMULA_ERROR', '#N/A'], ['number', 'CELL_DIGITS_LOST', '990102194103120000'], ['minutes', 'CELL_FORMULA_WITHOUT_VALUE', ''],
    ]);
    expect(rows[1]).toMatchObject({ cells: { number: '999999999999999' }, errors: [] });
  });

  it('counts the days of books that begin in 1904', async () => {
    const bytes = await workbook([['王桂兰', '', new Date('1941-03-12T00:00:00Z')]], (file) => (file.properties.date1904 = true));
    expect((await rowsOf(bytes))[0]?.cells['bornOn']).toBe('1941-03-12');
  });

  it('passes over a hidden sheet and empty rows, keeping row numbers', async () => {
    const hidden = new ExcelJS.Workbook();
    hidden.addWorksheet('旧', { state: 'hidden' }).addRow(['x']);
    const sheet = hidden.addWorksheet('数据');
    sheet.addRow(COLUMNS.map(({ zh }) => zh));
    sheet.getCell('A5').value = '王桂兰';
    expect((await rowsOf(Buffer.from(await hidden.xlsx.writeBuffer()))).map(({ row }) => row)).toEqual([5]);
  });

  it('keeps every Chinese character of a long sheet, wherever the pieces are cut', async () => {
    const names = Array.from({ length: 20_000 }, (_, i) => `${'甲'.repeat(i % 3)}𬭎王桂兰${i}`);
    // Shared texts written by hand: the whole-book writer of exceljs itself cuts rare characters in two.
    const shared = `<sst>${names.map((name) => `<si><t>${name}</t></si>`).join('')}</sst>`;
    const cells = names.map((_, i) => `<row><c t="s"><v>${i}</v></c></row>`).join('');
    const byHand = book(inline('姓名', '证件号码') + cells, { 'xl/sharedStrings.xml': shared });
    expect((await rowsOf(byHand)).map((row) => row.cells['name'])).toEqual(names);
    const { output, bytes } = collector();
    await writeExcel(output, [{ name: '数据', columns: [{ code: 'name', title: '姓名', kind: 'text' }, { code: 'number', title: '证件号码', kind: 'code' }], rows: names.map((name) => ({ name })) }], AT);
    expect((await rowsOf(bytes())).map((row) => row.cells['name'])).toEqual(names);
  });

  it('reads books of other programs: no cell addresses, prefixes, phonetic notes, text in runs, another sheet name', async () => {
    const shared = '<sst><si><t>王桂</t><rPh sb="0" eb="1"><t>wang</t></rPh></si><si><r><t>李</t></r><r><t xml:space="preserve"> 兰_x0041_</t></r></si></sst>';
    const rows = await rowsOf(book(
      `${inline('姓名', '证件号码')}<x:row xmlns:x="x"><x:c t="s"><x:v>0</x:v></x:c></x:row><row><c t="s"><v>1</v></c></row>`
        + '<row><c t="inlineStr"><is><r><t>赵</t></r><r><t>&lt;敏&gt;</t></r></is></c><c t="b"><v>1</v></c></row>',
      { 'xl/sharedStrings.xml': shared },
    ));
    expect(rows.map(({ row, cells }) => [row, cells['name'], cells['number']])).toEqual([[2, '王桂', ''], [3, '李 兰A', ''], [4, '赵<敏>', 'TRUE']]);
  });

  it('turns serial days into text on both sides of the invented 29 February 1900', () => {
    expect(serialText(1)).toBe('1900-01-01');
    expect(serialText(59)).toBe('1900-02-28');
    expect(serialText(61)).toBe('1900-03-01');
    expect(serialText(0.354166666666667)).toBe('08:30');
    expect(serialText(46266.999988426)).toBe('2026-09-01 23:59:59');
    expect(serialText(2958465)).toBe('9999-12-31');
    expect(serialText(2958466)).toBeUndefined();
    expect(serialText(-1)).toBeUndefined();
  });
});

describe('hostile files', () => {
  it('stops a file that unpacks without end, although it declares a small size', async () => {
    const bomb = book(`${inline('姓名', '证件号码')}${inline('x', 'y').repeat(200_000)}`, {}, 100);
    expect(bomb.length).toBeLessThan(100_000);
    expect(await codeOf(rowsOf(bomb, { maxUnpackedBytes: 1_000_000 }))).toBe('FILE_UNPACKS_TOO_LARGE');
    expect(await rowsOf(bomb)).toHaveLength(200_000);
  });

  it('does not hold a table of texts larger than allowed', async () => {
    const shared = `<sst>${'<si><t>x</t></si>'.repeat(100_000)}</sst>`;
    expect(await codeOf(rowsOf(book(inline('姓名', '证件号码'), { 'xl/sharedStrings.xml': shared }), { maxHeldBytes: 1_000_000 }))).toBe('FILE_UNPACKS_TOO_LARGE');
  });

  it('does not gather a cell without end', async () => {
    const endless = `${inline('姓名', '证件号码')}<row><c t="inlineStr"><is><t>${'x'.repeat(5_000_000)}`;
    expect(await codeOf(rowsOf(book(endless)))).toBe('FILE_CELL_TOO_LONG');
    const cut = `${inline('姓名', '证件号码')}<row><c t="inlineStr"><is>${`<t>${'x'.repeat(1000)}</t>`.repeat(40)}</is></c></row>`;
    expect(await codeOf(rowsOf(book(cut)))).toBe('FILE_CELL_TOO_LONG');
  });

  it('does not expand entities of a document type', async () => {
    const laughs = '<!DOCTYPE x [<!ENTITY a "ha">]><worksheet><sheetData><row><c t="inlineStr"><is><t>&a;</t></is></c></row></sheetData></worksheet>';
    expect(await codeOf(rowsOf(book('', { 'xl/worksheets/data.xml': laughs })))).toBe('FILE_EXCEL_BROKEN');
  });

  it('knows another kind of ZIP file from a table', async () => {
    expect(await codeOf(rowsOf(zip({ 'word/document.xml': Buffer.from('<x/>') })))).toBe('FILE_NOT_A_TABLE');
  });

  it('answers every damaged file with rows or a refusal, never with a crash', async () => {
    const whole = await workbook([['王桂兰', '99010219410312002X', new Date('1941-03-12T00:00:00Z'), null, 60]]);
    await fc.assert(fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), fc.boolean(), async (at, byte, cut) => {
      const damaged = Buffer.from(cut ? whole.subarray(0, at) : whole);
      if (!cut) damaged[at] = byte;
      try {
        expect((await rowsOf(damaged)).length).toBeLessThanOrEqual(2);
      } catch (error) {
        expect(error).toBeInstanceOf(Refusal);
      }
    }), { numRuns: 300 });
  });
});

describe('the template', () => {
  it('holds titles, lists and notes, and is read back as an empty table', async () => {
    const { output, bytes } = collector();
    const columns = [...COLUMNS, { ...column('mode', '方式', 'text'), choices: ['居家', '机构'] }];
    await excelTemplate(output, columns, { sheet: '服务记录', language: 'zh', createdAt: AT });
    const file = new ExcelJS.Workbook();
    await file.xlsx.load(bytes() as unknown as ArrayBuffer);
    const [data, notes] = file.worksheets;
    expect(data?.name).toBe('服务记录');
    expect(data?.getRow(1).values).toEqual([undefined, '姓名 *', '证件号码', '出生日期', '开始时间', '分钟', '方式']);
    expect(data?.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
    expect(data?.getCell('F2').dataValidation).toMatchObject({ type: 'list', formulae: ['"居家,机构"'] });
    expect(notes?.getRow(2).values).toEqual([undefined, '姓名', 'name', '是', '文字', '姓名的说明']);
    const rows = [];
    for await (const row of readRows({ name: 't', bytes: bytes() }, columns)) rows.push(row);
    expect(rows).toEqual([]);
  });

  it('is a bug to give a list that no spreadsheet can hold', async () => {
    const long = { ...column('mode', '方式', 'text'), choices: ['甲'.repeat(255), '乙'] };
    await expect(excelTemplate(collector().output, [long], { sheet: 'x', language: 'en', createdAt: AT })).rejects.toThrow('255');
  });
});
