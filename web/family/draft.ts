/** An application that is being written stays on this phone until it is sent. */
import { useEffect, useState } from 'react';

const PLACE = 'changhu-apply-draft';

/** State that is kept in the browser, per account, once the person wrote something (`set`; what the program fills in is `preset`); `clear` forgets it. Where the browser keeps nothing the form works all the same. */
export function useDraft<T extends object>(account: string, start: T): { value: T; set: (change: Partial<T>) => void; preset: (change: Partial<T>) => void; clear: () => void; kept: boolean } {
  const place = `${PLACE}-${account}`;
  const [found] = useState(() => readDraft<T>(place));
  const [value, setValue] = useState<T>(() => ({ ...start, ...found }));
  const [written, setWritten] = useState(found !== undefined);
  const [sent, setSent] = useState(false);
  useEffect(() => {
    if (sent || !written) return;
    try {
      localStorage.setItem(place, JSON.stringify(value));
    } catch {
      // A browser that keeps nothing (private window, full): the form still holds what was typed.
    }
  }, [place, value, sent, written]);
  const clear = () => {
    setSent(true);
    localStorage.removeItem(place);
  };
  const preset = (change: Partial<T>) => setValue((before) => ({ ...before, ...change }));
  const set = (change: Partial<T>) => {
    setWritten(true);
    preset(change);
  };
  return { value, set, preset, clear, kept: found !== undefined };
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
