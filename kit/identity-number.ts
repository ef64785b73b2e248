/**
 * Citizen identity numbers (公民身份号码, GB 11643): 6 division, 8 birth day, 3 sequence (odd = male), 1 check character.
 * Residence permits of people from Hong Kong, Macao and Taiwan (prefix 81, 82, 83) follow the same rule.
 */
import type { Day } from './days.ts';
import { isDay } from './days.ts';
import { assert } from './refuse.ts';

export type Sex = 'male' | 'female';

export type IdentityNumberCode =
  | 'IDENTITY_NUMBER_LENGTH'
  | 'IDENTITY_NUMBER_CHARACTERS'
  | 'IDENTITY_NUMBER_BIRTH_DATE'
  | 'IDENTITY_NUMBER_FUTURE'
  | 'IDENTITY_NUMBER_CHECK_DIGIT';

export type IdentityNumberCheck =
  | {
      ok: true;
      /** The number as it is stored: without blanks around it, the last letter a capital X. */
      number: string;
      birthOn: Day;
      sex: Sex;
      /** First six digits: where the number was given out (GB/T 2260 as it stood then), not where the person lives. */
      divisionCode: string;
      /** True for the residence permits of 81 (Hong Kong), 82 (Macao), 83 (Taiwan). */
      residencePermit: boolean;
    }
  | { ok: false; code: IdentityNumberCode };

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS = '10X98765432';

function checkCharacter(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(first17[i]), 0);
  return CHECK_CHARACTERS[sum % 11]!;
}

/**
 * Checks an 18-character number on a given day. The first rule that it breaks is named:
 * length, characters, a real birth day, not born after `on`, check character.
 */
export function checkIdentityNumber(text: string, on: Day): IdentityNumberCheck {
  const number = text.trim().toUpperCase();
  if (number.length !== 18) return { ok: false, code: 'IDENTITY_NUMBER_LENGTH' };
  if (!/^\d{17}[\dX]$/.test(number)) return { ok: false, code: 'IDENTITY_NUMBER_CHARACTERS' };
  const birthOn = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  if (birthOn.startsWith('0000') || !isDay(birthOn)) return { ok: false, code: 'IDENTITY_NUMBER_BIRTH_DATE' };
  if (birthOn > on) return { ok: false, code: 'IDENTITY_NUMBER_FUTURE' };
  if (checkCharacter(number) !== number[17]) return { ok: false, code: 'IDENTITY_NUMBER_CHECK_DIGIT' };
  return {
    ok: true,
    number,
    birthOn,
    sex: Number(number[16]) % 2 === 1 ? 'male' : 'female',
    divisionCode: number.slice(0, 6),
    residencePermit: /^8[123]/.test(number),
  };
}

/**
 * Makes a number that passes the check, for fictional people. `sequence` is 0 … 999; an odd one is a man's.
 * Use the fictional divisions 9901…, so that no real person's number is hit.
 */
export function identityNumberFor(divisionCode: string, birthOn: Day, sequence: number): string {
  assert(/^\d{6}$/.test(divisionCode), `a division code has six digits, not "${divisionCode}"`);
  assert(isDay(birthOn), `a birth day is written YYYY-MM-DD, not "${birthOn}"`);
  assert(Number.isInteger(sequence) && sequence >= 0 && sequence <= 999, `a sequence is 0 to 999, not ${sequence}`);
  const first17 = divisionCode + birthOn.replaceAll('-', '') + String(sequence).padStart(3, '0');
  return first17 + checkCharacter(first17);
}
