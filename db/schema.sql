-- A picture of the database's structure, made by `npm run reference` from its catalogue. To change it, add a migration to db/migrations.

-- ==== assessments: 评估 · Applications, assessments, confirmations, conclusions.

CREATE SCHEMA assessments;

CREATE OR REPLACE FUNCTION assessments.avoidance(district text, applications uuid[], wanted date)
 RETURNS TABLE(application_id uuid, institution_id uuid, worker_id uuid, account_id uuid, name text, ground text, detail text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'assessments', 'pg_temp'
AS $function$
  WITH wanted_case AS MATERIALIZED (
    SELECT a.id, a.kind, a.ground, a.contact_phone, a.person_id, p.identity_number, p.phone, p.address, p.township_code, p.community
    FROM unnest(applications) AS x (id) JOIN application a ON a.district_code = district AND a.id = x.id JOIN people.person p ON p.district_code = a.district_code AND p.id = a.person_id
  ), cared AS MATERIALIZED (
    SELECT c.id, t.institution_id, i.name FROM wanted_case c JOIN people.tie t ON t.district_code = district AND t.person_id = c.person_id AND t.kind = 'care' JOIN providers.institution i ON i.id = t.institution_id
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
  -- The register: the person itself, the same household, an employer that cares for the person. Of the entries only those that fit are read; the latest of a worker counts.
  UNION
  SELECT c.id, NULL, w.id, k.id, w.name, 'self', NULL FROM wanted_case c JOIN workers.worker w ON w.identity_number = c.identity_number LEFT JOIN identity.account k ON k.worker_id = w.id WHERE w.worker_class IN ('assessor', 'expert')
  UNION
  SELECT h.id, NULL, w.id, k.id, w.name, h.ground, NULL
  FROM (
    SELECT c.id, e.id AS entry, e.worker_id, e.admitted_on, 'samePhone' AS ground FROM wanted_case c JOIN workers.admission e ON e.phone = c.phone
    UNION ALL
    SELECT c.id, e.id, e.worker_id, e.admitted_on, 'samePhone' FROM wanted_case c JOIN workers.admission e ON e.phone = c.contact_phone
    UNION ALL
    SELECT c.id, e.id, e.worker_id, e.admitted_on, 'sameAddress' FROM wanted_case c JOIN workers.admission e ON e.address = c.address
  ) h JOIN workers.worker w ON w.id = h.worker_id LEFT JOIN identity.account k ON k.worker_id = w.id
  WHERE w.worker_class IN ('assessor', 'expert') AND NOT EXISTS (SELECT 1 FROM workers.admission later WHERE later.worker_id = h.worker_id AND (later.admitted_on, later.id) > (h.admitted_on, h.entry))
  UNION
  SELECT c.id, NULL, w.id, k.id, w.name, 'worksForCarer', c.name
  FROM cared c JOIN workers.worker e ON e.institution_id = c.institution_id AND e.from_on <= wanted JOIN workers.worker w ON w.identity_number = e.identity_number LEFT JOIN identity.account k ON k.worker_id = w.id
  WHERE w.worker_class IN ('assessor', 'expert')
  -- What was declared.
  UNION
  SELECT n.case_id, n.institution_id, n.worker_id, n.whose, n.party_name, CASE WHEN n.worker_id IS NULL AND n.account_id IS NULL THEN 'declaredInstitution' ELSE 'declaredPerson' END, n.relation FROM declared_case n
$function$;

CREATE OR REPLACE FUNCTION assessments.care_relation(district text, person uuid, care_institution uuid, wanted date)
 RETURNS TABLE(ground text, assessed_by text, detail text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'assessments', 'pg_temp'
AS $function$
  WITH assessed AS (
    SELECT s.assessment_institution_id, i.name, (s.on_site_at AT TIME ZONE 'Asia/Shanghai')::date AS assessed_on, x.account_id
    FROM conclusion c JOIN assessment s ON s.district_code = c.district_code AND s.id = c.assessment_id JOIN providers.institution i ON i.id = s.assessment_institution_id
    CROSS JOIN LATERAL (SELECT s.assessor_account_id AS account_id UNION SELECT v.expert_account_id FROM confirmation v WHERE v.district_code = s.district_code AND v.assessment_id = s.id) x
    WHERE c.district_code = district AND c.person_id = person AND c.effective_on <= wanted AND coalesce(c.ended_on, c.valid_until_on) >= wanted
  )
  SELECT 'sharedOwner', a.name, theirs.party_name FROM assessed a
  JOIN providers.related_party mine ON mine.institution_id = a.assessment_institution_id AND mine.from_on <= wanted AND (mine.to_on IS NULL OR mine.to_on > a.assessed_on)
  JOIN providers.related_party theirs ON theirs.institution_id = care_institution AND theirs.party_number = mine.party_number AND theirs.from_on <= wanted AND (theirs.to_on IS NULL OR theirs.to_on > wanted)
  UNION
  SELECT 'worksForCarer', a.name, w.name FROM assessed a JOIN identity.account k ON k.id = a.account_id JOIN workers.worker w ON w.id = k.worker_id
  JOIN workers.worker e ON e.identity_number = w.identity_number AND e.institution_id = care_institution AND e.from_on <= wanted AND (e.to_on IS NULL OR e.to_on >= a.assessed_on)
  UNION
  SELECT 'declared', a.name, n.party_name FROM assessed a LEFT JOIN identity.account k ON k.id = a.account_id
  JOIN interest n ON n.care_institution_id = care_institution AND n.from_on <= wanted AND (n.to_on IS NULL OR n.to_on >= a.assessed_on)
    AND ((n.worker_id IS NULL AND n.account_id IS NULL AND n.institution_id = a.assessment_institution_id) OR n.account_id = a.account_id OR n.worker_id = k.worker_id)
  ORDER BY 1, 2, 3
$function$;

CREATE OR REPLACE FUNCTION assessments.check_letter(code text)
 RETURNS TABLE(number text, grade smallint, concluded_on date, effective_on date, valid_until_on date, ended_on date, masked_name text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'assessments', 'people', 'pg_temp'
AS $function$
  SELECT c.number, c.grade, c.concluded_on, c.effective_on, c.valid_until_on, c.ended_on,
    left(p.name, 1) || repeat('*', greatest(length(p.name) - 2, 1)) || CASE WHEN length(p.name) > 2 THEN right(p.name, 1) ELSE '' END
  FROM assessments.conclusion c JOIN people.person p ON p.district_code = c.district_code AND p.id = c.person_id
  WHERE c.check_code = code
$function$;

CREATE OR REPLACE FUNCTION assessments.commit_draws(district text, applications uuid[], at timestamp with time zone, anew boolean)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'assessments', 'pg_temp'
AS $function$
  WITH made AS MATERIALIZED (
    SELECT a.district_code, a.id, a.township_code, a.assessment_institution_id, replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '') AS secret,
      (SELECT count(*) + 1 FROM assessment s WHERE s.district_code = a.district_code AND s.application_id = a.id)::smallint AS round
    FROM unnest(applications) AS x (id) JOIN application a ON a.district_code = district AND a.id = x.id
  ), placed AS (
    SELECT m.*, (SELECT coalesce(max(e.attempt), 0) FROM expert_seed e WHERE e.district_code = m.district_code AND e.application_id = m.id AND e.round = m.round)::smallint AS before FROM made m
  )
  INSERT INTO expert_seed (district_code, application_id, round, attempt, secret, commitment, township_code, assessment_institution_id, committed_at)
  SELECT p.district_code, p.id, p.round, p.before + 1, p.secret, encode(sha256(convert_to(p.secret, 'UTF8')), 'hex'), p.township_code, p.assessment_institution_id, at FROM placed p WHERE anew OR p.before = 0
  ON CONFLICT DO NOTHING
$function$;

CREATE OR REPLACE FUNCTION assessments.companions(institution uuid, townships text[])
 RETURNS TABLE(account_id uuid, name text, expert boolean, institution_id uuid, area text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'assessments', 'identity', 'pg_temp'
AS $function$
  SELECT a.id, a.display_name, 'assessments.confirm' = ANY (r.permissions), a.institution_id, a.area
  FROM identity.account a JOIN identity.role r ON r.code = a.role_code
  WHERE a.disabled_at IS NULL AND r.permissions && ARRAY['assessments.assess', 'assessments.confirm']
    AND (institution = (SELECT scope.institution()) OR EXISTS (SELECT 1 FROM unnest(townships) t WHERE starts_with(t, (SELECT scope.area()))))
    AND (a.institution_id = institution OR (a.institution_id IS NULL AND 'assessments.confirm' = ANY (r.permissions) AND EXISTS (SELECT 1 FROM unnest(townships) t WHERE starts_with(t, a.area))))
  ORDER BY a.display_name, a.id
$function$;

CREATE OR REPLACE FUNCTION assessments.eligible_experts(district text, assessed uuid)
 RETURNS TABLE(account_id uuid, name text, worker_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'assessments', 'identity', 'pg_temp'
AS $function$
  SELECT k.id, k.display_name, k.worker_id FROM assessment s
  JOIN account k ON k.disabled_at IS NULL AND k.id <> s.assessor_account_id AND k.id IS DISTINCT FROM s.second_account_id AND (s.second_account_id IS NOT NULL OR k.display_name <> s.second_name)
    AND (k.institution_id = s.assessment_institution_id OR (k.area IS NOT NULL AND starts_with(s.township_code, k.area)))
  JOIN role r ON r.code = k.role_code AND 'assessments.confirm' = ANY (r.permissions)
  WHERE s.district_code = district AND s.id = assessed
    -- The draw comes with the assessment, before its visit is closed: who came along stands in the revision.
    AND NOT EXISTS (SELECT 1 FROM site_visit v JOIN site_visit_revision c ON c.district_code = v.district_code AND c.site_visit_id = v.id AND c.revision = v.revision
      WHERE v.district_code = s.district_code AND v.id = s.site_visit_id AND c.content -> 'companionIds' ? k.id::text)
$function$;

CREATE OR REPLACE FUNCTION assessments.follow_letters(district text, conclusions uuid[])
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'assessments', 'pg_temp'
AS $function$
  -- Weaker than FOR UPDATE: whoever stores an attempt holds the conclusion as its foreign key already.
  SELECT 1 FROM conclusion c WHERE c.district_code = district AND c.id = ANY (conclusions) ORDER BY c.id FOR NO KEY UPDATE;
  UPDATE conclusion c SET letter = l.stands
  FROM (SELECT DISTINCT ON (d.conclusion_id) d.conclusion_id, d.outcome AS stands FROM delivery d WHERE d.district_code = district AND d.conclusion_id = ANY (conclusions)
    ORDER BY d.conclusion_id, d.outcome = 'delivered' DESC, d.recorded_at DESC, d.outcome <> 'underway' DESC, d.id DESC) l
  WHERE c.district_code = district AND c.id = l.conclusion_id AND c.letter IS DISTINCT FROM l.stands
$function$;

CREATE OR REPLACE FUNCTION assessments.found(q text, district text, most integer)
 RETURNS TABLE(district_code text, id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 200
 SET search_path TO 'assessments', 'people', 'platform', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
  SELECT a.district_code, a.id FROM assessments.application a WHERE platform.search_tokens(a.number) @> platform.search_tokens(q) AND strpos(lower(a.number), q) > 0 AND (district IS NULL OR a.district_code = district)
  UNION ALL
  SELECT a.district_code, a.id FROM people.person p JOIN assessments.application a ON a.district_code = p.district_code AND a.person_id = p.id
  WHERE platform.search_tokens(p.search || ' ' || p.identity_number) @> platform.search_tokens(q) AND (strpos(p.search, q) > 0 OR starts_with(p.identity_number, upper(q))) AND (district IS NULL OR p.district_code = district)
  LIMIT most
$function$;

CREATE OR REPLACE FUNCTION assessments.give_back(district text, the_order uuid, moment timestamp with time zone)
 RETURNS boolean
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'assessments', 'pg_temp'
AS $function$
  WITH given AS (
    UPDATE application a SET state = 'accepted', state_since = moment, assessment_institution_id = NULL
    FROM dispatch_order o
    WHERE o.district_code = district AND o.id = the_order AND o.state IN ('refused', 'lapsed', 'withdrawn')
      AND (o.assessment_institution_id = (SELECT scope.institution()) OR starts_with(o.township_code, (SELECT scope.area())))
      AND a.district_code = o.district_code AND a.id = o.application_id AND a.state = 'dispatched' AND a.assessment_institution_id = o.assessment_institution_id
    RETURNING 1)
  SELECT EXISTS (SELECT 1 FROM given)
$function$;

CREATE OR REPLACE FUNCTION assessments.institution_load(since date, month_from date, before timestamp with time zone)
 RETURNS TABLE(institution_id uuid, open_orders integer, month_orders integer, last_issued_at timestamp with time zone, window_orders integer, window_refused integer, window_late integer, window_returned integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'assessments', 'pg_temp'
 SET plan_cache_mode TO 'force_custom_plan'
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION assessments.own_appointments()
 RETURNS TABLE(application_id uuid, appointment_on date, window_from text, window_to text, assessor_name text, expert_name text, institution_name text, institution_phone text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'assessments', 'pg_temp'
AS $function$
  SELECT o.application_id, o.appointment_on, o.window_from, o.window_to, o.assessor_name, o.expert_name, i.name, i.phone
  FROM dispatch_order o JOIN application a ON a.district_code = o.district_code AND a.id = o.application_id JOIN providers.institution i ON i.id = o.assessment_institution_id
  WHERE o.person_id = ANY ((SELECT scope.persons())::uuid[]) AND a.state = 'dispatched' AND o.state = 'accepted' AND o.appointment_on IS NOT NULL
$function$;

CREATE OR REPLACE FUNCTION assessments.reveal_draw(district text, application uuid)
 RETURNS TABLE(round smallint, secret text, commitment text, committed_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'assessments', 'pg_temp'
AS $function$
  SELECT e.round, e.secret, e.commitment, e.committed_at FROM expert_seed e
  WHERE e.district_code = district AND e.application_id = application AND e.round = (SELECT count(*) FROM assessment s WHERE s.district_code = district AND s.application_id = application)
  ORDER BY e.attempt DESC LIMIT 1
$function$;

CREATE OR REPLACE FUNCTION assessments.site_visit_companions(district text, visit uuid)
 RETURNS TABLE(account_id uuid, name text, expert boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'assessments', 'identity', 'pg_temp'
AS $function$
  SELECT a.id, a.display_name, 'assessments.confirm' = ANY (r.permissions)
  FROM assessments.site_visit v CROSS JOIN LATERAL unnest(v.companion_ids) WITH ORDINALITY c (account_id, place) JOIN identity.account a ON a.id = c.account_id JOIN identity.role r ON r.code = a.role_code
  WHERE v.district_code = district AND v.id = visit AND (v.assessment_institution_id = (SELECT scope.institution()) OR starts_with(v.township_code, (SELECT scope.area())))
  ORDER BY c.place
$function$;

CREATE OR REPLACE FUNCTION assessments.took_part_before(district text, application uuid)
 RETURNS TABLE(institution_id uuid, account_id uuid, name text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'assessments', 'pg_temp'
AS $function$
  WITH RECURSIVE reviewed AS (
    SELECT c.application_id FROM assessments.application a JOIN assessments.conclusion c ON c.district_code = a.district_code AND c.id = a.about_conclusion_id
    WHERE a.district_code = district AND a.id = application AND a.kind IN ('review', 'finalReview')
    UNION
    SELECT c.application_id FROM reviewed r JOIN assessments.application a ON a.district_code = district AND a.id = r.application_id AND a.kind IN ('review', 'finalReview')
    JOIN assessments.conclusion c ON c.district_code = a.district_code AND c.id = a.about_conclusion_id
  ), first AS (
    SELECT s.* FROM reviewed r JOIN assessments.assessment s ON s.district_code = district AND s.application_id = r.application_id
    UNION ALL
    SELECT s.* FROM assessments.assessment s WHERE s.district_code = district AND s.application_id = application AND s.superseded_by = 'objection'
  )
  SELECT f.assessment_institution_id, f.assessor_account_id, f.assessor_name FROM first f
  UNION
  SELECT f.assessment_institution_id, f.second_account_id, f.second_name FROM first f
  UNION
  SELECT f.assessment_institution_id, c.account_id, c.name FROM first f JOIN assessments.site_visit v ON v.district_code = f.district_code AND v.id = f.site_visit_id
  CROSS JOIN LATERAL (SELECT a.id AS account_id, a.display_name AS name FROM identity.account a WHERE a.id = ANY (v.companion_ids)) c
  UNION
  SELECT f.assessment_institution_id, v.expert_account_id, v.expert_name FROM first f JOIN assessments.confirmation v ON v.district_code = f.district_code AND v.assessment_id = f.id
$function$;

-- 申请 · Applications and where they stand: filed, refused with a code, or on the road to a conclusion.
CREATE TABLE assessments.application (
  district_code text NOT NULL,
  id uuid NOT NULL,
  number text NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  kind text NOT NULL,
  filed_on date NOT NULL,
  filed_at timestamp with time zone NOT NULL,
  applicant_name text NOT NULL,
  relation text NOT NULL,
  contact_phone text NOT NULL,
  disabled_since_on date,
  materials text[] NOT NULL DEFAULT '{}'::text[],
  statement text,
  state text NOT NULL,
  state_since timestamp with time zone NOT NULL,
  refusal_code text,
  assessment_institution_id uuid,
  decision_id uuid,
  accepted_on date,
  returned_on date,
  about_conclusion_id uuid,
  status_decision_id uuid,
  ground text,
  ground_source text,
  closed_reason text,
  agent_name text,
  agent_identity_number text,
  lacking text[] NOT NULL DEFAULT '{}'::text[],
  supply_materials text[] NOT NULL DEFAULT '{}'::text[],
  supply_promised_by text,
  supply_by_on date,
  supplied_on date,
  come_again_on date,
  pre_review_owed boolean NOT NULL DEFAULT false,
  pre_reviewed_on date,
  search text NOT NULL DEFAULT ''::text,
  person_number text NOT NULL DEFAULT ''::text,
  CONSTRAINT application_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT application_district_code_number_key UNIQUE (district_code, number),
  CONSTRAINT application_check CHECK (((state = 'refused'::text) = (refusal_code IS NOT NULL))),
  CONSTRAINT application_check1 CHECK (((kind = 'spotCheck'::text) OR (disabled_since_on IS NOT NULL))),
  CONSTRAINT application_check2 CHECK ((((kind = 'spotCheck'::text) = (ground IS NOT NULL)) AND ((ground IS NULL) = (ground_source IS NULL)))),
  CONSTRAINT application_check3 CHECK (((state = 'closed'::text) = (closed_reason IS NOT NULL))),
  CONSTRAINT application_check4 CHECK (((agent_name IS NULL) = (agent_identity_number IS NULL))),
  CONSTRAINT application_check5 CHECK ((((supply_by_on IS NULL) = (supply_materials = '{}'::text[])) AND ((supply_by_on IS NULL) = (supply_promised_by IS NULL)))),
  CONSTRAINT application_check6 CHECK (((supplied_on IS NULL) OR (supply_by_on IS NOT NULL))),
  CONSTRAINT application_closed_reason_check CHECK ((closed_reason = ANY (ARRAY['SUPPLY_MISSED'::text, 'PERSON_DECEASED'::text, 'MATERIALS_FALSE'::text, 'NO_COOPERATION'::text, 'ACCEPTED_IN_ERROR'::text]))),
  CONSTRAINT application_ground_check CHECK ((ground = ANY (ARRAY['irregularAssessment'::text, 'abnormalResult'::text, 'communityHealthFinding'::text, 'recheckAfterPause'::text]))),
  CONSTRAINT application_kind_check CHECK ((kind = ANY (ARRAY['initial'::text, 'endOfTerm'::text, 'statusChange'::text, 'review'::text, 'finalReview'::text, 'spotCheck'::text]))),
  CONSTRAINT application_relation_check CHECK ((relation = ANY (ARRAY['self'::text, 'family'::text, 'guardian'::text, 'agent'::text, 'agency'::text]))),
  CONSTRAINT application_state_check CHECK ((state = ANY (ARRAY['filed'::text, 'refused'::text, 'accepted'::text, 'dispatched'::text, 'scored'::text, 'confirmed'::text, 'checked'::text, 'onNotice'::text, 'concluded'::text, 'withdrawn'::text, 'closed'::text]))),
  CONSTRAINT application_assessment_institution_id_fkey FOREIGN KEY (assessment_institution_id) REFERENCES providers.institution(id),
  CONSTRAINT application_district_code_about_conclusion_id_fkey FOREIGN KEY (district_code, about_conclusion_id) REFERENCES assessments.conclusion(district_code, id),
  CONSTRAINT application_district_code_person_id_fkey FOREIGN KEY (district_code, person_id) REFERENCES people.person(district_code, id),
  CONSTRAINT application_district_code_status_decision_id_fkey FOREIGN KEY (district_code, status_decision_id) REFERENCES assessments.status_decision(district_code, id)
);
CREATE INDEX application_about ON assessments.application USING btree (district_code, about_conclusion_id) WHERE (about_conclusion_id IS NOT NULL);
CREATE INDEX application_due ON assessments.application USING btree (district_code, COALESCE(returned_on, accepted_on)) WHERE (state = ANY (ARRAY['accepted'::text, 'dispatched'::text]));
CREATE INDEX application_filed ON assessments.application USING btree (district_code, filed_on, id) INCLUDE (township_code, pre_review_owed, pre_reviewed_on, assessment_institution_id, person_id) WHERE (state = 'filed'::text);
CREATE INDEX application_institution ON assessments.application USING btree (assessment_institution_id, filed_on DESC, id DESC) WHERE (assessment_institution_id IS NOT NULL);
CREATE INDEX application_list ON assessments.application USING btree (district_code, filed_on DESC, id DESC) INCLUDE (township_code, state, kind, person_id, assessment_institution_id);
CREATE INDEX application_person ON assessments.application USING btree (district_code, person_id, filed_on);
CREATE INDEX application_queue ON assessments.application USING btree (district_code, state, filed_on DESC, id DESC) INCLUDE (township_code, kind, person_id, assessment_institution_id);
CREATE INDEX application_search ON assessments.application USING btree (district_code, filed_on DESC, id DESC) INCLUDE (township_code, state, kind, person_id, assessment_institution_id, search, person_number);
CREATE INDEX application_status_decision ON assessments.application USING btree (district_code, status_decision_id) WHERE (status_decision_id IS NOT NULL);
CREATE INDEX application_supply ON assessments.application USING btree (district_code, supply_by_on, id) INCLUDE (township_code, state, assessment_institution_id, person_id) WHERE ((supply_by_on IS NOT NULL) AND (supplied_on IS NULL));
CREATE INDEX application_tokens ON assessments.application USING gin (platform.search_tokens(number));
CREATE INDEX application_waiting ON assessments.application USING btree (district_code, COALESCE(returned_on, accepted_on), number) INCLUDE (id, township_code, person_id, assessment_institution_id, returned_on, accepted_on, search, person_number) WHERE (state = 'accepted'::text);
CREATE UNIQUE INDEX application_one_open ON assessments.application USING btree (district_code, person_id) WHERE (state <> ALL (ARRAY['refused'::text, 'concluded'::text, 'withdrawn'::text, 'closed'::text]));
ALTER TABLE assessments.application ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments.application FOR ALL TO changhu_app, changhu_report USING ((COALESCE(starts_with(township_code, ( SELECT scope.area() AS area)), false) OR (assessment_institution_id = ( SELECT scope.institution() AS institution)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])))) WITH CHECK ((COALESCE(starts_with(township_code, ( SELECT scope.area() AS area)), false) OR (assessment_institution_id = ( SELECT scope.institution() AS institution)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[]))));
GRANT INSERT, SELECT, UPDATE ON assessments.application TO changhu_app;

-- 现场评估 · The answers to every item of the scale as entered on site, and the grade they give.
CREATE TABLE assessments.assessment (
  district_code text NOT NULL,
  id uuid NOT NULL,
  application_id uuid NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  assessment_institution_id uuid NOT NULL,
  assessor_account_id uuid NOT NULL,
  assessor_name text NOT NULL,
  second_name text NOT NULL,
  guardian_name text NOT NULL,
  on_site_at timestamp with time zone NOT NULL,
  place text NOT NULL,
  scale_id text NOT NULL,
  answers jsonb NOT NULL,
  adl_points smallint,
  cognition_points smallint,
  perception_points smallint,
  grade smallint NOT NULL,
  decision_id uuid NOT NULL,
  superseded_at timestamp with time zone,
  recorded_at timestamp with time zone NOT NULL,
  superseded_by text,
  site_visit_id uuid,
  second_account_id uuid,
  points jsonb NOT NULL,
  CONSTRAINT assessment_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT assessment_check CHECK (((superseded_at IS NULL) = (superseded_by IS NULL))),
  CONSTRAINT assessment_check1 CHECK ((((adl_points IS NULL) = (cognition_points IS NULL)) AND ((adl_points IS NULL) = (perception_points IS NULL)))),
  CONSTRAINT assessment_grade_check CHECK (((grade >= '-1'::integer) AND (grade <= 9))),
  CONSTRAINT assessment_points_check CHECK ((jsonb_typeof(points) = 'object'::text)),
  CONSTRAINT assessment_superseded_by_check CHECK ((superseded_by = ANY (ARRAY['disagreement'::text, 'objection'::text, 'insurerCheck'::text, 'agency'::text]))),
  CONSTRAINT assessment_district_code_application_id_fkey FOREIGN KEY (district_code, application_id) REFERENCES assessments.application(district_code, id),
  CONSTRAINT assessment_district_code_decision_id_fkey FOREIGN KEY (district_code, decision_id) REFERENCES platform.decision(district_code, id),
  CONSTRAINT assessment_district_code_site_visit_id_fkey FOREIGN KEY (district_code, site_visit_id) REFERENCES assessments.site_visit(district_code, id)
);
CREATE INDEX assessment_application ON assessments.assessment USING btree (district_code, application_id, recorded_at);
CREATE INDEX assessment_person ON assessments.assessment USING btree (district_code, person_id);
CREATE INDEX assessment_recorded ON assessments.assessment USING btree (district_code, recorded_at);
CREATE INDEX assessment_superseded ON assessments.assessment USING btree (district_code, application_id, assessment_institution_id) WHERE (superseded_at IS NOT NULL);
CREATE UNIQUE INDEX assessment_current ON assessments.assessment USING btree (district_code, application_id) WHERE (superseded_at IS NULL);
ALTER TABLE assessments.assessment ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments.assessment FOR ALL TO changhu_app, changhu_report USING ((COALESCE(starts_with(township_code, ( SELECT scope.area() AS area)), false) OR (assessment_institution_id = ( SELECT scope.institution() AS institution)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])))) WITH CHECK ((COALESCE(starts_with(township_code, ( SELECT scope.area() AS area)), false) OR (assessment_institution_id = ( SELECT scope.institution() AS institution)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[]))));
GRANT INSERT, SELECT, UPDATE ON assessments.assessment TO changhu_app;

-- 退单 · A result sent back to be assessed anew: by whom, why, until when, the how-many-eth of its case. Answered by the first assessment recorded after it. Append-only, but for a deadline whose calendar was missing.
CREATE TABLE assessments.case_return (
  district_code text NOT NULL,
  id uuid NOT NULL,
  application_id uuid NOT NULL,
  assessment_id uuid NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  assessment_institution_id uuid NOT NULL,
  nth smallint NOT NULL,
  returned_by text NOT NULL,
  reason text NOT NULL,
  items text[] NOT NULL DEFAULT '{}'::text[],
  note text,
  returned_on date NOT NULL,
  due_on date,
  calendar_missing text,
  account_id uuid,
  returner_name text NOT NULL,
  returned_at timestamp with time zone NOT NULL,
  due_known_on date,
  CONSTRAINT case_return_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT case_return_district_code_application_id_nth_key UNIQUE (district_code, application_id, nth),
  CONSTRAINT case_return_check CHECK (((due_on IS NULL) OR (calendar_missing IS NULL))),
  CONSTRAINT case_return_nth_check CHECK ((nth > 0)),
  CONSTRAINT case_return_reason_check CHECK ((reason = ANY (ARRAY['recordIncomplete'::text, 'evidenceMissing'::text, 'videoUnclear'::text, 'answersContradict'::text, 'identityUnproved'::text, 'procedureBreached'::text, 'other'::text]))),
  CONSTRAINT case_return_returned_by_check CHECK ((returned_by = ANY (ARRAY['experts'::text, 'insurerCheck'::text, 'agency'::text, 'objection'::text]))),
  CONSTRAINT case_return_district_code_application_id_fkey FOREIGN KEY (district_code, application_id) REFERENCES assessments.application(district_code, id),
  CONSTRAINT case_return_district_code_assessment_id_fkey FOREIGN KEY (district_code, assessment_id) REFERENCES assessments.assessment(district_code, id)
);
CREATE INDEX case_return_assessment ON assessments.case_return USING btree (district_code, assessment_id, returned_at);
CREATE INDEX case_return_institution ON assessments.case_return USING btree (district_code, assessment_institution_id, returned_on);
ALTER TABLE assessments.case_return ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments.case_return FOR ALL TO changhu_app, changhu_report USING ((COALESCE(starts_with(township_code, ( SELECT scope.area() AS area)), false) OR (assessment_institution_id = ( SELECT scope.institution() AS institution)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])))) WITH CHECK ((COALESCE(starts_with(township_code, ( SELECT scope.area() AS area)), false) OR (assessment_institution_id = ( SELECT scope.institution() AS institution)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[]))));
GRANT INSERT, SELECT ON assessments.case_return TO changhu_app;

-- 投诉 · A complaint about an assessment institution or one of its assessors, with a coded subject. It counts only once it was found justified; before that the institution does not see it. Append-only.
CREATE TABLE assessments.complaint (
  district_code text NOT NULL,
  id uuid NOT NULL,
  number text NOT NULL,
  area_code text NOT NULL,
  institution_id uuid NOT NULL,
  assessor_account_id uuid,
  application_id uuid,
  person_id uuid,
  subject text NOT NULL,
  source text NOT NULL,
  matter text NOT NULL,
  filed_on date NOT NULL,
  filed_at timestamp with time zone NOT NULL,
  filed_by uuid,
  CONSTRAINT complaint_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT complaint_district_code_number_key UNIQUE (district_code, number),
  CONSTRAINT complaint_check CHECK (starts_with(area_code, district_code)),
  CONSTRAINT complaint_check1 CHECK (((application_id IS NULL) = (person_id IS NULL))),
  CONSTRAINT complaint_matter_check CHECK (((length(matter) >= 1) AND (length(matter) <= 2000))),
  CONSTRAINT complaint_source_check CHECK ((source = ANY (ARRAY['agency'::text, 'township'::text, 'family'::text]))),
  CONSTRAINT complaint_subject_check CHECK ((subject = ANY (ARRAY['conduct'::text, 'procedure'::text, 'dataLeak'::text, 'money'::text, 'other'::text]))),
  CONSTRAINT complaint_district_code_application_id_fkey FOREIGN KEY (district_code, application_id) REFERENCES assessments.application(district_code, id),
  CONSTRAINT complaint_district_code_person_id_fkey FOREIGN KEY (district_code, person_id) REFERENCES people.person(district_code, id),
  CONSTRAINT complaint_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES providers.institution(id)
);
CREATE INDEX complaint_month ON assessments.complaint USING btree (district_code, filed_at);
ALTER TABLE assessments.complaint ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments.complaint FOR ALL TO changhu_app, changhu_report USING ((COALESCE(starts_with(area_code, ( SELECT scope.area() AS area)), false) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])) OR ((institution_id = ( SELECT scope.institution() AS institution)) AND (EXISTS ( SELECT 1
   FROM assessments.complaint_answer x
  WHERE ((x.district_code = complaint.district_code) AND (x.complaint_id = complaint.id) AND x.upheld)))))) WITH CHECK ((COALESCE(starts_with(area_code, ( SELECT scope.area() AS area)), false) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])) OR ((institution_id = ( SELECT scope.institution() AS institution)) AND (EXISTS ( SELECT 1
   FROM assessments.complaint_answer x
  WHERE ((x.district_code = complaint.district_code) AND (x.complaint_id = complaint.id) AND x.upheld))))));
