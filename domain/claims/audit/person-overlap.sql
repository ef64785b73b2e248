-- A person's visit that begins while an accepted one of the same person is under way, unless both carry the same pair of a planned two-carer visit.
-- As for carers: islands of visits that touch in time, taken in order, a found one being no predecessor. The chain remembers the latest end
-- with its pair, and the latest end outside that pair.
WITH RECURSIVE standing AS MATERIALIZED (
  SELECT c.n, c.person_id, c.started_at, c.paid_until, c.source_seq, c.pair_ref,
    max(c.paid_until) OVER (PARTITION BY c.person_id ORDER BY c.started_at, c.source_seq, c.n ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before_until
  FROM charge c
  WHERE NOT c.refused AND c.kind = 'visit'
), island AS (
  SELECT s.*, count(*) FILTER (WHERE s.before_until IS NULL OR s.started_at >= s.before_until) OVER (PARTITION BY s.person_id ORDER BY s.started_at, s.source_seq, s.n) AS island
  FROM standing s
  WHERE s.person_id IN (SELECT x.person_id FROM standing x WHERE x.started_at < x.before_until)
), member AS MATERIALIZED (
  SELECT i.n, i.person_id, i.island, i.started_at, i.paid_until, i.pair_ref, row_number() OVER (PARTITION BY i.person_id, i.island ORDER BY i.started_at, i.source_seq, i.n) AS step
  FROM island i
), chain AS (
  SELECT m.person_id, m.island, m.step, m.n, m.n AS last_n, m.paid_until AS last_until, m.pair_ref AS last_pair, NULL::int AS other_n, '-infinity'::timestamptz AS other_until, NULL::int AS against_n
  FROM member m WHERE m.step = 1
  UNION ALL
  SELECT m.person_id, m.island, m.step, m.n,
    CASE WHEN d.clash THEN p.last_n WHEN d.pair AND m.paid_until <= p.last_until THEN p.last_n ELSE m.n END,
    CASE WHEN d.clash THEN p.last_until WHEN d.pair THEN greatest(p.last_until, m.paid_until) ELSE m.paid_until END,
    CASE WHEN d.clash OR d.pair THEN p.last_pair ELSE m.pair_ref END,
    CASE WHEN d.clash OR d.pair THEN p.other_n ELSE p.last_n END,
    CASE WHEN d.clash OR d.pair THEN p.other_until ELSE p.last_until END,
    CASE WHEN d.clash THEN CASE WHEN d.pair THEN p.other_n ELSE p.last_n END END
  FROM chain p
  JOIN member m ON m.person_id = p.person_id AND m.island = p.island AND m.step = p.step + 1
  CROSS JOIN LATERAL (
    SELECT coalesce(m.pair_ref = p.last_pair, false) AS pair, m.started_at < CASE WHEN coalesce(m.pair_ref = p.last_pair, false) THEN p.other_until ELSE p.last_until END AS clash
  ) d
)
SELECT k.n, 'PERSON_OVERLAP' AS code, 0 AS paid_minutes,
  jsonb_build_object('otherRef', o.source_ref, 'otherFrom', to_char(o.started_at AT TIME ZONE 'Asia/Shanghai', 'HH24:MI'), 'otherUntil', to_char(o.paid_until AT TIME ZONE 'Asia/Shanghai', 'HH24:MI'),
    'startedAt', to_char(c.started_at AT TIME ZONE 'Asia/Shanghai', 'HH24:MI'), 'overlapMin', ceil(extract(epoch FROM least(o.paid_until, c.paid_until) - c.started_at) / 60)::int) AS params
FROM chain k JOIN charge c ON c.n = k.n JOIN charge o ON o.n = k.against_n
WHERE k.against_n IS NOT NULL
