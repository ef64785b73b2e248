-- Findings by district, rule and effect of the months :firstMonth to :lastMonth: sums of counted months, the others from the findings themselves.
WITH book AS (
  SELECT d.code AS district_code, m::date AS month
  FROM unnest(:districts::text[]) AS d (code) CROSS JOIN generate_series(:firstMonth::date, :lastMonth::date, interval '1 month') AS m
), fresh AS (
  SELECT b.district_code, b.month FROM book b
  WHERE NOT EXISTS (SELECT 1 FROM reporting.counted_month c WHERE c.district_code = b.district_code AND c.month = b.month)
)
SELECT x.district_code, x.rule, x.effect, sum(x.count)::bigint AS count
FROM (
  SELECT s.district_code, s.rule, s.effect, s.findings AS count
  FROM reporting.finding_sum s
  WHERE s.district_code = ANY (:districts::text[]) AND s.month BETWEEN :firstMonth::date AND :lastMonth::date
  UNION ALL
  SELECT f.district_code, n.rule, n.effect, n.count
  FROM fresh f CROSS JOIN LATERAL (
    SELECT c.rule, c.effect, count(*) AS count FROM claims.finding c WHERE c.district_code = f.district_code AND c.month = f.month GROUP BY c.rule, c.effect
  ) n
) x
GROUP BY x.district_code, x.rule, x.effect
