-- Balance of every account of the books in scope at the end of :on. Posted entries only; open reservations apart.
WITH booked AS (
  SELECT e.district_code, e.account_code, sum(e.debit_fen) AS debit_fen, sum(e.credit_fen) AS credit_fen
  FROM ledger.entry e
  WHERE e.booked AND e.effective_on <= :on::date AND (:district::text IS NULL OR e.district_code = :district)
  GROUP BY e.district_code, e.account_code
), reserved AS (
  SELECT e.district_code, e.account_code, sum(e.debit_fen - e.credit_fen) AS pending_fen
  FROM ledger.entry e
  WHERE NOT e.booked AND e.effective_on <= :on::date AND (:district::text IS NULL OR e.district_code = :district)
    AND NOT EXISTS (SELECT 1 FROM ledger.posting c WHERE c.district_code = e.district_code AND c.refers_to = e.posting_id AND c.effective_on <= :on::date)
  GROUP BY e.district_code, e.account_code
)
SELECT a.district_code, a.code, a.zh, a.en, a.kind, a.normal, a.parent,
  coalesce(b.debit_fen, 0)::bigint AS debit_fen, coalesce(b.credit_fen, 0)::bigint AS credit_fen,
  (CASE a.normal WHEN 'debit' THEN 1 ELSE -1 END * (coalesce(b.debit_fen, 0) - coalesce(b.credit_fen, 0)))::bigint AS balance_fen,
  (CASE a.normal WHEN 'debit' THEN 1 ELSE -1 END * coalesce(r.pending_fen, 0))::bigint AS pending_fen
FROM ledger.account a
LEFT JOIN booked b ON b.district_code = a.district_code AND b.account_code = a.code
LEFT JOIN reserved r ON r.district_code = a.district_code AND r.account_code = a.code
WHERE :district::text IS NULL OR a.district_code = :district
ORDER BY a.district_code, a.code
