/** Step 7: what is on its way, what waits, what stands in the way; at the end the receipt. */
import { useState } from 'react';
import { To, go } from '../../light/address.tsx';
import { Nothing, Said } from '../../light/page.tsx';
import { useHouse, usePick } from '../../light/house.tsx';
import { InstantText } from '../../ui/text.tsx';
import { useWords } from '../../ui/words.ts';
import { useOnPhone } from '../phone.tsx';
import { networkIsFree, useOutbox } from '../sending.tsx';
import { useOnline } from '../session.ts';
import { lotsOf } from '../store/outbox.ts';
import type { Receipt } from '../store/shapes.ts';
import { dropVisit } from '../store/visits.ts';
import { useInHand } from './around.tsx';
import { StepPage, addressOf, sizeOf } from './step.tsx';

export function Send() {
  const say = useWords('assessor');
  const { visit, parts, closed } = useInHand();
  const outbox = useOutbox();
  const lots = lotsOf(visit, parts, { free: networkIsFree() }, outbox.busy === visit.id);
  if (!closed) {
    return (
      <StepPage step="send" next={null}>
        <Nothing more={<To to={addressOf(visit.id, 'finish')} className="button">{say('send.toFinish')}</To>}>{say('send.notFinished')}</Nothing>
      </StepPage>
    );
  }
  return (
    <StepPage step="send" next={null}>
      {visit.sent.made ? (
        <p className="verdict verdict-good">
          <strong>{say('send.made')}</strong> {say('send.madeText')}
        </p>
      ) : null}
      <Now />
      <ul className="lots">
        {lots.map((one) => (
          <li key={one.name} className={`lot lot-${one.state}`}>
            <span className="lot-name">{say(`send.lot.${one.name}`)}</span>
            <span className="lot-state">{say(`send.state.${one.state}`)}</span>
            <span className="bar-line" aria-hidden="true">
              <span style={{ inlineSize: `${one.total === 0 ? 0 : (one.done / one.total) * 100}%` }} />
            </span>
            <span className="small ch-muted ch-number">{one.total === 0 ? '' : say('send.count', { done: one.done, total: one.total, size: one.bytes > 0 ? `· ${sizeOf(one.bytes)}` : '' })}</span>
          </li>
        ))}
      </ul>
      {lots.some((one) => one.state === 'held') ? <FullNow /> : null}
    </StepPage>
  );
}

/** One clear sentence: what happens now, or what the assessor should do. */
function Now() {
  const say = useWords('assessor');
  const { visit } = useInHand();
  const outbox = useOutbox();
  const online = useOnline();
  const signedOut = useHouse().data?.session === null;
  if (visit.sent.refusal) return <Refused />;
  const again = (
    <button type="button" className="button" onClick={outbox.kick}>
      {say('send.tryNow')}
    </button>
  );
  if (!online) return <p className="verdict verdict-wait" role="status">{say('send.offline')}</p>;
  if (outbox.signedOut || signedOut) {
    return (
      <div className="verdict verdict-wait" role="alert">
        <p>{say('send.signedOut')}</p>
        <To to="/assess/sign-in" className="button button-main">
          {say('signIn.again')}
        </To>
      </div>
    );
  }
  if (outbox.fault) {
    return (
      <div className="fault" role="alert">
        <p>{say('send.fault', { why: outbox.fault })}</p>
        {again}
      </div>
    );
  }
  if (outbox.tries > 0 && outbox.busy === null) {
    return (
      <div className="verdict verdict-wait" role="status">
        {outbox.why ? <p>{outbox.why}</p> : null}
        <p>{say('send.later', { seconds: Math.max(1, Math.round(((outbox.nextTryAt ?? Date.now()) - Date.now()) / 1000)) })}</p>
        {again}
      </div>
    );
  }
  return outbox.busy === visit.id ? <p role="status">{say('send.busy')}</p> : null;
}

