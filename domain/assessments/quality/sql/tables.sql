-- The assessments recorded in the month, as far as they were known, with what the figures ask of them and of their cases: read once for all figures of a count.
CREATE TEMP TABLE month_assessment ON COMMIT DROP AS
SELECT s.district_code, s.id, s.application_id, s.person_id, s.assessment_institution_id AS institution_id, s.assessor_account_id, s.assessor_name, s.recorded_at, s.superseded_at, s.superseded_by, s.grade, s.site_visit_id, s.scale_id, md5(s.scale_id || s.answers::text) AS pattern,
  (s.recorded_at AT TIME ZONE 'Asia/Shanghai')::date AS day_on, (s.on_site_at AT TIME ZONE 'Asia/Shanghai')::date AS visit_on, a.number, a.kind, a.accepted_on, a.about_conclusion_id
FROM assessments.assessment s JOIN assessments.application a ON a.district_code = s.district_code AND a.id = s.application_id
WHERE s.recorded_at >= :fromAt::timestamptz AND s.recorded_at < :untilAt::timestamptz AND s.recorded_at <= :asOf::timestamptz AND (:district::text IS NULL OR s.district_code = :district)
