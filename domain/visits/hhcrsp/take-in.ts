/** Takes in one published day: institution, people, carers, conclusions, plans, visits and travel times, all in one act. */
import { createHash } from 'node:crypto';
import type { Day } from '#kit/days.ts';
import { addDays, addMonths, isDay, monthOf } from '#kit/days.ts';
import { newId } from '#kit/ids.ts';
import type { InputError } from '#kit/refuse.ts';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { recordEvent } from '#platform/events/record.ts';
import { importConclusions } from '#domain/assessments/index.ts';
import { validMonths } from '#domain/assessments/policy.ts';
import { importPeople, insertTies } from '#domain/people/index.ts';
import { importPlans } from '#domain/plans/index.ts';
import { getCatalogue, importInstitution } from '#domain/providers/index.ts';
import { importWorkers } from '#domain/workers/index.ts';
import { countNewVisits, insertDayVisits, insertTravel, peopleWithoutConclusion, townshipCodes, townshipsOf } from '../store/hhcrsp.ts';
import type { DayVisit } from '../store/hhcrsp.ts';
import { findSameFile, insertIntake } from '../store/intakes.ts';
import { demandOpenMonth, openMonths } from '../store/lock.ts';
import { creditCode, fictionalPerson, instanceRef, spread } from './fiction.ts';
import { pairRefs } from './pairs.ts';
import type { Instance, Stop } from './read.ts';
import { parseJson, readInstance, readStops, rejectFile } from './read.ts';

export interface HhcrspFiles {
  instance: { fileName: string; text: string };
  solution: { fileName: string; text: string };
  day: Day;
  districtCode: string;
}

export interface TakenIn {
  intakeId: string;
  /** Newly added. */
  people: number;
  workers: number;
  visits: number;
  /** Visits that the file holds, known ones included. */
  rows: number;
}

export type Progress = (step: { zh: string; en: string }, done: number, of: number) => void;

/** The grade of the conclusions that come with a published day: the lowest with home visits. */
const IMPORTED_GRADE = 3;

/** Item of the city's catalogue for a service of a published day: `s1` → `HC-S1`. */
export const itemCodeOf = (service: string): string => `HC-${service.toUpperCase()}`;

/**
 * Imports an instance with its solution as visits of `day`. People, carers and plans are found again by their reference;
 * visits that are already there (same reference, same day) add nothing; files that were taken in before add nothing also when
 * their month has been closed since. Refuses with IMPORT_NOT_JSON, IMPORT_NOT_INSTANCE,
 * IMPORT_NOT_SOLUTION, IMPORT_FILE_REJECTED (one error per bad row; nothing is written), IMPORT_DISTRICT, IMPORT_DAY, IMPORT_MONTH_CLOSED.
 */
export async function takeInHhcrsp(act: Act, files: HhcrspFiles, progress: Progress = () => undefined): Promise<TakenIn> {
  const { day, districtCode } = files;
  if (!isDay(day)) refuse('IMPORT_DAY', { day });
  const instance = readInstance(parseJson(files.instance.text, files.instance.fileName), files.instance.fileName);
  const stops = readStops(parseJson(files.solution.text, files.solution.fileName), instance, files.solution.fileName);
  demandItems(act, instance, stops, files);
  const townships = await demandDistrict(act, districtCode);
  const sha256 = createHash('sha256').update(files.instance.text).update('\0').update(files.solution.text).update(`\0${day}`).digest('hex');
  const known = await findSameFile(act, districtCode, sha256);
  if (known) return { intakeId: known.id, people: 0, workers: 0, visits: 0, rows: known.rows };
  await openMonths(act, [monthOf(day)]);
  await demandOpenMonth(act, districtCode, monthOf(day));

  const day_ = { act, districtCode, day, ref: instanceRef(instance), instance, stops, townships };
  progress({ zh: '机构与人员', en: 'institution and people' }, 0, stops.length);
  const institution = await takeInstitution(day_);
  const people = await takePeople(day_, institution.id);
  const workers = await takeWorkers(day_, institution);
  progress({ zh: '评估结论与护理计划', en: 'conclusions and plans' }, 0, stops.length);
  await takeConclusions(day_, people.ids);
  const plans = await takePlans(day_, institution.id, people.ids);
  const intakeId = newId<'intake'>(act.now.getTime());
  progress({ zh: '服务记录', en: 'visits' }, 0, stops.length);
  const fileName = `${files.instance.fileName} + ${files.solution.fileName}`.slice(0, 400);
  const rows = visitRows(day_, people.ids, workers.ids, plans);
  await insertIntake(act, { districtCode, id: intakeId, format: 'hhcrsp', fileName, sha256, institutionId: institution.id, rows: rows.length, visits: await countNewVisits(act, { districtCode, day, institutionId: institution.id }, rows) });
  const visits = await insertDayVisits(act, { districtCode, day, institutionId: institution.id, intakeId }, rows);
  await takeTravel(day_, people.ids);
  progress({ zh: '服务记录', en: 'visits' }, stops.length, stops.length);
  await recordEvent(act, { districtCode, kind: 'visits.fileTakenIn', subjectType: 'intake', subjectId: intakeId, institutionId: institution.id, data: { fileName, rows: stops.length, visits } });
  return { intakeId, people: people.added, workers: workers.added, visits, rows: stops.length };
}

