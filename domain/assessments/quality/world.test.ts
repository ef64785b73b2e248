import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestHouse } from '#server/testing.ts';
import type { TestHouse } from '#server/testing.ts';
import { freshWorld } from '#world/testing.ts';
import { countMonth } from './count.ts';
import type { Counted } from './count.ts';
import { countItems } from './items.ts';
import { recount, recountItems } from './recount.ts';

let house: TestHouse;

beforeAll(async () => {
  house = await openTestHouse('2026-11-20T02:00:00Z', freshWorld());
}, 300_000);
afterAll(() => house.close());

const keyOf = (one: Counted) => `${one.figure} ${one.institutionId ?? ''} ${one.assessorAccountId ?? ''}`;
const inOrder = (rows: readonly Counted[]) => [...rows].sort((a, b) => keyOf(a).localeCompare(keyOf(b)));
/** Expected cases are sums of fractions: compared to the fifth place. */
const rounded = (one: Counted) => ({ ...one, ...Object.fromEntries((['denominator', 'value', 'low', 'high'] as const).map((name) => [name, one[name] === null ? null : Math.round(one[name] * 1e5)])) });

describe('the figures of the fictional city', () => {
  test.each(['990101', '990103'])('of %s equal the second computation from its events, month by month', async (districtCode) => {
    let assessments = 0;
    const { rows: months } = await house.platform.databases.owner.query<{ month: string }>(`SELECT to_char(recorded_at, 'YYYY-MM') AS month FROM assessments.assessment WHERE district_code = $1 GROUP BY 1 ORDER BY 1 DESC LIMIT 6`, [districtCode]);
    for (const { month } of months) {
      const knownAt = house.clock.now;
      const counted = await house.act((act) => countMonth(act, { month, districtCode, knownAt }));
      const again = await recount(house.platform.databases.owner, { districtCode, month, knownAt, policy: house.platform.policy });
      assessments += counted.find((one) => one.figure === 'returnRate' && one.institutionId === null)!.cases;
      expect(inOrder(counted).map(rounded), month).toEqual(inOrder(again).map(rounded));
      const items = await house.act((act) => countItems(act, { month, districtCode, knownAt }));
      const pairs = await recountItems(house.platform.databases.owner, { districtCode, month, knownAt, policy: house.platform.policy });
      const total = (of: (one: (typeof pairs)[number]) => number) => pairs.reduce((sum, one) => sum + of(one), 0);
      const sum = (of: (one: (typeof items)[number]) => number) => items.filter((one) => one.institutionId === null).reduce((total, one) => total + of(one), 0);
      expect([sum((one) => one.cases), sum((one) => one.agreed), sum((one) => one.sumX), sum((one) => one.sumY), sum((one) => one.sumDd)], month)
        .toEqual([pairs.length, total(({ x, y }) => Number(x === y)), total(({ x }) => x), total(({ y }) => y), total(({ x, y }) => (x - y) ** 2)]);
    }
    expect(assessments).toBeGreaterThan(0);
  });
});
