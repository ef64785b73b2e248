-- 上传迟: of the month's assessments those that were recorded after the last working day from the visit.
SELECT v.district_code, v.institution_id, v.assessor_account_id, v.assessor_name, v.subject_type, v.subject_id, v.number, v.day_on,
  (CASE WHEN v.day_on > v.due_on THEN 1 ELSE 0 END)::numeric AS numerator, 1::numeric AS denominator, NULL::int AS x, NULL::int AS y, jsonb_build_object('dueOn', v.due_on, 'visitOn', v.visit_on, 'recordedOn', v.day_on) AS params
FROM (
  SELECT f.*, (:workdays::date[])[(:numbers::int[])[f.visit_on - :calendarFrom::date + 1] + (:uploadDays::int[])[f.visit_on - :calendarFrom::date + 1]] AS due_on, (:numbers::int[])[f.visit_on - :calendarFrom::date + 1] AS n
  FROM (
    SELECT s.district_code, s.assessment_institution_id AS institution_id, s.assessor_account_id, s.assessor_name, 'application' AS subject_type, s.application_id AS subject_id, a.number, (s.recorded_at AT TIME ZONE 'Asia/Shanghai')::date AS day_on,
      (s.on_site_at AT TIME ZONE 'Asia/Shanghai')::date AS visit_on
    FROM assessments.assessment s JOIN assessments.application a ON a.district_code = s.district_code AND a.id = s.application_id
    WHERE s.recorded_at >= :fromAt::timestamptz AND s.recorded_at < :untilAt::timestamptz AND s.recorded_at <= :asOf::timestamptz AND (:district::text IS NULL OR s.district_code = :district)
  ) f
) v
WHERE v.n IS NOT NULL
