/** Why it was decided so, in plain words: sentence by sentence, what it was decided from, and the documents behind it. */
import { To } from '../light/address.tsx';
import { useAsk } from '../light/ask.ts';
import { useBoth, usePlain } from '../light/house.tsx';
import { Mark, Page, Show } from '../light/page.tsx';
import { DayText } from '../ui/text.tsx';
import { useWords } from '../ui/words.ts';
import type { Explanation } from './api.ts';
import { api } from './api.ts';
import { Facts } from './why-facts.tsx';
import { documentsOf } from './why-documents.ts';

export function Why({ id }: { id: string }) {
  const say = useWords('family');
  const both = useBoth();
  const plain = usePlain();
  const asked = useAsk(`why ${id}`, (signal) => api('GET /api/family/explanations/{id}', { params: { id } }, { signal }));
  return (
    <Page
      title={asked.data ? plain(both(asked.data.headline)) : say('why.title')}
      back={
        <To to="/family/explanations" className="back">
          {say('why.all')}
        </To>
      }
    >
      <Show asked={asked} lines={8}>
        {(one) => (
          <>
            <Reasons explanation={one} />
            <Facts explanation={one} />
            <Documents explanation={one} />
            <p className="small">{say('why.ask')}</p>
            <button type="button" className="button no-print" onClick={() => print()}>
              {say('why.print')}
            </button>
          </>
        )}
      </Show>
    </Page>
  );
}

function Reasons({ explanation }: { explanation: Explanation }) {
  const say = useWords('family');
  const both = useBoth();
  const plain = usePlain();
  return (
    <section aria-labelledby="because">
      <p>
        {say('why.decidedOn')} <DayText day={explanation.decidedOn} />
      </p>
      <h2 id="because">{say('why.because')}</h2>
      {explanation.reasons.length === 0 ? <p>{say('why.noReasons')}</p> : null}
      <ol className="because">
        {explanation.reasons.map((one, at) => (
          <li key={at}>
            {plain(both(one.plain) || both(one.sentence))} {one.sources.some((source) => source.status === 'unverified') ? <Mark status="unverified" /> : null}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The documents behind the reasons, each once, and what "unverified" means. */
function Documents({ explanation }: { explanation: Explanation }) {
  const say = useWords('family');
  const both = useBoth();
  const documents = documentsOf(explanation.reasons);
  if (documents.length === 0) return null;
  return (
    <section aria-labelledby="documents">
      <h2 id="documents">{say('why.sources')}</h2>
      <ul className="rows documents">
        {documents.map((one) => (
          <li key={one.key}>
            {one.source.number ? `${one.source.number} ` : ''}
            {both(one.source.title)}
            {one.articles.length > 0 ? ` · ${one.articles.join(say('facts.and'))}` : ''}
            {one.source.fictional ? ` ${say('why.fictional')}` : ''} <Mark status={one.status} />
          </li>
        ))}
      </ul>
      {explanation.unverified ? (
        <p className="small">
          <Mark status="unverified" /> {say('why.unverified')}
        </p>
      ) : null}
    </section>
  );
}
