/** Small readings that several pages share. */
import type { Say } from '../ui/words.ts';

export const sexWord = (word: Say, sex: number) => word(sex === 1 ? 'values.male' : sex === 2 ? 'values.female' : '–');

/** What the address bar holds is text; the server checks it against the contract, so a wrong hand-written filter is answered with its reason. */
export const addressQuery = (query: Record<string, string | number | undefined>) => query as Record<string, never>;
