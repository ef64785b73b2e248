-- The drafted lines become lines of their statements; their ids count on from the month's own.
INSERT INTO assessments.fee_line (district_code, id, month, statement_id, institution_id, conclusion_id, number, kind, grade, concluded_on, price_fen, amount_fen, code, overturned_by, overturned_grade)
SELECT :district::text, (:idHead || '-7' || left(h.hex, 3) || '-8' || right(h.hex, 3) || '-' || :idTail)::uuid, :firstOn::date, s.id, d.institution_id, d.conclusion_id, d.number, d.kind, d.grade, d.concluded_on, d.price_fen, d.amount_fen, d.code,
  d.overturned_by, d.overturned_grade
FROM (SELECT f.*, row_number() OVER (ORDER BY f.concluded_on, f.conclusion_id) AS n FROM fee_draft f) d
CROSS JOIN LATERAL (SELECT lpad(to_hex(d.n), 6, '0') AS hex) h
JOIN assessments.fee_statement s ON s.district_code = :district AND s.month = :firstOn::date AND s.institution_id = d.institution_id
