/**
 * Unified social credit codes (统一社会信用代码, GB 32100): 18 characters without I O S V Z.
 * Characters 3 to 8 are the division of registration, 9 to 17 the organisation code (GB 11714), the last one checks.
 */
import { assert } from './refuse.ts';

export type CreditCodeCode = 'CREDIT_CODE_LENGTH' | 'CREDIT_CODE_CHARACTERS' | 'CREDIT_CODE_CHECK_CHARACTER';

export type CreditCodeCheck =
  | { ok: true; creditCode: string; divisionCode: string; organisationCode: string }
  | { ok: false; code: CreditCodeCode };

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

function checkCharacter(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * ALPHABET.indexOf(first17[i]!), 0);
  return ALPHABET[(31 - (sum % 31)) % 31]!;
}

function organisationCheckCharacter(first8: string): string {
  const sum = ORGANISATION_WEIGHTS.reduce((total, weight, i) => total + weight * parseInt(first8[i]!, 36), 0);
  const rest = 11 - (sum % 11);
  if (rest === 10) return 'X';
  return rest === 11 ? '0' : String(rest);
}

/** Checks length, characters and check character, in this order; small letters are read as capitals. */
export function checkCreditCode(text: string): CreditCodeCheck {
  const creditCode = text.trim().toUpperCase();
  if (creditCode.length !== 18) return { ok: false, code: 'CREDIT_CODE_LENGTH' };
  if (![...creditCode].every((character) => ALPHABET.includes(character)) || !/^..\d{6}/.test(creditCode)) {
    return { ok: false, code: 'CREDIT_CODE_CHARACTERS' };
  }
  if (checkCharacter(creditCode) !== creditCode[17]) return { ok: false, code: 'CREDIT_CODE_CHECK_CHARACTER' };
  return { ok: true, creditCode, divisionCode: creditCode.slice(2, 8), organisationCode: creditCode.slice(8, 17) };
}

/**
 * Makes a code that passes the check, for fictional institutions.
 * `registration` is the first two characters: 91 enterprise, 52 private non-enterprise unit, 12 public institution.
 */
export function creditCodeFor(divisionCode: string, sequence: number, registration = '91'): string {
  assert(/^\d{6}$/.test(divisionCode), `a division code has six digits, not "${divisionCode}"`);
  assert(Number.isInteger(sequence) && sequence >= 0 && sequence <= 9_999_999, `a sequence is 0 to 9999999, not ${sequence}`);
  assert(/^[0-9A-HJ-NPQRTUWXY]{2}$/.test(registration), `a registration has two characters of the code's alphabet, not "${registration}"`);
  const organisation = `M${String(sequence).padStart(7, '0')}`;
  const first17 = registration + divisionCode + organisation + organisationCheckCharacter(organisation);
  return first17 + checkCharacter(first17);
}
