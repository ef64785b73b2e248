import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadPolicy } from '#platform/policy/index.ts';
import { policyNeeds } from '../policy.ts';
import { countVoices, expertsAsked } from './model.ts';
import { insurerCheck } from './policy.ts';
import { askedPeriods, checkAsked, decideVoices, drawAsked, drawExperts, ownVisitAllowed, returnDue, returnsAllowed, sha256 } from './rules.ts';
import type { DrawFacts } from './rules.ts';

const policy = loadPolicy({ root: join(import.meta.dirname, '../../../policy'), city: 'qinghe', needs: policyNeeds });
const voices = (said: string) => [...said].map((one) => ({ agrees: one === '+' }));

describe('counting the voices of experts', () => {
  const told: [string, string, number, number | null, string, number][] = [
    ['nobody has spoken: two are asked', '', 2, 3, 'waiting', 2],
    ['one agrees: another one is awaited', '+', 2, 3, 'waiting', 2],
    ['two agree: confirmed', '++', 2, 3, 'confirmed', 2],
    ['one against one: a third is asked', '+-', 2, 3, 'waiting', 3],
    ['one disagrees first: a third may be needed', '-', 2, 3, 'waiting', 3],
    ['the third agrees: confirmed', '+-+', 2, 3, 'confirmed', 3],
    ['the third disagrees: returned', '+--', 2, 3, 'returned', 3],
    ['two disagree: no third could help, returned', '--', 2, 3, 'returned', 3],
    ['without the figure one disagreement returns', '+-', 2, null, 'returned', 2],
    ['three needed of five: two disagreeing still leave three', '--', 3, 5, 'waiting', 5],
    ['three needed of five: the third disagreement returns', '---', 3, 5, 'returned', 5],
  ];
  for (const [sentence, said, needed, atMost, outcome, asked] of told) test(sentence, () => {
    expect(countVoices(voices(said), needed, atMost).outcome).toBe(outcome);
    expect(expertsAsked(voices(said), needed, atMost)).toBe(asked);
  });

  test('once all who are asked have spoken it is always decided', () => {
    fc.assert(fc.property(fc.array(fc.boolean(), { maxLength: 9 }), fc.integer({ min: 1, max: 4 }), (said, needed) => {
      const heard: { agrees: boolean }[] = [];
      for (const agrees of [...said, ...Array<boolean>(9).fill(true)]) {
        if (countVoices(heard, needed, needed + 1).outcome !== 'waiting') break;
        expect(heard.length).toBeLessThan(expertsAsked(heard, needed, needed + 1));
        heard.push({ agrees });
      }
      expect(countVoices(heard, needed, needed + 1).outcome).not.toBe('waiting');
    }));
  });

  test('says in its decision how many agree, how many are needed, and which figures were read', () => {
    const decision = decideVoices({ filedOn: '2026-08-03', agreed: 1, disagreed: 2 }, policy);
    expect(decision).toMatchObject({ value: 'returned', reasons: [{ code: 'EXPERTS_CANNOT_CONFIRM', params: { agreed: 1, disagreed: 2, needed: 2, atMost: 3 } }] });
    expect(Object.keys(decision.stamp)).toEqual(['assessments.confirmExperts', 'assessments.expertsOnDisagreement']);
    expect(decideVoices({ filedOn: '2026-08-03', agreed: 2, disagreed: 1 }, policy).reasons[0]!.code).toBe('EXPERTS_CONFIRM');
    expect(decideVoices({ filedOn: '2026-08-03', agreed: 1, disagreed: 1 }, policy).reasons[0]!.code).toBe('EXPERTS_WAITING');
    const none: typeof policy = { ...policy, has: (need, on) => need.name !== 'assessments.expertsOnDisagreement' && policy.has(need, on) };
    expect(decideVoices({ filedOn: '2026-08-03', agreed: 1, disagreed: 1 }, none)).toMatchObject({ value: 'returned', reasons: [{ code: 'EXPERTS_ONE_DISAGREES' }] });
  });
});

