/** Amounts in Chinese capital figures (大写金额), as vouchers and statements carry them. */
import { assert } from './refuse.ts';

const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const PLACES = ['', '拾', '佰', '仟'];
const SECTIONS = ['', '万', '亿', '万亿'];

/** Four digits without their leading zeros: 1005 → 壹仟零伍, 20 → 贰拾, 0 → ''. */
function sectionWords(section: number): string {
  let words = '';
  let zero = false;
  for (let place = 3; place >= 0; place--) {
    const digit = Math.floor(section / 10 ** place) % 10;
    if (digit === 0) zero = words !== '';
    else {
      words += (zero ? '零' : '') + DIGITS[digit] + PLACES[place];
      zero = false;
    }
  }
  return words;
}

function wholeWords(wholeYuan: number): string {
  let words = '';
  let zero = false;
  for (let power = 3; power >= 0; power--) {
    const section = Math.floor(wholeYuan / 10_000 ** power) % 10_000;
    if (section === 0) {
      zero = words !== '';
      continue;
    }
    const gap = zero || (words !== '' && section < 1000);
    words += (gap ? '零' : '') + sectionWords(section) + SECTIONS[power];
    zero = false;
  }
  return words.replace('万亿', words.includes('亿', words.indexOf('万亿') + 2) ? '万' : '万亿');
}

/**
 * `1234567` → `壹万贰仟叁佰肆拾伍元陆角柒分`; an amount that ends in whole yuan or jiao closes with 整.
 * Input in fen, any safe whole number; a negative amount begins with 负.
 * Way of writing: 支付结算办法, annex 1 正确填写票据和结算凭证的基本规定.
 */
export function chineseCapital(amountFen: number): string {
  assert(Number.isSafeInteger(amountFen), `an amount in fen must be a whole number, not ${amountFen}`);
  const fen = Math.abs(amountFen);
  if (fen === 0) return '零元整';
  const whole = wholeWords(Math.floor(fen / 100));
  const jiao = Math.floor(fen / 10) % 10;
  const cent = fen % 10;
  let words = whole === '' ? '' : `${whole}元`;
  if (jiao > 0) words += `${DIGITS[jiao]}角`;
  else if (cent > 0 && whole !== '') words += '零';
  words += cent > 0 ? `${DIGITS[cent]}分` : '整';
  return (amountFen < 0 ? '负' : '') + words;
}
