/** What both small portals know before anything else: the city, the office's day, who is signed in. */
import type { ReactNode } from 'react';
import { createContext, useContext, useEffect } from 'react';
import type { OutputOf } from '#kit/contract.ts';
import type { identityContract } from '#platform/identity/contract.ts';
import { client } from '../../kit/client.ts';
import { preferences, usePreferences } from '../ui/preferences.ts';
import type { Asked } from './ask.ts';
import { SIGNED_OUT, useAsk } from './ask.ts';
import { daysInWords } from './day.ts';

export type House = OutputOf<(typeof identityContract)['GET /api/session']>;

const api = client<typeof identityContract>({ lang: () => preferences().lang });
const Context = createContext<Asked<House> | undefined>(undefined);

export function HouseAround({ children }: { children: ReactNode }) {
  const asked = useAsk('GET /api/session', (signal) => api('GET /api/session', {}, { signal }));
  const { again } = asked;
  useEffect(() => {
    addEventListener(SIGNED_OUT, again);
    return () => removeEventListener(SIGNED_OUT, again);
  }, [again]);
  return <Context value={asked}>{children}</Context>;
}

/** The session with the city and today, or what stands in its way. */
export function useHouse(): Asked<House> {
  const asked = useContext(Context);
  if (!asked) throw new Error('a page stands inside HouseAround');
  return asked;
}

/** Signs a person in; refuses as the endpoint does. */
export const signIn = (signInName: string, password: string) => api('POST /api/session', { body: { signInName, password } });
/** Sets the first password with the token of a one-time link; refuses as the endpoint does. */
export const activate = (token: string, password: string) => api('POST /api/activation', { body: { token, password } });
/** Who is signed in by what the server says now; null: nobody. */
export const signedInAs = async (): Promise<string | null> => (await api('GET /api/session')).session?.accountId ?? null;
/** Signs out; the caller asks for the session again. */
export const signOut = () => api('DELETE /api/session');

/** Picks the reader's language of a bilingual text. */
export function useBoth(): (text: { zh: string; en: string } | null | undefined) => string {
  const { lang } = usePreferences();
  return (text) => (text ? text[lang] || text.zh : '');
}

/** Picks `districtZh` or `districtEn` of a row. */
export function usePick(): (zh: string | null | undefined, en: string | null | undefined) => string {
  const { lang } = usePreferences();
  return (zh, en) => (lang === 'en' ? en || zh : zh || en) || '–';
}

/** Words a sentence for ears: its days are spoken, not written as numbers. */
export function usePlain(): (sentence: string) => string {
  const { lang } = usePreferences();
  return (sentence) => daysInWords(sentence, lang);
}
