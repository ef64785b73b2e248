/** All SQL of plans, but for the import. */
import { sql } from 'kysely';
import type { Static } from '@sinclair/typebox';
import type { Day } from '#kit/days.ts';
import { pageBounds } from '#kit/paging.ts';
import type { Act } from '#platform/act.ts';
import type { PlanRowSchema } from './contract.ts';
import type { PlannedItem, PlanState } from './model.ts';

export type PlanRow = Static<typeof PlanRowSchema>;

export interface StoredPlan extends PlanRow {
  workerId: string | null;
  workerName: string | null;
  proposedAt: string;
  confirmedAt: string | null;
  confirmedBy: string | null;
  /** Grade that counts on the plan's first day, or today when that is later. */
  grade: number | null;
}

const ROW = sql`p.id, p.number, p.district_code, p.township_code, p.person_id, coalesce(n.name, '–') AS person_name, p.mode, p.institution_id, i.name AS institution_name, p.from_on, p.to_on, p.state, p.origin`;
const FROM = sql`plans.plan p JOIN providers.institution i ON i.id = p.institution_id LEFT JOIN people.person n ON n.district_code = p.district_code AND n.id = p.person_id`;

export interface PlanQuery {
  q?: string;
  state?: string;
  mode?: string;
  institution?: string;
  person?: string;
  district?: string;
  page?: number;
  pageSize?: number;
}

/** One page of the plans in scope, the latest first day first; `q` matches the person's name (also pinyin) or the start of the number. */
export async function listPlans(act: Act, query: PlanQuery): Promise<{ rows: PlanRow[]; total: number }> {
  const { limit, offset } = pageBounds(query);
  const q = query.q?.trim().toLowerCase() || null;
  const where = sql`(${q}::text IS NULL OR strpos(n.search, ${q}) > 0 OR starts_with(p.number, upper(${q}))) AND (${query.state ?? null}::text IS NULL OR p.state = ${query.state ?? null})
    AND (${query.mode ?? null}::text IS NULL OR p.mode = ${query.mode ?? null}) AND (${query.institution ?? null}::uuid IS NULL OR p.institution_id = ${query.institution ?? null})
    AND (${query.person ?? null}::uuid IS NULL OR p.person_id = ${query.person ?? null}) AND (${query.district ?? null}::text IS NULL OR p.district_code = ${query.district ?? null})`;
  const { rows } = await sql<PlanRow>`SELECT ${ROW} FROM ${FROM} WHERE ${where} ORDER BY p.from_on DESC, p.id LIMIT ${limit} OFFSET ${offset}`.execute(act.db);
  const count = await sql<{ total: number }>`SELECT count(*) AS total FROM ${FROM} WHERE ${where}`.execute(act.db);
  return { rows, total: count.rows[0]?.total ?? 0 };
}

const WHOLE = (act: Act) => sql`${ROW}, p.worker_id, workers.name_of(p.worker_id) AS worker_name, p.proposed_at, p.confirmed_at, p.confirmed_by,
  (SELECT c.grade FROM assessments.conclusion c WHERE c.district_code = p.district_code AND c.person_id = p.person_id
    AND greatest(p.from_on, least(${act.today}::date, coalesce(p.to_on, ${act.today}::date))) BETWEEN c.effective_on AND coalesce(c.ended_on, c.valid_until_on) LIMIT 1) AS grade`;

/** A plan in scope, or undefined. */
export async function findPlan(act: Act, id: string): Promise<StoredPlan | undefined> {
  const { rows } = await sql<StoredPlan>`SELECT ${WHOLE(act)} FROM ${FROM} WHERE p.id = ${id}`.execute(act.db);
  return rows[0];
}

/** Plans of the persons, the latest first. */
export async function plansOfPersons(act: Act, personIds: readonly string[]): Promise<StoredPlan[]> {
  const { rows } = await sql<StoredPlan>`SELECT ${WHOLE(act)} FROM ${FROM} WHERE p.person_id = ANY (${[...personIds]}::uuid[]) ORDER BY p.from_on DESC, p.id LIMIT 100`.execute(act.db);
  return rows;
}

export async function listItems(act: Act, planIds: readonly string[]): Promise<(PlannedItem & { planId: string })[]> {
  const { rows } = await sql<PlannedItem & { planId: string }>`SELECT plan_id, item_code, minutes, times_per_day, times_per_week, carers FROM plans.item WHERE plan_id = ANY (${[...planIds]}::uuid[]) ORDER BY plan_id, item_code`.execute(act.db);
  return rows;
}

export interface Entitlement {
  /** Grade that counts on the day; null when none does. */
  grade: number | null;
  /** First day of the next conclusion of at least `minGrade` after the day. */
  entitledFromOn: Day | null;
}

