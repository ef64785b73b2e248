/** The front page: what this insurance is, what can be done here, the road to a benefit, and the figures people ask for most. */
import type { FormEvent } from 'react';
import { useState } from 'react';
import { To, go } from '../light/address.tsx';
import { TextField } from '../light/fields.tsx';
import { useBoth } from '../light/house.tsx';
import { addressWith } from '../light/match.ts';
import { Mark, Page, Show } from '../light/page.tsx';
import { useWords } from '../ui/words.ts';
import { useBook } from './policy-book.ts';
import { Value } from './policy-value.tsx';

const ACTS = ['notices', 'letters', 'institutions', 'policy'] as const;
const STEPS = ['file', 'assess', 'notice', 'conclude', 'plan', 'care'] as const;
const ASKED_MOST = ['claims.weeklyCapMin', 'claims.fundRatioBp', 'notices.days', 'assessments.benefitMinGrade'];

export function Home() {
  const say = useWords('site');
  return (
    <Page title={say('home.title')} lead={say('home.lead')}>
      <ul className="acts">
        {ACTS.map((one) => (
          <li key={one}>
            <To to={`/${one}`} className="act">
              <strong>{say(`home.acts.${one}`)}</strong>
              <span>{say(`home.actsText.${one}`)}</span>
            </To>
          </li>
        ))}
      </ul>
      <Figures />
      <Road />
      <section className="enter" aria-labelledby="enter">
        <h2 id="enter">{say('enter.title')}</h2>
        <p className="enter-ways">
          <a className="button button-main" href="/family">
            {say('enter.family')}
          </a>
          <a className="button" href="/office">
            {say('enter.office')}
          </a>
        </p>
      </section>
    </Page>
  );
}

/** The way from the application to the care, in order. */
function Road() {
  const say = useWords('site');
  return (
    <section aria-labelledby="road">
      <h2 id="road">{say('home.road')}</h2>
      <ol className="steps">
        {STEPS.map((one, at) => (
          <li key={one}>
            <span className="steps-number" aria-hidden="true">
              {at + 1}
            </span>
            <strong>{say(`home.steps.${one}`)}</strong>
            <p>{say(`home.stepsText.${one}`)}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Figures() {
  const say = useWords('site');
  const both = useBoth();
  const asked = useBook(undefined);
  const [q, setQ] = useState('');
  const find = (event: FormEvent) => {
    event.preventDefault();
    go(addressWith('/policy', { q: q.trim() }));
    window.scrollTo(0, 0);
  };
  return (
    <section aria-labelledby="figures">
      <h2 id="figures">{say('home.figures')}</h2>
      <Show asked={asked} lines={4}>
        {(rows) => (
          <ul className="figures">
            {ASKED_MOST.map((name) => rows.find((one) => one.current && one.name === name)).map((row) =>
              row ? (
                <li key={row.name} className="figure-card">
                  <h3>
                    <To to={`/policy/${row.name}`}>{both(row.label)}</To>
                  </h3>
                  <Value value={row.value} unit={row.unit} />
                  <p className="small">
                    <Mark status={row.status} /> {row.sources[0]?.article ?? row.sources[0]?.number ?? ''}
                  </p>
                </li>
              ) : null,
            )}
          </ul>
        )}
      </Show>
      <form className="form-line" role="search" aria-label={say('policy.search')} onSubmit={find}>
        <TextField label={say('policy.q')} hint={say('policy.qHint')} value={q} set={setQ} type="search" maxLength={60} optional />
        <button type="submit" className="button">
          {say('filter.find')}
        </button>
      </form>
    </section>
  );
}
