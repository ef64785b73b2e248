import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskIdentityNumber, maskName, maskPhone } from './mask.ts';

describe('masks of a public notice', () => {
  it('keeps the first and last character of a name of three or more', () => {
    expect(maskName('王桂兰')).toBe('王*兰');
    expect(maskName('欧阳桂兰')).toBe('欧**兰');
  });

  it('keeps the surname of a name of two and nothing of a single character', () => {
    expect(maskName('王兰')).toBe('王*');
    expect(maskName('王')).toBe('*');
    expect(maskName('')).toBe('');
  });

  it('counts rare characters as one', () => {
    expect(maskName('王𬭎㛃')).toBe('王*㛃');
    expect(maskName('𬭎王')).toBe('𬭎*');
  });

  it('hides birth day and sequence of an identity number', () => {
    expect(maskIdentityNumber('99010219490312002X')).toBe('990*************2X');
  });

  it('hides the middle of a phone number, and all of a short one', () => {
    expect(maskPhone('13812345678')).toBe('138****5678');
    expect(maskPhone('1234567890')).toBe('123***7890');
    expect(maskPhone('123456789')).toBe('*********');
  });

  it('never shows a whole name or number', () => {
    fc.assert(fc.property(fc.string({ minLength: 1, maxLength: 30 }).filter((text) => text.trim() !== '' && !text.includes('*')), (text) => {
      expect(maskName(text)).toContain('*');
      expect(maskIdentityNumber(text)).toContain('*');
      expect(maskPhone(text)).toContain('*');
    }));
  });
});