interface DayImport {
  act: Act;
  districtCode: string;
  day: Day;
  ref: string;
  instance: Instance;
  stops: Stop[];
  townships: { code: string; zh: string }[];
}

/** Every service must be an item of the catalogue of the day; one error per patient or stop that has another. */
function demandItems(act: Act, instance: Instance, stops: readonly Stop[], files: HhcrspFiles): void {
  const known = new Set(getCatalogue(act, files.day).items.map((item) => item.code));
  const error = (row: number, column: string, service: string, file: string): InputError[] => (known.has(itemCodeOf(service)) ? [] : [{ row, column, value: service, code: 'IMPORT_ITEM_UNKNOWN', params: { file, item: itemCodeOf(service), day: files.day } }]);
  rejectFile([
    ...[...instance.patients.values()].flatMap((one, at) => one.required.flatMap((need) => error(at + 1, 'required_caregivers.service', need.service, files.instance.fileName))),
    ...stops.flatMap((stop) => error(stop.row, 'service', stop.service, files.solution.fileName)),
  ]);
}

/** The townships of the district that the people live in; refuses with IMPORT_DISTRICT outside the actor's area. */
async function demandDistrict(act: Act, districtCode: string): Promise<{ code: string; zh: string }[]> {
  if (!act.actor.area || !districtCode.startsWith(act.actor.area)) refuse('IMPORT_DISTRICT', { district: districtCode });
  const townships = await townshipsOf(act, districtCode);
  return townships.length > 0 ? townships : refuse('IMPORT_DISTRICT', { district: districtCode });
}

async function takeInstitution({ act, districtCode, day, ref, instance, townships }: DayImport): Promise<{ id: string; districtCode: string; name: string }> {
  const township = townships[spread(`${ref} depot`, townships.length)]!;
  const name = `${township.zh}居家护理服务站(导入 ${instance.name})`.slice(0, 80);
  const { id } = await importInstitution(act, {
    districtCode, code: `HC${districtCode}-${ref.toUpperCase().slice(-8)}`, name, kind: 'homeCare', address: `${township.zh}（导入数据的出发点）`, phone: null, longitude: instance.depot?.[0] ?? null,
    latitude: instance.depot?.[1] ?? null, capacity: null, agreementFromOn: getCatalogue(act, day).fromOn, agreementToOn: null, sourceRef: `${districtCode}/${ref}`, creditCodeAt: (attempt) => creditCode(districtCode, ref, attempt),
  });
  return { id, districtCode, name };
}

async function takePeople({ act, districtCode, day, ref, instance, townships }: DayImport, institutionId: string): Promise<{ ids: Map<string, string>; added: number }> {
  const { ids, added } = await importPeople(act, districtCode, [...instance.patients.values()].map((patient) => {
    const sourceRef = `${ref}/${patient.id}`;
    const township = townships[spread(`${sourceRef} township`, townships.length)]!;
    return {
      ...fictionalPerson(districtCode, sourceRef, 1930, 30), sourceRef, townshipCode: township.code, community: '导入社区', address: `${township.zh}(导入 ${sourceRef})`,
      longitude: patient.location?.[0] ?? null, latitude: patient.location?.[1] ?? null, insuredKind: spread(`${sourceRef} insured`, 3) === 0 ? ('resident' as const) : ('employee' as const),
    };
  }));
  await insertTies(act, { districtCode, institutionId, kind: 'care', fromOn: `${monthOf(day)}-01` }, [...instance.patients.keys()].map((id) => ids.get(`${ref}/${id}`)!));
  return { ids: new Map([...instance.patients.keys()].map((id) => [id, ids.get(`${ref}/${id}`)!])), added };
}

