/** Which institutions a case is offered to, in which order, and why the others are left out. */
import { createHash } from 'node:crypto';
import type { Day } from '#kit/days.ts';
import type { Decision, Reason, SourceRef } from '#kit/decision.ts';
import { stampOf } from '#platform/policy/index.ts';
import type { EditionOn, FigureOn, PolicyBook } from '#platform/policy/index.ts';
import { groundParams } from './grounds.ts';
import type { AvoidanceGround } from './grounds.ts';
import type { Exclusion } from './model.ts';
import { casesPerAssessor, dispatchRule } from './policy.ts';
import type { DispatchRule } from './policy.ts';

/** An assessment institution as it stands when the case is dispatched. */
export interface InstitutionFacts {
  id: string;
  name: string;
  districtCode: string;
  /** The agreement holds on the day. */
  agreed: boolean;
  /** The agreement is suspended on the day. */
  paused: boolean;
  /** Active assessors of the register. */
  assessors: number;
  openOrders: number;
  monthOrders: number;
  lastIssuedAt: string | null;
  /** Of the window of past performance. */
  windowOrders: number;
  windowRefused: number;
  windowLate: number;
  windowReturned: number;
  /** Why it keeps away from this case. */
  avoided: { ground: AvoidanceGround; detail: string | null } | null;
}

export interface DispatchFacts {
  number: string;
  on: Day;
  districtCode: string;
  /** A review, or a case back after an upheld objection: institutions of other districts come into question too. */
  elsewhere: boolean;
  /** The city asks for entry in the register: an institution without active assessors is left out. */
  entryAsked: boolean;
  institutions: InstitutionFacts[];
}

export interface Candidate {
  institutionId: string;
  name: string;
  districtCode: string;
  place: number;
  points: number;
  capacityPoints: number;
  rotationPoints: number;
  performancePoints: number;
  capacity: number | null;
  openOrders: number;
  monthOrders: number;
  faultShareBp: number;
  drawn: boolean;
}

export interface Excluded {
  institutionId: string;
  name: string;
  districtCode: string;
  why: Exclusion;
  ground: AvoidanceGround | null;
  detail: string | null;
}

export interface Proposal {
  proposed: Candidate[];
  excluded: Excluded[];
}

const AVOIDANCE: SourceRef = { document: 'changzhou-2023-12', article: '附件1', status: 'verified' };
const AGREEMENT: SourceRef = { document: 'nhsa-2023-29', status: 'unverified' };

/**
 * The institutions in the order in which a case is offered to them. Points for free capacity (cases of the active assessors less open
 * orders), rotation (fewest orders of the month for its size) and past performance (refused, late and returned orders); those of the own
 * district come before others. Equal ones: the longest since the last order, then a draw that anybody can repeat, SHA-256 of case number,
 * day and institution. Edition assessments.dispatchRule; figure assessments.casesPerAssessor.
 */
export function decideDispatch(facts: DispatchFacts, policy: PolicyBook): Decision<Proposal> {
  const rule = policy.edition(dispatchRule, facts.on);
  const perAssessor = policy.figure(casesPerAssessor, facts.on);
  const left = facts.institutions.map((one) => ({ one, why: exclusionOf(one, facts) }));
  const own = left.filter(({ one, why }) => why === null && one.districtCode === facts.districtCode);
  const abroad = facts.elsewhere || (own.length === 0 && left.some(({ one, why }) => one.districtCode === facts.districtCode && (why === 'DISPATCH_RECUSED' || why === 'DISPATCH_REVIEWED')));
  const inQuestion = left.map(({ one, why }) => ({ one, why: why ?? (one.districtCode === facts.districtCode || abroad ? null : ('DISPATCH_OTHER_DISTRICT' as const)) }));
  const proposed = ranked(inQuestion.filter(({ why }) => why === null).map(({ one }) => one), facts, rule.value, perAssessor.value);
  const excluded = inQuestion.flatMap(({ one, why }): Excluded[] =>
    why === null || (why === 'DISPATCH_OTHER_DISTRICT') ? [] : [{ institutionId: one.id, name: one.name, districtCode: one.districtCode, why, ground: one.avoided?.ground ?? null, detail: one.avoided?.detail ?? null }])
    .filter((one) => abroad || one.districtCode === facts.districtCode);
  return {
    kind: 'assessments.dispatch', value: { proposed, excluded }, reasons: reasonsOf(proposed, excluded, rule, perAssessor), facts: { ...facts },
    stamp: stampOf(rule, perAssessor),
  };
}

