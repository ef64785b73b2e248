/** The worker that keeps the portal, and the word of a new version. */
import { useSyncExternalStore } from 'react';
import { afterRecording } from './recorder.ts';

const listeners = new Set<() => void>();
let waiting: ServiceWorker | null = null;
let kept = false;

const tell = () => listeners.forEach((listener) => listener());
const listen = (listener: () => void) => (listeners.add(listener), () => void listeners.delete(listener));

/** Registers the worker; where the browser has none (no https) the portal works with network only. */
export async function keepPortal(): Promise<void> {
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (!workers || import.meta.env.DEV) return;
  const registration = await workers.register('/assess/worker.js', { scope: '/assess', updateViaCache: 'none' });
  const look = () => {
    waiting = workers.controller ? registration.waiting : null;
    tell();
  };
  const follow = (worker: ServiceWorker | null) => worker?.addEventListener('statechange', look);
  follow(registration.installing);
  registration.addEventListener('updatefound', () => follow(registration.installing));
  look();
  addEventListener('online', () => void registration.update().catch(() => undefined));
  // After the new version took over, its page is shown, but never in the middle of a film; the first worker of all takes over nothing.
  let controlled = workers.controller !== null;
  workers.addEventListener('controllerchange', () => {
    if (controlled) afterRecording(() => location.reload());
    controlled = true;
  });
  await workers.ready;
  kept = true;
  tell();
}

/** True once the portal opens without network. */
export const usePortalKept = (): boolean => useSyncExternalStore(listen, () => kept);

/** True while a new version waits. */
export const useNewVersion = (): boolean => useSyncExternalStore(listen, () => waiting !== null);

/** Lets the waiting version take over; the page then shows itself anew. */
export function takeNewVersion(): void {
  waiting?.postMessage('takeOver');
}
