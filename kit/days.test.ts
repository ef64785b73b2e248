import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, addMonths, addMonthsToMonth, dayOf, daysBetween, firstOfNextMonth, instantOf, isDay, isMonth, monthBounds, monthOf, weekday } from './days.ts';

const anyDay = fc.integer({ min: -20_000, max: 40_000 }).map((days) => addDays('2000-01-01', days));

describe('days', () => {
  it('knows real days from others', () => {
    expect(isDay('2024-02-29')).toBe(true);
    expect(isDay('2026-02-29')).toBe(false);
    expect(isDay('2026-09-31')).toBe(false);
    expect(isDay('2026-9-1')).toBe(false);
    expect(isDay('2026/09/01')).toBe(false);
    expect(isDay('2026-09-01T00:00')).toBe(false);
  });

  it('agrees with the calendar about every date that can be written', () => {
    const two = (n: number) => String(n).padStart(2, '0');
    fc.assert(fc.property(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 32 }), (year, month, day) => {
      const text = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
      const at = new Date(`${text}T00:00:00Z`);
      expect(isDay(text)).toBe(!Number.isNaN(at.getTime()) && at.toISOString().startsWith(text));
    }));
  });

  it('knows real months from others', () => {
    expect(isMonth('2026-12')).toBe(true);
    expect(isMonth('2026-13')).toBe(false);
    expect(isMonth('2026-00')).toBe(false);
    expect(isMonth('2026-9')).toBe(false);
  });

  it('begins a day at midnight in the office, not in Greenwich', () => {
    expect(dayOf(new Date('2026-08-31T15:59:59.999Z'))).toBe('2026-08-31');
    expect(dayOf(new Date('2026-08-31T16:00:00Z'))).toBe('2026-09-01');
  });

  it('turns a minute of a day into an instant, also past midnight', () => {
    expect(instantOf('2026-09-01', 0).toISOString()).toBe('2026-08-31T16:00:00.000Z');
    expect(instantOf('2026-09-01', 510.5).toISOString()).toBe('2026-09-01T00:30:30.000Z');
    expect(dayOf(instantOf('2026-09-01', 1439))).toBe('2026-09-01');
    expect(dayOf(instantOf('2026-09-01', 1440))).toBe('2026-09-02');
  });

  it('falls back to the last day of a shorter month', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2024-01-31', 1)).toBe('2024-02-29');
    expect(addMonths('2024-02-29', 24)).toBe('2026-02-28');
  });

  it('gives the bounds of a month and the first of the next', () => {
    expect(monthBounds('2024-02')).toEqual({ firstOn: '2024-02-01', lastOn: '2024-02-29' });
    expect(firstOfNextMonth('2026-12-31')).toBe('2027-01-01');
    expect(firstOfNextMonth('2026-12-01')).toBe('2027-01-01');
    expect(addMonthsToMonth('2026-11', 3)).toBe('2027-02');
  });

  it('counts a week from Monday', () => {
    expect(weekday('2026-08-31')).toBe(1);
    expect(weekday('2026-09-06')).toBe(7);
  });

  it('adds and counts days consistently, in the order of the text', () => {
    fc.assert(fc.property(anyDay, fc.integer({ min: -5000, max: 5000 }), (day, days) => {
      const other = addDays(day, days);
      expect(daysBetween(day, other)).toBe(days);
      expect(addDays(other, -days)).toBe(day);
      expect(other > day).toBe(days > 0);
      expect(dayOf(instantOf(day, 0))).toBe(day);
      const { firstOn, lastOn } = monthBounds(monthOf(day));
      expect(firstOn <= day && day <= lastOn).toBe(true);
      expect(addDays(lastOn, 1)).toBe(firstOfNextMonth(day));
    }));
  });
});
