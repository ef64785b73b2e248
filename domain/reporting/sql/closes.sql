-- Closed months :firstMonth to :lastMonth: what was billed, and who bears it.
SELECT c.district_code, to_char(c.month, 'YYYY-MM') AS month, c.billed_fen, c.fund_fen, c.person_fen, c.refused_fen
FROM claims.month_close c
WHERE c.month BETWEEN :firstMonth::date AND :lastMonth::date AND (:district::text IS NULL OR c.district_code = :district)
