-- What came of the month's assessments that were looked at again, each step by its index: reviews, final reviews and spot checks about their conclusions, and what an upheld objection led to.
CREATE TEMP TABLE month_again ON COMMIT DROP AS
SELECT s.district_code, s.id, true AS reviewed, c.grade, c.number, c.concluded_at, c.id AS conclusion_id
FROM month_assessment s
CROSS JOIN LATERAL (SELECT b.id FROM assessments.conclusion b WHERE b.district_code = s.district_code AND b.assessment_id = s.id OFFSET 0) before
CROSS JOIN LATERAL (SELECT a.id FROM assessments.application a WHERE a.district_code = s.district_code AND a.about_conclusion_id = before.id AND a.kind IN ('review', 'finalReview', 'spotCheck') OFFSET 0) r
CROSS JOIN LATERAL (SELECT n.* FROM assessments.conclusion n WHERE n.district_code = s.district_code AND n.application_id = r.id AND n.concluded_at <= :asOf::timestamptz OFFSET 0) c
UNION ALL
SELECT s.district_code, s.id, false, c.grade, c.number, c.concluded_at, c.id
FROM month_assessment s
CROSS JOIN LATERAL (SELECT n.* FROM assessments.conclusion n WHERE n.district_code = s.district_code AND n.application_id = s.application_id AND n.concluded_at <= :asOf::timestamptz OFFSET 0) c
WHERE s.superseded_by = 'objection' AND s.superseded_at <= :asOf::timestamptz