GRANT INSERT, SELECT ON assessments.complaint TO changhu_app;

-- 投诉处理 · What came of a complaint: justified or not, with the answer, by somebody who did not file it. Append-only.
CREATE TABLE assessments.complaint_answer (
  district_code text NOT NULL,
  id uuid NOT NULL,
  complaint_id uuid NOT NULL,
  area_code text NOT NULL,
  institution_id uuid NOT NULL,
  person_id uuid,
  upheld boolean NOT NULL,
  answer text NOT NULL,
  answered_by text NOT NULL,
  answered_at timestamp with time zone NOT NULL,
  CONSTRAINT complaint_answer_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT complaint_answer_district_code_complaint_id_key UNIQUE (district_code, complaint_id),
  CONSTRAINT complaint_answer_answer_check CHECK (((length(answer) >= 1) AND (length(answer) <= 2000))),
  CONSTRAINT complaint_answer_district_code_complaint_id_fkey FOREIGN KEY (district_code, complaint_id) REFERENCES assessments.complaint(district_code, id)
);
ALTER TABLE assessments.complaint_answer ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments.complaint_answer FOR ALL TO changhu_app, changhu_report USING ((COALESCE(starts_with(area_code, ( SELECT scope.area() AS area)), false) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])) OR (upheld AND (institution_id = ( SELECT scope.institution() AS institution))))) WITH CHECK ((COALESCE(starts_with(area_code, ( SELECT scope.area() AS area)), false) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])) OR (upheld AND (institution_id = ( SELECT scope.institution() AS institution)))));
GRANT INSERT, SELECT ON assessments.complaint_answer TO changhu_app;

-- 评估结论 · The grade that counts, from and until which day; an imported one says so. Never two at once for one person.
CREATE TABLE assessments.conclusion (
  district_code text NOT NULL,
  id uuid NOT NULL,
  number text NOT NULL,
  application_id uuid,
  assessment_id uuid,
  notice_id uuid,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  grade smallint NOT NULL,
  concluded_on date NOT NULL,
  effective_on date NOT NULL,
  valid_until_on date NOT NULL,
  ended_on date,
  end_reason text,
  origin text NOT NULL,
  decision_id uuid NOT NULL,
  check_code text NOT NULL,
  concluded_at timestamp with time zone NOT NULL,
  search text NOT NULL DEFAULT ''::text,
  person_number text NOT NULL DEFAULT ''::text,
  filed_on date,
  assessment_institution_id uuid,
  letter text,
  CONSTRAINT conclusion_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT conclusion_district_code_number_key UNIQUE (district_code, number),
  CONSTRAINT conclusion_one_at_a_time EXCLUDE USING gist (district_code WITH =, person_id WITH =, daterange(effective_on, COALESCE(ended_on, valid_until_on), '[]'::text) WITH &&) WHERE (((ended_on IS NULL) OR (ended_on >= effective_on))),
  CONSTRAINT conclusion_check CHECK ((valid_until_on >= effective_on)),
  CONSTRAINT conclusion_check1 CHECK (((ended_on IS NULL) OR (ended_on >= (effective_on - 1)))),
  CONSTRAINT conclusion_grade_check CHECK (((grade >= '-1'::integer) AND (grade <= 9))),
  CONSTRAINT conclusion_letter_check CHECK ((letter = ANY (ARRAY['waiting'::text, 'underway'::text, 'failed'::text, 'delivered'::text]))),
  CONSTRAINT conclusion_origin_check CHECK ((origin = ANY (ARRAY['assessed'::text, 'imported'::text]))),
  CONSTRAINT conclusion_district_code_application_id_fkey FOREIGN KEY (district_code, application_id) REFERENCES assessments.application(district_code, id),
  CONSTRAINT conclusion_district_code_decision_id_fkey FOREIGN KEY (district_code, decision_id) REFERENCES platform.decision(district_code, id),
  CONSTRAINT conclusion_district_code_person_id_fkey FOREIGN KEY (district_code, person_id) REFERENCES people.person(district_code, id)
);
CREATE INDEX conclusion_application ON assessments.conclusion USING btree (district_code, application_id) WHERE (application_id IS NOT NULL);
CREATE INDEX conclusion_assessment ON assessments.conclusion USING btree (district_code, assessment_id) WHERE (assessment_id IS NOT NULL);
CREATE INDEX conclusion_check_code ON assessments.conclusion USING btree (check_code);
CREATE INDEX conclusion_expiry ON assessments.conclusion USING btree (district_code, valid_until_on);
CREATE INDEX conclusion_list ON assessments.conclusion USING btree (district_code, concluded_on DESC, id DESC) INCLUDE (township_code, person_id, grade, effective_on, valid_until_on, ended_on, origin, application_id, assessment_id, search, person_number);
CREATE INDEX conclusion_person ON assessments.conclusion USING btree (district_code, person_id, effective_on);
CREATE INDEX conclusion_waiting ON assessments.conclusion USING btree (district_code, filed_on, concluded_on, id) INCLUDE (letter, township_code, person_id, assessment_institution_id, effective_on, valid_until_on, ended_on, search, person_number) WHERE (letter = ANY (ARRAY['waiting'::text, 'underway'::text, 'failed'::text]));
ALTER TABLE assessments.conclusion ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments.conclusion FOR ALL TO changhu_app, changhu_report USING ((COALESCE(starts_with(township_code, ( SELECT scope.area() AS area)), false) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])) OR (EXISTS ( SELECT 1
   FROM people.tie t
  WHERE ((t.district_code = conclusion.district_code) AND (t.person_id = conclusion.person_id) AND (t.institution_id = ( SELECT scope.institution() AS institution))))))) WITH CHECK ((COALESCE(starts_with(township_code, ( SELECT scope.area() AS area)), false) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])) OR (EXISTS ( SELECT 1
   FROM people.tie t
  WHERE ((t.district_code = conclusion.district_code) AND (t.person_id = conclusion.person_id) AND (t.institution_id = ( SELECT scope.institution() AS institution)))))));
GRANT INSERT, SELECT, UPDATE ON assessments.conclusion TO changhu_app;

-- 专家确认 · An expert who did not assess agrees or disagrees; one voice per expert. Append-only.
CREATE TABLE assessments.confirmation (
  district_code text NOT NULL,
  id uuid NOT NULL,
  assessment_id uuid NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  assessment_institution_id uuid NOT NULL,
  expert_account_id uuid NOT NULL,
  expert_name text NOT NULL,
  agrees boolean NOT NULL,
  note text,
  confirmed_at timestamp with time zone NOT NULL,
  reason text,
  items jsonb NOT NULL DEFAULT '[]'::jsonb,
  CONSTRAINT confirmation_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT confirmation_district_code_assessment_id_expert_account_id_key UNIQUE (district_code, assessment_id, expert_account_id),
  CONSTRAINT confirmation_items_check CHECK ((jsonb_typeof(items) = 'array'::text)),
  CONSTRAINT confirmation_reason_check CHECK ((reason = ANY (ARRAY['recordIncomplete'::text, 'evidenceMissing'::text, 'videoUnclear'::text, 'answersContradict'::text, 'identityUnproved'::text, 'procedureBreached'::text, 'other'::text]))),
  CONSTRAINT confirmation_district_code_assessment_id_fkey FOREIGN KEY (district_code, assessment_id) REFERENCES assessments.assessment(district_code, id)
);
ALTER TABLE assessments.confirmation ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments.confirmation FOR ALL TO changhu_app, changhu_report USING ((COALESCE(starts_with(township_code, ( SELECT scope.area() AS area)), false) OR (assessment_institution_id = ( SELECT scope.institution() AS institution)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])))) WITH CHECK ((COALESCE(starts_with(township_code, ( SELECT scope.area() AS area)), false) OR (assessment_institution_id = ( SELECT scope.institution() AS institution)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[]))));
GRANT INSERT, SELECT ON assessments.confirmation TO changhu_app;

-- 送达 · Every attempt to deliver a conclusion: how, when, to whom, with which proof, or why it failed. The first successful one counts. Append-only.
CREATE TABLE assessments.delivery (
  district_code text NOT NULL,
  id uuid NOT NULL,
  conclusion_id uuid NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  assessment_institution_id uuid,
  way text NOT NULL,
  outcome text NOT NULL,
  failure text,
  happened_on date NOT NULL,
  recipient_name text,
  recipient_relation text,
  phone text,
  tracking_number text,
  message_id uuid,
  proof_id uuid,
  note text,
  account_id uuid,
  actor_name text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  CONSTRAINT delivery_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT delivery_check CHECK (((outcome = 'failed'::text) = (failure IS NOT NULL))),
  CONSTRAINT delivery_check1 CHECK (((way = 'message'::text) = (message_id IS NOT NULL))),
  CONSTRAINT delivery_check2 CHECK (((way <> 'handedOver'::text) OR (outcome <> 'delivered'::text) OR (proof_id IS NOT NULL))),
  CONSTRAINT delivery_failure_check CHECK ((failure = ANY (ARRAY['nobodyHome'::text, 'recipientRefused'::text, 'returnedByPost'::text, 'addressUnknown'::text, 'messageFailed'::text]))),
  CONSTRAINT delivery_outcome_check CHECK ((outcome = ANY (ARRAY['underway'::text, 'delivered'::text, 'failed'::text]))),
  CONSTRAINT delivery_recipient_relation_check CHECK ((recipient_relation = ANY (ARRAY['self'::text, 'family'::text, 'guardian'::text, 'agent'::text]))),
  CONSTRAINT delivery_way_check CHECK ((way = ANY (ARRAY['handedOver'::text, 'message'::text, 'post'::text, 'portal'::text]))),
  CONSTRAINT delivery_district_code_conclusion_id_fkey FOREIGN KEY (district_code, conclusion_id) REFERENCES assessments.conclusion(district_code, id),
  CONSTRAINT delivery_district_code_message_id_fkey FOREIGN KEY (district_code, message_id) REFERENCES platform.message(district_code, id),
  CONSTRAINT delivery_district_code_proof_id_fkey FOREIGN KEY (district_code, proof_id) REFERENCES assessments.delivery_proof(district_code, id)
);
CREATE INDEX delivery_conclusion ON assessments.delivery USING btree (district_code, conclusion_id, happened_on);
CREATE INDEX delivery_done ON assessments.delivery USING btree (district_code, conclusion_id) INCLUDE (township_code, person_id, assessment_institution_id) WHERE (outcome = 'delivered'::text);
CREATE UNIQUE INDEX delivery_message_once ON assessments.delivery USING btree (district_code, message_id, outcome) WHERE (message_id IS NOT NULL);
CREATE UNIQUE INDEX delivery_portal_once ON assessments.delivery USING btree (district_code, conclusion_id) WHERE (way = 'portal'::text);
CREATE UNIQUE INDEX delivery_proof_once ON assessments.delivery USING btree (district_code, proof_id) WHERE (proof_id IS NOT NULL);
ALTER TABLE assessments.delivery ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments.delivery FOR ALL TO changhu_app, changhu_report USING ((COALESCE(starts_with(township_code, ( SELECT scope.area() AS area)), false) OR (assessment_institution_id = ( SELECT scope.institution() AS institution)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])))) WITH CHECK ((COALESCE(starts_with(township_code, ( SELECT scope.area() AS area)), false) OR (assessment_institution_id = ( SELECT scope.institution() AS institution)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[]))));
GRANT INSERT, SELECT ON assessments.delivery TO changhu_app;

-- 送达凭证 · A photograph of the signature or a slip of the post; the file lies in the vault by its hash. Append-only.
CREATE TABLE assessments.delivery_proof (
  district_code text NOT NULL,
  id uuid NOT NULL,
  conclusion_id uuid NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  assessment_institution_id uuid,
  media_type text NOT NULL,
  sha256 text NOT NULL,
  size_bytes integer NOT NULL,
  account_id uuid,
  actor_name text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  CONSTRAINT delivery_proof_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT delivery_proof_media_type_check CHECK ((media_type = ANY (ARRAY['image/jpeg'::text, 'image/png'::text, 'image/webp'::text, 'application/pdf'::text]))),
  CONSTRAINT delivery_proof_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
  CONSTRAINT delivery_proof_size_bytes_check CHECK ((size_bytes > 0)),
  CONSTRAINT delivery_proof_district_code_conclusion_id_fkey FOREIGN KEY (district_code, conclusion_id) REFERENCES assessments.conclusion(district_code, id)
);
ALTER TABLE assessments.delivery_proof ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments.delivery_proof FOR ALL TO changhu_app, changhu_report USING ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (assessment_institution_id = ( SELECT scope.institution() AS institution)))) WITH CHECK ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (assessment_institution_id = ( SELECT scope.institution() AS institution))));
GRANT INSERT, SELECT ON assessments.delivery_proof TO changhu_app;

