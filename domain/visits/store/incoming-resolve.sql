-- The rows of the file with what they name: institution, carer, person, plan, times, place, and a known visit of the same reference.
-- Everything is joined as a set: no row is looked up by itself, none is sorted by its texts.
CREATE TEMP TABLE incoming_visit ON COMMIT DROP AS
SELECT DISTINCT ON (r.n) r.n, r.id, r.institution, r.carer, r.person, r.item, r.started, r.ended, r.lng_text, r.lat_text, r.ref, r.pair, t.service_on, t.started_at, t.ended_at,
  c.longitude, c.latitude, i.id AS institution_id, i.kind AS institution_kind, w.id AS worker_id, w.worker_class, w.from_on AS worker_from_on, w.to_on AS worker_to_on,
  p.id AS person_id, p.township_code, q.id AS plan_id, r.n > coalesce(twice.first, r.n) AS ref_again,
  k.id AS known_id, k.person_id = p.id AND k.worker_id = w.id AND k.item_code = r.item AND k.started_at = t.started_at AND k.ended_at = t.ended_at AS known_same
FROM incoming_row r
CROSS JOIN LATERAL (SELECT left(r.started, 10)::date AS service_on, r.started::timestamp AT TIME ZONE 'Asia/Shanghai' AS started_at, r.ended::timestamp AT TIME ZONE 'Asia/Shanghai' AS ended_at) t
CROSS JOIN LATERAL (SELECT CASE WHEN r.lng_text ~ '^-?[0-9]{1,3}(\.[0-9]{1,17})?$' THEN r.lng_text::float8 END AS longitude, CASE WHEN r.lat_text ~ '^-?[0-9]{1,3}(\.[0-9]{1,17})?$' THEN r.lat_text::float8 END AS latitude) c
LEFT JOIN providers.institution i ON i.code = r.institution
LEFT JOIN workers.worker w ON w.institution_id = i.id AND w.identity_number = r.carer
LEFT JOIN people.person p ON p.district_code = :districtCode AND p.identity_number = r.person
LEFT JOIN plans.plan q ON q.district_code = :districtCode AND q.person_id = p.id AND q.institution_id = i.id AND q.confirmed_at IS NOT NULL AND q.state IN ('confirmed', 'ended')
  AND q.from_on <= t.service_on AND (q.to_on IS NULL OR q.to_on >= t.service_on)
LEFT JOIN (SELECT institution, left(started, 10) AS day, ref, min(n) AS first FROM incoming_row GROUP BY 1, 2, 3 HAVING count(*) > 1) twice
  ON twice.institution = r.institution AND twice.day = left(r.started, 10) AND twice.ref = r.ref
LEFT JOIN visits.visit k ON k.district_code = :districtCode AND k.service_on = t.service_on AND k.institution_id = i.id AND k.source_ref = r.ref
ORDER BY r.n, q.from_on DESC, q.id
