-- 派单应答迟: of the orders of the month those that were answered after their limit, or not at all until they lapsed.
SELECT o.district_code, o.assessment_institution_id AS institution_id, NULL::uuid AS assessor_account_id, NULL::text AS assessor_name, 'application' AS subject_type, o.application_id AS subject_id, a.number, o.issued_on AS day_on,
  (CASE WHEN (o.state = 'lapsed' AND o.ended_at <= :asOf::timestamptz) OR (o.answered_at <= :asOf::timestamptz AND o.answered_at > o.respond_by) THEN 1 ELSE 0 END)::numeric AS numerator, 1::numeric AS denominator, NULL::int AS x, NULL::int AS y,
  jsonb_build_object('byOn', (o.respond_by AT TIME ZONE 'Asia/Shanghai')::date, 'answeredOn', (o.answered_at AT TIME ZONE 'Asia/Shanghai')::date) AS params
FROM assessments.dispatch_order o JOIN assessments.application a ON a.district_code = o.district_code AND a.id = o.application_id
WHERE o.issued_at >= :fromAt::timestamptz AND o.issued_at < :untilAt::timestamptz AND o.issued_at <= :asOf::timestamptz AND (:district::text IS NULL OR o.district_code = :district)
  AND NOT (o.state = 'withdrawn' AND o.ended_at <= :asOf::timestamptz)
