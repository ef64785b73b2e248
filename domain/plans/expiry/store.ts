/** SQL of the queue of conclusions that end: it stands here because it looks at plans and conclusions at once. */
import { sql } from 'kysely';
import type { Static } from '@sinclair/typebox';
import { addDays } from '#kit/days.ts';
import { pageBounds } from '#kit/paging.ts';
import type { Act } from '#platform/act.ts';
import { benefitMinGrade, endOfTermDays, reassessReminderDays } from '#domain/assessments/policy.ts';
import type { EXPIRY_GROUPS, ExpiringSchema } from './contract.ts';

export type Expiring = Static<typeof ExpiringSchema>;

export interface ExpiryQuery {
  group?: (typeof EXPIRY_GROUPS)[number];
  q?: string;
  district?: string;
  township?: string;
  care?: 'runs';
  page?: number;
  pageSize?: number;
}

const OPEN = sql`('refused', 'concluded', 'withdrawn', 'closed')`;

/**
 * One page of conclusions with a benefit that end within assessments.endOfTermDays or have lapsed, of people alive with no conclusion after them. Lapsed ones whose care runs come
 * first, then the other lapsed, overdue and due ones, the earliest last day first. Figures: assessments.endOfTermDays, benefitMinGrade, reassessReminderDays.
 */
export async function listExpiring(act: Act, query: ExpiryQuery): Promise<{ rows: Expiring[]; total: number }> {
  const { limit, offset } = pageBounds(query);
  const { from, where } = queue(act, query);
  const { rows } = await sql<Expiring>`SELECT c.id AS conclusion_id, c.number, c.district_code, c.township_code, coalesce(t.name_zh, c.township_code) AS township_zh, coalesce(t.name_en, c.township_code) AS township_en, p.community,
      c.person_id, p.name AS person_name, p.phone, c.grade, g.last_day_on, g.last_day_on - ${act.today}::date AS days_left, g.grp AS "group", k.runs AS care_runs, k.institution_name,
      CASE WHEN o.id IS NULL THEN NULL ELSE jsonb_build_object('id', o.id, 'number', o.number, 'state', o.state, 'filedOn', o.filed_on) END AS application,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('thresholdDays', r.threshold_days, 'remindedOn', r.reminded_on, 'phone', r.phone, 'messageState', m.state) ORDER BY r.threshold_days DESC), '[]')
        FROM assessments.reminder r LEFT JOIN platform.message m ON m.district_code = r.district_code AND m.key = 'reminder:' || r.conclusion_id || ':' || r.threshold_days
        WHERE r.district_code = c.district_code AND r.conclusion_id = c.id) AS reminders
    FROM ${from} LEFT JOIN platform.area t ON t.code = c.township_code WHERE ${where}
    ORDER BY (g.grp = 'lapsed' AND k.runs) DESC, array_position(ARRAY['lapsed', 'overdue', 'due'], g.grp), g.last_day_on, c.id LIMIT ${limit} OFFSET ${offset}`.execute(act.db);
  const count = await sql<{ total: number }>`SELECT count(*) AS total FROM ${from} WHERE ${where}`.execute(act.db);
  return { rows, total: count.rows[0]?.total ?? 0 };
}

function queue(act: Act, query: ExpiryQuery) {
  const { today, policy } = act;
  const until = addDays(today, policy.figure(endOfTermDays, today).value);
  // Past the last reminder without an application the next conclusion hardly comes in time.
  const lastReminder = policy.has(reassessReminderDays, today) ? Math.min(...policy.figure(reassessReminderDays, today).value) : -1;
  const from = sql`assessments.conclusion c JOIN people.person p ON p.district_code = c.district_code AND p.id = c.person_id AND p.deceased_on IS NULL
    LEFT JOIN LATERAL (SELECT a.id, a.number, a.state, a.filed_on FROM assessments.application a WHERE a.district_code = c.district_code AND a.person_id = c.person_id AND a.state NOT IN ${OPEN} LIMIT 1) o ON true
    CROSS JOIN LATERAL (SELECT e.last_day_on, CASE WHEN e.last_day_on < ${today}::date THEN 'lapsed' WHEN o.id IS NULL AND e.last_day_on - ${today}::date <= ${lastReminder}::int THEN 'overdue' ELSE 'due' END AS grp
      FROM (SELECT coalesce(c.ended_on, c.valid_until_on) AS last_day_on) e) g
    CROSS JOIN LATERAL (SELECT count(q.id) > 0 AND NOT EXISTS (SELECT 1 FROM assessments.suspension s WHERE s.district_code = c.district_code AND s.person_id = c.person_id AND s.from_on <= ${today}::date AND (s.to_on IS NULL OR s.to_on >= ${today}::date)) AS runs,
        min(i.name) AS institution_name FROM plans.plan q JOIN providers.institution i ON i.id = q.institution_id
      WHERE q.district_code = c.district_code AND q.person_id = c.person_id AND q.state = 'confirmed' AND q.from_on <= ${today}::date AND (q.to_on IS NULL OR q.to_on >= ${today}::date)) k`;
  const q = query.q?.trim().toLowerCase() || null;
  const where = sql`c.grade >= ${policy.figure(benefitMinGrade, today).value}::int AND c.effective_on <= ${today}::date AND g.last_day_on <= ${until}::date AND (c.ended_on IS NULL OR c.ended_on >= c.effective_on)
    AND NOT EXISTS (SELECT 1 FROM assessments.conclusion n WHERE n.district_code = c.district_code AND n.person_id = c.person_id AND n.effective_on > c.effective_on AND (n.ended_on IS NULL OR n.ended_on >= n.effective_on))
    AND (${q}::text IS NULL OR strpos(lower(c.number), ${q}) > 0 OR strpos(p.search, ${q}) > 0 OR starts_with(p.identity_number, upper(${q})))
    AND (${query.district ?? null}::text IS NULL OR c.district_code = ${query.district ?? null}) AND (${query.township ?? null}::text IS NULL OR c.township_code = ${query.township ?? null})
    AND (${query.group ?? null}::text IS NULL OR g.grp = ${query.group ?? null}) AND ${query.care === 'runs' ? sql`k.runs` : sql`true`}`;
  return { from, where };
}
