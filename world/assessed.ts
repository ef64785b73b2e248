/** People of the first district who were assessed in the last year and have no plan: most of them without a benefit. They fill the figures of quality. */
import { addDays, addMonths } from '#kit/days.ts';
import { identityNumberFor } from '#kit/identity-number.ts';
import { chance, idOf } from './chance.ts';
import type { Chance } from './chance.ts';
import { DEPENDANTS, openDay, roadTo } from './dependants.ts';
import type { Mishap, PastPerson } from './dependants.ts';
import { NAMED_NAMES } from './named.ts';
import { dealNames } from './names.ts';
import { homeIn, townshipsOf } from './places.ts';

const DISTRICT = '990101';
/** First days of a benefit, had there been one: assessed from October 2025 to September 2026. */
const MONTHS = Array.from({ length: 12 }, (_, month) => addMonths('2025-12-01', month));
const PER_MONTH = 10;

/** What goes wrong in how many of a hundred cases, at the older and at the younger institution. */
const RATES: Record<string, readonly [Mishap, number][]> = {
  'assess-01': [['returned', 4], ['mendedLate', 1], ['visitLate', 3], ['uploadLate', 3], ['orderRefused', 2]],
  'assess-01b': [['returned', 8], ['mendedLate', 3], ['visitLate', 8], ['uploadLate', 5], ['orderRefused', 6]],
};

function everybody(): PastPerson[] {
  const luck = chance('青禾市 assessed');
  const deal = dealNames('old', 0.58, [...NAMED_NAMES, ...DEPENDANTS.map((one) => one.name)], luck);
  return MONTHS.flatMap((effectiveOn, month) => Array.from({ length: PER_MONTH }, (_, n) => assessed(month * PER_MONTH + n, effectiveOn, deal(), luck)));
}

function assessed(index: number, effectiveOn: string, bearer: { name: string; sex: 1 | 2 }, luck: Chance): PastPerson {
  const key = `${DISTRICT}-A${String(index + 1).padStart(3, '0')}`;
  const road = roadTo(effectiveOn, luck);
  const offeredTo = index % 5 > 2 ? 'assess-01b' : 'assess-01';
  const mishap = mishapOf(offeredTo, luck.next() * 100);
  const assessedBy = mishap !== 'orderRefused' ? offeredTo : offeredTo === 'assess-01' ? 'assess-01b' : 'assess-01';
  // A case that was late or was sent back had begun two weeks earlier.
  const filedOn = mishap === 'visitLate' ? openDay(addDays(road.filedOn, -14)) : mishap === 'returned' ? openDay(addDays(road.filedOn, -12)) : mishap === 'mendedLate' ? openDay(addDays(road.filedOn, -24)) : road.filedOn;
  const birthOn = `${luck.whole(1936, 1962)}-${String(luck.whole(1, 12)).padStart(2, '0')}-${String(luck.whole(1, 28)).padStart(2, '0')}`;
  return {
    key, district: DISTRICT, ...bearer, birthOn, ...road, filedOn, assessedBy, mishap, stays: [],
    id: idOf(`person ${key}`, new Date(`${filedOn}T01:30:00Z`)),
    identityNumber: identityNumberFor(DISTRICT, birthOn, 480 + index * 4 + bearer.sex),
    phone: `1390099${5000 + index}`,
    insuredKind: luck.next() < 0.4 ? 'employee' : 'resident',
    home: homeIn(townshipsOf(DISTRICT)[index % 3]!, luck),
    grade: luck.pick([0, 1, 1, 2, 2, 2]),
    applicant: luck.next() < 0.35 ? { name: bearer.name, relation: 'self' } : { name: bearer.name[0]! + luck.pick(['建军', '红梅', '晓燕', '志强', '丽华', '海波']), relation: 'family' },
    disabledSinceOn: addDays(filedOn, -luck.whole(200, 1200)),
  };
}

function mishapOf(institution: string, drawn: number): Mishap | null {
  let edge = 0;
  for (const [mishap, rate] of RATES[institution]!) {
    edge += rate;
    if (drawn < edge) return mishap;
  }
  return null;
}

export const ASSESSED: readonly PastPerson[] = everybody();
