import type { Bilingual } from '#kit/contract.ts';

/** Tells the person at the terminal what is going on. */
export type Say = (sentence: Bilingual) => void;
