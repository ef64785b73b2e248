/** SQL of the files that were taken in. */
import { sql } from 'kysely';
import type { Static } from '@sinclair/typebox';
import { pageBounds } from '#kit/paging.ts';
import type { Act } from '#platform/act.ts';
import { NOBODY } from '#platform/scope/actor.ts';
import type { IntakeSchema } from '../contract.ts';

export type Intake = Static<typeof IntakeSchema>;
export type IntakeFormat = 'hhcrsp' | 'csv' | 'excel' | 'world';

export interface NewIntake {
  districtCode: string;
  id: string;
  format: IntakeFormat;
  fileName: string;
  sha256: string;
  institutionId: string | null;
  rows: number;
  visits: number;
}

export async function insertIntake(act: Act, one: NewIntake): Promise<void> {
  await sql`INSERT INTO visits.intake (district_code, id, format, file_name, sha256, institution_id, rows, visits, received_at, account_id)
    VALUES (${one.districtCode}, ${one.id}, ${one.format}, ${one.fileName.slice(0, 400)}, ${one.sha256}, ${one.institutionId}, ${one.rows}, ${one.visits}, ${act.now},
      ${act.actor.accountId === NOBODY ? null : act.actor.accountId})`.execute(act.db);
}

/** One page of the files taken in, newest first. */
export async function listIntakes(act: Act, query: { format?: string; institution?: string; district?: string; page?: number; pageSize?: number }): Promise<{ rows: Intake[]; total: number }> {
  const { limit, offset } = pageBounds(query);
  const where = sql`(${query.format ?? null}::text IS NULL OR k.format = ${query.format ?? null}) AND (${query.institution ?? null}::uuid IS NULL OR k.institution_id = ${query.institution ?? null})
    AND (${query.district ?? null}::text IS NULL OR k.district_code = ${query.district ?? null})`;
  const { rows } = await sql<Intake>`SELECT k.id, k.district_code, k.format, k.file_name, k.sha256, k.institution_id, i.name AS institution_name, k.rows, k.visits, k.received_at
    FROM visits.intake k LEFT JOIN providers.institution i ON i.id = k.institution_id WHERE ${where} ORDER BY k.received_at DESC, k.id DESC LIMIT ${limit} OFFSET ${offset}`.execute(act.db);
  const count = await sql<{ total: number }>`SELECT count(*) AS total FROM visits.intake k WHERE ${where}`.execute(act.db);
  return { rows, total: count.rows[0]?.total ?? 0 };
}

/** The earlier intake of a file with the same content, in scope. */
export async function findSameFile(act: Act, districtCode: string, sha256: string): Promise<{ id: string; rows: number } | undefined> {
  const { rows } = await sql<{ id: string; rows: number }>`SELECT id, rows FROM visits.intake WHERE district_code = ${districtCode} AND sha256 = ${sha256} ORDER BY received_at LIMIT 1`.execute(act.db);
  return rows[0];
}
