/** Whole numbers as people read them: hundredths of a point, basis points. No fraction is ever computed. */

/** 1234 → '12.34', 500 → '5', 550 → '5.5'. Half and odd hundredths stay; noughts at the end go. */
export function fromHundredths(value: number): string {
  const sign = value < 0 ? '-' : '';
  const whole = Math.floor(Math.abs(value) / 100);
  const rest = String(Math.abs(value) % 100).padStart(2, '0').replace(/0+$/, '');
  return rest === '' ? `${sign}${whole}` : `${sign}${whole}.${rest}`;
}

/** Basis points as percent: 850 → '8.5'. */
export function percent(basisPoints: number): string {
  return fromHundredths(basisPoints);
}

/** Ten-thousandths of a point: 51000 → '5.1', 51230 → '5.123'. */
export function fromTenThousandths(value: number): string {
  const rest = String(value % 10_000).padStart(4, '0').replace(/0+$/, '');
  return rest === '' ? `${Math.floor(value / 10_000)}` : `${Math.floor(value / 10_000)}.${rest}`;
}
