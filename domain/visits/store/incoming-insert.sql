-- The new visits of a file whose rows are all well.
INSERT INTO visits.visit (district_code, service_on, id, person_id, township_code, institution_id, worker_id, worker_class, plan_id, item_code, started_at, ended_at, longitude, latitude, pair_ref, source_ref, source_seq, intake_id)
SELECT :districtCode, v.service_on, v.id, v.person_id, v.township_code, v.institution_id, v.worker_id, v.worker_class, v.plan_id, v.item, v.started_at, v.ended_at, v.longitude, v.latitude, nullif(v.pair, ''), v.ref, v.n, :intakeId
FROM incoming_visit v
WHERE v.known_id IS NULL
ON CONFLICT (district_code, service_on, institution_id, source_ref) DO NOTHING
