-- The visits of the month with what held on their day: entitlement, plan and item, price of the worker's class, share of the fund.
-- A visit under a plan that is paid by the day is covered by the day and costs nothing of its own.
INSERT INTO charge (n, kind, visit_id, service_on, person_id, township_code, institution_id, worker_id, worker_class, plan_id, plan_institution_id, mode, item_code, planned_minutes, daily_times, able,
  grade, min_grade, started_at, ended_at, longitude, latitude, pair_ref, source_ref, source_seq, minutes, by_day, list_fen, filed_fen, price_fen, fund_ratio_bp, refused, paid_minutes, paid_until)
SELECT row_number() OVER (ORDER BY v.id), 'visit', v.id, v.service_on, v.person_id, v.township_code, v.institution_id, v.worker_id, v.worker_class,
  p.plan_id, q.institution_id, coalesce(p.mode, 'homeVisit'), v.item_code, i.minutes, i.times_per_day * i.carers,
  coalesce(cardinality(w.abilities) = 0 OR v.item_code = ANY (w.abilities), true),
  e.grade, g.value, v.started_at, v.ended_at, v.longitude, v.latitude, v.pair_ref, v.source_ref, v.source_seq, m.minutes, coalesce(pay.value = 2, false),
  list.value, f.hourly_price_fen,
  CASE WHEN pay.value = 2 THEN 0 WHEN list.value IS NOT NULL THEN least(list.value, f.hourly_price_fen) END,
  coalesce(ratio.value, 0), false, CASE WHEN pay.value = 2 THEN NULL ELSE m.minutes END, v.ended_at
FROM visits.visit v
CROSS JOIN LATERAL (SELECT floor(date_part('epoch', v.ended_at - v.started_at) / 60 + 0.5)::int AS minutes) m
JOIN month_figure g ON g.name = 'assessments.benefitMinGrade' AND v.service_on BETWEEN g.from_on AND g.to_on
LEFT JOIN workers.worker w ON w.id = v.worker_id
LEFT JOIN entitlement_span e ON e.person_id = v.person_id AND v.service_on BETWEEN e.from_on AND e.until_on
LEFT JOIN plan_span q ON q.person_id = v.person_id AND v.service_on BETWEEN q.from_on AND q.until_on
LEFT JOIN plan_span p ON p.plan_id = q.plan_id AND p.institution_id = v.institution_id
LEFT JOIN plans.item i ON i.district_code = v.district_code AND i.plan_id = p.plan_id AND i.item_code = v.item_code
LEFT JOIN month_figure pay ON pay.name = 'plans.modes' AND pay.part = p.mode AND v.service_on BETWEEN pay.from_on AND pay.to_on
LEFT JOIN month_figure list ON list.name = 'claims.hourlyPriceFen' AND list.part = v.worker_class AND v.service_on BETWEEN list.from_on AND list.to_on
LEFT JOIN providers.filed_price f ON f.institution_id = v.institution_id AND f.worker_class = v.worker_class AND f.from_on <= v.service_on AND (f.to_on IS NULL OR v.service_on < f.to_on)
LEFT JOIN month_figure ratio ON ratio.name = 'claims.fundRatioBp' AND ratio.part = coalesce(p.mode, 'homeVisit') AND v.service_on BETWEEN ratio.from_on AND ratio.to_on
WHERE v.district_code = :district AND v.service_on BETWEEN :firstOn::date AND :lastOn::date
