/** The dependants of the world besides the named ones: about four hundred people in five districts, each with grade, mode and plan. */
import { addDays, addMonths, weekday } from '#kit/days.ts';
import type { Day } from '#kit/days.ts';
import { identityNumberFor } from '#kit/identity-number.ts';
import { dailyItems, itemsOfVisits, weeklyVisits } from './care.ts';
import type { Mode, PlanItem, WeeklyVisit } from './care.ts';
import { chance, idOf } from './chance.ts';
import type { Chance } from './chance.ts';
import { institutionsOf } from './institutions.ts';
import { NAMED_NAMES } from './named.ts';
import { dealNames } from './names.ts';
import { homeIn, townshipsOf } from './places.ts';
import type { Home } from './places.ts';
import { CARE_DISTRICTS } from './today.ts';
import { workersOf } from './workers.ts';

export interface Stay {
  id: string;
  hospital: string;
  admittedOn: Day;
  dischargedOn: Day;
}

/** What went wrong on the way: what the quality of an institution is measured by. */
export type Mishap = 'visitLate' | 'uploadLate' | 'orderRefused' | 'returned' | 'mendedLate';

/** Somebody who was assessed in the past. */
export interface PastPerson {
  key: string;
  id: string;
  district: string;
  name: string;
  sex: 1 | 2;
  birthOn: Day;
  identityNumber: string;
  phone: string;
  insuredKind: 'employee' | 'resident';
  home: Home;
  grade: number;
  applicant: { name: string; relation: 'self' | 'family' };
  disabledSinceOn: Day;
  /** The road to the conclusion. */
  filedOn: Day;
  onSiteOn: Day;
  publishedOn: Day;
  noticeEndsOn: Day;
  concludedOn: Day;
  effectiveOn: Day;
  /** Key of the assessment institution. */
  assessedBy: string;
  mishap: Mishap | null;
  stays: readonly Stay[];
}

export interface Dependant extends PastPerson {
  mode: Mode;
  institution: string;
  worker: string | null;
  planId: string;
  items: PlanItem[];
  visits: WeeklyVisit[];
}

/** How many of each mode a district has. */
const COUNTS: Record<string, Record<Mode, number>> = {
  '990101': { homeVisit: 60, homeIndividual: 20, institution: 30 },
  '990103': { homeVisit: 38, homeIndividual: 14, institution: 20 },
  '990104': { homeVisit: 34, homeIndividual: 14, institution: 16 },
  '990105': { homeVisit: 44, homeIndividual: 16, institution: 22 },
  '990106': { homeVisit: 30, homeIndividual: 14, institution: 14 },
};
const HOSPITALS = ['青禾市第一人民医院', '青禾市中医院', '禾东区人民医院', '青禾市康复医院'];
/** Two people out of three were cared for before the year began. */
const BEFORE: readonly Day[] = ['2024-12-01', '2025-01-01', '2025-03-01', '2025-04-01', '2025-05-01', '2025-06-01', '2025-07-01', '2025-08-01'];
const DURING: readonly Day[] = ['2025-09-01', '2025-10-01', '2025-11-01', '2025-12-01', '2026-01-01', '2026-03-01', '2026-04-01', '2026-05-01', '2026-06-01', '2026-07-01', '2026-08-01'];

function everybody(): Dependant[] {
  const luck = chance('青禾市 dependants');
  const deal = dealNames('old', 0.62, NAMED_NAMES, luck);
  const people: Dependant[] = [];
  for (const district of CARE_DISTRICTS) {
    for (const [mode, count] of Object.entries(COUNTS[district]!) as [Mode, number][]) {
      for (let n = 0; n < count; n++) people.push(dependant(district, mode, n, people.length, deal(), luck));
    }
  }
  return people;
}