async function takeWorkers({ act, districtCode, day, ref, instance }: DayImport, institution: { id: string; districtCode: string; name: string }): Promise<{ ids: Map<string, string>; added: number }> {
  const taken = new Set<string>();
  return importWorkers(act, institution, [...instance.carers.values()].map((carer) => {
    const person = fictionalPerson(districtCode, `${ref}/${carer.id}`, 1965, 35);
    let attempt = 0;
    while (taken.has(person.identityNumber(attempt))) attempt += 1;
    taken.add(person.identityNumber(attempt));
    return {
      name: person.name, identityNumber: person.identityNumber(attempt), workerClass: 'trained' as const, certificateNumber: null, abilities: carer.abilities.map(itemCodeOf),
      fromOn: getCatalogue(act, day).fromOn, toOn: null, sourceRef: carer.id,
    };
  }));
}

/** A conclusion from the first of the month for everybody who has none on the day; it ends before a later one begins. */
async function takeConclusions({ act, districtCode, day, ref, instance }: DayImport, people: Map<string, string>): Promise<void> {
  const rows = await peopleWithoutConclusion(act, districtCode, day, [...people.values()]);
  const first = `${monthOf(day)}-01`;
  const months = act.policy.figure(validMonths, day).value;
  const order = new Map([...instance.patients.keys()].map((id, at) => [`${ref}/${id}`, at]));
  rows.sort((a, b) => (order.get(a.sourceRef) ?? 0) - (order.get(b.sourceRef) ?? 0));
  await importConclusions(act, rows.map((row) => {
    const effectiveOn = row.afterOn !== null && row.afterOn >= first ? addDays(row.afterOn, 1) : first;
    const lastOn = addDays(addMonths(effectiveOn, months), -1);
    const validUntilOn = row.nextOn !== null && row.nextOn <= lastOn ? addDays(row.nextOn, -1) : lastOn;
    return { districtCode, personId: row.personId, townshipCode: row.townshipCode, grade: IMPORTED_GRADE, effectiveOn, validUntilOn, sourceRef: row.sourceRef };
  }));
}

async function takePlans({ act, districtCode, day, ref, instance }: DayImport, institutionId: string, people: Map<string, string>): Promise<Map<string, string>> {
  const townships = await townshipCodes(act, districtCode, [...people.values()]);
  const plans = [...instance.patients.values()].map((patient) => ({
    personId: people.get(patient.id)!, townshipCode: townships.get(people.get(patient.id)!)!, sourceRef: `${ref}/${patient.id}`,
    items: [...Map.groupBy(patient.required, (need) => need.service)].map(([service, needs]) => {
      // Of two carers at once each gives her own item; only the same item needed twice is an item for two.
      const together = patient.paired && needs.length === 2;
      const timesPerDay = together ? 1 : needs.length;
      return { itemCode: itemCodeOf(service), minutes: Math.ceil(Math.max(...needs.map((need) => need.durationMin))), timesPerDay, timesPerWeek: timesPerDay * 7, carers: together ? 2 : 1 };
    }),
  }));
  return (await importPlans(act, { districtCode, institutionId, on: day, confirmedBy: `导入 ${ref}` }, plans)).ids;
}

/** `carer/patient/service` as in the file; a triple that the file repeats gets #2, #3 … */
export function sourceRefs(stops: readonly Stop[]): string[] {
  const seen = new Map<string, number>();
  return stops.map((stop) => {
    const triple = `${stop.carer}/${stop.patient}/${stop.service}`;
    const count = (seen.get(triple) ?? 0) + 1;
    seen.set(triple, count);
    return count === 1 ? triple : `${triple}#${count}`;
  });
}

/** The visits of the day, in the order of the file. */
function visitRows({ act, ref, instance, stops }: DayImport, people: Map<string, string>, workers: Map<string, string>, plans: Map<string, string>): DayVisit[] {
  const pairs = pairRefs(instance, stops, ref);
  const refs = sourceRefs(stops);
  return stops.map((stop, at) => {
    const personId = people.get(stop.patient)!;
    const location = instance.patients.get(stop.patient)!.location;
    return {
      id: newId<'visit'>(act.now.getTime()), personId, workerId: workers.get(stop.carer)!, planId: plans.get(personId) ?? null, itemCode: itemCodeOf(stop.service), arrival: stop.arrival, departure: stop.departure,
      longitude: location?.[0] ?? null, latitude: location?.[1] ?? null, pairRef: pairs.get(stop.row) ?? null, sourceRef: refs[at]!, sourceSeq: stop.seq,
    };
  });
}

/** Travel minutes between the homes, as the instance gives them. */
async function takeTravel({ act, districtCode, ref, instance }: DayImport, people: Map<string, string>): Promise<void> {
  if (instance.distances.length === 0) return;
  const patients = [...instance.patients.values()];
  const minutes = patients.flatMap((from) => patients.map((to) => instance.distances[from.matrixIndex]![to.matrixIndex]!));
  await insertTravel(act, districtCode, patients.map((one) => people.get(one.id)!), minutes, `hhcrsp ${ref}`);
}
