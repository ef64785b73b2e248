import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { expertsLacking } from './expert/model.ts';
import { ACTS, APPLICATION_STATES, conclusionState, familyHint, mayAct, MOVES, OPEN_STATES, RETURN_AFTER_OBJECTION, STATE_WORDS } from './model.ts';

describe('the lawful moves of an application', () => {
  test('lead from filed to every state, and out of no final one', () => {
    const reached = new Set(['filed']);
    for (let grown = -1; grown !== reached.size; ) {
      grown = reached.size;
      for (const act of ACTS) if (MOVES[act].from.some((state) => reached.has(state))) for (const state of MOVES[act].to) reached.add(state);
    }
    expect([...reached].sort()).toEqual([...APPLICATION_STATES].sort());
    for (const final of ['refused', 'concluded', 'withdrawn', 'closed'] as const) {
      expect(ACTS.filter((act) => mayAct(act, final))).toEqual([]);
      expect(OPEN_STATES).not.toContain(final);
    }
    expect(MOVES.conclude.from).toEqual([RETURN_AFTER_OBJECTION.from]);
  });

  test('never skip a step: only a published case is concluded, only a confirmed or checked one published, only a scored one confirmed', () => {
    for (const [act, from] of [['conclude', 'onNotice'], ['check', 'confirmed'], ['confirm', 'scored'], ['assess', 'dispatched']] as const) {
      expect(APPLICATION_STATES.filter((state) => mayAct(act, state))).toEqual([from]);
    }
  });

  test('are named alike in sentences and on pages, in both languages', () => {
    for (const lang of ['zh', 'en'] as const) {
      const { states } = parse(readFileSync(new URL(`${lang}.yaml`, import.meta.url), 'utf8')) as { states: Record<string, string> };
      for (const state of APPLICATION_STATES) expect(states[state]).toBe(STATE_WORDS[state][lang]);
    }
  });
});

describe('a conclusion over time', () => {
  const conclusion = { effectiveOn: '2026-09-01', validUntilOn: '2028-08-31', endedOn: null };
  test('is not yet in force a day before, in force on its first and last day, and over the day after', () => {
    expect(['2026-08-31', '2026-09-01', '2028-08-31', '2028-09-01'].map((day) => conclusionState(conclusion, day))).toEqual(['notYet', 'valid', 'valid', 'ended']);
  });
  test('is over the day after it was ended early', () => {
    expect(['2027-01-31', '2027-02-01'].map((day) => conclusionState({ ...conclusion, endedOn: '2027-01-31' }, day))).toEqual(['valid', 'ended']);
  });
});

test('a family waits for an open case, chooses a plan with a benefit, and applies without a grade', () => {
  expect(familyHint({ applicationOpen: true, entitled: true })).toBe('wait');
  expect(familyHint({ applicationOpen: false, entitled: true })).toBe('choosePlan');
  expect(familyHint({ applicationOpen: false, entitled: false })).toBe('noBenefit');
  expect(familyHint({ applicationOpen: false, entitled: null })).toBe('apply');
});

test('a draw of two lacks nobody while they agree or are silent, and a third one once they disagree', () => {
  const [yes, no] = [{ agrees: true }, { agrees: false }];
  expect([[], [yes], [yes, yes]].map((voices) => expertsLacking(2, voices, 2, 3))).toEqual([0, 0, 0]);
  expect([expertsLacking(2, [yes, no], 2, 3), expertsLacking(3, [yes, no], 2, 3), expertsLacking(1, [], 2, 3)]).toEqual([1, 0, 1]);
  expect(expertsLacking(2, [yes, no], 2, null)).toBe(0);
});
