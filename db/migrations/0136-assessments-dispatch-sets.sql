-- What dispatch asks about many cases, many orders and the whole register is answered as sets: no join without an equality, no look-up for each row.
CREATE INDEX assessment_superseded ON assessments.assessment (district_code, application_id, assessment_institution_id) WHERE superseded_at IS NOT NULL;
CREATE INDEX assessment_person ON assessments.assessment (district_code, person_id);
DROP INDEX assessments.dispatch_order_institution;
CREATE INDEX dispatch_order_institution ON assessments.dispatch_order (assessment_institution_id, issued_on) INCLUDE (state, issued_at, late_on);
COMMENT ON INDEX assessments.dispatch_order_institution IS 'The load and past performance of institutions are counted from this index alone.';

CREATE OR REPLACE FUNCTION assessments.avoidance(district text, applications uuid[], wanted date) RETURNS TABLE (application_id uuid, institution_id uuid, worker_id uuid, account_id uuid, name text, ground text, detail text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = assessments, pg_temp AS $$
  WITH wanted_case AS MATERIALIZED (
    SELECT a.id, a.kind, a.ground, a.contact_phone, a.person_id, p.identity_number, p.phone, p.address, p.township_code, p.community
    FROM unnest(applications) AS x (id) JOIN application a ON a.district_code = district AND a.id = x.id JOIN people.person p ON p.district_code = a.district_code AND p.id = a.person_id
  ), cared AS MATERIALIZED (
    SELECT c.id, t.institution_id, i.name FROM wanted_case c JOIN people.tie t ON t.district_code = district AND t.person_id = c.person_id AND t.kind = 'care' JOIN providers.institution i ON i.id = t.institution_id
  ), register AS MATERIALIZED (
    SELECT w.id, w.institution_id, w.name, w.identity_number, k.id AS account_id, e.phone, e.address
    FROM workers.worker w
    LEFT JOIN (SELECT DISTINCT ON (a.worker_id) a.worker_id, a.phone, a.address FROM workers.admission a ORDER BY a.worker_id, a.admitted_on DESC, a.id DESC) e ON e.worker_id = w.id
    LEFT JOIN identity.account k ON k.worker_id = w.id
    WHERE w.worker_class IN ('assessor', 'expert')
  ), employed AS MATERIALIZED (
    SELECT e.institution_id AS employer_id, r.* FROM register r JOIN workers.worker e ON e.identity_number = r.identity_number AND e.from_on <= wanted
  ), declared AS MATERIALIZED (
    SELECT n.*, coalesce(n.account_id, k.id) AS whose FROM interest n LEFT JOIN identity.account k ON k.worker_id = n.worker_id WHERE n.from_on <= wanted AND (n.to_on IS NULL OR n.to_on >= wanted)
  ), declared_case AS (
    SELECT c.id AS case_id, n.* FROM wanted_case c JOIN declared n ON n.person_number = c.identity_number
    UNION ALL
    SELECT c.id, n.* FROM wanted_case c JOIN declared n ON n.township_code = c.township_code AND n.community = c.community
    UNION ALL
    SELECT c.id, n.* FROM cared c JOIN declared n ON n.care_institution_id = c.institution_id
  )
  -- Those whose result is looked at again.
  SELECT c.id, b.institution_id, NULL::uuid, b.account_id, b.name, 'reviewed', NULL::text
  FROM wanted_case c CROSS JOIN LATERAL took_part_before(district, c.id) b
  WHERE c.kind IN ('review', 'finalReview') OR EXISTS (SELECT 1 FROM assessment s WHERE s.district_code = district AND s.application_id = c.id AND s.superseded_at IS NOT NULL AND s.superseded_by = 'objection')
  UNION
  SELECT c.id, NULL, NULL, x.account_id, x.name, 'earlierAssessor', NULL
  FROM wanted_case c JOIN assessment s ON s.district_code = district AND s.person_id = c.person_id AND s.application_id <> c.id
  CROSS JOIN LATERAL (SELECT s.assessor_account_id AS account_id, s.assessor_name AS name UNION SELECT v.expert_account_id, v.expert_name FROM confirmation v WHERE v.district_code = s.district_code AND v.assessment_id = s.id) x
  WHERE c.kind = 'spotCheck'
  UNION
  SELECT c.id, s.assessment_institution_id, NULL, NULL, i.name, 'irregularBefore', NULL
  FROM wanted_case c JOIN assessment s ON s.district_code = district AND s.person_id = c.person_id AND s.application_id <> c.id JOIN providers.institution i ON i.id = s.assessment_institution_id
  WHERE c.kind = 'spotCheck' AND c.ground = 'irregularAssessment'
  -- Owners who care for the person.
  UNION
  SELECT c.id, mine.institution_id, NULL, NULL, i.name, 'sharedOwner', c.name
  FROM cared c JOIN providers.related_party theirs ON theirs.institution_id = c.institution_id
  JOIN providers.related_party mine ON mine.party_number = theirs.party_number AND mine.side = 'assessment' JOIN providers.institution i ON i.id = mine.institution_id
  -- The register: the person itself, the same household, an employer that cares for the person.
  UNION
  SELECT c.id, NULL, r.id, r.account_id, r.name, 'self', NULL FROM wanted_case c JOIN register r ON r.identity_number = c.identity_number
  UNION
  SELECT c.id, NULL, r.id, r.account_id, r.name, 'samePhone', NULL FROM wanted_case c JOIN register r ON r.phone = c.phone
  UNION
  SELECT c.id, NULL, r.id, r.account_id, r.name, 'samePhone', NULL FROM wanted_case c JOIN register r ON r.phone = c.contact_phone
  UNION
  SELECT c.id, NULL, r.id, r.account_id, r.name, 'sameAddress', NULL FROM wanted_case c JOIN register r ON r.address = c.address
  UNION
  SELECT c.id, NULL, r.id, r.account_id, r.name, 'worksForCarer', c.name FROM cared c JOIN employed r ON r.employer_id = c.institution_id
  -- What was declared.
  UNION
  SELECT n.case_id, n.institution_id, n.worker_id, n.whose, n.party_name, CASE WHEN n.worker_id IS NULL AND n.account_id IS NULL THEN 'declaredInstitution' ELSE 'declaredPerson' END, n.relation FROM declared_case n
$$;

CREATE OR REPLACE FUNCTION assessments.institution_load(since date, month_from date, before timestamptz) RETURNS TABLE (institution_id uuid, open_orders int, month_orders int, last_issued_at timestamptz, window_orders int, window_refused int, window_late int,
  window_returned int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = assessments, pg_temp AS $$
  WITH open AS (
    SELECT o.assessment_institution_id AS id, count(*) AS open_orders, max(o.issued_at) AS last_issued_at FROM dispatch_order o WHERE o.state IN ('open', 'accepted') AND o.issued_at <= before GROUP BY 1
  ), recent AS (
    SELECT o.assessment_institution_id AS id, count(*) FILTER (WHERE o.issued_on >= month_from AND o.state <> 'withdrawn') AS month_orders, max(o.issued_at) FILTER (WHERE o.state <> 'withdrawn') AS last_issued_at,
      count(*) FILTER (WHERE o.issued_on >= since AND o.state <> 'withdrawn') AS window_orders, count(*) FILTER (WHERE o.issued_on >= since AND o.state IN ('refused', 'lapsed')) AS window_refused,
      count(*) FILTER (WHERE o.issued_on >= since AND o.late_on IS NOT NULL AND o.state <> 'withdrawn') AS window_late
    FROM dispatch_order o WHERE o.issued_on >= least(since, month_from) AND o.issued_at <= before GROUP BY 1
  ), returned AS (
    SELECT o.assessment_institution_id AS id, count(*) AS window_returned
    FROM (SELECT DISTINCT s.district_code, s.application_id, s.assessment_institution_id FROM assessment s WHERE s.superseded_at IS NOT NULL) s
    JOIN dispatch_order o ON o.district_code = s.district_code AND o.application_id = s.application_id AND o.assessment_institution_id = s.assessment_institution_id
    WHERE o.issued_on >= since AND o.state = 'done' AND o.issued_at <= before GROUP BY 1
  )
  SELECT id, coalesce(o.open_orders, 0)::int, coalesce(r.month_orders, 0)::int, greatest(o.last_issued_at, r.last_issued_at), coalesce(r.window_orders, 0)::int, coalesce(r.window_refused, 0)::int, coalesce(r.window_late, 0)::int,
    coalesce(t.window_returned, 0)::int
  FROM open o FULL JOIN recent r USING (id) LEFT JOIN returned t USING (id)
$$;

CREATE OR REPLACE FUNCTION workers.register_on(wanted date) RETURNS TABLE (worker_id uuid, institution_id uuid, district_code text, name text, account_id uuid, register text, admission_id uuid, certificate_number text, certificate_until_on date,
  admitted_on date, left_on date, barred_until_on date, suspended_from_on date, suspended_to_on date, suspension_reason text, training_hours numeric, active boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = workers, pg_temp AS $$
  SELECT w.id, w.institution_id, w.district_code, w.name, coalesce(e.account_id, k.id), e.register, e.id, e.certificate_number, e.certificate_until_on, e.admitted_on, d.left_on, d.barred_until_on, s.from_on, s.to_on, s.reason, coalesce(t.hours, 0),
    e.id IS NOT NULL AND d.left_on IS NULL AND s.from_on IS NULL AND e.certificate_until_on >= wanted AND (w.to_on IS NULL OR w.to_on >= wanted)
  FROM worker w
  LEFT JOIN (SELECT DISTINCT ON (a.worker_id) a.* FROM admission a WHERE a.admitted_on <= wanted ORDER BY a.worker_id, a.admitted_on DESC, a.id DESC) e ON e.worker_id = w.id
  -- The latest exit counts, unless the latest entry came after it.
  LEFT JOIN (SELECT DISTINCT ON (x.worker_id) x.worker_id, x.left_on, x.barred_until_on FROM departure x WHERE x.left_on <= wanted ORDER BY x.worker_id, x.left_on DESC, x.id DESC) d ON d.worker_id = w.id AND d.left_on >= coalesce(e.admitted_on, d.left_on)
  LEFT JOIN (SELECT DISTINCT ON (x.worker_id) x.worker_id, x.from_on, x.to_on, x.reason FROM suspension x LEFT JOIN suspension_lift l ON l.district_code = x.district_code AND l.suspension_id = x.id
    WHERE x.from_on <= wanted AND x.to_on >= wanted AND (l.lifted_on IS NULL OR l.lifted_on > wanted) ORDER BY x.worker_id, x.from_on) s ON s.worker_id = w.id
  LEFT JOIN (SELECT DISTINCT ON (c.worker_id) c.worker_id, c.id FROM identity.account c WHERE c.worker_id IS NOT NULL AND c.disabled_at IS NULL ORDER BY c.worker_id, c.created_at) k ON k.worker_id = w.id
  LEFT JOIN (SELECT x.worker_id, sum(x.hours) AS hours FROM training x WHERE x.passed AND x.held_on <= wanted AND x.held_on > (wanted - interval '1 year')::date GROUP BY x.worker_id) t ON t.worker_id = w.id
  WHERE w.worker_class IN ('assessor', 'expert')
$$;

-- The secrets of the next draws of many cases are made as one set.
CREATE FUNCTION assessments.commit_draws(district text, applications uuid[], at timestamptz) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = assessments, pg_temp AS $$
  WITH made AS MATERIALIZED (
    SELECT a.district_code, a.id, a.township_code, a.assessment_institution_id, replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '') AS secret,
      (SELECT count(*) + 1 FROM assessment s WHERE s.district_code = a.district_code AND s.application_id = a.id)::smallint AS round
    FROM unnest(applications) AS x (id) JOIN application a ON a.district_code = district AND a.id = x.id
  )
  INSERT INTO expert_seed (district_code, application_id, round, secret, commitment, township_code, assessment_institution_id, committed_at)
  SELECT m.district_code, m.id, m.round, m.secret, encode(sha256(convert_to(m.secret, 'UTF8')), 'hex'), m.township_code, m.assessment_institution_id, at FROM made m
  ON CONFLICT DO NOTHING
$$;
COMMENT ON FUNCTION assessments.commit_draws IS 'Makes the secrets of the next draws of cases of a district, each once; the app role reads their SHA-256 alone.';
REVOKE ALL ON FUNCTION assessments.commit_draws FROM public;
GRANT EXECUTE ON FUNCTION assessments.commit_draws TO changhu_app;
DROP FUNCTION assessments.commit_draw;
