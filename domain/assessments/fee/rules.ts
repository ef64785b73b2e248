/** What an institution is paid for a conclusion. The same as sql/lines.sql says for a month of them; a test holds the two equal. */
import type { Day } from '#kit/days.ts';
import type { Decision } from '#kit/decision.ts';
import { yuan } from '#kit/money.ts';
import { stampOf } from '#platform/policy/index.ts';
import type { PolicyBook } from '#platform/policy/index.ts';
import type { ApplicationKind } from '../model.ts';
import type { FeeCode } from './model.ts';
import { feeFen } from './policy.ts';

export interface FeeFacts extends Record<string, unknown> {
  kind: ApplicationKind;
  grade: number;
  concludedOn: Day;
  /** First day of the month that is settled. */
  firstOn: Day;
  /** Grade of the last review or final review of this conclusion, null when there was none. */
  reviewedGrade: number | null;
  /** Price of the conclusion in an earlier line, and what its lines add up to; null when it has none. */
  settled: { priceFen: number; amountFen: number } | null;
}

export interface FeeValue {
  amountFen: number;
  priceFen: number;
  amount: string;
  code: FeeCode;
}

/**
 * The line of a conclusion in a month: its price by kind on the day of the conclusion; nothing where a review or final review ended with another
 * grade, and what was settled before is taken back; given again where a final review proves it right. Null when nothing is to be settled.
 * Source: assessments.feeFen (渝中方案 四（二）); who bears an overturned assessment is this project's reading.
 */
export function decideFee(facts: FeeFacts, policy: PolicyBook): Decision<FeeValue> | null {
  const figure = policy.figure(feeFen, facts.concludedOn);
  const priceFen = facts.settled?.priceFen ?? (figure.value as Record<string, number>)[facts.kind] ?? 0;
  const overturned = facts.reviewedGrade !== null && facts.reviewedGrade !== facts.grade;
  const amountFen = (overturned ? 0 : priceFen) - (facts.settled?.amountFen ?? 0);
  if (facts.settled && amountFen === 0) return null;
  const code = facts.settled === null ? (overturned ? 'FEE_OVERTURNED' : facts.concludedOn < facts.firstOn ? 'FEE_LATE' : 'FEE_DUE') : overturned ? 'FEE_TAKEN_BACK' : 'FEE_RESTORED';
  const { kind, grade, concludedOn, reviewedGrade } = facts;
  return {
    kind: 'assessments.fee', value: { amountFen, priceFen, amount: yuan(amountFen), code },
    reasons: [
      { rule: 'assessments.fee.price', code: 'FEE_PRICE', params: { kind, concludedOn, price: yuan(priceFen) }, sources: figure.sources },
      { rule: 'assessments.fee.due', code, params: { grade, reviewedGrade, concludedOn, amount: yuan(amountFen), price: yuan(priceFen) }, sources: figure.sources },
    ],
    facts, stamp: stampOf(figure),
  };
}
