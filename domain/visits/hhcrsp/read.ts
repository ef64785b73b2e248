/**
 * Reads one published home-care day: an instance (who needs what, where) and its solution (who was where from when to when).
 * Everything that the mapping does not use may be missing; what it uses is checked, and every fault is told with its place.
 */
import type { InputError } from '#kit/refuse.ts';
import { refuse } from '#kit/refuse.ts';
import { distanceM } from '#kit/geo.ts';

export interface Patient {
  id: string;
  /** Longitude, latitude; null when the file gives none or none that lies on the globe. */
  location: [number, number] | null;
  required: { service: string; durationMin: number }[];
  /** Two carers are planned for this patient. */
  paired: boolean;
  /** Row and column of the travel matrix; null without one. */
  matrixIndex: number;
}

export interface Carer {
  id: string;
  abilities: string[];
}

export interface Instance {
  name: string;
  /** Longitude, latitude of the first office or departing point. */
  depot: [number, number] | null;
  patients: Map<string, Patient>;
  carers: Map<string, Carer>;
  services: Set<string>;
  /** Travel minutes, offices first; empty when the file has none. */
  distances: number[][];
}

export interface Stop {
  /** Place in the solution file, counted over all routes from 1. */
  row: number;
  carer: string;
  patient: string;
  service: string;
  /** Minutes of the day. */
  arrival: number;
  departure: number;
  /** Position in the carer's route, from 1. */
  seq: number;
}

type Json = Record<string, unknown>;

/** Parses JSON; refuses with IMPORT_NOT_JSON and the parser's own place of the fault. */
export function parseJson(text: string, fileName: string): Json {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    refuse('IMPORT_NOT_JSON', { file: fileName, detail: (error as Error).message });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse('IMPORT_NOT_JSON', { file: fileName, detail: 'not an object' });
  return value as Json;
}

const list = (value: unknown): Json[] => (Array.isArray(value) ? value.filter((one): one is Json => typeof one === 'object' && one !== null) : []);
const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '');
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

function place(value: unknown): [number, number] | null {
  if (!Array.isArray(value) || !isNumber(value[0]) || !isNumber(value[1])) return null;
  return Math.abs(value[0]) <= 180 && Math.abs(value[1]) <= 90 ? [value[0], value[1]] : null;
}

/** Reads an instance. Refuses with IMPORT_NOT_INSTANCE, or IMPORT_FILE_REJECTED with one error per bad entry. */
export function readInstance(raw: Json, fileName: string): Instance {
  if (!Array.isArray(raw['patients']) || !Array.isArray(raw['caregivers']) || !Array.isArray(raw['services'])) refuse('IMPORT_NOT_INSTANCE', { file: fileName });
  const errors: InputError[] = [];
  const wrong = (row: number, column: string, value: unknown, code: string) => errors.push({ row, column, value: value === undefined ? '' : JSON.stringify(value).slice(0, 80), code, params: { file: fileName } });
  const defaults = new Map(list(raw['services']).map((one) => [text(one['id']), one['default_duration']]));
  const offices = [raw['central_offices'], raw['departing_points']].map(list).find((one) => one.length > 0) ?? [];
  const distances = (Array.isArray(raw['distances']) ? raw['distances'] : []) as number[][];
  const patients = new Map<string, Patient>();
  list(raw['patients']).forEach((one, at) => {
    const id = text(one['id']);
    if (id === '' || patients.has(id)) return void wrong(at + 1, 'patients.id', one['id'], id === '' ? 'IMPORT_ID_MISSING' : 'IMPORT_ID_TWICE');
    const required = list(one['required_caregivers']).map((need) => ({ service: text(need['service']), duration: need['duration'] ?? defaults.get(text(need['service'])) }));
    for (const need of required) {
      if (!defaults.has(need.service)) wrong(at + 1, 'required_caregivers.service', need.service, 'IMPORT_SERVICE_UNKNOWN');
      else if (!isNumber(need.duration) || need.duration <= 0 || need.duration > 1440) wrong(at + 1, 'required_caregivers.duration', need.duration, 'IMPORT_DURATION');
    }
    const matrixIndex = isNumber(one['distance_matrix_index']) ? one['distance_matrix_index'] : offices.length + at;
    if (distances.length > 0 && !distances[matrixIndex]) wrong(at + 1, 'distances', matrixIndex, 'IMPORT_MATRIX');
    patients.set(id, {
      id, location: place(one['location']), required: required.map((need) => ({ service: need.service, durationMin: Number(need.duration) })),
      paired: typeof one['synchronization'] === 'object' && one['synchronization'] !== null, matrixIndex,
    });
  });
  distances.forEach((row, at) => {
    if (!Array.isArray(row) || row.length !== distances.length || !row.every((minutes) => isNumber(minutes) && minutes >= 0)) wrong(at + 1, 'distances', at, 'IMPORT_MATRIX');
  });
  const carers = readCarers(raw, wrong);
  rejectFile(errors);
  if (!inDegrees([...patients.values()], distances)) for (const one of patients.values()) one.location = null;
  const name = text(raw['name']) || fileName.replace(/\.json$/i, '');
  return { name, depot: place(offices[0]?.['location']), patients, carers, services: new Set(defaults.keys()), distances };
}

