/** One claim line decided from its facts: entitlement, price, length, weekly cap, split. The set SQL of the close decides the same for a month. */
import type { Day } from '#kit/days.ts';
import type { Decision, PolicyStamp, Reason, SourceRef } from '#kit/decision.ts';
import { splitFen, yuan } from '#kit/money.ts';
import { stampOf } from '#platform/policy/index.ts';
import type { Amounts, StoredReason } from './model.ts';
import type { DayPrices } from './policy.ts';
import { dayPriceOf } from './policy.ts';

export interface LineFacts {
  kind: 'visit' | 'day';
  serviceOn: Day;
  mode: string;
  workerClass: string | null;
  /** Grade of the conclusion in force that day; null when there was none. */
  grade: number | null;
  minutes: number | null;
  plannedMin: number | null;
  /** Hourly price that the institution has filed for the class, if any. */
  filedFen: number | null;
  /** Minutes of the same week that were paid before this visit. */
  weekUsedMin: number;
  /** What an audit rule over several records found on it; such a line is refused. */
  finding: StoredReason | null;
}

export interface LineValue extends Amounts {
  outcome: 'paid' | 'cut' | 'refused';
  minutes: number | null;
  paidMinutes: number | null;
  /** The same amounts in yuan, for the sentence. */
  billed: string;
  fund: string;
  person: string;
  refused: string;
}

/** The figures of the line's day: from the policy book, or as the close kept them. */
export interface LinePolicy {
  figure(name: string): { value: unknown; sources: SourceRef[]; stamp: string };
  /** Sources of an audit rule with those of its parameters. */
  ruleSources(rule: string): SourceRef[];
}

const HOURLY = ['assessments.benefitMinGrade', 'plans.modes', 'claims.hourlyPriceFen', 'claims.fundRatioBp', 'claims.overrunToleranceMin', 'claims.maxVisitMin', 'claims.weeklyCapMin'] as const;
const BY_DAY = ['assessments.benefitMinGrade', 'plans.modes', 'claims.dayPriceFen', 'claims.fundRatioBp'] as const;

/** The figures that a line of this kind rests on, as a stamp. */
export function stampOfLine(kind: LineFacts['kind'], policy: LinePolicy): PolicyStamp {
  return stampOf(...(kind === 'visit' ? HOURLY : BY_DAY).map((name) => ({ stampKey: name, stamp: policy.figure(name).stamp })));
}

/**
 * Decides a line. Money is integer fen; minutes × hourly price / 60 and the fund's share are rounded half up, the person pays the rest.
 * Sources: the figures' own.
 */
export function decideLine(facts: LineFacts, policy: LinePolicy): Decision<LineValue> {
  const read = <T>(name: string) => policy.figure(name).value as T;
  const reasons: StoredReason[] = [];
  const entitled = facts.grade !== null && facts.grade >= read<number>('assessments.benefitMinGrade');
  if (entitled) reasons.push({ rule: 'entitlement', code: 'CLAIM_ENTITLED', params: {} });
  const price = priceOf(facts, read);
  reasons.push(price.reason);
  const refusal = facts.finding ?? (entitled ? null : outsideOf(facts, read('assessments.benefitMinGrade')));
  if (refusal) reasons.push(refusal);
  const billedFen = price.fen === null || price.byDay ? 0 : facts.kind === 'day' ? price.fen : forMinutes(facts.minutes ?? 0, price.fen);
  const length = refusal || facts.kind === 'day' || price.byDay ? { paid: refusal ? 0 : facts.kind === 'day' || price.byDay ? null : (facts.minutes ?? 0), reasons: [] } : lengthOf(facts, read);
  reasons.push(...length.reasons);
  const refused = refusal !== null || (price.fen === null && !price.byDay) || length.reasons.some((one) => one.code === 'WEEKLY_CAP_FULL');
  const payableFen = refused ? 0 : facts.kind === 'day' || length.paid === null ? billedFen : forMinutes(length.paid, price.fen ?? 0);
  const { fundFen, personFen } = splitFen(payableFen, read<Record<string, number>>('claims.fundRatioBp')[facts.mode] ?? 0);
  if (payableFen > 0) reasons.push({ rule: 'split', code: 'CLAIM_SPLIT', params: {} });
  const outcome = refused ? 'refused' : length.paid !== null && facts.minutes !== null && length.paid < facts.minutes ? 'cut' : 'paid';
  const value = valueOf({ outcome, minutes: facts.minutes, paidMinutes: length.paid, billedFen, fundFen, personFen, refusedFen: billedFen - payableFen });
  return { kind: 'claims.line', value, reasons: reasons.map((one) => wordedReason(one, { ...value, grade: facts.grade, priceFen: price.fen ?? 0 }, policy)), facts: { ...facts }, stamp: stampOfLine(facts.kind, policy) };
}

type Read = <T>(name: string) => T;

function forMinutes(minutes: number, hourlyFen: number): number {
  return Math.floor((minutes * hourlyFen + 30) / 60);
}

