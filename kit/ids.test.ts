import { describe, expect, it } from 'vitest';
import { isId, newId } from './ids.ts';

const AT = Date.UTC(2026, 8, 1, 1, 2, 3);

describe('ids', () => {
  it('is a UUID of version 7 that begins with its millisecond', () => {
    const id = newId(AT);
    expect(isId(id)).toBe(true);
    expect(id[14]).toBe('7');
    expect('89ab').toContain(id[19]);
    expect(parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(AT);
  });

  it('sorts by time', () => {
    const ids = Array.from({ length: 50 }, (_, i) => newId(AT + 1000 + i));
    expect(ids.toSorted()).toEqual(ids);
  });

  it('keeps the order of two thousand ids of one millisecond, all different', () => {
    const ids = Array.from({ length: 2000 }, () => newId(AT + 5000));
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(2000);
  });

  it('makes a hundred thousand different ids in one millisecond', () => {
    const ids = new Set(Array.from({ length: 100_000 }, () => newId(AT + 9000)));
    expect(ids.size).toBe(100_000);
  });

  it('knows an id from other text', () => {
    expect(isId('0198f3a2-0000-7000-8000-000000000000')).toBe(true);
    expect(isId('0198F3A2-0000-7000-8000-000000000000')).toBe(false);
    expect(isId('0198f3a2-0000-7000-8000-00000000000')).toBe(false);
    expect(isId('')).toBe(false);
  });
});
