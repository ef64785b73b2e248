/** One month at a time, with the neighbours at hand. */
import { useFilters } from '../light/address.tsx';
import { isMonthText, monthInWords, moveMonth } from '../light/day.ts';
import { useHouse } from '../light/house.tsx';
import { usePreferences } from '../ui/preferences.ts';
import { useWords } from '../ui/words.ts';

/** The month in the address, else the latest one that has something, else the running one. */
export function useMonth(latest: string | undefined): string {
  const [search] = useFilters();
  const today = useHouse().data?.today ?? '';
  return isMonthText(search['month']) ? search['month'] : (latest ?? today.slice(0, 7));
}

export function MonthChoice({ month }: { month: string }) {
  const say = useWords('family');
  const [, set] = useFilters();
  const today = useHouse().data?.today ?? '';
  const next = moveMonth(month, 1);
  const { lang } = usePreferences();
  return (
    <div className="months" role="group" aria-label={say('month.label')}>
      <button type="button" className="button" onClick={() => set({ month: moveMonth(month, -1) })} aria-label={say('month.before')}>
        ‹
      </button>
      <strong aria-live="polite">{monthInWords(month, lang)}</strong>
      <button type="button" className="button" disabled={next > today.slice(0, 7)} onClick={() => set({ month: next })} aria-label={say('month.next')}>
        ›
      </button>
    </div>
  );
}
