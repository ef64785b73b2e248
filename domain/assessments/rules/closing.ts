/** Ending an accepted case on a coded ground of the agency. */
import type { Day } from '#kit/days.ts';
import type { Decision } from '#kit/decision.ts';
import { assert } from '#kit/refuse.ts';
import { stampOf } from '#platform/policy/index.ts';
import type { PolicyBook } from '#platform/policy/index.ts';
import type { CloseGround } from '../model.ts';
import { closeGrounds } from '../policy.ts';

export interface ClosingFacts {
  closeGround: CloseGround;
  note: string;
  /** Day of filing. */
  on: Day;
}

/** An officer's closing: the ground of the list in force on the day of filing, with the officer's note. Source: the edition assessments.closeGrounds. */
export function decideClosing({ closeGround: ground, note, on }: ClosingFacts, policy: PolicyBook): Decision<{ ground: CloseGround; groundZh: string; groundEn: string; note: string }> {
  const list = policy.edition(closeGrounds, on);
  const found = list.value.grounds.find((one) => one.code === ground);
  assert(found, `the ground ${ground} stands in ${list.file}`);
  return {
    kind: 'assessments.closing',
    value: { ground, groundZh: found.zh, groundEn: found.en, note },
    reasons: [{
      rule: 'assessments.closing', code: 'CLOSED_BY_OFFICER', params: { ground, groundZh: found.zh, groundEn: found.en, note },
      sources: [{ ...found.source, status: list.status, policy: list.stampKey, file: list.file }],
    }],
    facts: { closeGround: ground, note, on },
    stamp: stampOf(list),
  };
}
