INSERT INTO claims.finding (district_code, month, id, rule, effect, line_id, person_id, township_code, institution_id, service_on, source_ref, params)
SELECT :district::text, :firstOn::date, (:idHead || '-7' || left(k.hex, 3) || '-9' || right(k.hex, 3) || '-' || :idTail)::uuid, k.rule, CASE WHEN k.paid_minutes = 0 THEN 'refuse' ELSE 'cut' END,
  (:idHead || '-7' || left(h.hex, 3) || '-8' || right(h.hex, 3) || '-' || :idTail)::uuid, c.person_id, c.township_code, c.institution_id, c.service_on, c.source_ref,
  k.params || jsonb_build_object('code', k.code)
FROM (SELECT f.*, lpad(to_hex(row_number() OVER (ORDER BY f.step, f.n)), 6, '0') AS hex FROM found f) k
JOIN charge c ON c.n = k.n
CROSS JOIN LATERAL (SELECT lpad(to_hex(c.n), 6, '0') AS hex) h
