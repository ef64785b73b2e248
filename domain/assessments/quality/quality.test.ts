import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, daysBetween, monthBounds } from '#kit/days.ts';
import { openTestHouse } from '#server/testing.ts';
import type { TestHouse } from '#server/testing.ts';
import { countMonth, listCases } from './count.ts';
import type { Counted } from './count.ts';
import { calendarOf } from './figures.ts';
import { writeRandomCases } from './fixture.ts';
import type { Made } from './fixture.ts';
import { quadraticKappa, rounded } from './kappa.ts';
import { QUALITY_FIGURES, shapeOf } from './model.ts';
import { countItems, itemFigure } from './items.ts';
import { recount, recountItems } from './recount.ts';
import { measured, pointsOf } from './rules.ts';

const DISTRICT = '990101';
const SEED = 20261122;
let house: TestHouse;
let made: Made;

beforeAll(async () => {
  house = await openTestHouse('2027-01-20T02:00:00Z');
  made = await writeRandomCases(house.platform.databases.owner, { seed: SEED, cases: 300, months: ['2026-08', '2026-09', '2026-10', '2026-11', '2026-12'], districtCode: DISTRICT });
}, 120_000);
afterAll(() => house.close());

const keyOf = (one: Counted) => `${one.figure} ${one.institutionId ?? ''} ${one.assessorAccountId ?? ''}`;
const inOrder = (rows: readonly Counted[]) => [...rows].sort((a, b) => keyOf(a).localeCompare(keyOf(b)));

describe('weighted kappa', () => {
  const pairsOf = (table: number[][]) => table.flatMap((row, x) => row.flatMap((n, y) => Array.from({ length: n }, () => [x, y] as const)));

  test.each([
    // Two categories: quadratic weights give Cohen's plain kappa. The three tables are the ones that every textbook shows.
    { table: [[20, 5], [10, 15]], kappa: 0.4 },
    { table: [[45, 15], [25, 15]], kappa: 0.130435 },
    { table: [[25, 35], [5, 35]], kappa: 0.259259 },
    // By hand: n = 10, Σw·O = 1 + 1 + 4 = 6, rows 4 3 3, columns 4 3 3, Σw·r·c = 2·(12 + 9) + 4·(12 + 12) = 42 + 96 = 138; 1 − 10·6/138.
    { table: [[3, 1, 0], [0, 2, 1], [1, 0, 2]], kappa: 0.565217 },
    { table: [[5, 0], [0, 5]], kappa: 1 },
    { table: [[0, 5], [5, 0]], kappa: -1 },
  ])('of $table is $kappa', ({ table, kappa }) => {
    expect(quadraticKappa(pairsOf(table))).toBe(kappa);
  });

  test('is not defined where both always say the same one grade', () => {
    expect(quadraticKappa(pairsOf([[7]]))).toBeNull();
  });
});

describe('the working-day calendar of a month', () => {
  test('names the same due day as the platform, for every day of it and for limits of one to ten days', () => {
    const { firstOn, lastOn } = monthBounds('2026-10');
    const { calendarFrom, numbers, workdays } = calendarOf(firstOn, lastOn, house.platform.policy);
    for (let on = firstOn; on <= lastOn; on = addDays(on, 1)) {
      for (const limit of [1, 2, 5, 10]) {
        const due = workdays[numbers[daysBetween(calendarFrom, on)]! + limit - 1];
        expect([on, limit, due]).toEqual([on, limit, house.platform.policy.workingDays.addWorkingDays(on, limit)]);
      }
    }
  });

  test('ends with the last published year, and a month beyond it is refused with CALENDAR_MISSING', async () => {
    expect(calendarOf('2026-12-01', '2026-12-31', house.platform.policy).workdays.at(-1)).toBe('2026-12-31');
    await expect(house.act((act) => countMonth(act, { month: '2027-01', districtCode: DISTRICT, knownAt: act.now }))).rejects.toMatchObject({ code: 'CALENDAR_MISSING' });
  });
});

