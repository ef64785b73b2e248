import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnSpec } from './columns.ts';
import { guarded, unguarded } from './guard.ts';
import { readRows } from './read-rows.ts';
import { type OutputColumn, type OutputRow, writeCsv, writeExcel } from './write.ts';

const AT = new Date('2026-09-01T00:00:00Z');
const COLUMNS: OutputColumn[] = [
  { code: 'name', title: '姓名', kind: 'text' },
  { code: 'number', title: '证件号码', kind: 'code' },
  { code: 'servedOn', title: '服务日期', kind: 'day' },
  { code: 'startAt', title: '开始时间', kind: 'time' },
  { code: 'minutes', title: '分钟', kind: 'integer' },
  { code: 'fundFen', title: '基金支付', kind: 'fen', width: 16 },
];
const WANG: OutputRow = { name: '王桂兰', number: '99010219410312002X', servedOn: '2026-09-01', startAt: '2026-09-01 08:30', minutes: 60, fundFen: -123456 };
const TEXTS: ColumnSpec[] = ['name', 'number'].map((code) => ({ code, zh: code, en: code, kind: 'text', required: false, note: { zh: '', en: '' } }));

function collector(): { output: Writable; bytes: () => Buffer } {
  const chunks: Buffer[] = [];
  const output = new Writable({ write: (chunk: Buffer, _, done) => (chunks.push(chunk), done()) });
  return { output, bytes: () => Buffer.concat(chunks) };
}

describe('formula injection', () => {
  it('puts an apostrophe before what a spreadsheet would run, and before nothing else', () => {
    for (const text of ['=1+1', '+86', '-5', '@x', '\tx', '＝1', '＠x', "'=1", "''=1"]) expect(guarded(text)).toBe(`'${text}`);
    for (const text of ['王桂兰', "O'Neil", '1-2', '', "'quoted'"]) expect(guarded(text)).toBe(text);
  });

  it('is undone by reading, for every text', () => {
    const text = fc.array(fc.oneof(fc.constantFrom(..."'=+-@＝＋\t\r\n甲a1"), fc.string({ maxLength: 3 }))).map((parts) => parts.join(''));
    fc.assert(fc.property(text, (plain) => {
      expect(unguarded(guarded(plain))).toBe(plain);
      expect(guarded(plain)).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
    }), { numRuns: 2000 });
  });

  it('keeps texts the same through CSV and Excel and back, risky ones included', async () => {
    const names = ['=HYPERLINK("http://x")', '+1', '-1', '@x', "'=1", '王,"桂"\n兰', '<&>', '＝1'];
    const columns = TEXTS.map(({ code }): OutputColumn => ({ code, title: code, kind: 'text' }));
    const rows = names.map((name) => ({ name, number: 'x' }));
    const asCsv = collector();
    await writeCsv(asCsv.output, columns, rows);
    expect(asCsv.bytes().toString()).toContain(`"'=HYPERLINK(""http://x"")"`);
    const asExcel = collector();
    await writeExcel(asExcel.output, [{ name: 'a', columns, rows }], AT);
    for (const bytes of [asCsv.bytes(), asExcel.bytes()]) {
      const back = [];
      for await (const row of readRows({ name: 'x', bytes }, TEXTS)) back.push(row.cells['name']);
      expect(back).toEqual(names);
    }
  });
});

