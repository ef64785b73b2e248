-- A district's year of assessments, :perMonth in each month of it: twelve institutions, two hundred and forty assessors, a visit, two confirmations and a conclusion each; one in twelve sent back, one in fifty reviewed.
WITH institution AS (
  INSERT INTO providers.institution (id, district_code, code, name, kind, credit_code, address, agreement_from_on, created_at)
  SELECT md5('qi' || i)::uuid, :district, 'Q' || i, '测量评估中心 ' || i, 'assessment', 'BENCHQ' || lpad(i::text, 12, '0'), '测量', '2025-01-01', now() FROM generate_series(0, 11) i
), made AS (
  SELECT n, n % 240 AS assessor, n % 12 AS institution, '2025-10-01'::date + (n / :perMonth::int) * interval '1 month' + (n % :perMonth::int) * (interval '27 days' / :perMonth::int) + interval '10 hours' AS at,
    (hashint4(n) & 2147483647) % 6 AS grade, n % 50 = 7 AS again FROM generate_series(0, :perMonth::int * 12 - 1) n
), person AS (
  INSERT INTO people.person (district_code, id, township_code, community, name, search, identity_number, birth_on, sex, address, origin, created_at)
  SELECT :district, md5('qp' || n)::uuid, :district || '001', '测量', '参保人' || n, '', '990101' || lpad((n / 1000)::text, 8, '0') || lpad((n % 1000)::text, 3, '0') || '1', '1930-01-01'::date + (n * 7919) % 14000, 1, '测量', 'imported', now() FROM made
), application AS (
  INSERT INTO assessments.application (district_code, id, number, person_id, township_code, kind, filed_on, filed_at, applicant_name, relation, contact_phone, disabled_since_on, state, state_since, accepted_on, about_conclusion_id)
  SELECT :district, md5('qa' || n)::uuid, 'QA' || n, md5('qp' || CASE WHEN again AND n >= :perMonth::int THEN n - :perMonth::int ELSE n END)::uuid, :district || '001', CASE WHEN again AND n >= :perMonth::int THEN 'review' ELSE (ARRAY['initial', 'endOfTerm', 'statusChange'])[1 + n % 3] END,
    (at - interval '9 days')::date, at - interval '9 days', '测量', 'self', '1', '2020-01-01', 'concluded', at, (at - interval '9 days')::date, CASE WHEN again AND n >= :perMonth::int THEN md5('qc' || (n - :perMonth::int))::uuid END FROM made
), assessment AS (
  INSERT INTO assessments.assessment (district_code, id, application_id, person_id, township_code, assessment_institution_id, assessor_account_id, assessor_name, second_name, guardian_name, on_site_at, place, scale_id, answers, points, grade, decision_id,
    superseded_at, superseded_by, recorded_at, site_visit_id)
  SELECT :district, md5('qs' || n || 'a')::uuid, md5('qa' || n)::uuid, md5('qp' || n)::uuid, :district || '001', md5('qi' || institution)::uuid, md5('qw' || assessor)::uuid, '评估员' || assessor, '测量', '测量', at - interval '2 days', '测量', 'bench',
    jsonb_build_object('a', n % 4, 'b', n % 5, 'c', n % 3, 'd', hashint4(n) % 7), '{}'::jsonb, grade, md5('qd' || n)::uuid, CASE WHEN n % 12 = 5 THEN at + interval '1 day' END, CASE WHEN n % 12 = 5 THEN 'disagreement' END, at, md5('qv' || n)::uuid FROM made
  UNION ALL
  SELECT :district, md5('qs' || n || 'b')::uuid, md5('qa' || n)::uuid, md5('qp' || n)::uuid, :district || '001', md5('qi' || institution)::uuid, md5('qw' || assessor)::uuid, '评估员' || assessor, '测量', '测量', at + interval '2 days', '测量', 'bench',
    jsonb_build_object('a', n % 4, 'b', n % 5, 'c', n % 3, 'd', hashint4(n) % 7), '{}'::jsonb, (grade + 1) % 6, md5('qd' || n)::uuid, NULL, NULL, at + interval '3 days', NULL FROM made WHERE n % 12 = 5
), visit AS (
  INSERT INTO assessments.site_visit (district_code, id, application_id, person_id, township_code, assessment_institution_id, account_id, assessor_name, device_id, clock_offset_ms, revision, content_sha256, state, began_at, received_at, submitted_at,
    arrived_at, left_at, contradictions, assessment_id)
  SELECT :district, md5('qv' || n)::uuid, md5('qa' || n)::uuid, md5('qp' || n)::uuid, :district || '001', md5('qi' || institution)::uuid, md5('qw' || assessor)::uuid, '评估员' || assessor, 'bench', 0, 1, '', 'submitted', at, at, at,
    at - interval '2 days', at - interval '2 days' + (20 + n % 60) * interval '1 minute', '[]', md5('qs' || n || 'a')::uuid FROM made
), voice AS (
  INSERT INTO assessments.confirmation (district_code, id, assessment_id, person_id, township_code, assessment_institution_id, expert_account_id, expert_name, agrees, confirmed_at)
  SELECT :district, md5('qf' || n || '-' || i)::uuid, md5('qs' || n || CASE WHEN n % 12 = 5 THEN 'b' ELSE 'a' END)::uuid, md5('qp' || n)::uuid, :district || '001', md5('qi' || institution)::uuid, md5('qe' || i)::uuid, '专家', true, at + interval '4 days'
  FROM made, generate_series(1, 2) i
), ordered AS (
  INSERT INTO assessments.dispatch_order (district_code, id, application_id, person_id, township_code, assessment_institution_id, issued_at, issued_on, issuer_name, decision_id, respond_by, state, answered_at, ended_at)
  SELECT :district, md5('qo' || n)::uuid, md5('qa' || n)::uuid, md5('qp' || n)::uuid, :district || '001', md5('qi' || institution)::uuid, at - interval '8 days', (at - interval '8 days')::date, '测量', md5('qd' || n)::uuid, at - interval '7 days', 'done',
    at - interval '7 days 3 hours', at FROM made
)
INSERT INTO assessments.conclusion (district_code, id, number, application_id, assessment_id, person_id, township_code, grade, concluded_on, effective_on, valid_until_on, ended_on, origin, decision_id, check_code, concluded_at)
SELECT :district, md5('qc' || n)::uuid, 'QC' || n, md5('qa' || n)::uuid, md5('qs' || n || CASE WHEN n % 12 = 5 THEN 'b' ELSE 'a' END)::uuid, md5('qp' || n)::uuid, :district || '001', CASE WHEN n % 12 = 5 THEN (grade + 1) % 6 ELSE grade END,
  (at + interval '20 days')::date, (at + interval '21 days')::date, (at + interval '700 days')::date, (at + interval '21 days')::date, 'assessed', md5('qd' || n)::uuid, 'Q' || n, at + interval '20 days' FROM made
