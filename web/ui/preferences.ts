/** What a person set for themselves on this machine: language, dark, large type. Kept in localStorage. */
import { useSyncExternalStore } from 'react';

export type Lang = 'zh' | 'en';

export interface Preferences {
  lang: Lang;
  dark: boolean;
  large: boolean;
}

const KEY = 'changhu.preferences';
const listeners = new Set<() => void>();
let held: Preferences = read();

function read(): Preferences {
  const preset: Preferences = { lang: 'zh', dark: false, large: false };
  try {
    return { ...preset, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>) };
  } catch {
    // A browser that forbids storage, or text that somebody else put there: begin with the preset.
    return preset;
  }
}

export function preferences(): Preferences {
  return held;
}

export function setPreferences(change: Partial<Preferences>): void {
  held = { ...held, ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(held));
  } catch {
    // Without storage the choice holds until the page is left.
  }
  paint();
  for (const listener of listeners) listener();
}

/** Tells the document itself, for plain CSS and for screen readers. */
export function paint(): void {
  const root = document.documentElement;
  root.lang = held.lang === 'zh' ? 'zh-CN' : 'en';
  root.dataset['theme'] = held.dark ? 'dark' : 'light';
  root.dataset['type'] = held.large ? 'large' : 'normal';
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(
    (listener) => (listeners.add(listener), () => void listeners.delete(listener)),
    () => held,
  );
}

const calmer = (): MediaQueryList => window.matchMedia('(prefers-reduced-motion: reduce)');

/** The person asked their machine for less motion: nothing slides or grows. */
export function useCalm(): boolean {
  return useSyncExternalStore(
    (listener) => (calmer().addEventListener('change', listener), () => calmer().removeEventListener('change', listener)),
    () => calmer().matches,
  );
}
