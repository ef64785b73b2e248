INSERT INTO statement_total (institution_id, visits, lines, persons, billed_fen, fund_fen, person_fen, refused_fen)
SELECT t.institution_id, sum(t.visits), sum(t.lines), count(*), sum(t.billed_fen), sum(t.fund_fen), sum(t.person_fen), sum(t.refused_fen)
FROM (
  SELECT institution_id, person_id, count(visit_id) AS visits, count(*) AS lines, sum(billed_fen) AS billed_fen, sum(fund_fen) AS fund_fen, sum(person_fen) AS person_fen, sum(refused_fen) AS refused_fen
  FROM priced GROUP BY institution_id, person_id
) t GROUP BY t.institution_id
