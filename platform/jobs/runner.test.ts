import { expect, it } from 'vitest';
import { utcOf } from './runner.ts';

it('turns a daily time of the office into the queue\'s clock, on both sides of eight in the morning', () => {
  expect(utcOf('5 0 * * *')).toBe('5 16 * * *');
  expect(utcOf('59 7 * * *')).toBe('59 23 * * *');
  expect(utcOf('0 8 * * *')).toBe('0 0 * * *');
});

it('is a bug to ask for a timetable that is not daily', () => {
  expect(() => utcOf('5 0 1 * *')).toThrow('daily');
});
