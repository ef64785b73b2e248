-- 答案相同（对照本区）: pairs of equal answers among an assessor's assessments of the month, against the pairs that chance alone would give in the mix of the district: equal answers give equal grades, so two assessments
-- of one grade are held against how often two of that grade and scale, by other assessors of the district in the year that ends with the month, are equal. Half a pair is added there, so that nothing is impossible and few cases
-- accuse nobody. A pair stands half with each of its two assessments.
WITH pattern AS (
  SELECT s.district_code, s.id, s.assessor_account_id, s.scale_id, s.grade, md5(s.answers::text) AS pattern FROM assessments.assessment s
  WHERE s.recorded_at >= :yearAt::timestamptz AND s.recorded_at < :untilAt::timestamptz AND s.recorded_at <= :asOf::timestamptz AND (:district::text IS NULL OR s.district_code = :district)
), by_assessor AS (
  SELECT district_code, scale_id, grade, assessor_account_id, pattern, count(*) AS n FROM pattern GROUP BY district_code, scale_id, grade, assessor_account_id, pattern
), by_pattern AS (
  SELECT district_code, scale_id, grade, pattern, sum(n) AS n FROM by_assessor GROUP BY district_code, scale_id, grade, pattern
), stratum AS (
  SELECT district_code, scale_id, grade, sum(n) AS n, sum(n * (n - 1)) / 2 AS equal FROM by_pattern GROUP BY district_code, scale_id, grade
), own AS (
  SELECT a.district_code, a.scale_id, a.grade, a.assessor_account_id, sum(a.n) AS n, sum(p.n * (p.n - 1) - (p.n - a.n) * (p.n - a.n - 1)) / 2 AS equal
  FROM by_assessor a JOIN by_pattern p USING (district_code, scale_id, grade, pattern) GROUP BY a.district_code, a.scale_id, a.grade, a.assessor_account_id
), chance AS (
  SELECT o.district_code, o.scale_id, o.grade, o.assessor_account_id, (t.equal - o.equal + 0.5) / ((t.n - o.n) * (t.n - o.n - 1) / 2 + 1) AS share FROM own o JOIN stratum t USING (district_code, scale_id, grade)
), alike AS (
  SELECT m.*, p.scale_id, p.pattern, count(*) OVER (PARTITION BY m.district_code, m.assessor_account_id, p.scale_id, m.grade) - 1 AS others, count(*) OVER (PARTITION BY m.district_code, m.assessor_account_id, p.scale_id, m.grade, p.pattern) - 1 AS twins
  FROM month_assessment m JOIN pattern p ON p.district_code = m.district_code AND p.id = m.id
)
SELECT s.district_code, s.institution_id, s.assessor_account_id, s.assessor_name, 'application' AS subject_type, s.application_id AS subject_id, s.number, s.day_on, s.twins / 2.0 AS numerator, s.others * c.share / 2 AS denominator, NULL::int AS x, NULL::int AS y,
  jsonb_build_object('twins', s.twins, 'others', s.others, 'grade', s.grade, 'chancePercent', round(c.share * 100, 1), 'pattern', left(s.pattern, 8)) AS params
FROM alike s
JOIN chance c ON c.district_code = s.district_code AND c.assessor_account_id = s.assessor_account_id AND c.scale_id = s.scale_id AND c.grade = s.grade
