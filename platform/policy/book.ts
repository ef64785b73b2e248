/** The policy book of one city: what held on a day, from which document, with the stamp that lets a decision be re-run. */
import type { Static, TSchema } from '@sinclair/typebox';
import type { Bilingual } from '#kit/contract.ts';
import type { Day } from '#kit/days.ts';
import type { PolicyStamp, SourceRef, SourceStatus } from '#kit/decision.ts';
import type { WorkingDays } from './calendar.ts';
import type { Dated } from './dated.ts';
import { placeOf, type EditionNeed, type FigureNeed, type PolicyNeed } from './needs.ts';
import { PolicyProblem } from './problem.ts';
import type { CityFile, SourceDocument } from './shapes.ts';

/** What was used, in the form that `stampOf` and the reasons want. */
export interface Stamped {
  stampKey: string;
  stamp: string;
  sources: SourceRef[];
  status: SourceStatus;
  file: string;
}

export interface FigureOn<V = unknown> extends Stamped {
  value: V;
  unit: string;
  from: Day;
  to: Day | null;
}

export interface EditionOn<V = unknown> extends Stamped {
  id: string;
  value: V;
  from: Day;
  to: Day | null;
}

/** An edition that lies ready without being in force. */
export interface ReadyEdition<V = unknown> extends EditionOn<V> {
  use: 'candidate' | 'demonstration';
  label: Bilingual;
  note: Bilingual | null;
}

/** One line of the policy book as people read it. */
export interface PolicyRow extends Omit<Dated, 'sources'> {
  sources: { document: SourceDocument; article: string | null }[];
}

export interface PolicyBook {
  /** Code, names and completeness of the city this book belongs to. */
  about: CityFile;
  /** The value that held on a day; the city's, where it has one, else the national. Throws a PolicyProblem when there is none. */
  figure<S extends TSchema>(need: FigureNeed<S>, on: Day): FigureOn<Static<S>>;
  edition<S extends TSchema>(need: EditionNeed<S>, on: Day): EditionOn<Static<S>>;
  /** The edition that a case began with. */
  editionById<S extends TSchema>(need: EditionNeed<S>, id: string): EditionOn<Static<S>>;
  /** Editions of this city and the nation that are in force nowhere: to be tried, or to demonstrate. No case can begin with one. */
  ready<S extends TSchema>(need: EditionNeed<S>): ReadyEdition<Static<S>>[];
  has(need: PolicyNeed, on: Day): boolean;
  /** Every value that this city reads, with the national ones that it replaces. */
  all(): PolicyRow[];
  sources(): SourceDocument[];
  /** The book of another shipped city, for a re-run under its rules. */
  city(city: string): PolicyBook;
  cities(): CityFile[];
  workingDays: WorkingDays;
}

export interface Shelf {
  areas: Map<string, Map<string, Dated[]>>;
  ready: Dated[];
  cities: Map<string, CityFile>;
  documents: Map<string, SourceDocument>;
  workingDays: WorkingDays;
}

/** The stamp of a decision: each policy name with the dated value that was used; several values of one name are joined. */
export function stampOf(...used: Pick<Stamped, 'stampKey' | 'stamp'>[]): PolicyStamp {
  const stamp: PolicyStamp = {};
  for (const one of used) {
    const held = stamp[one.stampKey];
    if (held === undefined) stamp[one.stampKey] = one.stamp;
    else if (!held.split(' + ').includes(one.stamp)) stamp[one.stampKey] = `${held} + ${one.stamp}`;
  }
  return stamp;
}

