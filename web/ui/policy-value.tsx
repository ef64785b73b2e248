/** A policy figure as people read it: in its unit, as a small table where it differs by grade or kind. */
import { FactValue } from './explanation-view.tsx';
import { countedText, figureText } from './figure-text.ts';
import { useWords } from './words.ts';

/** Editions and deeper tables are shown as they are written. */
export function FigureValue({ value, unit }: { value: unknown; unit: string | null }) {
  const say = useWords('ui');
  const word = (code: string) => (code === 'yes' || code === 'no' ? say(code) : say(`policyWords.${code}`, { defaultValue: code }));
  if (value === null || value === undefined) return <>–</>;
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) return <>{figureText(value, unit, say, word)}</>;
  if (typeof value !== 'object') return <>{figureText(value, unit, say, word)}</>;
  const entries = Object.entries(value);
  if (Array.isArray(value) || entries.some(([, one]) => typeof one === 'object' && one !== null)) return <FactValue value={value} />;
  const counted = countedText(value, say);
  if (counted !== undefined) return <>{counted}</>;
  return (
    <span className="ch-pairs">
      {entries.map(([name, one]) => (
        <span key={name} className="ch-pair">
          <span className="ch-muted">{/^\d$/.test(name) ? say('figures:units.grade', { n: name }) : say(`policyWords.${name}`, { defaultValue: name })}</span> <span className="ch-number">{figureText(one, unit, say, word)}</span>
        </span>
      ))}
    </span>
  );
}
