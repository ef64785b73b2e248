import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { APPLICATION_STATES } from '#domain/assessments/model.ts';
import type { Person, Plan } from './api.ts';
import { answerRows, factText } from './fact-text.ts';
import { ROAD, nextStep, planOrder, roadOf, roadSentence } from './road.ts';
import { byDay, sharesOf, weekdayOf } from './shares.ts';
import { documentsOf } from './why-documents.ts';

const words = parse(readFileSync(new URL('./zh.yaml', import.meta.url), 'utf8')) as { next: Record<string, string>; nextGo: Record<string, string>; facts: Record<string, string> };
const TODAY = '2026-09-15';

describe('the road of an application', () => {
  test('every state of an application has a place on the road and a sentence', () => {
    for (const state of APPLICATION_STATES) {
      const marks = roadOf(state).map((one) => one.mark);
      expect(marks).toHaveLength(ROAD.length);
      expect(marks[0], state).toBe('done');
      expect(words.next[roadSentence({ state, noticeEndsOn: null }).say], state).toBeDefined();
    }
  });

  test('stands at the notice while it hangs out, and says until when', () => {
    expect(roadOf('onNotice').map((one) => one.mark)).toEqual(['done', 'done', 'done', 'done', 'now', 'todo']);
    expect(roadSentence({ state: 'onNotice', noticeEndsOn: '2026-09-30' })).toEqual({ say: 'onNotice', params: { until: '2026-09-30' } });
  });

  test('ends at acceptance when it was refused, and is wholly done when concluded', () => {
    expect(roadOf('refused').map((one) => one.mark)).toEqual(['done', 'stopped', 'todo', 'todo', 'todo', 'todo']);
    expect(new Set(roadOf('concluded').map((one) => one.mark))).toEqual(new Set(['done']));
  });
});

describe('what comes next for a person', () => {
  const conclusion = { grade: 4, entitled: true, state: 'valid', effectiveOn: '2026-01-01', validUntilOn: '2027-12-31' } as Person['conclusion'];
  const person = (change: Partial<Person>) => ({ personId: 'p', conclusion: null, application: null, notice: null, ...change }) as Person;
  const plan = (change: Partial<Plan>) => ({ personId: 'p', state: 'confirmed', institutionName: '禾东康宁', fromOn: '2026-02-01', toOn: null, ...change }) as Plan;
  const step = (who: Partial<Person>, plans: Plan[] = []) => nextStep(person(who), plans, TODAY);

  test('a plan that waits for the family comes before everything else, and only for its own person', () => {
    const open = { id: 'a', number: 'n', kind: 'endOfTerm', state: 'filed', filedOn: TODAY };
    expect(step({ conclusion, application: open }, [plan({ state: 'proposed' })])).toMatchObject({ say: 'confirmPlan', to: '/family/plans' });
    expect(step({ conclusion, application: open }, [plan({ state: 'proposed', personId: 'somebody else' })])).toMatchObject({ say: 'filed' });
  });

  test('without a conclusion the family may apply, with a running plan it knows until when the grade holds', () => {
    expect(step({})).toMatchObject({ say: 'apply', to: '/family/apply' });
    expect(step({ conclusion }, [plan({})])).toEqual({ say: 'careRuns', params: { until: '2027-12-31' } });
  });

  test('a plan ended for a later day still runs on its last day and not on the day after', () => {
    expect(step({ conclusion }, [plan({ state: 'ended', toOn: TODAY })])).toMatchObject({ say: 'careRuns' });
    expect(step({ conclusion }, [plan({ state: 'ended', toOn: '2026-09-14' })])).toMatchObject({ say: 'choosePlan' });
  });

  test('care that runs today comes before a plan that begins later', () => {
    expect(step({ conclusion }, [plan({ fromOn: '2026-10-01' }), plan({ state: 'ended', toOn: '2026-09-30' })])).toMatchObject({ say: 'careRuns' });
    expect(step({ conclusion }, [plan({ fromOn: '2026-10-01' })])).toMatchObject({ say: 'careStarts', params: { from: '2026-10-01' } });
  });

  test('a grade without benefit says so, a refused application asks to see why', () => {
    expect(step({ conclusion: { ...conclusion!, entitled: false, grade: 1 } })).toMatchObject({ say: 'noBenefit', params: { grade: 1 } });
    expect(step({ application: { id: 'a', number: 'n', kind: 'initial', state: 'refused', filedOn: TODAY } })).toMatchObject({ say: 'refused' });
  });

  test('every sentence it can name is worded, and so is every button', () => {
    const said = [step({}), step({ conclusion }), step({ conclusion }, [plan({})]), step({ conclusion }, [plan({ fromOn: '2026-10-01' })]), step({ conclusion }, [plan({ state: 'proposed' })]), step({ conclusion: { ...conclusion!, state: 'notYet' } }), step({ conclusion: { ...conclusion!, entitled: false } })];
    expect(new Set(said.map((one) => one.say)).size).toBe(said.length);
    for (const one of said) {
      expect(words.next[one.say], one.say).toBeDefined();
      if (one.to) expect(words.nextGo[one.to.split('/').at(-1)!], one.to).toBeDefined();
    }
  });

  test('plans that wait for an answer stand first, then the newest in force', () => {
    const order = planOrder([plan({ state: 'ended' }), plan({ fromOn: '2026-01-01' }), plan({ fromOn: '2026-03-01' }), plan({ state: 'proposed' })]);
    expect(order.map((one) => `${one.state} ${one.fromOn}`)).toEqual(['proposed 2026-02-01', 'confirmed 2026-03-01', 'confirmed 2026-01-01', 'ended 2026-02-01']);
  });
});

