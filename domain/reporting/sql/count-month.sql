-- Counts a closed month of a district once. Who comes second finds the mark and writes nothing.
WITH mark AS (
  INSERT INTO reporting.counted_month (district_code, month, counted_at)
  SELECT c.district_code, c.month, :now::timestamptz FROM claims.month_close c WHERE c.district_code = :district AND c.month = :month::date
  ON CONFLICT DO NOTHING
  RETURNING district_code, month
), visits AS (
  INSERT INTO reporting.visit_sum (district_code, month, township_code, visits, minutes)
  SELECT m.district_code, m.month, v.township_code, count(*), sum(round(extract(epoch FROM v.ended_at - v.started_at) / 60))
  FROM mark m JOIN visits.visit v ON v.district_code = m.district_code AND v.service_on >= :month::date AND v.service_on < (:month::date + interval '1 month')::date
  GROUP BY m.district_code, m.month, v.township_code
), findings AS (
  INSERT INTO reporting.finding_sum (district_code, month, township_code, rule, effect, findings)
  SELECT m.district_code, m.month, f.township_code, f.rule, f.effect, count(*)
  FROM mark m JOIN claims.finding f ON f.district_code = m.district_code AND f.month = :month::date
  GROUP BY m.district_code, m.month, f.township_code, f.rule, f.effect
)
SELECT count(*) AS counted FROM mark
