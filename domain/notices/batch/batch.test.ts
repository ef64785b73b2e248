import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadPolicy } from '#platform/policy/index.ts';
import type { PolicyBook } from '#platform/policy/index.ts';
import { noticeDays, policyNeeds } from '../policy.ts';
import { newlyMissing, noticeSpan, spanWithout } from '../rules.ts';
import { pictureType } from './picture.ts';
import { posterPdf } from './poster.ts';
import type { Poster } from './poster.ts';

const book = loadPolicy({ root: join(import.meta.dirname, '../../../policy'), city: 'qinghe', needs: policyNeeds });
const inWorkingDays = (count: number): PolicyBook => ({ ...book, figure: ((need, on) => ({ ...book.figure(need, on), ...(need.name === noticeDays.name ? { value: { count, unit: 'workingDay' } } : {}) })) as PolicyBook['figure'] });
const gap = (fromOn: string, toOn: string) => ({ fromOn, toOn });

describe('the last day of a poster that was missing', () => {
  test('stays when nothing was missing', () => {
    expect(spanWithout('2026-09-15', [], book)).toEqual(noticeSpan('2026-09-15', book));
    expect(noticeSpan('2026-09-15', book)).toMatchObject({ startsOn: '2026-09-16', endsOn: '2026-09-30' });
  });

  test('moves by the days that were missing: by one for the first day of the notice, not for the day before it', () => {
    expect(spanWithout('2026-09-15', [gap('2026-09-16', '2026-09-16')], book).endsOn).toBe('2026-10-01');
    expect(spanWithout('2026-09-15', [gap('2026-09-15', '2026-09-15')], book).endsOn).toBe('2026-09-30');
    expect(spanWithout('2026-09-15', [gap('2026-09-20', '2026-09-22')], book).endsOn).toBe('2026-10-03');
  });

  test('counts a day once, however often it is reported', () => {
    expect(spanWithout('2026-09-15', [gap('2026-09-20', '2026-09-22'), gap('2026-09-21', '2026-09-23')], book).endsOn).toBe('2026-10-04');
    expect(newlyMissing('2026-09-15', '2026-10-03', gap('2026-09-21', '2026-09-23'), [gap('2026-09-20', '2026-09-22')], book)).toBe(1);
    expect(newlyMissing('2026-09-15', '2026-10-03', gap('2026-09-21', '2026-09-22'), [gap('2026-09-20', '2026-09-22')], book)).toBe(0);
  });

  test('makes up for a day that was missing in the days made up', () => {
    expect(spanWithout('2026-09-15', [gap('2026-09-30', '2026-09-30'), gap('2026-10-01', '2026-10-01')], book).endsOn).toBe('2026-10-02');
    expect(newlyMissing('2026-09-15', '2026-10-01', gap('2026-10-01', '2026-10-01'), [gap('2026-09-30', '2026-09-30')], book)).toBe(1);
  });

  test('counts only working days where the figure does: a weekend costs nothing, a make-up Sunday does', () => {
    const five = inWorkingDays(5);
    expect(noticeSpan('2026-09-15', five).endsOn).toBe('2026-09-21');
    expect(spanWithout('2026-09-15', [gap('2026-09-19', '2026-09-19')], five).endsOn).toBe('2026-09-21');
    expect(spanWithout('2026-09-15', [gap('2026-09-20', '2026-09-20')], five).endsOn).toBe('2026-09-22');
    expect(newlyMissing('2026-09-15', '2026-09-21', gap('2026-09-19', '2026-09-20'), [], five)).toBe(1);
  });
});

describe('a photograph', () => {
  test('is told by its content: JPEG and PNG are known, other files are not, whatever they are called', async () => {
    const filler = Buffer.alloc(200);
    expect(await pictureType(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), filler]))).toBe('image/jpeg');
    const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]), Buffer.from('IHDR'), filler]);
    expect(await pictureType(png)).toBe('image/png');
    expect(await pictureType(png.subarray(0, 20))).toBeUndefined();
    for (const other of ['%PDF-1.7', '<svg xmlns="http://www.w3.org/2000/svg">', '<html>', 'GIF89a', 'MZ']) expect(await pictureType(Buffer.concat([Buffer.from(other), filler])), other).toBeUndefined();
  });
});

const POSTER: Poster = {
  paper: 'a4', number: 'QH-N-2026-000012', issuer: { zh: '青禾市禾东区医疗保障经办中心', en: 'Hedong Healthcare Security Agency, Qinghe' }, district: { zh: '禾东区', en: 'Hedong' },
  township: { zh: '槐荫街道', en: 'Huaiyin' }, community: '槐荫社区', publishedOn: '2026-09-15', startsOn: '2026-09-16', endsOn: '2026-10-02', days: { count: 15, unit: 'calendarDay' },
  interruptions: [{ fromOn: '2026-09-20', toOn: '2026-09-21', endsOn: '2026-10-02', note: '宣传栏翻修' }],
  rows: [{ community: '槐荫社区', maskedName: '王*兰', maskedNumber: '110*************2X', grade: 3, gradeZh: '中度失能', gradeEn: 'Moderate' }],
  objectAt: { address: '青禾市禾东区槐荫路 12 号', phone: '0990-5550101' }, publicUrl: 'http://127.0.0.1:8080/notices?batch=QH-N-2026-000012',
};

describe('the poster', () => {
  test('is one upright page on A4 and on A3, the same bytes for the same notice', async () => {
    const box = async (paper: Poster['paper']) => (await posterPdf({ ...POSTER, paper })).toString('latin1').match(/\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/)!.slice(1).map((size) => Math.round(Number(size)));
    expect(await box('a4')).toEqual([595, 842]);
    expect(await box('a3')).toEqual([842, 1191]);
    expect((await posterPdf(POSTER)).equals(await posterPdf(POSTER))).toBe(true);
  });

  test('does not take a name or number that is not masked', () => {
    expect(() => posterPdf({ ...POSTER, rows: [{ ...POSTER.rows[0]!, maskedName: '王桂兰' }] })).toThrow('masked');
    expect(() => posterPdf({ ...POSTER, rows: [{ ...POSTER.rows[0]!, maskedNumber: '11010519491231002X' }] })).toThrow('masked');
  });
});
