-- Every charge becomes a line. Its id counts on from the close's own id; its reasons are codes, with those parameters that are no column of the line.
INSERT INTO claims.line (district_code, month, id, kind, visit_id, service_on, person_id, township_code, institution_id, worker_id, worker_class, plan_id, mode, item_code, grade, minutes, paid_minutes,
  price_fen, fund_ratio_bp, billed_fen, fund_fen, person_fen, refused_fen, outcome, reasons, statement_id, source_ref)
SELECT :district::text, :firstOn::date, (:idHead || '-7' || left(h.hex, 3) || '-8' || right(h.hex, 3) || '-' || :idTail)::uuid, c.kind, c.visit_id, c.service_on, c.person_id, c.township_code, c.institution_id,
  c.worker_id, c.worker_class, c.plan_id, c.mode, c.item_code, c.grade, c.minutes, c.paid_minutes, coalesce(c.price_fen, 0), c.fund_ratio_bp, c.billed_fen, c.fund_fen, c.person_fen, c.refused_fen, c.outcome,
  CASE WHEN f.n IS NULL AND c.outcome = 'paid' AND c.filed_fen IS NULL AND c.list_fen IS NOT NULL AND NOT c.by_day
    THEN '[{"rule":"entitlement","code":"CLAIM_ENTITLED","params":{}},{"rule":"price","code":"CLAIM_PRICE_LIST","params":{}},{"rule":"split","code":"CLAIM_SPLIT","params":{}}]'::jsonb
    ELSE CASE WHEN c.grade >= c.min_grade THEN '[{"rule":"entitlement","code":"CLAIM_ENTITLED","params":{}}]'::jsonb ELSE '[]'::jsonb END
      || CASE
        WHEN c.by_day THEN '[{"rule":"price","code":"CLAIM_COVERED_BY_DAY","params":{}}]'::jsonb
        WHEN c.price_fen IS NULL THEN '[{"rule":"price","code":"CLAIM_PRICE_NONE","params":{}}]'::jsonb
        WHEN c.kind = 'day' THEN '[{"rule":"price","code":"CLAIM_PRICE_DAY","params":{}}]'::jsonb
        WHEN c.filed_fen IS NULL THEN '[{"rule":"price","code":"CLAIM_PRICE_LIST","params":{}}]'::jsonb
        ELSE jsonb_build_array(jsonb_build_object('rule', 'price', 'code', CASE WHEN c.filed_fen < c.list_fen THEN 'CLAIM_PRICE_FILED' ELSE 'CLAIM_PRICE_CEILING' END, 'params', jsonb_build_object('listFen', c.list_fen, 'filedFen', c.filed_fen)))
      END
      || coalesce(f.reasons, '[]'::jsonb)
      || CASE WHEN c.billed_fen > c.refused_fen THEN '[{"rule":"split","code":"CLAIM_SPLIT","params":{}}]'::jsonb ELSE '[]'::jsonb END
  END,
  s.id, c.source_ref
FROM priced c
CROSS JOIN LATERAL (SELECT lpad(to_hex(c.n), 6, '0') AS hex) h
JOIN claims.statement s ON s.district_code = :district AND s.month = :firstOn::date AND s.institution_id = c.institution_id
LEFT JOIN (SELECT n, jsonb_agg(jsonb_build_object('rule', rule, 'code', code, 'params', params) ORDER BY step) AS reasons FROM found GROUP BY n) f ON f.n = c.n
