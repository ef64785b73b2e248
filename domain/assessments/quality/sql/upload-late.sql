-- 上传迟: of the month's assessments those that were recorded after the last working day from the visit.
WITH calendar AS (SELECT c.day, c.n, c.days FROM unnest(:days::date[], :numbers::int[], :uploadDays::int[]) AS c (day, n, days)),
workday AS (SELECT n, min(day) AS day FROM calendar GROUP BY n)
SELECT s.district_code, s.assessment_institution_id AS institution_id, s.assessor_account_id, s.assessor_name, 'application' AS subject_type, s.application_id AS subject_id, a.number, (s.recorded_at AT TIME ZONE 'Asia/Shanghai')::date AS day_on,
  (CASE WHEN (s.recorded_at AT TIME ZONE 'Asia/Shanghai')::date > due.day THEN 1 ELSE 0 END)::numeric AS numerator, 1::numeric AS denominator, NULL::int AS x, NULL::int AS y,
  jsonb_build_object('dueOn', due.day, 'visitOn', c.day, 'recordedOn', (s.recorded_at AT TIME ZONE 'Asia/Shanghai')::date) AS params
FROM assessments.assessment s JOIN assessments.application a ON a.district_code = s.district_code AND a.id = s.application_id
JOIN calendar c ON c.day = (s.on_site_at AT TIME ZONE 'Asia/Shanghai')::date LEFT JOIN workday due ON due.n = c.n + c.days
WHERE s.recorded_at >= :fromAt::timestamptz AND s.recorded_at < :untilAt::timestamptz AND s.recorded_at <= :asOf::timestamptz AND (:district::text IS NULL OR s.district_code = :district)
