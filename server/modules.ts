/** The list of modules, in river order: a module may call those above it. */
import type { Module } from '#platform/module.ts';
import { ledger } from '#domain/ledger/index.ts';
import { people } from '#domain/people/index.ts';

export const modules: readonly Module[] = [ledger, people];
