-- Results that a later assessment proved wrong, with what was settled by them: a review or final review, or a spot check that doubted the result, ended (last of all) with another grade. Counted are lines that a closed month
-- priced by the first grade, whatever followed later; what was refused costs nobody anything.
WITH RECURSIVE looked_at AS (
  SELECT a.district_code, a.about_conclusion_id, n.id, n.number, n.grade, n.concluded_on, n.effective_on, a.id AS application_id
  FROM assessments.application a JOIN assessments.conclusion n ON n.district_code = a.district_code AND n.application_id = a.id
  WHERE a.about_conclusion_id IS NOT NULL AND (a.kind IN ('review', 'finalReview') OR (a.kind = 'spotCheck' AND a.ground IN ('irregularAssessment', 'abnormalResult')))
    AND (:district::text IS NULL OR a.district_code = :district)
), chain AS (
  SELECT r.district_code, r.about_conclusion_id AS first_id, r.id, r.number, r.grade, r.concluded_on, r.effective_on, r.application_id, 1 AS step FROM looked_at r
  UNION ALL
  SELECT c.district_code, c.first_id, r.id, r.number, r.grade, r.concluded_on, r.effective_on, r.application_id, c.step + 1 FROM chain c JOIN looked_at r ON r.district_code = c.district_code AND r.about_conclusion_id = c.id
), stands AS (
  SELECT DISTINCT ON (district_code, first_id) * FROM chain ORDER BY district_code, first_id, step DESC, id DESC
), found AS (
  SELECT v.district_code, v.id AS conclusion_id, v.number, v.grade, v.effective_on, v.valid_until_on, v.person_id, s.id AS by_id, s.number AS by_number, s.grade AS by_grade, s.concluded_on AS by_concluded_on, s.effective_on AS by_effective_on,
    t.lines, t.fund_fen, t.person_fen, t.paid_fund_fen, t.months
  FROM stands s
  JOIN assessments.conclusion v ON v.district_code = s.district_code AND v.id = s.first_id AND v.grade <> s.grade
  CROSS JOIN LATERAL (
    SELECT sum(m.lines)::int AS lines, sum(m.fund_fen)::bigint AS fund_fen, sum(m.person_fen)::bigint AS person_fen, sum(m.paid_fund_fen)::bigint AS paid_fund_fen,
      jsonb_agg(jsonb_build_object('month', to_char(m.month, 'YYYY-MM'), 'lines', m.lines, 'fundFen', m.fund_fen, 'personFen', m.person_fen, 'paidFundFen', m.paid_fund_fen) ORDER BY m.month) AS months
    FROM (
      SELECT l.month, count(*) AS lines, sum(l.fund_fen) AS fund_fen, sum(l.person_fen) AS person_fen, coalesce(sum(l.fund_fen) FILTER (WHERE x.state = 'paid'), 0) AS paid_fund_fen
      FROM claims.line l JOIN claims.statement x ON x.district_code = l.district_code AND x.id = l.statement_id
      WHERE l.district_code = v.district_code AND l.person_id = v.person_id AND l.month >= date_trunc('month', v.effective_on)::date AND l.service_on BETWEEN v.effective_on AND v.valid_until_on
        AND l.grade = v.grade AND l.outcome <> 'refused'
        -- Another result that gives the same grade on the day priced it lawfully.
        AND NOT EXISTS (SELECT 1 FROM assessments.conclusion c WHERE c.district_code = l.district_code AND c.person_id = l.person_id AND c.id <> v.id AND c.grade = l.grade AND l.service_on BETWEEN c.effective_on AND coalesce(c.ended_on, c.valid_until_on))
      GROUP BY l.month
    ) m
  ) t
  WHERE t.lines > 0 AND (:conclusion::uuid IS NULL OR :conclusion IN (v.id, s.id)) AND (:application::uuid IS NULL OR :application IN (v.application_id, s.application_id))
)
SELECT f.*, p.name AS person_name, count(*) OVER () AS total
FROM found f LEFT JOIN people.person p ON p.district_code = f.district_code AND p.id = f.person_id
ORDER BY f.by_concluded_on DESC, f.conclusion_id LIMIT :limit OFFSET :offset
