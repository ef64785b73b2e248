/** Going from page to page in the two small portals: plain addresses, the browser's own history, no library. */
import type { AnchorHTMLAttributes, MouseEvent, ReactNode } from 'react';
import { useEffect, useSyncExternalStore } from 'react';
import type { Search } from './match.ts';
import { addressWith, searchOf } from './match.ts';

const listeners = new Set<() => void>();
const tell = () => listeners.forEach((listener) => listener());

/** True once the reader has moved inside the portal: from then on the heading of a new page takes the focus. */
export let moved = false;

/** Shows another address of this portal. */
export function go(address: string, replace = false): void {
  if (address === location.pathname + location.search) return;
  moved = true;
  history[replace ? 'replaceState' : 'pushState'](null, '', address);
  tell();
}

/** The address shown now, with what stands behind the question mark. */
export function useAddress(): string {
  const address = useSyncExternalStore(
    (listener) => (listeners.add(listener), () => void listeners.delete(listener)),
    () => location.pathname + location.search,
  );
  useEffect(() => {
    const back = () => ((moved = true), tell());
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, []);
  return address;
}

/** Filters in the address bar, and a setter; a changed filter goes back to the first page. */
export function useFilters(): [Search, (change: Search, keepPage?: boolean) => void] {
  const search = searchOf(useAddress());
  const set = (change: Search, keepPage = false) => go(addressWith(location.pathname, { ...search, ...(keepPage ? {} : { page: undefined }), ...change }));
  return [search, set];
}

type ToProps = AnchorHTMLAttributes<HTMLAnchorElement> & { to: string; children: ReactNode };

/** A link inside the portal; opening it in a new tab works as with any link. */
export function To({ to, children, ...rest }: ToProps) {
  const follow = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(to);
    window.scrollTo(0, 0);
  };
  return (
    <a href={to} onClick={follow} {...rest}>
      {children}
    </a>
  );
}