function exclusionOf(one: InstitutionFacts, facts: DispatchFacts): Exclusion | null {
  if (!one.agreed) return 'DISPATCH_NO_AGREEMENT';
  if (one.paused) return 'DISPATCH_PAUSED';
  if (one.avoided?.ground === 'reviewed') return 'DISPATCH_REVIEWED';
  if (one.avoided) return 'DISPATCH_RECUSED';
  return facts.entryAsked && one.assessors === 0 ? 'DISPATCH_NO_ASSESSORS' : null;
}

interface Weighed extends Omit<Candidate, 'place' | 'drawn'> {
  lastIssuedAt: string | null;
}

function ranked(institutions: readonly InstitutionFacts[], facts: DispatchFacts, rule: DispatchRule, perAssessor: number): Candidate[] {
  const load = (one: InstitutionFacts): number => one.monthOrders / Math.max(1, one.assessors);
  const heaviest = Math.max(0, ...institutions.map(load));
  const weighed = institutions.map((one): Weighed => {
    const capacity = one.assessors === 0 ? null : one.assessors * perAssessor;
    const free = capacity === null ? 0 : Math.max(0, capacity - one.openOrders) / capacity;
    const faultShareBp = one.windowOrders === 0 ? 0 : Math.min(10_000, Math.round(((one.windowRefused + one.windowLate + one.windowReturned) * 10_000) / one.windowOrders));
    const band = rule.performanceBands.find((two) => faultShareBp <= two.upToBp);
    const capacityPoints = rounded(rule.weights.capacity * free);
    const rotationPoints = rounded(rule.weights.rotation * (heaviest === 0 ? 1 : 1 - load(one) / heaviest));
    const performancePoints = rounded((rule.weights.performance * (band?.percent ?? 0)) / 100);
    return {
      institutionId: one.id, name: one.name, districtCode: one.districtCode, points: rounded(capacityPoints + rotationPoints + performancePoints), capacityPoints, rotationPoints, performancePoints, capacity,
      openOrders: one.openOrders, monthOrders: one.monthOrders, faultShareBp, lastIssuedAt: one.lastIssuedAt,
    };
  });
  const home = (one: Weighed): number => (one.districtCode === facts.districtCode ? 0 : 1);
  const before = (a: Weighed, b: Weighed): number => home(a) - home(b) || b.points - a.points || compare(a.lastIssuedAt ?? '', b.lastIssuedAt ?? '');
  // Lots are drawn only where institutions stand equal: a batch decides thousands of cases.
  const draws = new Map<string, string>();
  const draw = (id: string): string => draws.get(id) ?? draws.set(id, drawOf(facts, id)).get(id)!;
  const sorted = weighed.sort((a, b) => before(a, b) || compare(draw(a.institutionId), draw(b.institutionId)));
  return sorted.map(({ lastIssuedAt: _last, ...one }, at) => ({ ...one, place: at + 1, drawn: [sorted[at - 1], sorted[at + 1]].some((two) => two !== undefined && before(sorted[at]!, two) === 0) }));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const rounded = (points: number): number => Math.round(points * 100) / 100;

/** The draw among equals: the lower hash comes first; anybody who knows the number of the case and the day can repeat it. */
export function drawOf({ number, on }: { number: string; on: Day }, institutionId: string): string {
  return createHash('sha256').update(`${number}|${on}|${institutionId}`).digest('hex');
}

function reasonsOf(proposed: readonly Candidate[], excluded: readonly Excluded[], rule: EditionOn<DispatchRule>, perAssessor: FigureOn): Reason[] {
  const said = (code: string, params: Reason['params'], sources: SourceRef[]): Reason => ({ rule: 'assessments.dispatch', code, params, sources });
  const byRule = [...rule.sources, ...perAssessor.sources];
  const out = excluded.map((one) => said(one.why, { institution: one.name, ...(one.ground === null ? {} : groundParams({ ground: one.ground, detail: one.detail })) }, [one.ground === null ? AGREEMENT : AVOIDANCE]));
  const first = proposed[0];
  if (first === undefined) return [said('DISPATCH_NOBODY', {}, byRule), ...out];
  const placed = proposed.map((one) => said('DISPATCH_PLACED', {
    place: one.place, institution: one.name, points: one.points, capacityPoints: one.capacityPoints, rotationPoints: one.rotationPoints, performancePoints: one.performancePoints, openOrders: one.openOrders, monthOrders: one.monthOrders, capacity: one.capacity, faultPercent: one.faultShareBp / 100,
  }, byRule));
  const drawn = first.drawn ? [said('DISPATCH_DRAWN', { institution: first.name }, rule.sources)] : [];
  const full = first.capacity !== null && first.openOrders >= first.capacity ? [said('DISPATCH_FULL', { institution: first.name, openOrders: first.openOrders, capacity: first.capacity }, perAssessor.sources)] : [];
  return [...placed, ...drawn, ...full, ...out];
}
