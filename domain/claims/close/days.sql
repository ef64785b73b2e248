-- One charge for every day of a plan that is paid by the day, inside the entitlement; days in hospital are taken out by the audit rule.
INSERT INTO charge (n, kind, service_on, person_id, township_code, institution_id, worker_id, plan_id, plan_institution_id, mode, grade, min_grade, source_ref, by_day, price_fen, fund_ratio_bp, refused)
SELECT (SELECT count(*) FROM charge) + row_number() OVER (ORDER BY s.institution_id, d.on_day, s.number), 'day', d.on_day, s.person_id, s.township_code, s.institution_id, s.worker_id, s.plan_id, s.institution_id,
  s.mode, e.grade, g.value, s.number || '/' || d.on_day, false, price.value, coalesce(ratio.value, 0), false
FROM plan_span s
CROSS JOIN LATERAL (SELECT t::date AS on_day FROM generate_series(greatest(s.from_on, :firstOn::date), s.until_on, interval '1 day') t) d
JOIN month_figure pay ON pay.name = 'plans.modes' AND pay.part = s.mode AND pay.value = 2 AND d.on_day BETWEEN pay.from_on AND pay.to_on
JOIN month_figure g ON g.name = 'assessments.benefitMinGrade' AND d.on_day BETWEEN g.from_on AND g.to_on
JOIN entitlement_span e ON e.person_id = s.person_id AND d.on_day BETWEEN e.from_on AND e.until_on AND e.grade >= g.value
LEFT JOIN month_figure price ON price.name = 'claims.dayPriceFen' AND price.part IN (s.mode, s.mode || ':' || e.grade) AND d.on_day BETWEEN price.from_on AND price.to_on
LEFT JOIN month_figure ratio ON ratio.name = 'claims.fundRatioBp' AND ratio.part = s.mode AND d.on_day BETWEEN ratio.from_on AND ratio.to_on
