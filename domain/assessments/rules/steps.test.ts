import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addDays } from '#kit/days.ts';
import type { Day } from '#kit/days.ts';
import { loadPolicy } from '#platform/policy/index.ts';
import { policyNeeds } from '../policy.ts';
import { dueOf, overdueCutoff } from './due.ts';
import { lateSteps, stepDue } from './steps.ts';

const policy = loadPolicy({ root: join(import.meta.dirname, '../../../policy'), city: 'qinghe', needs: policyNeeds });
/** Ten in the morning of an office day. */
const at = (day: Day) => `${day}T02:00:00.000Z`;
const scored = { state: 'scored', filedOn: '2026-12-01', stateSince: at('2026-12-04'), supplyByOn: null, suppliedOn: null } as const;

describe('the clock between assessment and notice', () => {
  test('gives experts five working days: the last one is not late, the day after is', () => {
    // Friday 4 December to Friday 11 December.
    expect(stepDue(scored, '2026-12-11', policy)).toEqual({ dueOn: '2026-12-11', calendarMissing: null, overdue: false });
    expect(stepDue(scored, '2026-12-12', policy)).toMatchObject({ overdue: true });
  });

  test('gives the insurer three, and the notice three after the check', () => {
    for (const state of ['confirmed', 'checked'] as const) {
      expect(stepDue({ ...scored, state }, '2026-12-09', policy)).toMatchObject({ dueOn: '2026-12-09', overdue: false });
      expect(stepDue({ ...scored, state }, '2026-12-10', policy)).toMatchObject({ overdue: true });
    }
  });

  test('counts by the office\'s day: what came at one in the morning came that day', () => {
    expect(stepDue({ ...scored, stateSince: '2026-12-03T17:00:00.000Z' }, '2026-12-11', policy).dueOn).toBe('2026-12-11');
    expect(stepDue({ ...scored, stateSince: '2026-12-03T15:59:00.000Z' }, '2026-12-11', policy).dueOn).toBe('2026-12-10');
  });

  test('asks nothing of a case filed the day before the city\'s document, in other states, or in another city', () => {
    for (const one of [{ ...scored, filedOn: '2026-11-30' }, { ...scored, state: 'onNotice' as const }, { ...scored, state: 'concluded' as const }]) expect(stepDue(one, '2026-12-31', policy)).toEqual({ dueOn: null, calendarMissing: null, overdue: false });
    expect(stepDue(scored, '2026-12-31', policy.city('shanghai')).dueOn).toBeNull();
  });

  test('lets no notice be late while it waits for a promised paper, and counts its working days from the day the paper came', () => {
    const checked = { ...scored, state: 'checked', supplyByOn: '2026-12-22' } as const;
    expect(stepDue(checked, '2026-12-21', policy)).toEqual({ dueOn: null, calendarMissing: null, overdue: false });
    // Came on Tuesday 15 December: Friday 18 December is the last day.
    expect(stepDue({ ...checked, suppliedOn: '2026-12-15' }, '2026-12-18', policy)).toEqual({ dueOn: '2026-12-18', calendarMissing: null, overdue: false });
    expect(stepDue({ ...checked, suppliedOn: '2026-12-15' }, '2026-12-19', policy)).toMatchObject({ dueOn: '2026-12-18', overdue: true });
    // What came before the result waited for its notice moves nothing.
    expect(stepDue({ ...checked, suppliedOn: '2026-12-03' }, '2026-12-10', policy)).toMatchObject({ dueOn: '2026-12-09', overdue: true });
  });

  test('goes on counting for voices and check, which wait for no paper', () => {
    for (const [state, dueOn] of [['scored', '2026-12-11'], ['confirmed', '2026-12-09']] as const) expect(stepDue({ ...scored, state, supplyByOn: '2026-12-22' }, '2026-12-21', policy)).toMatchObject({ dueOn, overdue: true });
  });

  test('names the calendar that is missing', () => {
    expect(stepDue({ ...scored, stateSince: at('2026-12-30') }, '2026-12-30', policy)).toEqual({ dueOn: null, calendarMissing: 'policy/national/calendar/2027.yaml', overdue: false });
  });

  test('says of a list of late cases what it says of each', () => {
    for (let today = '2026-12-01'; today <= '2026-12-31'; today = addDays(today, 1)) {
      const late = lateSteps(today, policy);
      for (let since = '2026-12-01'; since <= today; since = addDays(since, 1)) {
        for (const [state, spans] of [['scored', late.confirm], ['confirmed', late.check], ['checked', late.publish]] as const) {
          const { overdue, calendarMissing } = stepDue({ ...scored, state, stateSince: at(since) }, today, policy);
          const listed = spans.some((one) => one.fromOn <= '2026-12-01' && since <= one.untilOn);
          if (calendarMissing === null && listed !== overdue) expect.fail(`${state} since ${since}: on ${today} the list says ${listed}, the case ${overdue}`);
        }
      }
    }
  });
});

test('a list of late visits says of each day of acceptance, through holidays and month ends, what the due day says', () => {
  const overdue = (acceptedOn: Day, today: Day) => dueOf('accepted', acceptedOn, today, policy).overdue;
  for (let today = '2026-01-15'; today <= '2026-11-30'; today = addDays(today, 1)) {
    const cutoff = overdueCutoff(today, policy);
    expect([today, overdue(cutoff, today), overdue(addDays(cutoff, 1), today)]).toEqual([today, true, false]);
  }
});
