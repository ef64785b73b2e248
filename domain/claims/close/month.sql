INSERT INTO claims.month_close (district_code, month, id, closed_at, closed_by, account_id, visits, lines, findings, billed_fen, fund_fen, person_fen, refused_fen, city, rule_base_id, stamp, policy)
SELECT :district::text, :firstOn::date, :id::uuid, :now::timestamptz, :by::text, :account::uuid, coalesce(sum(visits), 0), coalesce(sum(lines), 0), (SELECT count(*) FROM found),
  coalesce(sum(billed_fen), 0), coalesce(sum(fund_fen), 0), coalesce(sum(person_fen), 0), coalesce(sum(refused_fen), 0), :city::text, :ruleBase::text, :stamp::jsonb, :policy::jsonb
FROM statement_total
