/** A figure's value as people read it: hours a week, yuan, per cent, days; a small table where it differs by grade or kind. */
import { countedText, figureText } from '../ui/figure-text.ts';
import { usePreferences } from '../ui/preferences.ts';
import type { Say } from '../ui/words.ts';
import { useWords } from '../ui/words.ts';

/** One line of a value: what it is for, as text, and the bare number where bars can be drawn. */
export interface ValueLine {
  key: string;
  text: string;
  number: number | undefined;
}

/** A plain value in its unit. */
export function valueText(value: unknown, unit: string | null, say: Say): string {
  return figureText(value, unit, say, (code) => say(`values.${code}`, { defaultValue: code }));
}

/** The lines of a value that differs by grade or kind; undefined when it is a single one or a whole edition. */
export function valueLines(value: unknown, unit: string | null, say: Say): ValueLine[] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value);
  if (entries.some(([, one]) => typeof one === 'object' && one !== null)) return undefined;
  const counted = countedText(value, say);
  if (counted !== undefined) return [{ key: '', text: counted, number: undefined }];
  return entries.map(([key, one]) => ({
    key: /^[0-9]$/.test(key) ? say('gradeShort', { grade: key }) : say(`keys.${key}`, { defaultValue: key }),
    text: valueText(one, unit, say),
    number: typeof one === 'number' ? one : undefined,
  }));
}

/** The value, with bars where numbers of one unit are compared. */
export function Value({ value, unit, bars = false }: { value: unknown; unit: string | null; bars?: boolean }) {
  const say = useWords('site');
  const lines = valueLines(value, unit, say);
  if (!lines) return typeof value === 'object' && value !== null && !Array.isArray(value) ? null : <span className="value">{valueText(value, unit, say)}</span>;
  const most = Math.max(...lines.map((one) => one.number ?? 0));
  if (lines.length === 1 && lines[0]!.key === '') return <span className="value">{lines[0]!.text}</span>;
  return (
    <table className="value-table">
      <tbody>
        {lines.map((one) => (
          <tr key={one.key}>
            <th scope="row">{one.key}</th>
            <td className="value">{one.text}</td>
            {bars && one.number !== undefined && most > 0 ? (
              <td className="value-bar" aria-hidden="true">
                <span style={{ inlineSize: `${(one.number / most) * 100}%` }} />
              </td>
            ) : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The whole of an edition, folded: every entry with its names in the reader's language. */
export function Whole({ value }: { value: unknown }) {
  const say = useWords('site');
  const { lang } = usePreferences();
  return <Branch value={value} lang={lang} say={say} depth={0} />;
}

function Branch({ value, lang, say, depth }: { value: unknown; lang: 'zh' | 'en'; say: Say; depth: number }) {
  if (typeof value !== 'object' || value === null) return <>{valueText(value, null, say) || '–'}</>;
  if (isWords(value)) return <>{value[lang] || value.zh}</>;
  if (Array.isArray(value)) {
    if (value.every((one) => typeof one !== 'object')) return <>{value.map((one) => valueText(one, null, say)).join('、') || '–'}</>;
    return (
      <ol className="branch">
        {value.map((one, at) => (
          <li key={at}>
            <Branch value={one} lang={lang} say={say} depth={depth + 1} />
          </li>
        ))}
      </ol>
    );
  }
  const named = value as Record<string, unknown>;
  // An entry that carries its own names reads by them.
  const own = isWords(named) ? undefined : typeof named['zh'] === 'string' && typeof named['en'] === 'string' ? String(named[lang]) : undefined;
  return (
    <>
      {own === undefined ? null : <strong>{own}</strong>}
      <dl className="branch">
        {Object.entries(named)
          .filter(([key]) => own === undefined || (key !== 'zh' && key !== 'en'))
          .map(([key, one]) => (
            <div key={key}>
              <dt>{say(`keys.${key}`, { defaultValue: key })}</dt>
              <dd>
                <Branch value={one} lang={lang} say={say} depth={depth + 1} />
              </dd>
            </div>
          ))}
      </dl>
    </>
  );
}

function isWords(value: object): value is { zh: string; en: string } {
  return Object.keys(value).length === 2 && 'zh' in value && 'en' in value;
}