/** What the conclusions in scope say of a person on a day. */
export async function entitlementOn(act: Act, districtCode: string, personId: string, on: Day, minGrade: number): Promise<Entitlement> {
  const { rows } = await sql<Entitlement>`SELECT
    (SELECT c.grade FROM assessments.conclusion c WHERE c.district_code = ${districtCode} AND c.person_id = ${personId} AND ${on} BETWEEN c.effective_on AND coalesce(c.ended_on, c.valid_until_on) LIMIT 1) AS grade,
    (SELECT min(c.effective_on) FROM assessments.conclusion c WHERE c.district_code = ${districtCode} AND c.person_id = ${personId} AND c.effective_on > ${on} AND c.grade >= ${minGrade}) AS entitled_from_on`.execute(act.db);
  return rows[0]!;
}

/** Waits until no other act plans for this person, until this one ends. */
export async function lockPerson(act: Act, personId: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtext('plans.person'), hashtext(${personId}))`.execute(act.db);
}

/** The first plan in force (confirmed, or ended on a day) that shares a day with [fromOn, toOn]. */
export async function findOverlap(act: Act, districtCode: string, personId: string, fromOn: Day, toOn: Day | null, exceptId: string | null): Promise<{ number: string; toOn: Day | null } | undefined> {
  const { rows } = await sql<{ number: string; toOn: Day | null }>`SELECT number, to_on FROM plans.plan WHERE district_code = ${districtCode} AND person_id = ${personId} AND state IN ('confirmed', 'ended')
    AND confirmed_at IS NOT NULL AND id IS DISTINCT FROM ${exceptId}::uuid AND daterange(from_on, to_on, '[]') && daterange(${fromOn}::date, ${toOn}::date, '[]') ORDER BY from_on LIMIT 1`.execute(act.db);
  return rows[0];
}

export interface NewPlan {
  districtCode: string;
  id: string;
  personId: string;
  townshipCode: string;
  mode: string;
  institutionId: string;
  workerId: string | null;
  fromOn: Day;
  toOn: Day | null;
}

/** The next number of a district's plans and year: `HL990101-2026-000001`. */
export const nextNumber = (act: Act, districtCode: string) => {
  const year = act.today.slice(0, 4);
  return sql<string>`${`HL${districtCode}-${year}-`} || lpad(platform.next_number(${`plans.${districtCode}`}, ${Number(year)}::int)::text, 6, '0')`;
};

/** Writes a proposed plan with its items; returns its number. */
export async function insertPlan(act: Act, plan: NewPlan, items: readonly PlannedItem[]): Promise<string> {
  const { rows } = await sql<{ number: string }>`INSERT INTO plans.plan (district_code, id, number, person_id, township_code, mode, institution_id, worker_id, from_on, to_on, state, origin, proposed_at)
    VALUES (${plan.districtCode}, ${plan.id}, ${nextNumber(act, plan.districtCode)}, ${plan.personId}, ${plan.townshipCode},
      ${plan.mode}, ${plan.institutionId}, ${plan.workerId}, ${plan.fromOn}, ${plan.toOn}, 'proposed', 'registered', ${act.now}) RETURNING number`.execute(act.db);
  await sql`INSERT INTO plans.item (district_code, plan_id, item_code, minutes, times_per_day, times_per_week, carers, person_id, township_code, institution_id)
    SELECT ${plan.districtCode}, ${plan.id}, f.code, f.minutes, f.per_day, f.per_week, f.carers, ${plan.personId}, ${plan.townshipCode}, ${plan.institutionId}
    FROM unnest(${items.map((one) => one.itemCode)}::text[], ${items.map((one) => one.minutes)}::int[], ${items.map((one) => one.timesPerDay)}::int[], ${items.map((one) => one.timesPerWeek)}::int[], ${items.map((one) => one.carers)}::int[])
      AS f (code, minutes, per_day, per_week, carers)`.execute(act.db);
  return rows[0]!.number;
}

/** Moves a plan to another state. */
export async function movePlan(act: Act, plan: { districtCode: string; id: string }, to: PlanState, more: { confirmedBy?: string; toOn?: Day } = {}): Promise<void> {
  await sql`UPDATE plans.plan SET state = ${to}, to_on = coalesce(${more.toOn ?? null}::date, to_on),
      confirmed_at = CASE WHEN ${more.confirmedBy ?? null}::text IS NULL THEN confirmed_at ELSE ${act.now}::timestamptz END, confirmed_by = coalesce(${more.confirmedBy ?? null}, confirmed_by)
    WHERE district_code = ${plan.districtCode} AND id = ${plan.id}`.execute(act.db);
}
