/** Every decision about own persons, newest first, each with its reasons. */
import { To, useFilters } from '../light/address.tsx';
import { useAsk } from '../light/ask.ts';
import { useBoth, usePlain } from '../light/house.tsx';
import { Nothing, Page, Pager, Show } from '../light/page.tsx';
import { DayText } from '../ui/text.tsx';
import { useWords } from '../ui/words.ts';
import { api } from './api.ts';
import { usePersons } from './persons-known.tsx';

const PAGE_SIZE = 20;

export function Explanations() {
  const say = useWords('family');
  const both = useBoth();
  const plain = usePlain();
  const [search] = useFilters();
  const persons = usePersons().data ?? [];
  const page = Math.max(1, Number(search['page']) || 1);
  const asked = useAsk(`explanations ${page}`, (signal) => api('GET /api/family/explanations', { query: { page, pageSize: PAGE_SIZE } }, { signal }));
  return (
    <Page title={say('explanations.title')} lead={say('explanations.lead')}>
      <Show asked={asked} lines={6}>
        {(found) =>
          found.rows.length === 0 ? (
            <Nothing>{say('explanations.none')}</Nothing>
          ) : (
            <>
              <ul className="rows">
                {found.rows.map((one) => (
                  <li key={one.id}>
                    <To to={`/family/why/${one.id}`} className="row-link">
                      <span>
                        <strong>{plain(both(one.headline))}</strong>
                        <span className="small ch-muted">
                          <DayText day={one.decidedOn} /> {persons.length > 1 ? persons.find((person) => person.personId === one.personId)?.name : ''}
                        </span>
                      </span>
                    </To>
                  </li>
                ))}
              </ul>
              <Pager total={found.total} pageSize={PAGE_SIZE} shown={found.rows.length} />
            </>
          )
        }
      </Show>
    </Page>
  );
}
