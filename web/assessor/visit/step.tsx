/** What every step of a visit looks like: whose visit, how far, what is kept, and the way on and back at the thumb. */
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { To, go } from '../../light/address.tsx';
import { Page } from '../../light/page.tsx';
import { useWords } from '../../ui/words.ts';
import { useRecorder } from '../recorder.ts';
import type { Step } from '../store/shapes.ts';
import { STEPS } from '../store/shapes.ts';
import { useInHand } from './around.tsx';

export const addressOf = (visitId: string, step: Step, item?: string | null): string => `/assess/visit/${visitId}/${step}${item ? `/${encodeURIComponent(item)}` : ''}`;

interface StepProps {
  step: Step;
  children: ReactNode;
  lead?: ReactNode;
  /** Instead of the plain way to the step before or after. */
  back?: { label: string; to: () => void };
  next?: { label: string; to: () => void; disabled?: boolean } | null;
}

export function StepPage({ step, children, lead, back, next }: StepProps) {
  const say = useWords('assessor');
  const { visit, ground, change } = useInHand();
  const at = STEPS.indexOf(step);
  useEffect(() => {
    if (visit.step !== step) change(() => ({ step }));
  }, [visit.step, step, change]);
  const [before, after] = [STEPS[at - 1], STEPS[at + 1]];
  const walk = (to: string) => {
    go(to);
    window.scrollTo(0, 0);
  };
  const onward = next === undefined && after ? { label: say(`steps.${after}`), to: () => walk(addressOf(visit.id, after)), disabled: false } : next;
  return (
    <Page title={say(`steps.${step}`)} lead={lead} back={<Head step={step} name={ground.case.personName} />}>
      {children}
      <nav className="thumb" aria-label={say('steps.way')}>
        <button type="button" className="button" onClick={back ? back.to : () => walk(before ? addressOf(visit.id, before) : '/assess')}>
          ‹ {back?.label ?? say(before ? 'steps.back' : 'toOrders')}
        </button>
        {onward ? (
          <button type="button" className="button button-main" disabled={onward.disabled ?? false} onClick={onward.to}>
            {onward.label} ›
          </button>
        ) : null}
      </nav>
    </Page>
  );
}

function Head({ step, name }: { step: Step; name: string }) {
  const say = useWords('assessor');
  const { visit } = useInHand();
  const at = STEPS.indexOf(step);
  return (
    <div className="visit-head">
      <p className="visit-name">
        <strong>{name}</strong>
        <span className="small ch-muted">{say('steps.of', { n: at + 1, total: STEPS.length })}</span>
        <Camera />
      </p>
      <ol className="dots" aria-label={say('steps.label')}>
        {STEPS.map((one, place) => (
          <li key={one}>
            <To to={addressOf(visit.id, one, one === 'items' ? visit.item : null)} className={place === at ? 'dot dot-now' : place < at ? 'dot dot-done' : 'dot'} aria-current={place === at ? 'step' : undefined} title={say(`steps.${one}`)}>
              <span className="ch-hidden">{say(`steps.${one}`)}</span>
            </To>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** The red light: the camera runs, since when; or that it has stopped, since a call or a reload ends it without a word. */
export function Camera() {
  const say = useWords('assessor');
  const { visit, parts, closed } = useInHand();
  const recorder = useRecorder();
  const [, tick] = useState(0);
  const on = recorder.state === 'on' && recorder.visitId === visit.id;
  useEffect(() => {
    if (!on) return;
    const timer = setInterval(() => tick((n) => n + 1), 1000);
    return () => clearInterval(timer);
  }, [on]);
  if (recorder.fault && recorder.visitId === visit.id) return <span className="ch-bad" role="alert">{faultOf(say, recorder.fault)}</span>;
  if (!on && !closed && parts.some((one) => one.kind === 'full')) return <To to={addressOf(visit.id, 'video')} className="camera-off">{say('video.stopped')}</To>;
  if (!on) return null;
  return (
    <span className="camera">
      <span className="camera-light" aria-hidden="true" />
      {say('video.running', { time: clockOf(Date.now() - (recorder.since ?? 0)) })}
    </span>
  );
}

/** What became of a piece that could not be kept, in a sentence. */
export const faultOf = (say: ReturnType<typeof useWords>, fault: string): string => say('video.fault', { why: fault === 'full' ? say('store.full') : fault });

/** 75 000 ms → 1:15. */
export function clockOf(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** 1 572 864 bytes → 1.5 MB. */
export function sizeOf(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.max(bytes > 0 ? 1 : 0, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
