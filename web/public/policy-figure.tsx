/** One figure of the policy book: what, value, since when, by which document, who may change it, what follows beyond it. */
import { To, useFilters } from '../light/address.tsx';
import { useBoth } from '../light/house.tsx';
import { addressWith } from '../light/match.ts';
import { Mark, Page, Show } from '../light/page.tsx';
import { DayText } from '../ui/text.tsx';
import { useWords } from '../ui/words.ts';
import type { PolicyRow } from './api.ts';
import { cityText, inForce, useAuditRules, useFigure } from './policy-book.ts';
import { SourceText } from './policy-source.tsx';
import { Value, Whole } from './policy-value.tsx';

export function PolicyFigure({ name }: { name: string }) {
  const say = useWords('site');
  const both = useBoth();
  const [search] = useFilters();
  const city = cityText(search);
  const asked = useFigure(name, city);
  const shown = inForce(asked.data ?? []) ?? asked.data?.[0];
  return (
    <Page
      title={shown ? both(shown.label) : say('policy.title')}
      back={
        <To to={addressWith('/policy', { city })} className="back">
          {say('policy.back')}
        </To>
      }
    >
      <Show asked={asked} lines={6}>
        {(rows) => (
          <>
            {shown ? <Now row={shown} city={city} /> : null}
            <Values rows={rows} shown={shown} />
          </>
        )}
      </Show>
    </Page>
  );
}

function Now({ row, city }: { row: PolicyRow; city: string | undefined }) {
  const say = useWords('site');
  const both = useBoth();
  return (
    <>
      <section className="sheet figure" aria-label={say('policy.now')}>
        <p className="figure-head">
          <span>{say(row.current ? 'policy.inForce' : 'policy.notInForce', { area: both(row.areaName) })}</span> <Mark status={row.status} />
        </p>
        {row.shape === 'edition' ? <p className="value">{say('policy.edition', { id: row.id })}</p> : <Value value={row.value} unit={row.unit} bars />}
        {row.shape === 'edition' || (typeof row.value === 'object' && JSON.stringify(row.value).includes(':[')) ? (
          <details>
            <summary>{say('policy.whole')}</summary>
            <Whole value={row.value} />
          </details>
        ) : null}
      </section>
      <Beyond row={row} city={city} />
      <dl className="facts sheet">
        <dt>{say('policy.since')}</dt>
        <dd>
          <DayText day={row.from} /> – {row.to ? <DayText day={row.to} /> : say('policy.stillOn')}
        </dd>
        <dt>{say('policy.sources')}</dt>
        <dd>
          <ul className="plain">
            {row.sources.map((one) => (
              <li key={`${one.document} ${one.article ?? ''}`}>
                <SourceText source={one} whole />
              </li>
            ))}
          </ul>
        </dd>
        <dt>{say('policy.checked')}</dt>
        <dd>{say(`policy.checkedText.${row.status}`)}</dd>
        <dt>{say('policy.decidedBy')}</dt>
        <dd>{both(row.decidedBy)}</dd>
        {row.note ? (
          <>
            <dt>{say('policy.note')}</dt>
            <dd>{both(row.note)}</dd>
          </>
        ) : null}
        <dt>{say('policy.file')}</dt>
        <dd className="ch-code">{row.file}</dd>
      </dl>
    </>
  );
}

/** What happens where the line is crossed: the figure's own sentence, and the audit rules that read it. */
function Beyond({ row, city }: { row: PolicyRow; city: string | undefined }) {
  const say = useWords('site');
  const both = useBoth();
  const rules = useAuditRules(city).filter((one) => one.parameters.includes(row.name));
  return (
    <section aria-labelledby="beyond">
      <h2 id="beyond">{say(rules.length > 0 ? 'policy.beyond' : 'policy.effect')}</h2>
      <p>{both(row.effect)}</p>
      {rules.map((one) => (
        <div key={one.id} className="rule">
          <h3>
            {both(one.title)} <span className="rule-effect">{say(`policy.ruleEffect.${one.effect}`)}</span> <Mark status={one.status} />
          </h3>
          <p>{both(one.knowledge)}</p>
        </div>
      ))}
    </section>
  );
}

function Values({ rows, shown }: { rows: readonly PolicyRow[]; shown: PolicyRow | undefined }) {
  const say = useWords('site');
  const both = useBoth();
  const others = rows.filter((one) => one !== shown);
  if (others.length === 0) return null;
  return (
    <section aria-labelledby="others">
      <h2 id="others">{say('policy.others')}</h2>
      <div className="scroll">
        <table className="grid">
          <thead>
            <tr>
              <th scope="col">{say('policy.since')}</th>
              <th scope="col">{say('policy.area')}</th>
              <th scope="col">{say('policy.value')}</th>
              <th scope="col">{say('policy.sources')}</th>
              <th scope="col">{say('policy.checked')}</th>
            </tr>
          </thead>
          <tbody>
            {others.map((one) => (
              <tr key={one.stamp}>
                <td>
                  <DayText day={one.from} />
                  {one.to ? (
                    <>
                      {' – '}
                      <DayText day={one.to} />
                    </>
                  ) : null}
                </td>
                <td>{both(one.areaName)}</td>
                <td>{one.shape === 'edition' ? one.id : <Value value={one.value} unit={one.unit} />}</td>
                <td>{one.sources[0] ? <SourceText source={one.sources[0]} /> : '–'}</td>
                <td>
                  <Mark status={one.status} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
