/** Going from page to page inside a portal; addresses are plain text, e.g. `/people/…`. */
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** What stands behind the question mark of the page's address. */
export type Search = Record<string, string | undefined>;

export const parseSearch = (text: string): Search => Object.fromEntries(new URLSearchParams(text));

export function stringifySearch(search: Record<string, unknown>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) if (value !== undefined && value !== null && value !== '') query.set(name, String(value));
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/** `useGo()('/people?q=兰')`. */
export function useGo(): (address: string, replace?: boolean) => void {
  const navigate = useNavigate();
  return (address, replace = false) => {
    const [to, query] = address.split('?') as [string, string | undefined];
    void navigate({ to, search: parseSearch(query ?? ''), replace } as unknown as Parameters<typeof navigate>[0]);
  };
}

/** `current`: for entries of a menu, whether the page belongs to them; other links do not say it. */
export function Go({ to, children, className, current }: { to: string; children: ReactNode; className?: string; current?: boolean }) {
  const [path, query] = to.split('?') as [string, string | undefined];
  const props = { to: path, search: parseSearch(query ?? ''), activeProps: {}, activeOptions: { exact: true }, 'aria-current': current ? 'page' : undefined, ...(className === undefined ? {} : { className }) } as unknown as LinkProps;
  return <Link {...props}>{children}</Link>;
}

/** Filters in the address bar, and a setter; setting a filter goes back to the first page. */
export function useFilters(): [Search, (change: Search, keepPage?: boolean) => void] {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const set = (change: Search, keepPage = false) =>
    void navigate({ to: '.', search: (before: Search) => ({ ...before, ...(keepPage ? {} : { page: undefined }), ...change }), replace: true } as unknown as Parameters<typeof navigate>[0]);
  return [search, set];
}
