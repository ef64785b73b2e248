-- 重度偏移: severe grades of the month against those that the mix of cases leads to expect (indirect standardisation). The share of severe grades by age band, kind and grade before comes from all
-- assessments of the district in the year that ends with the month.
WITH expected AS (
  SELECT s.district_code, width_bucket(date_part('year', age((s.recorded_at AT TIME ZONE 'Asia/Shanghai')::date, p.birth_on))::int, :ageBands::int[]) AS band, a.kind, coalesce(before.grade, -2) AS before,
    avg(CASE WHEN s.grade >= :severeGrade::int THEN 1 ELSE 0 END) AS share
  FROM assessments.assessment s JOIN assessments.application a ON a.district_code = s.district_code AND a.id = s.application_id
  JOIN people.person p ON p.district_code = s.district_code AND p.id = s.person_id
  LEFT JOIN assessments.conclusion before ON before.district_code = a.district_code AND before.id = a.about_conclusion_id
  WHERE s.recorded_at >= :yearAt::timestamptz AND s.recorded_at < :untilAt::timestamptz AND s.recorded_at <= :asOf::timestamptz AND (:district::text IS NULL OR s.district_code = :district)
  GROUP BY 1, 2, 3, 4
), assessed AS MATERIALIZED (
  SELECT m.*, CASE WHEN m.grade >= :severeGrade::int THEN 1 ELSE 0 END AS severe, width_bucket(date_part('year', age(m.day_on, p.birth_on))::int, :ageBands::int[]) AS band, coalesce(before.grade, -2) AS before
  FROM month_assessment m JOIN people.person p ON p.district_code = m.district_code AND p.id = m.person_id
  LEFT JOIN assessments.conclusion before ON before.district_code = m.district_code AND before.id = m.about_conclusion_id
)
SELECT s.district_code, s.institution_id, s.assessor_account_id, s.assessor_name, 'application' AS subject_type, s.application_id AS subject_id, s.number, s.day_on, s.severe::numeric AS numerator, e.share::numeric AS denominator, NULL::int AS x, NULL::int AS y,
  jsonb_build_object('grade', s.grade, 'expectedPercent', round(e.share * 100)) AS params
FROM assessed s JOIN expected e ON e.district_code = s.district_code AND e.band = s.band AND e.kind = s.kind AND e.before = s.before
