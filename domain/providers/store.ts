/** All SQL of providers. */
import { sql } from 'kysely';
import type { Static } from '@sinclair/typebox';
import type { Day } from '#kit/days.ts';
import { pageBounds } from '#kit/paging.ts';
import type { Act } from '#platform/act.ts';
import type { FiledPriceSchema, InstitutionRowSchema, InstitutionSchema } from './contract.ts';

export type InstitutionRow = Static<typeof InstitutionRowSchema>;
export type Institution = Static<typeof InstitutionSchema>;
export type FiledPrice = Static<typeof FiledPriceSchema>;

const ROW = sql`i.id, i.district_code, coalesce(a.name_zh, i.district_code) AS district_zh, coalesce(a.name_en, i.district_code) AS district_en, i.code, i.name, i.kind, i.address, i.phone, i.capacity,
  i.agreement_from_on, i.agreement_to_on`;
const FROM = sql`providers.institution i LEFT JOIN platform.area a ON a.code = i.district_code`;

/** One page of the register, by name; `q` looks in name and code. The register is published: everybody sees all of it. */
export async function listInstitutions(act: Act, query: { q?: string; kind?: string; district?: string; page?: number; pageSize?: number }): Promise<{ rows: InstitutionRow[]; total: number }> {
  const { limit, offset } = pageBounds(query);
  const q = query.q?.trim() || null;
  const where = sql`(${q}::text IS NULL OR strpos(lower(i.name), lower(${q})) > 0 OR strpos(lower(i.code), lower(${q})) > 0)
    AND (${query.kind ?? null}::text IS NULL OR i.kind = ${query.kind ?? null}) AND (${query.district ?? null}::text IS NULL OR i.district_code = ${query.district ?? null})`;
  const { rows } = await sql<InstitutionRow>`SELECT ${ROW} FROM ${FROM} WHERE ${where} ORDER BY i.name, i.id LIMIT ${limit} OFFSET ${offset}`.execute(act.db);
  const count = await sql<{ total: number }>`SELECT count(*) AS total FROM providers.institution i WHERE ${where}`.execute(act.db);
  return { rows, total: count.rows[0]?.total ?? 0 };
}

const WHOLE = sql`${ROW}, i.credit_code, i.longitude, i.latitude, i.source_ref, i.created_at`;

export async function findInstitution(act: Act, id: string): Promise<Institution | undefined> {
  const { rows } = await sql<Institution>`SELECT ${WHOLE} FROM ${FROM} WHERE i.id = ${id}`.execute(act.db);
  return rows[0];
}

/** The institution that was taken from a file under this reference. */
export async function findInstitutionBySource(act: Act, sourceRef: string): Promise<Institution | undefined> {
  const { rows } = await sql<Institution>`SELECT ${WHOLE} FROM ${FROM} WHERE i.source_ref = ${sourceRef}`.execute(act.db);
  return rows[0];
}

/** True when another institution holds this code or credit code. */
export async function institutionTaken(act: Act, code: string, creditCode: string): Promise<boolean> {
  const { rows } = await sql`SELECT 1 FROM providers.institution WHERE code = ${code} OR credit_code = ${creditCode} LIMIT 1`.execute(act.db);
  return rows.length > 0;
}

export interface NewInstitution {
  id: string;
  districtCode: string;
  code: string;
  name: string;
  kind: 'assessment' | 'homeCare' | 'careHome' | 'individualCarers';
  creditCode: string;
  address: string;
  phone: string | null;
  /** WGS 84. */
  longitude: number | null;
  latitude: number | null;
  capacity: number | null;
  agreementFromOn: Day;
  agreementToOn: Day | null;
  sourceRef: string | null;
}

export async function insertInstitution(act: Act, one: NewInstitution): Promise<void> {
  await sql`INSERT INTO providers.institution (id, district_code, code, name, kind, credit_code, address, phone, longitude, latitude, capacity, agreement_from_on, agreement_to_on, source_ref, created_at)
    VALUES (${one.id}, ${one.districtCode}, ${one.code}, ${one.name}, ${one.kind}, ${one.creditCode}, ${one.address}, ${one.phone}, ${one.longitude}, ${one.latitude}, ${one.capacity},
      ${one.agreementFromOn}, ${one.agreementToOn}, ${one.sourceRef}, ${act.now})`.execute(act.db);
}

export async function districtExists(act: Act, code: string): Promise<boolean> {
  const { rows } = await sql`SELECT 1 FROM platform.area WHERE code = ${code}`.execute(act.db);
  return rows.length > 0;
}

/** Prices that an institution has filed, newest first within a class. */
export async function listPrices(act: Act, institutionId: string): Promise<FiledPrice[]> {
  const { rows } = await sql<FiledPrice>`SELECT worker_class, from_on, to_on, hourly_price_fen FROM providers.filed_price WHERE institution_id = ${institutionId} ORDER BY worker_class, from_on DESC LIMIT 500`.execute(act.db);
  return rows;
}

/** The filed price whose days meet [fromOn, toOn), if there is one. */
export async function findPriceMeeting(act: Act, institutionId: string, workerClass: string, fromOn: Day, toOn: Day | null): Promise<FiledPrice | undefined> {
  const { rows } = await sql<FiledPrice>`SELECT worker_class, from_on, to_on, hourly_price_fen FROM providers.filed_price
    WHERE institution_id = ${institutionId} AND worker_class = ${workerClass} AND daterange(from_on, to_on, '[)') && daterange(${fromOn}::date, ${toOn}::date, '[)') ORDER BY from_on LIMIT 1`.execute(act.db);
  return rows[0];
}

export async function insertPrice(act: Act, institutionId: string, price: FiledPrice): Promise<void> {
  await sql`INSERT INTO providers.filed_price (institution_id, worker_class, from_on, to_on, hourly_price_fen)
    VALUES (${institutionId}, ${price.workerClass}, ${price.fromOn}, ${price.toOn}, ${price.hourlyPriceFen})`.execute(act.db);
}

/** Ends a price that has no last day: it holds until the day before `toOn`. */
export async function endPrice(act: Act, institutionId: string, price: FiledPrice, toOn: Day): Promise<void> {
  await sql`UPDATE providers.filed_price SET to_on = ${toOn} WHERE institution_id = ${institutionId} AND worker_class = ${price.workerClass} AND from_on = ${price.fromOn} AND to_on IS NULL`.execute(act.db);
}

/** Institutions of the other side behind which a legal person stands at any time: care for one that assesses, assessment for one that cares. */
export async function listAcrossTheWall(act: Act, creditCode: string, side: 'assessment' | 'care'): Promise<{ institutionName: string }[]> {
  const { rows } = await sql<{ institutionName: string }>`SELECT institution_name FROM providers.across_the_wall(${creditCode}, NULL, ${side}, '1900-01-01', NULL)`.execute(act.db);
  return rows;
}
