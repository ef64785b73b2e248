/** The outbox at work: whenever there is network it sends finished visits, with growing pauses after a failure. */
import type { ReactNode } from 'react';
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { SIGNED_OUT } from '../light/ask.ts';
import { signedInAs, useHouse } from '../light/house.tsx';
import { api } from './api.ts';
import { useOnPhone } from './phone.tsx';
import { useOnline } from './session.ts';
import { nextWork, pauseMs } from './store/outbox.ts';
import { partsOf } from './store/parts.ts';
import { sendVisit } from './store/sender.ts';

export interface OutboxNow {
  /** The visit whose parts are being sent. */
  busy: string | null;
  /** Failures in a row, and when the next try comes (ms of this phone's clock). */
  tries: number;
  nextTryAt: number | null;
  /** What the server said to the last try, when it said anything. */
  why: string | null;
  signedOut: boolean;
  /** A fault of this program or of the phone's store, in the browser's words. */
  fault: string | null;
  /** Counts every step that reached the server, so that pages read anew. */
  steps: number;
  /** Tries at once. */
  kick: () => void;
}

const Context = createContext<OutboxNow | undefined>(undefined);

export function useOutbox(): OutboxNow {
  const held = useContext(Context);
  if (!held) throw new Error('a page of the assessor stands inside OutboxAround');
  return held;
}

interface NetworkInformation extends EventTarget {
  type?: string;
  saveData?: boolean;
}

const connection = (): NetworkInformation | undefined => (navigator as Navigator & { connection?: NetworkInformation }).connection;

/** True on Wi-Fi or cable, where the phone says so; a phone that does not say asks its owner. */
export function networkIsFree(): boolean {
  const net = connection();
  return net?.saveData !== true && (net?.type === 'wifi' || net?.type === 'ethernet');
}

const net = () => ({ free: networkIsFree() });

export function OutboxAround({ children }: { children: ReactNode }) {
  const { visits, known } = useOnPhone();
  const online = useOnline();
  const signedIn = useHouse().data?.session?.accountId === known.accountId;
  const { state, go } = useRounds();
  const pending = visits.filter(({ visit }) => visit.finishedAt !== null && visit.sent.refusal === null).map(({ visit }) => `${visit.id} ${visit.sent.fullAsked}`).join();
  useEffect(() => {
    if (online && signedIn && pending !== '') void go();
  }, [online, signedIn, pending, go]);
  useEffect(() => {
    const net = connection();
    const changed = () => void (signedIn && go());
    net?.addEventListener?.('change', changed);
    return () => net?.removeEventListener?.('change', changed);
  }, [signedIn, go]);
  const held = useMemo(() => ({ ...state, kick: () => void go() }), [state, go]);
  return <Context value={held}>{children}</Context>;
}

/** One round sends every finished visit once; a round asked for during another follows it. */
function useRounds(): { state: Omit<OutboxNow, 'kick'>; go: () => Promise<void> } {
  const { phone, known: { accountId }, again } = useOnPhone();
  const [state, setState] = useState<Omit<OutboxNow, 'kick'>>({ busy: null, tries: 0, nextTryAt: null, why: null, signedOut: false, steps: 0, fault: null });
  const running = useRef(false);
  const wanted = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const tries = useRef(0);
  const change = (part: Partial<OutboxNow>) => setState((before) => ({ ...before, ...part }));
  useEffect(() => () => clearTimeout(timer.current), []);

  const round = useCallback(async (): Promise<void> => {
    const went = () => {
      tries.current = 0;
      setState((before) => ({ ...before, steps: before.steps + 1, tries: 0, nextTryAt: null }));
    };
    for (const visit of await phone.getAll('visits')) {
      if (nextWork(visit, await partsOf(phone, visit.id), net()) === null) continue;
      change({ busy: visit.id, signedOut: false, fault: null });
      const outcome = await sendVisit({ phone, api, accountId, signedInAs, net, clock: () => new Date(), went }, visit.id);
      await again();
      if (outcome.done === 'signedOut') {
        change({ signedOut: true });
        dispatchEvent(new Event(SIGNED_OUT));
      }
      if (outcome.done === 'signedOut' || outcome.done === 'again') wanted.current = false;
      if (outcome.done !== 'again') continue;
      tries.current += 1;
      const pause = pauseMs(tries.current);
      timer.current = setTimeout(() => void goAgain.current(), pause);
      return change({ busy: null, tries: tries.current, nextTryAt: Date.now() + pause, why: outcome.title || null });
    }
    change({ busy: null });
  }, [phone, accountId, again]);

  const go = useCallback(async () => {
    wanted.current = true;
    if (running.current) return;
    running.current = true;
    clearTimeout(timer.current);
    try {
      while (wanted.current) {
        wanted.current = false;
        // One page of the phone sends at a time.
        await (navigator.locks ? navigator.locks.request('changhu-assess-outbox', round) : round());
      }
    } catch (error) {
      change({ busy: null, fault: String((error as Error).message || error) });
    } finally {
      running.current = false;
    }
  }, [round]);
  const goAgain = useRef(go);
  goAgain.current = go;
  return { state, go };
}
