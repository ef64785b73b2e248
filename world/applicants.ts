/** Everybody whose road the office's real acts walk: the named people, and about sixty more in the first district whose cases are under way. */
import { addDays, addMonths, daysBetween } from '#kit/days.ts';
import type { Day } from '#kit/days.ts';
import { identityNumberFor } from '#kit/identity-number.ts';
import { chance } from './chance.ts';
import { DEPENDANTS } from './dependants.ts';
import { NAMED_NAMES, NAMED_PEOPLE } from './named.ts';
import type { NamedPerson, Reached } from './named.ts';
import { dealNames } from './names.ts';
import { homeIn, townshipsOf } from './places.ts';
import type { Home } from './places.ts';

interface Queue {
  reached: Reached;
  count: number;
  from: Day;
  to: Day;
  /** Where they all live, for a poster of one community. */
  home?: { township: string; community: string };
}

/** How many of each state wait in the first district's queues, and between which days they were filed. */
const QUEUES: readonly Queue[] = [
  { reached: 'concluded', count: 6, from: '2026-10-09', to: '2026-10-16' },
  { reached: 'onNotice', count: 10, from: '2026-10-19', to: '2026-11-05' },
  { reached: 'confirmed', count: 5, from: '2026-10-28', to: '2026-11-06' },
  { reached: 'scored', count: 8, from: '2026-10-29', to: '2026-11-09' },
  // One of them was dispatched so long ago that the visit on site is overdue.
  { reached: 'dispatched', count: 1, from: '2026-09-25', to: '2026-09-25' },
  { reached: 'dispatched', count: 10, from: '2026-11-05', to: '2026-11-16' },
  { reached: 'accepted', count: 7, from: '2026-11-11', to: '2026-11-17' },
  { reached: 'refused', count: 4, from: '2026-11-02', to: '2026-11-16' },
  { reached: 'filed', count: 11, from: '2026-11-13', to: '2026-11-20' },
  // Enough for a batch of orders, and two communities ready for a poster each.
  { reached: 'accepted', count: 6, from: '2026-11-12', to: '2026-11-18' },
  { reached: 'confirmed', count: 3, from: '2026-11-03', to: '2026-11-09', home: { township: '990101002', community: '桥南社区' } },
  { reached: 'confirmed', count: 4, from: '2026-11-03', to: '2026-11-09', home: { township: '990101002', community: '书院社区' } },
];

/** Posters that hang: with a photograph, without one near the last day, and one that was missing for two days. */
export const POSTERS = [
  { township: '990101001', community: '文昌阁社区', filedOn: '2026-10-27', publishedOn: '2026-11-09', count: 3, proved: true },
  { township: '990101003', community: '白云社区', filedOn: '2026-10-26', publishedOn: '2026-11-06', count: 2, proved: false },
  { township: '990101003', community: '山前村', filedOn: '2026-10-23', publishedOn: '2026-11-05', count: 3, proved: true, missing: { fromOn: '2026-11-12', toOn: '2026-11-13', note: '大风刮落公告，次日补贴。' } },
] as const;

const STATEMENTS = ['生活不能自理，家人照料有困难。', '中风后遗症，需要上门护理。', '长期卧床，翻身、进食都要人帮。', '认知障碍，白天无人照看。', '出院后不能下地，已经半年以上。'];

const luck = chance('青禾市 applicants');
const deal = dealNames('old', 0.6, [...NAMED_NAMES, ...DEPENDANTS.map((one) => one.name)], luck);

function queued(): NamedPerson[] {
  return QUEUES.flatMap((queue, q) => Array.from({ length: queue.count }, (_, n) => applicant(queue, q * 20 + n, deal())));
}

function applicant(queue: Queue, index: number, bearer: { name: string; sex: 1 | 2 }): NamedPerson {
  const filedOn = addDays(queue.from, luck.whole(0, daysBetween(queue.from, queue.to)));
  const birthOn = `${luck.whole(1934, 1960)}-${two(luck.whole(1, 12))}-${two(luck.whole(1, 28))}`;
  const self = luck.next() < 0.3;
  return {
    ...bearer, birthOn, filedOn, reached: queue.reached,
    ...homeOf(queue, index),
    // The two institutions take turns.
    ...(index % 2 === 1 ? { assessedBy: 'assess-01b' as const } : {}),
    identityNumber: identityNumberFor('990101', birthOn, 500 + index * 2 + (bearer.sex === 1 ? 1 : 0)),
    phone: `1390099${7000 + index}`,
    insuredKind: luck.next() < 0.4 ? 'employee' : 'resident',
    grade: luck.pick([1, 2, 3, 3, 4, 4, 5]),
    applicant: { name: self ? bearer.name : bearer.name[0]! + luck.pick(['建军', '红梅', '晓燕', '志强', '丽华', '海波']), relation: self ? 'self' : 'family', statement: luck.pick(STATEMENTS) },
    disabledSinceOn: queue.reached === 'refused' ? addMonths(filedOn, -luck.whole(1, 4)) : addDays(filedOn, -luck.whole(200, 1400)),
  };
}

function homeOf({ home }: Queue, index: number): Home {
  const township = home === undefined ? townshipsOf('990101')[index % 3]! : townshipsOf(home.township)[0]!;
  return { ...homeIn(township, luck), ...(home === undefined ? {} : { community: home.community }) };
}

const two = (n: number) => String(n).padStart(2, '0');

const byFiling = (a: NamedPerson, b: NamedPerson) => a.filedOn.localeCompare(b.filedOn) || a.identityNumber.localeCompare(b.identityNumber);

/** Those with care since last year; told before the visits. */
export const CARED_FOR: readonly NamedPerson[] = NAMED_PEOPLE.filter((one) => one.care !== undefined).sort(byFiling);

/** Those whose cases are under way; told last, in the order of their filing. */
export const APPLICANTS: readonly NamedPerson[] = [...NAMED_PEOPLE.filter((one) => one.care === undefined), ...queued()].sort(byFiling);

/** Whose results hang on the posters, in the order of POSTERS; published by stages/desks/posters.ts. */
export const POSTED: readonly (readonly NamedPerson[])[] = POSTERS.map(({ township, community, filedOn, count }, p) =>
  Array.from({ length: count }, (_, n) => applicant({ reached: 'onNotice', count, from: filedOn, to: filedOn, home: { township, community } }, 236 + p * 4 + n, deal())));
