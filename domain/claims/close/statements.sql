-- One statement per institution. Numbers follow the institutions' codes inside the district, so that districts close side by side without waiting for each other.
INSERT INTO claims.statement (district_code, id, month, number, institution_id, lines, persons, billed_fen, fund_fen, person_fen, refused_fen, state, state_since)
SELECT :district::text, (:idHead || '-7' || lpad(to_hex(s.n), 3, '0') || '-a000-' || :idTail)::uuid, :firstOn::date, :numberHead::text || lpad(s.n::text, 4, '0'), s.institution_id,
  s.lines, s.persons, s.billed_fen, s.fund_fen, s.person_fen, s.refused_fen, 'drafted', :now::timestamptz
FROM (SELECT t.*, row_number() OVER (ORDER BY i.code) AS n FROM statement_total t JOIN providers.institution i ON i.id = t.institution_id) s
