-- 上传迟: of the month's assessments those that were recorded after the last working day from the visit.
SELECT s.district_code, s.institution_id, s.assessor_account_id, s.assessor_name, 'application' AS subject_type, s.application_id AS subject_id, s.number, s.day_on,
  (CASE WHEN s.day_on > s.due_on THEN 1 ELSE 0 END)::numeric AS numerator, 1::numeric AS denominator, NULL::int AS x, NULL::int AS y, jsonb_build_object('dueOn', s.due_on, 'visitOn', s.visit_on, 'recordedOn', s.day_on) AS params
FROM (
  SELECT f.*, (:workdays::date[])[(:numbers::int[])[f.visit_on - :calendarFrom::date + 1] + (:uploadDays::int[])[f.visit_on - :calendarFrom::date + 1]] AS due_on, (:numbers::int[])[f.visit_on - :calendarFrom::date + 1] AS n
  FROM month_assessment f
) s
WHERE s.n IS NOT NULL
