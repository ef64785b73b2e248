/** An application that is being written stays on this phone until it is sent. */
import { useEffect, useState } from 'react';

const PLACE = 'changhu-apply-draft';

/** State that is kept in the browser, per account; `clear` forgets it. Where the browser keeps nothing the form works all the same. */
export function useDraft<T extends object>(account: string, start: T): { value: T; set: (change: Partial<T>) => void; clear: () => void; kept: boolean } {
  const place = `${PLACE}-${account}`;
  const [found] = useState(() => readDraft<T>(place));
  const [value, setValue] = useState<T>(() => ({ ...start, ...found }));
  const [sent, setSent] = useState(false);
  useEffect(() => {
    if (sent) return;
    try {
      localStorage.setItem(place, JSON.stringify(value));
    } catch {
      // A browser that keeps nothing (private window, full): the form still holds what was typed.
    }
  }, [place, value, sent]);
  const clear = () => {
    setSent(true);
    localStorage.removeItem(place);
  };
  return { value, set: (change) => setValue((before) => ({ ...before, ...change })), clear, kept: found !== undefined };
}

/** What was kept, or undefined where there is nothing that can be read. */
export function readDraft<T extends object>(place: string): Partial<T> | undefined {
  try {
    const text = localStorage.getItem(place);
    const read: unknown = text === null ? undefined : JSON.parse(text);
    return read !== null && typeof read === 'object' ? (read as Partial<T>) : undefined;
  } catch {
    return undefined;
  }
}
