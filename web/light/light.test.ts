import { describe, expect, test } from 'vitest';
import { daysFromTo, daysInWords, isMonthText, monthInWords, moveMonth, noticeRun } from './day.ts';
import { addressWith, match, pathOf, searchOf } from './match.ts';

describe('addresses of the small portals', () => {
  test('finds the page and its parameter, with or without a closing slash and a question mark', () => {
    expect(match('/notices/:id', '/notices/7?x=1')).toEqual({ id: '7' });
    expect(match('/notices', '/notices/')).toEqual({});
    expect(match('/', '/')).toEqual({});
    expect(match('/policy/:name', '/policy/%E9%99%90')).toEqual({ name: '限' });
  });

  test('leaves addresses of other pages and mistyped ones alone', () => {
    expect(match('/notices/:id', '/notices')).toBeUndefined();
    expect(match('/notices/:id', '/notices/7/8')).toBeUndefined();
    expect(match('/letters/:code', '/letters/%E0%A4%A')).toBeUndefined();
    expect(match('/notices', '/policy')).toBeUndefined();
  });

  test('filters survive the way into the address and back, empty ones are left out', () => {
    const address = addressWith('/notices', { district: '990102', community: '柳溪 & 北里', state: undefined, page: '' });
    expect(searchOf(address)).toEqual({ district: '990102', community: '柳溪 & 北里' });
    expect(pathOf(address)).toBe('/notices');
    expect(addressWith('/notices', { page: undefined })).toBe('/notices');
  });
});

describe('days without a calendar library', () => {
  test('counts days over a leap day and moves months over the new year', () => {
    expect(daysFromTo('2028-02-28', '2028-03-01')).toBe(2);
    expect(daysFromTo('2026-09-16', '2026-09-15')).toBe(-1);
    expect(moveMonth('2026-01', -1)).toBe('2025-12');
    expect(moveMonth('2026-12', 1)).toBe('2027-01');
  });

  test('knows a month from what is none', () => {
    expect(isMonthText('2026-09')).toBe(true);
    expect(isMonthText('2026-13')).toBe(false);
    expect(isMonthText(undefined)).toBe(false);
    expect([monthInWords('2026-08', 'zh'), monthInWords('2026-08', 'en')]).toEqual(['2026年8月', 'August 2026']);
  });

  test('speaks the days of a sentence and leaves numbers that only look like days', () => {
    expect(daysInWords('有效到 2027-04-30，编号 QH-A-2026-000152。', 'zh')).toBe('有效到2027年4月30日，编号 QH-A-2026-000152。');
    expect(daysInWords('until 2027-04-30; 2027-13-01', 'en')).toBe('until 30 April 2027; 2027-13-01');
  });

  test('a notice has all its days left before the first and on the first, one on the last, none the day after', () => {
    const notice = { startsOn: '2026-09-16', endsOn: '2026-09-30' };
    expect(noticeRun(notice, '2026-09-15')).toEqual({ days: 15, over: 0, left: 15 });
    expect(noticeRun(notice, '2026-09-16')).toEqual({ days: 15, over: 0, left: 15 });
    expect(noticeRun(notice, '2026-09-30')).toEqual({ days: 15, over: 14, left: 1 });
    expect(noticeRun(notice, '2026-10-01')).toEqual({ days: 15, over: 15, left: 0 });
    expect(noticeRun(notice, '2027-10-01')).toEqual({ days: 15, over: 15, left: 0 });
  });
});
