-- 重新评估后等级改变: of the month's assessments that were looked at again (review, final review, spot check, upheld objection) those whose grade changed by :least to :most.
WITH again AS (
  SELECT s.district_code, s.id, c.grade, c.number, c.concluded_at, CASE WHEN s.superseded_by = 'objection' THEN 'objection' END AS by
  FROM assessments.assessment s JOIN assessments.conclusion c ON c.district_code = s.district_code AND c.application_id = s.application_id
  WHERE s.recorded_at >= :fromAt::timestamptz AND s.recorded_at < :untilAt::timestamptz AND s.recorded_at <= :asOf::timestamptz AND (:district::text IS NULL OR s.district_code = :district) AND s.superseded_by = 'objection' AND s.superseded_at <= :asOf::timestamptz
  UNION ALL
  SELECT s.district_code, s.id, c.grade, c.number, c.concluded_at, r.kind
  FROM assessments.assessment s
  JOIN assessments.conclusion before ON before.district_code = s.district_code AND before.assessment_id = s.id
  JOIN assessments.application r ON r.district_code = before.district_code AND r.about_conclusion_id = before.id AND r.kind IN ('review', 'finalReview', 'spotCheck')
  JOIN assessments.conclusion c ON c.district_code = r.district_code AND c.application_id = r.id
  WHERE s.recorded_at >= :fromAt::timestamptz AND s.recorded_at < :untilAt::timestamptz AND s.recorded_at <= :asOf::timestamptz AND (:district::text IS NULL OR s.district_code = :district)
)
SELECT s.district_code, s.assessment_institution_id AS institution_id, s.assessor_account_id, s.assessor_name, 'application' AS subject_type, s.application_id AS subject_id, a.number, (s.recorded_at AT TIME ZONE 'Asia/Shanghai')::date AS day_on,
  (CASE WHEN abs(again.grade - s.grade) BETWEEN :least::int AND :most::int THEN 1 ELSE 0 END)::numeric AS numerator, 1::numeric AS denominator, NULL::int AS x, NULL::int AS y,
  jsonb_build_object('before', s.grade, 'after', again.grade, 'conclusion', again.number) AS params
FROM assessments.assessment s JOIN assessments.application a ON a.district_code = s.district_code AND a.id = s.application_id
JOIN again ON again.district_code = s.district_code AND again.id = s.id AND again.concluded_at <= :asOf::timestamptz
