import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkCreditCode, creditCodeFor } from './credit-code.ts';

const codeOf = (text: string) => {
  const check = checkCreditCode(text);
  return check.ok ? 'ok' : check.code;
};

describe('unified social credit codes', () => {
  it('accepts the published vector and reads its parts', () => {
    expect(checkCreditCode('91350100M000100Y43')).toEqual({
      ok: true, creditCode: '91350100M000100Y43', divisionCode: '350100', organisationCode: 'M000100Y4',
    });
  });

  it('refuses the vector with another last character', () => {
    expect(codeOf('91350100M000100Y44')).toBe('CREDIT_CODE_CHECK_CHARACTER');
  });

  it('refuses 17 and 19 characters', () => {
    expect(codeOf('91350100M000100Y4')).toBe('CREDIT_CODE_LENGTH');
    expect(codeOf('91350100M000100Y433')).toBe('CREDIT_CODE_LENGTH');
  });

  it('refuses the letters that the standard leaves out, and letters in the division', () => {
    for (const letter of 'IOSVZ') expect(codeOf(`91350100M0001${letter}0Y43`)).toBe('CREDIT_CODE_CHARACTERS');
    expect(codeOf('9135A100M000100Y43')).toBe('CREDIT_CODE_CHARACTERS');
  });

  it('accepts every code that it makes and notices every single wrong digit in it', () => {
    fc.assert(fc.property(fc.integer({ min: 990100, max: 990106 }), fc.nat(9_999_999), fc.nat(5), fc.integer({ min: 1, max: 9 }), (division, sequence, at, add) => {
      const code = creditCodeFor(String(division), sequence);
      expect(codeOf(code)).toBe('ok');
      const i = at + 2;
      expect(codeOf(code.slice(0, i) + ((Number(code[i]) + add) % 10) + code.slice(i + 1))).toBe('CREDIT_CODE_CHECK_CHARACTER');
    }));
  });

  it('computes the organisation code of GB 11714 inside the code it makes', () => {
    const check = checkCreditCode(creditCodeFor('990102', 7, '52'));
    // M=22: 22×3 + 7×2 = 80; 11 − 80 mod 11 = 8
    expect(check).toMatchObject({ ok: true, organisationCode: 'M00000078' });
  });
});