function dependant(district: string, mode: Mode, n: number, index: number, bearer: { name: string; sex: 1 | 2 }, luck: Chance): Dependant {
  const key = `${district}-${String(index + 1).padStart(3, '0')}`;
  const road = roadTo(luck.next() < 0.65 ? luck.pick(BEFORE) : luck.pick(DURING), luck);
  const birthOn = `${luck.whole(1930, 1956)}-${two(luck.whole(1, 12))}-${two(luck.whole(1, 28))}`;
  const grade = mode === 'institution' ? luck.pick([4, 5, 5]) : mode === 'homeIndividual' ? luck.pick([3, 3, 4]) : luck.pick([3, 3, 4, 4, 5]);
  const visits = mode === 'homeVisit' ? weeklyVisits(grade, luck) : [];
  const houses = institutionsOf(district, mode === 'homeVisit' ? 'homeCare' : mode === 'institution' ? 'careHome' : 'individualCarers');
  const house = houses[n % houses.length]!;
  // The first carer of the first district's register is the daughter of 陈淑珍.
  const worker = mode === 'homeIndividual' ? workersOf(house.key, 'individual')[n + 1]! : null;
  return {
    key, district, ...bearer, birthOn, grade, mode, visits, ...road, mishap: null,
    assessedBy: `assess-${district.slice(4)}${district === '990101' && n % 5 > 2 ? 'b' : ''}`,
    id: idOf(`person ${key}`, new Date(`${road.filedOn}T01:30:00Z`)),
    identityNumber: identityNumberFor(district, birthOn, ((index * 2) % 998) + (bearer.sex === 1 ? 1 : 2)),
    phone: `1390099${String(1000 + index)}`,
    insuredKind: luck.next() < 0.4 ? 'employee' : 'resident',
    home: homeIn(townshipsOf(district)[n % 3]!, luck),
    applicant: luck.next() < 0.15 ? { name: bearer.name, relation: 'self' } : { name: worker?.name ?? bearer.name[0]! + luck.pick(['建军', '红梅', '晓燕', '志强', '丽华', '海波']), relation: 'family' },
    disabledSinceOn: addDays(road.filedOn, -luck.whole(200, 1500)),
    institution: house.key,
    worker: worker?.key ?? null,
    planId: idOf(`plan ${key}`, new Date(`${road.concludedOn}T03:00:00Z`)),
    items: mode === 'homeVisit' ? itemsOfVisits(visits) : dailyItems(grade),
    stays: luck.next() < 0.14 ? [stayOf(key, road.effectiveOn, luck)] : [],
  };
}

/** From the application to the first day of the benefit, at the pace of an office that keeps its days and is closed at weekends. */
export function roadTo(effectiveOn: Day, luck: Chance) {
  const publishedOn = openDay(addDays(addMonths(effectiveOn, -1), luck.whole(-7, 8)));
  const noticeEndsOn = addDays(publishedOn, 15);
  const onSiteOn = openDay(addDays(publishedOn, -luck.whole(5, 8)));
  return { effectiveOn, noticeEndsOn, publishedOn, onSiteOn, concludedOn: openDay(addDays(noticeEndsOn, 1)), filedOn: openDay(addDays(onSiteOn, -luck.whole(9, 14))) };
}

/** The day itself, or the Monday after a weekend. */
export const openDay = (day: Day): Day => addDays(day, weekday(day) > 5 ? 8 - weekday(day) : 0);

/** One stay in hospital inside the time with care. */
function stayOf(key: string, effectiveOn: Day, luck: Chance): Stay {
  const from = effectiveOn > '2025-09-05' ? effectiveOn : '2025-09-05';
  const room = Math.max(10, Math.round((Date.parse('2026-10-10') - Date.parse(from)) / 86_400_000) - 20);
  const admittedOn = addDays(from, luck.whole(5, room));
  return { id: idOf(`stay ${key}`, new Date(`${admittedOn}T08:00:00Z`)), hospital: luck.pick(HOSPITALS), admittedOn, dischargedOn: addDays(admittedOn, luck.whole(5, 18)) };
}

const two = (n: number) => String(n).padStart(2, '0');

export const DEPENDANTS: readonly Dependant[] = everybody();
