-- 送达迟: of the conclusions of the month those whose letter was not delivered by the last working day; only cases whose day of filing has a limit. Still undelivered counts once the day is past.
SELECT c.district_code, s.assessment_institution_id AS institution_id, s.assessor_account_id, s.assessor_name, 'application' AS subject_type, c.application_id AS subject_id, c.number, c.concluded_on AS day_on,
  (CASE WHEN coalesce(d.delivered_on, (:asOf::timestamptz AT TIME ZONE 'Asia/Shanghai')::date) > (:workdays::date[])[(:numbers::int[])[c.concluded_on - :calendarFrom::date + 1] + f.days] THEN 1 ELSE 0 END)::numeric AS numerator, 1::numeric AS denominator, NULL::int AS x, NULL::int AS y,
  jsonb_build_object('dueOn', (:workdays::date[])[(:numbers::int[])[c.concluded_on - :calendarFrom::date + 1] + f.days], 'deliveredOn', d.delivered_on) AS params
FROM assessments.conclusion c
JOIN assessments.assessment s ON s.district_code = c.district_code AND s.id = c.assessment_id
JOIN assessments.application a ON a.district_code = c.district_code AND a.id = c.application_id
CROSS JOIN LATERAL (SELECT (:deliverDays::int[])[a.filed_on - :calendarFrom::date + 1] AS days) f
LEFT JOIN LATERAL (SELECT min(x.happened_on) AS delivered_on FROM assessments.delivery x WHERE x.district_code = c.district_code AND x.conclusion_id = c.id AND x.outcome = 'delivered' AND x.recorded_at <= :asOf::timestamptz) d ON true
WHERE c.concluded_at >= :fromAt::timestamptz AND c.concluded_at < :untilAt::timestamptz AND c.concluded_at <= :asOf::timestamptz AND (:district::text IS NULL OR c.district_code = :district)
  AND f.days > 0
