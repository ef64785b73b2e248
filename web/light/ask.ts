/** Asking the server and showing every outcome: waiting, slow, refused, offline, the answer. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { Problem, SubmitKeys } from '../../kit/client.ts';
import { usePreferences } from '../ui/preferences.ts';

export interface Asked<T> {
  data: T | undefined;
  error: unknown;
  waiting: boolean;
  /** The answer takes longer than people like to wait without a word. */
  slow: boolean;
  again: () => void;
}

const SLOW_MS = 4000;

/** Told to the window when an answer says that nobody is signed in any more. */
export const SIGNED_OUT = 'changhu:signed-out';

/** Tells the window when an answer says that nobody is signed in any more. */
export function noticeSignedOut(error: unknown): void {
  if (error instanceof Problem && error.code === 'SIGN_IN_NEEDED') dispatchEvent(new Event(SIGNED_OUT));
}

/**
 * Asks when `key` changes; a null key asks nothing. While another answer is awaited the last one stays.
 * After a lost connection it asks again by itself as soon as the browser is online.
 */
export function useAsk<T>(key: string | null, load: (signal: AbortSignal) => Promise<T>): Asked<T> {
  const { lang } = usePreferences();
  const [turn, setTurn] = useState(0);
  const [state, setState] = useState<Omit<Asked<T>, 'again'>>({ data: undefined, error: undefined, waiting: key !== null, slow: false });
  const loader = useRef(load);
  loader.current = load;
  const again = useCallback(() => setTurn((before) => before + 1), []);
  useEffect(() => {
    if (key === null) return;
    const abort = new AbortController();
    setState((before) => ({ ...before, waiting: true, slow: false }));
    const timer = setTimeout(() => setState((before) => ({ ...before, slow: true })), SLOW_MS);
    loader.current(abort.signal).then(
      (data) => !abort.signal.aborted && (clearTimeout(timer), setState({ data, error: undefined, waiting: false, slow: false })),
      (error: unknown) => !abort.signal.aborted && (clearTimeout(timer), noticeSignedOut(error), setState({ data: undefined, error, waiting: false, slow: false })),
    );
    return () => (clearTimeout(timer), abort.abort());
  }, [key, lang, turn]);
  const offline = state.error instanceof Problem && state.error.status === 0;
  useEffect(() => {
    if (!offline) return;
    addEventListener('online', again);
    return () => removeEventListener('online', again);
  }, [offline, again]);
  return { ...state, again };
}

export interface Doing<T> {
  run: (input: T) => Promise<boolean>;
  busy: boolean;
  error: unknown;
}

/** One act of a form. Pressing again after a failure repeats the same act, it never doubles. */
export function useAct<T>(act: (input: T, how: { repeatKey: string }) => Promise<unknown>): Doing<T> {
  const keys = useRef(new SubmitKeys());
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const run = async (input: T) => {
    if (busy) return false;
    setBusy(true);
    setError(undefined);
    try {
      await act(input, { repeatKey: keys.current.keyFor(input) });
      keys.current.succeeded();
      return true;
    } catch (failure) {
      setError(failure);
      noticeSignedOut(failure);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { run, busy, error };
}

/** Remembers which fields of a form a refusal names. */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!(error instanceof Problem)) return {};
  return Object.fromEntries(error.errors.map((one) => [one.column.replace(/^.*[./]/, ''), one.detail]));
}
