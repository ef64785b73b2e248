/** What this phone holds for the signed-in assessor, and the two acts that concern all of it: fetching orders and sending visits. */
import type { ReactNode } from 'react';
import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { noticeSignedOut } from '../light/ask.ts';
import { useHouse } from '../light/house.tsx';
import { Fault, Page, Wait } from '../light/page.tsx';
import { useWords } from '../ui/words.ts';
import type { OnSiteCase, OnSitePackage } from './api.ts';
import { api } from './api.ts';
import type { Known } from './session.ts';
import type { Phone } from './store/open.ts';
import { openPhone } from './store/open.ts';
import type { Ground, KeptPackage, Receipt, Visit } from './store/shapes.ts';
import { keepPackage, listVisits, readPackage } from './store/visits.ts';

export interface OnPhone {
  phone: Phone;
  known: Known;
  kept: KeptPackage | undefined;
  visits: readonly { visit: Visit; ground: Ground }[];
  receipts: readonly Receipt[];
  /** Reads everything anew from the store. */
  again: () => Promise<void>;
}

const Context = createContext<OnPhone | undefined>(undefined);

export function useOnPhone(): OnPhone {
  const held = useContext(Context);
  if (!held) throw new Error('a page of the assessor stands inside PhoneAround');
  return held;
}

/** Visits that are on this phone only, in part or whole. */
export const unsentOf = (held: Pick<OnPhone, 'visits'>): number => held.visits.length;

type Read = Pick<OnPhone, 'kept' | 'visits' | 'receipts'>;

export function PhoneAround({ known, children }: { known: Known; children: ReactNode }) {
  const say = useWords('assessor');
  const [phone, setPhone] = useState<Phone>();
  const [read, setRead] = useState<Read>();
  const [error, setError] = useState<unknown>();
  const again = useCallback(async () => {
    if (phone) setRead(await readAll(phone));
  }, [phone]);
  useEffect(() => {
    let left = false;
    const opened = openPhone(known.accountId).then(async (one) => {
      const all = await readAll(one);
      if (left) return;
      setPhone(one);
      setRead(all);
    });
    opened.catch(setError);
    // Asked once: the browser then does not clear the visits when the phone runs short.
    void navigator.storage?.persist?.();
    // It stays open: what was entered last may still be on its way into it.
    return () => {
      left = true;
    };
  }, [known.accountId]);
  const held = useMemo(() => (phone && read ? { phone, known, ...read, again } : undefined), [phone, known, read, again]);
  if (error) {
    return (
      <Page title={say('store.closed')} lead={say('store.closedText')}>
        <Fault error={error} again={() => location.reload()} />
      </Page>
    );
  }
  return held ? <Context value={held}>{children}</Context> : <div className="page"><Wait slow={false} lines={6} /></div>;
}

async function readAll(phone: Phone): Promise<Read> {
  const [kept, visits, receipts] = await Promise.all([readPackage(phone), listVisits(phone), phone.getAll('receipts')]);
  return { kept, visits, receipts: receipts.sort((a, b) => b.sentAt.localeCompare(a.sentAt)) };
}

const PAGE_SIZE = 100;

/** Fetches all orders of the assessor and keeps them for the way without network. */
export async function fetchPackage(phone: Phone, signal: AbortSignal): Promise<KeptPackage> {
  const first = await api('GET /api/on-site/package', { query: { page: 1, pageSize: PAGE_SIZE } }, { signal });
  const phoneAt = new Date();
  const pages: OnSitePackage[] = [first];
  while (pages.length * PAGE_SIZE < first.total) pages.push(await api('GET /api/on-site/package', { query: { page: pages.length + 1, pageSize: PAGE_SIZE } }, { signal }));
  const { total: _total, ...told } = first;
  return keepPackage(phone, { ...told, cases: pages.flatMap((one) => one.cases), scales: once(pages.flatMap((one) => one.scales)), contradictions: once(pages.flatMap((one) => one.contradictions)) }, phoneAt);
}

const once = <T extends { id: string }>(rows: T[]): T[] => rows.filter((row, at) => rows.findIndex((one) => one.id === row.id) === at);

/** Fetches the orders when the page opens and when the network is back; `error` says why it could not. */
export function useFetchedPackage(): { busy: boolean; error: unknown; again: () => void } {
  const { phone, known, again: readAgain } = useOnPhone();
  const session = useHouse().data?.session;
  const foreign = session != null && session.accountId !== known.accountId;
  const [turn, setTurn] = useState(0);
  const [state, setState] = useState<{ busy: boolean; error: unknown }>({ busy: true, error: undefined });
  useEffect(() => {
    // The orders of whoever signed in since are not kept among those of this account.
    if (foreign) return;
    const abort = new AbortController();
    setState((before) => ({ ...before, busy: true }));
    fetchPackage(phone, abort.signal).then(
      () => !abort.signal.aborted && (setState({ busy: false, error: undefined }), void readAgain()),
      (error: unknown) => !abort.signal.aborted && (noticeSignedOut(error), setState({ busy: false, error })),
    );
    return () => abort.abort();
  }, [phone, foreign, turn, readAgain]);
  const again = useCallback(() => setTurn((before) => before + 1), []);
  useEffect(() => {
    addEventListener('online', again);
    return () => removeEventListener('online', again);
  }, [again]);
  return { ...state, again };
}

/** Overdue first, then by the last day; cases that somebody else of the institution has are not shown. */
export function ordersOf(kept: KeptPackage | undefined, accountId: string, today: string): (OnSiteCase & { late: boolean })[] {
  const own = (kept?.cases ?? []).filter((one) => one.assignedTo === null || one.assignedTo === accountId);
  return own
    .map((one) => ({ ...one, late: one.overdue || (one.dueOn !== null && one.dueOn < today) }))
    .sort((a, b) => Number(b.late) - Number(a.late) || (a.dueOn ?? '9999').localeCompare(b.dueOn ?? '9999') || a.number.localeCompare(b.number));
}