describe('written tables', () => {
  it('writes real days, yuan and numbers into Excel under a frozen bold header', async () => {
    const { output, bytes } = collector();
    await writeExcel(output, [{ name: '九月', columns: COLUMNS, rows: [WANG, { name: '李兰' }] }], AT);
    const file = new ExcelJS.Workbook();
    await file.xlsx.load(bytes() as unknown as ArrayBuffer);
    const sheet = file.getWorksheet('九月')!;
    expect(sheet.getRow(1).values).toEqual([undefined, ...COLUMNS.map(({ title }) => title)]);
    expect(sheet.getRow(1).font.bold).toBe(true);
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
    expect(sheet.getRow(2).values).toEqual([undefined, '王桂兰', '99010219410312002X', new Date('2026-09-01T00:00:00Z'), new Date('2026-09-01T08:30:00Z'), 60, -1234.56]);
    expect(COLUMNS.map((_, i) => sheet.getRow(2).getCell(i + 1).numFmt)).toEqual(['@', '@', 'yyyy-mm-dd', 'yyyy-mm-dd hh:mm', '0', '#,##0.00']);
    expect(sheet.getColumn(6).width).toBe(16);
    expect(sheet.getRow(3).getCell(1).value).toBe('李兰');
    expect(sheet.getRow(3).getCell(6).value).toBeNull();
  });

  it('writes CSV with mark, CRLF and two decimals', async () => {
    const { output, bytes } = collector();
    await writeCsv(output, COLUMNS, [WANG]);
    expect(bytes().toString()).toBe(
      '\ufeff姓名,证件号码,服务日期,开始时间,分钟,基金支付\r\n王桂兰,99010219410312002X,2026-09-01,2026-09-01 08:30,60,-1234.56\r\n',
    );
  });

  it('is a bug to write half a fen or a day that does not exist', async () => {
    const write = (row: OutputRow) => writeCsv(collector().output, COLUMNS, [row]);
    await expect(write({ fundFen: 0.5 })).rejects.toThrow('whole numbers');
    await expect(write({ servedOn: '2026-02-30' })).rejects.toThrow('YYYY-MM-DD');
    await expect(writeExcel(collector().output, [{ name: 'a', columns: COLUMNS, rows: [{ minutes: 1.5 }] }], AT)).rejects.toThrow('whole numbers');
  });

  it('stops taking rows when the stream breaks off', async () => {
    const output = new PassThrough();
    let taken = 0;
    let closed = false;
    function* rows() {
      try {
        for (;;) {
          if (++taken === 3000) output.destroy(new Error('window closed'));
          yield WANG;
        }
      } finally {
        closed = true;
      }
    }
    output.resume();
    await expect(writeExcel(output, [{ name: 'a', columns: COLUMNS, rows: rows() }], AT)).rejects.toThrow('window closed');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(closed).toBe(true);
    expect(taken).toBeLessThan(10_000);
  });
});

describe('fifty thousand rows', () => {
  const COUNT = 50_000;
  const specs: ColumnSpec[] = COLUMNS.slice(0, 5).map(({ code, title, kind }) => ({
    code, zh: title, en: code, kind: kind as ColumnSpec['kind'], required: true, note: { zh: '', en: '' },
  }));
  function* rows() {
    for (let i = 0; i < COUNT; i++) yield { ...WANG, name: `王桂兰${i}` };
  }

  it.each(['excel', 'csv'])('pass through %s both ways without being collected', async (format) => {
    const folder = await mkdtemp(join(tmpdir(), 'changhu-rows-'));
    const path = join(folder, 'file');
    const columns = COLUMNS.slice(0, 5);
    if (format === 'csv') await writeCsv(createWriteStream(path), columns, rows());
    else await writeExcel(createWriteStream(path), [{ name: 'a', columns, rows: rows() }], AT);

    let count = 0;
    let wrong = 0;
    for await (const row of readRows({ name: 'x', stream: createReadStream(path) }, specs)) {
      if (row.cells['name'] !== `王桂兰${count}` || row.cells['startAt'] !== '2026-09-01 08:30' || row.errors.length > 0) wrong++;
      count++;
    }
    expect({ count, wrong }).toEqual({ count: COUNT, wrong: 0 });

    // A reader that collected first would be refused before its first row: the limit lies in the middle of the sheet.
    let early = 0;
    const limits = format === 'csv' ? { maxRows: COUNT / 2 } : { maxUnpackedBytes: 4_000_000 };
    const reading = async () => {
      for await (const row of readRows({ name: 'x', stream: createReadStream(path) }, specs, limits)) early = row.row;
    };
    await expect(reading()).rejects.toMatchObject({ code: format === 'csv' ? 'FILE_TOO_MANY_ROWS' : 'FILE_UNPACKS_TOO_LARGE' });
    expect(early).toBeGreaterThan(1000);
    expect(early).toBeLessThan(COUNT);
    await rm(folder, { recursive: true });
  }, 60_000);
});
