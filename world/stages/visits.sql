-- The visits of fourteen months, from the weekly timetable: every place × every such weekday while the plan runs and the person is not in
-- hospital; small deviations of time, a few days left out, and about one visit in a hundred with a fault on purpose (world.fault).
-- Chance is md5 of place and day: the same visits on every machine.
WITH place AS MATERIALIZED (
  SELECT p.*, d.longitude, d.latitude
  FROM jsonb_to_recordset(:places::jsonb) AS p (no int, district_code text, person_id uuid, township_code text, institution_id uuid, worker_id uuid, worker_class text, plan_id uuid,
    item_code text, weekday int, start_min int, minutes int, from_on date)
  JOIN people.person d ON d.district_code = p.district_code AND d.id = p.person_id
), drawn AS MATERIALIZED (
  SELECT p.*, day::date AS service_on, decode(md5(p.no || ' ' || day::date), 'hex') AS dice, md5(day::date || ' ' || p.no) AS hex,
    EXISTS (SELECT 1 FROM people.hospital_stay h WHERE h.district_code = p.district_code AND h.person_id = p.person_id AND day::date >= h.admitted_on AND day::date < h.discharged_on) AS in_hospital
  FROM place p CROSS JOIN LATERAL generate_series(greatest(p.from_on, :fromOn::date), :toOn::date, interval '1 day') AS day
  WHERE extract(isodow FROM day) = p.weekday
), usual AS (
  -- Three of a hundred are left out; of those that would fall into a stay in hospital, one in eight is entered all the same.
  SELECT *, (get_byte(dice, 4) * 256 + get_byte(dice, 5)) AS lot,
    (service_on + make_interval(mins => start_min - 6 + get_byte(dice, 0) % 13, secs => get_byte(dice, 2) % 60)) AT TIME ZONE 'Asia/Shanghai' AS starts,
    minutes - 4 + get_byte(dice, 1) % 11 AS lasts
  FROM drawn
  WHERE get_byte(dice, 3) >= 8 AND (NOT in_hospital OR get_byte(dice, 6) < 32)
), beside AS (
  SELECT *, lag(starts + make_interval(mins => lasts)) OVER carer_day AS before_end, lag(lot) OVER carer_day AS before_lot, lag(in_hospital) OVER carer_day AS before_in_hospital
  FROM usual
  WINDOW carer_day AS (PARTITION BY worker_id, service_on ORDER BY starts)
), faulty AS (
  SELECT *, CASE
      WHEN in_hospital THEN 'hospital-stay'
      WHEN lot < 200 THEN 'over-long'
      WHEN lot < 330 THEN 'item-not-in-plan'
      WHEN lot < 650 AND before_lot >= 1000 AND NOT before_in_hospital THEN 'carer-overlap'
      WHEN lot < 1000 AND before_lot >= 1000 AND NOT before_in_hospital AND starts - before_end < interval '1 hour' THEN 'travel-impossible'
    END AS fault
  FROM beside
), made AS MATERIALIZED (
  SELECT district_code, service_on, person_id, township_code, institution_id, worker_id, worker_class, plan_id, fault,
    -- A sign-in a hundred and sixty kilometres away: whoever was at the last home an hour ago was not there.
    CASE fault WHEN 'travel-impossible' THEN longitude + 1.2 ELSE longitude END AS longitude, CASE fault WHEN 'travel-impossible' THEN latitude + 1.1 ELSE latitude END AS latitude,
    (lpad(to_hex((extract(epoch FROM starts) * 1000)::bigint), 12, '0') || '7' || substr(hex, 1, 3) || '8' || substr(hex, 4, 15))::uuid AS id,
    CASE fault WHEN 'item-not-in-plan' THEN 'QH-L03' ELSE item_code END AS item_code,
    CASE fault WHEN 'carer-overlap' THEN before_end - interval '20 minutes' ELSE starts END AS started_at,
    CASE fault WHEN 'over-long' THEN minutes + 22 ELSE lasts END AS lasts,
    'W' || to_char(service_on, 'YYYYMMDD') || '-' || lpad(no::text, 4, '0') AS source_ref,
    date_trunc('month', service_on)::date AS month
  FROM faulty
), intake AS (
  INSERT INTO visits.intake (district_code, id, format, file_name, sha256, institution_id, rows, visits, received_at, account_id)
  SELECT district_code, md5('intake' || institution_id || month)::uuid, 'world', to_char(month, 'YYYY-MM') || '.world', encode(sha256(convert_to(institution_id || ' ' || month, 'UTF8')), 'hex'), institution_id, count(*), count(*),
    (month + interval '1 month 2 days 10 hours') AT TIME ZONE 'Asia/Shanghai', NULL
  FROM made GROUP BY district_code, institution_id, month
), visit AS (
  INSERT INTO visits.visit (district_code, service_on, id, person_id, township_code, institution_id, worker_id, worker_class, plan_id, item_code, started_at, ended_at, longitude, latitude, source_ref, source_seq, intake_id)
  SELECT district_code, service_on, id, person_id, township_code, institution_id, worker_id, worker_class, plan_id, item_code, started_at, started_at + make_interval(mins => lasts), longitude, latitude, source_ref,
    row_number() OVER (PARTITION BY institution_id, month ORDER BY service_on, source_ref), md5('intake' || institution_id || month)::uuid
  FROM made
)
INSERT INTO world.fault (district_code, service_on, visit_id, kind) SELECT district_code, service_on, id, fault FROM made WHERE fault IS NOT NULL
