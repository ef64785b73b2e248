-- 上传不规范或与结论不符: of the month's assessments those that were sent back because the record was incomplete, its evidence or video did not hold, or its answers contradict each other.
WITH fault AS (
  SELECT DISTINCT ON (m.district_code, m.id) m.district_code, m.id, b.reason, b.returned_on FROM month_assessment m JOIN assessments.case_return b ON b.district_code = m.district_code AND b.assessment_id = m.id
  WHERE b.returned_by <> 'objection' AND b.returned_at <= :asOf::timestamptz AND b.reason IN ('recordIncomplete', 'evidenceMissing', 'videoUnclear', 'answersContradict') ORDER BY m.district_code, m.id, b.returned_at, b.id
)
SELECT s.district_code, s.institution_id, s.assessor_account_id, s.assessor_name, 'application' AS subject_type, s.application_id AS subject_id, s.number, s.day_on,
  (CASE WHEN r.reason IS NOT NULL THEN 1 ELSE 0 END)::numeric AS numerator, 1::numeric AS denominator, NULL::int AS x, NULL::int AS y, jsonb_build_object('returnedOn', r.returned_on, 'reason', r.reason) AS params
FROM month_assessment s LEFT JOIN fault r ON r.district_code = s.district_code AND r.id = s.id
