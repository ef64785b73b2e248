/** Designated institutions, by district and kind. */
import { useEffect, useState } from 'react';
import { useFilters } from '../light/address.tsx';
import { useAsk } from '../light/ask.ts';
import { ChoiceField, TextField } from '../light/fields.tsx';
import { usePick } from '../light/house.tsx';
import { Nothing, Page, Pager, Show } from '../light/page.tsx';
import { DayText } from '../ui/text.tsx';
import { useWords } from '../ui/words.ts';
import type { Institution } from './api.ts';
import { api, useDistricts } from './api.ts';

const PAGE_SIZE = 30;
const KINDS: readonly Institution['kind'][] = ['homeCare', 'careHome', 'individualCarers', 'assessment'];

export function Institutions() {
  const say = useWords('site');
  const [search, set] = useFilters();
  const page = Math.max(1, Number(search['page']) || 1);
  const query = { district: search['district'], kind: KINDS.find((one) => one === search['kind']), q: search['q'], page, pageSize: PAGE_SIZE };
  const asked = useAsk(`institutions ${JSON.stringify(query)}`, (signal) => api('GET /api/public/institutions', { query }, { signal }));
  const filtered = Boolean(search['district'] || search['kind'] || search['q']);
  return (
    <Page title={say('institutions.title')} lead={say('institutions.lead')}>
      <Filters />
      <Show asked={asked} lines={8}>
        {(found) =>
          found.rows.length === 0 ? (
            <Nothing
              more={
                filtered ? (
                  <button type="button" className="button" onClick={() => set({ district: undefined, kind: undefined, q: undefined })}>
                    {say('filter.clear')}
                  </button>
                ) : null
              }
            >
              {say(filtered ? 'institutions.noneHere' : 'institutions.none')}
            </Nothing>
          ) : (
            <>
              <ByDistrict rows={found.rows} />
              <Pager total={found.total} pageSize={PAGE_SIZE} shown={found.rows.length} />
            </>
          )
        }
      </Show>
    </Page>
  );
}

function Filters() {
  const say = useWords('site');
  const words = useWords('providers');
  const [search, set] = useFilters();
  const [q, setQ] = useState(search['q'] ?? '');
  useEffect(() => setQ(search['q'] ?? ''), [search['q']]);
  return (
    <form
      className="filters"
      role="search"
      aria-label={say('filter.label')}
      onSubmit={(event) => {
        event.preventDefault();
        set({ q: q.trim() });
      }}
    >
      <ChoiceField label={say('fields.district')} optional any={say('filter.allDistricts')} choices={useDistricts()} value={search['district'] ?? ''} set={(value) => set({ district: value })} />
      <ChoiceField label={words('fields.kind')} optional any={say('filter.all')} choices={KINDS.map((one) => ({ value: one as string, label: words(`values.${one}`) }))} value={search['kind'] ?? ''} set={(value) => set({ kind: value })} />
      <TextField label={words('fields.name')} value={q} set={setQ} type="search" maxLength={60} optional />
      <button type="submit" className="button">
        {say('filter.find')}
      </button>
    </form>
  );
}

function ByDistrict({ rows }: { rows: readonly Institution[] }) {
  const pick = usePick();
  const districts = [...new Set(rows.map((one) => one.districtCode))].map((code) => [code, rows.filter((one) => one.districtCode === code)] as const);
  return districts.map(([district, here]) => (
    <section key={district} aria-labelledby={`district-${district}`}>
      <h2 id={`district-${district}`}>{pick(here[0]!.districtZh, here[0]!.districtEn)}</h2>
      <ul className="places">
        {here.map((one) => (
          <Place key={one.id} place={one} />
        ))}
      </ul>
    </section>
  ));
}

function Place({ place }: { place: Institution }) {
  const say = useWords('site');
  const words = useWords('providers');
  return (
    <li className="place">
      <h3>{place.name}</h3>
      <p className="place-kind">
        {words(`values.${place.kind}`)}
        {place.capacity === null ? null : <span>{say('institutions.capacity', { n: place.capacity })}</span>}
      </p>
      <p>{place.address}</p>
      {place.phone ? (
        <p>
          <a href={`tel:${place.phone}`} className="ch-number">
            {place.phone}
          </a>
        </p>
      ) : null}
      <p className="small ch-muted">
        {say('institutions.agreement')} <DayText day={place.agreementFromOn} /> – {place.agreementToOn ? <DayText day={place.agreementToOn} /> : say('institutions.openEnd')}
      </p>
    </li>
  );
}
