/** What a public notice shows of a person: enough for neighbours to recognise, too little to misuse. */

/** `王桂兰` → `王*兰`, `王兰` → `王*`, `欧阳桂兰` → `欧**兰`. Counts characters, also those beyond the basic plane. */
export function maskName(name: string): string {
  const characters = [...name.trim()];
  if (characters.length < 2) return characters.length === 0 ? '' : '*';
  if (characters.length === 2) return `${characters[0]}*`;
  return `${characters[0]}${'*'.repeat(characters.length - 2)}${characters.at(-1)}`;
}

/** Keeps the first three and the last two characters; a text too short to hide five in becomes all stars. */
export function maskIdentityNumber(number: string): string {
  return maskMiddle(number.trim(), 3, 2);
}

/** `13812345678` → `138****5678`; a short number becomes all stars. */
export function maskPhone(phone: string): string {
  return maskMiddle(phone.trim(), 3, 4);
}

function maskMiddle(text: string, first: number, last: number): string {
  const hidden = text.length - first - last;
  if (hidden < 3) return '*'.repeat(text.length);
  return text.slice(0, first) + '*'.repeat(hidden) + text.slice(-last);
}
