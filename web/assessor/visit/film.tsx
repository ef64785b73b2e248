/** Step 3: the camera. It goes on while the other steps are done; what it takes is kept piece by piece. */
import { useEffect, useRef } from 'react';
import { LongField } from '../../light/fields.tsx';
import { useWords } from '../../ui/words.ts';
import { useOnPhone } from '../phone.tsx';
import { startRecording, stopRecording, useRecorder } from '../recorder.ts';
import { addPiece, durationOf, partsOf } from '../store/parts.ts';
import { useInHand } from './around.tsx';
import { StepPage, clockOf, faultOf, sizeOf } from './step.tsx';

export function Film() {
  const say = useWords('assessor');
  const { visit, ground, closed, setContent } = useInHand();
  const recorder = useRecorder();
  const start = useStart();
  const { videoRequired } = ground.case.policy;
  const on = recorder.state === 'on' && recorder.visitId === visit.id;
  const cannot = ['refused', 'missing', 'broken'].includes(recorder.state);
  // The server has sealed what it got: a further take could never be added to it.
  const sealed = visit.sent.sealed.length > 0;
  return (
    <StepPage step="video" lead={say(videoRequired ? 'video.required' : 'video.optional')}>
      <section className="sheet" aria-label={say('steps.video')}>
        {on ? <Preview stream={recorder.stream} /> : null}
        {cannot ? (
          <div className="verdict verdict-wait" role="alert">
            <p>
              <strong>{say(`video.${recorder.state}`)}</strong>
            </p>
            <p>{say(videoRequired ? 'video.cannotRequired' : 'video.cannotOptional')}</p>
          </div>
        ) : null}
        {recorder.fault && recorder.visitId === visit.id && !cannot ? <p className="field-error" role="alert">{faultOf(say, recorder.fault)}</p> : null}
        {on ? (
          <button type="button" className="button button-wide" onClick={() => void stopRecording()}>
            {say('video.stop')}
          </button>
        ) : (
          <button type="button" className="button button-main button-wide" disabled={closed || sealed || recorder.state === 'asking'} onClick={() => void start()}>
            {say(recorder.state === 'asking' ? 'video.asking' : cannot ? 'video.tryAgain' : 'video.start')}
          </button>
        )}
        <Taken />
        {sealed ? <p className="small ch-muted">{say('video.sealed')}</p> : null}
        <p className="small ch-muted">{say('video.keeps')}</p>
      </section>
      {videoRequired ? null : <LongField label={say('video.noneBecause')} hint={say('video.noneBecauseHint')} optional value={visit.content.videoMissing ?? ''} set={(text) => setContent(() => ({ videoMissing: text }))} maxLength={200} />}
    </StepPage>
  );
}

/** Starts the camera of the visit in hand; each piece is hashed and written before the next. */
function useStart(): () => Promise<boolean> {
  const { phone } = useOnPhone();
  const { visit, readParts } = useInHand();
  return async () => {
    const before = await partsOf(phone, visit.id);
    const take = before.reduce((most, one) => Math.max(most, one.take + 1), 1);
    const until: Record<string, Date> = {};
    let since = new Date();
    const on = await startRecording(visit.id, async ({ rendition, mediaType, bytes }) => {
      const takenAt = new Date();
      await addPiece(phone, visit.id, { kind: rendition, take, mediaType, bytes, fromAt: until[rendition] ?? since, takenAt });
      until[rendition] = takenAt;
      await readParts();
    });
    // The first piece comes seconds later: the time that the question for the camera took is not counted.
    since = new Date();
    return on;
  };
}

function Preview({ stream }: { stream: MediaStream | null }) {
  const say = useWords('assessor');
  const screen = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (screen.current) screen.current.srcObject = stream;
  }, [stream]);
  return <video ref={screen} className="preview" autoPlay muted playsInline aria-label={say('video.preview')} />;
}

function Taken() {
  const say = useWords('assessor');
  const { parts } = useInHand();
  const full = parts.filter((one) => one.kind === 'full');
  if (full.length === 0) return null;
  const bytes = parts.filter((one) => one.kind !== 'evidence').reduce((sum, one) => sum + one.bytes, 0);
  return (
    <p role="status" className="stands">
      {say('video.taken', { time: clockOf(durationOf(full)), n: full.length, size: sizeOf(bytes) })}
    </p>
  );
}
