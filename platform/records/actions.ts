/** Explains a decision, and decides it again from its stored facts. */
import { isDeepStrictEqual } from 'node:util';
import type { Bilingual } from '#kit/contract.ts';
import type { Decision } from '#kit/decision.ts';
import type { Explanation, RerunOutcome } from '#kit/explanation.ts';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '../act.ts';
import type { KeptDecision } from '../decisions/keep.ts';
import { findDecision } from '../decisions/keep.ts';
import type { Module } from '../module.ts';
import { PolicyProblem } from '../policy/index.ts';
import type { PolicyBook } from '../policy/index.ts';
import type { Words } from '../words/words.ts';
import { explanationOf, headlineOf, reasonsOf } from './wording.ts';

/** What the records know of the house: its modules and all words. */
export interface Known {
  modules: readonly Module[];
  words: Words;
}

/** A stored decision, or what a module can explain by its codes (a claim line), in the actor's scope. Refuses with NOT_FOUND. */
export async function getKept(act: Act, { modules }: Known, id: string): Promise<KeptDecision> {
  const stored = await findDecision(act, id);
  if (stored) return stored;
  for (const module of modules) {
    const found = await module.explain?.(act, id);
    if (found) return found;
  }
  return refuse('NOT_FOUND', {}, { status: 404 });
}

/** The explanation of a decision. Refuses with NOT_FOUND. */
export async function explain(act: Act, known: Known, id: string): Promise<Explanation> {
  const kept = await getKept(act, known, id);
  return explanationOf(known.words, act.policy, kept, rerunOf(known, kept.kind) !== undefined, codeNamesOf(act, known, kept));
}

/** Names of the codes in the facts, as the deciding module knows them. */
function codeNamesOf(act: Act, { modules }: Known, kept: KeptDecision): ReadonlyMap<string, Bilingual> {
  return modules.find((one) => one.name === kept.kind.split('.')[0])?.codeNames?.(act, kept) ?? new Map();
}

/** The explanation of a decision about a person for whom the actor stands. Refuses with NOT_FOUND. */
export async function explainToFamily(act: Act, known: Known, id: string): Promise<Explanation> {
  const explanation = await explain(act, known, id);
  if (!act.actor.persons.some((one) => one.personId === explanation.personId)) refuse('NOT_FOUND', {}, { status: 404 });
  return explanation;
}

/**
 * Decides again from the stored facts under this city's policy, or, as an experiment, under another shipped city's.
 * Nothing is stored. Refuses with NOT_FOUND, RERUN_UNKNOWN, RERUN_CITY, RERUN_POLICY.
 */
export async function rerun(act: Act, known: Known, id: string, city?: string): Promise<RerunOutcome> {
  const kept = await getKept(act, known, id);
  const again = rerunOf(known, kept.kind) ?? refuse('RERUN_UNKNOWN', { kind: kept.kind });
  const policy = bookOf(act, city);
  const decision = await underPolicy(policy, () => again({ ...act, policy }, kept));
  const value = JSON.parse(JSON.stringify(decision.value)) as unknown;
  return {
    id: kept.id, kind: kept.kind, city: policy.about.city, cityName: policy.about.name, whatIf: policy.about.city !== act.policy.about.city,
    same: isDeepStrictEqual(value, kept.value), sameStamp: isDeepStrictEqual({ ...decision.stamp }, { ...kept.stamp }), headline: headlineOf(known.words, kept.kind, value), value,
    reasons: reasonsOf(known.words, policy, decision.reasons), stamp: decision.stamp,
  };
}

/** The book of this city, or of another that is shipped. Refuses with RERUN_CITY. */
export function bookOf(act: Act, city?: string): PolicyBook {
  if (city === undefined || city === act.policy.about.city) return act.policy;
  const cities = act.policy.cities().map((one) => one.city);
  if (!cities.includes(city)) refuse('RERUN_CITY', { city, cities: cities.join(', ') });
  return act.policy.city(city);
}

function rerunOf({ modules }: Known, kind: string): Module['reruns'][string] | undefined {
  for (const module of modules) if (module.reruns[kind]) return module.reruns[kind];
  return undefined;
}

/** A figure that a city has not published to us is an answer, not a bug. */
async function underPolicy(policy: PolicyBook, decide: () => Promise<Decision>): Promise<Decision> {
  try {
    return await decide();
  } catch (error) {
    if (!(error instanceof PolicyProblem)) throw error;
    const fault = error.faults[0];
    return refuse('RERUN_POLICY', { city: policy.about.name.zh, cityEn: policy.about.name.en, file: fault?.file ?? '' });
  }
}
