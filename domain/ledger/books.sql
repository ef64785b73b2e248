-- Each book in scope at the end of :on: what is there, what came in, what went out, what is reserved to go out.
WITH sums AS (
  SELECT e.district_code, e.account_code, e.booked, sum(e.debit_fen - e.credit_fen) AS fen
  FROM ledger.entry e
  WHERE e.effective_on <= :on::date AND (:district::text IS NULL OR e.district_code = :district)
    AND (e.booked OR NOT EXISTS (SELECT 1 FROM ledger.posting c WHERE c.district_code = e.district_code AND c.refers_to = e.posting_id AND c.effective_on <= :on::date))
  GROUP BY e.district_code, e.account_code, e.booked
)
SELECT s.district_code,
  coalesce(sum(s.fen) FILTER (WHERE s.booked AND a.kind = 'asset'), 0)::bigint AS assets_fen,
  coalesce(-sum(s.fen) FILTER (WHERE s.booked AND a.kind = 'income'), 0)::bigint AS income_fen,
  coalesce(sum(s.fen) FILTER (WHERE s.booked AND a.kind = 'expense'), 0)::bigint AS expense_fen,
  coalesce(sum(s.fen) FILTER (WHERE NOT s.booked AND a.kind = 'expense'), 0)::bigint AS pending_expense_fen
FROM sums s JOIN ledger.account a ON a.district_code = s.district_code AND a.code = s.account_code
GROUP BY s.district_code
ORDER BY s.district_code
