-- 现场过短: of the month's assessments with a recorded visit those whose visit took fewer minutes than :shortMin.
SELECT s.district_code, s.assessment_institution_id AS institution_id, s.assessor_account_id, s.assessor_name, 'application' AS subject_type, s.application_id AS subject_id, a.number, (s.recorded_at AT TIME ZONE 'Asia/Shanghai')::date AS day_on,
  (CASE WHEN v.left_at - v.arrived_at < make_interval(mins => :shortMin::int) THEN 1 ELSE 0 END)::numeric AS numerator, 1::numeric AS denominator, NULL::int AS x, NULL::int AS y,
  jsonb_build_object('minutes', floor(extract(epoch FROM v.left_at - v.arrived_at) / 60)::int, 'leastMin', :shortMin::int) AS params
FROM assessments.assessment s JOIN assessments.application a ON a.district_code = s.district_code AND a.id = s.application_id
JOIN assessments.site_visit v ON v.district_code = s.district_code AND v.id = s.site_visit_id AND v.arrived_at IS NOT NULL AND v.left_at IS NOT NULL
WHERE s.recorded_at >= :fromAt::timestamptz AND s.recorded_at < :untilAt::timestamptz AND s.recorded_at <= :asOf::timestamptz AND (:district::text IS NULL OR s.district_code = :district)
