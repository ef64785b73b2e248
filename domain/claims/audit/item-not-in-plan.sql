-- A visit without a confirmed plan of that day with the institution, with an item outside the plan, or more often that day than planned.
-- Where a day has more visits of an item than planned, those of carers who may give it count first, then those nearest the planned length, then the earlier ones.
WITH standing AS (
  SELECT c.n, c.service_on, c.plan_id, c.plan_institution_id, c.item_code, c.planned_minutes, c.daily_times,
    row_number() OVER (PARTITION BY c.person_id, c.service_on, c.item_code, c.planned_minutes IS NULL ORDER BY NOT c.able, abs(c.minutes - c.planned_minutes), c.started_at, c.source_seq, c.n) AS nth
  FROM charge c
  WHERE NOT c.refused AND c.kind = 'visit'
)
SELECT s.n,
  CASE
    WHEN s.plan_institution_id IS NULL THEN 'PLAN_NONE'
    WHEN s.plan_id IS NULL THEN 'PLAN_OTHER_INSTITUTION'
    WHEN s.planned_minutes IS NULL THEN 'PLAN_ITEM'
    ELSE 'PLAN_TIMES'
  END AS code, 0 AS paid_minutes,
  jsonb_strip_nulls(jsonb_build_object('serviceOn', s.service_on, 'itemCode', s.item_code, 'plannedTimes', s.daily_times)) AS params
FROM standing s
WHERE s.planned_minutes IS NULL OR s.nth > s.daily_times
