-- A visit that passes its planned minutes by more than the tolerance is paid the planned minutes; none is paid beyond the longest single visit.
SELECT c.n, CASE WHEN a.planned < c.minutes THEN 'OVER_LONG_PLAN' ELSE 'OVER_LONG_VISIT' END AS code, least(a.planned, m.value)::int AS paid_minutes,
  jsonb_build_object('minutes', c.minutes, 'plannedMin', c.planned_minutes, 'toleranceMin', t.value, 'maxMin', m.value, 'paidMin', least(a.planned, m.value)) AS params
FROM charge c
JOIN month_figure t ON t.name = 'claims.overrunToleranceMin' AND c.service_on BETWEEN t.from_on AND t.to_on
JOIN month_figure m ON m.name = 'claims.maxVisitMin' AND c.service_on BETWEEN m.from_on AND m.to_on
CROSS JOIN LATERAL (SELECT CASE WHEN c.minutes > c.planned_minutes + t.value THEN c.planned_minutes ELSE c.minutes END AS planned) a
WHERE NOT c.refused AND c.kind = 'visit' AND NOT c.by_day AND c.minutes > least(a.planned, m.value)
