/** The clock of a case between its assessment and its notice: confirmation, the insurer's check, publication. Optional figures: where the city has none, nothing is due. */
import { addDays, dayOf } from '#kit/days.ts';
import type { Day } from '#kit/days.ts';
import { PolicyProblem } from '#platform/policy/index.ts';
import type { PolicyBook } from '#platform/policy/index.ts';
import { checkAsked } from '../expert/rules.ts';
import type { ApplicationState } from '../model.ts';
import { checkWorkingDays, confirmWorkingDays, publishWorkingDays } from '../policy.ts';
import type { Due } from './due.ts';

type Limit = typeof confirmWorkingDays;

/** The limit of the step that a case waits for; undefined in states without one. */
function limitOf(state: ApplicationState, filedOn: Day, policy: PolicyBook): Limit | undefined {
  if (state === 'scored') return confirmWorkingDays;
  if (state === 'checked') return publishWorkingDays;
  if (state === 'confirmed') return checkAsked(policy, filedOn) ? checkWorkingDays : publishWorkingDays;
  return undefined;
}

/** A case that waits for its next step. */
export interface Waiting {
  state: ApplicationState;
  filedOn: Day;
  stateSince: string;
  /** Last day of what was promised and has not come; null where nothing is awaited. */
  supplyByOn: Day | null;
  /** Day on which what was promised had come. */
  suppliedOn: Day | null;
}

/**
 * Due day of a case that waits for confirmation, check or publication; the day on which it came to that state does not count. A result that waits for a promised
 * paper may not be published, so nothing is due meanwhile, and the working days of its notice count from the paper's arrival. The figure is that of the day of filing.
 */
export function stepDue(one: Waiting, today: Day, policy: PolicyBook): Due {
  const need = limitOf(one.state, one.filedOn, policy);
  const paper = need === publishWorkingDays;
  if (need === undefined || !policy.has(need, one.filedOn) || (paper && one.supplyByOn !== null && one.suppliedOn === null)) return { dueOn: null, calendarMissing: null, overdue: false };
  const sinceOn = dayOf(new Date(one.stateSince));
  const countsFromOn = paper && one.suppliedOn !== null && one.suppliedOn > sinceOn ? one.suppliedOn : sinceOn;
  try {
    const dueOn = policy.workingDays.addWorkingDays(countsFromOn, policy.figure(need, one.filedOn).value);
    return { dueOn, calendarMissing: null, overdue: today > dueOn };
  } catch (error) {
    if (error instanceof PolicyProblem) return { dueOn: null, calendarMissing: error.faults[0]?.file ?? '', overdue: false };
    throw error;
  }
}

/** Cases filed from `fromOn` to `toOn` (null: until today) are late in a step when they came to it on `untilOn` or before. */
export interface LateStep {
  fromOn: Day;
  toOn: Day | null;
  untilOn: Day;
}

export interface LateSteps {
  confirm: LateStep[];
  check: LateStep[];
  publish: LateStep[];
}

/** What is late today in each step, by the days of filing that a figure covers. Throws a PolicyProblem where the working days since are not published. */
export function lateSteps(today: Day, policy: PolicyBook): LateSteps {
  return { confirm: lateOf(confirmWorkingDays, today, policy), check: lateOf(checkWorkingDays, today, policy), publish: lateOf(publishWorkingDays, today, policy) };
}

function lateOf(need: Limit, today: Day, policy: PolicyBook): LateStep[] {
  const rows = policy.all().filter((row) => row.name === need.name);
  const own = rows.filter((row) => row.area === policy.about.city);
  // Nothing filed after today waits for anything.
  return (own.length > 0 ? own : rows).filter((row) => row.from <= today).map((row) => ({ fromOn: row.from, toOn: row.to, untilOn: lateSince(Number(row.value), row.from, today, policy) }));
}

/** The latest day from which `count` working days ended before today; not looked for before `fromOn`. */
function lateSince(count: number, fromOn: Day, today: Day, policy: PolicyBook): Day {
  const yesterday = addDays(today, -1);
  let day = yesterday;
  while (day >= fromOn && policy.workingDays.countWorkingDays(day, yesterday) < count) day = addDays(day, -1);
  return day;
}
