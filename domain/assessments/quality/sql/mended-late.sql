-- 退单整改迟: of the cases sent back in the month those that were not assessed anew by their last day. Objections are no returns of this kind; nobody is late for a deadline that was over before its calendar came.
SELECT r.district_code, r.assessment_institution_id AS institution_id, s.assessor_account_id, s.assessor_name, 'application' AS subject_type, r.application_id AS subject_id, a.number, r.returned_on AS day_on,
  (CASE WHEN coalesce(m.mended_on, (:asOf::timestamptz AT TIME ZONE 'Asia/Shanghai')::date) > r.due_on AND (r.due_known_on IS NULL OR r.due_known_on <= r.due_on) THEN 1 ELSE 0 END)::numeric AS numerator, 1::numeric AS denominator, NULL::int AS x, NULL::int AS y,
  jsonb_build_object('returnedOn', r.returned_on, 'dueOn', r.due_on, 'mendedOn', m.mended_on) AS params
FROM assessments.case_return r
JOIN assessments.assessment s ON s.district_code = r.district_code AND s.id = r.assessment_id
JOIN assessments.application a ON a.district_code = r.district_code AND a.id = r.application_id
LEFT JOIN LATERAL (SELECT (min(n.recorded_at) AT TIME ZONE 'Asia/Shanghai')::date AS mended_on FROM assessments.assessment n
  WHERE n.district_code = r.district_code AND n.application_id = r.application_id AND n.recorded_at > r.returned_at AND n.recorded_at <= :asOf::timestamptz) m ON true
WHERE r.returned_at >= :fromAt::timestamptz AND r.returned_at < :untilAt::timestamptz AND r.returned_at <= :asOf::timestamptz AND (:district::text IS NULL OR r.district_code = :district)
  AND r.returned_by <> 'objection' AND r.due_on IS NOT NULL AND (r.due_known_on IS NULL OR r.due_known_on <= (:asOf::timestamptz AT TIME ZONE 'Asia/Shanghai')::date)
