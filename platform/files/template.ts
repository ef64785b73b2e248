/** Empty Excel templates for imports: titles, lists to choose from, and a sheet that explains every column. */
import type { Writable } from 'node:stream';
import type { Bilingual } from '#kit/contract.ts';
import { assert } from '#kit/refuse.ts';
import type { ColumnKind, ColumnSpec } from './columns.ts';
import { guarded } from './guard.ts';
import { type OutputKind, styleHeader, writeWorkbook } from './write.ts';

const FORMATS: Record<ColumnKind, string> = { text: '@', code: '@', day: 'yyyy-mm-dd', time: 'yyyy-mm-dd hh:mm', integer: '0' };
const SHAPES: Record<ColumnKind, Bilingual> = {
  text: { zh: '文字', en: 'text' },
  code: { zh: '编码（按文本填写）', en: 'code, kept as text' },
  day: { zh: '日期，如 2026-09-01', en: 'day, such as 2026-09-01' },
  time: { zh: '时间，如 2026-09-01 08:30', en: 'time, such as 2026-09-01 08:30' },
  integer: { zh: '整数', en: 'whole number' },
} satisfies Record<ColumnKind & OutputKind, Bilingual>;
/** Rows below the header that get formats and lists. */
const PREPARED_ROWS = 2000;

/** Writes a template to a stream and ends it. `sheet`: name of the data sheet; `language`: of titles and notes. */
export async function excelTemplate(
  output: Writable,
  columns: readonly ColumnSpec[],
  options: { sheet: string; language: 'zh' | 'en'; createdAt: Date },
): Promise<void> {
  const { sheet, language, createdAt } = options;
  await writeWorkbook(output, createdAt, async (workbook) => {
    const data = workbook.addWorksheet(sheet, { views: [{ state: 'frozen', ySplit: 1 }] });
    data.columns = columns.map((spec) => ({
      key: spec.code, header: spec[language] + (spec.required ? ' *' : ''), width: Math.max(14, spec[language].length * 2 + 4), style: { numFmt: FORMATS[spec.kind] },
    }));
    styleHeader(data.getRow(1));
    columns.forEach((spec, at) => {
      if (!spec.choices) return;
      const list = spec.choices.join(',');
      assert(list.length <= 255 && !list.includes('"'), `the list of ${spec.code} does not fit a spreadsheet (255 letters, no quotes)`);
      for (let row = 2; row <= PREPARED_ROWS + 1; row++) {
        data.getCell(row, at + 1).dataValidation = {
          type: 'list', allowBlank: !spec.required, formulae: [`"${list}"`], showErrorMessage: true,
        };
      }
    });
    data.commit();
    const zh = language === 'zh';
    const notes = workbook.addWorksheet(zh ? '填写说明' : 'Notes', { views: [{ state: 'frozen', ySplit: 1 }] });
    notes.columns = [
      { header: zh ? '列名' : 'Column', width: 24 },
      { header: zh ? '另一语言列名' : 'Title in Chinese', width: 24 },
      { header: zh ? '必填' : 'Required', width: 10 },
      { header: zh ? '格式' : 'Form', width: 30 },
      { header: zh ? '说明' : 'Note', width: 60 },
    ];
    styleHeader(notes.getRow(1));
    for (const spec of columns) {
      const required = zh ? (spec.required ? '是' : '否') : spec.required ? 'yes' : 'no';
      const form = spec.choices ? spec.choices.join(' / ') : SHAPES[spec.kind][language];
      notes.addRow([spec[language], spec[zh ? 'en' : 'zh'], required, form, spec.note[language]].map(guarded)).commit();
    }
    notes.commit();
  });
}
