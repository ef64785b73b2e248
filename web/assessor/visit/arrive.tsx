/** Step 1: when and where, whether the family agrees. */
import { useState } from 'react';
import { LongField, TextField } from '../../light/fields.tsx';
import { usePick } from '../../light/house.tsx';
import { InstantText } from '../../ui/text.tsx';
import { useWords, wordOf } from '../../ui/words.ts';
import { askPosition } from '../place.ts';
import { Box } from '../box.tsx';
import { useInHand } from './around.tsx';
import { Returned } from './returned.tsx';
import { StepPage } from './step.tsx';

export function Arrive() {
  const say = useWords('assessor');
  const pick = usePick();
  const assessments = useWords('assessments');
  const { visit, ground, closed, setContent } = useInHand();
  const { content } = visit;
  const order = ground.case;
  return (
    <StepPage step="arrive">
      <Returned order={order} items={ground.scale.scale.items} />
      <section className="sheet">
        <p>
          <span className="ch-number">{order.identityNumberMasked}</span> · {wordOf(assessments, 'values', order.kind)}
        </p>
        <p>
          {pick(order.townshipZh, order.townshipEn)} {order.community} · {order.address}
        </p>
        <a className="button button-wide" href={`tel:${order.contactPhone}`}>
          {say('orders.call', { name: order.applicantName, phone: order.contactPhone })}
        </a>
      </section>
      <fieldset disabled={closed} className="form">
        <section className="sheet" aria-label={say('arrive.time')}>
          <h2>{say('arrive.time')}</h2>
          {content.arrivedAt ? (
            <p className="stands">
              <InstantText at={content.arrivedAt} />
            </p>
          ) : null}
          <button type="button" className={content.arrivedAt ? 'button' : 'button button-main button-wide'} onClick={() => setContent(() => ({ arrivedAt: new Date().toISOString() }))}>
            {say(content.arrivedAt ? 'arrive.again' : 'arrive.now')}
          </button>
        </section>
        <Place />
        <TextField label={say('arrive.placeText')} hint={say('arrive.placeTextHint')} value={content.placeText} set={(placeText) => setContent(() => ({ placeText }))} maxLength={200} />
        <Box checked={content.staffIdentityShown} set={(staffIdentityShown) => setContent(() => ({ staffIdentityShown }))} label={say('arrive.staffIdentityShown')} />
        <Box checked={content.consentAt !== null} set={(agreed) => setContent(() => ({ consentAt: agreed ? new Date().toISOString() : null }))} label={say('arrive.consent')} />
      </fieldset>
    </StepPage>
  );
}

function Place() {
  const say = useWords('assessor');
  const { visit, setContent } = useInHand();
  const { place, placeMissing } = visit.content;
  const [busy, setBusy] = useState(false);
  const [why, setWhy] = useState<string>();
  const ask = async () => {
    setBusy(true);
    const answer = await askPosition();
    setBusy(false);
    if ('missing' in answer) return setWhy(answer.missing);
    setWhy(undefined);
    const { longitude, latitude, accuracyM } = answer.found;
setContent(() => ({ placeMissing: '', place: { lng: longitude, lat: latitude, accuracyM, datum: 'WGS84', takenAt: new Date().toISOString() } }));
  };
  return (
    <section className="sheet" aria-label={say('arrive.place')}>
      <h2>{say('arrive.place')}</h2>
      {place ? <p className="stands">{say('arrive.placeFound', { accuracy: Math.round(place.accuracyM) })}</p> : null}
      {why ? <p role="status">{say(`arrive.placeWhy.${why}`)}</p> : null}
      <button type="button" className={place ? 'button' : 'button button-main button-wide'} disabled={busy} onClick={() => void ask()}>
        {say(busy ? 'arrive.placeBusy' : place ? 'arrive.placeAgain' : 'arrive.placeNow')}
      </button>
      {place || (why === undefined && !placeMissing) ? null : (
        <LongField label={say('arrive.placeMissing')} hint={say('arrive.placeMissingHint')} value={placeMissing ?? ''} set={(text) => setContent(() => ({ placeMissing: text }))} maxLength={200} />
      )}
    </section>
  );
}
