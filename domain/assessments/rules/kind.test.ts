import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { RefusalParams } from '#kit/refuse.ts';
import { loadPolicy } from '#platform/policy/index.ts';
import { KIND_REFUSALS } from '../model.ts';
import { policyNeeds, reviewRequestDays } from '../policy.ts';
import { decideKind } from './kind.ts';
import type { KindFacts } from './kind.ts';

const here = import.meta.dirname;
const policy = loadPolicy({ root: join(here, '../../../policy'), city: 'qinghe', needs: policyNeeds });
const nobody: KindFacts = { kind: 'initial', on: '2026-03-01', lastConclusionOn: null, lastDayOn: null, lastKind: null, stayAdmittedOn: null, stayDischargedOn: null, statusDecisionOn: null, ground: null };

interface Told { sentence: string; city?: string; facts: Partial<KindFacts>; value: string; reason: { code: string; params: RefusalParams } }
const cases = parse(readFileSync(join(here, '../cases/kind.yaml'), 'utf8')) as Told[];

describe('kinds of application', () => {
  for (const one of cases) {
    test(one.sentence, () => {
      const decision = decideKind({ ...nobody, ...one.facts }, one.city ? policy.city(one.city) : policy);
      expect(decision.value).toBe(one.value);
      expect(decision.reasons).toHaveLength(1);
      expect(decision.reasons[0]).toMatchObject(one.reason);
      expect(decision.reasons[0]!.sources.length).toBeGreaterThan(0);
      expect(decideKind(decision.facts as unknown as KindFacts, one.city ? policy.city(one.city) : policy)).toEqual(decision);
    });
  }

  test('every refusal has a case', () => {
    expect([...new Set(cases.map((one) => one.value))].sort()).toEqual(['fits', ...KIND_REFUSALS].sort());
  });

  test('counts the days of a review in working days where a city says so', () => {
    const working: typeof policy = { ...policy, figure: ((need, on) => ({ ...policy.figure(need, on), ...(need.name === reviewRequestDays.name ? { value: { count: 10, unit: 'workingDay' } } : {}) })) as typeof policy.figure };
    const on = policy.workingDays.addWorkingDays('2026-03-02', 10);
    const facts: KindFacts = { ...nobody, kind: 'review', lastConclusionOn: '2026-03-02', lastDayOn: '2028-03-31', lastKind: 'initial' };
    expect(on).toBe('2026-03-16');
    expect(decideKind({ ...facts, on }, working).value).toBe('fits');
    expect(decideKind({ ...facts, on: '2026-03-17' }, working).value).toBe('KIND_REVIEW_LATE');
  });

  test('every reason and refusal of a kind is worded for staff and families in both languages, with the same facts', () => {
    const source = readFileSync(join(here, 'kind.ts'), 'utf8');
    const codes = new Set([...source.matchAll(/'((?:KIND|APPLICATION)_[A-Z_]+)'/g)].map((match) => match[1]!));
    expect(codes.size).toBeGreaterThan(18);
    type Words = Record<'reasons' | 'plain' | 'refusals', Record<string, string>>;
    const [zh, en] = ['zh', 'en'].map((lang) => parse(readFileSync(join(here, `../${lang}.yaml`), 'utf8')) as Words) as [Words, Words];
    const places = (sentence = '') => [...new Set([...sentence.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!.replace(/(Zh|En)$/, '')))].sort();
    for (const code of codes) {
      const parts = (KIND_REFUSALS as readonly string[]).includes(code) ? (['reasons', 'plain', 'refusals'] as const) : (['reasons', 'plain'] as const);
      for (const part of parts) {
        expect(zh[part][code], `${part}.${code} in zh.yaml`).toBeTruthy();
        expect(places(en[part][code]), `${part}.${code}`).toEqual(places(zh[part][code]));
      }
    }
  });
});
