-- Visits and minutes by district and month, :firstMonth to :lastMonth: sums of counted months, the others from the visits themselves.
WITH book AS (
  SELECT d.code AS district_code, m::date AS month
  FROM unnest(:districts::text[]) AS d (code) CROSS JOIN generate_series(:firstMonth::date, :lastMonth::date, interval '1 month') AS m
), fresh AS (
  SELECT b.district_code, b.month FROM book b
  WHERE NOT EXISTS (SELECT 1 FROM reporting.counted_month c WHERE c.district_code = b.district_code AND c.month = b.month)
)
SELECT s.district_code, to_char(s.month, 'YYYY-MM') AS month, sum(s.visits)::bigint AS visits, sum(s.minutes)::bigint AS minutes
FROM reporting.visit_sum s
WHERE s.district_code = ANY (:districts::text[]) AND s.month BETWEEN :firstMonth::date AND :lastMonth::date
GROUP BY s.district_code, s.month
UNION ALL
SELECT f.district_code, to_char(f.month, 'YYYY-MM'), v.visits, v.minutes
FROM fresh f CROSS JOIN LATERAL (
  SELECT count(*) AS visits, coalesce(sum(round(extract(epoch FROM v.ended_at - v.started_at) / 60)), 0)::bigint AS minutes
  FROM visits.visit v
  WHERE v.district_code = f.district_code AND v.service_on >= f.month AND v.service_on < (f.month + interval '1 month')::date
) v
WHERE v.visits > 0
