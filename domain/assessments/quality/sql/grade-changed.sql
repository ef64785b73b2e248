-- 重新评估后等级改变: of the month's assessments that were looked at again (review, final review, spot check that doubts it, upheld objection) those whose grade changed by :least to :most.
SELECT s.district_code, s.institution_id, s.assessor_account_id, s.assessor_name, 'application' AS subject_type, s.application_id AS subject_id, s.number, s.day_on,
  (CASE WHEN abs(again.grade - s.grade) BETWEEN :least::int AND :most::int THEN 1 ELSE 0 END)::numeric AS numerator, 1::numeric AS denominator, NULL::int AS x, NULL::int AS y,
  jsonb_build_object('before', s.grade, 'after', again.grade, 'conclusion', again.number) AS params
FROM month_assessment s JOIN month_again again ON again.district_code = s.district_code AND again.id = s.id
