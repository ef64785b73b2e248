-- A district's month of :visits visits by :carers carers at :people homes: a valid schedule. Each carer has homes of her own within a few kilometres,
-- every home is visited about as often as planned, and only some weeks pass their cap.
WITH institution AS (
  INSERT INTO providers.institution (id, district_code, code, name, kind, credit_code, address, agreement_from_on, created_at)
  SELECT md5('i' || i)::uuid, :district, 'B' || i, '测量护理站 ' || i, 'homeCare', 'BENCH' || lpad(i::text, 13, '0'), '测量', '2026-01-01', now() FROM generate_series(0, 19) i
), price AS (
  INSERT INTO providers.filed_price (institution_id, worker_class, from_on, hourly_price_fen)
  SELECT md5('i' || i)::uuid, 'carer', '2026-01-01'::date, 3900 FROM generate_series(0, 4) i
), worker AS (
  INSERT INTO workers.worker (id, district_code, institution_id, name, identity_number, worker_class, from_on, created_at)
  SELECT md5('w' || w)::uuid, :district, md5('i' || w % 20)::uuid, '护理员' || w, 'bench' || w, CASE WHEN w % 5 = 0 THEN 'trained' ELSE 'carer' END, '2026-01-01', now() FROM generate_series(0, :carers::int - 1) w
), person AS (
  INSERT INTO people.person (district_code, id, township_code, community, name, search, identity_number, birth_on, sex, address, longitude, latitude, datum, origin, created_at)
  SELECT :district, md5('p' || p)::uuid, :district || '00' || (p % 3 + 1), '测量社区', '参保人' || p, '', '99010119400101' || lpad((p % 1000)::text, 3, '0') || p / 1000, '1940-01-01', 1, '测量',
    120 + (p % :carers::int) * 0.01 + (p / :carers::int) * 0.002, 31, 'WGS84', 'imported', now() FROM generate_series(0, :people::int - 1) p
), decision AS (
  INSERT INTO platform.decision (district_code, id, kind, subject_type, subject_id, person_id, township_code, decided_at, decided_on, value, reasons, facts, stamp)
  SELECT :district, md5('d' || p)::uuid, 'assessments.grade', 'conclusion', md5('p' || p)::uuid, md5('p' || p)::uuid, :district || '00' || (p % 3 + 1), now(), '2026-01-01', '{}', '[]', '{}', '{}' FROM generate_series(0, :people::int - 1) p
), conclusion AS (
  INSERT INTO assessments.conclusion (district_code, id, number, person_id, township_code, grade, concluded_on, effective_on, valid_until_on, origin, decision_id, check_code, concluded_at)
  SELECT :district, md5('c' || p)::uuid, 'B' || p, md5('p' || p)::uuid, :district || '00' || (p % 3 + 1), 4 + p % 2, '2025-12-01', '2026-01-01', '2027-12-31', 'imported', md5('d' || p)::uuid, 'B' || p, now() FROM generate_series(0, :people::int - 1) p
), plan AS (
  INSERT INTO plans.plan (district_code, id, number, person_id, township_code, mode, institution_id, from_on, state, origin, proposed_at, confirmed_at, confirmed_by)
  SELECT :district, md5('l' || p)::uuid, 'B' || p, md5('p' || p)::uuid, :district || '00' || (p % 3 + 1), 'homeVisit', md5('i' || p % :carers::int % 20)::uuid, '2026-01-01', 'confirmed', 'imported', now(), now(), '本人' FROM generate_series(0, :people::int - 1) p
), item AS (
  INSERT INTO plans.item (district_code, plan_id, item_code, minutes, times_per_day, times_per_week, person_id, township_code, institution_id)
  SELECT :district, md5('l' || p)::uuid, 'QH-L0' || i, 40, 2, 14, md5('p' || p)::uuid, :district || '00' || (p % 3 + 1), md5('i' || p % :carers::int % 20)::uuid FROM generate_series(0, :people::int - 1) p, generate_series(5, 6) i
), intake AS (
  INSERT INTO visits.intake (district_code, id, format, file_name, sha256, rows, visits, received_at) VALUES (:district, md5('intake')::uuid, 'world', 'bench', '', 0, 0, now())
)
INSERT INTO visits.visit (district_code, service_on, id, person_id, township_code, institution_id, worker_id, worker_class, plan_id, item_code, started_at, ended_at, longitude, latitude, source_ref, source_seq, intake_id)
SELECT :district, v.day, md5('v' || v.n)::uuid, md5('p' || v.p)::uuid, :district || '00' || (v.p % 3 + 1), md5('i' || v.w % 20)::uuid, md5('w' || v.w)::uuid, CASE WHEN v.w % 5 = 0 THEN 'trained' ELSE 'carer' END,
  md5('l' || v.p)::uuid, 'QH-L0' || (5 + v.n % 2), v.starts, v.starts + (30 + v.p % 6) * interval '1 minute', 120 + v.w * 0.01 + (v.p / :carers::int) * 0.002, 31, 'b' || v.n, v.slot, md5('intake')::uuid
FROM (
  SELECT n, n % :carers::int AS w, slot, '2026-09-01'::date + day_no AS day, n % :carers::int + :carers::int * ((day_no * per_day + slot) % (:people::int / :carers::int)) AS p,
    ('2026-09-01'::date + day_no)::timestamp AT TIME ZONE 'Asia/Shanghai' + interval '7 hours' + slot * 65 * interval '1 minute' AS starts
  FROM (
    SELECT n, (n / :carers::int) % per_day AS slot, n / (:carers::int * per_day) AS day_no, per_day
    FROM generate_series(0, :visits::int - 1) n, (SELECT ceil(:visits::numeric / :carers::int / 30)::int AS per_day) d
  ) s
) v
