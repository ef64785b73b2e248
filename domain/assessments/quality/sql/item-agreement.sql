-- 逐项一致: item by item the assessor's points (x) against those that came of it (y), on the same scale: of the review or spot check that doubted it, after a return of the next assessment, else of its own where enough experts
-- confirmed it, and with it every item. One row per assessment and item.
WITH again AS (
  SELECT DISTINCT ON (m.district_code, m.id) m.district_code, m.id, c.assessment_id AS other_id FROM month_again m JOIN assessments.conclusion c ON c.district_code = m.district_code AND c.id = m.conclusion_id
  WHERE m.reviewed ORDER BY m.district_code, m.id, m.concluded_at DESC, m.conclusion_id DESC
), next AS (
  SELECT DISTINCT ON (s.district_code, s.id) s.district_code, s.id, n.id AS other_id FROM month_assessment s
  JOIN assessments.assessment n ON n.district_code = s.district_code AND n.application_id = s.application_id AND n.recorded_at > s.recorded_at AND n.recorded_at <= :asOf::timestamptz
  WHERE s.superseded_at <= :asOf::timestamptz ORDER BY s.district_code, s.id, n.recorded_at, n.id
), confirmed AS (
  SELECT v.district_code, v.assessment_id AS id FROM month_assessment s JOIN assessments.confirmation v ON v.district_code = s.district_code AND v.assessment_id = s.id
  WHERE v.agrees AND v.confirmed_at <= :asOf::timestamptz GROUP BY v.district_code, v.assessment_id HAVING count(*) >= :experts::int
), pair AS MATERIALIZED (
  SELECT s.*, CASE WHEN again.other_id IS NOT NULL THEN again.other_id WHEN s.superseded_at <= :asOf::timestamptz THEN next.other_id WHEN confirmed.id IS NOT NULL THEN s.id END AS other_id
  FROM month_assessment s LEFT JOIN again USING (district_code, id) LEFT JOIN next USING (district_code, id) LEFT JOIN confirmed USING (district_code, id)
)
SELECT p.district_code, p.institution_id, p.assessor_account_id, p.assessor_name, 'application' AS subject_type, p.application_id AS subject_id, p.number, p.day_on, own.scale_id, k.item, k.x, k.y
FROM pair p
JOIN assessments.assessment own ON own.district_code = p.district_code AND own.id = p.id
LEFT JOIN assessments.assessment other ON other.district_code = p.district_code AND other.id = p.other_id AND p.other_id <> p.id AND other.scale_id = own.scale_id
CROSS JOIN LATERAL (SELECT e.key AS item, e.value::int AS x, CASE WHEN p.other_id = p.id THEN e.value::int ELSE (other.answers ->> e.key)::int END AS y FROM jsonb_each_text(own.answers) e) k
WHERE k.y IS NOT NULL