describe('every figure', () => {
  test.each(['2026-08', '2026-09', '2026-10', '2026-11', '2026-12'])('of %s equals the second computation from the events', async (month) => {
    for (const knownAt of [new Date('2026-10-06T00:00:00Z'), new Date('2027-01-15T00:00:00Z')]) {
      const counted = await house.act((act) => countMonth(act, { month, districtCode: DISTRICT, knownAt }));
      const again = await recount(house.platform.databases.owner, { districtCode: DISTRICT, month, knownAt, policy: house.platform.policy });
      const [first, second] = [inOrder(counted), inOrder(again)];
      expect(first.map(keyOf), `seed ${SEED}`).toEqual(second.map(keyOf));
      for (const [at, one] of first.entries()) {
        const other = second[at]!;
        const { low, high, denominator, value, ...exact } = one;
        const { low: lowAgain, high: highAgain, denominator: denominatorAgain, value: valueAgain, ...exactAgain } = other;
        expect(exact, `${keyOf(one)}, seed ${SEED}`).toEqual(exactAgain);
        if (shapeOf(one.figure) !== 'ratio') expect([denominator, value], keyOf(one)).toEqual([denominatorAgain, valueAgain]);
        // Expected cases are sums of fractions: equal to the sixth place.
        for (const [a, b] of [[low, lowAgain], [high, highAgain], [denominator, denominatorAgain], [value, valueAgain]] as const) {
          expect(a === null, keyOf(one)).toBe(b === null);
          if (a !== null && b !== null) expect(a, keyOf(one)).toBeCloseTo(b, 5);
        }
      }
    }
  });

  test('is not empty in the random cases: each one counts something somewhere', async () => {
    const counted = [];
    for (const month of ['2026-09', '2026-10', '2026-11', '2026-12']) counted.push(...(await house.act((act) => countMonth(act, { month, districtCode: DISTRICT, knownAt: act.now }))));
    for (const figure of QUALITY_FIGURES) expect([figure, counted.filter((one) => one.figure === figure).some((one) => one.numerator > 0)]).toEqual([figure, true]);
  });

  test('lists as many cases as its numerator counts, by institution and by assessor', async () => {
    const asked = { month: '2026-10', districtCode: DISTRICT, knownAt: new Date('2026-12-20T00:00:00Z') };
    const counted = await house.act((act) => countMonth(act, asked));
    const [institution] = made.institutions;
    for (const figure of QUALITY_FIGURES) {
      const one = counted.find((row) => row.figure === figure && row.institutionId === institution && row.assessorAccountId === null);
      const listed = await house.act((act) => listCases(act, figure, { ...asked, institutionId: institution!, assessorAccountId: null, all: false, limit: 5, offset: 0 }));
      const whole = await house.act((act) => listCases(act, figure, { ...asked, institutionId: institution!, assessorAccountId: null, all: true, limit: 1, offset: 0 }));
      if (figure !== 'agreement' && figure !== 'equalBeyondChance') expect([figure, listed.total]).toEqual([figure, one?.numerator ?? 0]);
      expect([figure, whole.total]).toEqual([figure, (one?.cases ?? 0) + (['complaintUpheld', 'dataLeak'].includes(figure) ? (one?.numerator ?? 0) : 0)]);
      expect(listed.rows.every((row) => row.counts && row.institutionId === institution)).toBe(true);
    }
  });
});

