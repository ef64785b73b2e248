import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chineseCapital } from './money-capital.ts';

const cases: [number, string][] = [
  [0, '零元整'],
  [5, '伍分'],
  [10, '壹角整'],
  [50, '伍角整'],
  [99, '玖角玖分'],
  [100, '壹元整'],
  [105, '壹元零伍分'],
  [1000, '壹拾元整'],
  [10_005_00, '壹万零伍元整'],
  [1_234_567, '壹万贰仟叁佰肆拾伍元陆角柒分'],
  [1_409_50, '壹仟肆佰零玖元伍角整'],
  [6_007_14, '陆仟零柒元壹角肆分'],
  [107_000_53, '壹拾万柒仟元伍角叁分'],
  [16_409_02, '壹万陆仟肆佰零玖元零贰分'],
  [325_04, '叁佰贰拾伍元零肆分'],
  [1_000_000_00, '壹佰万元整'],
  [1_000_001_00, '壹佰万零壹元整'],
  [100_000_000_00, '壹亿元整'],
  [100_100_000_00, '壹亿零壹拾万元整'],
  [100_000_001_00, '壹亿零壹元整'],
  [12_0000_0000_0000_00, '壹拾贰万亿元整'],
  [12_0001_0000_0000_00, '壹拾贰万零壹亿元整'],
  [-6_500, '负陆拾伍元整'],
];

it.each(cases)('writes %i fen as %s', (fen, words) => {
  expect(chineseCapital(fen)).toBe(words);
});

it('is a bug for half a fen', () => {
  expect(() => chineseCapital(0.5)).toThrow('whole number');
});

/** Reads the words back by the places of Chinese numbers: an independent way. */
function fenOf(words: string): number {
  const digit = (character: string) => '零壹贰叁肆伍陆柒捌玖'.indexOf(character);
  let total = 0;
  let section = 0;
  let last = 0;
  for (const character of words) {
    if (digit(character) >= 0) last = digit(character);
    else if ('拾佰仟'.includes(character)) {
      section += last * 10 ** ('拾佰仟'.indexOf(character) + 1);
      last = 0;
    } else if (character === '万') {
      section = (section + last) * 10_000;
      total += section;
      section = last = 0;
    } else if (character === '亿') {
      total = (total + section + last) * 100_000_000;
      section = last = 0;
    } else if (character === '元') {
      total = (total + section + last) * 100;
      section = last = 0;
    } else if (character === '角') {
      total += last * 10;
      last = 0;
    } else if (character === '分') total += last;
  }
  return total;
}

it('can be read back to the same amount and never doubles a zero', () => {
  fc.assert(fc.property(fc.oneof(fc.nat(99_999_999), fc.maxSafeNat(), fc.nat(9).map((power) => 10 ** power)), (fen) => {
    const words = chineseCapital(fen);
    expect(fenOf(words)).toBe(fen);
    expect(words).not.toMatch(/零零/);
  }), { numRuns: 2000 });
});
