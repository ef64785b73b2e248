import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { RefusalParams } from '#kit/refuse.ts';
import { loadPolicy } from '#platform/policy/index.ts';
import { dispatchNeeds } from './policy.ts';
import { respondByOf, mustBeTaken } from './limits.ts';
import { EXCLUSIONS } from './model.ts';
import { decideAgain, shortened } from './batch.ts';
import { decideDispatch, drawOf } from './rules.ts';
import type { DispatchFacts, InstitutionFacts } from './rules.ts';

const here = import.meta.dirname;
const policy = loadPolicy({ root: join(here, '../../../policy'), city: 'qinghe', needs: dispatchNeeds });
const one = (name: string, districtCode: string): InstitutionFacts => ({
  id: `00000000-0000-7000-8000-00000000000${name === '甲' ? 1 : name === '乙' ? 2 : 3}`, name, districtCode, agreed: true, paused: false, assessors: 3, openOrders: 0, monthOrders: 0, lastIssuedAt: null, windowOrders: 0, windowRefused: 0,
  windowLate: 0, windowReturned: 0, avoided: null,
});
const plain: DispatchFacts = { number: 'A2026-000001', on: '2026-12-10', districtCode: '990101', elsewhere: false, entryAsked: false, institutions: [one('甲', '990101'), one('乙', '990101'), one('丙', '990103')] };

interface Told {
  sentence: string;
  facts?: Partial<DispatchFacts>;
  institutions: Record<string, Partial<InstitutionFacts>>;
  first: string | null;
  excluded?: Record<string, string>;
  reason: { code: string; params: RefusalParams };
  without?: string;
}
const cases = parse(readFileSync(join(here, 'cases/dispatch.yaml'), 'utf8')) as Told[];
const factsOf = (told: Told): DispatchFacts => ({ ...plain, ...told.facts, institutions: plain.institutions.map((two) => ({ ...two, ...told.institutions[two.name] })) });

describe('the order in which a case is offered', () => {
  for (const told of cases) {
    test(told.sentence, () => {
      const decision = decideDispatch(factsOf(told), policy);
      expect(decision.value.proposed[0]?.name ?? null).toBe(told.first);
      expect(decision.reasons.find((two) => two.code === told.reason.code)).toMatchObject(told.reason);
      if (told.without !== undefined) expect(decision.reasons.map((two) => two.code)).not.toContain(told.without);
      if (told.excluded !== undefined) expect(Object.fromEntries(decision.value.excluded.map((two) => [two.name, two.why]))).toEqual(told.excluded);
      expect(decision.reasons.every((two) => two.sources.length > 0)).toBe(true);
      expect(decideDispatch(decision.facts as unknown as DispatchFacts, policy)).toEqual(decision);
    });
  }

  test('every ground for leaving out has a case, but for the other district, which is never in question', () => {
    expect([...new Set(cases.flatMap((told) => Object.values(told.excluded ?? {})))].sort()).toEqual(EXCLUSIONS.filter((two) => two !== 'DISPATCH_OTHER_DISTRICT').sort());
  });

  test('the draw can be repeated by anybody: SHA-256 of case number, day and institution, the lower one first', () => {
    const hashes = plain.institutions.slice(0, 2).map((two) => createHash('sha256').update(`A2026-000001|2026-12-10|${two.id}`).digest('hex'));
    expect(plain.institutions.slice(0, 2).map((two) => drawOf(plain, two.id))).toEqual(hashes);
    const { proposed } = decideDispatch(plain, policy).value;
    expect(proposed.map((two) => two.institutionId)).toEqual(plain.institutions.slice(0, 2).map((two, at) => ({ id: two.id, hash: hashes[at]! })).sort((a, b) => (a.hash < b.hash ? -1 : 1)).map((two) => two.id));
    expect(proposed.every((two) => two.drawn)).toBe(true);
  });

  test('the order of the facts does not change the answer', () => {
    const turned = { ...plain, institutions: [...plain.institutions].reverse() };
    expect(decideDispatch(turned, policy).value.proposed).toEqual(decideDispatch(plain, policy).value.proposed);
  });
});

describe('limits of an order', () => {
  const at = new Date('2026-12-10T02:00:00Z');
  test('the answer is due with the end of the second working day, for cases filed from the day on which the city asks for it', () => {
    expect(respondByOf(at, '2026-12-01', policy)).toBe('2026-12-14T16:00:00.000Z');
    expect(respondByOf(at, '2026-11-30', policy)).toBeNull();
  });
  test('no limit is guessed where the calendar of the year is not published', () => {
    expect(respondByOf(new Date('2026-12-31T02:00:00Z'), '2026-12-01', policy)).toBeNull();
  });
  test('orders must be taken for cases filed from that day, not before', () => {
    expect([mustBeTaken('2026-12-01', policy), mustBeTaken('2026-11-30', policy)]).toEqual([true, false]);
  });
});

describe('what a batch keeps of a decision', () => {
  // Twelve institutions, some left out, some equal, each case with another load.
  const many = (n: number): DispatchFacts => ({
    ...plain, number: `A2026-${n}`, institutions: Array.from({ length: 12 }, (_, at) => ({
      ...one('甲', at === 11 ? '990103' : '990101'), id: `00000000-0000-7000-8000-${String(at).padStart(12, '0')}`, name: `机构 ${at}`, openOrders: (n * at) % 7, monthOrders: (n + at) % 3, paused: at === n % 5,
      avoided: at === n % 4 ? { ground: 'reviewed' as const, detail: null } : null,
    })),
  });

  test('is the same choice with the same reasons, the places after the second only counted', () => {
    for (let n = 0; n < 200; n += 1) {
      const whole = decideDispatch(many(n), policy);
      const kept = shortened(whole);
      expect(kept.value).toEqual({ proposed: whole.value.proposed.slice(0, 2), others: whole.value.proposed.length - 2, excluded: whole.value.excluded });
      expect(whole.reasons.filter((two) => !kept.reasons.includes(two)).every((two) => two.code === 'DISPATCH_PLACED' && Number(two.params['place']) > 2)).toBe(true);
      expect(kept.stamp).toEqual(whole.stamp);
    }
  });

  test('gives the same when decided again from the stored facts, and the whole order too', () => {
    for (let n = 0; n < 200; n += 1) {
      const kept = shortened(decideDispatch(many(n), policy));
      const stored = JSON.parse(JSON.stringify(kept.facts)) as Record<string, unknown>;
      expect(decideAgain(stored, policy)).toEqual(kept);
    }
  });
});