describe('agreement per item', () => {
  test('of an institution, an assessor and the district equals the second computation from the events', async () => {
    for (const [month, knownAt] of [['2026-09', '2026-10-06T00:00:00Z'], ['2026-10', '2027-01-15T00:00:00Z']] as const) {
      const asked = { districtCode: DISTRICT, month, knownAt: new Date(knownAt) };
      const counted = await house.act((act) => countItems(act, asked));
      const pairs = await recountItems(house.platform.databases.owner, { ...asked, policy: house.platform.policy });
      expect(pairs.some((one) => one.x !== one.y), `seed ${SEED}`).toBe(true);
      const groups = new Map<string, typeof pairs>();
      for (const one of pairs) {
        for (const key of ['', one.institutionId, `${one.institutionId} ${one.accountId}`]) groups.set(`${key}|${one.scaleId}|${one.item}`, [...(groups.get(`${key}|${one.scaleId}|${one.item}`) ?? []), one]);
      }
      const of = (one: (typeof counted)[number]) => `${[one.institutionId, one.assessorAccountId].filter(Boolean).join(' ')}|${one.scaleId}|${one.item}`;
      expect(counted.map(of).sort(), `seed ${SEED}`).toEqual([...groups.keys()].sort());
      for (const one of counted) {
        const own = groups.get(of(one))!;
        const agreed = own.filter(({ x, y }) => x === y).length;
        const lean = rounded(own.reduce((sum, { x, y }) => sum + x - y, 0), own.length);
        expect(itemFigure(one, 1), `${of(one)}, seed ${SEED}`).toEqual({ scaleId: one.scaleId, item: one.item, cases: own.length, agreed, share: rounded(agreed, own.length), kappa: quadraticKappa(own.map(({ x, y }) => [x, y])), lean });
      }
    }
  });

  test('is shown from the least number of assessments on, and not with one fewer', () => {
    const sums = { scaleId: 'test', item: 'bathing', cases: 30, agreed: 24, sumX: 120, sumY: 150, sumXx: 900, sumYy: 1050, sumDd: 150 };
    // 1 − 30·150 / (30·(900 + 1050) − 2·120·150) = 1 − 4500 / 22500.
    expect(itemFigure(sums, 30)).toEqual({ scaleId: 'test', item: 'bathing', cases: 30, agreed: 24, share: 0.8, kappa: 0.8, lean: -1 });
    expect(itemFigure(sums, 31)).toMatchObject({ cases: 30, share: null, kappa: null, lean: null });
    // Both always say the same: nothing to agree about beyond chance.
    expect(itemFigure({ ...sums, agreed: 30, sumX: 150, sumY: 150, sumXx: 750, sumYy: 750, sumDd: 0 }, 30)).toMatchObject({ share: 1, kappa: null, lean: 0 });
  });
});

describe('points', () => {
  const at = (value: number, mean: number) => pointsOf({ figure: 'returnRate', value, numerator: 3 }, mean, '2026-10-31', house.platform.policy);

  test('are deducted for every full 0.1 percentage point above the mean return rate, and for nothing below it', () => {
    expect([at(0.051, 0.05), at(0.050999, 0.05), at(0.0529, 0.05), at(0.05, 0.05), at(0.01, 0.05)]).toEqual([1, 0, 2, 0, 0]);
  });

  test('are deducted for each case elsewhere, as annex 1 of the Changzhou notice says', () => {
    const each = (figure: (typeof QUALITY_FIGURES)[number]) => pointsOf({ figure, value: 0.1, numerator: 3 }, 0.1, '2026-10-31', house.platform.policy);
    expect([each('visitLate'), each('uploadLate'), each('gradeChangedByOne'), each('gradeChangedByTwo'), each('complaintUpheld'), each('dataLeak'), each('orderRefused'), each('mendedLate'), each('recordFaulty'), each('interestHidden')]).toEqual([6, 3, 6, 9, 6, 15, 3, 3, 6, 15]);
    expect([each('agreement'), each('severityDrift'), each('shortVisit'), each('identicalAnswers')]).toEqual([null, null, null, null]);
  });

  test('a figure of few cases is marked, and agreement and drift are not shown for them', async () => {
    const counted = await house.act((act) => countMonth(act, { month: '2026-10', districtCode: DISTRICT, knownAt: act.now }));
    const rows = measured(counted, '2026-10', house.platform.policy);
    expect(rows.filter((one) => one.cases < 20).every((one) => one.small)).toBe(true);
    expect(rows.filter((one) => one.cases >= 20).some((one) => one.small)).toBe(false);
    expect(rows.filter((one) => ['agreement', 'severityDrift'].includes(one.figure) && one.cases < 30 && one.institutionId !== null).map((one) => one.value).every((value) => value === null)).toBe(true);
    expect(rows.some((one) => one.figure === 'agreement' && one.cases >= 30 && one.value !== null)).toBe(true);
  });
});
