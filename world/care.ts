/** What a plan of the world holds: items, minutes and frequency that fit the grade, and the weekdays of the visits. */
import type { Chance } from './chance.ts';

export type Mode = 'homeVisit' | 'homeIndividual' | 'institution';

export interface PlanItem {
  itemCode: string;
  minutes: number;
  timesPerDay: number;
  timesPerWeek: number;
  carers: number;
}

/** A visit that comes every week: on this weekday (1 = Monday), for this item. */
export interface WeeklyVisit {
  weekday: number;
  itemCode: string;
  minutes: number;
  /** Only a nurse may do it. */
  nurse: boolean;
}

const PATTERNS: Record<number, readonly (readonly number[])[]> = {
  2: [[1, 4], [2, 5], [3, 6]],
  3: [[1, 3, 5], [2, 4, 6], [1, 4, 6]],
  4: [[1, 2, 4, 5], [1, 3, 4, 6], [2, 3, 5, 6]],
  5: [[1, 2, 3, 4, 5], [1, 2, 4, 5, 6]],
};
const HOME_ITEMS: readonly [code: string, minutes: number][] = [['QH-L05', 50], ['QH-L06', 60], ['QH-L07', 45], ['QH-L11', 45], ['QH-L14', 45], ['QH-L15', 50], ['QH-L16', 45], ['QH-L17', 60], ['QH-M03', 50]];
const NURSE_ITEMS: readonly [code: string, minutes: number][] = [['QH-M05', 40], ['QH-M06', 40], ['QH-M07', 30]];

/** Every week's visits: two or three for grade 3, up to five and a nurse's for grade 5; in all within the weekly cap of the city. */
export function weeklyVisits(grade: number, luck: Chance): WeeklyVisit[] {
  const count = grade === 3 ? luck.whole(2, 3) : grade === 4 ? luck.whole(3, 4) : luck.whole(4, 5);
  const weekdays = luck.pick(PATTERNS[count]!);
  const items = luck.shuffled(HOME_ITEMS).slice(0, luck.whole(2, 3));
  const visits = weekdays.map((weekday, i): WeeklyVisit => ({ weekday, itemCode: items[i % items.length]![0], minutes: items[i % items.length]![1], nurse: false }));
  if (grade < 5 || luck.next() < 0.6) return visits;
  const [itemCode, minutes] = luck.pick(NURSE_ITEMS);
  const free = [1, 2, 3, 4, 5, 6].filter((day) => !weekdays.includes(day));
  return [...visits, { weekday: luck.pick(free), itemCode, minutes, nurse: true }];
}

/** The plan that these visits follow. */
export function itemsOfVisits(visits: readonly WeeklyVisit[]): PlanItem[] {
  const items = new Map<string, PlanItem>();
  for (const { itemCode, minutes } of visits) {
    const known = items.get(itemCode);
    if (known) known.timesPerWeek += 1;
    else items.set(itemCode, { itemCode, minutes, timesPerDay: 1, timesPerWeek: 1, carers: 1 });
  }
  return [...items.values()];
}

/** Plan of a mode that is paid by the day: what is done every day. */
export function dailyItems(grade: number): PlanItem[] {
  const daily = (itemCode: string, minutes: number, timesPerDay: number): PlanItem => ({ itemCode, minutes, timesPerDay, timesPerWeek: timesPerDay * 7, carers: 1 });
  const all = [daily('QH-L01', 15, 1), daily('QH-L07', 30, 3), daily('QH-L11', 20, 2), daily('QH-L09', 15, 2)];
  return grade < 4 ? all : [...all, daily('QH-L14', 15, 3), daily('QH-L16', 20, 1)];
}
