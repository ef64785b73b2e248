-- 现场过短: of the month's assessments with a recorded visit those whose visit took fewer minutes than :shortMin.
SELECT s.district_code, s.institution_id, s.assessor_account_id, s.assessor_name, 'application' AS subject_type, s.application_id AS subject_id, s.number, s.day_on,
  (CASE WHEN v.left_at - v.arrived_at < make_interval(mins => :shortMin::int) THEN 1 ELSE 0 END)::numeric AS numerator, 1::numeric AS denominator, NULL::int AS x, NULL::int AS y,
  jsonb_build_object('minutes', floor(extract(epoch FROM v.left_at - v.arrived_at) / 60)::int, 'leastMin', :shortMin::int) AS params
FROM month_assessment s
JOIN assessments.site_visit v ON v.district_code = s.district_code AND v.id = s.site_visit_id AND v.arrived_at IS NOT NULL AND v.left_at IS NOT NULL
