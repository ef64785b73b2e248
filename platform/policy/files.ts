/** Reads the folder policy/ and checks each file by itself. Faults are collected, so that one run shows all of them. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Static, TSchema } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { parseDocument } from 'yaml';
import { isDay } from '#kit/days.ts';
import type { PolicyFault } from './problem.ts';
import { CalendarFile, CityFile, EditionFile, FigureFile, SourcesFile, type SourceDocument } from './shapes.ts';
import { placeOf } from './needs.ts';

export interface PolicyFiles {
  figures: { area: string; file: string; read: FigureFile }[];
  editions: { area: string; file: string; read: EditionFile }[];
  calendars: { file: string; read: CalendarFile }[];
  cities: Map<string, CityFile>;
  documents: Map<string, SourceDocument>;
  faults: PolicyFault[];
}

/** `area` is 'national' or the code of a city. `root` is the folder policy/. */
export function readPolicyFiles(root: string): PolicyFiles {
  const files: PolicyFiles = { figures: [], editions: [], calendars: [], cities: new Map(), documents: new Map(), faults: [] };
  readSources(root, files);
  readArea(root, 'national', join(root, 'national'), files);
  const citiesFolder = join(root, 'cities');
  for (const city of existsSync(citiesFolder) ? readdirSync(citiesFolder).sort() : []) {
    const folder = join(citiesFolder, city);
    const about = readChecked(root, join(folder, 'city.yaml'), CityFile, files.faults);
    if (about && about.city !== city) files.faults.push({ file: shown(root, join(folder, 'city.yaml')), what: `says city: ${about.city}, but its folder is ${city}.` });
    if (about) files.cities.set(city, about);
    readArea(root, city, folder, files);
  }
  return files;
}

/** The path as people know it: `policy/cities/…`. */
export function shown(root: string, path: string): string {
  return ['policy', ...relative(root, path).split(sep)].join('/');
}

function readSources(root: string, files: PolicyFiles): void {
  const path = join(root, 'sources.yaml');
  const read = readChecked(root, path, SourcesFile, files.faults);
  for (const document of read?.documents ?? []) {
    if (files.documents.has(document.id)) files.faults.push({ file: shown(root, path), what: `lists the document ${document.id} twice.` });
    files.documents.set(document.id, document);
  }
}

function readArea(root: string, area: string, folder: string, files: PolicyFiles): void {
  for (const path of yamlFilesUnder(folder)) {
    const file = shown(root, path);
    const [module = '', leaf = ''] = relative(folder, path).split(sep);
    if (leaf === '') continue;
    if (area === 'national' && module === 'calendar') {
      const read = readChecked(root, path, CalendarFile, files.faults);
      if (read) files.calendars.push({ file, read });
      continue;
    }
    const content = readYaml(root, path, files.faults);
    if (content === undefined) continue;
    if (isFigure(content)) {
      const read = checked(content, FigureFile, file, files.faults);
      if (read && standsInPlace(read.figure, module, leaf, file, files.faults)) files.figures.push({ area, file, read });
    } else {
      const read = checked(content, EditionFile, file, files.faults);
      if (read && standsInPlace(read.edition, module, leaf, file, files.faults)) files.editions.push({ area, file, read });
    }
  }
}

function isFigure(content: unknown): boolean {
  return typeof content === 'object' && content !== null && 'figure' in content;
}

function standsInPlace(name: string, module: string, leaf: string, file: string, faults: PolicyFault[]): boolean {
  const place = placeOf(name);
  const stem = leaf.replace(/\.yaml$/, '');
  if (place.module === module && (stem === place.file || stem.startsWith(`${place.file}-`))) return true;
  faults.push({ file, what: `holds ${name}; a file of that name belongs at ${place.module}/${place.file}.yaml (an edition may add -YEAR).` });
  return false;
}

function yamlFilesUnder(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(folder, name));
}

function readYaml(root: string, path: string, faults: PolicyFault[]): unknown {
  const file = shown(root, path);
  if (!existsSync(path)) {
    faults.push({ file, what: 'is missing; write it (its form is described in policy/README.md).' });
    return undefined;
  }
  const parsed = parseDocument(readFileSync(path, 'utf8'));
  for (const error of parsed.errors) faults.push({ file, what: `is not readable YAML: ${error.message.split('\n')[0]}` });
  return parsed.errors.length > 0 ? undefined : (parsed.toJS() as unknown);
}

function readChecked<S extends TSchema>(root: string, path: string, schema: S, faults: PolicyFault[]): Static<S> | undefined {
  const content = readYaml(root, path, faults);
  return content === undefined ? undefined : checked(content, schema, shown(root, path), faults);
}

function checked<S extends TSchema>(content: unknown, schema: S, file: string, faults: PolicyFault[]): Static<S> | undefined {
  const wrong = shapeFaults(schema, content);
  for (const what of wrong) faults.push({ file, what });
  return wrong.length > 0 ? undefined : (content as Static<S>);
}

/** Of a union whose members are told apart by a literal `type`, the one that the content names; the member whose type is optional where it names none. */
function memberFor(schema: TSchema, content: unknown): TSchema {
  const members = schema['anyOf'] as TSchema[] | undefined;
  if (members === undefined || typeof content !== 'object' || content === null) return schema;
  const type = (content as Record<string, unknown>)['type'];
  const named = members.find((one) => (one['properties'] as Record<string, TSchema> | undefined)?.['type']?.['const'] === type && type !== undefined);
  return named ?? (type === undefined ? members.find((one) => !(one['required'] as string[] | undefined)?.includes('type')) : undefined) ?? schema;
}

/** Sentences for what in `content` does not fit `schema`, and for days that no calendar has. At most five. */
export function shapeFaults(schema: TSchema, content: unknown): string[] {
  const wrong = [...Value.Errors(memberFor(schema, content), content)].slice(0, 5).map((error) => {
    const place = error.path === '' ? 'the whole' : `'${error.path.slice(1).replaceAll('/', '.')}'`;
    const found = JSON.stringify(error.value);
    return `is ill-shaped at ${place}: ${error.message}${found === undefined ? ' (nothing is written there)' : `, found ${found.slice(0, 80)}`}.`;
  });
  return wrong.length > 0 ? wrong : impossibleDays(content);
}

function impossibleDays(content: unknown): string[] {
  if (Array.isArray(content)) return content.flatMap(impossibleDays);
  if (typeof content === 'object' && content !== null) return Object.values(content).flatMap(impossibleDays);
  const looksLikeDay = typeof content === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(content);
  return looksLikeDay && !isDay(content) ? [`names the day ${content}, which no calendar has.`] : [];
}
