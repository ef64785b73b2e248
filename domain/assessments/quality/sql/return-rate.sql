-- 退单率: of the assessments recorded in the month, those that were sent back before they were published (an expert disagreed, the check returned them).
SELECT s.district_code, s.institution_id, s.assessor_account_id, s.assessor_name, 'application' AS subject_type, s.application_id AS subject_id, s.number, s.day_on,
  (CASE WHEN s.superseded_at <= :asOf::timestamptz AND s.superseded_by <> 'objection' THEN 1 ELSE 0 END)::numeric AS numerator, 1::numeric AS denominator, NULL::int AS x, NULL::int AS y,
  jsonb_build_object('returnedOn', (s.superseded_at AT TIME ZONE 'Asia/Shanghai')::date) AS params
FROM month_assessment s
