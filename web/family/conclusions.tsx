/** The conclusions of own persons: grade, validity, the letter as PDF, and why this grade. */
import { To, useFilters } from '../light/address.tsx';
import { useAsk } from '../light/ask.ts';
import { usePick } from '../light/house.tsx';
import { Nothing, Page, Pager, Show } from '../light/page.tsx';
import { DayText } from '../ui/text.tsx';
import { useWords } from '../ui/words.ts';
import type { Conclusion } from './api.ts';
import { api } from './api.ts';

const PAGE_SIZE = 20;

export function Conclusions() {
  const say = useWords('family');
  const [search] = useFilters();
  const page = Math.max(1, Number(search['page']) || 1);
  const asked = useAsk(`conclusions ${page}`, (signal) => api('GET /api/family/conclusions', { query: { page, pageSize: PAGE_SIZE } }, { signal }));
  return (
    <Page title={say('conclusions.title')} lead={say('conclusions.lead')}>
      <Show asked={asked} lines={6}>
        {(found) =>
          found.rows.length === 0 ? (
            <Nothing>{say('conclusions.none')}</Nothing>
          ) : (
            <>
              {found.rows.map((one) => (
                <ConclusionCard key={one.id} conclusion={one} again={asked.again} />
              ))}
              {found.total > PAGE_SIZE ? <Pager total={found.total} pageSize={PAGE_SIZE} shown={found.rows.length} /> : null}
            </>
          )
        }
      </Show>
    </Page>
  );
}

function ConclusionCard({ conclusion, again }: { conclusion: Conclusion; again: () => void }) {
  const say = useWords('family');
  const words = useWords('assessments');
  const pick = usePick();
  // Opening the letter is its receipt: the list is asked again when the reader comes back.
  const opened = () => window.setTimeout(again, 1500);
  return (
    <section className="sheet" aria-label={conclusion.number}>
      <h2>
        {conclusion.personName} · {say('gradeShort', { grade: conclusion.grade })} {pick(conclusion.gradeZh, conclusion.gradeEn)}
      </h2>
      <dl className="facts">
        <dt>{say('conclusions.state')}</dt>
        <dd>{words(`states.${conclusion.state}`)}</dd>
        <dt>{say('conclusions.valid')}</dt>
        <dd>
          <DayText day={conclusion.effectiveOn} /> – <DayText day={conclusion.endedOn ?? conclusion.validUntilOn} />
        </dd>
        <dt>{say('conclusions.received')}</dt>
        <dd>{conclusion.receivedOn ? <DayText day={conclusion.receivedOn} /> : say(conclusion.origin === 'assessed' ? 'conclusions.notReceived' : 'conclusions.noLetterShort')}</dd>
        <dt>{say('conclusions.number')}</dt>
        <dd>{conclusion.number}</dd>
      </dl>
      <div className="stack">
        <To to={`/family/why/${conclusion.decisionId}`} className="button button-main">
          {say('conclusions.why')}
        </To>
        {conclusion.origin === 'assessed' ? (
          <a className="button" href={api.url('GET /api/family/conclusions/{id}/letter.pdf', { params: { id: conclusion.id } })} target="_blank" rel="noreferrer" onClick={opened}>
            {say('conclusions.letter')}
          </a>
        ) : (
          <p className="small">{say('conclusions.noLetter')}</p>
        )}
      </div>
    </section>
  );
}
