-- What is wrong with the rows of the file, one line per fault. :items holds the catalogue of each edition, :days which edition holds on which day.
WITH catalogue AS (
  SELECT d.on_day, c.code
  FROM unnest(:days::date[], :dayEditions::text[]) AS d (on_day, edition)
  JOIN unnest(:items::text[], :itemEditions::text[]) AS c (code, edition) ON c.edition = d.edition
), pair AS (
  SELECT v.institution_id, v.service_on, v.pair, count(*) AS rows, count(DISTINCT v.person_id) AS persons, count(DISTINCT v.worker_id) AS workers
  FROM incoming_visit v WHERE v.pair <> '' GROUP BY 1, 2, 3
), fault AS (
  SELECT v.n, 'institution' AS "column", v.institution AS value, 'VISIT_INSTITUTION_UNKNOWN' AS code FROM incoming_visit v WHERE v.institution_id IS NULL OR v.institution_kind = 'assessment'
  UNION ALL
  SELECT v.n, 'institution', v.institution, 'VISIT_INSTITUTION_OTHER' FROM incoming_visit v WHERE :onlyInstitution::uuid IS NOT NULL AND v.institution_id <> :onlyInstitution::uuid
  UNION ALL
  SELECT v.n, 'carer', v.carer, 'VISIT_CARER_UNKNOWN' FROM incoming_visit v WHERE v.institution_id IS NOT NULL AND v.worker_id IS NULL
  UNION ALL
  SELECT v.n, 'carer', v.carer, 'VISIT_CARER_DAYS' FROM incoming_visit v WHERE v.service_on < v.worker_from_on OR v.service_on > v.worker_to_on
  UNION ALL
  SELECT v.n, 'person', v.person, 'VISIT_PERSON_UNKNOWN' FROM incoming_visit v WHERE v.person_id IS NULL
  UNION ALL
  SELECT v.n, 'item', v.item, 'VISIT_ITEM_UNKNOWN' FROM incoming_visit v WHERE NOT EXISTS (SELECT 1 FROM catalogue c WHERE c.on_day = v.service_on AND c.code = v.item)
  UNION ALL
  SELECT v.n, 'endedAt', v.ended, 'VISIT_ENDS_BEFORE_START' FROM incoming_visit v WHERE v.ended_at <= v.started_at
  UNION ALL
  SELECT v.n, 'endedAt', v.ended, 'VISIT_OVERNIGHT' FROM incoming_visit v WHERE v.ended_at > v.started_at AND left(v.ended, 10) <> left(v.started, 10)
  UNION ALL
  SELECT v.n, 'endedAt', v.ended, 'VISIT_FUTURE' FROM incoming_visit v WHERE v.ended_at > :now::timestamptz
  UNION ALL
  SELECT v.n, 'startedAt', v.started, 'IMPORT_MONTH_CLOSED' FROM incoming_visit v WHERE date_trunc('month', v.service_on)::date = ANY (:closedMonths::date[])
  UNION ALL
  SELECT v.n, 'longitude', v.lng_text, 'VISIT_LOCATION' FROM incoming_visit v WHERE (v.lng_text <> '') <> (v.lat_text <> '') OR (v.lng_text <> '' AND (v.longitude IS NULL OR v.latitude IS NULL OR abs(v.longitude) > 180 OR abs(v.latitude) > 90))
  UNION ALL
  SELECT v.n, 'reference', v.ref, 'VISIT_REFERENCE_TWICE' FROM incoming_visit v WHERE v.ref_again AND v.institution_id IS NOT NULL
  UNION ALL
  SELECT v.n, 'reference', v.ref, 'VISIT_REFERENCE_TAKEN' FROM incoming_visit v WHERE v.known_id IS NOT NULL AND NOT v.ref_again AND v.person_id IS NOT NULL AND v.worker_id IS NOT NULL AND NOT v.known_same
  UNION ALL
  SELECT v.n, 'pair', v.pair, 'VISIT_PAIR' FROM incoming_visit v JOIN pair p ON p.institution_id = v.institution_id AND p.service_on = v.service_on AND p.pair = v.pair WHERE p.rows <> 2 OR p.persons <> 1 OR p.workers <> 2
)
SELECT f.n AS row, f."column", f.value, f.code, count(*) OVER () AS faults, (SELECT count(DISTINCT n) FROM fault) AS rejected
FROM fault f ORDER BY f.n, f."column" LIMIT 500
