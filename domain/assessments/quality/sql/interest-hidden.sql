-- 应回避未回避: of the month's assessments those whose institution or assessor had an interest in the person or the community on the day of the visit that was declared, or found out, only after the assessment was recorded.
SELECT s.district_code, s.institution_id, s.assessor_account_id, s.assessor_name, 'application' AS subject_type, s.application_id AS subject_id, s.number, s.day_on,
  (CASE WHEN n.relation IS NOT NULL THEN 1 ELSE 0 END)::numeric AS numerator, 1::numeric AS denominator, NULL::int AS x, NULL::int AS y, jsonb_build_object('relation', n.relation, 'sinceOn', n.from_on, 'declaredOn', (n.declared_at AT TIME ZONE 'Asia/Shanghai')::date) AS params
FROM month_assessment s JOIN people.person p ON p.district_code = s.district_code AND p.id = s.person_id
LEFT JOIN LATERAL (
  SELECT i.relation, i.from_on, i.declared_at FROM assessments.interest i
  WHERE i.institution_id = s.institution_id AND i.declared_at > s.recorded_at AND i.declared_at <= :asOf::timestamptz AND i.from_on <= s.visit_on AND (i.to_on IS NULL OR i.to_on >= s.visit_on)
    AND (i.person_number = p.identity_number OR (i.township_code = p.township_code AND i.community = p.community))
    AND ((i.worker_id IS NULL AND i.account_id IS NULL) OR i.account_id = s.assessor_account_id OR workers.has_account(i.worker_id, s.assessor_account_id, (:asOf::timestamptz AT TIME ZONE 'Asia/Shanghai')::date))
  ORDER BY i.declared_at, i.id LIMIT 1
) n ON true
