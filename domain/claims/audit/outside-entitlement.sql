-- Care on a day without a conclusion in force, with a grade below the city's minimum, or on which the benefit was paused (assessments.suspension).
-- Every audit rule reads the charges that still stand and answers: charge, code of the sentence, minutes that remain to be paid, parameters.
SELECT c.n, CASE WHEN c.grade IS NULL THEN 'OUTSIDE_ENTITLEMENT_NONE' WHEN c.grade < c.min_grade THEN 'OUTSIDE_ENTITLEMENT_GRADE' ELSE 'OUTSIDE_ENTITLEMENT_PAUSED' END AS code, 0 AS paid_minutes,
  jsonb_strip_nulls(jsonb_build_object('serviceOn', c.service_on, 'grade', c.grade, 'minGrade', c.min_grade, 'fromOn', s.from_on, 'toOn', s.to_on)) AS params
FROM charge c
LEFT JOIN assessments.suspension s ON s.district_code = :district AND s.person_id = c.person_id AND c.service_on >= s.from_on AND (s.to_on IS NULL OR c.service_on <= s.to_on)
WHERE NOT c.refused AND (c.grade IS NULL OR c.grade < c.min_grade OR s.id IS NOT NULL)