/** No carer travels faster than this: a file whose travel times say so for most ways has places on a plane, not in degrees. */
const NOT_ON_EARTH_KMH = 1000;

/** True unless most travel minutes between the homes would need such a speed; a single misplaced home changes nothing. */
function inDegrees(patients: readonly Patient[], distances: readonly number[][]): boolean {
  if (distances.length === 0) return true;
  const placed = patients.filter((one) => one.location !== null);
  const ways = placed.flatMap((from) => placed.map((to) => ({ minutes: distances[from.matrixIndex]![to.matrixIndex]!, km: kmBetween(from, to) }))).filter((way) => way.km > 0);
  const tooFast = ways.filter((way) => way.km > (way.minutes * NOT_ON_EARTH_KMH) / 60).length;
  return tooFast * 2 <= ways.length;
}

function kmBetween(from: Patient, to: Patient): number {
  const point = ([lng, lat]: [number, number]) => ({ lng, lat });
  return distanceM(point(from.location!), point(to.location!)) / 1000;
}

function readCarers(raw: Json, wrong: (row: number, column: string, value: unknown, code: string) => void): Map<string, Carer> {
  const carers = new Map<string, Carer>();
  list(raw['caregivers']).forEach((one, at) => {
    const id = text(one['id']);
    if (id === '' || carers.has(id)) wrong(at + 1, 'caregivers.id', one['id'], id === '' ? 'IMPORT_ID_MISSING' : 'IMPORT_ID_TWICE');
    else carers.set(id, { id, abilities: (Array.isArray(one['abilities']) ? one['abilities'] : []).map(text) });
  });
  return carers;
}

/** Reads the routes of a solution against its instance. Refuses with IMPORT_NOT_SOLUTION, or IMPORT_FILE_REJECTED with one error per bad stop. */
export function readStops(raw: Json, instance: Instance, fileName: string): Stop[] {
  if (!Array.isArray(raw['routes'])) refuse('IMPORT_NOT_SOLUTION', { file: fileName });
  const errors: InputError[] = [];
  const stops: Stop[] = [];
  const seqs = new Map<string, number>();
  let row = 0;
  for (const route of list(raw['routes'])) {
    const carer = text(route['caregiver_id'] ?? route['caregiver']);
    const locations = Array.isArray(route['locations']) ? list(route['locations']) : [];
    if (locations.length === 0 && !instance.carers.has(carer)) errors.push({ row: row + 1, column: 'caregiver_id', value: carer, code: 'IMPORT_CARER_UNKNOWN', params: { file: fileName } });
    for (const one of locations) {
      row += 1;
      const stop = { row, carer, patient: text(one['patient'] ?? one['patient_id']), service: text(one['service'] ?? one['service_id']), arrival: one['arrival_time'], departure: one['departure_time'] };
      const fault = faultOf(stop, instance);
      if (fault) errors.push({ row, ...fault, params: { file: fileName } });
      const seq = (seqs.get(carer) ?? 0) + 1;
      seqs.set(carer, seq);
      stops.push({ ...stop, arrival: Number(stop.arrival), departure: Number(stop.departure), seq });
    }
  }
  rejectFile(errors);
  return stops;
}

/** The first thing that is wrong with a stop; a service that the patient does not need is not: that is for the audit to find. */
function faultOf(stop: { carer: string; patient: string; service: string; arrival: unknown; departure: unknown }, instance: Instance): Pick<InputError, 'column' | 'value' | 'code'> | undefined {
  if (!instance.carers.has(stop.carer)) return { column: 'caregiver_id', value: stop.carer, code: 'IMPORT_CARER_UNKNOWN' };
  if (!instance.patients.has(stop.patient)) return { column: 'patient', value: stop.patient, code: 'IMPORT_PATIENT_UNKNOWN' };
  if (!instance.services.has(stop.service)) return { column: 'service', value: stop.service, code: 'IMPORT_SERVICE_UNKNOWN' };
  const { arrival, departure } = stop;
  if (!isNumber(arrival) || arrival < 0 || arrival >= 2880) return { column: 'arrival_time', value: String(arrival), code: 'IMPORT_TIME' };
  if (!isNumber(departure) || departure <= arrival || departure - arrival > 1440) return { column: 'departure_time', value: String(departure), code: 'IMPORT_DEPARTURE' };
  return undefined;
}

/** Refuses with IMPORT_FILE_REJECTED when there are errors: how many rows are bad, and the first 500 errors. */
export function rejectFile(errors: readonly InputError[], more = 0): void {
  if (errors.length === 0) return;
  const rejected = new Set(errors.map((one) => `${one.params?.['file'] ?? ''}:${one.row ?? 0}`)).size + more;
  refuse('IMPORT_FILE_REJECTED', { rejected, shown: Math.min(errors.length, 500) }, { errors: errors.slice(0, 500) });
}
