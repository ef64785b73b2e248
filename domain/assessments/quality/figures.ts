/** Which statement counts which figure, and the parameters of a month: its instants, its working days, the policy's thresholds. No loop over cases. */
import { addDays, addMonths, firstOfNextMonth, instantOf, monthBounds } from '#kit/days.ts';
import type { Day, Month } from '#kit/days.ts';
import type { PolicyStamp } from '#kit/decision.ts';
import { refuse } from '#kit/refuse.ts';
import { sqlFile } from '#platform/db/sql-file.ts';
import type { SqlFile } from '#platform/db/sql-file.ts';
import { PolicyProblem, stampOf } from '#platform/policy/index.ts';
import type { FigureNeed, PolicyBook } from '#platform/policy/index.ts';
import { confirmExperts, deliveryWorkingDays, onSiteWorkingDays } from '../policy.ts';
import { COMPLAINT_SUBJECTS } from './model.ts';
import type { QualityFigure } from './model.ts';
import { identicalAnswers, qualityAgeBands, qualityMinCases, qualityPoints, severeGrade, shortVisitMin, uploadWorkingDays } from './policy.ts';

/** A statement gives one row per case: institution, assessor, number, day, numerator, denominator, the two grades x and y of a pair. */
export interface Counting {
  file: SqlFile;
  params?: Record<string, unknown>;
}

const file = (name: string) => sqlFile(new URL(`./sql/${name}.sql`, import.meta.url));

export const COUNTINGS: Record<QualityFigure, Counting> = {
  returnRate: { file: file('return-rate') },
  mendedLate: { file: file('mended-late') },
  gradeChangedByOne: { file: file('grade-changed'), params: { least: 1, most: 1 } },
  gradeChangedByTwo: { file: file('grade-changed'), params: { least: 2, most: 99 } },
  visitLate: { file: file('visit-late') },
  uploadLate: { file: file('upload-late') },
  deliveryLate: { file: file('delivery-late') },
  orderRefused: { file: file('order-refused') },
  orderLate: { file: file('order-late') },
  complaintUpheld: { file: file('complaint'), params: { subjects: COMPLAINT_SUBJECTS.filter((one) => one !== 'dataLeak') } },
  dataLeak: { file: file('complaint'), params: { subjects: ['dataLeak'] } },
  recordFaulty: { file: file('record-faulty') },
  interestHidden: { file: file('interest-hidden') },
  agreement: { file: file('agreement') },
  severityDrift: { file: file('severity-drift') },
  shortVisit: { file: file('short-visit') },
  identicalAnswers: { file: file('identical-answers') },
  equalBeyondChance: { file: file('equal-beyond-chance') },
};

export interface MonthAsked {
  month: Month;
  districtCode: string | null;
  /** Facts that became known later do not count. */
  knownAt: Date;
}

/** What every statement may ask for. Refuses with CALENDAR_MISSING where the working days of the month are not published. */
export function paramsOf(asked: MonthAsked, policy: PolicyBook): Record<string, unknown> {
  const { firstOn, lastOn } = monthBounds(asked.month);
  const identical = policy.figure(identicalAnswers, lastOn).value;
  return {
    fromAt: instantOf(firstOn, 0), untilAt: instantOf(firstOfNextMonth(firstOn), 0), yearAt: instantOf(addMonths(firstOn, -11), 0), asOf: asked.knownAt, district: asked.districtCode,
    severeGrade: policy.figure(severeGrade, lastOn).value, ageBands: [...policy.figure(qualityAgeBands, lastOn).value], shortMin: policy.figure(shortVisitMin, lastOn).value,
    experts: policy.figure(confirmExperts, lastOn).value, count: identical.count, within: identical.days, shown: policy.figure(qualityMinCases, lastOn).value.show,
    ...calendarOf(firstOn, lastOn, policy),
  };
}

/** Days before the month of which a visit of the month may have been due, and days after it on which it still may be. */
const BEFORE = 400;
const AFTER = 60;

/**
 * The working-day calendar around a month as arrays that a statement looks up by position: for every day from `calendarFrom` the number of working days up to it, and the
 * limits that hold for what begins on it; and the working days in order. What begins on a day is due on `workdays[numbers[day] + limit]`: the same as `addWorkingDays`.
 * A due day beyond the published calendar is not there, so nothing is late by it. A limit of 0 says that there is none.
 */
export function calendarOf(firstOn: Day, lastOn: Day, policy: PolicyBook): { calendarFrom: Day; numbers: number[]; workdays: Day[]; visitDays: number[]; uploadDays: number[]; deliverDays: number[] } {
  const days: Day[] = [];
  const numbers: number[] = [];
  const workdays: Day[] = [];
  for (let day = addDays(firstOn, -BEFORE), end = addDays(lastOn, AFTER); day <= end; day = addDays(day, 1)) {
    const works = isWorkingDay(day, policy);
    if (works === undefined && day < firstOn) continue;
    if (works === undefined) {
      if (day <= lastOn) refuse('CALENDAR_MISSING', { file: `policy/national/calendar/${day.slice(0, 4)}.yaml` });
      break;
    }
    if (works) workdays.push(day);
    days.push(day);
    numbers.push(workdays.length);
  }
  return {
    calendarFrom: days[0]!, numbers, workdays, visitDays: days.map((day) => policy.figure(onSiteWorkingDays, day).value), uploadDays: days.map((day) => policy.figure(uploadWorkingDays, day).value),
    deliverDays: days.map((day) => (policy.has(deliveryWorkingDays, day) ? policy.figure(deliveryWorkingDays, day).value : 0)),
  };
}

function isWorkingDay(day: Day, policy: PolicyBook): boolean | undefined {
  try {
    return policy.workingDays.isWorkingDay(day);
  } catch (error) {
    if (error instanceof PolicyProblem) return undefined;
    throw error;
  }
}

/** The policy that the figures of a month rest on. */
export function stampOfMonth(month: Month, policy: PolicyBook): PolicyStamp {
  const { lastOn } = monthBounds(month);
  const optional = [qualityPoints, deliveryWorkingDays].filter((need) => policy.has(need, lastOn));
  return stampOf(...[onSiteWorkingDays, confirmExperts, uploadWorkingDays, shortVisitMin, qualityMinCases, identicalAnswers, severeGrade, qualityAgeBands, ...optional].map((need) => policy.figure(need as FigureNeed, lastOn)));
}
