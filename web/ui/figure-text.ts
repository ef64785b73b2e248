/** A plain value of a policy figure in its unit, for every portal: hours a week, yuan, per cent, days. */
import { yuan } from '../../kit/money.ts';
import type { Say } from './words.ts';

/** `word` says a code among the values, and `yes` and `no`. */
export function figureText(value: unknown, unit: string | null, say: Say, word: (code: string) => string): string {
  if (typeof value === 'number') {
    if (unit === 'basisPoints') return `${value / 100} %`;
    if (unit === 'minutesPerWeek' && value % 60 === 0) return say('figures:units.hoursPerWeek', { n: value / 60, min: value });
    return say(`figures:units.${unit}`, { n: unit?.startsWith('fen') ? yuan(value) : value, defaultValue: String(value) });
  }
  if (typeof value === 'boolean') return word(value ? 'yes' : 'no');
  if (typeof value === 'string') return word(value);
  if (Array.isArray(value)) return value.map((one) => figureText(one, unit, say, word)).join(say('figures:listComma'));
  return '';
}

/** A count with its own unit reads as one: { count: 15, unit: 'calendarDay' } → 15 calendar days. */
export function countedText(value: object, say: Say): string | undefined {
  const { count, unit, ...more } = value as { count?: unknown; unit?: unknown };
  if (typeof count !== 'number' || typeof unit !== 'string' || Object.keys(more).length > 0) return undefined;
  return say(`figures:units.${unit}`, { n: count });
}
