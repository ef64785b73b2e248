/** SQL of lists and exports of visits. */
import { sql } from 'kysely';
import type { Day } from '#kit/days.ts';
import { monthBounds } from '#kit/days.ts';
import { pageBounds } from '#kit/paging.ts';
import type { Act } from '#platform/act.ts';

/** A visit as the store gives it; the names of the item come from the catalogue of its day. */
export interface StoredVisit {
  districtCode: string;
  serviceOn: Day;
  id: string;
  personId: string;
  personName: string;
  institutionId: string;
  institutionName: string;
  workerId: string;
  workerName: string;
  workerClass: string;
  itemCode: string;
  startedAt: string;
  endedAt: string;
  durationMin: number;
  planId: string | null;
  pairRef: string | null;
  sourceRef: string;
}

export interface VisitFilter {
  month?: string;
  day?: string;
  institution?: string;
  person?: string;
  worker?: string;
  item?: string;
  intake?: string;
  district?: string;
}

const ROW = sql`v.district_code, v.service_on, v.id, v.person_id, coalesce(n.name, '–') AS person_name, v.institution_id, i.name AS institution_name, v.worker_id, coalesce(workers.name_of(v.worker_id), '–') AS worker_name,
  v.worker_class, v.item_code, v.started_at, v.ended_at, round(extract(epoch FROM v.ended_at - v.started_at) / 60)::int AS duration_min, v.plan_id, v.pair_ref, v.source_ref`;
const NAMES = sql`JOIN providers.institution i ON i.id = v.institution_id LEFT JOIN people.person n ON n.district_code = v.district_code AND n.id = v.person_id`;

function where(filter: VisitFilter, persons: readonly string[] | null) {
  const bounds = filter.month === undefined ? null : monthBounds(filter.month);
  const given = <T>(value: T | undefined): T | null => value ?? null;
  return sql`(${given(filter.day)}::date IS NULL OR v.service_on = ${given(filter.day)}) AND (${bounds?.firstOn ?? null}::date IS NULL OR v.service_on BETWEEN ${bounds?.firstOn ?? null} AND ${bounds?.lastOn ?? null})
    AND (${given(filter.institution)}::uuid IS NULL OR v.institution_id = ${given(filter.institution)}) AND (${given(filter.person)}::uuid IS NULL OR v.person_id = ${given(filter.person)})
    AND (${given(filter.worker)}::uuid IS NULL OR v.worker_id = ${given(filter.worker)}) AND (${given(filter.item)}::text IS NULL OR v.item_code = ${given(filter.item)})
    AND (${given(filter.intake)}::uuid IS NULL OR v.intake_id = ${given(filter.intake)}) AND (${given(filter.district)}::text IS NULL OR v.district_code = ${given(filter.district)})
    AND (${persons}::uuid[] IS NULL OR v.person_id = ANY (${persons}))`;
}

/** One page of the visits in scope, the latest day first. `persons`: only of these. Names are read for the rows of the page only. */
export async function pageOfVisits(act: Act, query: VisitFilter & { page?: number; pageSize?: number }, persons: readonly string[] | null = null): Promise<{ rows: StoredVisit[]; total: number }> {
  const { limit, offset } = pageBounds(query);
  const filter = where(query, persons === null ? null : [...persons]);
  const { rows } = await sql<StoredVisit>`SELECT ${ROW} FROM (SELECT * FROM visits.visit v WHERE ${filter} ORDER BY v.service_on DESC, v.started_at, v.id LIMIT ${limit} OFFSET ${offset}) v ${NAMES}
    ORDER BY v.service_on DESC, v.started_at, v.id`.execute(act.db);
  const count = await sql<{ total: number }>`SELECT count(*) AS total FROM visits.visit v WHERE ${filter}`.execute(act.db);
  return { rows, total: count.rows[0]?.total ?? 0 };
}

/** All visits of a filter in the order of their days, a portion at a time through a cursor. */
export async function* eachVisit(act: Act, filter: VisitFilter): AsyncGenerator<StoredVisit> {
  await sql`DECLARE visits_export NO SCROLL CURSOR FOR SELECT ${ROW} FROM visits.visit v ${NAMES} WHERE ${where(filter, null)} ORDER BY v.service_on, v.started_at, v.id`.execute(act.db);
  for (;;) {
    const { rows } = await sql<StoredVisit>`FETCH 2000 FROM visits_export`.execute(act.db);
    yield* rows;
    if (rows.length < 2000) break;
  }
  await sql`CLOSE visits_export`.execute(act.db);
}

export interface WholeVisit extends StoredVisit {
  longitude: number | null;
  latitude: number | null;
  sourceSeq: number;
  intakeId: string;
  intakeFormat: string;
  fileName: string;
  receivedAt: string;
}

/** A visit in scope, or undefined; with its day only that month's partition is read. */
export async function findVisit(act: Act, id: string, serviceOn?: Day): Promise<WholeVisit | undefined> {
  const { rows } = await sql<WholeVisit>`SELECT ${ROW}, v.longitude, v.latitude, v.source_seq, v.intake_id, coalesce(k.format, '–') AS intake_format, coalesce(k.file_name, '–') AS file_name, coalesce(k.received_at, v.started_at) AS received_at
    FROM visits.visit v ${NAMES} LEFT JOIN visits.intake k ON k.district_code = v.district_code AND k.id = v.intake_id
    WHERE v.id = ${id} AND (${serviceOn ?? null}::date IS NULL OR v.service_on = ${serviceOn ?? null})`.execute(act.db);
  return rows[0];
}
