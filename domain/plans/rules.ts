/** Whether a plan may be admitted: facts + policy → decision, and what a week of it is expected to cost. Every figure carries its own source. */
import type { Day } from '#kit/days.ts';
import type { Decision, Reason, SourceRef } from '#kit/decision.ts';
import { splitFen } from '#kit/money.ts';
import type { RefusalParams } from '#kit/refuse.ts';
import { type PolicyBook, stampOf, type Stamped } from '#platform/policy/index.ts';
import { benefitMinGrade } from '#domain/assessments/policy.ts';
import { catalogue, itemWords } from '#domain/providers/policy.ts';
import { dayPriceFen, fundRatioBp, hourlyPriceFen, weeklyCapMin } from './figures.ts';
import { KIND_OF_MODE, type PlanMode, type PlannedItem, weekMinOf } from './model.ts';
import { modes, unreasonableShareBp } from './policy.ts';

export interface PlanFacts {
  mode: PlanMode;
  fromOn: Day;
  /** Grade of the conclusion that counts on `fromOn`; null when none does. */
  grade: number | null;
  /** First day of the next conclusion with a benefit, when none counts on `fromOn`. */
  entitledFromOn: Day | null;
  institutionKind: string;
  items: PlannedItem[];
}

export interface WeekCost {
  billedFen: number;
  fundFen: number;
  personFen: number;
  /** Planned minutes beyond the weekly cap: they are not paid by the fund. */
  overCapMin: number;
}

export interface Admission {
  admitted: boolean;
  /** Code and parameters of the refusal. */
  refusal: { code: string; params: RefusalParams } | null;
  weekMin: number;
  weeklyCapMin: number | null;
  week: WeekCost | null;
}

interface Verdict {
  reasons: Reason[];
  refusal: Admission['refusal'];
}

/** Goes through the rules in order; the first one that a plan breaks refuses it. */
export function decidePlan(facts: PlanFacts, policy: PolicyBook): Decision<Admission> {
  const used: Stamped[] = [];
  const use = <T extends Stamped>(one: T): T => (used.push(one), one);
  const verdict: Verdict = { reasons: [], refusal: null };
  const rule = (name: string, code: string, refusalCode: string, holds: boolean, params: RefusalParams, sources: SourceRef[]) => {
    if (verdict.refusal) return;
    verdict.reasons.push({ rule: `plans.${name}`, code: holds ? code : refusalCode, params, sources });
    if (!holds) verdict.refusal = { code: refusalCode, params };
  };

  const minGrade = use(policy.figure(benefitMinGrade, facts.fromOn));
  rule('entitlement', 'PLAN_ENTITLED', 'PLAN_NO_ENTITLEMENT', facts.grade !== null && facts.grade >= minGrade.value, { grade: facts.grade, minGrade: minGrade.value, on: facts.fromOn, entitledFromOn: facts.entitledFromOn }, minGrade.sources);
  const offered = use(policy.figure(modes, facts.fromOn));
  rule('mode', 'PLAN_MODE_OFFERED', 'PLAN_MODE_NOT_OFFERED', offered.value[facts.mode] !== undefined, { mode: facts.mode, city: policy.about.name.zh, on: facts.fromOn }, offered.sources);
  rule('institution', 'PLAN_INSTITUTION_FITS', 'PLAN_INSTITUTION_KIND', facts.institutionKind === KIND_OF_MODE[facts.mode], { mode: facts.mode, kind: facts.institutionKind, needed: KIND_OF_MODE[facts.mode] }, offered.sources);
  itemRules(facts, policy, use, rule);
  const weekMin = facts.items.reduce((sum, item) => sum + weekMinOf(item, 'registered'), 0);
  const cap = capOf(facts, policy, use);
  if (cap !== null && facts.mode === 'homeVisit') {
    const share = use(policy.figure(unreasonableShareBp, facts.fromOn));
    const most = Math.floor((cap.value * share.value) / 10_000);
    rule('week', weekMin > cap.value ? 'PLAN_OVER_CAP' : 'PLAN_WITHIN_CAP', 'PLAN_UNREASONABLE', weekMin <= most, { weekMin, capMin: cap.value, mostMin: most, overCapMin: Math.max(0, weekMin - cap.value) }, [...cap.sources, ...share.sources]);
  }
  const week = facts.grade === null ? null : weekCost(facts, policy, use, cap?.value ?? null, weekMin);
  return {
    kind: 'plans.admission',
    value: { admitted: verdict.refusal === null, refusal: verdict.refusal, weekMin, weeklyCapMin: cap?.value ?? null, week },
    reasons: verdict.reasons,
    facts: { ...facts },
    stamp: stampOf(...used),
  };
}

