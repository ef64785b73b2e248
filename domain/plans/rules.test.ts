import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { loadPolicy } from '#platform/policy/index.ts';
import { decidePlan, type PlanFacts } from './rules.ts';

const policy = loadPolicy({ root: fileURLToPath(new URL('../../policy/', import.meta.url)), city: 'qinghe', needs: [] });
const item = (minutes: number, timesPerWeek: number, more: Partial<PlanFacts['items'][number]> = {}) => ({ itemCode: 'QH-L05', minutes, timesPerDay: 1, timesPerWeek, carers: 1, ...more });
const facts = (more: Partial<PlanFacts> = {}): PlanFacts => ({ mode: 'homeVisit', fromOn: '2026-09-01', grade: 3, entitledFromOn: null, institutionKind: 'homeCare', items: [item(60, 3)], ...more });
const decide = (more: Partial<PlanFacts> = {}) => decidePlan(facts(more), policy);
const refusal = (more: Partial<PlanFacts>) => decide(more).value.refusal?.code;

describe('the admission of a plan', () => {
  test('admits 180 minutes a week for grade 3, which is exactly the cap, and says what the week costs', () => {
    const { value, reasons, stamp } = decide();
    expect(value).toMatchObject({ admitted: true, weekMin: 180, weeklyCapMin: 180, week: { billedFen: 19_500, fundFen: 17_550, personFen: 1950, overCapMin: 0 } });
    expect(reasons.at(-1)).toMatchObject({ code: 'PLAN_WITHIN_CAP', params: { weekMin: 180, capMin: 180 } });
    expect(reasons.every((one) => one.sources.length > 0)).toBe(true);
    expect(Object.keys(stamp)).toEqual(expect.arrayContaining(['plans.modes', 'providers.catalogue', 'claims.weeklyCapMin', 'assessments.benefitMinGrade']));
  });

  test('admits a plan beyond the cap with a warning, and counts only what is paid', () => {
    const { value, reasons } = decide({ items: [item(60, 4)] });
    expect(value).toMatchObject({ admitted: true, weekMin: 240, week: { billedFen: 19_500, fundFen: 17_550, overCapMin: 60 } });
    expect(reasons.at(-1)).toMatchObject({ code: 'PLAN_OVER_CAP', params: { overCapMin: 60 } });
  });

  test('refuses more than twice the cap as plainly unreasonable, and admits exactly twice', () => {
    expect(decide({ items: [item(60, 6)] }).value.admitted).toBe(true);
    expect(refusal({ items: [item(60, 6), item(1, 1, { itemCode: 'QH-L01' })] })).toBe('PLAN_UNREASONABLE');
  });

  test('counts two carers twice', () => {
    expect(decide({ items: [item(60, 3, { carers: 2 })] }).value.weekMin).toBe(360);
  });

  test('prices nurse-only items at the price of a nurse', () => {
    expect(decide({ items: [item(60, 1, { itemCode: 'QH-M05' })] }).value.week).toMatchObject({ billedFen: 8000, fundFen: 7200, personFen: 800 });
  });

  test('counts modes by the day for seven days, wholly paid by the fund', () => {
    expect(decide({ mode: 'institution', institutionKind: 'careHome', items: [] }).value).toMatchObject({ admitted: true, weeklyCapMin: null, week: { billedFen: 35_000, fundFen: 35_000, personFen: 0 } });
    expect(decide({ mode: 'homeIndividual', institutionKind: 'individualCarers', items: [] }).value.week).toMatchObject({ billedFen: 28_000 });
  });

  test.each([
    ['without a conclusion', { grade: null, entitledFromOn: '2026-10-01' }, 'PLAN_NO_ENTITLEMENT'],
    ['with a grade below the lowest that has a benefit', { grade: 2 }, 'PLAN_NO_ENTITLEMENT'],
    ['by the wrong kind of institution', { institutionKind: 'careHome' }, 'PLAN_INSTITUTION_KIND'],
    ['without items', { items: [] }, 'PLAN_ITEMS_NEEDED'],
    ['with an item that the catalogue does not list', { items: [item(30, 1, { itemCode: 'SH-01' })] }, 'PLAN_ITEM_UNKNOWN'],
    ['with an item twice', { items: [item(30, 1), item(30, 1)] }, 'PLAN_ITEM_TWICE'],
    ['more often a week than the days allow', { items: [item(10, 8)] }, 'PLAN_FREQUENCY'],
    ['less often a week than on one day', { items: [item(10, 1, { timesPerDay: 2 })] }, 'PLAN_FREQUENCY'],
    ['with more than 24 hours on a day', { items: [item(721, 2, { timesPerDay: 2 })] }, 'PLAN_DAY_TOO_LONG'],
  ])('refuses a plan %s', (_, more, code) => {
    const { value, reasons } = decide(more as Partial<PlanFacts>);
    expect(value).toMatchObject({ admitted: false, refusal: { code } });
    expect(reasons.at(-1)?.code).toBe(code);
  });

  test('refuses a mode that the city does not offer', () => {
    const shanghai = policy.city('shanghai');
    const { value } = decidePlan(facts({ mode: 'homeIndividual', institutionKind: 'individualCarers', fromOn: '2026-09-01' }), { ...shanghai, edition: policy.edition });
    expect(value.refusal?.code).toBe('PLAN_MODE_NOT_OFFERED');
  });
});
