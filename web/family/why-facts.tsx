/** What a decision was made from: each fact by its name; the answers of the assessment by item and chosen option. */
import type { ExplainedFact } from '#kit/explanation.ts';
import { yuan } from '../../kit/money.ts';
import { useAsk } from '../light/ask.ts';
import { useBoth, usePlain } from '../light/house.tsx';
import { usePreferences } from '../ui/preferences.ts';
import { useWords } from '../ui/words.ts';
import type { Explanation } from './api.ts';
import { api } from './api.ts';
import { answerRows, factText } from './fact-text.ts';
import type { Scale } from './fact-text.ts';

const SCALE = 'assessments.scale';

export function Facts({ explanation }: { explanation: Explanation }) {
  const say = useWords('family');
  if (explanation.facts.length === 0) return null;
  return (
    <section aria-labelledby="facts">
      <h2 id="facts">{say('why.facts')}</h2>
      <dl className="facts sheet">
        {explanation.facts.map((one) => (
          <Fact key={one.key} fact={one} names={explanation.names} edition={explanation.stamp[SCALE]} />
        ))}
      </dl>
    </section>
  );
}

function Fact({ fact, names, edition }: { fact: ExplainedFact; names: Explanation['names']; edition: string | undefined }) {
  const say = useWords('family');
  const both = useBoth();
  const plain = usePlain();
  const { lang } = usePreferences();
  const answers = fact.key === 'answers' && edition !== undefined;
  return (
    <div className="fact">
      <dt>{both(fact.name)}</dt>
      <dd>{answers ? <Answers answers={fact.value as Record<string, number>} edition={edition} /> : plain(fact.key.endsWith('Fen') && typeof fact.value === 'number' ? yuan(fact.value) : factText(fact.value, lang, say, names))}</dd>
    </div>
  );
}

/** The items of the scale in its order, with what was chosen and its points. */
function Answers({ answers, edition }: { answers: Record<string, number>; edition: string }) {
  const say = useWords('family');
  const both = useBoth();
  const { lang } = usePreferences();
  const asked = useAsk(SCALE, (signal) => api('GET /api/policy/{name}', { params: { name: SCALE } }, { signal }));
  const scale = asked.data?.find((one) => one.stamp === edition)?.value as Scale | undefined;
  const rows = scale && answerRows(scale, answers);
  if (!rows) return <>{factText(answers, lang, say)}</>;
  return (
    <ul className="plain answers">
      {rows.map((one) => (
        <li key={one.code}>
          <strong>{both(one.item)}</strong> {both(one.option)} <span className="ch-number ch-muted">{say('why.points', { n: one.points })}</span>
        </li>
      ))}
    </ul>
  );
}
