/** Turns checked files into dated values: one row per figure value or edition, in order, without gap or overlap. */
import { createHash } from 'node:crypto';
import { addDays, type Day } from '#kit/days.ts';
import type { Bilingual } from '#kit/contract.ts';
import type { SourceRef, SourceStatus } from '#kit/decision.ts';
import type { PolicyFiles } from './files.ts';
import type { PolicyFault } from './problem.ts';
import type { Cited } from './shapes.ts';

/** One value with its period, as the book holds it. `to` is null while it is in force without end. */
export interface Dated {
  name: string;
  shape: 'figure' | 'edition';
  /** 'national' or the code of a city. */
  area: string;
  /** Id of an edition; of a figure's value the day it begins. */
  id: string;
  from: Day;
  to: Day | null;
  value: unknown;
  unit: string | null;
  label: Bilingual;
  decidedBy: Bilingual;
  effect: Bilingual;
  note: Bilingual | null;
  status: SourceStatus;
  sources: SourceRef[];
  overrides: boolean;
  /** Lies ready and is in force nowhere; null for what is in force in its time. */
  use: 'candidate' | 'demonstration' | null;
  /** `<national|city>@<from>#<8 hex of the value's SHA-256>`. */
  stamp: string;
  file: string;
}

/** Every dated value of every area that is in force in its time, by `area` and name, and the editions that only lie ready; adds what is wrong to `files.faults`. */
export function datedValues(files: PolicyFiles): { areas: Map<string, Map<string, Dated[]>>; ready: Dated[] } {
  const areas = new Map<string, Map<string, Dated[]>>();
  const keep = (row: Dated): void => {
    const names = areas.get(row.area) ?? areas.set(row.area, new Map()).get(row.area)!;
    const rows = names.get(row.name);
    if (rows) rows.push(row);
    else names.set(row.name, [row]);
  };
  const editions = editionRows(files);
  const ready = editions.filter((row) => row.use !== null);
  const ids = new Set<string>();
  for (const row of editions) {
    if (ids.has(`${row.area} ${row.name} ${row.id}`)) files.faults.push({ file: row.file, what: `${row.name}: another edition of ${row.area} has the id '${row.id}' already.` });
    ids.add(`${row.area} ${row.name} ${row.id}`);
  }
  for (const row of [...figureRows(files), ...editions.filter((one) => one.use === null)]) keep(row);
  for (const [area, names] of areas) {
    for (const rows of names.values()) {
      closePeriods(rows, files.faults);
      if (area !== 'national') checkOverride(rows[0]!, areas.get('national')?.has(rows[0]!.name) ?? false, files.faults);
    }
  }
  return { areas, ready };
}

function figureRows(files: PolicyFiles): Dated[] {
  const seen = new Map<string, string>();
  return files.figures.flatMap(({ area, file, read }) => {
    const earlier = seen.get(`${area} ${read.figure}`);
    if (earlier) files.faults.push({ file, what: `holds ${read.figure}, which ${earlier} holds already; keep one file per figure.` });
    seen.set(`${area} ${read.figure}`, file);
    return read.values.map((value) =>
      dated(files, {
        name: read.figure, shape: 'figure', area, id: value.from, from: value.from, to: value.to ?? null, value: value.value,
        unit: read.unit, label: read.label, decidedBy: read.decidedBy, effect: read.effect, note: value.note ?? null,
        status: value.status, overrides: read.overrides !== undefined, use: null, file,
      }, value.source),
    );
  });
}

function editionRows(files: PolicyFiles): Dated[] {
  return files.editions.map(({ area, file, read }) => {
    const fictional = files.cities.get(area)?.fictional === true;
    if (read.use === 'demonstration' && area !== 'national' && !fictional) {
      files.faults.push({ file, what: `is a demonstration of ${read.edition}, and ${area} is a real city: a demonstration is never in force there. Move it to policy/national/, where it only lies ready, or write what the city's document says.` });
    }
    return dated(files, {
      name: read.edition, shape: 'edition', area, id: read.id, from: read.from, to: read.to ?? null, value: read.body,
      unit: null, label: read.label, decidedBy: read.decidedBy, effect: read.effect, note: read.note ?? null,
      status: read.status, overrides: read.overrides !== undefined, use: read.use === 'demonstration' && fictional ? null : (read.use ?? null), file,
    }, read.source);
  });
}

function dated(files: PolicyFiles, row: Omit<Dated, 'sources' | 'stamp'>, cited: Cited | Cited[]): Dated {
  const sources = [cited].flat().map((source): SourceRef => {
    if (!files.documents.has(source.document)) {
      files.faults.push({ file: row.file, what: `cites the document '${source.document}', which policy/sources.yaml does not list; list it there or mend the id.` });
    }
    return { ...source, status: row.status, policy: row.name, file: row.file };
  });
  return { ...row, sources, stamp: `${row.area}@${row.from}#${hashOf(row.value)}` };
}

/** The first 8 hex digits of the SHA-256 of the value's canonical JSON (keys sorted). */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex').slice(0, 8);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

/** Orders the values, ends each the day before the next, and finds gaps and overlaps. */
function closePeriods(rows: Dated[], faults: PolicyFault[]): void {
  rows.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  rows.forEach((row, index) => {
    const next = rows[index + 1];
    if (row.to !== null && row.to < row.from) faults.push({ file: row.file, what: `${row.name}: the value from ${row.from} ends before it begins (${row.to}).` });
    if (!next) return;
    const lastDay = addDays(next.from, -1);
    if (next.from === row.from) faults.push({ file: next.file, what: `${row.name}: two values begin on ${row.from}; keep one.` });
    else if (row.to === null) row.to = lastDay;
    else if (row.to > lastDay) faults.push({ file: next.file, what: `${row.name}: the values from ${row.from} (to ${row.to}) and from ${next.from} overlap.` });
    else if (row.to < lastDay) faults.push({ file: next.file, what: `${row.name}: a gap from ${addDays(row.to, 1)} to ${lastDay}; say what held then.` });
  });
}

function checkOverride(row: Dated, nationalHasIt: boolean, faults: PolicyFault[]): void {
  if (nationalHasIt && !row.overrides) faults.push({ file: row.file, what: `replaces the national ${row.name}; say so with 'overrides: national'.` });
  if (!nationalHasIt && row.overrides) faults.push({ file: row.file, what: `says 'overrides: national', but there is no national ${row.name}.` });
}
