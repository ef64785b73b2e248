/** Who visits whom, when, every week: a timetable without overlaps and with time for the way between two homes. */
import { chance } from './chance.ts';
import type { WeeklyVisit } from './care.ts';
import { workersOf } from './workers.ts';
import type { Worker } from './workers.ts';

export interface Visited {
  key: string;
  institution: string;
  visits: readonly WeeklyVisit[];
  /** This carer and no other, where one is told. */
  carer?: string;
}

/** A place in a carer's week. */
export interface Place extends WeeklyVisit {
  person: string;
  worker: Worker;
  startMin: number;
}

/** Starts of the day's six places: the longest visit (60 minutes) leaves 45 minutes until the next one. */
const STARTS = [480, 585, 690, 810, 915, 1020] as const;

/** Gives every weekly visit a carer and a time; the same person keeps one carer and one time as far as possible. */
export function timetable(people: readonly Visited[]): Place[] {
  const luck = chance('青禾市 timetable');
  const taken = new Set<string>();
  const places: Place[] = [];
  for (const person of people) {
    for (const nurse of [false, true]) {
      const visits = person.visits.filter((one) => one.nurse === nurse);
      if (visits.length > 0) places.push(...placed(person, visits, nurse));
    }
  }
  return places;

  function placed(person: Visited, visits: WeeklyVisit[], nurse: boolean): Place[] {
    const carers = luck.shuffled(workersOf(person.institution, ...(nurse ? (['nurse'] as const) : (['trained', 'carer'] as const)))).filter((one) => {
      if (person.carer !== undefined && !nurse) return one.key === person.carer;
      return visits.every((visit) => one.abilities.includes(visit.itemCode));
    });
    for (const worker of carers) {
      for (const startMin of luck.shuffled(STARTS)) {
        const keys = visits.map((visit) => `${worker.key} ${visit.weekday} ${startMin}`);
        if (keys.some((key) => taken.has(key))) continue;
        for (const key of keys) taken.add(key);
        return visits.map((visit) => ({ ...visit, person: person.key, worker, startMin }));
      }
    }
    throw new Error(`no carer of ${person.institution} has time for ${person.key}: give the institution more carers in world/workers.ts`);
  }
}
