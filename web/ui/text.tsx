/** Small texts that every portal shows: money, days, instants. No component library needed. */
import { yuan } from '../../kit/money.ts';
import { OFFICE_ZONE } from './zone.ts';
import { usePreferences } from './preferences.ts';

/** English labels are written small where they stand in sentences; alone they begin with a capital. */
export const alone = (label: string): string => label.charAt(0).toUpperCase() + label.slice(1);

/** Where a value is missing; on a phone its cell is left out. */
export function Nothing() {
  return <span className="ch-muted ch-none">–</span>;
}

/** An amount in fen as yuan, right aligned in a column, digits of one width. */
export function Money({ fen, unit = false }: { fen: number | null | undefined; unit?: boolean }) {
  if (fen === null || fen === undefined) return <Nothing />;
  return (
    <span className="ch-number">
      {unit ? '¥ ' : ''}
      {yuan(fen)}
    </span>
  );
}

/** A count with digits of one width. */
export function Count({ value, unit }: { value: number | null | undefined; unit?: string }) {
  if (value === null || value === undefined) return <Nothing />;
  return (
    <span className="ch-number">
      {value.toLocaleString('en-US')}
      {unit ? <span className="ch-unit">{unit}</span> : null}
    </span>
  );
}

/** A day 'YYYY-MM-DD' as it is; nothing shows as –. */
export function DayText({ day }: { day: string | null | undefined }) {
  return day ? <time dateTime={day} className="ch-number">{day}</time> : <Nothing />;
}

/** An instant on the office's clock, to the minute. */
export function InstantText({ at }: { at: string | null | undefined }) {
  const { lang } = usePreferences();
  if (!at) return <Nothing />;
  return <time dateTime={at} className="ch-number" title={new Date(at).toLocaleString(lang === 'zh' ? 'zh-CN' : 'en-GB', { timeZone: OFFICE_ZONE })}>{officeMinute(at)}</time>;
}

const MINUTE = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: OFFICE_ZONE });

/** '2026-09-01T00:30:00Z' → '2026-09-01 08:30'. */
export function officeMinute(at: string): string {
  return MINUTE.format(new Date(at));
}

/** Minutes as hours and minutes: 95 → 1:35. */
export function Minutes({ min }: { min: number | null | undefined }) {
  if (min === null || min === undefined) return <Nothing />;
  return <span className="ch-number">{`${Math.floor(min / 60)}:${String(min % 60).padStart(2, '0')}`}</span>;
}
