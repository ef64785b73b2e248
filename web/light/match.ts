/** Addresses as text: which page an address means, and its filters. */

export type Search = Record<string, string | undefined>;

/** `match('/notices/:id', '/notices/7')` → `{ id: '7' }`; undefined when the address is another page's. */
export function match(pattern: string, address: string): Record<string, string> | undefined {
  const [asked, given] = [pattern.split('/'), pathOf(address).split('/')];
  if (asked.length !== given.length) return undefined;
  const found: Record<string, string> = {};
  for (const [at, part] of asked.entries()) {
    const one = given[at]!;
    if (!part.startsWith(':')) {
      if (part !== one) return undefined;
      continue;
    }
    const value = plain(one);
    if (value === undefined || value === '') return undefined;
    found[part.slice(1)] = value;
  }
  return found;
}

/** The address without its question mark and without a closing slash. */
export function pathOf(address: string): string {
  const path = address.split(/[?#]/)[0]!;
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

/** What stands behind the question mark. */
export function searchOf(address: string): Search {
  const at = address.indexOf('?');
  return at < 0 ? {} : Object.fromEntries(new URLSearchParams(address.slice(at + 1)));
}

/** An address with filters; empty ones are left out. */
export function addressWith(path: string, search: Search): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) if (value !== undefined && value !== '') query.set(name, value);
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** Undefined where the address was mistyped (`%` without its two digits). */
function plain(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
