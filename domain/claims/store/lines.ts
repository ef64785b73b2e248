/** Claim lines, for the statement, for one explanation, for the export, for the family. */
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Day, Month } from '#kit/days.ts';
import { pageBounds } from '#kit/paging.ts';
import type { Act } from '#platform/act.ts';
import type { KeptPolicy } from '../line-policy.ts';
import type { Amounts, LineRow, StatementRow, StoredReason } from '../model.ts';

/** A line as it is stored; item names are added from the catalogue. */
export type StoredLine = Omit<LineRow, 'itemZh' | 'itemEn'>;

const ROW = sql`l.id, l.district_code, to_char(l.month, 'YYYY-MM') AS month, l.kind, l.service_on, l.person_id, p.name AS person_name, l.institution_id, l.worker_id, w.name AS worker_name, l.worker_class, l.mode, l.item_code,
  l.minutes, l.paid_minutes, l.price_fen, l.fund_ratio_bp, l.billed_fen, l.fund_fen, l.person_fen, l.refused_fen, l.outcome, l.source_ref,
  CASE WHEN l.outcome <> 'paid' THEN (SELECT r->>'rule' FROM jsonb_array_elements(l.reasons) r WHERE r->>'rule' NOT IN ('entitlement', 'price', 'split') LIMIT 1) END AS rule`;
const FROM = sql`claims.line l LEFT JOIN people.person p ON p.district_code = l.district_code AND p.id = l.person_id LEFT JOIN workers.worker w ON w.id = l.worker_id`;

export interface LineQuery {
  outcome?: 'paid' | 'cut' | 'refused';
  rule?: string;
  q?: string;
  page?: number;
  pageSize?: number;
}

const ofStatement = (statement: StatementRow) => sql`l.district_code = ${statement.districtCode} AND l.month = ${`${statement.month}-01`} AND l.statement_id = ${statement.id}`;

export async function listLines(act: Act, statement: StatementRow, query: LineQuery): Promise<{ rows: StoredLine[]; total: number }> {
  const { limit, offset } = pageBounds(query);
  const q = query.q?.trim() || null;
  const rule = query.rule === undefined ? null : JSON.stringify([{ rule: query.rule }]);
  const where = sql`${ofStatement(statement)} AND (${query.outcome ?? null}::text IS NULL OR l.outcome = ${query.outcome ?? null}) AND (${rule}::jsonb IS NULL OR l.reasons @> ${rule}::jsonb)
    AND (${q}::text IS NULL OR position(${q} IN l.source_ref) > 0 OR position(${q} IN p.name) > 0 OR position(${q} IN w.name) > 0)`;
  const { rows } = await sql<StoredLine>`SELECT ${ROW} FROM ${FROM} WHERE ${where} ORDER BY l.service_on, l.id LIMIT ${limit} OFFSET ${offset}`.execute(act.db);
  const count = await sql<{ total: number }>`SELECT count(*) AS total FROM ${FROM} WHERE ${where}`.execute(act.db);
  return { rows, total: count.rows[0]?.total ?? 0 };
}

/** Lines about a person in scope, newest first. */
export async function linesOfPerson(act: Act, person: { id: string; districtCode: string }, query: { month?: Month; outcome?: 'paid' | 'cut' | 'refused'; page?: number; pageSize?: number }): Promise<{ rows: StoredLine[]; total: number }> {
  const { limit, offset } = pageBounds(query);
  const where = sql`l.district_code = ${person.districtCode} AND l.person_id = ${person.id} AND (${query.month ?? null}::text IS NULL OR l.month = (${query.month ?? '1970-01'} || '-01')::date) AND (${query.outcome ?? null}::text IS NULL OR l.outcome = ${query.outcome ?? null})`;
  const { rows } = await sql<StoredLine>`SELECT ${ROW} FROM ${FROM} WHERE ${where} ORDER BY l.service_on DESC, l.id DESC LIMIT ${limit} OFFSET ${offset}`.execute(act.db);
  const count = await sql<{ total: number }>`SELECT count(*) AS total FROM claims.line l WHERE ${where}`.execute(act.db);
  return { rows, total: count.rows[0]?.total ?? 0 };
}

/** Every line of a statement in the order of the books, read in slices. */
export async function* linesForExport(act: Act, statement: StatementRow): AsyncGenerator<StoredLine & { reasons: StoredReason[] }> {
  let after: RawBuilder<unknown> = sql`true`;
  for (;;) {
    const { rows } = await sql<StoredLine & { reasons: StoredReason[] }>`SELECT ${ROW}, l.reasons FROM ${FROM} WHERE ${ofStatement(statement)} AND ${after} ORDER BY l.service_on, l.id LIMIT 2000`.execute(act.db);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < 2000) return;
    after = sql`(l.service_on, l.id) > (${last.serviceOn}::date, ${last.id}::uuid)`;
  }
}

export interface FullLine extends StoredLine {
  townshipCode: string;
  institutionName: string;
  statementId: string;
  statementNumber: string | null;
  visitId: string | null;
  planId: string | null;
  grade: number | null;
  startedAt: string | null;
  endedAt: string | null;
  plannedMin: number | null;
  reasons: StoredReason[];
  closedAt: string;
  policy: KeptPolicy;
}