-- 派单 · An order to an assessment institution: how it was chosen, until when it is answered and the visit is due, who was sent, and how it ended. One current outcome; each step is an event.
CREATE TABLE assessments.dispatch_order (
  district_code text NOT NULL,
  id uuid NOT NULL,
  application_id uuid NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  assessment_institution_id uuid NOT NULL,
  issued_at timestamp with time zone NOT NULL,
  issued_on date NOT NULL,
  issuer_account_id uuid,
  issuer_name text NOT NULL,
  decision_id uuid NOT NULL,
  place smallint,
  chosen_reason text,
  batch_id uuid,
  respond_by timestamp with time zone,
  due_on date,
  state text NOT NULL,
  answered_at timestamp with time zone,
  answerer_name text,
  reason_code text,
  note text,
  assessor_account_id uuid,
  assessor_name text,
  expert_account_id uuid,
  expert_name text,
  appointment_on date,
  window_from text,
  window_to text,
  assigned_at timestamp with time zone,
  ended_at timestamp with time zone,
  late_on date,
  due_known_on date,
  CONSTRAINT dispatch_order_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT dispatch_order_check CHECK (((state = 'refused'::text) <= ((reason_code = ANY (ARRAY['NO_CAPACITY'::text, 'RECUSED'::text, 'OUT_OF_REACH'::text, 'PERSON_UNREACHABLE'::text, 'OTHER'::text])) AND (note IS NOT NULL)))),
  CONSTRAINT dispatch_order_check1 CHECK (((state = 'withdrawn'::text) <= (reason_code = ANY (ARRAY['REDISPATCHED'::text, 'CASE_ENDED'::text, 'MISTAKE'::text, 'OTHER'::text])))),
  CONSTRAINT dispatch_order_check2 CHECK (((state = ANY (ARRAY['open'::text, 'accepted'::text])) = (ended_at IS NULL))),
  CONSTRAINT dispatch_order_check3 CHECK ((((assessor_account_id IS NULL) = (assigned_at IS NULL)) AND ((expert_account_id IS NULL) = (assigned_at IS NULL)) AND (assessor_account_id <> expert_account_id))),
  CONSTRAINT dispatch_order_chosen_reason_check CHECK (((length(chosen_reason) >= 1) AND (length(chosen_reason) <= 400))),
  CONSTRAINT dispatch_order_place_check CHECK ((place >= 1)),
  CONSTRAINT dispatch_order_state_check CHECK ((state = ANY (ARRAY['open'::text, 'accepted'::text, 'refused'::text, 'lapsed'::text, 'withdrawn'::text, 'done'::text]))),
  CONSTRAINT dispatch_order_window_from_check CHECK ((window_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text)),
  CONSTRAINT dispatch_order_window_to_check CHECK ((window_to ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text)),
  CONSTRAINT dispatch_order_assessment_institution_id_fkey FOREIGN KEY (assessment_institution_id) REFERENCES providers.institution(id),
  CONSTRAINT dispatch_order_district_code_application_id_fkey FOREIGN KEY (district_code, application_id) REFERENCES assessments.application(district_code, id),
  CONSTRAINT dispatch_order_district_code_decision_id_fkey FOREIGN KEY (district_code, decision_id) REFERENCES platform.decision(district_code, id)
);
CREATE INDEX dispatch_order_application ON assessments.dispatch_order USING btree (district_code, application_id, issued_at);
CREATE INDEX dispatch_order_institution ON assessments.dispatch_order USING btree (assessment_institution_id, issued_on) INCLUDE (state, issued_at, late_on);
CREATE INDEX dispatch_order_late ON assessments.dispatch_order USING btree (district_code, issued_at DESC, id DESC) INCLUDE (township_code, state, assessment_institution_id, application_id, due_on, due_known_on, late_on, appointment_on, window_from, assigned_at) WHERE ((late_on IS NOT NULL) OR (state = ANY (ARRAY['open'::text, 'accepted'::text])));
CREATE INDEX dispatch_order_newest ON assessments.dispatch_order USING btree (district_code, issued_at DESC, id DESC) INCLUDE (township_code, state, assessment_institution_id, application_id, due_on, appointment_on, window_from, assigned_at);
CREATE INDEX dispatch_order_without_due ON assessments.dispatch_order USING btree (district_code, id) WHERE (due_on IS NULL);
CREATE UNIQUE INDEX dispatch_order_current ON assessments.dispatch_order USING btree (district_code, application_id) WHERE (state = ANY (ARRAY['open'::text, 'accepted'::text]));
ALTER TABLE assessments.dispatch_order ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments.dispatch_order FOR ALL TO changhu_app, changhu_report USING ((COALESCE(starts_with(township_code, ( SELECT scope.area() AS area)), false) OR (assessment_institution_id = ( SELECT scope.institution() AS institution)))) WITH CHECK ((COALESCE(starts_with(township_code, ( SELECT scope.area() AS area)), false) OR (assessment_institution_id = ( SELECT scope.institution() AS institution))));
GRANT INSERT, SELECT ON assessments.dispatch_order TO changhu_app;
GRANT SELECT ON assessments.dispatch_order TO changhu_report;

-- 专家抽取 · Experts drawn for an assessment, in the order of the draw; the latest draw counts. Append-only.
CREATE TABLE assessments.expert_call (
  district_code text NOT NULL,
  id uuid NOT NULL,
  application_id uuid NOT NULL,
  assessment_id uuid NOT NULL,
  draw smallint NOT NULL,
  place smallint NOT NULL,
  expert_account_id uuid NOT NULL,
  expert_name text NOT NULL,
  township_code text NOT NULL,
  assessment_institution_id uuid NOT NULL,
  decision_id uuid NOT NULL,
  drawn_at timestamp with time zone NOT NULL,
  CONSTRAINT expert_call_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT expert_call_district_code_assessment_id_draw_expert_account_key UNIQUE (district_code, assessment_id, draw, expert_account_id),
  CONSTRAINT expert_call_district_code_assessment_id_draw_place_key UNIQUE (district_code, assessment_id, draw, place),
  CONSTRAINT expert_call_district_code_assessment_id_fkey FOREIGN KEY (district_code, assessment_id) REFERENCES assessments.assessment(district_code, id),
  CONSTRAINT expert_call_district_code_decision_id_fkey FOREIGN KEY (district_code, decision_id) REFERENCES platform.decision(district_code, id)
);
CREATE INDEX expert_call_expert ON assessments.expert_call USING btree (district_code, expert_account_id, assessment_id);
ALTER TABLE assessments.expert_call ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments.expert_call FOR ALL TO changhu_app, changhu_report USING ((COALESCE(starts_with(township_code, ( SELECT scope.area() AS area)), false) OR (assessment_institution_id = ( SELECT scope.institution() AS institution)) OR (expert_account_id = ( SELECT scope.account() AS account)))) WITH CHECK ((COALESCE(starts_with(township_code, ( SELECT scope.area() AS area)), false) OR (assessment_institution_id = ( SELECT scope.institution() AS institution)) OR (expert_account_id = ( SELECT scope.account() AS account))));
GRANT INSERT, SELECT ON assessments.expert_call TO changhu_app;

-- 抽取承诺 · For each assessment of a case a secret made beforehand and its SHA-256, published at once: whoever draws cannot choose the result. The app role cannot read the secret before the assessment is there. Append-only.
CREATE TABLE assessments.expert_seed (
  district_code text NOT NULL,
  application_id uuid NOT NULL,
  round smallint NOT NULL,
  secret text NOT NULL,
  commitment text NOT NULL,
  township_code text NOT NULL,
  assessment_institution_id uuid,
  committed_at timestamp with time zone NOT NULL,
  attempt smallint NOT NULL DEFAULT 1,
  CONSTRAINT expert_seed_pkey PRIMARY KEY (district_code, application_id, round, attempt),
  CONSTRAINT expert_seed_attempt_check CHECK ((attempt > 0)),
  CONSTRAINT expert_seed_district_code_application_id_fkey FOREIGN KEY (district_code, application_id) REFERENCES assessments.application(district_code, id)
);
ALTER TABLE assessments.expert_seed ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments.expert_seed FOR ALL TO changhu_app, changhu_report USING ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (assessment_institution_id = ( SELECT scope.institution() AS institution)))) WITH CHECK ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (assessment_institution_id = ( SELECT scope.institution() AS institution))));

-- 评估费明细 · The fee of a conclusion, or what is taken back or given again after a review. All lines of a conclusion add up to its price, or to nothing when a review proved it wrong. Append-only.
CREATE TABLE assessments.fee_line (
  district_code text NOT NULL,
  id uuid NOT NULL,
  month date NOT NULL,
  statement_id uuid NOT NULL,
  institution_id uuid NOT NULL,
  conclusion_id uuid NOT NULL,
  number text NOT NULL,
  kind text NOT NULL,
  grade smallint NOT NULL,
  concluded_on date NOT NULL,
  price_fen bigint NOT NULL,
  amount_fen bigint NOT NULL,
  code text NOT NULL,
  overturned_by uuid,
  overturned_grade smallint,
  CONSTRAINT fee_line_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT fee_line_district_code_month_conclusion_id_key UNIQUE (district_code, month, conclusion_id),
  CONSTRAINT fee_line_check CHECK (((abs(amount_fen) = 0) OR (abs(amount_fen) = price_fen))),
  CONSTRAINT fee_line_check1 CHECK (((overturned_by IS NOT NULL) = (code = ANY (ARRAY['FEE_OVERTURNED'::text, 'FEE_TAKEN_BACK'::text])))),
  CONSTRAINT fee_line_code_check CHECK ((code = ANY (ARRAY['FEE_DUE'::text, 'FEE_LATE'::text, 'FEE_OVERTURNED'::text, 'FEE_TAKEN_BACK'::text, 'FEE_RESTORED'::text]))),
  CONSTRAINT fee_line_price_fen_check CHECK ((price_fen >= 0)),
  CONSTRAINT fee_line_district_code_conclusion_id_fkey FOREIGN KEY (district_code, conclusion_id) REFERENCES assessments.conclusion(district_code, id),
  CONSTRAINT fee_line_district_code_statement_id_fkey FOREIGN KEY (district_code, statement_id) REFERENCES assessments.fee_statement(district_code, id)
);
CREATE INDEX fee_line_conclusion ON assessments.fee_line USING btree (district_code, conclusion_id);
CREATE INDEX fee_line_id ON assessments.fee_line USING btree (id);
CREATE INDEX fee_line_statement ON assessments.fee_line USING btree (district_code, statement_id, concluded_on, id);
ALTER TABLE assessments.fee_line ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments.fee_line FOR ALL TO changhu_app, changhu_report USING ((starts_with(district_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution)))) WITH CHECK ((starts_with(district_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution))));
GRANT INSERT, SELECT ON assessments.fee_line TO changhu_app;

-- 评估费月份 · A district's month whose assessment fees were drafted, with the policy it was priced by. One per district and month.
CREATE TABLE assessments.fee_month (
  district_code text NOT NULL,
  month date NOT NULL,
  id uuid NOT NULL,
  drafted_at timestamp with time zone NOT NULL,
  drafted_by text NOT NULL,
  account_id uuid,
  lines integer NOT NULL,
  stamp jsonb NOT NULL,
  CONSTRAINT fee_month_pkey PRIMARY KEY (district_code, month),
  CONSTRAINT fee_month_month_check CHECK ((month = (date_trunc('month'::text, (month)::timestamp with time zone))::date))
);
ALTER TABLE assessments.fee_month ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments.fee_month FOR ALL TO changhu_app, changhu_report USING (starts_with(district_code, ( SELECT scope.area() AS area))) WITH CHECK (starts_with(district_code, ( SELECT scope.area() AS area)));
GRANT INSERT, SELECT ON assessments.fee_month TO changhu_app;

-- 评估费复核 · Each act on a fee statement: who, when, with which note. Append-only.
CREATE TABLE assessments.fee_review (
  district_code text NOT NULL,
  id uuid NOT NULL,
  statement_id uuid NOT NULL,
  institution_id uuid NOT NULL,
  step text NOT NULL,
  account_id uuid NOT NULL,
  reviewer_name text NOT NULL,
  note text,
  reviewed_at timestamp with time zone NOT NULL,
  CONSTRAINT fee_review_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT fee_review_step_check CHECK ((step = ANY (ARRAY['first'::text, 'second'::text, 'return'::text, 'pay'::text]))),
  CONSTRAINT fee_review_district_code_statement_id_fkey FOREIGN KEY (district_code, statement_id) REFERENCES assessments.fee_statement(district_code, id)
);
CREATE INDEX fee_review_statement ON assessments.fee_review USING btree (district_code, statement_id, reviewed_at);
ALTER TABLE assessments.fee_review ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments.fee_review FOR ALL TO changhu_app, changhu_report USING ((starts_with(district_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution)))) WITH CHECK ((starts_with(district_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution))));
GRANT INSERT, SELECT ON assessments.fee_review TO changhu_app;

-- 评估费结算单 · One per assessment institution and month: what is due, what is taken back, what of that could not be set off before and is carried on. First and second review by different people, approved, paid.
CREATE TABLE assessments.fee_statement (
  district_code text NOT NULL,
  id uuid NOT NULL,
  month date NOT NULL,
  number text NOT NULL,
  institution_id uuid NOT NULL,
  lines integer NOT NULL,
  due_fen bigint NOT NULL,
  taken_back_fen bigint NOT NULL,
  carried_in_fen bigint NOT NULL,
  payable_fen bigint NOT NULL,
  carried_out_fen bigint NOT NULL,
  state text NOT NULL,
  state_since timestamp with time zone NOT NULL,
  pending_posting_id uuid,
  paid_posting_id uuid,
  CONSTRAINT fee_statement_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT fee_statement_district_code_month_institution_id_key UNIQUE (district_code, month, institution_id),
  CONSTRAINT fee_statement_district_code_number_key UNIQUE (district_code, number),
  CONSTRAINT fee_statement_carried_in_fen_check CHECK ((carried_in_fen >= 0)),
  CONSTRAINT fee_statement_check CHECK ((payable_fen = GREATEST((0)::bigint, ((due_fen - taken_back_fen) - carried_in_fen)))),
  CONSTRAINT fee_statement_check1 CHECK ((carried_out_fen = GREATEST((0)::bigint, ((taken_back_fen + carried_in_fen) - due_fen)))),
  CONSTRAINT fee_statement_due_fen_check CHECK ((due_fen >= 0)),
  CONSTRAINT fee_statement_state_check CHECK ((state = ANY (ARRAY['drafted'::text, 'firstReviewed'::text, 'approved'::text, 'paid'::text]))),
  CONSTRAINT fee_statement_taken_back_fen_check CHECK ((taken_back_fen >= 0)),
  CONSTRAINT fee_statement_district_code_month_fkey FOREIGN KEY (district_code, month) REFERENCES assessments.fee_month(district_code, month),
  CONSTRAINT fee_statement_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES providers.institution(id)
);
CREATE INDEX fee_statement_institution ON assessments.fee_statement USING btree (institution_id, month);
CREATE INDEX fee_statement_queue ON assessments.fee_statement USING btree (district_code, state, month, id);
ALTER TABLE assessments.fee_statement ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments.fee_statement FOR ALL TO changhu_app, changhu_report USING ((starts_with(district_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution)))) WITH CHECK ((starts_with(district_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution))));
GRANT INSERT, SELECT, UPDATE ON assessments.fee_statement TO changhu_app;

-- 承办机构核查 · The commissioned insurer looks at a confirmed result before its notice: point by point, passed or sent back. Append-only.
CREATE TABLE assessments.insurer_check (
  district_code text NOT NULL,
  id uuid NOT NULL,
  application_id uuid NOT NULL,
  assessment_id uuid NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  assessment_institution_id uuid NOT NULL,
  result text NOT NULL,
  checklist jsonb NOT NULL,
  note text,
  checker_account_id uuid,
  checker_name text NOT NULL,
  checked_at timestamp with time zone NOT NULL,
  CONSTRAINT insurer_check_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT insurer_check_district_code_assessment_id_key UNIQUE (district_code, assessment_id),
  CONSTRAINT insurer_check_checklist_check CHECK ((jsonb_typeof(checklist) = 'object'::text)),
  CONSTRAINT insurer_check_result_check CHECK ((result = ANY (ARRAY['passed'::text, 'returned'::text]))),
  CONSTRAINT insurer_check_district_code_assessment_id_fkey FOREIGN KEY (district_code, assessment_id) REFERENCES assessments.assessment(district_code, id)
);
ALTER TABLE assessments.insurer_check ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments.insurer_check FOR ALL TO changhu_app, changhu_report USING ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (assessment_institution_id = ( SELECT scope.institution() AS institution)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])))) WITH CHECK ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (assessment_institution_id = ( SELECT scope.institution() AS institution)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[]))));
GRANT INSERT, SELECT ON assessments.insurer_check TO changhu_app;

-- 利害关系 · A declared interest of an assessment institution (no person named) or of one of its assessors or experts in an insured person, a community or a care institution. Ended by its last day, never deleted.
CREATE TABLE assessments.interest (
  district_code text NOT NULL,
  id uuid NOT NULL,
  institution_id uuid NOT NULL,
  worker_id uuid,
  account_id uuid,
  party_name text NOT NULL,
  relation text NOT NULL,
  person_number text,
  township_code text,
  community text,
  care_institution_id uuid,
  from_on date NOT NULL,
  to_on date,
  evidence text NOT NULL,
  declared_by uuid,
  declarer_name text NOT NULL,
  declared_at timestamp with time zone NOT NULL,
  CONSTRAINT interest_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT interest_check CHECK ((to_on >= from_on)),
  CONSTRAINT interest_check1 CHECK (((num_nonnulls(person_number, community, care_institution_id) = 1) AND ((community IS NULL) = (township_code IS NULL)))),
  CONSTRAINT interest_evidence_check CHECK (((length(evidence) >= 1) AND (length(evidence) <= 400))),
  CONSTRAINT interest_person_number_check CHECK ((person_number ~ '^[0-9]{17}[0-9X]$'::text)),
  CONSTRAINT interest_relation_check CHECK ((relation = ANY (ARRAY['owner'::text, 'relative'::text, 'employer'::text, 'carer'::text, 'guardian'::text, 'neighbour'::text, 'other'::text]))),
  CONSTRAINT interest_township_code_check CHECK ((township_code ~ '^[0-9]{9}$'::text)),
  CONSTRAINT interest_care_institution_id_fkey FOREIGN KEY (care_institution_id) REFERENCES providers.institution(id),
  CONSTRAINT interest_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES providers.institution(id),
  CONSTRAINT interest_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES workers.worker(id)
);
CREATE INDEX interest_institution ON assessments.interest USING btree (institution_id, from_on);
CREATE INDEX interest_person ON assessments.interest USING btree (person_number) WHERE (person_number IS NOT NULL);
ALTER TABLE assessments.interest ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments.interest FOR ALL TO changhu_app, changhu_report USING ((starts_with(district_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution)))) WITH CHECK ((starts_with(district_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution))));
GRANT INSERT, SELECT ON assessments.interest TO changhu_app;
GRANT SELECT ON assessments.interest TO changhu_report;

-- 申请材料 · Papers of an application: a file kept in the vault by its hash, or an original that an officer saw at the window. Append-only.
CREATE TABLE assessments.material (
  district_code text NOT NULL,
  id uuid NOT NULL,
  application_id uuid NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  code text NOT NULL,
  form text NOT NULL,
  sha256 text,
  media_type text,
  size_bytes integer,
  pages integer,
  file_name text,
  original_name text,
  provided_by text NOT NULL,
  account_id uuid,
  actor_name text NOT NULL,
  provided_on date NOT NULL,
  provided_at timestamp with time zone NOT NULL,
  CONSTRAINT material_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT material_check CHECK (((form = 'file'::text) = ((sha256 IS NOT NULL) AND (media_type IS NOT NULL) AND (size_bytes IS NOT NULL) AND (file_name IS NOT NULL) AND (original_name IS NOT NULL)))),
  CONSTRAINT material_form_check CHECK ((form = ANY (ARRAY['file'::text, 'original'::text]))),
  CONSTRAINT material_media_type_check CHECK ((media_type = ANY (ARRAY['image/jpeg'::text, 'image/png'::text, 'image/webp'::text, 'application/pdf'::text]))),
  CONSTRAINT material_pages_check CHECK ((pages > 0)),
  CONSTRAINT material_provided_by_check CHECK ((provided_by = ANY (ARRAY['office'::text, 'family'::text]))),
  CONSTRAINT material_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
  CONSTRAINT material_size_bytes_check CHECK ((size_bytes > 0)),
  CONSTRAINT material_district_code_application_id_fkey FOREIGN KEY (district_code, application_id) REFERENCES assessments.application(district_code, id)
);
CREATE INDEX material_application ON assessments.material USING btree (district_code, application_id, id);
ALTER TABLE assessments.material ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments.material FOR ALL TO changhu_app, changhu_report USING ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])) OR (EXISTS ( SELECT 1
   FROM assessments.application a
  WHERE ((a.district_code = material.district_code) AND (a.id = material.application_id) AND (a.assessment_institution_id = ( SELECT scope.institution() AS institution))))))) WITH CHECK ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])) OR (EXISTS ( SELECT 1
   FROM assessments.application a
  WHERE ((a.district_code = material.district_code) AND (a.id = material.application_id) AND (a.assessment_institution_id = ( SELECT scope.institution() AS institution)))))));
GRANT INSERT, SELECT ON assessments.material TO changhu_app;

-- 材料撤换 · A paper that no longer counts, and why; the paper itself stays on record. Append-only.
CREATE TABLE assessments.material_withdrawal (
  district_code text NOT NULL,
  material_id uuid NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  reason text NOT NULL,
  account_id uuid,
  actor_name text NOT NULL,
  withdrawn_at timestamp with time zone NOT NULL,
  CONSTRAINT material_withdrawal_pkey PRIMARY KEY (district_code, material_id),
  CONSTRAINT material_withdrawal_district_code_material_id_fkey FOREIGN KEY (district_code, material_id) REFERENCES assessments.material(district_code, id)
);
ALTER TABLE assessments.material_withdrawal ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments.material_withdrawal FOR ALL TO changhu_app, changhu_report USING ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])) OR (EXISTS ( SELECT 1
   FROM assessments.material m
  WHERE ((m.district_code = material_withdrawal.district_code) AND (m.id = material_withdrawal.material_id)))))) WITH CHECK ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])) OR (EXISTS ( SELECT 1
   FROM assessments.material m
  WHERE ((m.district_code = material_withdrawal.district_code) AND (m.id = material_withdrawal.material_id))))));
GRANT INSERT, SELECT ON assessments.material_withdrawal TO changhu_app;

-- 街镇预审 · What the township saw and said before acceptance, to whom and when it said that housekeeping is not covered, and how that was acknowledged. Append-only.
CREATE TABLE assessments.pre_review (
  district_code text NOT NULL,
  id uuid NOT NULL,
  application_id uuid NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  edition text NOT NULL,
  answers jsonb NOT NULL,
  result text NOT NULL,
  reason text,
  insists boolean NOT NULL DEFAULT false,
  bring text[] NOT NULL DEFAULT '{}'::text[],
  told_name text NOT NULL,
  told_relation text NOT NULL,
  told_at timestamp with time zone NOT NULL,
  acknowledged text NOT NULL,
  signature_material_id uuid,
  account_id uuid,
  actor_name text NOT NULL,
  reviewed_on date NOT NULL,
  reviewed_at timestamp with time zone NOT NULL,
  CONSTRAINT pre_review_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT pre_review_acknowledged_check CHECK ((acknowledged = ANY (ARRAY['signature'::text, 'tick'::text]))),
  CONSTRAINT pre_review_check CHECK (((result = 'adviseNot'::text) <= (reason IS NOT NULL))),
  CONSTRAINT pre_review_check1 CHECK ((insists <= (result = 'adviseNot'::text))),
  CONSTRAINT pre_review_check2 CHECK (((result = 'bring'::text) = (bring <> '{}'::text[]))),
  CONSTRAINT pre_review_check3 CHECK (((acknowledged = 'signature'::text) = (signature_material_id IS NOT NULL))),
  CONSTRAINT pre_review_result_check CHECK ((result = ANY (ARRAY['goOn'::text, 'adviseNot'::text, 'bring'::text]))),
  CONSTRAINT pre_review_district_code_application_id_fkey FOREIGN KEY (district_code, application_id) REFERENCES assessments.application(district_code, id),
  CONSTRAINT pre_review_district_code_signature_material_id_fkey FOREIGN KEY (district_code, signature_material_id) REFERENCES assessments.material(district_code, id)
);
CREATE INDEX pre_review_application ON assessments.pre_review USING btree (district_code, application_id, id);
ALTER TABLE assessments.pre_review ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments.pre_review FOR ALL TO changhu_app, changhu_report USING ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])))) WITH CHECK ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[]))));
GRANT INSERT, SELECT ON assessments.pre_review TO changhu_app;

-- 质量指标案件 · The cases that the numerator of a kept figure counts, so that whoever is measured can look them up. Append-only.
CREATE TABLE assessments.quality_case (
  district_code text NOT NULL,
  quality_month_id uuid NOT NULL,
  figure text NOT NULL,
  n integer NOT NULL,
  institution_id uuid NOT NULL,
  assessor_account_id uuid,
  assessor_name text,
  subject_type text NOT NULL,
  subject_id uuid NOT NULL,
  number text NOT NULL,
  day_on date NOT NULL,
  params jsonb NOT NULL,
  CONSTRAINT quality_case_pkey PRIMARY KEY (district_code, quality_month_id, figure, n),
  CONSTRAINT quality_case_subject_type_check CHECK ((subject_type = ANY (ARRAY['application'::text, 'complaint'::text]))),
  CONSTRAINT quality_case_district_code_quality_month_id_fkey FOREIGN KEY (district_code, quality_month_id) REFERENCES assessments.quality_month(district_code, id)
);
CREATE INDEX quality_case_list ON assessments.quality_case USING btree (district_code, quality_month_id, figure, institution_id, assessor_account_id, n);
ALTER TABLE assessments.quality_case ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments.quality_case FOR ALL TO changhu_app, changhu_report USING ((starts_with(district_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution)))) WITH CHECK ((starts_with(district_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution))));
GRANT INSERT, SELECT ON assessments.quality_case TO changhu_app;

