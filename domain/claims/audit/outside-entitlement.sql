-- Care on a day without a conclusion in force, or with a grade below the city's minimum.
-- Every audit rule reads the charges that still stand and answers: charge, code of the sentence, minutes that remain to be paid, parameters.
SELECT c.n, CASE WHEN c.grade IS NULL THEN 'OUTSIDE_ENTITLEMENT_NONE' ELSE 'OUTSIDE_ENTITLEMENT_GRADE' END AS code, 0 AS paid_minutes,
  jsonb_strip_nulls(jsonb_build_object('serviceOn', c.service_on, 'grade', c.grade, 'minGrade', c.min_grade)) AS params
FROM charge c
WHERE NOT c.refused AND (c.grade IS NULL OR c.grade < c.min_grade)