describe('money and days', () => {
  test('the three shares of a month fill the whole bar, and nothing billed is no division', () => {
    const shares = sharesOf({ billedFen: 96849, fundFen: 85020, personFen: 9446, refusedFen: 2383 });
    expect(shares.reduce((sum, one) => sum + one.fen, 0)).toBe(96849);
    expect(shares.reduce((sum, one) => sum + one.percent, 0)).toBeCloseTo(100, 9);
    expect(sharesOf({ billedFen: 0, fundFen: 0, personFen: 0, refusedFen: 0 }).map((one) => one.percent)).toEqual([0, 0, 0]);
  });

  test('rows are kept in order and grouped by day; the day of the week is the office’s', () => {
    expect(byDay([{ serviceOn: '2026-09-02', n: 1 }, { serviceOn: '2026-09-02', n: 2 }, { serviceOn: '2026-09-01', n: 3 }]).map((one) => [one.day, one.rows.length])).toEqual([['2026-09-02', 2], ['2026-09-01', 1]]);
    expect(weekdayOf('2026-09-01')).toBe(2);
  });
});

describe('why', () => {
  const say = (key: string) => words.facts[key.split('.')[1]!]!;

  test('facts read as words whatever their shape', () => {
    expect(factText(true, 'zh', say)).toBe('是');
    expect(factText([], 'zh', say)).toBe('无');
    expect(factText({ zh: '禾东区', en: 'Hedong' }, 'en', say)).toBe('Hedong');
    expect(factText({ a: 1, b: [2, 3] }, 'zh', say)).toBe('a 1、b 2、3');
  });

  test('answers read by item and chosen option in the order of the scale; answers of another scale are not guessed', () => {
    const scale = { items: [{ code: 'x', zh: '进食', en: 'Eating', options: [{ points: 5, zh: '需帮助', en: 'help' }] }, { code: 'y', zh: '洗澡', en: 'Bath', options: [{ points: 0, zh: '靠人', en: 'dependent' }] }] };
    expect(answerRows(scale, { y: 0, x: 5 })?.map((one) => `${one.item.zh} ${one.option.zh} ${one.points}`)).toEqual(['进食 需帮助 5', '洗澡 靠人 0']);
    expect(answerRows(scale, { z: 1 })).toBeUndefined();
  });

  test('a document is listed once with all its articles, unverified as soon as one use is', () => {
    const source = (article: string, status: 'verified' | 'unverified') => ({ document: 'd', number: null, title: { zh: '文', en: 'd' }, article, address: null, status, fictional: false, policy: null, file: null });
    expect(documentsOf([{ sources: [source('第一条', 'verified')] }, { sources: [source('第二条', 'unverified'), source('第一条', 'verified')] }])).toMatchObject([{ articles: ['第一条', '第二条'], status: 'unverified' }]);
  });
});
