-- 答案相同（对照本区）: pairs of equal answers among an assessor's assessments of the month, against the pairs that chance alone would give in the mix of the district: equal answers give equal grades, so two assessments
-- of one grade are held against how often two of that grade and scale, by other assessors of the district in the year that ends with the month, are equal. Half a pair is added there, so that nothing is impossible and few cases
-- accuse nobody. A pair stands half with each of its two assessments. Everything is one reading of the year and windows over it: a join of its groups would be planned by sizes that nobody knows.
WITH pattern AS (
  SELECT s.district_code, s.id, s.assessor_account_id, s.scale_id, s.grade, md5(s.scale_id || s.answers::text) AS pattern FROM assessments.assessment s
  WHERE s.recorded_at >= :yearAt::timestamptz AND s.recorded_at < :untilAt::timestamptz AND s.recorded_at <= :asOf::timestamptz AND (:district::text IS NULL OR s.district_code = :district)
), by_assessor AS (
  -- n of an assessor with a pattern, of all with it, and of all of the grade.
  SELECT district_code, scale_id, grade, assessor_account_id, pattern, count(*) AS n, sum(count(*)) OVER (PARTITION BY district_code, scale_id, grade, pattern) AS with_pattern FROM pattern GROUP BY district_code, scale_id, grade, assessor_account_id, pattern
), own AS (
  -- Each pattern's pairs, counted once per assessment of it: over all assessors of a grade they add up to its equal pairs. `touching`: those with at least one assessment of this assessor.
  SELECT district_code, scale_id, grade, assessor_account_id, sum(n) AS n, sum(n * (with_pattern - 1)) / 2 AS equal, sum(with_pattern * (with_pattern - 1) - (with_pattern - n) * (with_pattern - n - 1)) / 2 AS touching
  FROM by_assessor GROUP BY district_code, scale_id, grade, assessor_account_id
), chance AS (
  SELECT district_code, scale_id, grade, assessor_account_id, (sum(equal) OVER stratum - touching + 0.5) / ((sum(n) OVER stratum - n) * (sum(n) OVER stratum - n - 1) / 2 + 1) AS share
  FROM own WINDOW stratum AS (PARTITION BY district_code, scale_id, grade)
), alike AS (
  SELECT m.*, count(*) OVER (PARTITION BY m.district_code, m.assessor_account_id, m.scale_id, m.grade) - 1 AS others, count(*) OVER (PARTITION BY m.district_code, m.assessor_account_id, m.scale_id, m.grade, m.pattern) - 1 AS twins
  FROM month_assessment m
)
SELECT s.district_code, s.institution_id, s.assessor_account_id, s.assessor_name, 'application' AS subject_type, s.application_id AS subject_id, s.number, s.day_on, s.twins / 2.0 AS numerator, s.others * c.share / 2 AS denominator, NULL::int AS x, NULL::int AS y,
  jsonb_build_object('twins', s.twins, 'others', s.others, 'grade', s.grade, 'chancePercent', round(c.share * 100, 1), 'pattern', left(s.pattern, 8)) AS params
FROM alike s
JOIN chance c ON c.district_code = s.district_code AND c.assessor_account_id = s.assessor_account_id AND c.scale_id = s.scale_id AND c.grade = s.grade
