import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { RefusalParams } from '#kit/refuse.ts';
import { loadPolicy } from '#platform/policy/index.ts';
import { policyNeeds } from '../policy.ts';
import { decideStanding, STANDING_FAULTS } from './standing.ts';
import type { StandingFacts } from './standing.ts';

const here = import.meta.dirname;
const policy = loadPolicy({ root: join(here, '../../../policy'), city: 'qinghe', needs: policyNeeds });
const good: StandingFacts = {
  on: '2026-12-10', obligedOn: '2026-12-01', admittedOn: '2024-01-01', certificateUntilOn: '2027-12-31', leftOn: null, barredUntilOn: null, suspendedFromOn: null, suspendedToOn: null, suspensionReason: null, trainingHours: 16,
};
const cases = parse(readFileSync(join(here, '../cases/standing.yaml'), 'utf8')) as { sentence: string; facts: Partial<StandingFacts>; value: string; reason: { code: string; params: RefusalParams } }[];

describe('the standing of an assessor', () => {
  for (const one of cases) {
    test(one.sentence, () => {
      const decision = decideStanding({ ...good, ...one.facts }, policy);
      expect(decision.value).toBe(one.value);
      expect(decision.reasons[0]).toMatchObject(one.reason);
      expect(decideStanding(decision.facts as unknown as StandingFacts, policy)).toEqual(decision);
    });
  }

  test('every fault has a case', () => {
    expect([...new Set(cases.map((one) => one.value))].sort()).toEqual(['active', ...STANDING_FAULTS].sort());
  });

  test('several faults are all said', () => {
    expect(decideStanding({ ...good, trainingHours: 0, certificateUntilOn: '2026-01-01', suspendedFromOn: '2026-12-01', suspendedToOn: '2026-12-31', suspensionReason: 'QUALITY' }, policy).reasons.map((one) => one.code)).toEqual(['ASSESSOR_SUSPENDED', 'ASSESSOR_CERTIFICATE_ENDED', 'ASSESSOR_TRAINING_SHORT']);
  });
});
