/** Decisions that no scale makes: an officer's coded refusal, and a grade taken over by an import. */
import type { Day } from '#kit/days.ts';
import type { Decision, Reason } from '#kit/decision.ts';
import { assert } from '#kit/refuse.ts';
import { stampOf } from '#platform/policy/index.ts';
import type { PolicyBook } from '#platform/policy/index.ts';
import type { RefusalCode } from '../model.ts';
import { refusalCodes } from '../policy.ts';
import { decideAcceptance } from '../rules.ts';
import type { ApplicationFacts } from '../rules.ts';

/** Grounds that the rule of acceptance can prove by days. */
export const EARLY_GROUNDS = ['LESS_THAN_6_MONTHS_DISABLED', 'LESS_THAN_6_MONTHS_SINCE_LAST'] as const satisfies readonly RefusalCode[];

export interface RefusalFacts {
  code: RefusalCode;
  note: string;
  on: Day;
  /** For the grounds of "too early": what the rule of acceptance goes by, with the day that the officer read in the medical record. */
  early?: ApplicationFacts;
  /** For "not insured" against the record: since when the record insures the person, and what the officer found elsewhere. */
  againstRecord?: { insuredFromOn: Day | null; found: string };
}

/**
 * An officer's refusal: the ground of the code list with the officer's note; for a ground of "too early" also what the rule says, with the day from
 * which to come again. Source: the edition assessments.refusalCodes of the day, and the figures of acceptance.
 */
export function decideRefusal({ code, note, on, early, againstRecord }: RefusalFacts, policy: PolicyBook): Decision<{ code: RefusalCode; groundZh: string; groundEn: string; note: string }> {
  const codes = policy.edition(refusalCodes, on);
  const ground = codes.value.codes.find((one) => one.code === code);
  assert(ground, `the ground ${code} stands in ${codes.file}`);
  const rule = early && decideAcceptance(early, policy);
  const officer: Reason = {
    rule: 'assessments.refusal', code: 'REFUSED_BY_OFFICER', params: { ground: code, groundZh: ground.zh, groundEn: ground.en, note },
    sources: [{ ...ground.source, status: codes.status, policy: codes.stampKey, file: codes.file }],
  };
  return {
    kind: 'assessments.refusal',
    value: { code, groundZh: ground.zh, groundEn: ground.en, note },
    reasons: [officer, ...(againstRecord ? [{ rule: 'assessments.refusal', code: 'REFUSED_AGAINST_RECORD', params: { insuredFromOn: againstRecord.insuredFromOn ?? '–', found: againstRecord.found }, sources: [] }] : []), ...(rule?.reasons.filter((one) => one.code === code) ?? [])],
    facts: { code, note, on, ...(early ? { early } : {}), ...(againstRecord ? { againstRecord } : {}) },
    stamp: { ...stampOf(codes), ...rule?.stamp },
  };
}

export interface ImportedGrade {
  grade: number;
  effectiveOn: Day;
  validUntilOn: Day;
  /** Where the grade stands in the file it came from. */
  sourceRef: string;
}

/** A grade that an import brought along: the reason says plainly that nobody assessed it here. */
export function takeOverGrade(facts: ImportedGrade): Decision<{ grade: number; effectiveOn: Day; validUntilOn: Day }> {
  const { grade, effectiveOn, validUntilOn, sourceRef } = facts;
  return {
    kind: 'assessments.imported',
    value: { grade, effectiveOn, validUntilOn },
    reasons: [{ rule: 'assessments.imported', code: 'GRADE_TAKEN_OVER', params: { grade, sourceRef }, sources: [] }],
    facts: { ...facts },
    stamp: {},
  };
}
