-- 答案雷同: of the month's assessments those whose answers the same assessor gave, all equal, at least :count times within :within days.
WITH near AS (
  SELECT s.*, count(*) OVER following AS ahead
  FROM (SELECT s.district_code, s.id, s.assessor_account_id, s.recorded_at, md5(s.scale_id || s.answers::text) AS pattern FROM assessments.assessment s
    WHERE s.recorded_at >= :fromAt::timestamptz - make_interval(days => :within::int) AND s.recorded_at < :untilAt::timestamptz + make_interval(days => :within::int) AND s.recorded_at <= :asOf::timestamptz
      AND (:district::text IS NULL OR s.district_code = :district)) s
  WINDOW following AS (PARTITION BY s.district_code, s.assessor_account_id, s.pattern ORDER BY s.recorded_at RANGE BETWEEN CURRENT ROW AND make_interval(days => :within::int) FOLLOWING)
), most AS (
  SELECT n.*, max(n.ahead) OVER (PARTITION BY n.district_code, n.assessor_account_id, n.pattern ORDER BY n.recorded_at RANGE BETWEEN make_interval(days => :within::int) PRECEDING AND CURRENT ROW) AS times FROM near n
)
SELECT s.district_code, s.institution_id, s.assessor_account_id, s.assessor_name, 'application' AS subject_type, s.application_id AS subject_id, s.number, s.day_on,
  (CASE WHEN n.times >= :count::int THEN 1 ELSE 0 END)::numeric AS numerator, 1::numeric AS denominator, NULL::int AS x, NULL::int AS y, jsonb_build_object('times', n.times, 'days', :within::int, 'pattern', left(n.pattern, 8)) AS params
FROM month_assessment s JOIN most n ON n.district_code = s.district_code AND n.id = s.id
