-- A district's year of assessments, :perMonth in each month of it: twelve institutions, two hundred and forty assessors, twenty items, a visit, two confirmations, a conclusion and its letter each; one in twelve sent back, one in
-- fifty reviewed, one in a thousand complained about or of an interest declared late. Ids are in order, as those of the office are.
WITH made AS MATERIALIZED (
  SELECT n, n % 240 AS assessor, n % 12 AS institution, n % 12 = 5 AS back, n % 50 = 7 AND n >= :perMonth::int AS again,
    '2025-10-01'::date + (n / :perMonth::int) * interval '1 month' + (n % :perMonth::int) * (interval '27 days' / :perMonth::int) + interval '10 hours' AS at, (hashint4(n) & 2147483647) % 6 AS grade,
    -- Two thirds give one of three hundred usual sets of answers, the others one of their own.
    CASE WHEN n % 3 = 0 THEN n ELSE (hashint4(n) & 2147483647) % 300 END AS profile,
    lpad(to_hex(n), 12, '0') AS tail, lpad(to_hex(CASE WHEN n % 50 = 7 AND n >= :perMonth::int THEN n - :perMonth::int + 1 ELSE n END), 12, '0') AS about
  FROM generate_series(0, :perMonth::int * 12 - 1) n
), usual AS MATERIALIZED (
  SELECT profile, (SELECT jsonb_object_agg('item' || i, (hashint4(profile * 20 + i) & 2147483647) % 4) FROM generate_series(1, 20) i) AS answers FROM (SELECT DISTINCT profile FROM made) p
), one AS MATERIALIZED (
  SELECT m.*, ('00000000-0000-7000-8001-' || tail)::uuid AS application_id, ('00000000-0000-7000-8002-' || about)::uuid AS person_id, ('00000000-0000-7000-8003-' || tail)::uuid AS first_id,
    ('00000000-0000-7000-8004-' || tail)::uuid AS second_id, ('00000000-0000-7000-8005-' || tail)::uuid AS conclusion_id, ('00000000-0000-7000-8006-' || tail)::uuid AS visit_id, ('00000000-0000-7000-8007-' || tail)::uuid AS decision_id,
    md5('qi' || institution)::uuid AS institution_id, md5('qw' || assessor)::uuid AS account_id, answers
  FROM made m JOIN usual USING (profile)
), institution AS (
  INSERT INTO providers.institution (id, district_code, code, name, kind, credit_code, address, agreement_from_on, created_at)
  SELECT md5('qi' || i)::uuid, :district, 'Q' || i, '测量评估中心 ' || i, 'assessment', 'BENCHQ' || lpad(i::text, 12, '0'), '测量', '2025-01-01', now() FROM generate_series(0, 11) i
), person AS (
  INSERT INTO people.person (district_code, id, township_code, community, name, search, identity_number, birth_on, sex, address, origin, created_at)
  SELECT :district, person_id, :district || '001', '测量', '参保人' || n, '', '990101' || lpad((n / 1000)::text, 8, '0') || lpad((n % 1000)::text, 3, '0') || '1', '1930-01-01'::date + (n * 7919) % 14000, 1, '测量', 'imported', now() FROM one WHERE NOT again
), application AS (
  INSERT INTO assessments.application (district_code, id, number, person_id, township_code, kind, filed_on, filed_at, applicant_name, relation, contact_phone, disabled_since_on, state, state_since, accepted_on, about_conclusion_id)
  SELECT :district, application_id, 'QA' || n, person_id, :district || '001', CASE WHEN again THEN 'review' ELSE (ARRAY['initial', 'endOfTerm', 'statusChange'])[1 + n % 3] END,
    (at - interval '9 days')::date, at - interval '9 days', '测量', 'self', '1', '2020-01-01', 'concluded', at, (at - interval '9 days')::date, CASE WHEN again THEN ('00000000-0000-7000-8005-' || about)::uuid END FROM one
), assessment AS (
  INSERT INTO assessments.assessment (district_code, id, application_id, person_id, township_code, assessment_institution_id, assessor_account_id, assessor_name, second_name, guardian_name, on_site_at, place, scale_id, answers, points, grade, decision_id,
    superseded_at, superseded_by, recorded_at, site_visit_id)
  SELECT :district, first_id, application_id, person_id, :district || '001', institution_id, account_id, '评估员' || assessor, '测量', '测量', at - interval '2 days', '测量', 'bench', answers, '{}'::jsonb, grade, decision_id,
    CASE WHEN back THEN at + interval '1 day' END, CASE WHEN back THEN 'disagreement' END, at, visit_id FROM one
  UNION ALL
  SELECT :district, second_id, application_id, person_id, :district || '001', institution_id, account_id, '评估员' || assessor, '测量', '测量', at + interval '2 days', '测量', 'bench',
    answers || jsonb_build_object('item' || 1 + n % 20, n % 4, 'item' || 1 + n % 7, n % 3), '{}'::jsonb, (grade + 1) % 6, decision_id, NULL, NULL, at + interval '3 days', NULL FROM one WHERE back
), sent AS (
  INSERT INTO assessments.case_return (district_code, id, application_id, assessment_id, person_id, township_code, assessment_institution_id, nth, returned_by, reason, returned_on, due_on, returner_name, returned_at)
  SELECT :district, first_id, application_id, first_id, person_id, :district || '001', institution_id, 1, 'experts', (ARRAY['evidenceMissing', 'answersContradict', 'identityUnproved'])[1 + n % 3], (at + interval '1 day')::date, (at + interval '1 day')::date + n % 5, '测量', at + interval '1 day'
  FROM one WHERE back
), visit AS (
  INSERT INTO assessments.site_visit (district_code, id, application_id, person_id, township_code, assessment_institution_id, account_id, assessor_name, device_id, clock_offset_ms, revision, content_sha256, state, began_at, received_at, submitted_at,
    arrived_at, left_at, contradictions, assessment_id)
  SELECT :district, visit_id, application_id, person_id, :district || '001', institution_id, account_id, '评估员' || assessor, 'bench', 0, 1, '', 'submitted', at, at, at,
    at - interval '2 days', at - interval '2 days' + (20 + n % 60) * interval '1 minute', '[]', first_id FROM one
), voice AS (
  INSERT INTO assessments.confirmation (district_code, id, assessment_id, person_id, township_code, assessment_institution_id, expert_account_id, expert_name, agrees, confirmed_at)
  SELECT :district, ('00000000-0000-7000-80' || (20 + i) || '-' || tail)::uuid, CASE WHEN back THEN second_id ELSE first_id END, person_id, :district || '001', institution_id, md5('qe' || i)::uuid, '专家', true, at + interval '4 days'
  FROM one, generate_series(1, 2) i
), ordered AS (
  INSERT INTO assessments.dispatch_order (district_code, id, application_id, person_id, township_code, assessment_institution_id, issued_at, issued_on, issuer_name, decision_id, respond_by, state, answered_at, ended_at)
  SELECT :district, application_id, application_id, person_id, :district || '001', institution_id, at - interval '8 days', (at - interval '8 days')::date, '测量', decision_id, at - interval '7 days', 'done', at - interval '7 days 3 hours', at FROM one
), letter AS (
  INSERT INTO assessments.delivery (district_code, id, conclusion_id, person_id, township_code, assessment_institution_id, way, outcome, happened_on, actor_name, recorded_at)
  SELECT :district, conclusion_id, conclusion_id, person_id, :district || '001', institution_id, 'post', 'delivered', (at + interval '22 days')::date, '测量', at + interval '22 days' FROM one
), complaint AS (
  INSERT INTO assessments.complaint (district_code, id, number, area_code, institution_id, assessor_account_id, application_id, person_id, subject, source, matter, filed_on, filed_at)
  SELECT :district, application_id, 'QT' || n, :district, institution_id, account_id, application_id, person_id, (ARRAY['conduct', 'dataLeak'])[1 + n % 2], 'agency', '测量', at::date, at FROM one WHERE n % 1000 < 2
), answered AS (
  INSERT INTO assessments.complaint_answer (district_code, id, complaint_id, area_code, institution_id, person_id, upheld, answer, answered_by, answered_at)
  SELECT :district, application_id, application_id, :district, institution_id, person_id, true, '测量', '测量', at + interval '5 days' FROM one WHERE n % 1000 < 2
), interest AS (
  INSERT INTO assessments.interest (district_code, id, institution_id, party_name, relation, person_number, from_on, evidence, declarer_name, declared_at)
  SELECT :district, application_id, institution_id, '测量', 'relative', '990101' || lpad((n / 1000)::text, 8, '0') || lpad((n % 1000)::text, 3, '0') || '1', (at - interval '20 days')::date, '测量', '测量', at + (n % 3 - 1) * interval '9 days' FROM one WHERE n % 1000 = 3
)
INSERT INTO assessments.conclusion (district_code, id, number, application_id, assessment_id, person_id, township_code, grade, concluded_on, effective_on, valid_until_on, ended_on, origin, decision_id, check_code, concluded_at)
SELECT :district, conclusion_id, 'QC' || n, application_id, CASE WHEN back THEN second_id ELSE first_id END, person_id, :district || '001', CASE WHEN back THEN (grade + 1) % 6 ELSE grade END,
  (at + interval '20 days')::date, (at + interval '21 days')::date, (at + interval '700 days')::date, (at + interval '21 days')::date, 'assessed', decision_id, 'Q' || n, at + interval '20 days' FROM one
