-- What came of the month's assessments that were looked at again, each step by its index: reviews and final reviews about their conclusions, spot checks that doubt the assessment, and what an upheld objection led to.
-- A spot check on an improvement that somebody saw, or after a pause, finds another state of the person and not a fault of the institution (附件1 第4项：因评估机构原因): it counts nowhere here.
CREATE TEMP TABLE month_again ON COMMIT DROP AS
SELECT s.district_code, s.id, true AS reviewed, c.grade, c.number, c.concluded_at, c.id AS conclusion_id
FROM month_assessment s
CROSS JOIN LATERAL (SELECT b.id FROM assessments.conclusion b WHERE b.district_code = s.district_code AND b.assessment_id = s.id OFFSET 0) before
CROSS JOIN LATERAL (SELECT a.id FROM assessments.application a WHERE a.district_code = s.district_code AND a.about_conclusion_id = before.id AND (a.kind IN ('review', 'finalReview') OR (a.kind = 'spotCheck' AND a.ground IN ('irregularAssessment', 'abnormalResult'))) OFFSET 0) r
CROSS JOIN LATERAL (SELECT n.* FROM assessments.conclusion n WHERE n.district_code = s.district_code AND n.application_id = r.id AND n.concluded_at <= :asOf::timestamptz OFFSET 0) c
UNION ALL
SELECT s.district_code, s.id, false, c.grade, c.number, c.concluded_at, c.id
FROM month_assessment s
CROSS JOIN LATERAL (SELECT n.* FROM assessments.conclusion n WHERE n.district_code = s.district_code AND n.application_id = s.application_id AND n.concluded_at <= :asOf::timestamptz OFFSET 0) c
WHERE s.superseded_by = 'objection' AND s.superseded_at <= :asOf::timestamptz
