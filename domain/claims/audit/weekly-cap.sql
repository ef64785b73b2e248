-- Paid minutes of a person's week (Monday to Sunday) beyond the cap of the grade: the visit that passes the cap is cut to the rest, later ones are refused.
-- Minutes of the same week that another month has paid already count. Weeks below their cap cannot hold a finding; the others are walked in order of the beginnings.
WITH RECURSIVE standing AS MATERIALIZED (
  SELECT c.n, c.person_id, date_trunc('week', c.service_on::timestamp)::date AS week_on, c.started_at, c.source_seq, c.grade, c.paid_minutes, f.value AS cap_min
  FROM charge c
  JOIN month_figure f ON f.name = 'claims.weeklyCapMin' AND f.part = c.grade::text AND c.service_on BETWEEN f.from_on AND f.to_on
  WHERE NOT c.refused AND c.kind = 'visit' AND NOT c.by_day
), before AS MATERIALIZED (
  SELECT l.person_id, date_trunc('week', l.service_on::timestamp)::date AS week_on, sum(l.paid_minutes)::bigint AS minutes
  FROM claims.line l
  WHERE l.district_code = :district AND l.month IN ((:firstOn::date - interval '1 month')::date, (:firstOn::date + interval '1 month')::date)
    AND (l.service_on BETWEEN date_trunc('week', :firstOn::timestamp)::date AND :firstOn::date - 1 OR l.service_on BETWEEN :lastOn::date + 1 AND date_trunc('week', :lastOn::timestamp)::date + 6)
    AND l.kind = 'visit' AND l.paid_minutes > 0
  GROUP BY 1, 2
), full_week AS MATERIALIZED (
  SELECT s.person_id, s.week_on, coalesce(b.minutes, 0) AS before_min
  FROM (SELECT person_id, week_on, sum(paid_minutes) AS minutes, min(cap_min) AS cap_min FROM standing GROUP BY 1, 2) s
  LEFT JOIN before b ON b.person_id = s.person_id AND b.week_on = s.week_on
  WHERE coalesce(b.minutes, 0) + s.minutes > s.cap_min
), member AS MATERIALIZED (
  SELECT s.*, w.before_min, row_number() OVER (PARTITION BY s.person_id, s.week_on ORDER BY s.started_at, s.source_seq, s.n) AS step
  FROM standing s JOIN full_week w ON w.person_id = s.person_id AND w.week_on = s.week_on
), chain AS (
  SELECT m.person_id, m.week_on, m.step, m.n, m.before_min AS used_before, greatest(m.before_min, least(m.before_min + m.paid_minutes, m.cap_min)) AS used_min FROM member m WHERE m.step = 1
  UNION ALL
  SELECT m.person_id, m.week_on, m.step, m.n, p.used_min, greatest(p.used_min, least(p.used_min + m.paid_minutes, m.cap_min))
  FROM chain p JOIN member m ON m.person_id = p.person_id AND m.week_on = p.week_on AND m.step = p.step + 1
)
SELECT k.n, CASE WHEN k.used_min = k.used_before THEN 'WEEKLY_CAP_FULL' ELSE 'WEEKLY_CAP_CUT' END AS code, (k.used_min - k.used_before)::int AS paid_minutes,
  jsonb_build_object('grade', m.grade, 'capMin', m.cap_min, 'usedMin', k.used_before, 'weekOn', m.week_on, 'minutes', m.paid_minutes, 'paidMin', k.used_min - k.used_before) AS params
FROM chain k JOIN member m ON m.n = k.n
WHERE k.used_min - k.used_before < m.paid_minutes