function priceOf(facts: LineFacts, read: Read): { fen: number | null; byDay: boolean; reason: StoredReason } {
  const price = (code: string, params: StoredReason['params'] = {}) => ({ rule: 'price', code, params });
  if (facts.kind === 'day') {
    const fen = dayPriceOf(read<DayPrices>('claims.dayPriceFen'), facts.mode as keyof DayPrices, facts.grade ?? 0);
    return { fen, byDay: false, reason: price(fen === null ? 'CLAIM_PRICE_NONE' : 'CLAIM_PRICE_DAY') };
  }
  if (read<Record<string, string>>('plans.modes')[facts.mode] === 'perDay') return { fen: 0, byDay: true, reason: price('CLAIM_COVERED_BY_DAY') };
  const listFen = read<Record<string, number>>('claims.hourlyPriceFen')[facts.workerClass ?? ''];
  if (listFen === undefined) return { fen: null, byDay: false, reason: price('CLAIM_PRICE_NONE') };
  if (facts.filedFen === null) return { fen: listFen, byDay: false, reason: price('CLAIM_PRICE_LIST') };
  const params = { listFen, filedFen: facts.filedFen };
  return { fen: Math.min(listFen, facts.filedFen), byDay: false, reason: price(facts.filedFen < listFen ? 'CLAIM_PRICE_FILED' : 'CLAIM_PRICE_CEILING', params) };
}

function outsideOf(facts: LineFacts, minGrade: number): StoredReason {
  const params = { serviceOn: facts.serviceOn, ...(facts.grade === null ? {} : { grade: facts.grade }), minGrade };
  return { rule: 'outside-entitlement', code: facts.grade === null ? 'OUTSIDE_ENTITLEMENT_NONE' : 'OUTSIDE_ENTITLEMENT_GRADE', params };
}

/** Minutes that are paid: first the plan and the longest visit, then what the week has left. */
function lengthOf(facts: LineFacts, read: Read): { paid: number; reasons: StoredReason[] } {
  const minutes = facts.minutes ?? 0;
  const toleranceMin = read<number>('claims.overrunToleranceMin');
  const maxMin = read<number>('claims.maxVisitMin');
  const reasons: StoredReason[] = [];
  const beyondPlan = facts.plannedMin !== null && minutes > facts.plannedMin + toleranceMin;
  let paid = Math.min(beyondPlan ? facts.plannedMin! : minutes, maxMin);
  if (paid < minutes) reasons.push({ rule: 'over-long', code: beyondPlan ? 'OVER_LONG_PLAN' : 'OVER_LONG_VISIT', params: { minutes, plannedMin: facts.plannedMin, toleranceMin, maxMin, paidMin: paid } });
  const capMin = facts.grade === null ? undefined : read<Record<string, number>>('claims.weeklyCapMin')[String(facts.grade)];
  if (capMin !== undefined) {
    const left = Math.max(0, capMin - facts.weekUsedMin);
    if (left < paid) {
      reasons.push({ rule: 'weekly-cap', code: left === 0 ? 'WEEKLY_CAP_FULL' : 'WEEKLY_CAP_CUT', params: { grade: facts.grade, capMin, usedMin: facts.weekUsedMin, minutes: paid, paidMin: left } });
      paid = left;
    }
  }
  return { paid, reasons };
}

/** The value with its amounts in yuan for the sentence. */
export function valueOf(value: Omit<LineValue, 'billed' | 'fund' | 'person' | 'refused'>): LineValue {
  return { ...value, billed: yuan(value.billedFen), fund: yuan(value.fundFen), person: yuan(value.personFen), refused: yuan(value.refusedFen) };
}

/** A kept reason with the parameters of its sentence (those of the line among them, money in yuan) and its sources. */
export function wordedReason(reason: StoredReason, line: LineValue & { grade: number | null; priceFen: number; fundRatioBp?: number }, policy: LinePolicy): Reason {
  const { listFen, filedFen } = reason.params;
  const payableFen = line.billedFen - line.refusedFen;
  const params = {
    grade: line.grade, minutes: line.minutes, paidMinutes: line.paidMinutes, price: yuan(line.priceFen), billed: line.billed, fund: line.fund, person: line.person, payable: yuan(payableFen),
    ...(typeof listFen === 'number' ? { list: yuan(listFen) } : {}), ...(typeof filedFen === 'number' ? { filed: yuan(filedFen) } : {}), ...reason.params,
    refused: line.refused,
  };
  return { rule: reason.rule, code: reason.code, params, sources: sourcesOf(reason, policy) };
}

function sourcesOf(reason: StoredReason, policy: LinePolicy): SourceRef[] {
  if (reason.rule === 'entitlement') return policy.figure('assessments.benefitMinGrade').sources;
  if (reason.rule === 'split') return policy.figure('claims.fundRatioBp').sources;
  if (reason.rule !== 'price') return policy.ruleSources(reason.rule);
  if (reason.code === 'CLAIM_COVERED_BY_DAY') return policy.figure('plans.modes').sources;
  return policy.figure(reason.code === 'CLAIM_PRICE_DAY' ? 'claims.dayPriceFen' : 'claims.hourlyPriceFen').sources;
}