/** A line in scope with what its explanation needs, or undefined. */
export async function findLine(act: Act, id: string): Promise<FullLine | undefined> {
  const { rows } = await sql<FullLine>`SELECT ${ROW}, l.township_code, i.name AS institution_name, l.statement_id, s.number AS statement_number, l.visit_id, l.plan_id, l.grade, v.started_at, v.ended_at,
    t.minutes AS planned_min, l.reasons, k.closed_at, k.policy
    FROM ${FROM} JOIN providers.institution i ON i.id = l.institution_id
    CROSS JOIN LATERAL claims.closed_with(l.district_code, l.month) k
    LEFT JOIN claims.statement s ON s.district_code = l.district_code AND s.id = l.statement_id
    LEFT JOIN visits.visit v ON v.district_code = l.district_code AND v.service_on = l.service_on AND v.id = l.visit_id
    LEFT JOIN plans.item t ON t.district_code = l.district_code AND t.plan_id = l.plan_id AND t.item_code = l.item_code
    WHERE l.id = ${id}`.execute(act.db);
  return rows[0];
}

/** Minutes of the line's week (Monday to Sunday) that were paid before it: earlier visits of its month, and what months closed before had paid. */
export async function weekUsedMin(act: Act, line: FullLine): Promise<number> {
  const { rows } = await sql<{ minutes: number }>`SELECT coalesce(sum(o.paid_minutes), 0) AS minutes
    FROM claims.line o LEFT JOIN visits.visit v ON v.district_code = o.district_code AND v.service_on = o.service_on AND v.id = o.visit_id
    CROSS JOIN LATERAL claims.closed_with(o.district_code, o.month) k
    WHERE o.district_code = ${line.districtCode} AND o.person_id = ${line.personId} AND o.kind = 'visit' AND o.id <> ${line.id}
      AND o.service_on BETWEEN date_trunc('week', ${line.serviceOn}::timestamp)::date AND date_trunc('week', ${line.serviceOn}::timestamp)::date + 6
      AND CASE WHEN o.month = ${`${line.month}-01`}::date THEN (v.started_at, v.source_seq, o.id) < (SELECT m.started_at, m.source_seq, ${line.id}::uuid FROM visits.visit m
          WHERE m.district_code = ${line.districtCode} AND m.service_on = ${line.serviceOn} AND m.id = ${line.visitId})
        ELSE k.closed_at <= ${line.closedAt} END`.execute(act.db);
  return rows[0]?.minutes ?? 0;
}

const mine = (act: Act) => sql`l.person_id = ANY (${act.actor.persons.map((one) => one.personId)}::uuid[])`;

/** Months of the persons for whom the account stands. */
export async function familyMonths(act: Act): Promise<({ personId: string; personName: string; month: Month; lines: number; minutes: number } & Amounts)[]> {
  const { rows } = await sql<{ personId: string; personName: string; month: Month; lines: number; minutes: number } & Amounts>`
    SELECT l.person_id, p.name AS person_name, to_char(l.month, 'YYYY-MM') AS month, count(*) AS lines, coalesce(sum(l.paid_minutes), 0) AS minutes,
      sum(l.billed_fen) AS billed_fen, sum(l.fund_fen) AS fund_fen, sum(l.person_fen) AS person_fen, sum(l.refused_fen) AS refused_fen
    FROM claims.line l JOIN people.person p ON p.district_code = l.district_code AND p.id = l.person_id
    WHERE ${mine(act)} GROUP BY l.person_id, p.name, l.month ORDER BY l.month DESC, p.name LIMIT 240`.execute(act.db);
  return rows;
}

export interface FamilyLine extends Amounts {
  id: string;
  month: Month;
  serviceOn: Day;
  kind: 'visit' | 'day';
  personId: string;
  personName: string;
  institutionName: string;
  mode: string;
  itemCode: string | null;
  minutes: number | null;
  paidMinutes: number | null;
  outcome: 'paid' | 'cut' | 'refused';
  grade: number | null;
  priceFen: number;
  fundRatioBp: number;
  reasons: StoredReason[];
}

export async function familyLines(act: Act, query: { month?: Month; person?: string; page?: number; pageSize?: number }): Promise<{ rows: FamilyLine[]; total: number }> {
  const { limit, offset } = pageBounds(query);
  const where = sql`${mine(act)} AND (${query.month ?? null}::text IS NULL OR l.month = (${query.month ?? '1970-01'} || '-01')::date) AND (${query.person ?? null}::uuid IS NULL OR l.person_id = ${query.person ?? null})`;
  const { rows } = await sql<FamilyLine>`SELECT l.id, to_char(l.month, 'YYYY-MM') AS month, l.service_on, l.kind, l.person_id, p.name AS person_name, i.name AS institution_name, l.mode, l.item_code, l.minutes, l.paid_minutes,
    l.billed_fen, l.fund_fen, l.person_fen, l.refused_fen, l.outcome, l.grade, l.price_fen, l.fund_ratio_bp, l.reasons
    FROM claims.line l JOIN people.person p ON p.district_code = l.district_code AND p.id = l.person_id JOIN providers.institution i ON i.id = l.institution_id
    WHERE ${where} ORDER BY l.service_on DESC, l.id DESC LIMIT ${limit} OFFSET ${offset}`.execute(act.db);
  const count = await sql<{ total: number }>`SELECT count(*) AS total FROM claims.line l WHERE ${where}`.execute(act.db);
  return { rows, total: count.rows[0]?.total ?? 0 };
}
