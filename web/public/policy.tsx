/** The policy book: every figure with its value, since when, by which document, checked or not; found by the words people use. */
import { useEffect, useState } from 'react';
import { To, useFilters } from '../light/address.tsx';
import { useAsk } from '../light/ask.ts';
import { ChoiceField, TextField } from '../light/fields.tsx';
import { useBoth } from '../light/house.tsx';
import { addressWith } from '../light/match.ts';
import { Mark, Nothing, Page, Show } from '../light/page.tsx';
import { DayText } from '../ui/text.tsx';
import { useWords } from '../ui/words.ts';
import type { PolicyRow } from './api.ts';
import { api } from './api.ts';
import type { AuditRule } from './policy-book.ts';
import { cityText, useAuditRules, useBook } from './policy-book.ts';
import { findFigures } from './policy-search.ts';
import { SourceText } from './policy-source.tsx';
import { Value } from './policy-value.tsx';

export function Policy() {
  const say = useWords('site');
  const [search, set] = useFilters();
  const city = cityText(search);
  const asked = useBook(city);
  const rules = useAuditRules(city);
  const texts = useFindableTexts();
  return (
    <Page title={say('policy.title')} lead={say('policy.lead')}>
      <Filters />
      <Show asked={asked} lines={10}>
        {(rows) => {
          const current = rows.filter((one) => one.current && (search['status'] ? one.status === search['status'] : true));
          const found = findFigures(current.map((row) => ({ name: row.name, row, texts: texts(row, rules) })), search['q'] ?? '');
          if (found.length === 0) {
            return (
              <Nothing
                more={
                  <button type="button" className="button" onClick={() => set({ q: undefined, status: undefined })}>
                    {say('filter.clear')}
                  </button>
                }
              >
                {say(search['q'] || search['status'] ? 'policy.noneHere' : 'policy.none')}
              </Nothing>
            );
          }
          return (
            <>
              <p role="status" aria-live="polite" className="small ch-muted">
                {say('policy.count', { n: found.length })}
              </p>
              <ul className="book">
                {found.map(({ row }) => (
                  <FigureRow key={row.stamp} row={row} city={city} />
                ))}
              </ul>
            </>
          );
        }}
      </Show>
    </Page>
  );
}

/** Everything a figure may be found by. */
function useFindableTexts(): (row: PolicyRow, rules: readonly AuditRule[]) => string[] {
  const say = useWords('site');
  return (row, rules) => {
    const using = rules.filter((one) => one.parameters.includes(row.name));
    return [
      `${row.label.zh} ${row.label.en} ${say(`policy.also.${row.name.replace('.', '-')}`, { defaultValue: '' })}`,
      using.map((one) => `${one.title.zh} ${one.title.en}`).join(' '),
      `${row.effect.zh} ${row.effect.en} ${row.name}`,
      using.map((one) => `${one.knowledge.zh} ${one.knowledge.en}`).join(' '),
      row.sources.map((one) => `${one.number ?? ''} ${one.title.zh} ${one.title.en} ${one.article ?? ''}`).join(' '),
    ];
  };
}

function Filters() {
  const say = useWords('site');
  const both = useBoth();
  const [search, set] = useFilters();
  const [q, setQ] = useState(search['q'] ?? '');
  useEffect(() => setQ(search['q'] ?? ''), [search['q']]);
  const cities = useAsk('GET /api/policy-cities', (signal) => api('GET /api/policy-cities', {}, { signal })).data ?? [];
  const own = cities.find((one) => one.own);
  return (
    <form
      className="filters"
      role="search"
      aria-label={say('policy.search')}
      onSubmit={(event) => {
        event.preventDefault();
        set({ q: q.trim() });
      }}
    >
      <TextField label={say('policy.q')} hint={say('policy.qHint')} value={q} set={setQ} type="search" maxLength={60} optional />
      <ChoiceField
        label={say('policy.city')}
        optional
        choices={[...(own ? [{ value: '', label: both(own.name) }] : []), ...cities.filter((one) => !one.own).map((one) => ({ value: one.city, label: both(one.name) }))]}
        value={search['city'] ?? ''}
        set={(value) => set({ city: value })}
      />
      <ChoiceField
        label={say('policy.status')}
        optional
        any={say('filter.all')}
        choices={(['verified', 'unverified'] as const).map((one) => ({ value: one, label: say(`light:status.${one}`) }))}
        value={search['status'] ?? ''}
        set={(value) => set({ status: value })}
      />
      <button type="submit" className="button">
        {say('filter.find')}
      </button>
    </form>
  );
}

function FigureRow({ row, city }: { row: PolicyRow; city: string | undefined }) {
  const say = useWords('site');
  const both = useBoth();
  return (
    <li className="book-row">
      <div className="book-what">
        <h2>
          <To to={addressWith(`/policy/${row.name}`, { city })}>{both(row.label)}</To>
        </h2>
        <p>{both(row.effect)}</p>
      </div>
      <div className="book-value">{row.shape === 'edition' ? <span className="value">{say('policy.edition', { id: row.id })}</span> : <Value value={row.value} unit={row.unit} />}</div>
      <div className="book-source small">
        <p>
          {say('policy.since')} <DayText day={row.from} /> · {both(row.areaName)} <Mark status={row.status} />
        </p>
        {row.sources.slice(0, 1).map((one) => (
          <p key={one.document}>
            <SourceText source={one} />
          </p>
        ))}
      </div>
    </li>
  );
}
