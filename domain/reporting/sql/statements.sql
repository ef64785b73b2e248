-- Statements by district and state.
SELECT s.district_code, s.state AS key, count(*) AS count, sum(s.fund_fen)::bigint AS fund_fen
FROM claims.statement s
WHERE :district::text IS NULL OR s.district_code = :district
GROUP BY s.district_code, s.state
