import { describe, expect, it } from 'vitest';
import { rangeOf } from './send-file.ts';

describe('a range of bytes', () => {
  it.each([
    ['bytes=0-', { start: 0, end: 99 }],
    ['bytes=10-19', { start: 10, end: 19 }],
    ['bytes=10-1000', { start: 10, end: 99 }],
    ['bytes=-5', { start: 95, end: 99 }],
    ['bytes=-500', { start: 0, end: 99 }],
    ['bytes=99-', { start: 99, end: 99 }],
  ])('%s of a hundred bytes is served', (header, served) => {
    expect(rangeOf(header, 100)).toEqual(served);
  });

  it.each(['bytes=100-', 'bytes=100-200', 'bytes=-0'])('%s of a hundred bytes lies outside', (header) => {
    expect(rangeOf(header, 100)).toBe('outside');
  });

  it.each([undefined, 'bytes=-', 'bytes=20-10', 'bytes=0-1,5-6', 'items=0-1'])('%s is answered with the whole file', (header) => {
    expect(rangeOf(header, 100)).toBeUndefined();
  });
});
