/** SQL of what the clock keeps up: deadlines of orders and returns that waited for a calendar; and which case an order is about. */
import { sql } from 'kysely';
import type { Day } from '#kit/days.ts';
import type { Act } from '#platform/act.ts';

/** The case of an order in scope, or undefined. */
export async function findCaseOfOrder(act: Act, orderId: string): Promise<string | undefined> {
  const { rows } = await sql<{ applicationId: string }>`SELECT application_id FROM assessments.dispatch_order WHERE id = ${orderId}`.execute(act.db);
  return rows[0]?.applicationId;
}

export interface OrderWithoutDue {
  districtCode: string;
  id: string;
  /** The day from which the working days of the visit count. */
  countsFromOn: Day;
}

/** Orders without a last day for the visit, because the calendar was missing when they were issued: current ones, and those whose visit was recorded before it came. */
export async function listOrdersWithoutDue(act: Act, limit: number): Promise<OrderWithoutDue[]> {
  const { rows } = await sql<OrderWithoutDue>`SELECT o.district_code, o.id, coalesce(r.returned_on, a.accepted_on) AS counts_from_on FROM assessments.dispatch_order o
    JOIN assessments.application a ON a.district_code = o.district_code AND a.id = o.application_id
    LEFT JOIN LATERAL (SELECT CASE WHEN o.state <> 'done' THEN a.returned_on ELSE (SELECT max(x.returned_on) FROM assessments.case_return x
      WHERE x.district_code = o.district_code AND x.application_id = o.application_id AND x.returned_at <= o.issued_at) END AS returned_on) r ON true
    WHERE o.state IN ('open', 'accepted', 'done') AND o.due_on IS NULL AND coalesce(r.returned_on, a.accepted_on) IS NOT NULL ORDER BY o.id LIMIT ${limit}`.execute(act.db);
  return rows;
}

export async function setOrderDue(act: Act, order: { districtCode: string; id: string }, dueOn: Day): Promise<void> {
  await sql`UPDATE assessments.dispatch_order SET due_on = ${dueOn}::date, due_known_on = ${act.today}::date WHERE district_code = ${order.districtCode} AND id = ${order.id} AND due_on IS NULL`.execute(act.db);
}

export interface ReturnWithoutDue {
  districtCode: string;
  id: string;
  filedOn: Day;
  returnedOn: Day;
}

/** Returns whose deadline waited for a calendar. */
export async function listReturnsWithoutDue(act: Act, limit: number): Promise<ReturnWithoutDue[]> {
  const { rows } = await sql<ReturnWithoutDue>`SELECT r.district_code, r.id, a.filed_on, r.returned_on FROM assessments.case_return r JOIN assessments.application a ON a.district_code = r.district_code AND a.id = r.application_id
    WHERE r.due_on IS NULL AND r.calendar_missing IS NOT NULL ORDER BY r.id LIMIT ${limit}`.execute(act.db);
  return rows;
}

export async function setReturnDue(act: Act, one: { districtCode: string; id: string }, dueOn: Day): Promise<void> {
  await sql`UPDATE assessments.case_return SET due_on = ${dueOn}::date, due_known_on = ${act.today}::date, calendar_missing = NULL WHERE district_code = ${one.districtCode} AND id = ${one.id} AND due_on IS NULL`.execute(act.db);
}
