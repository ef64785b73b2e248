/** One visit in hand: every change is shown at once and written at once, one after the other. */
import type { ReactNode } from 'react';
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { contradictionsOf, pointsOf } from '#domain/assessments/onsite/model.ts';
import type { Contradiction } from '#domain/assessments/onsite/model.ts';
import { Nothing, Page, Wait } from '../../light/page.tsx';
import { To } from '../../light/address.tsx';
import { useWords } from '../../ui/words.ts';
import type { Content } from '../api.ts';
import { useOnPhone } from '../phone.tsx';
import { useOutbox } from '../sending.tsx';
import { isFull } from '../store/not-kept.ts';
import { partsOf } from '../store/parts.ts';
import type { Ground, Part, Visit } from '../store/shapes.ts';
import { changeVisit } from '../store/visits.ts';

export interface InHand {
  visit: Visit;
  ground: Ground;
  parts: readonly Part[];
  contradictions: readonly Contradiction[];
  /** Finished: read only until the assessor takes it back. */
  closed: boolean;
  change: (change: (visit: Visit) => Partial<Visit>) => void;
  setContent: (change: (content: Content) => Partial<Content>) => void;
  /** Waits until everything entered so far stands in the store. */
  written: () => Promise<void>;
  readParts: () => Promise<void>;
}

const Context = createContext<InHand | undefined>(undefined);

export function useInHand(): InHand {
  const held = useContext(Context);
  if (!held) throw new Error('a step stands inside VisitAround');
  return held;
}

export function VisitAround({ id, children }: { id: string; children: ReactNode }) {
  const say = useWords('assessor');
  const { visits, receipts } = useOnPhone();
  const known = visits.find(({ visit }) => visit.id === id);
  if (receipts.some((one) => one.visitId === id)) return <>{children}</>;
  if (!known) {
    return (
      <Page title={say('visit.gone')}>
        <Nothing more={<To to="/assess" className="button">{say('toOrders')}</To>}>{say('visit.goneText')}</Nothing>
      </Page>
    );
  }
  return <Held key={id} ground={known.ground} stored={known.visit}>{children}</Held>;
}

function Held({ ground, stored, children }: { ground: Ground; stored: Visit; children: ReactNode }) {
  const { phone, again } = useOnPhone();
  const { steps } = useOutbox();
  const [visit, setVisit] = useState(stored);
  const [parts, setParts] = useState<readonly Part[]>();
  const [error, setError] = useState<unknown>();
  const writing = useRef<Promise<void>>(Promise.resolve());
  const id = ground.visitId;
  const readParts = useCallback(async () => setParts(await partsOf(phone, id)), [phone, id]);
  useEffect(() => void readParts().catch(setError), [readParts, steps]);
  // What the outbox wrote meanwhile.
  useEffect(() => setVisit((before) => (before.sent === stored.sent && before.finishedAt === stored.finishedAt ? before : { ...before, sent: stored.sent, finishedAt: stored.finishedAt })), [stored]);
  const change = useCallback(
    (one: (visit: Visit) => Partial<Visit>) => {
      setVisit((before) => ({ ...before, ...one(before) }));
      writing.current = writing.current.then(async () => void (await changeVisit(phone, id, new Date(), one))).catch(setError);
    },
    [phone, id],
  );
  const setContent = useCallback((one: (content: Content) => Partial<Content>) => change((before) => ({ content: { ...before.content, ...one(before.content) } })), [change]);
  // The list and the outbox read the store: they are told when the assessor leaves the visit's steps.
  useEffect(() => () => void writing.current.then(again), [again]);
  const contradictions = useMemo(() => contradictionsOf(pointsOf(visit.content.answers), ground.rules, ground.scale.scale), [visit.content.answers, ground]);
  if (error) return <NotKept error={error} />;
  if (!parts) return <div className="page"><Wait slow={false} /></div>;
  const held: InHand = { visit, ground, parts, contradictions, closed: visit.finishedAt !== null, change, setContent, written: () => writing.current, readParts };
  return <Context value={held}>{children}</Context>;
}

/** What was tapped last could not be written: said at once, with what the phone says; everything before it stands. */
function NotKept({ error }: { error: unknown }) {
  const say = useWords('assessor');
  const full = isFull(error);
  return (
    <Page title={say('store.notKept')} lead={say(full ? 'store.full' : 'store.notKeptText')}>
      <p className="ch-muted small">{String((error as Error).message || error)}</p>
      <button type="button" className="button button-main" onClick={() => location.reload()}>
        {say('light:fault.again')}
      </button>
    </Page>
  );
}
