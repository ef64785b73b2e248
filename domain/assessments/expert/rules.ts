/** Rules before publication: what the experts' voices decide, who is drawn among the experts, and whether the insurer's check is asked for. */
import { createHash } from 'node:crypto';
import type { Day } from '#kit/days.ts';
import type { Decision, Reason } from '#kit/decision.ts';
import { PolicyProblem, stampOf, type FigureOn, type PolicyBook } from '#platform/policy/index.ts';
import { confirmExperts } from '../policy.ts';
import { countVoices } from './model.ts';
import type { Voice, VoiceOutcome } from './model.ts';
import { expertDraw, expertsOnDisagreement, insurerCheck, maxReturns, onSiteExpertConfirms, returnWorkingDays } from './policy.ts';

/** How many agreeing experts a case needs, and how many are asked at most; null where one disagreement returns it. */
export function expertsNeeded(policy: PolicyBook, filedOn: Day): { needed: FigureOn<number>; atMost: FigureOn<number> | null } {
  return { needed: policy.figure(confirmExperts, filedOn), atMost: policy.has(expertsOnDisagreement, filedOn) ? policy.figure(expertsOnDisagreement, filedOn) : null };
}

export interface VoiceFacts {
  filedOn: Day;
  agreed: number;
  disagreed: number;
}

/** What the voices decide: confirmed, returned, or waiting for more. Source: 医保发〔2023〕29号 art. 22; the third expert is of this project. */
export function decideVoices({ filedOn, agreed, disagreed }: VoiceFacts, policy: PolicyBook): Decision<VoiceOutcome> {
  const { needed, atMost } = expertsNeeded(policy, filedOn);
  const voices: Voice[] = [...Array<Voice>(agreed).fill({ agrees: true }), ...Array<Voice>(disagreed).fill({ agrees: false })];
  const { outcome } = countVoices(voices, needed.value, atMost?.value ?? null);
  const used = atMost ? [needed, atMost] : [needed];
  const params = { agreed, disagreed, needed: needed.value, atMost: atMost?.value ?? needed.value };
  const code = { confirmed: 'EXPERTS_CONFIRM', returned: atMost ? 'EXPERTS_CANNOT_CONFIRM' : 'EXPERTS_ONE_DISAGREES', waiting: 'EXPERTS_WAITING' } as const;
  const reason: Reason = { rule: 'assessments.voices', code: code[outcome], params, sources: used.flatMap((one) => one.sources) };
  return { kind: 'assessments.confirmation', value: outcome, reasons: [reason], facts: { filedOn, agreed, disagreed }, stamp: stampOf(...used) };
}

/** True where the city draws the experts of cases filed that day by lot. */
export function drawAsked(policy: PolicyBook, filedOn: Day): boolean {
  return policy.has(expertDraw, filedOn) && policy.figure(expertDraw, filedOn).value;
}

/** True where the commissioned insurer's check comes before the notice of cases filed that day. */
export function checkAsked(policy: PolicyBook, filedOn: Day): boolean {
  return policy.has(insurerCheck, filedOn) && policy.figure(insurerCheck, filedOn).value;
}

/** True where the city lets an expert who was on site confirm that visit, in cases filed that day. */
export function ownVisitAllowed(policy: PolicyBook, filedOn: Day): boolean {
  return policy.has(onSiteExpertConfirms, filedOn) && policy.figure(onSiteExpertConfirms, filedOn).value;
}

/** The periods of filing for which a yes-or-no figure says yes, for set work; `to` null while it lasts. */
export function askedPeriods(policy: PolicyBook, need: typeof insurerCheck): { from: Day; to: Day | null }[] {
  const rows = policy.all().filter((row) => row.name === need.name);
  const own = rows.filter((row) => row.area === policy.about.city);
  return (own.length > 0 ? own : rows).filter((row) => row.value === true).map(({ from, to }) => ({ from, to }));
}

export interface DrawFacts {
  /** Case number and day of filing. */
  number: string;
  filedOn: Day;
  /** Office day on which the assessment was recorded. */
  day: Day;
  /** Made before anybody knew the assessment, its SHA-256 published then; revealed with the draw. */
  secret: string;
  commitment: string;
  committedAt: string;
  /** Accounts that could be drawn, sorted. No names: the institution may read the decision, and is not to know whom to call. */
  eligible: string[];
  /** Who has given a voice already and stays. */
  stay: string[];
  count: number;
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Draws experts so that anybody can compute it again: seed = SHA-256 of number|day|secret; each expert's lot = SHA-256 of seed|account; the
 * lowest lots are drawn. The secret was fixed by its published SHA-256 before the assessment, so nobody can choose the result.
 */
export function drawExperts(facts: DrawFacts, policy: PolicyBook): Decision<{ drawn: string[] }> {
  const eligible = [...facts.eligible].sort();
  const seed = sha256(`${facts.number}|${facts.day}|${facts.secret}`);
  const lots = eligible.map((account) => ({ account, lot: sha256(`${seed}|${account}`) })).sort((a, b) => (a.lot < b.lot ? -1 : 1)).map((one) => one.account);
  const staying = lots.filter((account) => facts.stay.includes(account));
  const drawn = [...staying, ...lots.filter((account) => !facts.stay.includes(account))].slice(0, Math.max(facts.count, staying.length));
  const used = policy.figure(expertDraw, facts.filedOn);
  const told = (code: string, params: Reason['params']): Reason => ({ rule: 'assessments.expertDraw', code, params, sources: used.sources });
  return {
    kind: 'assessments.expertDraw',
    value: { drawn },
    reasons: [
      told('DRAW_COMMITTED', { commitment: facts.commitment, committedAt: facts.committedAt }),
      told('DRAW_SEED', { number: facts.number, day: facts.day, seed }),
      told('DRAW_LOTS', { eligible: eligible.length, count: facts.count, drawn: drawn.length }),
    ],
    facts: { ...facts, eligible },
    stamp: stampOf(used),
  };
}

/** Last day for the new assessment of a case returned today; without the figure none, without the calendar its file. */
export function returnDue(policy: PolicyBook, filedOn: Day, returnedOn: Day): { dueOn: Day | null; calendarMissing: string | null } {
  if (!policy.has(returnWorkingDays, filedOn)) return { dueOn: null, calendarMissing: null };
  try {
    return { dueOn: policy.workingDays.addWorkingDays(returnedOn, policy.figure(returnWorkingDays, filedOn).value), calendarMissing: null };
  } catch (error) {
    if (error instanceof PolicyProblem) return { dueOn: null, calendarMissing: error.faults[0]?.file ?? '' };
    throw error;
  }
}

/** Returns of a case after which another institution is advised; null where the city has no such figure. */
export function returnsAllowed(policy: PolicyBook, filedOn: Day): number | null {
  return policy.has(maxReturns, filedOn) ? policy.figure(maxReturns, filedOn).value : null;
}
