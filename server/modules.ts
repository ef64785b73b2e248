/** The list of modules, in river order: a module may call those above it. Last come the records of all of them and the demo's accounts. */
import type { Module } from '#platform/module.ts';
import { recordsModule } from '#platform/records/index.ts';
import { ledger } from '#domain/ledger/index.ts';
import { people } from '#domain/people/index.ts';
import { notices } from '#domain/notices/index.ts';
import { providers } from '#domain/providers/index.ts';
import { workers } from '#domain/workers/index.ts';
import { assessments } from '#domain/assessments/index.ts';
import { plans } from '#domain/plans/index.ts';
import { visits } from '#domain/visits/index.ts';
import { claims } from '#domain/claims/index.ts';
import { reporting } from '#domain/reporting/index.ts';
import { demoModule } from '#world/module.ts';

export const modules: readonly Module[] = [ledger, people, notices, providers, workers, assessments, plans, visits, claims, reporting, recordsModule(() => modules), demoModule];
