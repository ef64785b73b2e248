/** Plans of a file: one confirmed plan per person and institution, from the first of the month; found again where one already covers the day. */
import { sql } from 'kysely';
import type { Day } from '#kit/days.ts';
import { newId } from '#kit/ids.ts';
import type { Act } from '#platform/act.ts';
import { recordEvents } from '#platform/events/record.ts';
import { nextNumber } from './store.ts';

export interface ImportedPlan {
  personId: string;
  townshipCode: string;
  /** Reference of the person's care in the file; the plan's own reference adds its first day. */
  sourceRef: string;
  items: readonly { itemCode: string; minutes: number; timesPerDay: number; timesPerWeek: number; carers: number }[];
}

export interface PlanImport {
  districtCode: string;
  institutionId: string;
  /** The day the plans must cover; they begin on the first of its month. */
  on: Day;
  /** Who confirmed, as the file's origin says it. */
  confirmedBy: string;
}

/**
 * Home-visit plans for a day. A new one runs from the first of the month (or the day after an earlier plan) to the day
 * before a later plan, else it is open. Returns plan ids by person.
 */
export async function importPlans(act: Act, into: PlanImport, plans: readonly ImportedPlan[]): Promise<{ ids: Map<string, string>; added: number }> {
  const { rows: known } = await sql<{ personId: string; id: string }>`SELECT person_id, id FROM plans.plan
    WHERE district_code = ${into.districtCode} AND institution_id = ${into.institutionId} AND state = 'confirmed' AND person_id = ANY (${plans.map((one) => one.personId)}::uuid[])
      AND from_on <= ${into.on} AND (to_on IS NULL OR to_on >= ${into.on})`.execute(act.db);
  const ids = new Map(known.map((row) => [row.personId, row.id]));
  const fresh = plans.filter((one) => !ids.has(one.personId)).map((one) => ({ ...one, id: newId<'plan'>(act.now.getTime()) as string }));
  await insertPlans(act, into, fresh);
  await insertItems(act, into, fresh);
  await recordEvents(act, fresh.map((one) => ({
    districtCode: into.districtCode, kind: 'plans.imported', subjectType: 'plan', subjectId: one.id, personId: one.personId, townshipCode: one.townshipCode, institutionId: into.institutionId, data: { sourceRef: one.sourceRef },
  })));
  for (const one of fresh) ids.set(one.personId, one.id);
  return { ids, added: fresh.length };
}

type FreshPlan = ImportedPlan & { id: string };

async function insertPlans(act: Act, into: PlanImport, fresh: readonly FreshPlan[]): Promise<void> {
  await sql`INSERT INTO plans.plan (district_code, id, number, person_id, township_code, mode, institution_id, from_on, to_on, state, origin, source_ref, proposed_at, confirmed_at, confirmed_by)
    SELECT ${into.districtCode}, f.id, ${nextNumber(act, into.districtCode)}, f.person_id, f.township, 'homeVisit', ${into.institutionId},
      first.on_day, later.on_day, 'confirmed', 'imported', f.ref || '@' || first.on_day, ${act.now}, ${act.now}, ${into.confirmedBy}
    FROM unnest(${fresh.map((one) => one.id)}::uuid[], ${fresh.map((one) => one.personId)}::uuid[], ${fresh.map((one) => one.townshipCode)}::text[], ${fresh.map((one) => one.sourceRef)}::text[]) AS f (id, person_id, township, ref)
    CROSS JOIN LATERAL (SELECT greatest(date_trunc('month', ${into.on}::date)::date, max(p.to_on) + 1) AS on_day FROM plans.plan p
      WHERE p.district_code = ${into.districtCode} AND p.person_id = f.person_id AND p.state = 'confirmed' AND p.to_on < ${into.on}) AS first
    CROSS JOIN LATERAL (SELECT min(p.from_on) - 1 AS on_day FROM plans.plan p
      WHERE p.district_code = ${into.districtCode} AND p.person_id = f.person_id AND p.state = 'confirmed' AND p.from_on > ${into.on}) AS later`.execute(act.db);
}

async function insertItems(act: Act, into: PlanImport, fresh: readonly FreshPlan[]): Promise<void> {
  const rows = fresh.flatMap((plan) => plan.items.map((item) => ({ ...item, plan })));
  await sql`INSERT INTO plans.item (district_code, plan_id, item_code, minutes, times_per_day, times_per_week, carers, person_id, township_code, institution_id)
    SELECT ${into.districtCode}, f.plan_id, f.code, f.minutes, f.per_day, f.per_week, f.carers, f.person_id, f.township, ${into.institutionId}
    FROM unnest(${rows.map((one) => one.plan.id)}::uuid[], ${rows.map((one) => one.itemCode)}::text[], ${rows.map((one) => one.minutes)}::int[], ${rows.map((one) => one.timesPerDay)}::int[],
      ${rows.map((one) => one.timesPerWeek)}::int[], ${rows.map((one) => one.carers)}::int[], ${rows.map((one) => one.plan.personId)}::uuid[], ${rows.map((one) => one.plan.townshipCode)}::text[])
      AS f (plan_id, code, minutes, per_day, per_week, carers, person_id, township)`.execute(act.db);
}
