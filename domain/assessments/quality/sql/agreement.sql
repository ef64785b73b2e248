-- 与专家的一致: the assessor's grade (x) against the grade that came of it (y): after a review, spot check or upheld objection that one; after a disagreement the next assessment's; else the grade that experts confirmed.
WITH looked_at AS (
  SELECT s.*, again.grade AS again_grade, next.grade AS next_grade,
    (SELECT count(*) FROM assessments.confirmation v WHERE v.district_code = s.district_code AND v.assessment_id = s.id AND v.agrees AND v.confirmed_at <= :asOf::timestamptz) >= :experts::int AS confirmed
  FROM assessments.assessment s
  LEFT JOIN LATERAL (
    SELECT c.grade FROM assessments.conclusion before
    JOIN assessments.application r ON r.district_code = before.district_code AND r.about_conclusion_id = before.id AND r.kind IN ('review', 'finalReview', 'spotCheck')
    JOIN assessments.conclusion c ON c.district_code = r.district_code AND c.application_id = r.id AND c.concluded_at <= :asOf::timestamptz
    WHERE before.district_code = s.district_code AND before.assessment_id = s.id ORDER BY c.concluded_at DESC, c.id DESC LIMIT 1
  ) again ON true
  LEFT JOIN LATERAL (
    SELECT n.grade FROM assessments.assessment n WHERE n.district_code = s.district_code AND n.application_id = s.application_id AND n.recorded_at > s.recorded_at AND n.recorded_at <= :asOf::timestamptz
    AND s.superseded_at <= :asOf::timestamptz ORDER BY n.recorded_at, n.id LIMIT 1
  ) next ON true
  WHERE s.recorded_at >= :fromAt::timestamptz AND s.recorded_at < :untilAt::timestamptz AND s.recorded_at <= :asOf::timestamptz AND (:district::text IS NULL OR s.district_code = :district)
), pair AS (
  SELECT s.*, CASE WHEN s.again_grade IS NOT NULL THEN s.again_grade WHEN s.superseded_at <= :asOf::timestamptz THEN s.next_grade WHEN s.confirmed THEN s.grade END AS other FROM looked_at s
)
SELECT s.district_code, s.assessment_institution_id AS institution_id, s.assessor_account_id, s.assessor_name, 'application' AS subject_type, s.application_id AS subject_id, a.number, (s.recorded_at AT TIME ZONE 'Asia/Shanghai')::date AS day_on,
  power(s.grade - s.other, 2)::numeric AS numerator, 1::numeric AS denominator, s.grade::int AS x, s.other::int AS y, jsonb_build_object('before', s.grade, 'after', s.other) AS params
FROM pair s JOIN assessments.application a ON a.district_code = s.district_code AND a.id = s.application_id
WHERE s.other IS NOT NULL
