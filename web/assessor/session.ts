/** Who works on this phone: known from the last sign-in, so that the portal opens without network. Nothing secret is kept. */
import { useSyncExternalStore } from 'react';
import { SIGNED_OUT } from '../light/ask.ts';

export interface Known {
  accountId: string;
  signInName: string;
  displayName: string;
  institutionId: string | null;
  city: { zh: string; en: string };
}

const KEY = 'changhu.assessor';
const listeners = new Set<() => void>();
let held: Known | null = read();

function read(): Known | null {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? 'null') as Known | null;
  } catch {
    // A browser that forbids storage, or text that somebody else put there: nobody is known yet.
    return null;
  }
}

/** Remembers who signed in; null forgets (what they entered stays, and shows again when the same account signs in). */
export function remember(known: Known | null): void {
  held = known;
  try {
    if (known) localStorage.setItem(KEY, JSON.stringify(known));
    else localStorage.removeItem(KEY);
  } catch {
    // Without storage the sign-in holds until the page is left; the store of visits says so itself.
  }
  for (const listener of listeners) listener();
}

// Another page of this phone signed somebody else in, or out: this page follows, and asks anew who is signed in.
if (typeof addEventListener === 'function') {
  addEventListener('storage', ({ key }: StorageEvent) => {
    if (key !== KEY && key !== null) return;
    held = read();
    for (const listener of listeners) listener();
    dispatchEvent(new Event(SIGNED_OUT));
  });
}

export function useKnown(): Known | null {
  return useSyncExternalStore(
    (listener) => (listeners.add(listener), () => void listeners.delete(listener)),
    () => held,
  );
}

/** True while the browser says that there is a network; the server may still not answer. */
export function useOnline(): boolean {
  return useSyncExternalStore(
    (listener) => {
      addEventListener('online', listener);
      addEventListener('offline', listener);
      return () => (removeEventListener('online', listener), removeEventListener('offline', listener));
    },
    () => navigator.onLine,
  );
}
