import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from './days.ts';
import { checkIdentityNumber, identityNumberFor } from './identity-number.ts';

const ON = '2026-09-01';
const codeOf = (text: string, on = ON) => {
  const check = checkIdentityNumber(text, on);
  return check.ok ? 'ok' : check.code;
};

describe('identity numbers', () => {
  it('accepts the published vectors and reads birth day, sex and division', () => {
    expect(checkIdentityNumber('11010519491231002X', ON)).toEqual({
      ok: true, number: '11010519491231002X', birthOn: '1949-12-31', sex: 'female', divisionCode: '110105', residencePermit: false,
    });
    expect(checkIdentityNumber('440524188001010014', ON)).toMatchObject({ ok: true, sex: 'male', birthOn: '1880-01-01' });
    expect(checkIdentityNumber('810000199408230021', ON)).toMatchObject({ ok: true, residencePermit: true });
  });

  it('reads a small x and blanks around the number as people type them', () => {
    expect(checkIdentityNumber(' 11010519491231002x ', ON)).toMatchObject({ ok: true, number: '11010519491231002X' });
  });

  it('refuses 17 and 19 characters, and the old number of 15', () => {
    expect(codeOf('1101051949123100')).toBe('IDENTITY_NUMBER_LENGTH');
    expect(codeOf('11010519491231002')).toBe('IDENTITY_NUMBER_LENGTH');
    expect(codeOf('11010519491231002X0')).toBe('IDENTITY_NUMBER_LENGTH');
    expect(codeOf('110105491231002')).toBe('IDENTITY_NUMBER_LENGTH');
  });

  it('refuses a letter in the digits and an X that is not last', () => {
    expect(codeOf('1101O519491231002X')).toBe('IDENTITY_NUMBER_CHARACTERS');
    expect(codeOf('X1010519491231002X')).toBe('IDENTITY_NUMBER_CHARACTERS');
    expect(codeOf('11010519491231002Y')).toBe('IDENTITY_NUMBER_CHARACTERS');
  });

  it('refuses a day that the calendar does not have', () => {
    expect(codeOf('110105195002290029')).toBe('IDENTITY_NUMBER_BIRTH_DATE');
    expect(codeOf('110105194913310021')).toBe('IDENTITY_NUMBER_BIRTH_DATE');
    expect(codeOf('110105000001010021')).toBe('IDENTITY_NUMBER_BIRTH_DATE');
    expect(codeOf(identityNumberFor('990102', '1952-02-29', 12))).toBe('ok');
  });

  it('accepts a birth today and refuses a birth tomorrow', () => {
    expect(codeOf(identityNumberFor('990102', ON, 1))).toBe('ok');
    expect(codeOf(identityNumberFor('990102', addDays(ON, 1), 1))).toBe('IDENTITY_NUMBER_FUTURE');
  });

  it('refuses the vector with the wrong check digit', () => {
    expect(codeOf('110105194912310021')).toBe('IDENTITY_NUMBER_CHECK_DIGIT');
  });

  const made = fc.record({
    division: fc.integer({ min: 990100, max: 990106 }).map(String),
    birthOn: fc.integer({ min: 0, max: 45_000 }).map((days) => addDays('1900-01-01', days)),
    sequence: fc.integer({ min: 0, max: 999 }),
  });

  it('accepts every number that it makes, with the day and sex it was made for', () => {
    fc.assert(fc.property(made, ({ division, birthOn, sequence }) => {
      expect(checkIdentityNumber(identityNumberFor(division, birthOn, sequence), ON)).toMatchObject({
        ok: true, birthOn, divisionCode: division, sex: sequence % 2 === 1 ? 'male' : 'female',
      });
    }));
  });

  it('notices every single wrong digit and every swap of neighbours', () => {
    fc.assert(fc.property(made, fc.nat(16), fc.integer({ min: 1, max: 9 }), ({ division, birthOn, sequence }, at, add) => {
      const number = identityNumberFor(division, birthOn, sequence);
      const wrong = number.slice(0, at) + ((Number(number[at]) + add) % 10) + number.slice(at + 1);
      expect(codeOf(wrong, '9999-12-31')).not.toBe('ok');
      const swapped = number.slice(0, at) + number[at + 1] + number[at] + number.slice(at + 2);
      if (swapped !== number) expect(codeOf(swapped, '9999-12-31')).not.toBe('ok');
    }));
  });

  it('does not make a number from a broken division, day or sequence', () => {
    expect(() => identityNumberFor('9901', '1950-01-01', 1)).toThrow('division');
    expect(() => identityNumberFor('990101', '1950-02-30', 1)).toThrow('birth day');
    expect(() => identityNumberFor('990101', '1950-01-01', 1000)).toThrow('sequence');
  });
});
