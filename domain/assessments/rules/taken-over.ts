/** Decisions that no scale makes: an officer's coded refusal, and a grade taken over by an import. */
import type { Day } from '#kit/days.ts';
import type { Decision } from '#kit/decision.ts';
import { assert } from '#kit/refuse.ts';
import { stampOf } from '#platform/policy/index.ts';
import type { PolicyBook } from '#platform/policy/index.ts';
import type { RefusalCode } from '../model.ts';
import { refusalCodes } from '../policy.ts';

/** An officer's refusal: the ground of the code list with the officer's note. Source: the edition assessments.refusalCodes of the day. */
export function decideRefusal(facts: { code: RefusalCode; note: string; on: Day }, policy: PolicyBook): Decision<{ code: RefusalCode; groundZh: string; groundEn: string; note: string }> {
  const codes = policy.edition(refusalCodes, facts.on);
  const ground = codes.value.codes.find((one) => one.code === facts.code);
  assert(ground, `the ground ${facts.code} stands in ${codes.file}`);
  return {
    kind: 'assessments.refusal',
    value: { code: facts.code, groundZh: ground.zh, groundEn: ground.en, note: facts.note },
    reasons: [{
      rule: 'assessments.refusal', code: 'REFUSED_BY_OFFICER', params: { ground: facts.code, groundZh: ground.zh, groundEn: ground.en, note: facts.note },
      sources: [{ ...ground.source, status: codes.status, policy: codes.stampKey, file: codes.file }],
    }],
    facts: { ...facts },
    stamp: stampOf(codes),
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