-- 质量指标 · One figure of a kept month: of an institution, of one of its assessors, or (without an institution) the mean of the institutions, which every institution sees. Append-only.
CREATE TABLE assessments.quality_figure (
  district_code text NOT NULL,
  id uuid NOT NULL,
  quality_month_id uuid NOT NULL,
  figure text NOT NULL,
  institution_id uuid,
  assessor_account_id uuid,
  assessor_name text,
  cases integer NOT NULL,
  numerator numeric NOT NULL,
  denominator numeric NOT NULL,
  value numeric,
  low numeric,
  high numeric,
  points numeric,
  CONSTRAINT quality_figure_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT quality_figure_check CHECK (((institution_id IS NOT NULL) OR (assessor_account_id IS NULL))),
  CONSTRAINT quality_figure_district_code_quality_month_id_fkey FOREIGN KEY (district_code, quality_month_id) REFERENCES assessments.quality_month(district_code, id)
);
CREATE INDEX quality_figure_month ON assessments.quality_figure USING btree (district_code, quality_month_id);
ALTER TABLE assessments.quality_figure ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments.quality_figure FOR ALL TO changhu_app, changhu_report USING ((starts_with(district_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution)) OR ((institution_id IS NULL) AND (( SELECT scope.institution() AS institution) IS NOT NULL)))) WITH CHECK ((starts_with(district_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution)) OR ((institution_id IS NULL) AND (( SELECT scope.institution() AS institution) IS NOT NULL))));
GRANT INSERT, SELECT ON assessments.quality_figure TO changhu_app;

-- 逐项一致性 · For each item of the scale: on how many assessments the assessor's points (x) and those that came of it (y) can be held against each other, and their sums, from which share and weighted kappa follow; of an institution, one of its assessors, or (without an institution) the district. Append-only.
CREATE TABLE assessments.quality_item (
  district_code text NOT NULL,
  quality_month_id uuid NOT NULL,
  n integer NOT NULL,
  institution_id uuid,
  assessor_account_id uuid,
  assessor_name text,
  scale_id text NOT NULL,
  item text NOT NULL,
  cases integer NOT NULL,
  agreed integer NOT NULL,
  sum_x bigint NOT NULL,
  sum_y bigint NOT NULL,
  sum_xx bigint NOT NULL,
  sum_yy bigint NOT NULL,
  sum_dd bigint NOT NULL,
  CONSTRAINT quality_item_pkey PRIMARY KEY (district_code, quality_month_id, n),
  CONSTRAINT quality_item_cases_check CHECK ((cases > 0)),
  CONSTRAINT quality_item_check CHECK (((agreed >= 0) AND (agreed <= cases))),
  CONSTRAINT quality_item_check1 CHECK (((institution_id IS NOT NULL) OR (assessor_account_id IS NULL))),
  CONSTRAINT quality_item_district_code_quality_month_id_fkey FOREIGN KEY (district_code, quality_month_id) REFERENCES assessments.quality_month(district_code, id)
);
CREATE INDEX quality_item_whose ON assessments.quality_item USING btree (district_code, quality_month_id, institution_id, assessor_account_id);
ALTER TABLE assessments.quality_item ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments.quality_item FOR ALL TO changhu_app, changhu_report USING ((starts_with(district_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution)) OR ((institution_id IS NULL) AND (( SELECT scope.institution() AS institution) IS NOT NULL)))) WITH CHECK ((starts_with(district_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution)) OR ((institution_id IS NULL) AND (( SELECT scope.institution() AS institution) IS NOT NULL))));
GRANT INSERT, SELECT ON assessments.quality_item TO changhu_app;

-- 质量月度 · The figures of a closed month as they were known at an instant. What becomes known later makes another version. Append-only.
CREATE TABLE assessments.quality_month (
  district_code text NOT NULL,
  id uuid NOT NULL,
  month date NOT NULL,
  version integer NOT NULL,
  known_at timestamp with time zone NOT NULL,
  kept_by text NOT NULL,
  decision_id uuid NOT NULL,
  CONSTRAINT quality_month_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT quality_month_district_code_month_version_key UNIQUE (district_code, month, version),
  CONSTRAINT quality_month_month_check CHECK ((month = (date_trunc('month'::text, (month)::timestamp with time zone))::date)),
  CONSTRAINT quality_month_version_check CHECK ((version > 0)),
  CONSTRAINT quality_month_district_code_decision_id_fkey FOREIGN KEY (district_code, decision_id) REFERENCES platform.decision(district_code, id)
);
ALTER TABLE assessments.quality_month ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments.quality_month FOR ALL TO changhu_app, changhu_report USING ((starts_with(district_code, ( SELECT scope.area() AS area)) OR (( SELECT scope.institution() AS institution) IS NOT NULL))) WITH CHECK ((starts_with(district_code, ( SELECT scope.area() AS area)) OR (( SELECT scope.institution() AS institution) IS NOT NULL)));
GRANT INSERT, SELECT ON assessments.quality_month TO changhu_app;

-- 恢复前复核 · What the township saw before service resumes, and what follows: resume, assess anew, or end.
CREATE TABLE assessments.recheck (
  district_code text NOT NULL,
  id uuid NOT NULL,
  suspension_id uuid NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  asked_by text NOT NULL,
  opened_on date NOT NULL,
  opened_by text NOT NULL,
  opened_account_id uuid,
  self_care_seen boolean,
  lives_at_address boolean,
  still_in_need boolean,
  statement_read boolean,
  seen_on date,
  result text,
  resumes_on date,
  note text,
  application_id uuid,
  decided_by text,
  decided_account_id uuid,
  decided_at timestamp with time zone,
  CONSTRAINT recheck_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT recheck_check CHECK ((((result IS NULL) = (decided_at IS NULL)) AND ((result IS NULL) = (seen_on IS NULL)))),
  CONSTRAINT recheck_check1 CHECK (((result = 'resume'::text) = (resumes_on IS NOT NULL))),
  CONSTRAINT recheck_check2 CHECK (((result <> 'resume'::text) OR (self_care_seen AND lives_at_address AND still_in_need AND statement_read))),
  CONSTRAINT recheck_result_check CHECK ((result = ANY (ARRAY['resume'::text, 'newAssessment'::text, 'endService'::text]))),
  CONSTRAINT recheck_district_code_application_id_fkey FOREIGN KEY (district_code, application_id) REFERENCES assessments.application(district_code, id),
  CONSTRAINT recheck_district_code_suspension_id_fkey FOREIGN KEY (district_code, suspension_id) REFERENCES assessments.suspension(district_code, id)
);
CREATE INDEX recheck_suspension ON assessments.recheck USING btree (district_code, suspension_id);
CREATE UNIQUE INDEX recheck_one_open ON assessments.recheck USING btree (district_code, suspension_id) WHERE (result IS NULL);
ALTER TABLE assessments.recheck ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments.recheck FOR ALL TO changhu_app, changhu_report USING ((COALESCE(starts_with(township_code, ( SELECT scope.area() AS area)), false) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])))) WITH CHECK ((COALESCE(starts_with(township_code, ( SELECT scope.area() AS area)), false) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[]))));
GRANT INSERT, SELECT, UPDATE ON assessments.recheck TO changhu_app;

-- 到期提醒 · That the family was reminded of the end of a conclusion: once for each number of days before it. Append-only.
CREATE TABLE assessments.reminder (
  district_code text NOT NULL,
  conclusion_id uuid NOT NULL,
  threshold_days smallint NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  last_day_on date NOT NULL,
  reminded_on date NOT NULL,
  phone text,
  reminded_at timestamp with time zone NOT NULL,
  CONSTRAINT reminder_pkey PRIMARY KEY (district_code, conclusion_id, threshold_days),
  CONSTRAINT reminder_threshold_days_check CHECK ((threshold_days > 0)),
  CONSTRAINT reminder_district_code_conclusion_id_fkey FOREIGN KEY (district_code, conclusion_id) REFERENCES assessments.conclusion(district_code, id)
);
ALTER TABLE assessments.reminder ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments.reminder FOR ALL TO changhu_app, changhu_report USING ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])))) WITH CHECK ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[]))));
GRANT INSERT, SELECT ON assessments.reminder TO changhu_app;

-- 量表试算 · Who tried which edition on which past assessments, and what it showed. district_code is the area tried: a district, or the four digits of the city. Append-only.
CREATE TABLE assessments.scale_trial (
  district_code text NOT NULL,
  id uuid NOT NULL,
  scale_id text NOT NULL,
  label_zh text NOT NULL,
  label_en text NOT NULL,
  status text NOT NULL,
  file_name text,
  edition jsonb NOT NULL,
  from_on date,
  to_on date,
  min_grade smallint,
  assessments integer NOT NULL,
  not_comparable integer NOT NULL,
  changed integer NOT NULL,
  gains integer NOT NULL,
  loses integer NOT NULL,
  vectors integer NOT NULL,
  cells jsonb NOT NULL,
  account_id uuid,
  tried_by text NOT NULL,
  tried_at timestamp with time zone NOT NULL,
  CONSTRAINT scale_trial_pkey PRIMARY KEY (district_code, id)
);
ALTER TABLE assessments.scale_trial ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments.scale_trial FOR ALL TO changhu_app, changhu_report USING (starts_with(district_code, ( SELECT scope.area() AS area))) WITH CHECK (starts_with(district_code, ( SELECT scope.area() AS area)));
GRANT INSERT, SELECT ON assessments.scale_trial TO changhu_app;

-- 试算中等级会变的评估 · Assessments whose grade the tried edition would change. Append-only; the assessment itself is untouched.
CREATE TABLE assessments.scale_trial_change (
  district_code text NOT NULL,
  trial_id uuid NOT NULL,
  assessment_id uuid NOT NULL,
  township_code text NOT NULL,
  grade_before smallint NOT NULL,
  grade_after smallint NOT NULL,
  CONSTRAINT scale_trial_change_pkey PRIMARY KEY (district_code, trial_id, assessment_id),
  CONSTRAINT scale_trial_change_check CHECK ((grade_before <> grade_after)),
  CONSTRAINT scale_trial_change_district_code_assessment_id_fkey FOREIGN KEY (district_code, assessment_id) REFERENCES assessments.assessment(district_code, id)
);
ALTER TABLE assessments.scale_trial_change ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments.scale_trial_change FOR ALL TO changhu_app, changhu_report USING (starts_with(township_code, ( SELECT scope.area() AS area))) WITH CHECK (starts_with(township_code, ( SELECT scope.area() AS area)));
GRANT INSERT, SELECT ON assessments.scale_trial_change TO changhu_app;

-- 自评表 · What the applicant says of the six daily activities; a hint that decides nothing. The latest counts. Append-only.
CREATE TABLE assessments.self_assessment (
  district_code text NOT NULL,
  id uuid NOT NULL,
  application_id uuid NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  edition text NOT NULL,
  answers jsonb NOT NULL,
  class text NOT NULL,
  decision_id uuid NOT NULL,
  filled_by text NOT NULL,
  on_paper boolean NOT NULL,
  account_id uuid,
  actor_name text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  CONSTRAINT self_assessment_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT self_assessment_district_code_application_id_fkey FOREIGN KEY (district_code, application_id) REFERENCES assessments.application(district_code, id)
);
CREATE INDEX self_assessment_application ON assessments.self_assessment USING btree (district_code, application_id, id);
ALTER TABLE assessments.self_assessment ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments.self_assessment FOR ALL TO changhu_app, changhu_report USING ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])) OR (EXISTS ( SELECT 1
   FROM assessments.application a
  WHERE ((a.district_code = self_assessment.district_code) AND (a.id = self_assessment.application_id) AND (a.assessment_institution_id = ( SELECT scope.institution() AS institution))))))) WITH CHECK ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])) OR (EXISTS ( SELECT 1
   FROM assessments.application a
  WHERE ((a.district_code = self_assessment.district_code) AND (a.id = self_assessment.application_id) AND (a.assessment_institution_id = ( SELECT scope.institution() AS institution)))))));
GRANT INSERT, SELECT ON assessments.self_assessment TO changhu_app;

-- 现场佐证 · Photographs of a visit; the bytes lie in the vault under their hash. Append-only.
CREATE TABLE assessments.site_evidence (
  district_code text NOT NULL,
  id uuid NOT NULL,
  site_visit_id uuid NOT NULL,
  township_code text NOT NULL,
  assessment_institution_id uuid NOT NULL,
  subject text NOT NULL,
  item text,
  sha256 text NOT NULL,
  size_bytes integer NOT NULL,
  media_type text NOT NULL,
  taken_at timestamp with time zone NOT NULL,
  received_at timestamp with time zone NOT NULL,
  CONSTRAINT site_evidence_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT site_evidence_check CHECK (((subject = 'item'::text) = (item IS NOT NULL))),
  CONSTRAINT site_evidence_media_type_check CHECK ((media_type = ANY (ARRAY['image/jpeg'::text, 'image/png'::text, 'image/webp'::text]))),
  CONSTRAINT site_evidence_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
  CONSTRAINT site_evidence_size_bytes_check CHECK ((size_bytes > 0)),
  CONSTRAINT site_evidence_subject_check CHECK ((subject = ANY (ARRAY['item'::text, 'applicantIdentity'::text, 'guardianIdentity'::text, 'surroundings'::text, 'companionSignature'::text, 'guardianSignature'::text, 'other'::text]))),
  CONSTRAINT site_evidence_district_code_site_visit_id_fkey FOREIGN KEY (district_code, site_visit_id) REFERENCES assessments.site_visit(district_code, id)
);
CREATE INDEX site_evidence_visit ON assessments.site_evidence USING btree (district_code, site_visit_id);
ALTER TABLE assessments.site_evidence ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments.site_evidence FOR ALL TO changhu_app, changhu_report USING ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (assessment_institution_id = ( SELECT scope.institution() AS institution)))) WITH CHECK ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (assessment_institution_id = ( SELECT scope.institution() AS institution))));
GRANT INSERT, SELECT ON assessments.site_evidence TO changhu_app;

-- 录像清单 · What the phone told of a finished rendition, and the seal once every piece had arrived.
CREATE TABLE assessments.site_video (
  district_code text NOT NULL,
  site_visit_id uuid NOT NULL,
  rendition text NOT NULL,
  township_code text NOT NULL,
  assessment_institution_id uuid NOT NULL,
  media_type text NOT NULL,
  pieces integer NOT NULL,
  duration_ms integer NOT NULL,
  takes integer[] NOT NULL,
  told_at timestamp with time zone NOT NULL,
  sealed_at timestamp with time zone,
  seal_sha256 text,
  CONSTRAINT site_video_pkey PRIMARY KEY (district_code, site_visit_id, rendition),
  CONSTRAINT site_video_check CHECK (((sealed_at IS NULL) = (seal_sha256 IS NULL))),
  CONSTRAINT site_video_duration_ms_check CHECK ((duration_ms > 0)),
  CONSTRAINT site_video_media_type_check CHECK ((media_type = ANY (ARRAY['video/webm'::text, 'video/mp4'::text]))),
  CONSTRAINT site_video_pieces_check CHECK ((pieces > 0)),
  CONSTRAINT site_video_rendition_check CHECK ((rendition = ANY (ARRAY['low'::text, 'full'::text]))),
  CONSTRAINT site_video_seal_sha256_check CHECK ((seal_sha256 ~ '^[0-9a-f]{64}$'::text)),
  CONSTRAINT site_video_takes_check CHECK ((takes[1] = 0)),
  CONSTRAINT site_video_district_code_site_visit_id_fkey FOREIGN KEY (district_code, site_visit_id) REFERENCES assessments.site_visit(district_code, id)
);
ALTER TABLE assessments.site_video ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments.site_video FOR ALL TO changhu_app, changhu_report USING ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (assessment_institution_id = ( SELECT scope.institution() AS institution)))) WITH CHECK ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (assessment_institution_id = ( SELECT scope.institution() AS institution))));
GRANT INSERT, SELECT, UPDATE ON assessments.site_video TO changhu_app;

-- 录像分段 · Numbered pieces of a video; the bytes lie in the vault under their hash. Append-only.
CREATE TABLE assessments.site_video_piece (
  district_code text NOT NULL,
  site_visit_id uuid NOT NULL,
  rendition text NOT NULL,
  piece integer NOT NULL,
  township_code text NOT NULL,
  assessment_institution_id uuid NOT NULL,
  sha256 text NOT NULL,
  size_bytes integer NOT NULL,
  media_type text,
  received_at timestamp with time zone NOT NULL,
  CONSTRAINT site_video_piece_pkey PRIMARY KEY (district_code, site_visit_id, rendition, piece),
  CONSTRAINT site_video_piece_piece_check CHECK (((piece >= 0) AND (piece <= 9999))),
  CONSTRAINT site_video_piece_rendition_check CHECK ((rendition = ANY (ARRAY['low'::text, 'full'::text]))),
  CONSTRAINT site_video_piece_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
  CONSTRAINT site_video_piece_size_bytes_check CHECK ((size_bytes > 0)),
  CONSTRAINT site_video_piece_district_code_site_visit_id_fkey FOREIGN KEY (district_code, site_visit_id) REFERENCES assessments.site_visit(district_code, id)
);
ALTER TABLE assessments.site_video_piece ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments.site_video_piece FOR ALL TO changhu_app, changhu_report USING ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (assessment_institution_id = ( SELECT scope.institution() AS institution)))) WITH CHECK ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (assessment_institution_id = ( SELECT scope.institution() AS institution))));
GRANT INSERT, SELECT ON assessments.site_video_piece TO changhu_app;

-- 上门记录 · A visit on site: made on the phone under an id of its own, brought in revisions, handed in once. Holds the revision that stands.
CREATE TABLE assessments.site_visit (
  district_code text NOT NULL,
  id uuid NOT NULL,
  application_id uuid NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  assessment_institution_id uuid NOT NULL,
  account_id uuid NOT NULL,
  assessor_name text NOT NULL,
  device_id text NOT NULL,
  clock_offset_ms bigint NOT NULL,
  revision integer NOT NULL,
  content_sha256 text NOT NULL,
  identity_matches boolean,
  distance_m integer,
  state text NOT NULL,
  began_at timestamp with time zone NOT NULL,
  received_at timestamp with time zone NOT NULL,
  submitted_at timestamp with time zone,
  arrived_at timestamp with time zone,
  left_at timestamp with time zone,
  companion_ids uuid[] NOT NULL DEFAULT '{}'::uuid[],
  contradictions jsonb,
  assessment_id uuid,
  CONSTRAINT site_visit_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT site_visit_check CHECK ((((state = 'submitted'::text) = (submitted_at IS NOT NULL)) AND ((state = 'submitted'::text) = (assessment_id IS NOT NULL)))),
  CONSTRAINT site_visit_check1 CHECK (((state = 'open'::text) OR ((arrived_at IS NOT NULL) AND (left_at > arrived_at) AND (contradictions IS NOT NULL)))),
  CONSTRAINT site_visit_distance_m_check CHECK ((distance_m >= 0)),
  CONSTRAINT site_visit_revision_check CHECK ((revision > 0)),
  CONSTRAINT site_visit_state_check CHECK ((state = ANY (ARRAY['open'::text, 'submitted'::text]))),
  CONSTRAINT site_visit_district_code_application_id_fkey FOREIGN KEY (district_code, application_id) REFERENCES assessments.application(district_code, id),
  CONSTRAINT site_visit_district_code_person_id_fkey FOREIGN KEY (district_code, person_id) REFERENCES people.person(district_code, id)
);
CREATE INDEX site_visit_application ON assessments.site_visit USING btree (district_code, application_id);
CREATE UNIQUE INDEX site_visit_assessment ON assessments.site_visit USING btree (district_code, assessment_id) WHERE (assessment_id IS NOT NULL);
ALTER TABLE assessments.site_visit ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments.site_visit FOR ALL TO changhu_app, changhu_report USING ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (assessment_institution_id = ( SELECT scope.institution() AS institution)))) WITH CHECK ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (assessment_institution_id = ( SELECT scope.institution() AS institution))));
GRANT INSERT, SELECT, UPDATE ON assessments.site_visit TO changhu_app;

-- 上门记录版本 · Every revision that arrived, as the phone wrote it. Append-only.
CREATE TABLE assessments.site_visit_revision (
  district_code text NOT NULL,
  site_visit_id uuid NOT NULL,
  revision integer NOT NULL,
  township_code text NOT NULL,
  assessment_institution_id uuid NOT NULL,
  content_sha256 text NOT NULL,
  content jsonb NOT NULL,
  received_at timestamp with time zone NOT NULL,
  CONSTRAINT site_visit_revision_pkey PRIMARY KEY (district_code, site_visit_id, revision),
  CONSTRAINT site_visit_revision_district_code_site_visit_id_fkey FOREIGN KEY (district_code, site_visit_id) REFERENCES assessments.site_visit(district_code, id)
);
ALTER TABLE assessments.site_visit_revision ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments.site_visit_revision FOR ALL TO changhu_app, changhu_report USING ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (assessment_institution_id = ( SELECT scope.institution() AS institution)))) WITH CHECK ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (assessment_institution_id = ( SELECT scope.institution() AS institution))));
GRANT INSERT, SELECT ON assessments.site_visit_revision TO changhu_app;

-- 特殊情况确认 · The district lets a person apply for a status assessment without an acute stay, together with a department or township. Good for one application. Append-only.
CREATE TABLE assessments.status_decision (
  district_code text NOT NULL,
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  decided_on date NOT NULL,
  together_with text NOT NULL,
  note text NOT NULL,
  account_id uuid,
  decider_name text NOT NULL,
  decided_at timestamp with time zone NOT NULL,
  CONSTRAINT status_decision_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT status_decision_district_code_person_id_fkey FOREIGN KEY (district_code, person_id) REFERENCES people.person(district_code, id)
);
CREATE INDEX status_decision_person ON assessments.status_decision USING btree (district_code, person_id, decided_on);
ALTER TABLE assessments.status_decision ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments.status_decision FOR ALL TO changhu_app, changhu_report USING ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])))) WITH CHECK ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[]))));
GRANT INSERT, SELECT ON assessments.status_decision TO changhu_app;

-- 撤销特殊情况确认 · A district decision on a special case taken back, by whom and why; only while no application rests on it. Append-only.
CREATE TABLE assessments.status_revocation (
  district_code text NOT NULL,
  status_decision_id uuid NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  reason text NOT NULL,
  account_id uuid,
  revoker_name text NOT NULL,
  revoked_on date NOT NULL,
  revoked_at timestamp with time zone NOT NULL,
  CONSTRAINT status_revocation_pkey PRIMARY KEY (district_code, status_decision_id),
  CONSTRAINT status_revocation_district_code_person_id_fkey FOREIGN KEY (district_code, person_id) REFERENCES people.person(district_code, id),
  CONSTRAINT status_revocation_district_code_status_decision_id_fkey FOREIGN KEY (district_code, status_decision_id) REFERENCES assessments.status_decision(district_code, id)
);
ALTER TABLE assessments.status_revocation ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments.status_revocation FOR ALL TO changhu_app, changhu_report USING ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])))) WITH CHECK ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[]))));
GRANT INSERT, SELECT ON assessments.status_revocation TO changhu_app;

