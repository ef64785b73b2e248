/** The visits of a month, day by day: who came, what was done, how long. */
import { useFilters } from '../light/address.tsx';
import { useAsk } from '../light/ask.ts';
import { usePick } from '../light/house.tsx';
import { Fault, Nothing, Page, Pager, Show, Wait } from '../light/page.tsx';
import { DayText, officeMinute } from '../ui/text.tsx';
import { useWords, wordOf } from '../ui/words.ts';
import type { Visit } from './api.ts';
import { api } from './api.ts';
import { MonthChoice, useMonth } from './month-choice.tsx';
import { PersonChoice, usePerson, usePersons } from './persons-known.tsx';
import { byDay, weekdayOf } from './shares.ts';

const PAGE_SIZE = 100;

export function Visits() {
  const say = useWords('family');
  const persons = usePersons();
  const person = usePerson()?.personId;
  // The newest visit says which month to begin with.
  const newest = useAsk(person === undefined ? null : `newest visit ${person}`, (signal) => api('GET /api/family/visits', { query: { person, pageSize: 1 } }, { signal }));
  return (
    <Page title={say('visits.title')}>
      <PersonChoice />
      {persons.error || newest.error ? (
        <Fault error={persons.error ?? newest.error} again={persons.error ? persons.again : newest.again} />
      ) : persons.data?.length === 0 ? (
        <Nothing>{say('persons.none')}</Nothing>
      ) : person === undefined || newest.data === undefined ? (
        <Wait slow={newest.slow} lines={6} />
      ) : (
        <MonthOfVisits person={person} latest={newest.data.rows[0]?.serviceOn.slice(0, 7)} />
      )}
    </Page>
  );
}

function MonthOfVisits({ person, latest }: { person: string; latest: string | undefined }) {
  const say = useWords('family');
  const [search] = useFilters();
  const month = useMonth(latest);
  const page = Math.max(1, Number(search['page']) || 1);
  const asked = useAsk(`visits ${person} ${month} ${page}`, (signal) => api('GET /api/family/visits', { query: { person, month, page, pageSize: PAGE_SIZE } }, { signal }));
  return (
    <>
      <MonthChoice month={month} />
      <Show asked={asked} lines={6}>
        {(found) =>
          found.rows.length === 0 ? (
            <Nothing>{say(latest === undefined ? 'visits.noneEver' : 'visits.none')}</Nothing>
          ) : (
            <>
              <p role="status" className="small ch-muted">
                {say('visits.count', { n: found.total, min: found.rows.reduce((sum, one) => sum + one.durationMin, 0) })}
              </p>
              {byDay(found.rows).map(({ day, rows }) => (
                <section key={day} className="day" aria-labelledby={`day-${day}`}>
                  <h2 id={`day-${day}`}>
                    <DayText day={day} /> {say(`weekdays.${weekdayOf(day)}`)}
                  </h2>
                  <ul className="rows">
                    {rows.map((one) => (
                      <VisitRow key={one.id} visit={one} />
                    ))}
                  </ul>
                </section>
              ))}
              {found.total > PAGE_SIZE ? <Pager total={found.total} pageSize={PAGE_SIZE} shown={found.rows.length} /> : null}
            </>
          )
        }
      </Show>
    </>
  );
}

function VisitRow({ visit }: { visit: Visit }) {
  const say = useWords('family');
  const workers = useWords('workers');
  const pick = usePick();
  const clock = (at: string) => officeMinute(at).slice(11);
  return (
    <li className="row">
      <span>
        <strong>{pick(visit.itemZh, visit.itemEn)}</strong>
        <span className="small">
          {wordOf(workers, 'values', visit.workerClass)} {visit.workerName} · {visit.institutionName}
        </span>
      </span>
      <span className="row-end">
        <strong className="ch-number">{say('visits.minutes', { n: visit.durationMin })}</strong>
        <span className="small ch-number">
          {clock(visit.startedAt)}–{clock(visit.endedAt)}
        </span>
      </span>
    </li>
  );
}