describe('the obligations of Qinghe', () => {
  test('draw and check begin with cases filed on 1 December 2026, and other cities do not have them', () => {
    expect(['2026-11-30', '2026-12-01'].map((day) => [drawAsked(policy, day), checkAsked(policy, day)])).toEqual([[false, false], [true, true]]);
    expect([drawAsked(policy.city('shanghai'), '2027-01-01'), checkAsked(policy.city('shanghai'), '2027-01-01')]).toEqual([false, false]);
    expect(askedPeriods(policy, insurerCheck)).toEqual([{ from: '2026-12-01', to: null }]);
    expect(askedPeriods(policy.city('shanghai'), insurerCheck)).toEqual([]);
  });

  test('who was on site confirms that visit in cases filed by 30 November, and in none filed since; nor where a city says nothing', () => {
    expect(['2026-11-30', '2026-12-01'].map((day) => ownVisitAllowed(policy, day))).toEqual([true, false]);
    expect(ownVisitAllowed(policy.city('shanghai'), '2026-08-03')).toBe(false);
  });

  test('a return is due in working days; where the calendar is not published its file is named', () => {
    expect(returnDue(policy, '2026-08-03', '2026-08-05')).toEqual({ dueOn: '2026-08-19', calendarMissing: null });
    expect(returnDue(policy, '2026-12-01', '2026-12-28')).toEqual({ dueOn: null, calendarMissing: 'policy/national/calendar/2027.yaml' });
    expect(returnsAllowed(policy, '2026-08-03')).toBe(2);
  });
});

describe('drawing experts by lot', () => {
  const people = Array.from({ length: 8 }, (_, at) => `0000000${at}-0000-7000-8000-000000000000`);
  const facts = (more: Partial<DrawFacts> = {}): DrawFacts => ({
    number: 'QH-A-2026-000001', filedOn: '2026-12-01', day: '2026-12-10', secret: 'sealed', commitment: sha256('sealed'), committedAt: '2026-12-02T01:00:00Z', eligible: people, stay: [], count: 3, ...more,
  });
  const drawn = (more: Partial<DrawFacts> = {}) => drawExperts(facts(more), policy).value.drawn;

  test('gives the same persons again from the kept facts, whatever the order of the list', () => {
    const first = drawExperts(facts(), policy);
    expect(drawExperts(first.facts as unknown as DrawFacts, policy)).toEqual(first);
    expect(drawn({ eligible: [...people].reverse() })).toEqual(drawn());
    expect(first.reasons.map((one) => one.code)).toEqual(['DRAW_COMMITTED', 'DRAW_SEED', 'DRAW_LOTS']);
    expect(sha256(first.facts['secret'] as string)).toBe(first.facts['commitment']);
  });

  test('can be computed by hand: the lots are SHA-256 of the seed and the account', () => {
    const seed = sha256('QH-A-2026-000001|2026-12-10|sealed');
    const byHand = people.map((account) => ({ account, lot: sha256(`${seed}|${account}`) })).sort((a, b) => (a.lot < b.lot ? -1 : 1)).slice(0, 3).map((one) => one.account);
    expect(drawn()).toEqual(byHand);
  });

  test('drops who cannot take part and moves the next one up; who has voted stays', () => {
    const [first, second, third] = drawn() as [string, string, string];
    const without = people.filter((one) => one !== second);
    expect(drawn({ eligible: without }).slice(0, 2)).toEqual([first, third]);
    const stays = people.find((one) => !drawn().includes(one))!;
    expect(drawn({ stay: [stays] })[0]).toBe(stays);
    expect(drawn({ eligible: people.slice(0, 1) })).toEqual([people[0]]);
  });

  test('another secret draws others, and over many secrets everybody about equally often', () => {
    const times = new Map<string, number>();
    for (let at = 0; at < 800; at += 1) for (const account of drawn({ secret: `secret ${at}` })) times.set(account, (times.get(account) ?? 0) + 1);
    // 800 draws of 3 out of 8: 300 each are expected.
    for (const one of people) expect(times.get(one), one).toBeGreaterThan(230);
  });
});
