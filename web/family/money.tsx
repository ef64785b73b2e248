/** The money of a month: what the fund paid, what the family pays, what was refused, each line with why. */
import { useState } from 'react';
import { useFilters } from '../light/address.tsx';
import { useAsk } from '../light/ask.ts';
import { monthInWords } from '../light/day.ts';
import { usePick, usePlain } from '../light/house.tsx';
import { Nothing, Page, Pager, Show } from '../light/page.tsx';
import { usePreferences } from '../ui/preferences.ts';
import { DayText, Money as Amount } from '../ui/text.tsx';
import { useSentence, useWords, wordOf } from '../ui/words.ts';
import type { Line, Month } from './api.ts';
import { api } from './api.ts';
import { MonthChoice, useMonth } from './month-choice.tsx';
import { PersonChoice, usePerson } from './persons-known.tsx';
import { SHARES, sharesOf } from './shares.ts';

const PAGE_SIZE = 50;

export function Money() {
  const say = useWords('family');
  const person = usePerson()?.personId;
  const asked = useAsk('months', (signal) => api('GET /api/family/months', {}, { signal }));
  return (
    <Page title={say('money.title')}>
      <PersonChoice />
      <Show asked={asked} lines={6}>
        {(months) => <MonthOfMoney months={months.filter((one) => one.personId === person)} person={person} />}
      </Show>
    </Page>
  );
}

function MonthOfMoney({ months, person }: { months: readonly Month[]; person: string | undefined }) {
  const say = useWords('family');
  const { lang } = usePreferences();
  const latest = months.map((one) => one.month).sort().at(-1);
  const month = useMonth(latest);
  const sum = months.find((one) => one.month === month);
  if (latest === undefined) return <Nothing>{say('money.noneEver')}</Nothing>;
  return (
    <>
      <MonthChoice month={month} />
      {sum && person !== undefined ? (
        <>
          <Sum sum={sum} />
          <Lines key={`${person} ${month}`} person={person} month={month} />
        </>
      ) : (
        <Nothing>{say('money.none', { latest: monthInWords(latest, lang) })}</Nothing>
      )}
    </>
  );
}

/** The month as one bar and four amounts. */
function Sum({ sum }: { sum: Month }) {
  const say = useWords('family');
  const shares = sharesOf(sum);
  return (
    <section className="sheet" aria-label={say('money.sum')}>
      <p className="billed">
        {say('money.billed')} <Amount fen={sum.billedFen} unit />
      </p>
      <div className="bar" aria-hidden="true">
        {shares.map((one) => (one.fen > 0 ? <span key={one.share} className={`bar-${one.share}`} style={{ inlineSize: `${one.percent}%` }} /> : null))}
      </div>
      <dl className="sums">
        {shares.map((one) => (
          <div key={one.share}>
            <dt>
              <span className={`key bar-${one.share}`} aria-hidden="true" />
              {say(`money.${one.share}`)}
            </dt>
            <dd>
              <Amount fen={one.fen} unit />
            </dd>
          </div>
        ))}
      </dl>
      <p className="small ch-muted">{say('money.counted', { lines: sum.lines, min: sum.minutes })}</p>
    </section>
  );
}

function Lines({ person, month }: { person: string; month: string }) {
  const say = useWords('family');
  const [search] = useFilters();
  const [only, setOnly] = useState(false);
  const page = Math.max(1, Number(search['page']) || 1);
  const asked = useAsk(`lines ${person} ${month} ${page}`, (signal) => api('GET /api/family/lines', { query: { person, month, page, pageSize: PAGE_SIZE } }, { signal }));
  return (
    <section aria-labelledby="lines">
      <h2 id="lines">{say('money.lines')}</h2>
      <label className="tick">
        <input type="checkbox" checked={only} onChange={(event) => setOnly(event.target.checked)} />
        <span>{say('money.onlyCut')}</span>
      </label>
      <Show asked={asked} lines={6}>
        {(found) => {
          const rows = only ? found.rows.filter((one) => one.outcome !== 'paid') : found.rows;
          return (
            <>
              {rows.length === 0 ? <Nothing>{say('money.noCut')}</Nothing> : null}
              <ul className="rows">
                {rows.map((one) => (
                  <LineRow key={one.id} line={one} />
                ))}
              </ul>
              {found.total > PAGE_SIZE ? <Pager total={found.total} pageSize={PAGE_SIZE} shown={found.rows.length} /> : null}
            </>
          );
        }}
      </Show>
    </section>
  );
}

function LineRow({ line }: { line: Line }) {
  const say = useWords('family');
  const claims = useWords('claims');
  const sentence = useSentence();
  const plain = usePlain();
  const pick = usePick();
  const amounts = { fund: line.fundFen, person: line.personFen, refused: line.refusedFen };
  return (
    <li className={`line line-${line.outcome}`}>
      <div className="row">
        <span>
          <strong>{line.itemZh ? pick(line.itemZh, line.itemEn) : wordOf(claims, 'values', line.mode)}</strong>
          <span className="small">
            <DayText day={line.serviceOn} />
            {line.minutes === null ? '' : ` · ${say('visits.minutes', { n: line.minutes })}`} · {line.institutionName}
          </span>
        </span>
        <span className="row-end">
          <strong>
            <Amount fen={line.billedFen} unit />
          </strong>
          {line.outcome === 'paid' ? null : <span className={`outcome outcome-${line.outcome}`}>{say(`money.outcome.${line.outcome}`)}</span>}
        </span>
      </div>
      <p className="small shares">
        {SHARES.map((share) =>
          amounts[share] > 0 || share === 'fund' ? (
            <span key={share}>
              {say(`money.${share}`)} <Amount fen={amounts[share]} />
            </span>
          ) : null,
        )}
      </p>
      <details>
        <summary>{say('money.why')}</summary>
        <ul>
          {line.plain.map((one, at) => (
            <li key={at}>{plain(sentence('plain', one.code, one.params))}</li>
          ))}
          {line.plain.length === 0 ? <li>{say('money.noReason')}</li> : null}
        </ul>
      </details>
    </li>
  );
}
