/** All SQL of workers. */
import { sql } from 'kysely';
import type { Static } from '@sinclair/typebox';
import type { Day } from '#kit/days.ts';
import { newId } from '#kit/ids.ts';
import { pageBounds } from '#kit/paging.ts';
import type { Act } from '#platform/act.ts';
import type { WorkerRowSchema, WorkerSchema } from './contract.ts';

export type WorkerRow = Static<typeof WorkerRowSchema>;
export type Worker = Static<typeof WorkerSchema>;

const ROW = sql`w.id, w.district_code, w.institution_id, i.name AS institution_name, w.name, w.worker_class, w.certificate_number, w.abilities, w.from_on, w.to_on`;
const FROM = sql`workers.worker w LEFT JOIN providers.institution i ON i.id = w.institution_id`;

/** One page of the workers in scope; `q` matches the name or the start of the certificate number. */
export async function listWorkers(act: Act, query: { q?: string; institution?: string; workerClass?: string; district?: string; page?: number; pageSize?: number }): Promise<{ rows: WorkerRow[]; total: number }> {
  const { limit, offset } = pageBounds(query);
  const q = query.q?.trim() || null;
  const where = sql`(${q}::text IS NULL OR strpos(w.name, ${q}) > 0 OR starts_with(w.certificate_number, ${q})) AND (${query.institution ?? null}::uuid IS NULL OR w.institution_id = ${query.institution ?? null})
    AND (${query.workerClass ?? null}::text IS NULL OR w.worker_class = ${query.workerClass ?? null}) AND (${query.district ?? null}::text IS NULL OR w.district_code = ${query.district ?? null})`;
  const { rows } = await sql<WorkerRow>`SELECT ${ROW} FROM ${FROM} WHERE ${where} ORDER BY w.district_code, i.name, w.name, w.id LIMIT ${limit} OFFSET ${offset}`.execute(act.db);
  const count = await sql<{ total: number }>`SELECT count(*) AS total FROM workers.worker w WHERE ${where}`.execute(act.db);
  return { rows, total: count.rows[0]?.total ?? 0 };
}

/** A worker in scope, or undefined. */
export async function findWorker(act: Act, id: string): Promise<Worker | undefined> {
  const { rows } = await sql<Worker>`SELECT ${ROW}, w.identity_number, w.source_ref, w.created_at FROM ${FROM} WHERE w.id = ${id}`.execute(act.db);
  return rows[0];
}

/** Whether an institution, or the list of a city, has the number already. */
export async function workerTaken(act: Act, employer: Employer, identityNumber: string): Promise<boolean> {
  const { rows } = await sql`SELECT 1 FROM workers.worker WHERE institution_id IS NOT DISTINCT FROM ${employer.id}::uuid AND (${employer.id}::uuid IS NOT NULL OR district_code = ${employer.districtCode}) AND identity_number = ${identityNumber}`.execute(act.db);
  return rows.length > 0;
}

export interface NewWorker {
  name: string;
  identityNumber: string;
  workerClass: 'nurse' | 'trained' | 'carer' | 'individual' | 'assessor' | 'expert';
  certificateNumber: string | null;
  abilities: readonly string[];
  fromOn: Day;
  toOn: Day | null;
  sourceRef: string | null;
}

/** To whom workers belong: an institution, or with a null id the list of experts of the city whose code it carries. */
export interface Employer {
  id: string | null;
  districtCode: string;
}

/** Adds workers of one institution, or experts of the city's list, with one statement; returns their ids in the same order. */
export async function insertWorkers(act: Act, institution: Employer, workers: readonly NewWorker[]): Promise<string[]> {
  const ids = workers.map(() => newId<'worker'>(act.now.getTime()) as string);
  const column = <T>(read: (one: NewWorker) => T): T[] => workers.map(read);
  await sql`INSERT INTO workers.worker (id, district_code, institution_id, name, identity_number, worker_class, certificate_number, abilities, from_on, to_on, source_ref, created_at)
    SELECT f.id, ${institution.districtCode}, ${institution.id}::uuid, f.name, f.number, f.class, f.certificate, ARRAY(SELECT jsonb_array_elements_text(f.abilities)), f.from_on, f.to_on, f.ref, ${act.now}
    FROM unnest(${ids}::uuid[], ${column((one) => one.name)}::text[], ${column((one) => one.identityNumber)}::text[], ${column((one) => one.workerClass)}::text[], ${column((one) => one.certificateNumber)}::text[],
      ${column((one) => JSON.stringify(one.abilities))}::jsonb[], ${column((one) => one.fromOn)}::date[], ${column((one) => one.toOn)}::date[], ${column((one) => one.sourceRef)}::text[])
      AS f (id, name, number, class, certificate, abilities, from_on, to_on, ref)`.execute(act.db);
  return ids;
}

/** Ids of an institution's workers by the reference of the file they came from. */
export async function workersBySource(act: Act, institutionId: string): Promise<Map<string, string>> {
  const { rows } = await sql<{ sourceRef: string; id: string }>`SELECT source_ref, id FROM workers.worker WHERE institution_id = ${institutionId} AND source_ref IS NOT NULL`.execute(act.db);
  return new Map(rows.map((row) => [row.sourceRef, row.id]));
}