-- 暂停 · Days without benefit: from when, why, until which last day. Only a passed re-check lifts one; never two at once for one person.
CREATE TABLE assessments.suspension (
  district_code text NOT NULL,
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  reason text NOT NULL,
  from_on date NOT NULL,
  to_on date,
  state text NOT NULL DEFAULT 'paused'::text,
  note text NOT NULL,
  account_id uuid,
  actor_name text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  search text NOT NULL DEFAULT ''::text,
  person_number text NOT NULL DEFAULT ''::text,
  CONSTRAINT suspension_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT suspension_district_code_person_id_daterange_excl EXCLUDE USING gist (district_code WITH =, person_id WITH =, daterange(from_on, to_on, '[]'::text) WITH &&),
  CONSTRAINT suspension_check CHECK (((to_on IS NULL) OR (to_on >= from_on))),
  CONSTRAINT suspension_check1 CHECK (((state = 'lifted'::text) = (to_on IS NOT NULL))),
  CONSTRAINT suspension_reason_check CHECK ((reason = ANY (ARRAY['admission'::text, 'absent'::text, 'ownWish'::text, 'agencyDecision'::text]))),
  CONSTRAINT suspension_state_check CHECK ((state = ANY (ARRAY['paused'::text, 'lifted'::text, 'serviceEnded'::text]))),
  CONSTRAINT suspension_district_code_person_id_fkey FOREIGN KEY (district_code, person_id) REFERENCES people.person(district_code, id)
);
CREATE INDEX suspension_open ON assessments.suspension USING btree (district_code, state, from_on);
ALTER TABLE assessments.suspension ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments.suspension FOR ALL TO changhu_app, changhu_report USING ((COALESCE(starts_with(township_code, ( SELECT scope.area() AS area)), false) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])) OR (EXISTS ( SELECT 1
   FROM people.tie t
  WHERE ((t.district_code = suspension.district_code) AND (t.person_id = suspension.person_id) AND (t.institution_id = ( SELECT scope.institution() AS institution))))))) WITH CHECK ((COALESCE(starts_with(township_code, ( SELECT scope.area() AS area)), false) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])) OR (EXISTS ( SELECT 1
   FROM people.tie t
  WHERE ((t.district_code = suspension.district_code) AND (t.person_id = suspension.person_id) AND (t.institution_id = ( SELECT scope.institution() AS institution)))))));
GRANT INSERT, SELECT, UPDATE ON assessments.suspension TO changhu_app;

-- ==== claims: 结算 · Month closes, claim lines, findings, statements, reviews.

CREATE SCHEMA claims;

CREATE OR REPLACE FUNCTION claims.closed_with(district text, of_month date)
 RETURNS TABLE(closed_at timestamp with time zone, city text, rule_base_id text, policy jsonb)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'claims', 'pg_temp'
AS $function$
  SELECT m.closed_at, m.city, m.rule_base_id, m.policy FROM month_close m WHERE m.district_code = district AND m.month = of_month
$function$;

CREATE OR REPLACE FUNCTION claims.distance_m(from_lng double precision, from_lat double precision, to_lng double precision, to_lat double precision)
 RETURNS double precision
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  SELECT CASE WHEN from_lng + from_lat + to_lng + to_lat IS NOT NULL THEN 2 * 6371008.8 * asin(least(1, sqrt(
    power(sin(radians(to_lat - from_lat) / 2), 2) + cos(radians(from_lat)) * cos(radians(to_lat)) * power(sin(radians(to_lng - from_lng) / 2), 2)))) END
$function$;

-- 疑点 · What an audit rule found on a line, with the parameters of its sentence. Append-only.
CREATE TABLE claims.finding (
  district_code text NOT NULL,
  month date NOT NULL,
  id uuid NOT NULL,
  rule text NOT NULL,
  effect text NOT NULL,
  line_id uuid NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  institution_id uuid NOT NULL,
  service_on date NOT NULL,
  source_ref text NOT NULL,
  params jsonb NOT NULL,
  CONSTRAINT finding_pkey PRIMARY KEY (district_code, month, id),
  CONSTRAINT finding_effect_check CHECK ((effect = ANY (ARRAY['refuse'::text, 'cut'::text]))),
  CONSTRAINT finding_district_code_month_line_id_fkey FOREIGN KEY (district_code, month, line_id) REFERENCES claims.line(district_code, month, id)
) PARTITION BY RANGE (month);
CREATE INDEX finding_line ON ONLY claims.finding USING btree (district_code, month, line_id);
CREATE INDEX finding_list ON ONLY claims.finding USING btree (district_code, month, rule, service_on, id);
ALTER TABLE claims.finding ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON claims.finding FOR ALL TO changhu_app, changhu_report USING ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])))) WITH CHECK ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[]))));
GRANT INSERT, SELECT ON claims.finding TO changhu_app;

-- 结算明细 · One priced visit or care day: billed = fund + person + refused, to the fen. reasons holds codes with parameters, from which the sentences are rebuilt. Append-only.
CREATE TABLE claims.line (
  district_code text NOT NULL,
  month date NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  visit_id uuid,
  service_on date NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  institution_id uuid NOT NULL,
  worker_id uuid,
  worker_class text,
  plan_id uuid,
  mode text NOT NULL,
  item_code text,
  grade smallint,
  minutes integer,
  paid_minutes integer,
  price_fen bigint NOT NULL,
  fund_ratio_bp integer NOT NULL,
  billed_fen bigint NOT NULL,
  fund_fen bigint NOT NULL,
  person_fen bigint NOT NULL,
  refused_fen bigint NOT NULL,
  outcome text NOT NULL,
  reasons jsonb NOT NULL,
  statement_id uuid NOT NULL,
  source_ref text,
  CONSTRAINT line_pkey PRIMARY KEY (district_code, month, id),
  CONSTRAINT line_billed_fen_check CHECK ((billed_fen >= 0)),
  CONSTRAINT line_check CHECK ((billed_fen = ((fund_fen + person_fen) + refused_fen))),
  CONSTRAINT line_fund_fen_check CHECK ((fund_fen >= 0)),
  CONSTRAINT line_fund_ratio_bp_check CHECK (((fund_ratio_bp >= 0) AND (fund_ratio_bp <= 10000))),
  CONSTRAINT line_kind_check CHECK ((kind = ANY (ARRAY['visit'::text, 'day'::text]))),
  CONSTRAINT line_outcome_check CHECK ((outcome = ANY (ARRAY['paid'::text, 'cut'::text, 'refused'::text]))),
  CONSTRAINT line_person_fen_check CHECK ((person_fen >= 0)),
  CONSTRAINT line_refused_fen_check CHECK ((refused_fen >= 0))
) PARTITION BY RANGE (month);
CREATE INDEX line_id ON ONLY claims.line USING btree (id);
CREATE INDEX line_person ON ONLY claims.line USING btree (district_code, person_id, service_on);
CREATE INDEX line_statement ON ONLY claims.line USING btree (district_code, statement_id, service_on, id);
ALTER TABLE claims.line ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON claims.line FOR ALL TO changhu_app, changhu_report USING ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])))) WITH CHECK ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[]))));
GRANT INSERT, SELECT ON claims.line TO changhu_app;

-- 月结 · A district's closed month: totals, the policy figures it was closed with and their stamp. One per district and month.
CREATE TABLE claims.month_close (
  district_code text NOT NULL,
  month date NOT NULL,
  id uuid NOT NULL,
  closed_at timestamp with time zone NOT NULL,
  closed_by text NOT NULL,
  account_id uuid,
  visits integer NOT NULL,
  lines integer NOT NULL,
  findings integer NOT NULL,
  billed_fen bigint NOT NULL,
  fund_fen bigint NOT NULL,
  person_fen bigint NOT NULL,
  refused_fen bigint NOT NULL,
  city text NOT NULL,
  rule_base_id text NOT NULL,
  stamp jsonb NOT NULL,
  policy jsonb NOT NULL,
  CONSTRAINT month_close_pkey PRIMARY KEY (district_code, month),
  CONSTRAINT month_close_check CHECK ((billed_fen = ((fund_fen + person_fen) + refused_fen))),
  CONSTRAINT month_close_month_check CHECK ((month = (date_trunc('month'::text, (month)::timestamp with time zone))::date))
);
ALTER TABLE claims.month_close ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON claims.month_close FOR ALL TO changhu_app, changhu_report USING (starts_with(district_code, ( SELECT scope.area() AS area))) WITH CHECK (starts_with(district_code, ( SELECT scope.area() AS area)));
GRANT INSERT, SELECT ON claims.month_close TO changhu_app;

-- 复核 · Each act on a statement: who, when, with which note. Append-only.
CREATE TABLE claims.review (
  district_code text NOT NULL,
  id uuid NOT NULL,
  statement_id uuid NOT NULL,
  institution_id uuid NOT NULL,
  step text NOT NULL,
  account_id uuid NOT NULL,
  reviewer_name text NOT NULL,
  note text,
  reviewed_at timestamp with time zone NOT NULL,
  CONSTRAINT review_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT review_step_check CHECK ((step = ANY (ARRAY['first'::text, 'second'::text, 'return'::text, 'pay'::text]))),
  CONSTRAINT review_district_code_statement_id_fkey FOREIGN KEY (district_code, statement_id) REFERENCES claims.statement(district_code, id)
);
CREATE INDEX review_statement ON claims.review USING btree (district_code, statement_id, reviewed_at);
ALTER TABLE claims.review ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON claims.review FOR ALL TO changhu_app, changhu_report USING ((starts_with(district_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution)))) WITH CHECK ((starts_with(district_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution))));
GRANT INSERT, SELECT ON claims.review TO changhu_app;

-- 结算单 · One statement per institution and month: drafted by the close, first and second review by different people, approved, paid.
CREATE TABLE claims.statement (
  district_code text NOT NULL,
  id uuid NOT NULL,
  month date NOT NULL,
  number text NOT NULL,
  institution_id uuid NOT NULL,
  lines integer NOT NULL,
  persons integer NOT NULL,
  billed_fen bigint NOT NULL,
  fund_fen bigint NOT NULL,
  person_fen bigint NOT NULL,
  refused_fen bigint NOT NULL,
  state text NOT NULL,
  state_since timestamp with time zone NOT NULL,
  pending_posting_id uuid,
  paid_posting_id uuid,
  CONSTRAINT statement_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT statement_district_code_month_institution_id_key UNIQUE (district_code, month, institution_id),
  CONSTRAINT statement_district_code_number_key UNIQUE (district_code, number),
  CONSTRAINT statement_check CHECK ((billed_fen = ((fund_fen + person_fen) + refused_fen))),
  CONSTRAINT statement_state_check CHECK ((state = ANY (ARRAY['drafted'::text, 'firstReviewed'::text, 'approved'::text, 'paid'::text]))),
  CONSTRAINT statement_district_code_month_fkey FOREIGN KEY (district_code, month) REFERENCES claims.month_close(district_code, month),
  CONSTRAINT statement_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES providers.institution(id)
);
CREATE INDEX statement_institution ON claims.statement USING btree (institution_id, month);
CREATE INDEX statement_queue ON claims.statement USING btree (district_code, state, month, id);
ALTER TABLE claims.statement ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON claims.statement FOR ALL TO changhu_app, changhu_report USING ((starts_with(district_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution)))) WITH CHECK ((starts_with(district_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution))));
GRANT INSERT, SELECT, UPDATE ON claims.statement TO changhu_app;

-- ==== identity: 账号 · Who signs in, in which role, with which scope.

CREATE SCHEMA identity;

CREATE OR REPLACE FUNCTION identity.demand_one_side()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'identity', 'pg_temp'
AS $function$
DECLARE
  own text := (SELECT identity.side_of(r.desk) FROM identity.role r WHERE r.code = NEW.role_code);
  place text := (SELECT i.side FROM providers.institution i WHERE i.id = NEW.institution_id);
  employer uuid := (SELECT w.institution_id FROM workers.worker w WHERE w.id = NEW.worker_id);
BEGIN
  IF own = 'administration' AND NEW.institution_id IS NOT NULL THEN
    RAISE EXCEPTION 'an account of administration belongs to no institution (role %)', NEW.role_code USING ERRCODE = 'check_violation', CONSTRAINT = 'account_one_side';
  END IF;
  IF place IS NOT NULL AND place IS DISTINCT FROM own THEN
    RAISE EXCEPTION 'an account of the role % cannot sit in an institution of %', NEW.role_code, place USING ERRCODE = 'check_violation', CONSTRAINT = 'account_one_side';
  END IF;
  IF employer IS NOT NULL AND employer IS DISTINCT FROM NEW.institution_id THEN
    RAISE EXCEPTION 'the worker of an account works for the institution of that account' USING ERRCODE = 'check_violation', CONSTRAINT = 'account_one_side';
  END IF;
  RETURN NEW;
END $function$;

CREATE OR REPLACE FUNCTION identity.institution_name(wanted uuid)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$ SELECT i.name FROM providers.institution i WHERE i.id = wanted $function$;

