/** Acts on the register of workers. */
import type { BodyOf } from '#kit/contract.ts';
import { checkIdentityNumber } from '#kit/identity-number.ts';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { recordEvent, recordEvents } from '#platform/events/record.ts';
import { getInstitution } from '#domain/providers/index.ts';
import type { workersContract } from './contract.ts';
import type { NewWorker, Worker } from './store.ts';
import { findWorker, insertWorkers, workersBySource, workerTaken } from './store.ts';

type Addition = BodyOf<(typeof workersContract)['POST /api/workers']>;

/** A worker in the actor's scope; refuses with NOT_FOUND. */
export async function getWorker(act: Act, id: string): Promise<Worker> {
  return (await findWorker(act, id)) ?? refuse('NOT_FOUND', {}, { status: 404 });
}

/** Adds a worker to an institution. Refuses with WORKER_IDENTITY_NUMBER, WORKER_INSTITUTION (not yours), WORKER_CLASS, WORKER_DAYS or WORKER_DUPLICATE. */
export async function addWorker(act: Act, body: Addition): Promise<{ id: string }> {
  const institution = await getInstitution(act, body.institutionId);
  const mine = act.actor.institutionId === institution.id || (act.actor.area !== null && institution.districtCode.startsWith(act.actor.area));
  if (!mine) refuse('WORKER_INSTITUTION', { institution: institution.name }, { status: 403 });
  const checked = checkIdentityNumber(body.identityNumber, act.today);
  if (!checked.ok) refuse('WORKER_IDENTITY_NUMBER', {}, { errors: [{ column: 'identityNumber', value: body.identityNumber, code: checked.code }] });
  // Assessment stays apart from care (晋医保发〔2025〕19号 art. 5): assessors and experts belong to assessment institutions, carers never do.
  const assesses = body.workerClass === 'assessor' || body.workerClass === 'expert';
  if (assesses !== (institution.kind === 'assessment')) refuse('WORKER_CLASS', { workerClass: body.workerClass, kind: institution.kind });
  if (body.toOn !== undefined && body.toOn < body.fromOn) refuse('WORKER_DAYS');
  if (await workerTaken(act, institution.id, checked.number)) refuse('WORKER_DUPLICATE', {}, { status: 409 });
  const worker: NewWorker = {
    name: body.name.trim(), identityNumber: checked.number, workerClass: body.workerClass, certificateNumber: body.certificateNumber ?? null, abilities: body.abilities ?? [],
    fromOn: body.fromOn, toOn: body.toOn ?? null, sourceRef: null,
  };
  const [id] = await insertWorkers(act, institution, [worker]);
  await recordEvent(act, { districtCode: institution.districtCode, kind: 'workers.added', subjectType: 'worker', subjectId: id!, institutionId: institution.id, data: { name: worker.name, institution: institution.name } });
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
