/** What of a finished visit waits to be sent, in which order, and what to do after a failure. Pure. */
import type { Rendition } from '#domain/assessments/onsite/model.ts';
import type { Part, Visit } from './shapes.ts';

export type Work =
  | { do: 'visit' }
  | { do: 'part'; part: Part }
  | { do: 'manifest'; rendition: Rendition }
  | { do: 'submit' }
  | { do: 'close' };

export interface Net {
  /** The phone is on Wi-Fi or a cable, as far as it can tell. */
  free: boolean;
}

/**
 * The next thing to send of a visit: answers, photographs, the low rendition, handing in, then the full rendition (over a network
 * that costs nothing, or when asked), then the receipt. Null: nothing to do now.
 */
export function nextWork(visit: Visit, parts: readonly Part[], net: Net): Work | null {
  const { sent } = visit;
  if (visit.finishedAt === null || sent.refusal) return null;
  if (!sent.made) {
    if (sent.revision < visit.revision) return { do: 'visit' };
    return partOf(parts, 'evidence') ?? renditionWork(visit, parts, 'low') ?? { do: 'submit' };
  }
  if (!isWhole(visit, parts, 'full') && !net.free && !sent.fullAsked) return null;
  return renditionWork(visit, parts, 'full') ?? { do: 'close' };
}

function partOf(parts: readonly Part[], kind: Part['kind']): Work | null {
  const part = parts.find((one) => one.kind === kind && !one.sent);
  return part ? { do: 'part', part } : null;
}

function renditionWork(visit: Visit, parts: readonly Part[], rendition: Rendition): Work | null {
  if (isWhole(visit, parts, rendition)) return null;
  return partOf(parts, rendition) ?? { do: 'manifest', rendition };
}

/** True when the server has sealed a rendition, or there is none to send. */
export function isWhole(visit: Visit, parts: readonly Part[], rendition: Rendition): boolean {
  return visit.sent.sealed.includes(rendition) || !parts.some((one) => one.kind === rendition);
}

export interface Lot {
  name: 'answers' | 'photos' | 'low' | 'full';
  done: number;
  total: number;
  bytes: number;
  state: 'none' | 'waiting' | 'sending' | 'done' | 'held';
}

/** The four lots of a visit with how far each is; `held`: waits for a free network or for the assessor's word. */
export function lotsOf(visit: Visit, parts: readonly Part[], net: Net, busy: boolean): Lot[] {
  const next = nextWork(visit, parts, net);
  const lot = (name: Lot['name'], done: number, total: number, bytes: number, whole: boolean, now: boolean): Lot => ({ name, done, total, bytes, state: total === 0 ? 'none' : whole ? 'done' : now && busy ? 'sending' : 'waiting' });
  const answers = Object.keys(visit.content.answers).length;
  const taken = visit.sent.revision >= visit.revision;
  const lots = [lot('answers', taken ? answers : 0, answers, 0, taken, next?.do === 'visit')];
  for (const [name, kind] of [['photos', 'evidence'], ['low', 'low'], ['full', 'full']] as const) {
    const own = parts.filter((one) => one.kind === kind);
    const done = own.filter((one) => one.sent).length;
    const now = (next?.do === 'part' && next.part.kind === kind) || (next?.do === 'manifest' && next.rendition === kind);
    const whole = kind === 'evidence' ? done === own.length : isWhole(visit, parts, kind);
    const one = lot(name, done, own.length, own.reduce((sum, part) => sum + part.bytes, 0), whole, now);
    const held = kind === 'full' && one.state === 'waiting' && visit.sent.made !== null && next === null;
    lots.push(held ? { ...one, state: 'held' } : one);
  }
  return lots;
}

/** Pauses between tries: 2, 4, 8 … at most 60 seconds. `tries` counts the failures in a row, from 1. */
export function pauseMs(tries: number): number {
  return Math.min(60_000, 1000 * 2 ** Math.min(tries, 6));
}

export type Failure = 'again' | 'signedOut' | 'notOurs' | 'refused';

/** What a failed call means: try again later, sign in again (as the one whose visit it is), the case is somebody else's now, or the server says no. */
export function failureOf(problem: { status: number; code: string }): Failure {
  if (problem.code === 'SIGN_IN_NEEDED' || problem.code === 'SITE_VISIT_ACCOUNT' || problem.status === 401) return 'signedOut';
  if (['ASSESSMENT_INSTITUTION', 'SITE_VISIT_FOREIGN', 'NOT_FOUND'].includes(problem.code)) return 'notOurs';
  if (problem.status === 0 || problem.status >= 500 || problem.status === 408 || problem.status === 425 || problem.status === 429) return 'again';
  return 'refused';
}
