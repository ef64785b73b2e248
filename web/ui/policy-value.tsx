/** A policy figure as people read it: in its unit, as a small table where it differs by grade or kind. */
import { yuan } from '../../kit/money.ts';
import { FactValue } from './explanation-view.tsx';
import type { Say } from './words.ts';
import { useWords } from './words.ts';

function text(value: unknown, unit: string | null, say: Say): string {
  if (typeof value === 'number') {
    if (unit === 'basisPoints') return `${value / 100} %`;
    if (unit === 'minutesPerWeek' && value % 60 === 0) return say('units.hoursPerWeek', { n: value / 60, min: value });
    return say(`units.${unit}`, { n: unit?.startsWith('fen') ? yuan(value) : value, defaultValue: String(value) });
  }
  if (typeof value === 'boolean') return say(value ? 'yes' : 'no');
  return say(`policyWords.${String(value)}`, { defaultValue: String(value) });
}

/** Editions and deeper tables are shown as they are written. */
export function FigureValue({ value, unit }: { value: unknown; unit: string | null }) {
  const say = useWords('ui');
  if (value === null || value === undefined) return <>–</>;
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) return <>{value.map((one) => text(one, unit, say)).join(say('listComma'))}</>;
  if (typeof value !== 'object') return <>{text(value, unit, say)}</>;
  const entries = Object.entries(value);
  if (Array.isArray(value) || entries.some(([, one]) => typeof one === 'object' && one !== null)) return <FactValue value={value} />;
  const counted = value as { count?: unknown; unit?: unknown };
  if (entries.length === 2 && typeof counted.count === 'number' && typeof counted.unit === 'string') return <>{text(counted.count, counted.unit, say)}</>;
  return (
    <span className="ch-pairs">
      {entries.map(([name, one]) => (
        <span key={name} className="ch-pair">
          <span className="ch-muted">{/^\d$/.test(name) ? say('units.grade', { n: name }) : say(`policyWords.${name}`, { defaultValue: name })}</span> <span className="ch-number">{text(one, unit, say)}</span>
        </span>
      ))}
    </span>
  );
}
