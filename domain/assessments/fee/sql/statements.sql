-- One statement per institution with lines, or with something to take back that an earlier month could not set off.
INSERT INTO assessments.fee_statement (district_code, id, month, number, institution_id, lines, due_fen, taken_back_fen, carried_in_fen, payable_fen, carried_out_fen, state, state_since)
SELECT :district::text, (:idHead || '-7' || lpad(to_hex(s.n), 3, '0') || '-a000-' || :idTail)::uuid, :firstOn::date, :numberHead::text || lpad(s.n::text, 4, '0'), s.institution_id, s.lines, s.due_fen, s.taken_back_fen, s.carried_fen,
  greatest(0, s.due_fen - s.taken_back_fen - s.carried_fen), greatest(0, s.taken_back_fen + s.carried_fen - s.due_fen), 'drafted', :now::timestamptz
FROM (
  SELECT t.*, row_number() OVER (ORDER BY i.code) AS n FROM (
    SELECT coalesce(l.institution_id, c.institution_id) AS institution_id, coalesce(l.lines, 0) AS lines, coalesce(l.due_fen, 0) AS due_fen, coalesce(l.taken_back_fen, 0) AS taken_back_fen, coalesce(c.carried_out_fen, 0) AS carried_fen
    FROM (SELECT institution_id, count(*) AS lines, coalesce(sum(amount_fen) FILTER (WHERE amount_fen > 0), 0) AS due_fen, -coalesce(sum(amount_fen) FILTER (WHERE amount_fen < 0), 0) AS taken_back_fen FROM fee_draft GROUP BY institution_id) l
    FULL JOIN (SELECT DISTINCT ON (institution_id) institution_id, carried_out_fen FROM assessments.fee_statement WHERE district_code = :district AND month < :firstOn::date ORDER BY institution_id, month DESC) c ON c.institution_id = l.institution_id
    WHERE l.institution_id IS NOT NULL OR c.carried_out_fen > 0
  ) t JOIN providers.institution i ON i.id = t.institution_id
) s
