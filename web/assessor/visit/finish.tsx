/** Step 6: both sides sign, the camera stops, the time of leaving stands; from then on the visit waits to be sent. */
import { useState } from 'react';
import { go } from '../../light/address.tsx';
import { InstantText } from '../../ui/text.tsx';
import { useWords } from '../../ui/words.ts';
import { useOnPhone } from '../phone.tsx';
import { stopRecording } from '../recorder.ts';
import { SignaturePad } from '../signature.tsx';
import { addEvidence } from '../store/parts.ts';
import { lacksOf } from '../store/missing.ts';
import { notKept } from '../store/not-kept.ts';
import { useInHand } from './around.tsx';
import { Photos } from './photos.tsx';
import { Lacks } from './review.tsx';
import { StepPage, addressOf } from './step.tsx';

export function Finish() {
  const say = useWords('assessor');
  const { visit, ground, parts, closed } = useInHand();
  const finish = useFinish();
  const { content } = visit;
  const came = ground.companions.filter((one) => content.companionIds.includes(one.accountId));
  // The time of leaving is set by finishing itself.
  const lacks = lacksOf(visit, ground, parts).filter((one) => one.what !== 'leftAt');
  return (
    <StepPage step="finish" lead={say('finish.lead')} {...(closed ? {} : { next: { label: say(finish.busy ? 'finish.busy' : 'finish.finish'), to: () => void finish.run(), disabled: lacks.length > 0 || finish.busy } })}>
      {came.length > 0 ? <Signed subject="companionSignature" label={say('finish.companion', { name: came.map((one) => one.name).join('、') })} /> : null}
      {content.guardian ? <Signed subject="guardianSignature" label={say('finish.guardian', { name: content.guardian.name || '–' })} /> : null}
      {content.leftAt ? (
        <p className="stands">
          {say('finish.leftAt')} <InstantText at={content.leftAt} />
        </p>
      ) : null}
      <Lacks lacks={lacks} none={say('finish.ready')} />
    </StepPage>
  );
}

/** Stops the camera, writes the time and the list of photographs, and closes the visit for sending. */
function useFinish(): { run: () => Promise<void>; busy: boolean } {
  const { visit, parts, change, setContent, written } = useInHand();
  const { again } = useOnPhone();
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    await stopRecording();
    const evidenceIds = parts.filter((one) => one.kind === 'evidence').map((one) => one.id);
    // A visit that is finished once more keeps its time of leaving, unless it was begun anew after it.
    setContent(({ arrivedAt, leftAt }) => ({ leftAt: leftAt !== null && arrivedAt !== null && leftAt > arrivedAt ? leftAt : new Date().toISOString(), evidenceIds }));
    change(() => ({ finishedAt: new Date().toISOString(), step: 'send' }));
    await written();
    await again();
    go(addressOf(visit.id, 'send'));
    window.scrollTo(0, 0);
  };
  return { run, busy };
}

function Signed({ subject, label }: { subject: 'companionSignature' | 'guardianSignature'; label: string }) {
  const say = useWords('assessor');
  const { phone } = useOnPhone();
  const { visit, parts, closed, readParts } = useInHand();
  const [busy, setBusy] = useState(false);
  const [anew, setAnew] = useState(false);
  const [fault, setFault] = useState<string>();
  const held = parts.find((one) => one.subject === subject);
  const save = async (drawing: Blob) => {
    setBusy(true);
    setFault(undefined);
    try {
      await addEvidence(phone, visit.id, { subject, item: null, mediaType: 'image/png', bytes: await drawing.arrayBuffer(), takenAt: new Date() });
      await readParts();
      setAnew(false);
    } catch (error) {
      setFault(notKept(say, error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="sheet" aria-label={label}>
      {held && !anew ? (
        <>
          <p className="signature-label">{label}</p>
          <p className="stands" role="status">
            {say('signature.kept')} <InstantText at={held.takenAt} />
          </p>
          {closed || held.sent ? null : (
            <button type="button" className="button" onClick={() => setAnew(true)}>
              {say('signature.again')}
            </button>
          )}
        </>
      ) : (
        <>
          <SignaturePad label={label} busy={busy || closed} save={save} />
          {fault ? <p className="field-error" role="alert">{fault}</p> : null}
          <details>
            <summary>{say('signature.paper')}</summary>
            <Photos subject={subject} label={say('signature.paperPhoto')} />
          </details>
        </>
      )}
    </section>
  );
}
