/** Is this letter genuine, and does it still hold? By the code that is printed on it, or by its QR picture. */
import type { FormEvent } from 'react';
import { useState } from 'react';
import { Problem } from '../../kit/client.ts';
import { To, go } from '../light/address.tsx';
import { useAsk } from '../light/ask.ts';
import { TextField } from '../light/fields.tsx';
import { useHouse, usePick, usePlain } from '../light/house.tsx';
import { Page, Show } from '../light/page.tsx';
import { DayText } from '../ui/text.tsx';
import { useWords } from '../ui/words.ts';
import type { LetterCheck } from './api.ts';
import { api } from './api.ts';
import { letterCode, letterStanding } from './letter-code.ts';

export function LetterForm({ wrong }: { wrong?: string }) {
  const say = useWords('site');
  return (
    <Page title={say('letters.title')} lead={say('letters.lead')}>
      <CodeForm {...(wrong === undefined ? {} : { wrong })} />
    </Page>
  );
}

function CodeForm({ wrong, first = '' }: { wrong?: string; first?: string }) {
  const say = useWords('site');
  const [text, setText] = useState(first);
  const [error, setError] = useState(wrong);
  const find = (event: FormEvent) => {
    event.preventDefault();
    const code = letterCode(text);
    if (code === undefined) setError(say('letters.codeWrong'));
    else go(`/letters/${code}`);
  };
  return (
    <form className="form form-line" onSubmit={find} noValidate>
      <TextField label={say('letters.code')} hint={say('letters.codeHint')} error={error} value={text} set={setText} autoComplete="off" maxLength={300} />
      <button type="submit" className="button button-main">
        {say('letters.check')}
      </button>
    </form>
  );
}

export function LetterPage({ code }: { code: string }) {
  const say = useWords('site');
  const asked = useAsk(`letter ${code}`, (signal) => api('GET /api/public/letters/{code}', { params: { code } }, { signal }));
  const unknown = asked.error instanceof Problem && (asked.error.status === 404 || asked.error.status === 400);
  return (
    <Page
      title={say('letters.title')}
      back={
        <To to="/letters" className="back">
          {say('letters.another')}
        </To>
      }
    >
      {unknown ? (
        <>
          <div className="verdict verdict-bad" role="alert">
            <strong>{say('letters.unknown')}</strong>
            <p>{say('letters.unknownText')}</p>
          </div>
          <CodeForm first={code} />
        </>
      ) : (
        <Show asked={asked} lines={5}>
          {(letter) => <Checked letter={letter} />}
        </Show>
      )}
    </Page>
  );
}

function Checked({ letter }: { letter: LetterCheck }) {
  const say = useWords('site');
  const pick = usePick();
  const today = useHouse().data?.today ?? letter.concludedOn;
  const plain = usePlain();
  const standing = letterStanding(letter, today);
  return (
    <>
      <div className={`verdict verdict-${standing === 'valid' ? 'good' : 'wait'}`} role="status">
        <strong>{say(`letters.standing.${standing}`)}</strong>
        <p>{plain(say(`letters.standingText.${standing}`, { from: letter.effectiveOn, until: letter.validUntilOn, ended: letter.endedOn }))}</p>
      </div>
      <section className="sheet" aria-label={say('letters.facts')}>
        <dl className="facts">
          <dt>{say('letters.number')}</dt>
          <dd>{letter.number}</dd>
          <dt>{say('letters.name')}</dt>
          <dd>{letter.maskedName}</dd>
          <dt>{say('letters.grade')}</dt>
          <dd>
            <strong>{say('grade', { grade: letter.grade, name: pick(letter.gradeZh, letter.gradeEn) })}</strong>
          </dd>
          <dt>{say('letters.concludedOn')}</dt>
          <dd>
            <DayText day={letter.concludedOn} />
          </dd>
          <dt>{say('letters.valid')}</dt>
          <dd>
            <DayText day={letter.effectiveOn} /> – <DayText day={letter.validUntilOn} />
          </dd>
          {letter.endedOn ? (
            <>
              <dt>{say('letters.endedOn')}</dt>
              <dd>
                <DayText day={letter.endedOn} />
              </dd>
            </>
          ) : null}
        </dl>
      </section>
      <p>{say('letters.compare')}</p>
      <button type="button" className="button no-print" onClick={() => print()}>
        {say('print')}
      </button>
    </>
  );
}
