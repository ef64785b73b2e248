-- 上门迟: of the month's assessments those whose visit came after the last working day; the count begins with the acceptance, after a return with the return. Nobody is late for a day that was over before its calendar came.
WITH visit AS (
  SELECT m.*, coalesce((SELECT max(p.superseded_at) FROM assessments.assessment p WHERE p.district_code = m.district_code AND p.application_id = m.application_id AND p.superseded_at <= m.recorded_at AND p.id <> m.id) AT TIME ZONE 'Asia/Shanghai', m.accepted_on)::date AS from_on
  FROM month_assessment m
)
SELECT s.district_code, s.institution_id, s.assessor_account_id, s.assessor_name, 'application' AS subject_type, s.application_id AS subject_id, s.number, s.day_on,
  (CASE WHEN s.visit_on > s.due_on AND NOT EXISTS (SELECT 1 FROM assessments.dispatch_order o WHERE o.district_code = s.district_code AND o.application_id = s.application_id AND o.assessment_institution_id = s.institution_id
    AND o.due_on = s.due_on AND o.due_known_on > o.due_on) AND NOT EXISTS (SELECT 1 FROM assessments.case_return r WHERE r.district_code = s.district_code AND r.application_id = s.application_id
    AND r.returned_on = s.from_on AND r.due_known_on > s.due_on) THEN 1 ELSE 0 END)::numeric AS numerator, 1::numeric AS denominator, NULL::int AS x, NULL::int AS y, jsonb_build_object('dueOn', s.due_on, 'visitOn', s.visit_on) AS params
FROM (
  SELECT f.*, (:workdays::date[])[(:numbers::int[])[f.from_on - :calendarFrom::date + 1] + (:visitDays::int[])[f.from_on - :calendarFrom::date + 1]] AS due_on, (:numbers::int[])[f.from_on - :calendarFrom::date + 1] AS n FROM visit f
) s
WHERE s.n IS NOT NULL
