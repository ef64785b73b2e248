-- The lines of a month: every conclusion whose fee is not what its lines say yet. A review or final review that ends with another grade proves the conclusion wrong: then nothing is due for it.
WITH RECURSIVE root AS (
  SELECT c.district_code, c.id, c.number, c.grade, c.concluded_on, s.assessment_institution_id AS institution_id, a.kind
  FROM assessments.conclusion c
  JOIN assessments.assessment s ON s.district_code = c.district_code AND s.id = c.assessment_id
  JOIN assessments.application a ON a.district_code = c.district_code AND a.id = c.application_id
  WHERE c.district_code = :district AND c.origin = 'assessed' AND c.concluded_on <= :lastOn::date
    AND (NOT EXISTS (SELECT 1 FROM assessments.fee_line l WHERE l.district_code = c.district_code AND l.conclusion_id = c.id)
      OR EXISTS (SELECT 1 FROM assessments.application r WHERE r.district_code = c.district_code AND r.about_conclusion_id = c.id AND r.kind IN ('review', 'finalReview')))
), reviewed AS (
  SELECT r.district_code, r.id, r.id AS last_id, r.grade AS last_grade, 0 AS step FROM root r
  UNION ALL
  SELECT v.district_code, v.id, c.id, c.grade, v.step + 1 FROM reviewed v
  JOIN assessments.application a ON a.district_code = v.district_code AND a.about_conclusion_id = v.last_id AND a.kind IN ('review', 'finalReview')
  JOIN assessments.conclusion c ON c.district_code = a.district_code AND c.application_id = a.id AND c.concluded_on <= :lastOn::date
), final AS (
  SELECT DISTINCT ON (district_code, id) district_code, id, last_id, last_grade, step FROM reviewed ORDER BY district_code, id, step DESC, last_id DESC
), settled AS (
  SELECT l.district_code, l.conclusion_id, sum(l.amount_fen) AS amount_fen, min(l.price_fen) AS price_fen FROM assessments.fee_line l WHERE l.district_code = :district GROUP BY l.district_code, l.conclusion_id
), due AS (
  SELECT r.*, coalesce(d.price_fen, p.fen) AS price_fen, f.last_grade <> r.grade AS overturned, f.last_id, f.last_grade, d.conclusion_id IS NULL AS first, coalesce(d.amount_fen, 0) AS settled_fen
  FROM root r JOIN final f ON f.district_code = r.district_code AND f.id = r.id
  LEFT JOIN settled d ON d.district_code = r.district_code AND d.conclusion_id = r.id
  LEFT JOIN unnest(:kinds::text[], :froms::date[], :tos::date[], :fens::bigint[]) AS p (kind, from_on, to_on, fen) ON p.kind = r.kind AND r.concluded_on BETWEEN p.from_on AND p.to_on
)
SELECT d.id AS conclusion_id, d.institution_id, d.number, d.kind, d.grade, d.concluded_on, d.price_fen,
  CASE WHEN d.overturned THEN 0 ELSE d.price_fen END - d.settled_fen AS amount_fen,
  CASE WHEN d.first AND d.overturned THEN 'FEE_OVERTURNED' WHEN d.first AND d.concluded_on < :firstOn::date THEN 'FEE_LATE' WHEN d.first THEN 'FEE_DUE' WHEN d.overturned THEN 'FEE_TAKEN_BACK' ELSE 'FEE_RESTORED' END AS code,
  CASE WHEN d.overturned THEN d.last_id END AS overturned_by, CASE WHEN d.overturned THEN d.last_grade END AS overturned_grade
FROM due d
WHERE d.first OR CASE WHEN d.overturned THEN 0 ELSE d.price_fen END <> d.settled_fen
