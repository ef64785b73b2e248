-- 投诉查实: complaints of the month with one of :subjects that were found justified, for each assessment of the month. The denominator are the assessments, so that large and small institutions compare.
SELECT s.district_code, s.institution_id, s.assessor_account_id, s.assessor_name, 'application' AS subject_type, s.application_id AS subject_id, s.number, s.day_on,
  0::numeric AS numerator, 1::numeric AS denominator, NULL::int AS x, NULL::int AS y, '{}'::jsonb AS params
FROM month_assessment s
UNION ALL
SELECT c.district_code, c.institution_id, c.assessor_account_id, s.assessor_name, 'complaint', c.id, c.number, c.filed_on, 1, 0, NULL, NULL, jsonb_build_object('subject', c.subject)
FROM assessments.complaint c JOIN assessments.complaint_answer x ON x.district_code = c.district_code AND x.complaint_id = c.id AND x.upheld AND x.answered_at <= :asOf::timestamptz
LEFT JOIN LATERAL (SELECT l.assessor_name FROM assessments.assessment l WHERE l.district_code = c.district_code AND l.application_id = c.application_id AND l.assessor_account_id = c.assessor_account_id LIMIT 1) s ON true
WHERE c.filed_at >= :fromAt::timestamptz AND c.filed_at < :untilAt::timestamptz AND c.subject = ANY (:subjects::text[]) AND (:district::text IS NULL OR c.district_code = :district)
