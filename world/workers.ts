/** The carers, nurses, assessors and experts of the fictional city, with valid fictional identity numbers. */
import { identityNumberFor } from '#kit/identity-number.ts';
import { CITY_LIST, DEMO_ACCOUNTS } from './accounts.ts';
import { chance, idOf } from './chance.ts';
import { INSTITUTIONS, institution } from './institutions.ts';
import type { Institution } from './institutions.ts';
import { NAMED_NAMES } from './named.ts';
import { dealNames } from './names.ts';

export type WorkerClass = 'nurse' | 'trained' | 'carer' | 'individual' | 'assessor' | 'expert';

export interface Worker {
  key: string;
  id: string;
  /** Key of the institution; null for an expert of the city's list. */
  institution: string | null;
  district: string;
  name: string;
  workerClass: WorkerClass;
  identityNumber: string;
  certificateNumber: string | null;
  abilities: string[];
}

const LIVING = Array.from({ length: 17 }, (_, i) => `QH-L${String(i + 1).padStart(2, '0')}`);
const NURSING = Array.from({ length: 8 }, (_, i) => `QH-M0${i + 1}`);
/** Catalogue items that need no nurse's licence. */
const OPEN_NURSING = NURSING.slice(0, 4);

const ABILITIES: Record<WorkerClass, string[]> = {
  nurse: [...LIVING, ...NURSING], trained: [...LIVING, ...OPEN_NURSING], carer: LIVING, individual: [...LIVING, ...OPEN_NURSING], assessor: [], expert: [],
};
const CERTIFICATE: Partial<Record<WorkerClass, string>> = { nurse: 'HS', trained: 'CHY', assessor: 'PGY', expert: 'ZJ' };

/** Names that are told elsewhere: the demo accounts' holders, and carers of the named people. */
const NAMED = new Map<string, string>([['home-01/trained-1', '何春梅'], ['individual-01/individual-1', '陈晓燕'], ...DEMO_ACCOUNTS.flatMap((one): [string, string][] => (one.worker === undefined ? [] : [[one.worker, one.displayName]]))]);

const ROSTER: Record<Institution['kind'], Partial<Record<WorkerClass, number>>> = {
  assessment: { assessor: 3, expert: 2 },
  homeCare: { nurse: 2, trained: 6, carer: 4 },
  careHome: { nurse: 3, trained: 6 },
  individualCarers: { individual: 22 },
};
/** Division of what belongs to the city and to no district. */
const CITY_CODE = '990100';

/** Those who came later. */
const LATER: readonly [institution: string, workerClass: WorkerClass, n: number][] = [['assess-01', 'expert', 3]];

function roster(): Worker[] {
  const luck = chance('青禾市 workers');
  const deal = dealNames('working', 0.85, [...NAMED_NAMES, ...NAMED.values()], luck);
  const workers: Worker[] = [];
  for (const place of INSTITUTIONS) {
    for (const [workerClass, count] of Object.entries(ROSTER[place.kind]) as [WorkerClass, number][]) {
      for (let n = 1; n <= count; n++) workers.push(hired(place, workerClass, n, workers.length));
    }
  }
  for (const [key, workerClass, n] of LATER) workers.push(hired(institution(key), workerClass, n, workers.length));
  for (let n = 1; n <= DEMO_ACCOUNTS.filter((one) => one.worker?.startsWith(`${CITY_LIST}/`)).length; n++) workers.push(hired(null, 'expert', n, workers.length));
  return workers;

  function hired(place: Institution | null, workerClass: WorkerClass, n: number, index: number): Worker {
    const district = place?.district ?? CITY_CODE;
    const key = `${place?.key ?? CITY_LIST}/${workerClass}-${n}`;
    const { name, sex } = deal();
    const birthOn = `${luck.whole(1966, 1998)}-${two(luck.whole(1, 12))}-${two(luck.whole(1, 28))}`;
    // Odd sequences are men's; the index keeps them apart.
    const sequence = (index * 2 + (sex === 1 ? 1 : 0)) % 1000;
    const prefix = CERTIFICATE[workerClass];
    return {
      key, workerClass,
      id: idOf(`worker ${key}`, new Date(Date.parse('2023-12-21T02:00:00Z') + index * 1000)),
      institution: place?.key ?? null, district, name: NAMED.get(key) ?? name,
      identityNumber: identityNumberFor(district, birthOn, sequence),
      certificateNumber: prefix === undefined ? null : `${prefix}-9901-${String(index + 1).padStart(5, '0')}`,
      abilities: ABILITIES[workerClass],
    };
  }
}

const two = (n: number) => String(n).padStart(2, '0');

export const WORKERS: readonly Worker[] = roster();

const byKey = new Map(WORKERS.map((one) => [one.key, one]));

/** A worker by key, e.g. `home-01/trained-1`. */
export function worker(key: string): Worker {
  const found = byKey.get(key);
  if (!found) throw new Error(`the world has no worker ${key}`);
  return found;
}

export const workersOf = (institutionKey: string, ...classes: WorkerClass[]): Worker[] => WORKERS.filter((one) => one.institution === institutionKey && (classes.length === 0 || classes.includes(one.workerClass)));
