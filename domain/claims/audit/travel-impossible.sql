-- A carer's visit that could not be reached from the last accepted one of the day: the gap is shorter than the known travel time between the two
-- homes, or than the straight line between the two places at the highest speed, by more than the tolerance. Only between different persons;
-- where no place is known only the known travel time counts. Known times are kept to a thousandth of a minute, so a thousandth is never held against a carer.
-- Days on which every visit can be reached from the one before cannot hold a finding; the others are walked in order, all carers at once.
WITH RECURSIVE standing AS MATERIALIZED (
  SELECT c.n, c.worker_id, c.service_on, c.person_id, c.started_at, c.paid_until, c.longitude, c.latitude, speed.value AS kmh, slack.value AS slack_min,
    row_number() OVER w AS step, lag(c.person_id) OVER w AS before_person, lag(c.paid_until) OVER w AS before_until, lag(c.longitude) OVER w AS before_lng, lag(c.latitude) OVER w AS before_lat
  FROM charge c
  JOIN month_figure speed ON speed.name = 'claims.maxTravelKmh' AND c.service_on BETWEEN speed.from_on AND speed.to_on
  JOIN month_figure slack ON slack.name = 'claims.travelToleranceMin' AND c.service_on BETWEEN slack.from_on AND slack.to_on
  WHERE NOT c.refused AND c.kind = 'visit'
  WINDOW w AS (PARTITION BY c.worker_id, c.service_on ORDER BY c.started_at, c.source_seq, c.n)
), suspect AS MATERIALIZED (
  SELECT DISTINCT s.worker_id, s.service_on
  FROM standing s
  LEFT JOIN visits.travel_time t ON t.district_code = :district AND t.from_person_id = s.before_person AND t.to_person_id = s.person_id
  WHERE s.before_person <> s.person_id
    AND date_part('epoch', s.started_at - s.before_until) / 60 < greatest(t.minutes - 0.001, claims.distance_m(s.before_lng, s.before_lat, s.longitude, s.latitude) * 60 / 1000 / s.kmh - s.slack_min)
), member AS MATERIALIZED (
  SELECT s.* FROM standing s JOIN suspect x ON x.worker_id = s.worker_id AND x.service_on = s.service_on
), chain AS (
  SELECT m.worker_id, m.service_on, m.step, m.n, m.n AS last_n, m.person_id AS last_person, m.paid_until AS last_until, m.longitude AS last_lng, m.latitude AS last_lat,
    NULL::int AS against_n, NULL::double precision AS gap_min, NULL::numeric AS known_min, NULL::double precision AS line_m
  FROM member m WHERE m.step = 1
  UNION ALL
  SELECT m.worker_id, m.service_on, m.step, m.n,
    CASE WHEN d.far THEN p.last_n ELSE m.n END, CASE WHEN d.far THEN p.last_person ELSE m.person_id END, CASE WHEN d.far THEN p.last_until ELSE m.paid_until END,
    CASE WHEN d.far THEN p.last_lng ELSE m.longitude END, CASE WHEN d.far THEN p.last_lat ELSE m.latitude END,
    CASE WHEN d.far THEN p.last_n END, g.gap_min, t.minutes, l.line_m
  FROM chain p
  JOIN member m ON m.worker_id = p.worker_id AND m.service_on = p.service_on AND m.step = p.step + 1
  LEFT JOIN visits.travel_time t ON t.district_code = :district AND t.from_person_id = p.last_person AND t.to_person_id = m.person_id
  CROSS JOIN LATERAL (SELECT date_part('epoch', m.started_at - p.last_until) / 60 AS gap_min) g
  CROSS JOIN LATERAL (SELECT claims.distance_m(p.last_lng, p.last_lat, m.longitude, m.latitude) AS line_m) l
  CROSS JOIN LATERAL (SELECT coalesce(p.last_person <> m.person_id AND g.gap_min < greatest(t.minutes - 0.001, l.line_m * 60 / 1000 / m.kmh - m.slack_min), false) AS far) d
)
SELECT k.n, CASE WHEN k.known_min - 0.001 > k.gap_min THEN 'TRAVEL_TIME' ELSE 'TRAVEL_SPEED' END AS code, 0 AS paid_minutes,
  jsonb_strip_nulls(jsonb_build_object('otherRef', o.source_ref, 'gapMin', round(k.gap_min::numeric, 1), 'knownMin', k.known_min, 'distanceM', round(k.line_m), 'maxKmh', f.value, 'needMin', round((k.line_m * 60 / 1000 / f.value)::numeric, 1))) AS params
FROM chain k JOIN charge c ON c.n = k.n JOIN charge o ON o.n = k.against_n
JOIN month_figure f ON f.name = 'claims.maxTravelKmh' AND c.service_on BETWEEN f.from_on AND f.to_on
WHERE k.against_n IS NOT NULL