export function openBook(shelf: Shelf, city: string): PolicyBook {
  const about = shelf.cities.get(city);
  if (!about) {
    const known = [...shelf.cities.keys()].join(', ');
    throw new PolicyProblem([{ file: `policy/cities/${city}/city.yaml`, what: `is missing: there is no city '${city}' (there are ${known}).` }]);
  }
  const near = shelf.areas.get(city);
  const far = shelf.areas.get('national');

  const on = (name: string, day: Day): Dated | undefined => valueOn(near?.get(name), day) ?? valueOn(far?.get(name), day);
  const get = (need: PolicyNeed, day: Day): Dated => on(need.name, day) ?? missing(need, city, `has no value on ${day}`, [...(near?.get(need.name) ?? []), ...(far?.get(need.name) ?? [])], day);

  return {
    about,
    figure: <S extends TSchema>(need: FigureNeed<S>, day: Day) => {
      const row = get(need, day);
      return { ...stamped(row), value: row.value as Static<S>, unit: need.unit, from: row.from, to: row.to };
    },
    edition: <S extends TSchema>(need: EditionNeed<S>, day: Day) => asEdition<S>(get(need, day)),
    editionById: <S extends TSchema>(need: EditionNeed<S>, id: string) => {
      const rows = [...(near?.get(need.name) ?? []), ...(far?.get(need.name) ?? [])];
      return asEdition<S>(rows.find((row) => row.id === id) ?? missing(need, city, `has no edition '${id}'`, rows));
    },
    ready: <S extends TSchema>(need: EditionNeed<S>) => shelf.ready
      .filter((row) => row.name === need.name && (row.area === city || row.area === 'national'))
      .map((row) => ({ ...asEdition<S>(row), use: row.use!, label: row.label, note: row.note })),
    has: (need, day) => on(need.name, day) !== undefined,
    all: () => [...rowsOf(near), ...rowsOf(far)].map((row) => asRow(row, shelf.documents)).sort((a, b) => order(a, b)),
    sources: () => [...shelf.documents.values()],
    city: (other) => openBook(shelf, other),
    cities: () => [...shelf.cities.values()],
    workingDays: shelf.workingDays,
  };
}

function valueOn(rows: Dated[] | undefined, day: Day): Dated | undefined {
  if (!rows) return undefined;
  for (let index = rows.length - 1; index >= 0; index -= 1) {
    const row = rows[index]!;
    if (row.from <= day) return row.to === null || day <= row.to ? row : undefined;
  }
  return undefined;
}

function asEdition<S extends TSchema>(row: Dated): EditionOn<Static<S>> {
  return { ...stamped(row), id: row.id, value: row.value as Static<S>, from: row.from, to: row.to };
}

function stamped(row: Dated): Stamped {
  return { stampKey: row.name, stamp: row.stamp, sources: row.sources, status: row.status, file: row.file };
}

function missing(need: PolicyNeed, city: string, what: string, rows: Dated[], on?: Day): never {
  const known = rows.map((row) => `${row.id} (${row.from} to ${row.to ?? 'open'})`).join(', ');
  const sentence = `${need.name} ${what}${known === '' ? '' : `; there is ${known}`}. Write what the city's document says.`;
  const first = rows.toSorted((a, b) => a.from.localeCompare(b.from))[0];
  const notYet = first && on !== undefined && on < first.from ? { policy: first.label, on, firstOn: first.from } : undefined;
  throw new PolicyProblem([{ file: rows[0]?.file ?? fileToWrite(need, city), what: sentence, ...(notYet ? { notYet } : {}) }]);
}

/** Where a missing figure or edition of a city belongs. */
export function fileToWrite(need: PolicyNeed, city: string): string {
  const place = placeOf(need.name);
  return `policy/cities/${city}/${place.module}/${place.file}${need.shape === 'edition' ? '-YEAR' : ''}.yaml`;
}

function rowsOf(names: Map<string, Dated[]> | undefined): Dated[] {
  return names ? [...names.values()].flat() : [];
}

function asRow(row: Dated, documents: Map<string, SourceDocument>): PolicyRow {
  const sources = row.sources.map((source) => ({ document: documents.get(source.document)!, article: source.article ?? null }));
  return { ...row, sources };
}

function order(a: PolicyRow, b: PolicyRow): number {
  return a.name.localeCompare(b.name) || (a.area === b.area ? a.from.localeCompare(b.from) : a.area === 'national' ? -1 : 1);
}