/** The server's "no", in its own words, and the two ways on. */
function Refused() {
  const say = useWords('assessor');
  const { visit, change, written } = useInHand();
  const { again } = useOnPhone();
  const { kick } = useOutbox();
  const refusal = visit.sent.refusal!;
  const clear = async (edit: boolean) => {
    change((before) => ({ sent: { ...before.sent, refusal: null }, ...(edit ? { finishedAt: null, step: 'review' } : {}) }));
    await written();
    await again();
    if (edit) go(addressOf(visit.id, 'review'));
    else kick();
  };
  return (
    <div className="fault" role="alert">
      <p>
        <strong>{refusal.code === 'HTTP_413' ? say('send.tooLarge') : refusal.title}</strong>
      </p>
      {refusal.details.length > 0 ? (
        <ul>
          {refusal.details.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      ) : null}
      <p>{say(refusal.code === 'NOT_OURS' ? 'send.notOurs' : 'send.refused')}</p>
      <div className="pair">
        {visit.sent.made === null && refusal.code !== 'NOT_OURS' ? (
          <button type="button" className="button button-main" onClick={() => void clear(true)}>
            {say('send.edit')}
          </button>
        ) : null}
        <button type="button" className="button" onClick={() => void clear(false)}>
          {say('send.tryNow')}
        </button>
      </div>
      {refusal.code === 'NOT_OURS' ? <Drop /> : null}
    </div>
  );
}

/** A visit that can never be sent may be deleted; asked twice, since nothing else holds it. */
function Drop() {
  const say = useWords('assessor');
  const { visit } = useInHand();
  const { phone, again } = useOnPhone();
  const [asked, setAsked] = useState(false);
  const drop = async () => {
    await dropVisit(phone, visit.id);
    await again();
    go('/assess');
  };
  if (!asked) {
    return (
      <button type="button" className="button button-plain" onClick={() => setAsked(true)}>
        {say('send.drop')}
      </button>
    );
  }
  return (
    <div className="pair">
      <button type="button" className="button" onClick={() => setAsked(false)}>
        {say('send.keep')}
      </button>
      <button type="button" className="button button-bad" onClick={() => void drop()}>
        {say('send.dropSure')}
      </button>
    </div>
  );
}

function FullNow() {
  const say = useWords('assessor');
  const { visit, parts, change, written } = useInHand();
  const { again } = useOnPhone();
  const { kick } = useOutbox();
  const left = parts.filter((one) => one.kind === 'full' && !one.sent).reduce((sum, one) => sum + one.bytes, 0);
  const ask = async () => {
    change((before) => ({ sent: { ...before.sent, fullAsked: true } }));
    await written();
    await again();
    kick();
  };
  return (
    <section className="sheet" aria-label={say('send.lot.full')}>
      <p>{say('send.fullHeld', { size: sizeOf(left) })}</p>
      <button type="button" className="button button-main button-wide" disabled={visit.sent.fullAsked} onClick={() => void ask()}>
        {say('send.fullNow')}
      </button>
    </section>
  );
}

/** All that remains of a sent visit on the phone. */
export function ReceiptSheet({ receipt }: { receipt: Receipt }) {
  const say = useWords('assessor');
  const pick = usePick();
  return (
    <Said>
      <p>
        <strong>{say('receipt.title')}</strong>
      </p>
      <dl className="facts">
        <dt>{say('receipt.case')}</dt>
        <dd>
          {receipt.personName} · <span className="ch-number">{receipt.number}</span>
        </dd>
        <dt>{say('receipt.at')}</dt>
        <dd>
          <InstantText at={receipt.sentAt} />
        </dd>
        <dt>{say('receipt.grade')}</dt>
        <dd>{pick(receipt.gradeZh, receipt.gradeEn)}</dd>
        <dt>{say('receipt.whole')}</dt>
        <dd>{say('receipt.counts', { answers: receipt.answers, photos: receipt.photos, low: receipt.lowPieces, full: receipt.fullPieces })}</dd>
        <dt>{say('receipt.number')}</dt>
        <dd className="ch-code">{receipt.assessmentId}</dd>
      </dl>
      <p className="small">{say('receipt.deleted')}</p>
    </Said>
  );
}