CREATE OR REPLACE FUNCTION identity.side_of(desk text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$ SELECT CASE WHEN desk = 'assessor' THEN 'assessment' WHEN desk = 'institution' THEN 'care' WHEN desk IN ('agency', 'bureau') THEN 'administration' END $function$;

-- 账号 · One person's account: role, scope (area or institution), password as argon2id. No password until the owner of the one-time link sets one.
CREATE TABLE identity.account (
  id uuid NOT NULL,
  sign_in_name text NOT NULL,
  display_name text NOT NULL,
  role_code text NOT NULL,
  password_hash text,
  area text,
  institution_id uuid,
  worker_id uuid,
  demo boolean NOT NULL DEFAULT false,
  activation_sha256 text,
  activation_until timestamp with time zone,
  disabled_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT account_pkey PRIMARY KEY (id),
  CONSTRAINT account_sign_in_name_key UNIQUE (sign_in_name),
  CONSTRAINT account_role_code_fkey FOREIGN KEY (role_code) REFERENCES identity.role(code)
);
CREATE TRIGGER one_side BEFORE INSERT OR UPDATE OF role_code, institution_id, worker_id ON identity.account FOR EACH ROW EXECUTE FUNCTION identity.demand_one_side();

-- 亲属账号 · Persons for whom a family account stands.
CREATE TABLE identity.account_person (
  account_id uuid NOT NULL,
  district_code text NOT NULL,
  person_id uuid NOT NULL,
  CONSTRAINT account_person_pkey PRIMARY KEY (account_id, person_id),
  CONSTRAINT account_person_account_id_fkey FOREIGN KEY (account_id) REFERENCES identity.account(id)
);

-- 登录失败 · Wrong passwords in a row for a name that somebody typed in, known or not, and until when the name is locked. The name as SHA-256: people type passwords into the wrong field.
CREATE TABLE identity.attempt (
  name_sha256 text NOT NULL,
  failures integer NOT NULL,
  locked_until timestamp with time zone,
  at timestamp with time zone NOT NULL,
  CONSTRAINT attempt_pkey PRIMARY KEY (name_sha256),
  CONSTRAINT attempt_name_sha256_check CHECK ((name_sha256 ~ '^[0-9a-f]{64}$'::text))
);
CREATE INDEX attempt_at ON identity.attempt USING btree (at);

-- 角色 · Roles as data: the permissions a role holds; written from domain/roles.yaml at every migration.
CREATE TABLE identity.role (
  code text NOT NULL,
  name_zh text NOT NULL,
  name_en text NOT NULL,
  desk text NOT NULL,
  permissions text[] NOT NULL,
  CONSTRAINT role_pkey PRIMARY KEY (code),
  CONSTRAINT role_care_apart CHECK ((NOT ((identity.side_of(desk) = 'care'::text) AND (permissions && ARRAY['assessments.accept'::text, 'assessments.dispatch'::text, 'assessments.check'::text, 'assessments.publish'::text, 'assessments.conclude'::text, 'claims.close'::text, 'claims.firstReview'::text, 'claims.secondReview'::text, 'claims.pay'::text])))),
  CONSTRAINT role_one_side CHECK ((NOT ((permissions && ARRAY['assessments.assess'::text, 'assessments.confirm'::text, 'assessments.takeOrder'::text]) AND ((identity.side_of(desk) <> 'assessment'::text) OR (permissions && ARRAY['assessments.accept'::text, 'assessments.dispatch'::text, 'assessments.check'::text, 'assessments.publish'::text, 'assessments.conclude'::text, 'assessments.registerAssessor'::text, 'plans.propose'::text, 'plans.confirm'::text, 'visits.import'::text, 'claims.close'::text, 'claims.firstReview'::text, 'claims.secondReview'::text, 'claims.pay'::text])))))
);

-- 密钥 · Secrets made at the first start (session signing); the app role cannot read them.
CREATE TABLE identity.secret (
  name text NOT NULL,
  value text NOT NULL,
  made_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT secret_pkey PRIMARY KEY (name)
);

-- 会话 · Signed-in sessions; only a hash of the session id is stored.
CREATE TABLE identity.session (
  id_sha256 text NOT NULL,
  account_id uuid,
  data jsonb NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  CONSTRAINT session_pkey PRIMARY KEY (id_sha256),
  CONSTRAINT session_account_id_fkey FOREIGN KEY (account_id) REFERENCES identity.account(id)
);
CREATE INDEX session_expires ON identity.session USING btree (expires_at);

-- ==== ledger: 基金账 · Books per district: accounts, postings, entries.

CREATE SCHEMA ledger;

CREATE OR REPLACE FUNCTION ledger.check_balanced()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'ledger', 'pg_temp'
AS $function$
DECLARE
  sums record;
  posting_of uuid := CASE TG_TABLE_NAME WHEN 'entry' THEN (to_jsonb(NEW) ->> 'posting_id')::uuid ELSE (to_jsonb(NEW) ->> 'id')::uuid END;
BEGIN
  SELECT p.number, p.amount_fen, p.entries, p.kind, count(e.seq) AS entries_found, coalesce(sum(e.debit_fen), 0) AS debit, coalesce(sum(e.credit_fen), 0) AS credit INTO sums
  FROM ledger.posting p LEFT JOIN ledger.entry e ON e.district_code = p.district_code AND e.posting_id = p.id
  WHERE p.district_code = NEW.district_code AND p.id = posting_of
  GROUP BY p.number, p.amount_fen, p.entries, p.kind;
  IF sums.kind = 'void' AND sums.entries_found = 0 THEN RETURN NULL; END IF;
  IF sums.entries_found IS DISTINCT FROM sums.entries::bigint OR sums.entries < 2 OR sums.debit <> sums.credit OR sums.debit <> sums.amount_fen THEN
    RAISE EXCEPTION 'posting % does not balance: % entries of %, debit % and credit % of % fen', sums.number, sums.entries_found, sums.entries, sums.debit, sums.credit, sums.amount_fen
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $function$;

-- 会计科目 · The accounts of a district's book, opened from the chart (an edition) at the first use.
CREATE TABLE ledger.account (
  district_code text NOT NULL,
  code text NOT NULL,
  zh text NOT NULL,
  en text NOT NULL,
  kind text NOT NULL,
  normal text NOT NULL,
  parent text,
  edition_id text NOT NULL,
  opened_at timestamp with time zone NOT NULL,
  CONSTRAINT account_pkey PRIMARY KEY (district_code, code),
  CONSTRAINT account_check CHECK (((kind = ANY (ARRAY['asset'::text, 'expense'::text])) = (normal = 'debit'::text))),
  CONSTRAINT account_code_check CHECK ((code ~ '^[0-9]{4}([0-9]{2})?$'::text)),
  CONSTRAINT account_district_code_check CHECK ((district_code ~ '^[0-9]{6}$'::text)),
  CONSTRAINT account_kind_check CHECK ((kind = ANY (ARRAY['asset'::text, 'liability'::text, 'net'::text, 'income'::text, 'expense'::text]))),
  CONSTRAINT account_normal_check CHECK ((normal = ANY (ARRAY['debit'::text, 'credit'::text])))
);
ALTER TABLE ledger.account ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON ledger.account FOR ALL TO changhu_app, changhu_report USING (starts_with(district_code, ( SELECT scope.area() AS area))) WITH CHECK (starts_with(district_code, ( SELECT scope.area() AS area)));
GRANT INSERT, SELECT ON ledger.account TO changhu_app;

-- 分录 · Debit or credit of one account, in fen. booked and effective_on repeat the posting's (a key holds them equal), so that one index serves the balance on any date. Append-only.
CREATE TABLE ledger.entry (
  district_code text NOT NULL,
  posting_id uuid NOT NULL,
  seq integer NOT NULL,
  account_code text NOT NULL,
  debit_fen bigint NOT NULL,
  credit_fen bigint NOT NULL,
  booked boolean NOT NULL,
  effective_on date NOT NULL,
  CONSTRAINT entry_pkey PRIMARY KEY (district_code, posting_id, seq),
  CONSTRAINT entry_check CHECK (((debit_fen > 0) <> (credit_fen > 0))),
  CONSTRAINT entry_credit_fen_check CHECK ((credit_fen >= 0)),
  CONSTRAINT entry_debit_fen_check CHECK ((debit_fen >= 0)),
  CONSTRAINT entry_seq_check CHECK ((seq >= 1)),
  CONSTRAINT entry_district_code_account_code_fkey FOREIGN KEY (district_code, account_code) REFERENCES ledger.account(district_code, code),
  CONSTRAINT entry_district_code_posting_id_booked_effective_on_fkey FOREIGN KEY (district_code, posting_id, booked, effective_on) REFERENCES ledger.posting(district_code, id, booked, effective_on)
);
CREATE INDEX entry_balance ON ledger.entry USING btree (district_code, account_code, effective_on) INCLUDE (debit_fen, credit_fen) WHERE booked;
CREATE INDEX entry_pending ON ledger.entry USING btree (district_code, effective_on, posting_id) WHERE (NOT booked);
CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON ledger.entry DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger.check_balanced();
ALTER TABLE ledger.entry ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON ledger.entry FOR ALL TO changhu_app, changhu_report USING (starts_with(district_code, ( SELECT scope.area() AS area))) WITH CHECK (starts_with(district_code, ( SELECT scope.area() AS area)));
GRANT INSERT, SELECT ON ledger.entry TO changhu_app;

-- 记账凭证 · Immutable postings. A pending one reserves; a settlement turns it into money or a void gives it up; a reversal takes a posted one back. Each is referred to at most once. effective_on is the day it counts, booked_at when it was written. Append-only.
CREATE TABLE ledger.posting (
  district_code text NOT NULL,
  id uuid NOT NULL,
  number text NOT NULL,
  key text NOT NULL,
  body_sha256 text NOT NULL,
  kind text NOT NULL,
  booked boolean NOT NULL GENERATED ALWAYS AS ((kind = ANY (ARRAY['posted'::text, 'settlement'::text, 'reversal'::text]))) STORED,
  template text,
  effective_on date NOT NULL,
  booked_at timestamp with time zone NOT NULL,
  booked_by text NOT NULL,
  account_id uuid,
  narrative text NOT NULL,
  document_type text,
  document_id uuid,
  document_number text,
  amount_fen bigint NOT NULL,
  entries integer NOT NULL,
  refers_to uuid,
  refers_kind text,
  CONSTRAINT posting_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT posting_district_code_id_booked_effective_on_key UNIQUE (district_code, id, booked, effective_on),
  CONSTRAINT posting_district_code_id_kind_key UNIQUE (district_code, id, kind),
  CONSTRAINT posting_district_code_key_key UNIQUE (district_code, key),
  CONSTRAINT posting_district_code_number_key UNIQUE (district_code, number),
  CONSTRAINT posting_district_code_refers_to_key UNIQUE (district_code, refers_to),
  CONSTRAINT posting_amount_fen_check CHECK ((amount_fen > 0)),
  CONSTRAINT posting_check CHECK (((kind = 'void'::text) = (entries = 0))),
  CONSTRAINT posting_check1 CHECK (((refers_to IS NULL) = (refers_kind IS NULL))),
  CONSTRAINT posting_check2 CHECK (
CASE kind
    WHEN 'settlement'::text THEN (NOT (refers_kind IS DISTINCT FROM 'pending'::text))
    WHEN 'void'::text THEN (NOT (refers_kind IS DISTINCT FROM 'pending'::text))
    WHEN 'reversal'::text THEN COALESCE((refers_kind = ANY (ARRAY['posted'::text, 'settlement'::text])), false)
    ELSE (refers_kind IS NULL)
END),
  CONSTRAINT posting_district_code_check CHECK ((district_code ~ '^[0-9]{6}$'::text)),
  CONSTRAINT posting_entries_check CHECK ((entries >= 0)),
  CONSTRAINT posting_key_check CHECK (((length(key) >= 8) AND (length(key) <= 200))),
  CONSTRAINT posting_kind_check CHECK ((kind = ANY (ARRAY['posted'::text, 'pending'::text, 'settlement'::text, 'void'::text, 'reversal'::text]))),
  CONSTRAINT posting_narrative_check CHECK (((length(narrative) >= 1) AND (length(narrative) <= 400))),
  CONSTRAINT posting_district_code_refers_to_refers_kind_fkey FOREIGN KEY (district_code, refers_to, refers_kind) REFERENCES ledger.posting(district_code, id, kind)
);
CREATE INDEX posting_document ON ledger.posting USING btree (district_code, document_id) WHERE (document_id IS NOT NULL);
CREATE INDEX posting_id ON ledger.posting USING btree (id);
CREATE INDEX posting_journal ON ledger.posting USING btree (district_code, effective_on, id);
CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON ledger.posting DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger.check_balanced();
ALTER TABLE ledger.posting ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON ledger.posting FOR ALL TO changhu_app, changhu_report USING (starts_with(district_code, ( SELECT scope.area() AS area))) WITH CHECK (starts_with(district_code, ( SELECT scope.area() AS area)));
GRANT INSERT, SELECT ON ledger.posting TO changhu_app;

-- ==== notices: 公示 · Public notices and objections.

CREATE SCHEMA notices;

CREATE OR REPLACE FUNCTION notices.check_receipt(receipt text, told text)
 RETURNS TABLE(number text, received_on date, received_at timestamp with time zone, district_code text, batch_number text, answered_at timestamp with time zone, upheld boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'notices', 'pg_temp'
AS $function$
  SELECT o.number, o.received_on, o.received_at, o.district_code, b.number, a.answered_at, a.upheld
  FROM notices.objection o JOIN notices.notice n ON n.district_code = o.district_code AND n.id = o.notice_id
  LEFT JOIN notices.batch b ON b.district_code = n.district_code AND b.id = n.batch_id
  LEFT JOIN notices.objection_answer a ON a.district_code = o.district_code AND a.objection_id = o.id
  WHERE o.number = receipt AND regexp_replace(lower(o.contact), '[[:space:]-]', '', 'g') = regexp_replace(lower(told), '[[:space:]-]', '', 'g')
$function$;

CREATE OR REPLACE FUNCTION notices.picture_carried(district text, proof uuid)
 RETURNS boolean
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'notices', 'pg_temp'
AS $function$
  WITH carried AS (
    UPDATE posting_proof p SET picture = NULL
    WHERE p.district_code = district AND p.id = proof AND p.picture IS NOT NULL AND encode(sha256(p.picture), 'hex') = p.sha256 AND starts_with(p.township_code, (SELECT scope.area()))
    RETURNING 1)
  SELECT EXISTS (SELECT 1 FROM carried)
$function$;

-- 公示批次 · The notices of a township or community that hang out on one poster, under one number. Never changed after publication.
CREATE TABLE notices.batch (
  district_code text NOT NULL,
  id uuid NOT NULL,
  number text NOT NULL,
  township_code text NOT NULL,
  community text,
  starts_on date NOT NULL,
  ends_on date NOT NULL,
  account_id uuid NOT NULL,
  published_at timestamp with time zone NOT NULL,
  CONSTRAINT batch_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT batch_district_code_number_key UNIQUE (district_code, number),
  CONSTRAINT batch_check CHECK ((ends_on >= starts_on))
);
CREATE INDEX batch_days ON notices.batch USING btree (district_code, ends_on, id);
ALTER TABLE notices.batch ENABLE ROW LEVEL SECURITY;
CREATE POLICY anybody_reads ON notices.batch FOR SELECT TO changhu_app, changhu_report USING (true);
CREATE POLICY own_area_writes ON notices.batch FOR INSERT TO changhu_app WITH CHECK (starts_with(township_code, ( SELECT scope.area() AS area)));
GRANT INSERT, SELECT ON notices.batch TO changhu_app;

-- 公示办结 · The result on this notice is concluded, under this number: its last day stays. Append-only.
CREATE TABLE notices.completion (
  district_code text NOT NULL,
  notice_id uuid NOT NULL,
  township_code text NOT NULL,
  number text NOT NULL,
  completed_on date NOT NULL,
  completed_at timestamp with time zone NOT NULL,
  CONSTRAINT completion_pkey PRIMARY KEY (district_code, notice_id),
  CONSTRAINT completion_district_code_notice_id_fkey FOREIGN KEY (district_code, notice_id) REFERENCES notices.notice(district_code, id)
);
ALTER TABLE notices.completion ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON notices.completion FOR ALL TO changhu_app, changhu_report USING (starts_with(township_code, ( SELECT scope.area() AS area))) WITH CHECK (starts_with(township_code, ( SELECT scope.area() AS area)));
GRANT INSERT, SELECT ON notices.completion TO changhu_app;

-- 公示中断 · Days on which the poster was missing, and the last day that follows. Public and append-only: the latest last day counts.
CREATE TABLE notices.interruption (
  district_code text NOT NULL,
  id uuid NOT NULL,
  batch_id uuid NOT NULL,
  township_code text NOT NULL,
  from_on date NOT NULL,
  to_on date NOT NULL,
  missing_days smallint NOT NULL,
  ends_on date NOT NULL,
  note text NOT NULL,
  account_id uuid NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  CONSTRAINT interruption_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT interruption_check CHECK ((to_on >= from_on)),
  CONSTRAINT interruption_missing_days_check CHECK ((missing_days > 0)),
  CONSTRAINT interruption_district_code_batch_id_fkey FOREIGN KEY (district_code, batch_id) REFERENCES notices.batch(district_code, id)
);
CREATE INDEX interruption_batch ON notices.interruption USING btree (district_code, batch_id);
ALTER TABLE notices.interruption ENABLE ROW LEVEL SECURITY;
CREATE POLICY anybody_reads ON notices.interruption FOR SELECT TO changhu_app, changhu_report USING (true);
CREATE POLICY own_area_writes ON notices.interruption FOR INSERT TO changhu_app WITH CHECK (starts_with(township_code, ( SELECT scope.area() AS area)));
GRANT INSERT, SELECT ON notices.interruption TO changhu_app;

-- 公示 · What hangs out: masked name and number, result, first and last day. Never changed after publication.
CREATE TABLE notices.notice (
  district_code text NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  subject_id uuid NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  community text NOT NULL,
  masked_name text NOT NULL,
  masked_number text NOT NULL,
  content jsonb NOT NULL,
  starts_on date NOT NULL,
  ends_on date NOT NULL,
  published_at timestamp with time zone NOT NULL,
  batch_id uuid,
  CONSTRAINT notice_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT notice_district_code_subject_id_key UNIQUE (district_code, subject_id),
  CONSTRAINT notice_check CHECK ((ends_on >= starts_on)),
  CONSTRAINT notice_kind_check CHECK ((kind = 'assessmentResult'::text)),
  CONSTRAINT notice_district_code_batch_id_fkey FOREIGN KEY (district_code, batch_id) REFERENCES notices.batch(district_code, id),
  CONSTRAINT notice_district_code_person_id_fkey FOREIGN KEY (district_code, person_id) REFERENCES people.person(district_code, id)
);
CREATE INDEX notice_batch ON notices.notice USING btree (district_code, batch_id) WHERE (batch_id IS NOT NULL);
CREATE INDEX notice_public ON notices.notice USING btree (district_code, ends_on, id);
ALTER TABLE notices.notice ENABLE ROW LEVEL SECURITY;
CREATE POLICY anybody_reads ON notices.notice FOR SELECT TO changhu_app, changhu_report USING (true);
CREATE POLICY own_area_writes ON notices.notice FOR INSERT TO changhu_app WITH CHECK (starts_with(township_code, ( SELECT scope.area() AS area)));
GRANT INSERT, SELECT ON notices.notice TO changhu_app;

-- 异议 · Objections against a notice: they block the conclusion until the agency has answered.
CREATE TABLE notices.objection (
  district_code text NOT NULL,
  id uuid NOT NULL,
  notice_id uuid NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  number text NOT NULL,
  from_name text NOT NULL,
  contact text NOT NULL,
  statement text NOT NULL,
  received_at timestamp with time zone NOT NULL,
  received_on date NOT NULL,
  CONSTRAINT objection_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT objection_district_code_notice_id_fkey FOREIGN KEY (district_code, notice_id) REFERENCES notices.notice(district_code, id)
);
CREATE INDEX objection_notice ON notices.objection USING btree (district_code, notice_id);
CREATE INDEX objection_number ON notices.objection USING btree (number);
ALTER TABLE notices.objection ENABLE ROW LEVEL SECURITY;
CREATE POLICY anybody_objects ON notices.objection FOR INSERT TO changhu_app WITH CHECK (true);
CREATE POLICY area_reads ON notices.objection FOR SELECT TO changhu_app, changhu_report USING (starts_with(township_code, ( SELECT scope.area() AS area)));
GRANT INSERT, SELECT ON notices.objection TO changhu_app;

-- 异议答复 · The agency's answer; an upheld objection sends the case back to assessment.
CREATE TABLE notices.objection_answer (
  district_code text NOT NULL,
  objection_id uuid NOT NULL,
  township_code text NOT NULL,
  upheld boolean NOT NULL,
  answer text NOT NULL,
  account_id uuid NOT NULL,
  answered_at timestamp with time zone NOT NULL,
  CONSTRAINT objection_answer_pkey PRIMARY KEY (district_code, objection_id),
  CONSTRAINT objection_answer_district_code_objection_id_fkey FOREIGN KEY (district_code, objection_id) REFERENCES notices.objection(district_code, id)
);
ALTER TABLE notices.objection_answer ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON notices.objection_answer FOR ALL TO changhu_app, changhu_report USING (starts_with(township_code, ( SELECT scope.area() AS area))) WITH CHECK (starts_with(township_code, ( SELECT scope.area() AS area)));
GRANT INSERT, SELECT ON notices.objection_answer TO changhu_app;

-- 张贴证明 · Photographs of the poster where it hangs, with the day: for officers of the area only; the bytes lie in the vault under their hash. Append-only.
CREATE TABLE notices.posting_proof (
  district_code text NOT NULL,
  id uuid NOT NULL,
  batch_id uuid NOT NULL,
  township_code text NOT NULL,
  posted_on date NOT NULL,
  note text,
  media_type text NOT NULL,
  sha256 text NOT NULL,
  picture bytea,
  account_id uuid NOT NULL,
  actor_name text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  size_bytes integer NOT NULL,
  CONSTRAINT posting_proof_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT posting_proof_district_code_batch_id_sha256_key UNIQUE (district_code, batch_id, sha256),
  CONSTRAINT posting_proof_media_type_check CHECK ((media_type = ANY (ARRAY['image/jpeg'::text, 'image/png'::text]))),
  CONSTRAINT posting_proof_picture_check CHECK ((octet_length(picture) <= ((10 * 1024) * 1024))),
  CONSTRAINT posting_proof_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
  CONSTRAINT posting_proof_size_bytes_check CHECK (((size_bytes >= 1) AND (size_bytes <= ((10 * 1024) * 1024)))),
  CONSTRAINT posting_proof_district_code_batch_id_fkey FOREIGN KEY (district_code, batch_id) REFERENCES notices.batch(district_code, id)
);
CREATE INDEX posting_proof_in_row ON notices.posting_proof USING btree (district_code, id) WHERE (picture IS NOT NULL);
ALTER TABLE notices.posting_proof ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON notices.posting_proof FOR ALL TO changhu_app, changhu_report USING (starts_with(township_code, ( SELECT scope.area() AS area))) WITH CHECK (starts_with(township_code, ( SELECT scope.area() AS area)));
GRANT INSERT, SELECT ON notices.posting_proof TO changhu_app;

-- 公示撤下 · A notice taken down because an objection was upheld (then its case is assessed anew), or because its case ended. Append-only.
CREATE TABLE notices.withdrawal (
  district_code text NOT NULL,
  notice_id uuid NOT NULL,
  township_code text NOT NULL,
  objection_id uuid,
  withdrawn_on date NOT NULL,
  withdrawn_at timestamp with time zone NOT NULL,
  CONSTRAINT withdrawal_pkey PRIMARY KEY (district_code, notice_id)
);
ALTER TABLE notices.withdrawal ENABLE ROW LEVEL SECURITY;
CREATE POLICY anybody_reads ON notices.withdrawal FOR SELECT TO changhu_app, changhu_report USING (true);
CREATE POLICY own_area_writes ON notices.withdrawal FOR INSERT TO changhu_app WITH CHECK (starts_with(township_code, ( SELECT scope.area() AS area)));
CREATE POLICY own_person_writes ON notices.withdrawal FOR INSERT TO changhu_app WITH CHECK (((objection_id IS NULL) AND (EXISTS ( SELECT 1
   FROM notices.notice n
  WHERE ((n.district_code = withdrawal.district_code) AND (n.id = withdrawal.notice_id) AND (n.person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])))))));
GRANT INSERT, SELECT ON notices.withdrawal TO changhu_app;

-- ==== people: 人员 · Insured persons, hospital stays, ties to institutions.

CREATE SCHEMA people;

CREATE OR REPLACE FUNCTION people.claim_identity(number text, district text, person uuid)
 RETURNS boolean
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'people', 'pg_temp'
AS $function$
  WITH taken AS (INSERT INTO people.identity_register VALUES (number, district, person) ON CONFLICT DO NOTHING RETURNING 1)
  SELECT EXISTS (SELECT 1 FROM taken)
$function$;

CREATE OR REPLACE FUNCTION people.end_assessment_tie(district text, person uuid, institution uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'people', 'pg_temp'
AS $function$
  DELETE FROM people.tie WHERE district_code = district AND person_id = person AND institution_id = institution AND kind = 'assessment'
    AND (institution = (SELECT scope.institution()) OR starts_with(district, left((SELECT scope.area()), 6)))
$function$;

-- 住院 · Hospital stays told by the medical settlement side; days in hospital are not paid by care insurance.
CREATE TABLE people.hospital_stay (
  district_code text NOT NULL,
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  hospital text NOT NULL,
  admitted_on date NOT NULL,
  discharged_on date,
  source text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  kind text NOT NULL DEFAULT 'admission'::text,
  CONSTRAINT hospital_stay_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT hospital_stay_district_code_person_id_daterange_excl EXCLUDE USING gist (district_code WITH =, person_id WITH =, daterange(admitted_on, discharged_on, '[)'::text) WITH &&),
  CONSTRAINT hospital_stay_check CHECK (((discharged_on IS NULL) OR (discharged_on >= admitted_on))),
  CONSTRAINT hospital_stay_kind_check CHECK ((kind = ANY (ARRAY['admission'::text, 'emergencyObservation'::text]))),
  CONSTRAINT hospital_stay_district_code_person_id_fkey FOREIGN KEY (district_code, person_id) REFERENCES people.person(district_code, id)
);
ALTER TABLE people.hospital_stay ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON people.hospital_stay FOR ALL TO changhu_app, changhu_report USING ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])))) WITH CHECK ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[]))));
GRANT INSERT, SELECT, UPDATE ON people.hospital_stay TO changhu_app;

-- 身份登记 · One person, one registration in the whole city. Written only through people.claim_identity.
CREATE TABLE people.identity_register (
  identity_number text NOT NULL,
  district_code text NOT NULL,
  person_id uuid NOT NULL,
  CONSTRAINT identity_register_pkey PRIMARY KEY (identity_number)
);

-- 参保人 · Insured persons. search holds name, pinyin and bigrams in lower case for the list's search box.
CREATE TABLE people.person (
  district_code text NOT NULL,
  id uuid NOT NULL,
  township_code text NOT NULL,
  community text NOT NULL,
  name text NOT NULL,
  search text NOT NULL,
  identity_number text NOT NULL,
  birth_on date NOT NULL,
  sex smallint NOT NULL,
  phone text,
  address text NOT NULL,
  longitude double precision,
  latitude double precision,
  datum text,
  insured_kind text,
  insured_from_on date,
  deceased_on date,
  origin text NOT NULL,
  source_ref text,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT person_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT person_district_code_identity_number_key UNIQUE (district_code, identity_number),
  CONSTRAINT person_check CHECK (starts_with(township_code, district_code)),
  CONSTRAINT person_check1 CHECK ((((longitude IS NULL) = (latitude IS NULL)) AND ((longitude IS NULL) = (datum IS NULL)))),
  CONSTRAINT person_datum_check CHECK ((datum = ANY (ARRAY['WGS84'::text, 'GCJ02'::text]))),
  CONSTRAINT person_district_code_check CHECK ((district_code ~ '^[0-9]{6}$'::text)),
  CONSTRAINT person_identity_number_check CHECK ((identity_number ~ '^[0-9]{17}[0-9X]$'::text)),
  CONSTRAINT person_insured_kind_check CHECK ((insured_kind = ANY (ARRAY['employee'::text, 'resident'::text]))),
  CONSTRAINT person_name_check CHECK (((length(name) >= 1) AND (length(name) <= 60))),
  CONSTRAINT person_origin_check CHECK ((origin = ANY (ARRAY['registered'::text, 'imported'::text]))),
  CONSTRAINT person_sex_check CHECK ((sex = ANY (ARRAY[0, 1, 2, 9])))
);
CREATE INDEX person_deceased ON people.person USING btree (district_code, id) WHERE (deceased_on IS NOT NULL);
CREATE INDEX person_list ON people.person USING btree (district_code, township_code, name, id) INCLUDE (search, identity_number);
CREATE INDEX person_living ON people.person USING btree (district_code, township_code, id) WHERE (deceased_on IS NULL);
CREATE INDEX person_tokens ON people.person USING gin (platform.search_tokens(((search || ' '::text) || identity_number)));
CREATE UNIQUE INDEX person_source ON people.person USING btree (district_code, source_ref) WHERE (source_ref IS NOT NULL);
ALTER TABLE people.person ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON people.person FOR ALL TO changhu_app, changhu_report USING ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (id = ANY (( SELECT scope.persons() AS persons)::uuid[])) OR (EXISTS ( SELECT 1
   FROM people.tie t
  WHERE ((t.district_code = person.district_code) AND (t.person_id = person.id) AND (t.institution_id = ( SELECT scope.institution() AS institution))))))) WITH CHECK ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (id = ANY (( SELECT scope.persons() AS persons)::uuid[])) OR (EXISTS ( SELECT 1
   FROM people.tie t
  WHERE ((t.district_code = person.district_code) AND (t.person_id = person.id) AND (t.institution_id = ( SELECT scope.institution() AS institution)))))));
GRANT INSERT, SELECT, UPDATE ON people.person TO changhu_app;

-- 关联 · Which institution cares for or assesses a person: it may see that person and nobody else's.
CREATE TABLE people.tie (
  district_code text NOT NULL,
  person_id uuid NOT NULL,
  institution_id uuid NOT NULL,
  kind text NOT NULL,
  from_on date NOT NULL,
  CONSTRAINT tie_pkey PRIMARY KEY (district_code, person_id, institution_id, kind),
  CONSTRAINT tie_kind_check CHECK ((kind = ANY (ARRAY['care'::text, 'assessment'::text]))),
  CONSTRAINT tie_district_code_person_id_fkey FOREIGN KEY (district_code, person_id) REFERENCES people.person(district_code, id),
  CONSTRAINT tie_fits_institution FOREIGN KEY (institution_id, kind) REFERENCES providers.institution(id, side),
  CONSTRAINT tie_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES providers.institution(id)
);
CREATE INDEX tie_institution ON people.tie USING btree (institution_id, district_code, person_id);
ALTER TABLE people.tie ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON people.tie FOR ALL TO changhu_app, changhu_report USING ((starts_with(district_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])))) WITH CHECK ((starts_with(district_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[]))));
GRANT INSERT, SELECT, UPDATE ON people.tie TO changhu_app;

-- ==== plans: 护理计划 · Mode of care, plan, items.

CREATE SCHEMA plans;

-- 计划项目 · Catalogue items of a plan with minutes and frequency; carers = 2 means planned for two carers together.
CREATE TABLE plans.item (
  district_code text NOT NULL,
  plan_id uuid NOT NULL,
  item_code text NOT NULL,
  minutes integer NOT NULL,
  times_per_day integer NOT NULL,
  times_per_week integer NOT NULL,
  carers integer NOT NULL DEFAULT 1,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  institution_id uuid NOT NULL,
  CONSTRAINT item_pkey PRIMARY KEY (district_code, plan_id, item_code),
  CONSTRAINT item_carers_check CHECK (((carers >= 1) AND (carers <= 2))),
  CONSTRAINT item_minutes_check CHECK (((minutes >= 1) AND (minutes <= 1440))),
  CONSTRAINT item_times_per_day_check CHECK (((times_per_day >= 1) AND (times_per_day <= 24))),
  CONSTRAINT item_times_per_week_check CHECK (((times_per_week >= 1) AND (times_per_week <= 168))),
  CONSTRAINT item_district_code_plan_id_fkey FOREIGN KEY (district_code, plan_id) REFERENCES plans.plan(district_code, id)
);
ALTER TABLE plans.item ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON plans.item FOR ALL TO changhu_app, changhu_report USING ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])))) WITH CHECK ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[]))));
GRANT INSERT, SELECT, UPDATE ON plans.item TO changhu_app;