type Use = <T extends Stamped>(one: T) => T;
type Rule = (name: string, code: string, refusalCode: string, holds: boolean, params: RefusalParams, sources: SourceRef[]) => void;

/** Every item stands in the catalogue of the day, once, with a frequency that fits a day and a week. */
function itemRules(facts: PlanFacts, policy: PolicyBook, use: Use, rule: Rule): void {
  const list = use(policy.edition(catalogue, facts.fromOn));
  const known = new Set(list.value.items.map((item) => item.code));
  const codes = facts.items.map((item) => item.itemCode);
  const unknown = codes.filter((code) => !known.has(code));
  const twice = codes.find((code, at) => codes.indexOf(code) !== at);
  if (facts.mode === 'homeVisit') rule('items', 'PLAN_HAS_ITEMS', 'PLAN_ITEMS_NEEDED', codes.length > 0, { items: codes.length }, list.sources);
  rule('catalogue', 'PLAN_ITEMS_IN_CATALOGUE', 'PLAN_ITEM_UNKNOWN', unknown.length === 0, { items: codes.length, unknown: unknown.join('、'), edition: list.id, on: facts.fromOn }, list.sources);
  rule('once', 'PLAN_ITEMS_ONCE', 'PLAN_ITEM_TWICE', twice === undefined, { item: twice ?? '', ...itemWords(list.value.items, twice ?? '') }, list.sources);
  const absurd = facts.items.find((item) => item.timesPerWeek > item.timesPerDay * 7 || item.timesPerWeek < item.timesPerDay);
  const dayMin = facts.items.reduce((sum, item) => sum + item.minutes * item.timesPerDay, 0);
  rule('frequency', 'PLAN_FREQUENCY_FITS', 'PLAN_FREQUENCY', absurd === undefined, { item: absurd?.itemCode ?? '', ...itemWords(list.value.items, absurd?.itemCode ?? ''), timesPerDay: absurd?.timesPerDay ?? 0, timesPerWeek: absurd?.timesPerWeek ?? 0 }, list.sources);
  rule('day', 'PLAN_DAY_FITS', 'PLAN_DAY_TOO_LONG', dayMin <= 1440, { dayMin }, list.sources);
}

function capOf(facts: PlanFacts, policy: PolicyBook, use: Use): ({ value: number } & Pick<Stamped, 'sources'>) | null {
  if (facts.mode !== 'homeVisit' || facts.grade === null || !policy.has(weeklyCapMin, facts.fromOn)) return null;
  const caps = use(policy.figure(weeklyCapMin, facts.fromOn));
  const value = caps.value[String(facts.grade)];
  return value === undefined ? null : { value, sources: caps.sources };
}

/** An estimate: nurse-only items at the nurse's price, others at a trained carer's; modes by the day for seven days. Null when a price is not published. */
function weekCost(facts: PlanFacts, policy: PolicyBook, use: Use, capMin: number | null, weekMin: number): WeekCost | null {
  const { fromOn, mode } = facts;
  if (!policy.has(fundRatioBp, fromOn)) return null;
  const ratio = policy.figure(fundRatioBp, fromOn);
  const share = ratio.value[mode];
  const billedFen = mode === 'homeVisit' ? visitsFen(facts, policy, use) : daysFen(facts, policy, use);
  if (share === undefined || billedFen === null) return null;
  use(ratio);
  const overCapMin = capMin === null ? 0 : Math.max(0, weekMin - capMin);
  const payableFen = overCapMin === 0 ? billedFen : Math.round((billedFen * (weekMin - overCapMin)) / weekMin);
  return { billedFen: payableFen, ...splitFen(payableFen, share), overCapMin };
}

function visitsFen(facts: PlanFacts, policy: PolicyBook, use: Use): number | null {
  if (!policy.has(hourlyPriceFen, facts.fromOn)) return null;
  const prices = use(policy.figure(hourlyPriceFen, facts.fromOn)).value;
  const nurseOnly = new Set(policy.edition(catalogue, facts.fromOn).value.items.filter((item) => item.nurseOnly).map((item) => item.code));
  let fen = 0;
  for (const item of facts.items) {
    const price = prices[nurseOnly.has(item.itemCode) ? 'nurse' : 'trained'];
    if (price === undefined) return null;
    fen += (weekMinOf(item, 'registered') * price) / 60;
  }
  return Math.round(fen);
}

function daysFen(facts: PlanFacts, policy: PolicyBook, use: Use): number | null {
  if (!policy.has(dayPriceFen, facts.fromOn)) return null;
  const price = use(policy.figure(dayPriceFen, facts.fromOn)).value[facts.mode];
  const perDay = typeof price === 'object' ? price[String(facts.grade)] : price;
  return perDay === undefined ? null : perDay * 7;
}
