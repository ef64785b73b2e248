-- 与专家的一致: the assessor's grade (x) against the grade that came of it (y): after a review or a spot check that doubts it that one; after a disagreement the next assessment's; else the grade that experts confirmed.
WITH again AS (
  SELECT DISTINCT ON (m.district_code, m.id) m.district_code, m.id, m.grade FROM month_again m WHERE m.reviewed ORDER BY m.district_code, m.id, m.concluded_at DESC, m.conclusion_id DESC
), next AS (
  SELECT DISTINCT ON (s.district_code, s.id) s.district_code, s.id, n.grade FROM month_assessment s
  JOIN assessments.assessment n ON n.district_code = s.district_code AND n.application_id = s.application_id AND n.recorded_at > s.recorded_at AND n.recorded_at <= :asOf::timestamptz
  WHERE s.superseded_at <= :asOf::timestamptz ORDER BY s.district_code, s.id, n.recorded_at, n.id
), confirmed AS (
  SELECT v.district_code, v.assessment_id AS id FROM month_assessment s JOIN assessments.confirmation v ON v.district_code = s.district_code AND v.assessment_id = s.id
  WHERE v.agrees AND v.confirmed_at <= :asOf::timestamptz GROUP BY v.district_code, v.assessment_id HAVING count(*) >= :experts::int
), pair AS (
  SELECT s.*, CASE WHEN again.grade IS NOT NULL THEN again.grade WHEN s.superseded_at <= :asOf::timestamptz THEN next.grade WHEN confirmed.id IS NOT NULL THEN s.grade END AS other
  FROM month_assessment s LEFT JOIN again USING (district_code, id) LEFT JOIN next USING (district_code, id) LEFT JOIN confirmed USING (district_code, id)
)
SELECT s.district_code, s.institution_id, s.assessor_account_id, s.assessor_name, 'application' AS subject_type, s.application_id AS subject_id, s.number, s.day_on,
  power(s.grade - s.other, 2)::numeric AS numerator, 1::numeric AS denominator, s.grade::int AS x, s.other::int AS y, jsonb_build_object('before', s.grade, 'after', s.other) AS params
FROM pair s
WHERE s.other IS NOT NULL
