-- A carer's visit that begins before the last accepted one of the same carer has ended.
-- Visits that touch each other in time form an island; inside an island they are taken in order of their beginning, and one that is found
-- does not count as the predecessor of the next. Islands of one visit cannot hold a finding. All carers at once.
WITH RECURSIVE standing AS MATERIALIZED (
  SELECT c.n, c.worker_id, c.started_at, c.paid_until, c.source_seq,
    max(c.paid_until) OVER (PARTITION BY c.worker_id ORDER BY c.started_at, c.source_seq, c.n ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before_until
  FROM charge c
  WHERE NOT c.refused AND c.kind = 'visit'
), island AS (
  SELECT s.*, count(*) FILTER (WHERE s.before_until IS NULL OR s.started_at >= s.before_until) OVER (PARTITION BY s.worker_id ORDER BY s.started_at, s.source_seq, s.n) AS island
  FROM standing s
  WHERE s.worker_id IN (SELECT x.worker_id FROM standing x WHERE x.started_at < x.before_until)
), member AS MATERIALIZED (
  SELECT i.n, i.worker_id, i.island, i.started_at, i.paid_until, row_number() OVER (PARTITION BY i.worker_id, i.island ORDER BY i.started_at, i.source_seq, i.n) AS step
  FROM island i
), chain AS (
  SELECT m.worker_id, m.island, m.step, m.n, m.n AS last_n, m.paid_until AS last_until, NULL::int AS against_n FROM member m WHERE m.step = 1
  UNION ALL
  SELECT m.worker_id, m.island, m.step, m.n,
    CASE WHEN m.started_at < p.last_until THEN p.last_n ELSE m.n END,
    CASE WHEN m.started_at < p.last_until THEN p.last_until ELSE m.paid_until END,
    CASE WHEN m.started_at < p.last_until THEN p.last_n END
  FROM chain p JOIN member m ON m.worker_id = p.worker_id AND m.island = p.island AND m.step = p.step + 1
)
SELECT k.n, 'CARER_OVERLAP' AS code, 0 AS paid_minutes,
  jsonb_build_object('otherRef', o.source_ref, 'otherFrom', to_char(o.started_at AT TIME ZONE 'Asia/Shanghai', 'HH24:MI'), 'otherUntil', to_char(o.paid_until AT TIME ZONE 'Asia/Shanghai', 'HH24:MI'),
    'startedAt', to_char(c.started_at AT TIME ZONE 'Asia/Shanghai', 'HH24:MI'), 'overlapMin', ceil(extract(epoch FROM least(o.paid_until, c.paid_until) - c.started_at) / 60)::int) AS params
FROM chain k JOIN charge c ON c.n = k.n JOIN charge o ON o.n = k.against_n
WHERE k.against_n IS NOT NULL