-- 护理计划 · One confirmed plan at a time per person: mode, institution, period.
CREATE TABLE plans.plan (
  district_code text NOT NULL,
  id uuid NOT NULL,
  number text NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  mode text NOT NULL,
  institution_id uuid NOT NULL,
  worker_id uuid,
  from_on date NOT NULL,
  to_on date,
  state text NOT NULL,
  origin text NOT NULL,
  source_ref text,
  proposed_at timestamp with time zone NOT NULL,
  confirmed_at timestamp with time zone,
  confirmed_by text,
  CONSTRAINT plan_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT plan_district_code_number_key UNIQUE (district_code, number),
  CONSTRAINT plan_district_code_person_id_daterange_excl EXCLUDE USING gist (district_code WITH =, person_id WITH =, daterange(from_on, to_on, '[]'::text) WITH &&) WHERE ((state = 'confirmed'::text)),
  CONSTRAINT plan_check CHECK (((to_on IS NULL) OR (to_on >= from_on))),
  CONSTRAINT plan_check1 CHECK (((mode = 'homeIndividual'::text) = (worker_id IS NOT NULL))),
  CONSTRAINT plan_mode_check CHECK ((mode = ANY (ARRAY['homeVisit'::text, 'homeIndividual'::text, 'institution'::text]))),
  CONSTRAINT plan_origin_check CHECK ((origin = ANY (ARRAY['registered'::text, 'imported'::text]))),
  CONSTRAINT plan_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'confirmed'::text, 'declined'::text, 'ended'::text]))),
  CONSTRAINT plan_district_code_person_id_fkey FOREIGN KEY (district_code, person_id) REFERENCES people.person(district_code, id),
  CONSTRAINT plan_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES providers.institution(id),
  CONSTRAINT plan_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES workers.worker(id)
);
CREATE INDEX plan_institution ON plans.plan USING btree (district_code, institution_id, state, from_on);
CREATE INDEX plan_list ON plans.plan USING btree (district_code, from_on DESC, id);
CREATE INDEX plan_person ON plans.plan USING btree (district_code, person_id, from_on);
CREATE UNIQUE INDEX plan_source ON plans.plan USING btree (district_code, source_ref) WHERE (source_ref IS NOT NULL);
ALTER TABLE plans.plan ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON plans.plan FOR ALL TO changhu_app, changhu_report USING ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])))) WITH CHECK ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[]))));
GRANT INSERT, SELECT, UPDATE ON plans.plan TO changhu_app;

-- ==== platform: 平台 · Areas, events, decisions, repeated requests.

CREATE SCHEMA platform;

CREATE OR REPLACE FUNCTION platform.begin_job(job bigint, revision integer, at timestamp with time zone)
 RETURNS boolean
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'platform', 'pg_temp'
AS $function$
  WITH begun AS (INSERT INTO job_done (job_id, revision, at) VALUES (job, revision, at) ON CONFLICT DO NOTHING RETURNING 1) SELECT EXISTS (SELECT 1 FROM begun)
$function$;

CREATE OR REPLACE FUNCTION platform.enqueue(job text, payload json, key text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
BEGIN
  PERFORM graphile_worker.add_job(job, payload, job_key => key, max_attempts => 12);
END $function$;

CREATE OR REPLACE FUNCTION platform.ensure_month(tab regclass, month date)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'platform', 'pg_temp'
AS $function$
DECLARE
  first date := date_trunc('month', month)::date;
  spacename text;
  tabname text;
  part text;
BEGIN
  SELECT n.nspname, c.relname INTO spacename, tabname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = tab AND c.relkind = 'p';
  IF tabname IS NULL THEN RAISE EXCEPTION 'table % is not partitioned by month', tab; END IF;
  part := format('%s_%s', tabname, to_char(first, 'YYYYMM'));
  PERFORM FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = spacename AND c.relname = part;
  IF FOUND THEN RETURN; END IF;
  -- One at a time for all tables: attaching one may look at another that refers to it. After waiting, the catalogue is asked again by a query
  -- (to_regclass would answer from a cache that an advisory lock does not refresh).
  PERFORM pg_advisory_xact_lock(hashtext('platform.ensure_month'));
  PERFORM FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = spacename AND c.relname = part;
  IF FOUND THEN RETURN; END IF;
  EXECUTE format('CREATE TABLE %I.%I (LIKE %s INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', spacename, part, tab);
  EXECUTE format('ALTER TABLE %s ATTACH PARTITION %I.%I FOR VALUES FROM (%L) TO (%L)', tab, spacename, part, first, (first + interval '1 month')::date);
END $function$;

CREATE OR REPLACE FUNCTION platform.next_number(series text, year integer)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'platform', 'pg_temp'
AS $function$
DECLARE result bigint;
BEGIN
  INSERT INTO platform.number_series AS s (series, year, last) VALUES (series, year, 1)
  ON CONFLICT ON CONSTRAINT number_series_pkey DO UPDATE SET last = s.last + 1
  RETURNING s.last INTO result;
  RETURN result;
END $function$;

CREATE OR REPLACE FUNCTION platform.search_tokens(words text)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  SELECT coalesce(array_agg(DISTINCT substr(word, at, size)), '{}')
  FROM regexp_split_to_table(lower(words), '\s+') AS word, generate_series(2, 3) AS size, generate_series(1, length(word) - size + 1) AS at
  WHERE size = 3 OR octet_length(word) > length(word)
$function$;

-- 行政区划 · Divisions by GB/T 2260 prefix: 4 digits city, 6 district, 9 township. Shared register.
CREATE TABLE platform.area (
  code text NOT NULL,
  name_zh text NOT NULL,
  name_en text NOT NULL,
  CONSTRAINT area_pkey PRIMARY KEY (code),
  CONSTRAINT area_code_check CHECK ((code ~ '^[0-9]{4}([0-9]{2}([0-9]{3})?)?$'::text))
);
GRANT SELECT ON platform.area TO changhu_app;
GRANT SELECT ON platform.area TO changhu_report;

-- 决定 · Append-only: value, rules in order with sources, facts, policy stamp. Can be re-run from facts and stamp.
CREATE TABLE platform.decision (
  district_code text NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  subject_type text NOT NULL,
  subject_id uuid NOT NULL,
  person_id uuid,
  township_code text,
  institution_id uuid,
  decided_at timestamp with time zone NOT NULL,
  decided_on date NOT NULL,
  value jsonb NOT NULL,
  reasons jsonb NOT NULL,
  facts jsonb NOT NULL,
  stamp jsonb NOT NULL,
  CONSTRAINT decision_pkey PRIMARY KEY (district_code, id)
);
CREATE INDEX decision_id ON platform.decision USING btree (id);
CREATE INDEX decision_person ON platform.decision USING btree (district_code, person_id, decided_at);
CREATE INDEX decision_subject ON platform.decision USING btree (subject_id, id);
ALTER TABLE platform.decision ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON platform.decision FOR ALL TO changhu_app, changhu_report USING ((starts_with(district_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])) OR starts_with(township_code, ( SELECT scope.area() AS area)))) WITH CHECK ((starts_with(district_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])) OR starts_with(township_code, ( SELECT scope.area() AS area))));
GRANT INSERT, SELECT ON platform.decision TO changhu_app;

-- 事件 · Append-only: who did what to what, when and why. The history of every record page.
CREATE TABLE platform.event (
  district_code text NOT NULL,
  id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  kind text NOT NULL,
  account_id uuid,
  actor_name text NOT NULL,
  subject_type text NOT NULL,
  subject_id uuid NOT NULL,
  person_id uuid,
  township_code text,
  institution_id uuid,
  note text,
  data jsonb NOT NULL DEFAULT '{}'::jsonb,
  CONSTRAINT event_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT event_kind_check CHECK ((kind ~ '^[a-z]+\.[a-zA-Z]+$'::text))
);
CREATE INDEX event_person ON platform.event USING btree (person_id, id);
CREATE INDEX event_subject ON platform.event USING btree (subject_id, id);
ALTER TABLE platform.event ENABLE ROW LEVEL SECURITY;
CREATE POLICY anybody_objects ON platform.event FOR INSERT TO changhu_app WITH CHECK (((kind = 'notices.objected'::text) AND (subject_type = 'notice'::text) AND (EXISTS ( SELECT 1
   FROM notices.notice n
  WHERE ((n.district_code = event.district_code) AND (n.id = event.subject_id))))));
CREATE POLICY scope ON platform.event FOR ALL TO changhu_app, changhu_report USING ((starts_with(district_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])) OR starts_with(township_code, ( SELECT scope.area() AS area)))) WITH CHECK ((starts_with(district_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])) OR starts_with(township_code, ( SELECT scope.area() AS area))));
GRANT INSERT, SELECT ON platform.event TO changhu_app;

-- 已办任务 · Jobs of the queue whose work is done, written in the transaction of the work itself: who gets the same job again finds it here, or waits until the first one has ended. Kept for thirty days.
CREATE TABLE platform.job_done (
  job_id bigint NOT NULL,
  revision integer NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT job_done_pkey PRIMARY KEY (job_id, revision)
);

-- 短信 · The outbox: what is to be told to which number, and what became of it. One message per key; the gateway sends it in a job, with retries.
CREATE TABLE platform.message (
  district_code text NOT NULL,
  id uuid NOT NULL,
  key text NOT NULL,
  purpose text NOT NULL,
  recipient text NOT NULL,
  body text NOT NULL,
  subject_type text NOT NULL,
  subject_id uuid NOT NULL,
  person_id uuid,
  township_code text NOT NULL,
  institution_id uuid,
  state text NOT NULL DEFAULT 'queued'::text,
  attempts smallint NOT NULL DEFAULT 0,
  failure text,
  queued_at timestamp with time zone NOT NULL,
  finished_at timestamp with time zone,
  CONSTRAINT message_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT message_district_code_key_key UNIQUE (district_code, key),
  CONSTRAINT message_body_check CHECK (((length(body) >= 1) AND (length(body) <= 1000))),
  CONSTRAINT message_check CHECK (((state = 'queued'::text) = (finished_at IS NULL))),
  CONSTRAINT message_check1 CHECK (((state <> 'failed'::text) OR (failure IS NOT NULL))),
  CONSTRAINT message_purpose_check CHECK ((purpose ~ '^[a-z]+\.[a-zA-Z]+$'::text)),
  CONSTRAINT message_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sent'::text, 'failed'::text])))
);
CREATE INDEX message_queued ON platform.message USING btree (district_code, queued_at) WHERE (state = 'queued'::text);
CREATE INDEX message_subject ON platform.message USING btree (district_code, subject_id, queued_at);
ALTER TABLE platform.message ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON platform.message FOR ALL TO changhu_app, changhu_report USING ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])))) WITH CHECK ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[]))));
GRANT INSERT, SELECT, UPDATE ON platform.message TO changhu_app;

-- 编号 · Last number given out by series and year.
CREATE TABLE platform.number_series (
  series text NOT NULL,
  year integer NOT NULL,
  last bigint NOT NULL,
  CONSTRAINT number_series_pkey PRIMARY KEY (series, year)
);

-- 幂等键 · The answer of a writing request by its Idempotency-Key: the same key with the same body gets the same answer, with another body a refusal.
CREATE TABLE platform.repeat_key (
  account_id uuid NOT NULL,
  key text NOT NULL,
  endpoint text NOT NULL,
  body_sha256 text NOT NULL,
  answer jsonb NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT repeat_key_pkey PRIMARY KEY (account_id, key),
  CONSTRAINT repeat_key_key_check CHECK (((length(key) >= 8) AND (length(key) <= 200)))
);
ALTER TABLE platform.repeat_key ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON platform.repeat_key FOR ALL TO changhu_app USING ((account_id = ( SELECT scope.account() AS account))) WITH CHECK ((account_id = ( SELECT scope.account() AS account)));
GRANT INSERT, SELECT ON platform.repeat_key TO changhu_app;

-- ==== providers: 机构 · Designated institutions and their filed prices.

CREATE SCHEMA providers;

CREATE OR REPLACE FUNCTION providers.across_the_wall(party text, institution uuid, own_side text, first_on date, end_on date)
 RETURNS TABLE(institution_id uuid, institution_name text, relation text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'providers', 'pg_temp'
AS $function$
  SELECT r.institution_id, i.name, r.relation FROM related_party r JOIN institution i ON i.id = r.institution_id
  WHERE r.party_number = party AND r.institution_id IS DISTINCT FROM institution AND r.side <> own_side AND daterange(r.from_on, r.to_on, '[)') && daterange(first_on, end_on, '[)')
  ORDER BY r.from_on, i.name LIMIT 1
$function$;

CREATE OR REPLACE FUNCTION providers.register_self()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'providers', 'pg_temp'
AS $function$
BEGIN
  IF TG_OP = 'UPDATE' THEN DELETE FROM related_party WHERE institution_id = NEW.id AND relation = 'self'; END IF;
  INSERT INTO related_party (id, institution_id, side, party_kind, party_number, party_name, relation, from_on, evidence, actor_name, recorded_at)
  VALUES (gen_random_uuid(), NEW.id, NEW.side, 'company', NEW.credit_code, NEW.name, 'self', '1900-01-01', 'credit code', 'system', NEW.created_at);
  RETURN NULL;
END $function$;

-- 暂停协议 · Days on which the agreement of an institution is suspended: to_on is the first day on which it holds again.
CREATE TABLE providers.agreement_pause (
  id uuid NOT NULL,
  institution_id uuid NOT NULL,
  from_on date NOT NULL,
  to_on date,
  reason text NOT NULL,
  actor_name text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  CONSTRAINT agreement_pause_pkey PRIMARY KEY (id),
  CONSTRAINT agreement_pause_once EXCLUDE USING gist (institution_id WITH =, daterange(from_on, to_on, '[)'::text) WITH &&),
  CONSTRAINT agreement_pause_check CHECK ((to_on > from_on)),
  CONSTRAINT agreement_pause_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 400))),
  CONSTRAINT agreement_pause_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES providers.institution(id)
);
ALTER TABLE providers.agreement_pause ENABLE ROW LEVEL SECURITY;
CREATE POLICY anybody_reads ON providers.agreement_pause FOR SELECT TO changhu_app, changhu_report USING (true);
CREATE POLICY area_writes ON providers.agreement_pause FOR ALL TO changhu_app USING ((EXISTS ( SELECT 1
   FROM providers.institution i
  WHERE ((i.id = agreement_pause.institution_id) AND starts_with(i.district_code, ( SELECT scope.area() AS area))))));
GRANT INSERT, SELECT ON providers.agreement_pause TO changhu_app;
GRANT SELECT ON providers.agreement_pause TO changhu_report;

-- 备案价 · Hourly price an institution has filed per class of worker; the fund never pays above it.
CREATE TABLE providers.filed_price (
  institution_id uuid NOT NULL,
  worker_class text NOT NULL,
  from_on date NOT NULL,
  to_on date,
  hourly_price_fen bigint NOT NULL,
  CONSTRAINT filed_price_pkey PRIMARY KEY (institution_id, worker_class, from_on),
  CONSTRAINT filed_price_institution_id_worker_class_daterange_excl EXCLUDE USING gist (institution_id WITH =, worker_class WITH =, daterange(from_on, to_on, '[)'::text) WITH &&),
  CONSTRAINT filed_price_hourly_price_fen_check CHECK ((hourly_price_fen > 0)),
  CONSTRAINT filed_price_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES providers.institution(id)
);
ALTER TABLE providers.filed_price ENABLE ROW LEVEL SECURITY;
CREATE POLICY anybody_reads ON providers.filed_price FOR SELECT TO changhu_app, changhu_report USING (true);
CREATE POLICY own_ends ON providers.filed_price FOR UPDATE TO changhu_app USING (((to_on IS NULL) AND (EXISTS ( SELECT 1
   FROM providers.institution i
  WHERE ((i.id = filed_price.institution_id) AND starts_with(i.district_code, ( SELECT scope.area() AS area))))))) WITH CHECK ((to_on IS NOT NULL));
CREATE POLICY own_writes ON providers.filed_price FOR INSERT TO changhu_app WITH CHECK ((EXISTS ( SELECT 1
   FROM providers.institution i
  WHERE ((i.id = filed_price.institution_id) AND starts_with(i.district_code, ( SELECT scope.area() AS area))))));
GRANT INSERT, SELECT ON providers.filed_price TO changhu_app;

-- 定点机构 · Designated institutions: shared register, published. An assessment institution never cares for those it assesses: one kind each.
CREATE TABLE providers.institution (
  id uuid NOT NULL,
  district_code text NOT NULL,
  code text NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  credit_code text NOT NULL,
  address text NOT NULL,
  phone text,
  longitude double precision,
  latitude double precision,
  capacity integer,
  agreement_from_on date NOT NULL,
  agreement_to_on date,
  source_ref text,
  created_at timestamp with time zone NOT NULL,
  side text NOT NULL GENERATED ALWAYS AS (
CASE kind
    WHEN 'assessment'::text THEN 'assessment'::text
    ELSE 'care'::text
END) STORED,
  CONSTRAINT institution_pkey PRIMARY KEY (id),
  CONSTRAINT institution_code_key UNIQUE (code),
  CONSTRAINT institution_credit_code_key UNIQUE (credit_code),
  CONSTRAINT institution_id_side_key UNIQUE (id, side),
  CONSTRAINT institution_source_ref_key UNIQUE (source_ref),
  CONSTRAINT institution_district_code_check CHECK ((district_code ~ '^[0-9]{6}$'::text)),
  CONSTRAINT institution_kind_check CHECK ((kind = ANY (ARRAY['assessment'::text, 'homeCare'::text, 'careHome'::text, 'individualCarers'::text])))
);
CREATE INDEX institution_district ON providers.institution USING btree (district_code, kind, name);
CREATE INDEX institution_name ON providers.institution USING btree (name, id);
CREATE TRIGGER stands_itself AFTER INSERT OR UPDATE OF credit_code, name, kind ON providers.institution FOR EACH ROW EXECUTE FUNCTION providers.register_self();
ALTER TABLE providers.institution ENABLE ROW LEVEL SECURITY;
CREATE POLICY anybody_reads ON providers.institution FOR SELECT TO changhu_app, changhu_report USING (true);
CREATE POLICY area_inserts ON providers.institution FOR INSERT TO changhu_app WITH CHECK (starts_with(district_code, ( SELECT scope.area() AS area)));
CREATE POLICY area_updates ON providers.institution FOR UPDATE TO changhu_app USING (starts_with(district_code, ( SELECT scope.area() AS area)));
GRANT INSERT, SELECT, UPDATE ON providers.institution TO changhu_app;

-- 关联方 · Who invests in, controls or manages an institution, by identity number or credit code; each institution stands here itself (relation self). related_party_apart: nobody on both sides on one day, so an assessment institution and a care institution never own one another nor share an investor.
CREATE TABLE providers.related_party (
  id uuid NOT NULL,
  institution_id uuid NOT NULL,
  side text NOT NULL,
  party_kind text NOT NULL,
  party_number text NOT NULL,
  party_name text NOT NULL,
  relation text NOT NULL,
  from_on date NOT NULL,
  to_on date,
  evidence text NOT NULL,
  actor_name text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  CONSTRAINT related_party_pkey PRIMARY KEY (id),
  CONSTRAINT related_party_apart EXCLUDE USING gist (party_number WITH =, side WITH <>, daterange(from_on, to_on, '[)'::text) WITH &&),
  CONSTRAINT related_party_once EXCLUDE USING gist (institution_id WITH =, party_number WITH =, relation WITH =, daterange(from_on, to_on, '[)'::text) WITH &&),
  CONSTRAINT related_party_check CHECK ((to_on > from_on)),
  CONSTRAINT related_party_check1 CHECK (((relation = 'self'::text) <= ((party_kind = 'company'::text) AND (to_on IS NULL)))),
  CONSTRAINT related_party_evidence_check CHECK (((length(evidence) >= 1) AND (length(evidence) <= 400))),
  CONSTRAINT related_party_party_kind_check CHECK ((party_kind = ANY (ARRAY['person'::text, 'company'::text]))),
  CONSTRAINT related_party_party_name_check CHECK (((length(party_name) >= 1) AND (length(party_name) <= 80))),
  CONSTRAINT related_party_party_number_check CHECK ((party_number ~ '^[0-9A-Z]{18}$'::text)),
  CONSTRAINT related_party_relation_check CHECK ((relation = ANY (ARRAY['self'::text, 'investor'::text, 'legalRepresentative'::text, 'manager'::text, 'controller'::text]))),
  CONSTRAINT related_party_institution FOREIGN KEY (institution_id, side) REFERENCES providers.institution(id, side) ON UPDATE CASCADE
);
CREATE INDEX related_party_institution ON providers.related_party USING btree (institution_id, from_on);
ALTER TABLE providers.related_party ENABLE ROW LEVEL SECURITY;
CREATE POLICY area_inserts ON providers.related_party FOR INSERT TO changhu_app WITH CHECK ((EXISTS ( SELECT 1
   FROM providers.institution i
  WHERE ((i.id = related_party.institution_id) AND starts_with(i.district_code, ( SELECT scope.area() AS area))))));
CREATE POLICY area_updates ON providers.related_party FOR UPDATE TO changhu_app USING (((relation <> 'self'::text) AND (EXISTS ( SELECT 1
   FROM providers.institution i
  WHERE ((i.id = related_party.institution_id) AND starts_with(i.district_code, ( SELECT scope.area() AS area)))))));
CREATE POLICY own_reads ON providers.related_party FOR SELECT TO changhu_app, changhu_report USING (((institution_id = ( SELECT scope.institution() AS institution)) OR (EXISTS ( SELECT 1
   FROM providers.institution i
  WHERE ((i.id = related_party.institution_id) AND starts_with(i.district_code, ( SELECT scope.area() AS area)))))));
GRANT INSERT, SELECT ON providers.related_party TO changhu_app;
GRANT SELECT ON providers.related_party TO changhu_report;

-- ==== reporting: 统计 · Sums of closed months for the overview.

CREATE SCHEMA reporting;

-- 已汇总月份 · Closed months of a district whose sums stand here; other months are counted afresh each time.
CREATE TABLE reporting.counted_month (
  district_code text NOT NULL,
  month date NOT NULL,
  counted_at timestamp with time zone NOT NULL,
  CONSTRAINT counted_month_pkey PRIMARY KEY (district_code, month),
  CONSTRAINT counted_month_month_check CHECK ((month = (date_trunc('month'::text, (month)::timestamp with time zone))::date))
);
ALTER TABLE reporting.counted_month ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON reporting.counted_month FOR ALL TO changhu_app, changhu_report USING (starts_with(district_code, ( SELECT scope.area() AS area))) WITH CHECK (starts_with(district_code, ( SELECT scope.area() AS area)));
GRANT INSERT, SELECT ON reporting.counted_month TO changhu_app;

-- 疑点汇总 · Findings of a closed month by township and rule.
CREATE TABLE reporting.finding_sum (
  district_code text NOT NULL,
  month date NOT NULL,
  township_code text NOT NULL,
  rule text NOT NULL,
  effect text NOT NULL,
  findings integer NOT NULL,
  CONSTRAINT finding_sum_pkey PRIMARY KEY (district_code, month, township_code, rule, effect)
);
ALTER TABLE reporting.finding_sum ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON reporting.finding_sum FOR ALL TO changhu_app, changhu_report USING (starts_with(township_code, ( SELECT scope.area() AS area))) WITH CHECK (starts_with(township_code, ( SELECT scope.area() AS area)));
GRANT INSERT, SELECT ON reporting.finding_sum TO changhu_app;

-- 服务汇总 · Visits and minutes of a closed month by township.
CREATE TABLE reporting.visit_sum (
  district_code text NOT NULL,
  month date NOT NULL,
  township_code text NOT NULL,
  visits integer NOT NULL,
  minutes bigint NOT NULL,
  CONSTRAINT visit_sum_pkey PRIMARY KEY (district_code, month, township_code)
);
ALTER TABLE reporting.visit_sum ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON reporting.visit_sum FOR ALL TO changhu_app, changhu_report USING (starts_with(township_code, ( SELECT scope.area() AS area))) WITH CHECK (starts_with(township_code, ( SELECT scope.area() AS area)));
GRANT INSERT, SELECT ON reporting.visit_sum TO changhu_app;

-- ==== scope: 范围 · What the actor of this transaction may see; set with SET LOCAL, read by every policy.

CREATE SCHEMA scope;

CREATE OR REPLACE FUNCTION scope.account()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ SELECT nullif(current_setting('changhu.account', true), '')::uuid $function$;

CREATE OR REPLACE FUNCTION scope.area()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ SELECT nullif(current_setting('changhu.area', true), '') $function$;

