-- Everything the rules ask about one visit, as a loop would ask it: what held on its day, and the last accepted visits of its carer and its person.
SELECT v.person_id, v.township_code, v.institution_id, v.worker_id, v.worker_class, v.item_code, v.source_ref, v.source_seq, p.mode, p.id AS plan_id, i.minutes AS planned_min, i.times_per_day * i.carers AS daily_times,
  f.hourly_price_fen AS filed_fen, c.grade, round(extract(epoch FROM v.ended_at - v.started_at) / 60)::int AS minutes,
  EXISTS (SELECT 1 FROM people.hospital_stay s WHERE s.district_code = v.district_code AND s.person_id = v.person_id AND v.service_on >= s.admitted_on AND (s.discharged_on IS NULL OR v.service_on < s.discharged_on)) AS in_hospital,
  (SELECT count(*) FROM bench.line l WHERE l.district_code = v.district_code AND l.person_id = v.person_id AND l.service_on = v.service_on AND l.item_code = v.item_code AND l.outcome <> 'refused') AS given_times,
  (SELECT coalesce(sum(l.paid_minutes), 0) FROM bench.line l WHERE l.district_code = v.district_code AND l.person_id = v.person_id AND l.service_on BETWEEN date_trunc('week', v.service_on::timestamp)::date AND v.service_on) AS week_used_min,
  EXISTS (SELECT 1 FROM visits.visit o WHERE o.district_code = v.district_code AND o.person_id = v.person_id AND o.service_on = v.service_on AND o.id <> v.id AND (o.started_at, o.source_seq) < (v.started_at, v.source_seq) AND o.ended_at > v.started_at
    AND (o.pair_ref IS NULL OR o.pair_ref IS DISTINCT FROM v.pair_ref)) AS person_overlap,
  b.gap_min, b.line_m, t.minutes AS known_min
FROM visits.visit v
LEFT JOIN plans.plan p ON p.district_code = v.district_code AND p.person_id = v.person_id AND p.institution_id = v.institution_id AND p.state = 'confirmed' AND p.from_on <= v.service_on AND (p.to_on IS NULL OR v.service_on <= p.to_on)
LEFT JOIN plans.item i ON i.district_code = v.district_code AND i.plan_id = p.id AND i.item_code = v.item_code
LEFT JOIN assessments.conclusion c ON c.district_code = v.district_code AND c.person_id = v.person_id AND v.service_on BETWEEN c.effective_on AND coalesce(c.ended_on, c.valid_until_on)
LEFT JOIN providers.filed_price f ON f.institution_id = v.institution_id AND f.worker_class = v.worker_class AND f.from_on <= v.service_on AND (f.to_on IS NULL OR v.service_on < f.to_on)
LEFT JOIN LATERAL (
  SELECT o.person_id, extract(epoch FROM v.started_at - o.ended_at)::float8 / 60 AS gap_min, claims.distance_m(o.longitude, o.latitude, v.longitude, v.latitude) AS line_m
  FROM visits.visit o WHERE o.district_code = v.district_code AND o.worker_id = v.worker_id AND o.service_on = v.service_on AND (o.started_at, o.source_seq) < (v.started_at, v.source_seq) ORDER BY o.started_at DESC LIMIT 1
) b ON true
LEFT JOIN visits.travel_time t ON t.district_code = v.district_code AND t.from_person_id = b.person_id AND t.to_person_id = v.person_id
WHERE v.district_code = :district AND v.service_on = :serviceOn AND v.id = :id
