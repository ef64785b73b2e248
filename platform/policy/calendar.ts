/** Working days: Monday to Friday, without the days off and with the make-up working days of the yearly notices. */
import { addDays, weekday, type Day } from '#kit/days.ts';
import { PolicyProblem, type PolicyFault } from './problem.ts';
import type { CalendarFile } from './shapes.ts';

export interface WorkingDays {
  /** Years whose notice is in policy/national/calendar/, in order. */
  years: number[];
  isWorkingDay(day: Day): boolean;
  /** The n-th working day after `day` (n ≥ 0; 0 is `day` itself when it is a working day, else the next one). */
  addWorkingDays(day: Day, count: number): Day;
  /** Working days from `from` (not counted) to `to` (counted); 0 when `to` is not later. */
  countWorkingDays(from: Day, to: Day): number;
}

/**
 * A day of a year whose notice is not in `calendars` throws a PolicyProblem that names the year and the file:
 * the State Council fixes the days off year by year, and a guess would move a legal time limit.
 */
export function workingDaysOf(calendars: CalendarFile[]): WorkingDays {
  const years = new Set(calendars.map((calendar) => calendar.year));
  const off = new Set(calendars.flatMap((calendar) => calendar.offDays.flatMap((range) => daysOf(range.from, range.to))));
  const work = new Set(calendars.flatMap((calendar) => calendar.workDays));

  const isWorkingDay = (day: Day): boolean => {
    const year = Number(day.slice(0, 4));
    if (!years.has(year)) throw unpublished(year, day);
    if (work.has(day)) return true;
    return weekday(day) <= 5 && !off.has(day);
  };
  const nextWorkingDay = (day: Day): Day => {
    let next = addDays(day, 1);
    while (!isWorkingDay(next)) next = addDays(next, 1);
    return next;
  };
  return {
    years: [...years].sort(),
    isWorkingDay,
    addWorkingDays(day, count) {
      if (!Number.isInteger(count) || count < 0) throw new Error(`a number of working days is a whole number from 0, not ${count}`);
      if (count === 0) return isWorkingDay(day) ? day : nextWorkingDay(day);
      let reached = day;
      for (let passed = 0; passed < count; passed += 1) reached = nextWorkingDay(reached);
      return reached;
    },
    countWorkingDays(from, to) {
      let count = 0;
      for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkingDay(day)) count += 1;
      return count;
    },
  };
}

/** What is wrong inside the calendar files: a year twice, days that are both off and working, ranges the wrong way round. */
export function calendarFaults(calendars: { file: string; read: CalendarFile }[]): PolicyFault[] {
  const faults: PolicyFault[] = [];
  const seen = new Map<number, string>();
  for (const { file, read } of calendars) {
    const earlier = seen.get(read.year);
    if (earlier) faults.push({ file, what: `holds the year ${read.year}, which ${earlier} holds already.` });
    seen.set(read.year, file);
    if (!file.endsWith(`/${read.year}.yaml`)) faults.push({ file, what: `holds the year ${read.year}; name it ${read.year}.yaml.` });
    for (const range of read.offDays) {
      if (range.to < range.from) faults.push({ file, what: `the days off from ${range.from} end before they begin (${range.to}).` });
    }
    const off = new Set(read.offDays.flatMap((range) => daysOf(range.from, range.to)));
    for (const day of read.workDays) {
      if (off.has(day)) faults.push({ file, what: `${day} is both a day off and a working day.` });
      if (weekday(day) <= 5) faults.push({ file, what: `${day} is a weekday; only make-up days on a weekend are listed under workDays.` });
    }
  }
  return faults;
}

function daysOf(from: Day, to: Day): Day[] {
  const days: Day[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}

function unpublished(year: number, day: Day): PolicyProblem {
  return new PolicyProblem([
    { file: `policy/national/calendar/${year}.yaml`, what: `is missing, so nobody can say whether ${day} is a working day. Write it from the State Council's notice for ${year}.` },
  ]);
}
