/** Acts on the register of workers. */
import type { BodyOf } from '#kit/contract.ts';
import { checkIdentityNumber } from '#kit/identity-number.ts';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { recordEvent, recordEvents } from '#platform/events/record.ts';
import { getInstitution } from '#domain/providers/index.ts';
import type { workersContract } from './contract.ts';
import type { Employer, NewWorker, Worker } from './store.ts';
import { findWorker, insertWorkers, workersBySource, workerTaken } from './store.ts';

type Addition = BodyOf<(typeof workersContract)['POST /api/workers']>;

/** A worker in the actor's scope; refuses with NOT_FOUND. */
export async function getWorker(act: Act, id: string): Promise<Worker> {
  return (await findWorker(act, id)) ?? refuse('NOT_FOUND', {}, { status: 404 });
}

/** The institution of a new worker, which must be the actor's to speak for; without one the expert list of the actor's city. Refuses with NOT_FOUND, WORKER_INSTITUTION, WORKER_CLASS, WORKER_CITY_LIST. */
async function employerOf(act: Act, body: Addition): Promise<Employer & { name: string | null }> {
  // Assessment stays apart from care (晋医保发〔2025〕19号 art. 5): assessors and experts belong to assessment institutions, carers never do.
  const assesses = body.workerClass === 'assessor' || body.workerClass === 'expert';
  const { area } = act.actor;
  if (body.institutionId === undefined) {
    if (area?.length !== CITY_DIGITS || body.workerClass !== 'expert') refuse('WORKER_CITY_LIST', {}, { status: 403 });
    return { id: null, districtCode: `${area}00`, name: null };
  }
  const institution = await getInstitution(act, body.institutionId);
  const mine = act.actor.institutionId === institution.id || (area !== null && institution.districtCode.startsWith(area));
  if (!mine) refuse('WORKER_INSTITUTION', { institution: institution.name }, { status: 403 });
  if (assesses !== (institution.kind === 'assessment')) refuse('WORKER_CLASS', { workerClass: body.workerClass, kind: institution.kind });
  return institution;
}

/** Digits of a division code that names a whole city; the rows of the city itself carry it with 00 (GB/T 2260). */
const CITY_DIGITS = 4;

/**
 * Adds a worker to an institution, or without one an expert to the city's own list. Refuses with WORKER_IDENTITY_NUMBER, WORKER_INSTITUTION (not yours),
 * WORKER_CITY_LIST (only the city's own office, only experts), WORKER_CLASS, WORKER_DAYS or WORKER_DUPLICATE.
 */
export async function addWorker(act: Act, body: Addition): Promise<{ id: string }> {
  const institution = await employerOf(act, body);
  const checked = checkIdentityNumber(body.identityNumber, act.today);
  if (!checked.ok) refuse('WORKER_IDENTITY_NUMBER', {}, { errors: [{ column: 'identityNumber', value: body.identityNumber, code: checked.code }] });
  if (body.toOn !== undefined && body.toOn < body.fromOn) refuse('WORKER_DAYS');
  if (await workerTaken(act, institution, checked.number)) refuse('WORKER_DUPLICATE', {}, { status: 409 });
  const worker: NewWorker = {
    name: body.name.trim(), identityNumber: checked.number, workerClass: body.workerClass, certificateNumber: body.certificateNumber ?? null, abilities: body.abilities ?? [],
    fromOn: body.fromOn, toOn: body.toOn ?? null, sourceRef: null,
  };
  const [id] = await insertWorkers(act, institution, [worker]);
  await recordEvent(act, { districtCode: institution.districtCode, kind: institution.id === null ? 'workers.addedToCityList' : 'workers.added', subjectType: 'worker', subjectId: id!, institutionId: institution.id, data: { name: worker.name, ...(institution.name === null ? {} : { institution: institution.name }) } });
  return { id: id! };
}

/** Workers of a file: those whose reference the institution knows are found again, the others are added. Returns ids by reference. */
export async function importWorkers(act: Act, institution: { id: string; districtCode: string; name: string }, workers: readonly (NewWorker & { sourceRef: string })[]): Promise<{ ids: Map<string, string>; added: number }> {
  const ids = await workersBySource(act, institution.id);
  const fresh = workers.filter((one) => !ids.has(one.sourceRef));
  const made = await insertWorkers(act, institution, fresh);
  fresh.forEach((one, at) => ids.set(one.sourceRef, made[at]!));
  await recordEvents(act, fresh.map((one, at) => ({
    districtCode: institution.districtCode, kind: 'workers.added', subjectType: 'worker', subjectId: made[at]!, institutionId: institution.id, data: { name: one.name, institution: institution.name },
  })));
  return { ids, added: fresh.length };
}