CREATE OR REPLACE FUNCTION scope.institution()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ SELECT nullif(current_setting('changhu.institution', true), '')::uuid $function$;

CREATE OR REPLACE FUNCTION scope.persons()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ SELECT coalesce(string_to_array(nullif(current_setting('changhu.persons', true), ''), ',')::uuid[], '{}') $function$;

CREATE OR REPLACE PROCEDURE scope.protect(IN tab regclass, IN area_column text, IN institution_column text DEFAULT NULL::text, IN person_column text DEFAULT NULL::text, IN also text DEFAULT NULL::text)
 LANGUAGE plpgsql
AS $procedure$
DECLARE
  seen text := format('starts_with(%I, (SELECT scope.area()))', area_column);
BEGIN
  IF institution_column IS NOT NULL THEN
    seen := seen || format(' OR %I = (SELECT scope.institution())', institution_column);
  END IF;
  IF person_column IS NOT NULL THEN
    seen := seen || format(' OR %I = ANY ((SELECT scope.persons())::uuid[])', person_column);
  END IF;
  IF also IS NOT NULL THEN seen := seen || ' OR ' || also; END IF;
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', tab);
  EXECUTE format('CREATE POLICY scope ON %s TO changhu_app, changhu_report USING (%s) WITH CHECK (%s)', tab, seen, seen);
END $procedure$;

-- ==== visits: 服务 · Home visits and their intake.

CREATE SCHEMA visits;

CREATE OR REPLACE FUNCTION visits.demand_known()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
DECLARE unknown text;
BEGIN
  -- Planned anew each time: three rows and a hundred thousand are not asked in the same way.
  EXECUTE $q$
    SELECT concat_ws(' ', 'person', a.id) FROM (SELECT DISTINCT district_code, person_id AS id FROM fresh) a WHERE NOT EXISTS (SELECT FROM people.person k WHERE k.district_code = a.district_code AND k.id = a.id)
    UNION ALL SELECT concat_ws(' ', 'worker', a.id) FROM (SELECT DISTINCT worker_id AS id FROM fresh) a WHERE NOT EXISTS (SELECT FROM workers.worker k WHERE k.id = a.id)
    UNION ALL SELECT concat_ws(' ', 'institution', a.id) FROM (SELECT DISTINCT institution_id AS id FROM fresh) a WHERE NOT EXISTS (SELECT FROM providers.institution k WHERE k.id = a.id)
    UNION ALL SELECT concat_ws(' ', 'plan', a.id) FROM (SELECT DISTINCT district_code, plan_id AS id FROM fresh WHERE plan_id IS NOT NULL) a WHERE NOT EXISTS (SELECT FROM plans.plan k WHERE k.district_code = a.district_code AND k.id = a.id)
    UNION ALL SELECT concat_ws(' ', 'intake', a.id) FROM (SELECT DISTINCT district_code, intake_id AS id FROM fresh) a WHERE NOT EXISTS (SELECT FROM visits.intake k WHERE k.district_code = a.district_code AND k.id = a.id)
    LIMIT 1 $q$ INTO unknown;
  IF unknown IS NOT NULL THEN
    RAISE foreign_key_violation USING MESSAGE = format('a visit names a %s that is not registered', unknown), SCHEMA = 'visits', TABLE = 'visit';
  END IF;
  RETURN NULL;
END $function$;

-- 导入 · Each accepted file: what it was, its hash, how many rows and new visits. All or nothing per file.
CREATE TABLE visits.intake (
  district_code text NOT NULL,
  id uuid NOT NULL,
  format text NOT NULL,
  file_name text NOT NULL,
  sha256 text NOT NULL,
  institution_id uuid,
  rows integer NOT NULL,
  visits integer NOT NULL,
  received_at timestamp with time zone NOT NULL,
  account_id uuid,
  CONSTRAINT intake_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT intake_format_check CHECK ((format = ANY (ARRAY['hhcrsp'::text, 'csv'::text, 'excel'::text, 'world'::text])))
);
CREATE INDEX intake_list ON visits.intake USING btree (district_code, received_at, id);
CREATE INDEX intake_sha ON visits.intake USING btree (district_code, sha256);
ALTER TABLE visits.intake ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON visits.intake FOR ALL TO changhu_app, changhu_report USING ((starts_with(district_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution)))) WITH CHECK ((starts_with(district_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution))));
GRANT INSERT, SELECT ON visits.intake TO changhu_app;

-- 月份锁定 · Months that were closed: intake of visits into them is refused.
CREATE TABLE visits.month_lock (
  district_code text NOT NULL,
  month date NOT NULL,
  locked_at timestamp with time zone NOT NULL,
  CONSTRAINT month_lock_pkey PRIMARY KEY (district_code, month),
  CONSTRAINT month_lock_month_check CHECK ((month = (date_trunc('month'::text, (month)::timestamp with time zone))::date))
);
ALTER TABLE visits.month_lock ENABLE ROW LEVEL SECURITY;
CREATE POLICY institutions_read ON visits.month_lock FOR SELECT TO changhu_app USING ((( SELECT scope.institution() AS institution) IS NOT NULL));
CREATE POLICY scope ON visits.month_lock FOR ALL TO changhu_app, changhu_report USING (starts_with(district_code, ( SELECT scope.area() AS area))) WITH CHECK (starts_with(district_code, ( SELECT scope.area() AS area)));
GRANT INSERT, SELECT ON visits.month_lock TO changhu_app;

-- 路程时间 · Travel minutes between two homes as a source gives them; otherwise distance and the highest plausible speed count. The rows are facts of that source: that both persons are registered is checked where they are imported, not by a key of each row.
CREATE TABLE visits.travel_time (
  district_code text NOT NULL,
  from_person_id uuid NOT NULL,
  to_person_id uuid NOT NULL,
  minutes numeric(9,3) NOT NULL,
  source text NOT NULL,
  CONSTRAINT travel_time_pkey PRIMARY KEY (district_code, from_person_id, to_person_id),
  CONSTRAINT travel_time_minutes_check CHECK ((minutes >= (0)::numeric))
);
ALTER TABLE visits.travel_time ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON visits.travel_time FOR ALL TO changhu_app, changhu_report USING (starts_with(district_code, ( SELECT scope.area() AS area))) WITH CHECK (starts_with(district_code, ( SELECT scope.area() AS area)));
GRANT INSERT, SELECT ON visits.travel_time TO changhu_app;

-- 服务记录 · Who was with whom from when to when, for which item. pair_ref joins the two visits of a planned two-carer visit; source_ref is the reference in the file it came from. Append-only.
CREATE TABLE visits.visit (
  district_code text NOT NULL,
  service_on date NOT NULL,
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  institution_id uuid NOT NULL,
  worker_id uuid NOT NULL,
  worker_class text NOT NULL,
  plan_id uuid,
  item_code text NOT NULL,
  started_at timestamp with time zone NOT NULL,
  ended_at timestamp with time zone NOT NULL,
  longitude double precision,
  latitude double precision,
  pair_ref text,
  source_ref text NOT NULL,
  source_seq integer NOT NULL,
  intake_id uuid NOT NULL,
  CONSTRAINT visit_pkey PRIMARY KEY (district_code, service_on, id),
  CONSTRAINT visit_district_code_service_on_institution_id_source_ref_key UNIQUE (district_code, service_on, institution_id, source_ref),
  CONSTRAINT visit_check CHECK ((ended_at > started_at))
) PARTITION BY RANGE (service_on);
CREATE INDEX visit_institution ON ONLY visits.visit USING btree (district_code, institution_id, service_on, id);
CREATE INDEX visit_intake ON ONLY visits.visit USING btree (district_code, intake_id, service_on, id);
CREATE INDEX visit_person ON ONLY visits.visit USING btree (district_code, person_id, service_on);
CREATE INDEX visit_worker ON ONLY visits.visit USING btree (district_code, worker_id, service_on);
CREATE TRIGGER names_known AFTER INSERT ON visits.visit REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION visits.demand_known();
ALTER TABLE visits.visit ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON visits.visit FOR ALL TO changhu_app, changhu_report USING ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])))) WITH CHECK ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[]))));
GRANT INSERT, SELECT ON visits.visit TO changhu_app;

-- ==== workers: 服务人员 · Care workers, assessors and experts.

CREATE SCHEMA workers;

CREATE OR REPLACE FUNCTION workers.accounts_of(institution uuid)
 RETURNS TABLE(account_id uuid, worker_id uuid, name text, role_code text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'workers', 'pg_temp'
AS $function$
  SELECT a.id, a.worker_id, a.display_name, a.role_code FROM identity.account a
  WHERE a.institution_id = institution AND a.disabled_at IS NULL AND a.role_code IN ('assessor', 'assessmentExpert')
    AND (institution = (SELECT scope.institution()) OR starts_with((SELECT i.district_code FROM providers.institution i WHERE i.id = institution), (SELECT scope.area())))
  ORDER BY a.role_code, a.display_name, a.id
$function$;

CREATE OR REPLACE FUNCTION workers.assessors_on(wanted date, hours numeric)
 RETURNS TABLE(institution_id uuid, assessors integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'workers', 'pg_temp'
AS $function$
  SELECT r.institution_id, (count(*) FILTER (WHERE r.active AND r.register = 'assessor' AND r.training_hours >= hours))::int FROM workers.whole_register_on(wanted) r GROUP BY r.institution_id
$function$;

CREATE OR REPLACE FUNCTION workers.barred_until(number text, wanted date)
 RETURNS date
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'workers', 'pg_temp'
AS $function$
  SELECT max(d.barred_until_on) FROM departure d JOIN worker w ON w.id = d.worker_id WHERE w.identity_number = number AND d.barred_until_on >= wanted
$function$;

CREATE OR REPLACE FUNCTION workers.has_account(worker uuid, account uuid, wanted date)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'workers', 'pg_temp'
AS $function$
  SELECT EXISTS (SELECT 1 FROM workers.whole_register_on(wanted) r WHERE r.worker_id = worker AND r.account_id = account)
$function$;

CREATE OR REPLACE FUNCTION workers.name_of(worker uuid)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'workers', 'pg_temp'
AS $function$
  SELECT w.name FROM workers.worker w WHERE w.id = worker
$function$;

CREATE OR REPLACE FUNCTION workers.register_on(wanted date)
 RETURNS TABLE(worker_id uuid, institution_id uuid, district_code text, name text, account_id uuid, register text, admission_id uuid, certificate_number text, certificate_until_on date, admitted_on date, left_on date, barred_until_on date, suspended_from_on date, suspended_to_on date, suspension_reason text, training_hours numeric, active boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'workers', 'pg_temp'
AS $function$
  SELECT * FROM workers.whole_register_on(wanted) r WHERE starts_with(r.district_code, (SELECT scope.area())) OR r.institution_id = (SELECT scope.institution())
$function$;

CREATE OR REPLACE FUNCTION workers.standing_of(accounts uuid[], wanted date)
 RETURNS TABLE(account_id uuid, admitted_on date, certificate_until_on date, left_on date, barred_until_on date, suspended_from_on date, suspended_to_on date, suspension_reason text, training_hours numeric)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'workers', 'pg_temp'
AS $function$
  SELECT r.account_id, r.admitted_on, r.certificate_until_on, r.left_on, r.barred_until_on, r.suspended_from_on, r.suspended_to_on, r.suspension_reason, r.training_hours
  FROM workers.whole_register_on(wanted) r WHERE r.account_id = ANY (accounts)
$function$;

CREATE OR REPLACE FUNCTION workers.whole_register_on(wanted date)
 RETURNS TABLE(worker_id uuid, institution_id uuid, district_code text, name text, account_id uuid, register text, admission_id uuid, certificate_number text, certificate_until_on date, admitted_on date, left_on date, barred_until_on date, suspended_from_on date, suspended_to_on date, suspension_reason text, training_hours numeric, active boolean)
 LANGUAGE sql
 STABLE
AS $function$
  SELECT w.id, w.institution_id, w.district_code, w.name, coalesce(e.account_id, k.id), e.register, e.id, e.certificate_number, e.certificate_until_on, e.admitted_on, d.left_on, d.barred_until_on, s.from_on, s.to_on, s.reason, coalesce(t.hours, 0),
    e.id IS NOT NULL AND d.left_on IS NULL AND s.from_on IS NULL AND e.certificate_until_on >= wanted AND (w.to_on IS NULL OR w.to_on >= wanted)
  FROM workers.worker w
  LEFT JOIN (SELECT DISTINCT ON (a.worker_id) a.* FROM workers.admission a WHERE a.admitted_on <= wanted ORDER BY a.worker_id, a.admitted_on DESC, a.id DESC) e ON e.worker_id = w.id
  -- The latest exit counts, unless the latest entry came after it.
  LEFT JOIN (SELECT DISTINCT ON (x.worker_id) x.worker_id, x.left_on, x.barred_until_on FROM workers.departure x WHERE x.left_on <= wanted ORDER BY x.worker_id, x.left_on DESC, x.id DESC) d ON d.worker_id = w.id AND d.left_on >= coalesce(e.admitted_on, d.left_on)
  LEFT JOIN (SELECT DISTINCT ON (x.worker_id) x.worker_id, x.from_on, x.to_on, x.reason FROM workers.suspension x LEFT JOIN workers.suspension_lift l ON l.district_code = x.district_code AND l.suspension_id = x.id
    WHERE x.from_on <= wanted AND x.to_on >= wanted AND (l.lifted_on IS NULL OR l.lifted_on > wanted) ORDER BY x.worker_id, x.from_on) s ON s.worker_id = w.id
  LEFT JOIN (SELECT DISTINCT ON (c.worker_id) c.worker_id, c.id FROM identity.account c WHERE c.worker_id IS NOT NULL AND c.disabled_at IS NULL ORDER BY c.worker_id, c.created_at) k ON k.worker_id = w.id
  LEFT JOIN (SELECT x.worker_id, sum(x.hours) AS hours FROM workers.training x WHERE x.passed AND x.held_on <= wanted AND x.held_on > (wanted - interval '1 year')::date GROUP BY x.worker_id) t ON t.worker_id = w.id
  WHERE w.worker_class IN ('assessor', 'expert')
$function$;

-- 入库登记 · Entry of an assessor or expert in the register: qualification, certificate and its last day. A new certificate or a return after exit is a new entry; the latest one counts.
CREATE TABLE workers.admission (
  district_code text NOT NULL,
  id uuid NOT NULL,
  worker_id uuid NOT NULL,
  institution_id uuid,
  register text NOT NULL,
  qualification text NOT NULL,
  certificate_number text NOT NULL,
  certificate_until_on date NOT NULL,
  admitted_on date NOT NULL,
  phone text,
  address text,
  account_id uuid,
  actor_name text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  CONSTRAINT admission_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT admission_certificate_number_check CHECK (((length(certificate_number) >= 1) AND (length(certificate_number) <= 40))),
  CONSTRAINT admission_district_code_check CHECK ((district_code ~ '^[0-9]{6}$'::text)),
  CONSTRAINT admission_qualification_check CHECK (((length(qualification) >= 1) AND (length(qualification) <= 120))),
  CONSTRAINT admission_register_check CHECK ((register = ANY (ARRAY['assessor'::text, 'expert'::text]))),
  CONSTRAINT admission_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES providers.institution(id),
  CONSTRAINT admission_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES workers.worker(id)
);
CREATE INDEX admission_account ON workers.admission USING btree (account_id) WHERE (account_id IS NOT NULL);
CREATE INDEX admission_worker ON workers.admission USING btree (worker_id, admitted_on DESC, id DESC);
ALTER TABLE workers.admission ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON workers.admission FOR ALL TO changhu_app, changhu_report USING ((starts_with(district_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution)))) WITH CHECK ((starts_with(district_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution))));
GRANT INSERT, SELECT ON workers.admission TO changhu_app;
GRANT SELECT ON workers.admission TO changhu_report;

-- 退出登记 · An assessor or expert leaves the register: from which day, why, and until when the person is barred from coming back. Append-only.
CREATE TABLE workers.departure (
  district_code text NOT NULL,
  id uuid NOT NULL,
  worker_id uuid NOT NULL,
  institution_id uuid,
  left_on date NOT NULL,
  reason text NOT NULL,
  barred_until_on date,
  note text NOT NULL,
  actor_name text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  CONSTRAINT departure_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT departure_check CHECK ((barred_until_on > left_on)),
  CONSTRAINT departure_note_check CHECK (((length(note) >= 1) AND (length(note) <= 400))),
  CONSTRAINT departure_reason_check CHECK ((reason = ANY (ARRAY['RESIGNED'::text, 'INSTITUTION_CLOSED'::text, 'QUALIFICATION_LOST'::text, 'FRAUD'::text, 'OTHER'::text]))),
  CONSTRAINT departure_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES workers.worker(id)
);
CREATE INDEX departure_worker ON workers.departure USING btree (worker_id, left_on DESC);
ALTER TABLE workers.departure ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON workers.departure FOR ALL TO changhu_app, changhu_report USING ((starts_with(district_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution)))) WITH CHECK ((starts_with(district_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution))));
GRANT INSERT, SELECT ON workers.departure TO changhu_app;
GRANT SELECT ON workers.departure TO changhu_report;

-- 暂停资格 · An assessor or expert may not assess from a day to a day (both counted), for a coded reason with its source. Append-only: lifting is a row of its own.
CREATE TABLE workers.suspension (
  district_code text NOT NULL,
  id uuid NOT NULL,
  worker_id uuid NOT NULL,
  institution_id uuid,
  from_on date NOT NULL,
  to_on date NOT NULL,
  reason text NOT NULL,
  source text NOT NULL,
  note text NOT NULL,
  actor_name text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  CONSTRAINT suspension_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT suspension_check CHECK ((to_on >= from_on)),
  CONSTRAINT suspension_note_check CHECK (((length(note) >= 1) AND (length(note) <= 400))),
  CONSTRAINT suspension_reason_check CHECK ((reason = ANY (ARRAY['FALSE_RECORD'::text, 'NOT_RECUSED'::text, 'QUALITY'::text, 'COMPLAINT'::text, 'LEAK'::text, 'TRAINING'::text, 'INVESTIGATION'::text, 'OTHER'::text]))),
  CONSTRAINT suspension_source_check CHECK (((length(source) >= 1) AND (length(source) <= 200))),
  CONSTRAINT suspension_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES workers.worker(id)
);
CREATE INDEX suspension_worker ON workers.suspension USING btree (worker_id, from_on DESC);
ALTER TABLE workers.suspension ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON workers.suspension FOR ALL TO changhu_app, changhu_report USING ((starts_with(district_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution)))) WITH CHECK ((starts_with(district_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution))));
GRANT INSERT, SELECT ON workers.suspension TO changhu_app;
GRANT SELECT ON workers.suspension TO changhu_report;

-- 解除暂停 · Day from which a suspension holds no more, and why. Append-only.
CREATE TABLE workers.suspension_lift (
  district_code text NOT NULL,
  suspension_id uuid NOT NULL,
  worker_id uuid NOT NULL,
  institution_id uuid,
  lifted_on date NOT NULL,
  note text NOT NULL,
  actor_name text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  CONSTRAINT suspension_lift_pkey PRIMARY KEY (district_code, suspension_id),
  CONSTRAINT suspension_lift_note_check CHECK (((length(note) >= 1) AND (length(note) <= 400))),
  CONSTRAINT suspension_lift_district_code_suspension_id_fkey FOREIGN KEY (district_code, suspension_id) REFERENCES workers.suspension(district_code, id)
);
ALTER TABLE workers.suspension_lift ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON workers.suspension_lift FOR ALL TO changhu_app, changhu_report USING ((starts_with(district_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution)))) WITH CHECK ((starts_with(district_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution))));
GRANT INSERT, SELECT ON workers.suspension_lift TO changhu_app;
GRANT SELECT ON workers.suspension_lift TO changhu_report;

-- 培训记录 · Training of an assessor or expert: topic, hours, day, and whether the test was passed. Append-only.
CREATE TABLE workers.training (
  district_code text NOT NULL,
  id uuid NOT NULL,
  worker_id uuid NOT NULL,
  institution_id uuid,
  topic text NOT NULL,
  hours numeric(5,1) NOT NULL,
  held_on date NOT NULL,
  passed boolean NOT NULL,
  actor_name text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  CONSTRAINT training_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT training_hours_check CHECK (((hours > (0)::numeric) AND (hours <= (200)::numeric))),
  CONSTRAINT training_topic_check CHECK (((length(topic) >= 1) AND (length(topic) <= 120))),
  CONSTRAINT training_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES workers.worker(id)
);
CREATE INDEX training_worker ON workers.training USING btree (worker_id, held_on DESC);
ALTER TABLE workers.training ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON workers.training FOR ALL TO changhu_app, changhu_report USING ((starts_with(district_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution)))) WITH CHECK ((starts_with(district_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution))));
GRANT INSERT, SELECT ON workers.training TO changhu_app;
GRANT SELECT ON workers.training TO changhu_report;

-- 服务人员 · People who care or assess, by institution: class decides the price, abilities what they may do.
CREATE TABLE workers.worker (
  id uuid NOT NULL,
  district_code text NOT NULL,
  institution_id uuid,
  name text NOT NULL,
  identity_number text NOT NULL,
  worker_class text NOT NULL,
  certificate_number text,
  abilities text[] NOT NULL DEFAULT '{}'::text[],
  from_on date NOT NULL,
  to_on date,
  source_ref text,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT worker_pkey PRIMARY KEY (id),
  CONSTRAINT worker_institution_id_identity_number_key UNIQUE (institution_id, identity_number),
  CONSTRAINT worker_institution_id_source_ref_key UNIQUE (institution_id, source_ref),
  CONSTRAINT worker_of_an_institution CHECK (((institution_id IS NOT NULL) OR ((worker_class = 'expert'::text) AND (district_code ~~ '____00'::text)))),
  CONSTRAINT worker_worker_class_check CHECK ((worker_class = ANY (ARRAY['nurse'::text, 'trained'::text, 'carer'::text, 'individual'::text, 'assessor'::text, 'expert'::text]))),
  CONSTRAINT worker_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES providers.institution(id)
);
CREATE INDEX worker_list ON workers.worker USING btree (district_code, institution_id, name);
CREATE UNIQUE INDEX worker_city_list ON workers.worker USING btree (district_code, identity_number) WHERE (institution_id IS NULL);
ALTER TABLE workers.worker ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON workers.worker FOR ALL TO changhu_app, changhu_report USING ((starts_with(district_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution)))) WITH CHECK ((starts_with(district_code, ( SELECT scope.area() AS area)) OR (institution_id = ( SELECT scope.institution() AS institution))));
GRANT INSERT, SELECT, UPDATE ON workers.worker TO changhu_app;

-- ==== world: 演示 · The fictional city: stages of its loading, visits with a fault on purpose.

CREATE SCHEMA world;

-- 演示差错 · Visits of the fictional city that were given a fault on purpose, by the audit rule that should find it.
CREATE TABLE world.fault (
  district_code text NOT NULL,
  service_on date NOT NULL,
  visit_id uuid NOT NULL,
  kind text NOT NULL,
  CONSTRAINT fault_pkey PRIMARY KEY (district_code, service_on, visit_id),
  CONSTRAINT fault_kind_check CHECK ((kind = ANY (ARRAY['over-long'::text, 'item-not-in-plan'::text, 'carer-overlap'::text, 'travel-impossible'::text, 'hospital-stay'::text])))
);

-- 装载进度 · Stages of the fictional city that are done; a loading that was killed goes on after the last one.
CREATE TABLE world.stage (
  name text NOT NULL,
  done_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT stage_pkey PRIMARY KEY (name)
);
