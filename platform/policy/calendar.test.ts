import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { calendarFaults, workingDaysOf } from './calendar.ts';
import { loadPolicy, PolicyProblem } from './index.ts';

const project = join(import.meta.dirname, '../..');
const shared = process.env['CHANGHU_SHARED'] ?? join(project, '../shared');
const published = join(shared, 'data/holiday-cn');
const { workingDays } = loadPolicy({ root: join(project, 'policy'), city: 'qinghe', needs: [] });

describe('working days', () => {
  test('a day off on a weekday is none, a make-up Sunday is one, a plain Sunday is none', () => {
    expect(['2026-01-01', '2025-01-26', '2026-03-01', '2026-03-02'].map((day) => workingDays.isWorkingDay(day))).toEqual([false, true, false, true]);
  });

  test('the first working day after the eve of National Day 2025 is 9 October', () => {
    expect(workingDays.addWorkingDays('2025-09-30', 1)).toBe('2025-10-09');
  });

  test('the third one is the make-up Saturday 11 October', () => {
    expect(workingDays.addWorkingDays('2025-09-30', 3)).toBe('2025-10-11');
  });

  test('no working day added to a day off gives the next working day, to a working day itself', () => {
    expect([workingDays.addWorkingDays('2025-10-01', 0), workingDays.addWorkingDays('2025-10-09', 0)]).toEqual(['2025-10-09', '2025-10-09']);
  });

  test('counting is the reverse of adding, and counts nothing backwards', () => {
    for (const count of [1, 5, 10, 30]) expect(workingDays.countWorkingDays('2025-09-15', workingDays.addWorkingDays('2025-09-15', count))).toBe(count);
    expect(workingDays.countWorkingDays('2025-09-15', '2025-09-15')).toBe(0);
    expect(workingDays.countWorkingDays('2025-09-15', '2025-09-10')).toBe(0);
  });

  test('a year that is not published is an error that names the year and the file', () => {
    const late = `${workingDays.years.at(-1)!}-12-31`;
    const next = workingDays.years.at(-1)! + 1;
    for (const ask of [() => workingDays.isWorkingDay(`${next}-01-04`), () => workingDays.addWorkingDays(late, 2), () => workingDays.isWorkingDay('2019-12-31')]) expect(ask).toThrow(PolicyProblem);
    expect(() => workingDays.addWorkingDays(late, 2)).toThrow(`policy/national/calendar/${next}.yaml`);
  });

  test('refuses a number of days that is not a whole number', () => {
    expect(() => workingDays.addWorkingDays('2026-03-02', 1.5)).toThrow('whole number');
  });

  test('faults inside a calendar file are named', () => {
    const name = { zh: '元旦', en: 'New Year' };
    const read = { year: 2026, sources: ['x'], offDays: [{ from: '2026-01-03', to: '2026-01-01', name }, { from: '2026-01-04', to: '2026-01-04', name }], workDays: ['2026-01-04', '2026-01-05'] };
    const sentences = calendarFaults([{ file: 'policy/national/calendar/2025.yaml', read }]).map((fault) => fault.what).join('\n');
    expect(sentences).toMatch(/name it 2026\.yaml[\s\S]*end before they begin[\s\S]*2026-01-04 is both[\s\S]*2026-01-05 is a weekday/);
  });

  test('a calendar without any make-up day takes Monday to Friday', () => {
    const plain = workingDaysOf([{ year: 2030, sources: ['x'], offDays: [], workDays: [] }]);
    expect(plain.countWorkingDays('2030-01-06', '2030-01-13')).toBe(5);
  });
});

describe('the days off agree with the published collection', () => {
  const there = existsSync(published);
  test.runIf(!there && process.env['CI'] === 'true')('the collection is there', () => {
    throw new Error(`no holiday-cn folder beside the checkout: set CHANGHU_SHARED to the folder that holds data/holiday-cn`);
  });
  test.skipIf(!there)(there ? 'for every day it names' : 'skipped: no data/holiday-cn beside the checkout (set CHANGHU_SHARED)', () => {
    const years = readdirSync(published).filter((name) => /^\d{4}\.json$/.test(name)).map((name) => JSON.parse(readFileSync(join(published, name), 'utf8')) as { year: number; papers: string[]; days: { date: string; isOffDay: boolean }[] });
    const days = years.flatMap((year) => year.days);
    expect(days.length).toBeGreaterThan(200);
    for (const day of days) expect([day.date, workingDays.isWorkingDay(day.date)]).toEqual([day.date, !day.isOffDay]);
    expect(workingDays.years).toEqual(years.filter((year) => year.days.length > 0).map((year) => year.year));
  });
  test.skipIf(!there)('and it names every day that we set apart', () => {
    const named = new Set(readdirSync(published).filter((name) => /^\d{4}\.json$/.test(name)).flatMap((name) => (JSON.parse(readFileSync(join(published, name), 'utf8')) as { days: { date: string }[] }).days.map((day) => day.date)));
    for (const year of workingDays.years) for (let time = Date.UTC(year, 0, 1); time < Date.UTC(year + 1, 0, 1); time += 86_400_000) {
      const day = new Date(time).toISOString().slice(0, 10);
      const weekday = new Date(time).getUTCDay();
      if (workingDays.isWorkingDay(day) !== (weekday >= 1 && weekday <= 5)) expect(named.has(day), day).toBe(true);
    }
  });
});
