-- The rest of the road of the applications that stand already: two districts with twenty assessment institutions each and their people, orders, assessments, voices, returns, notices, conclusions, letters to deliver, pauses and complaints.
WITH app AS (
  SELECT a.district_code AS district, a.id, a.person_id, a.township_code AS township, a.state, a.filed_on AS filed, a.kind, substr(a.number, 11)::int AS n, coalesce(a.assessment_institution_id, md5('i' || substr(a.number, 11)::int % 20)::uuid) AS institution,
    substr(a.search, length(a.number) + 2) AS search, a.person_number
  FROM assessments.application a
), institution AS (
  INSERT INTO providers.institution (id, district_code, code, name, kind, credit_code, address, agreement_from_on, created_at)
  SELECT md5('i' || i)::uuid, CASE WHEN i < 20 THEN '990101' WHEN i < 40 THEN '990102' ELSE '990102' END, 'B' || i, CASE WHEN i < 40 THEN '测量评估中心 ' ELSE '测量护理站 ' END || i, CASE WHEN i < 40 THEN 'assessment' ELSE 'homeCare' END,
    'BENCH' || lpad(i::text, 13, '0'), '测量', '2025-01-01', now() FROM generate_series(0, 99) i
), party AS (
  INSERT INTO providers.related_party (id, institution_id, side, party_kind, party_number, party_name, relation, from_on, evidence, actor_name, recorded_at)
  SELECT md5('r' || i || x)::uuid, md5('i' || i)::uuid, CASE WHEN i < 40 THEN 'assessment' ELSE 'care' END, CASE x WHEN 0 THEN 'company' ELSE 'person' END,
    CASE WHEN x = 0 THEN 'BENCH' || lpad(i::text, 13, '0') ELSE 'OWNER' || lpad((i * 3 + x)::text, 13, '0') END, '测量', CASE x WHEN 0 THEN 'self' ELSE 'investor' END, '2024-01-01'::date, '测量', '测量', now() FROM generate_series(0, 99) i, generate_series(0, 2) x
), worker AS (
  INSERT INTO workers.worker (id, district_code, institution_id, name, identity_number, worker_class, from_on, created_at)
  SELECT md5('w' || w)::uuid, CASE WHEN w % 40 < 20 THEN '990101' ELSE '990102' END, md5('i' || w % 40)::uuid, '评估员' || w, '99010119700101' || lpad(w::text, 4, '0'), CASE WHEN w / 40 % 3 = 2 THEN 'expert' ELSE 'assessor' END, '2024-01-01', now() FROM generate_series(0, 1999) w
), carer AS (
  INSERT INTO workers.worker (id, district_code, institution_id, name, identity_number, worker_class, from_on, created_at)
  SELECT md5('c' || w)::uuid, '990102', md5('i' || 40 + w % 60)::uuid, '护理员' || w, '99010119800101' || lpad(w::text, 4, '0'), 'carer', '2024-01-01', now() FROM generate_series(0, 2999) w
), account AS (
  INSERT INTO identity.account (id, sign_in_name, display_name, role_code, institution_id, worker_id, created_at)
  SELECT md5('k' || w)::uuid, 'bench-' || w, '评估员' || w, CASE WHEN w / 40 % 3 = 2 THEN 'assessmentExpert' ELSE 'assessor' END, md5('i' || w % 40)::uuid, md5('w' || w)::uuid, now() FROM generate_series(0, 1999) w
), admission AS (
  INSERT INTO workers.admission (district_code, id, worker_id, institution_id, register, qualification, certificate_number, certificate_until_on, admitted_on, phone, address, account_id, actor_name, recorded_at)
  SELECT CASE WHEN w % 40 < 20 THEN '990101' ELSE '990102' END, md5('e' || w || x)::uuid, md5('w' || w)::uuid, md5('i' || w % 40)::uuid, CASE WHEN w / 40 % 3 = 2 THEN 'expert' ELSE 'assessor' END, '执业医师', 'PG-' || lpad(w::text, 6, '0'), '2026-12-01'::date + w % 700,
    '2024-02-01'::date + 200 * x, '1380000' || lpad(w::text, 4, '0'), '文昌街 ' || w, md5('k' || w)::uuid, '测量', now() FROM generate_series(0, 1999) w, generate_series(0, 1) x
), training AS (
  INSERT INTO workers.training (district_code, id, worker_id, institution_id, topic, hours, held_on, passed, actor_name, recorded_at)
  SELECT CASE WHEN w % 40 < 20 THEN '990101' ELSE '990102' END, md5('t' || w || x)::uuid, md5('w' || w)::uuid, md5('i' || w % 40)::uuid, '失能等级评估标准', 8, '2026-03-01'::date + 60 * x, w % 7 > 0, '测量', now() FROM generate_series(0, 1999) w, generate_series(0, 3) x
), tie AS (
  INSERT INTO people.tie (district_code, person_id, institution_id, kind, from_on)
  SELECT district, person_id, CASE x WHEN 0 THEN md5('i' || 40 + n % 60)::uuid ELSE institution END, CASE x WHEN 0 THEN 'care' ELSE 'assessment' END, '2026-01-01'
  FROM app, generate_series(0, 1) x WHERE (x = 0 AND kind <> 'initial') OR (x = 1 AND state NOT IN ('filed', 'refused', 'accepted'))
), interest AS (
  INSERT INTO assessments.interest (district_code, id, institution_id, worker_id, party_name, relation, person_number, township_code, community, care_institution_id, from_on, evidence, declarer_name, declared_at)
  SELECT CASE WHEN i % 40 < 20 THEN '990101' ELSE '990102' END, md5('n' || i)::uuid, md5('i' || i % 40)::uuid, CASE WHEN i % 2 = 0 THEN md5('w' || i % 40)::uuid END, '测量', 'relative', CASE WHEN i % 3 = 0 THEN '99010119' || lpad((80000 + i)::text, 9, '0') || i % 10 END,
    CASE WHEN i % 3 = 1 THEN '990102001' END, CASE WHEN i % 3 = 1 THEN '声明社区 ' || i END, CASE WHEN i % 3 = 2 THEN md5('i' || 40 + i % 60)::uuid END, '2026-01-01', '测量', '测量', now() FROM generate_series(0, 299) i
), assessment AS (
  INSERT INTO assessments.assessment (district_code, id, application_id, person_id, township_code, assessment_institution_id, assessor_account_id, assessor_name, second_name, guardian_name, on_site_at, place, scale_id, answers, points, grade, decision_id, recorded_at, superseded_at, superseded_by)
  SELECT district, md5('s' || n)::uuid, id, person_id, township, institution, md5('k' || n % 40)::uuid, '评估员' || n % 40, '测量', '测量', filed + interval '8 days', '测量', 'national-2021', '{"a":1}', '{"adl":40}', n % 6, md5('d' || n)::uuid, filed + interval '9 days',
    CASE WHEN state = 'accepted' THEN filed + interval '12 days' END, CASE WHEN state = 'accepted' THEN 'objection' END
  FROM app WHERE state IN ('scored', 'confirmed', 'onNotice', 'concluded') OR (state = 'accepted' AND district = '990102' AND n % 4 = 3)
), voice AS (
  INSERT INTO assessments.confirmation (district_code, id, assessment_id, person_id, township_code, assessment_institution_id, expert_account_id, expert_name, agrees, confirmed_at)
  SELECT district, md5('v' || n || x)::uuid, md5('s' || n)::uuid, person_id, township, institution, md5('k' || 80 + (n + x) % 40)::uuid, '专家', true, filed + interval '10 days' FROM app, generate_series(0, 1) x WHERE state IN ('confirmed', 'onNotice', 'concluded')
), drawn AS (
  INSERT INTO assessments.expert_call (district_code, id, application_id, assessment_id, draw, place, expert_account_id, expert_name, township_code, assessment_institution_id, decision_id, drawn_at)
  SELECT district, md5('y' || n || x)::uuid, id, md5('s' || n)::uuid, 1, x + 1, md5('k' || 80 + (n + x) % 40)::uuid, '专家', township, institution, md5('d' || n)::uuid, filed + interval '9 days' FROM app, generate_series(0, 2) x WHERE state IN ('scored', 'confirmed')
), ordered AS (
  INSERT INTO assessments.dispatch_order (district_code, id, application_id, person_id, township_code, assessment_institution_id, issued_at, issued_on, issuer_name, decision_id, place, respond_by, due_on, state, answered_at, ended_at, assessor_account_id, assessor_name, expert_account_id, expert_name, appointment_on, window_from, window_to, assigned_at)
  SELECT district, md5('o' || n)::uuid, id, person_id, township, institution, filed + interval '4 days', filed + 4, '测量', md5('d' || n)::uuid, 1, filed + interval '6 days', filed + 20, o.state, CASE WHEN o.state <> 'open' THEN filed + interval '5 days' END, CASE WHEN o.state = 'done' THEN filed + interval '9 days' END,
    CASE WHEN o.sent THEN md5('k' || n % 40)::uuid END, CASE WHEN o.sent THEN '评估员' || n % 40 END, CASE WHEN o.sent THEN md5('k' || 80 + n % 40)::uuid END, CASE WHEN o.sent THEN '专家' END, CASE WHEN o.sent THEN filed + 8 END, CASE WHEN o.sent THEN '09:00' END, CASE WHEN o.sent THEN '11:00' END, CASE WHEN o.sent THEN filed + interval '5 days' END
  FROM app CROSS JOIN LATERAL (SELECT CASE WHEN app.state = 'dispatched' THEN (ARRAY['open', 'accepted', 'accepted'])[n / 10 % 3 + 1] ELSE 'done' END AS state, app.state <> 'dispatched' OR n / 10 % 3 = 2 AS sent) o WHERE app.state NOT IN ('filed', 'refused', 'accepted')
), returned AS (
  INSERT INTO assessments.case_return (district_code, id, application_id, assessment_id, person_id, township_code, assessment_institution_id, nth, returned_by, reason, returned_on, due_on, returner_name, returned_at)
  SELECT district, md5('z' || n)::uuid, id, md5('s' || n)::uuid, person_id, township, institution, 1, CASE WHEN state = 'accepted' THEN 'objection' WHEN n % 3 = 0 THEN 'insurerCheck' ELSE 'experts' END, 'evidenceMissing', filed + 12, filed + 18, '测量', filed + interval '12 days'
  FROM app WHERE state = 'scored' OR (state = 'accepted' AND district = '990102' AND n % 4 = 3)
), batch AS (
  INSERT INTO notices.batch (district_code, id, number, township_code, community, starts_on, ends_on, account_id, published_at)
  SELECT d, md5('b' || d || b)::uuid, 'QH-B-' || d || '-' || lpad(b::text, 4, '0'), d || lpad((b % 4 + 1)::text, 3, '0'), '测量社区', '2026-12-10'::date - 3 * (b / 4), '2026-12-25'::date - 3 * (b / 4), md5('k0')::uuid, now() - 3 * (b / 4) * interval '1 day' FROM unnest(ARRAY['990101', '990105']) d, generate_series(0, 399) b
), hung AS (
  INSERT INTO notices.notice (district_code, id, kind, subject_id, person_id, township_code, community, masked_name, masked_number, content, starts_on, ends_on, published_at, batch_id)
  SELECT district, md5('h' || n)::uuid, 'assessmentResult', md5('s' || n)::uuid, person_id, township, '测量社区', '测*', '9901**********0000', '{"grade":3,"gradeZh":"中度失能","gradeEn":"moderate"}', d, d + 15, d + interval '9 hours', md5('b' || district || n % 400)::uuid
  FROM app CROSS JOIN LATERAL (SELECT CASE WHEN state = 'onNotice' THEN '2026-12-10'::date ELSE filed + 20 END AS d) x WHERE state = 'onNotice' OR (state = 'concluded' AND n % 2 = 0)
), objected AS (
  INSERT INTO notices.objection (district_code, id, notice_id, person_id, township_code, number, from_name, contact, statement, received_at, received_on)
  SELECT district, md5('j' || n)::uuid, md5('h' || n)::uuid, person_id, township, 'J' || n, '测量', '1', '测量', '2026-12-12', '2026-12-12' FROM app WHERE state = 'onNotice' AND n % 20 = 9
), conclusion AS (
  INSERT INTO assessments.conclusion (district_code, id, number, application_id, assessment_id, person_id, township_code, grade, concluded_on, effective_on, valid_until_on, origin, decision_id, check_code, concluded_at, search, person_number, filed_on, assessment_institution_id, letter)
  SELECT district, md5('l' || n)::uuid, 'QH-C-2026-' || lpad(n::text, 6, '0'), id, md5('s' || n)::uuid, person_id, township, n % 6, filed + 40, filed + 41, '2026-12-21'::date + n % 240, 'assessed', md5('d' || n)::uuid, 'L' || n, filed + interval '40 days',
    'qh-c-2026-' || lpad(n::text, 6, '0') || E'\n' || search, person_number, filed, institution, CASE WHEN n % 20 < 12 THEN 'delivered' WHEN n % 20 > 16 THEN 'failed' ELSE 'waiting' END FROM app WHERE state = 'concluded'
), delivered AS (
  INSERT INTO assessments.delivery (district_code, id, conclusion_id, person_id, township_code, assessment_institution_id, way, outcome, failure, happened_on, recipient_name, recipient_relation, note, actor_name, recorded_at)
  SELECT district, md5('m' || n)::uuid, md5('l' || n)::uuid, person_id, township, institution, 'portal', CASE WHEN n % 20 < 12 THEN 'delivered' ELSE 'failed' END, CASE WHEN n % 20 >= 12 THEN 'nobodyHome' END, filed + 45, '测量', 'self', '测量', '测量', filed + interval '45 days'
  FROM app WHERE state = 'concluded' AND (n % 20 < 12 OR n % 20 > 16)
), paused AS (
  INSERT INTO assessments.suspension (district_code, id, person_id, township_code, reason, from_on, to_on, state, note, actor_name, recorded_at, search, person_number)
  SELECT district, md5('u' || n)::uuid, person_id, township, 'admission', '2026-10-01'::date + n % 70, CASE WHEN n % 20 >= 8 THEN '2026-12-15'::date END, CASE WHEN n % 20 < 8 THEN 'paused' ELSE 'lifted' END, '测量', '测量', now(), search, person_number FROM app WHERE state = 'concluded' AND n % 20 < 12
), recheck AS (
  INSERT INTO assessments.recheck (district_code, id, suspension_id, person_id, township_code, asked_by, opened_on, opened_by)
  SELECT district, md5('x' || n)::uuid, md5('u' || n)::uuid, person_id, township, '测量', '2026-12-16', '测量' FROM app WHERE state = 'concluded' AND n % 20 < 2
), complaint AS (
  INSERT INTO assessments.complaint (district_code, id, number, area_code, institution_id, assessor_account_id, application_id, person_id, subject, source, matter, filed_on, filed_at)
  SELECT district, md5('q' || n)::uuid, 'T' || n, township, institution, md5('k' || n % 40)::uuid, id, person_id, 'conduct', 'family', '测量', filed + 50, filed + interval '50 days' + n * interval '1 second' FROM app WHERE state = 'concluded' AND n % 20 < 15
)
INSERT INTO assessments.complaint_answer (district_code, id, complaint_id, area_code, institution_id, person_id, upheld, answer, answered_by, answered_at)
SELECT district, md5('g' || n)::uuid, md5('q' || n)::uuid, township, institution, person_id, n % 40 < 20, '测量', '测量', filed + interval '60 days' FROM app WHERE state = 'concluded' AND n % 20 < 7
