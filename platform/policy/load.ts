/** Loads the policy data once, at start: everything is checked before the first request is answered. */
import type { TSchema } from '@sinclair/typebox';
import { calendarFaults, workingDaysOf } from './calendar.ts';
import { fileToWrite, openBook, type PolicyBook, type Shelf } from './book.ts';
import { datedValues, type Dated } from './dated.ts';
import { readPolicyFiles, shapeFaults, type PolicyFiles } from './files.ts';
import type { EditionNeed, PolicyNeed } from './needs.ts';
import { PolicyProblem, type PolicyFault } from './problem.ts';

export interface PolicyToLoad {
  /** The folder policy/. */
  root: string;
  /** Code of the city that this installation serves. */
  city: string;
  /** What the modules ask for. */
  needs: readonly PolicyNeed[];
  /** Also refuse figures that no module asks for (a misspelt name); for `policy check`. */
  strict?: boolean;
}

/**
 * The policy book of `city`. Throws a PolicyProblem with every fault and its file: a missing figure, an ill-shaped value, no
 * source, an unknown document, an override that is not declared, overlapping dates, a gap.
 */
export function loadPolicy({ root, city, needs, strict = false }: PolicyToLoad): PolicyBook {
  const files = readPolicyFiles(root);
  const { areas, ready } = datedValues(files);
  files.faults.push(...calendarFaults(files.calendars), ...needFaults(areas, ready, needs), ...officialFaults(areas, files, needs), ...(strict ? unaskedFaults(areas, needs) : []));
  if (files.faults.length === 0) files.faults.push(...missingFaults(areas, needs, city));
  if (files.faults.length > 0) throw new PolicyProblem(files.faults);
  const shelf: Shelf = { areas, ready, cities: files.cities, documents: files.documents, workingDays: workingDaysOf(files.calendars.map((one) => one.read)) };
  return openBook(shelf, city);
}

/** Needs that neither the city nor the nation answers: a city that is marked `complete` must have none. */
export function missingNeeds(book: PolicyBook, needs: readonly PolicyNeed[]): PolicyNeed[] {
  const held = new Set(book.all().map((row) => row.name));
  return needs.filter((need) => !need.optional && !held.has(need.name));
}

function missingFaults(areas: Map<string, Map<string, Dated[]>>, needs: readonly PolicyNeed[], city: string): PolicyFault[] {
  return needs
    .filter((need) => !need.optional && !areas.get(city)?.has(need.name) && !areas.get('national')?.has(need.name))
    .map((need) => ({
      file: fileToWrite(need, city),
      what: `is missing: ${city} has no ${need.name}${need.shape === 'figure' ? ` (unit ${need.unit})` : ''}. Write it from the city's document, with its source.`,
    }));
}

function needFaults(areas: Map<string, Map<string, Dated[]>>, ready: readonly Dated[], needs: readonly PolicyNeed[]): PolicyFault[] {
  return needs.flatMap((need) => [...[...areas.values()].flatMap((names) => names.get(need.name) ?? []), ...ready.filter((row) => row.name === need.name)].flatMap((row) => rowFaults(row, need)));
}

/** An edition that decides about people rests on an official document: what this project made up is in force in fictional cities at most. */
function officialFaults(areas: Map<string, Map<string, Dated[]>>, files: PolicyFiles, needs: readonly PolicyNeed[]): PolicyFault[] {
  const real = [...areas].filter(([area]) => files.cities.get(area)?.fictional !== true);
  return needs.filter((need) => need.shape === 'edition' && need.official).flatMap((need) => real.flatMap(([area, names]) => (names.get(need.name) ?? []).flatMap((row) => {
    const own = row.sources.find((source) => files.documents.get(source.document)?.confidence === 'own');
    return own ? [{ file: row.file, what: `${row.name} '${row.id}' rests on '${own.document}', which this project made up; ${area === 'national' ? 'for real cities' : `in ${area}, a real city,`} only an official document puts it in force. Mark it 'use: demonstration' or 'use: candidate'.` }] : [];
  })));
}

function rowFaults(row: Dated, need: PolicyNeed): PolicyFault[] {
  const where = row.shape === 'figure' ? `${row.name} from ${row.from}` : `${row.name} '${row.id}'`;
  if (row.shape !== need.shape) return [{ file: row.file, what: `${row.name} must be written as a ${need.shape}, not as a ${row.shape}.` }];
  if (need.shape === 'figure' && row.unit !== need.unit) return [{ file: row.file, what: `${row.name} is in '${row.unit}', the module reads it in '${need.unit}'.` }];
  const wrong = shapeFaults(need.schema as TSchema, row.value);
  const deeper = wrong.length === 0 && need.shape === 'edition' ? ((need as EditionNeed).examine?.(row.value) ?? []) : [];
  return [...wrong, ...deeper].map((what) => ({ file: row.file, what: `${where} ${what}` }));
}

function unaskedFaults(areas: Map<string, Map<string, Dated[]>>, needs: readonly PolicyNeed[]): PolicyFault[] {
  const asked = new Set(needs.map((need) => need.name));
  const rows = [...areas.values()].flatMap((names) => [...names.values()].map((series) => series[0]!));
  return rows.filter((row) => !asked.has(row.name)).map((row) => ({ file: row.file, what: `${row.name} is asked for by no module: mend the name, or add the need to domain/${row.name.split('.')[0]}/policy.ts.` }));
}
