-- A picture of the database's structure, made by `npm run reference` from its catalogue. To change it, add a migration to db/migrations.

-- ==== assessments: 评估 · Applications, assessments, confirmations, conclusions.

CREATE SCHEMA assessments;

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
  SELECT f.assessment_institution_id, NULL, f.second_name FROM first f
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
  CONSTRAINT application_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT application_district_code_number_key UNIQUE (district_code, number),
  CONSTRAINT application_check CHECK (((state = 'refused'::text) = (refusal_code IS NOT NULL))),
  CONSTRAINT application_check1 CHECK (((kind = 'spotCheck'::text) OR (disabled_since_on IS NOT NULL))),
  CONSTRAINT application_check2 CHECK ((((kind = 'spotCheck'::text) = (ground IS NOT NULL)) AND ((ground IS NULL) = (ground_source IS NULL)))),
  CONSTRAINT application_ground_check CHECK ((ground = ANY (ARRAY['irregularAssessment'::text, 'abnormalResult'::text, 'communityHealthFinding'::text]))),
  CONSTRAINT application_kind_check CHECK ((kind = ANY (ARRAY['initial'::text, 'endOfTerm'::text, 'statusChange'::text, 'review'::text, 'finalReview'::text, 'spotCheck'::text]))),
  CONSTRAINT application_relation_check CHECK ((relation = ANY (ARRAY['self'::text, 'family'::text, 'guardian'::text, 'agent'::text, 'agency'::text]))),
  CONSTRAINT application_state_check CHECK ((state = ANY (ARRAY['filed'::text, 'refused'::text, 'accepted'::text, 'dispatched'::text, 'scored'::text, 'confirmed'::text, 'onNotice'::text, 'concluded'::text, 'withdrawn'::text]))),
  CONSTRAINT application_assessment_institution_id_fkey FOREIGN KEY (assessment_institution_id) REFERENCES providers.institution(id),
  CONSTRAINT application_district_code_about_conclusion_id_fkey FOREIGN KEY (district_code, about_conclusion_id) REFERENCES assessments.conclusion(district_code, id),
  CONSTRAINT application_district_code_person_id_fkey FOREIGN KEY (district_code, person_id) REFERENCES people.person(district_code, id),
  CONSTRAINT application_district_code_status_decision_id_fkey FOREIGN KEY (district_code, status_decision_id) REFERENCES assessments.status_decision(district_code, id)
);
CREATE INDEX application_due ON assessments.application USING btree (district_code, COALESCE(returned_on, accepted_on)) WHERE (state = ANY (ARRAY['accepted'::text, 'dispatched'::text]));
CREATE INDEX application_person ON assessments.application USING btree (district_code, person_id, filed_on);
CREATE INDEX application_queue ON assessments.application USING btree (district_code, state, filed_on, id);
CREATE INDEX application_status_decision ON assessments.application USING btree (district_code, status_decision_id) WHERE (status_decision_id IS NOT NULL);
CREATE UNIQUE INDEX application_one_open ON assessments.application USING btree (district_code, person_id) WHERE (state <> ALL (ARRAY['refused'::text, 'concluded'::text, 'withdrawn'::text]));
ALTER TABLE assessments.application ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments.application FOR ALL TO changhu_app, changhu_report USING ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (assessment_institution_id = ( SELECT scope.institution() AS institution)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])))) WITH CHECK ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (assessment_institution_id = ( SELECT scope.institution() AS institution)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[]))));
GRANT INSERT, SELECT, UPDATE ON assessments.application TO changhu_app;

-- 现场评估 · The seventeen answers as entered on site, and the grade they give.
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
  adl_points smallint NOT NULL,
  cognition_points smallint NOT NULL,
  perception_points smallint NOT NULL,
  grade smallint NOT NULL,
  decision_id uuid NOT NULL,
  superseded_at timestamp with time zone,
  recorded_at timestamp with time zone NOT NULL,
  superseded_by text,
  CONSTRAINT assessment_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT assessment_check CHECK (((superseded_at IS NULL) = (superseded_by IS NULL))),
  CONSTRAINT assessment_grade_check CHECK (((grade >= 0) AND (grade <= 5))),
  CONSTRAINT assessment_superseded_by_check CHECK ((superseded_by = ANY (ARRAY['disagreement'::text, 'objection'::text]))),
  CONSTRAINT assessment_district_code_application_id_fkey FOREIGN KEY (district_code, application_id) REFERENCES assessments.application(district_code, id),
  CONSTRAINT assessment_district_code_decision_id_fkey FOREIGN KEY (district_code, decision_id) REFERENCES platform.decision(district_code, id)
);
CREATE UNIQUE INDEX assessment_current ON assessments.assessment USING btree (district_code, application_id) WHERE (superseded_at IS NULL);
ALTER TABLE assessments.assessment ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments.assessment FOR ALL TO changhu_app, changhu_report USING ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (assessment_institution_id = ( SELECT scope.institution() AS institution)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])))) WITH CHECK ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (assessment_institution_id = ( SELECT scope.institution() AS institution)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[]))));
GRANT INSERT, SELECT, UPDATE ON assessments.assessment TO changhu_app;

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
  CONSTRAINT conclusion_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT conclusion_district_code_number_key UNIQUE (district_code, number),
  CONSTRAINT conclusion_district_code_person_id_daterange_excl EXCLUDE USING gist (district_code WITH =, person_id WITH =, daterange(effective_on, COALESCE(ended_on, valid_until_on), '[]'::text) WITH &&),
  CONSTRAINT conclusion_check CHECK ((valid_until_on >= effective_on)),
  CONSTRAINT conclusion_grade_check CHECK (((grade >= 0) AND (grade <= 5))),
  CONSTRAINT conclusion_origin_check CHECK ((origin = ANY (ARRAY['assessed'::text, 'imported'::text]))),
  CONSTRAINT conclusion_district_code_application_id_fkey FOREIGN KEY (district_code, application_id) REFERENCES assessments.application(district_code, id),
  CONSTRAINT conclusion_district_code_decision_id_fkey FOREIGN KEY (district_code, decision_id) REFERENCES platform.decision(district_code, id),
  CONSTRAINT conclusion_district_code_person_id_fkey FOREIGN KEY (district_code, person_id) REFERENCES people.person(district_code, id)
);
CREATE INDEX conclusion_check_code ON assessments.conclusion USING btree (check_code);
CREATE INDEX conclusion_expiry ON assessments.conclusion USING btree (district_code, valid_until_on);
CREATE INDEX conclusion_person ON assessments.conclusion USING btree (district_code, person_id, effective_on);
ALTER TABLE assessments.conclusion ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments.conclusion FOR ALL TO changhu_app, changhu_report USING ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])) OR (EXISTS ( SELECT 1
   FROM people.tie t
  WHERE ((t.district_code = conclusion.district_code) AND (t.person_id = conclusion.person_id) AND (t.institution_id = ( SELECT scope.institution() AS institution))))))) WITH CHECK ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])) OR (EXISTS ( SELECT 1
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
  CONSTRAINT confirmation_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT confirmation_district_code_assessment_id_expert_account_id_key UNIQUE (district_code, assessment_id, expert_account_id),
  CONSTRAINT confirmation_district_code_assessment_id_fkey FOREIGN KEY (district_code, assessment_id) REFERENCES assessments.assessment(district_code, id)
);
ALTER TABLE assessments.confirmation ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments.confirmation FOR ALL TO changhu_app, changhu_report USING ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (assessment_institution_id = ( SELECT scope.institution() AS institution)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[])))) WITH CHECK ((starts_with(township_code, ( SELECT scope.area() AS area)) OR (assessment_institution_id = ( SELECT scope.institution() AS institution)) OR (person_id = ANY (( SELECT scope.persons() AS persons)::uuid[]))));
GRANT INSERT, SELECT ON assessments.confirmation TO changhu_app;

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

CREATE OR REPLACE FUNCTION identity.institution_name(wanted uuid)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$ SELECT i.name FROM providers.institution i WHERE i.id = wanted $function$;

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
  failures integer NOT NULL DEFAULT 0,
  locked_until timestamp with time zone,
  activation_sha256 text,
  activation_until timestamp with time zone,
  disabled_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT account_pkey PRIMARY KEY (id),
  CONSTRAINT account_sign_in_name_key UNIQUE (sign_in_name),
  CONSTRAINT account_role_code_fkey FOREIGN KEY (role_code) REFERENCES identity.role(code)
);

-- 亲属账号 · Persons for whom a family account stands.
CREATE TABLE identity.account_person (
  account_id uuid NOT NULL,
  district_code text NOT NULL,
  person_id uuid NOT NULL,
  CONSTRAINT account_person_pkey PRIMARY KEY (account_id, person_id),
  CONSTRAINT account_person_account_id_fkey FOREIGN KEY (account_id) REFERENCES identity.account(id)
);

-- 角色 · Roles as data: the permissions a role holds; written from domain/roles.yaml at every migration.
CREATE TABLE identity.role (
  code text NOT NULL,
  name_zh text NOT NULL,
  name_en text NOT NULL,
  desk text NOT NULL,
  permissions text[] NOT NULL,
  CONSTRAINT role_pkey PRIMARY KEY (code)
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

-- 张贴证明 · Photographs of the poster where it hangs, with the day: for officers of the area only. Append-only.
CREATE TABLE notices.posting_proof (
  district_code text NOT NULL,
  id uuid NOT NULL,
  batch_id uuid NOT NULL,
  township_code text NOT NULL,
  posted_on date NOT NULL,
  note text,
  media_type text NOT NULL,
  sha256 text NOT NULL,
  picture bytea NOT NULL,
  account_id uuid NOT NULL,
  actor_name text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  CONSTRAINT posting_proof_pkey PRIMARY KEY (district_code, id),
  CONSTRAINT posting_proof_district_code_batch_id_sha256_key UNIQUE (district_code, batch_id, sha256),
  CONSTRAINT posting_proof_media_type_check CHECK ((media_type = ANY (ARRAY['image/jpeg'::text, 'image/png'::text]))),
  CONSTRAINT posting_proof_picture_check CHECK ((octet_length(picture) <= ((10 * 1024) * 1024))),
  CONSTRAINT posting_proof_district_code_batch_id_fkey FOREIGN KEY (district_code, batch_id) REFERENCES notices.batch(district_code, id)
);
ALTER TABLE notices.posting_proof ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON notices.posting_proof FOR ALL TO changhu_app, changhu_report USING (starts_with(township_code, ( SELECT scope.area() AS area))) WITH CHECK (starts_with(township_code, ( SELECT scope.area() AS area)));
GRANT INSERT, SELECT ON notices.posting_proof TO changhu_app;

-- 公示撤下 · A notice taken down because an objection was upheld: its case is assessed anew. Append-only.
CREATE TABLE notices.withdrawal (
  district_code text NOT NULL,
  notice_id uuid NOT NULL,
  township_code text NOT NULL,
  objection_id uuid NOT NULL,
  withdrawn_on date NOT NULL,
  withdrawn_at timestamp with time zone NOT NULL,
  CONSTRAINT withdrawal_pkey PRIMARY KEY (district_code, notice_id)
);
ALTER TABLE notices.withdrawal ENABLE ROW LEVEL SECURITY;
CREATE POLICY anybody_reads ON notices.withdrawal FOR SELECT TO changhu_app, changhu_report USING (true);
CREATE POLICY own_area_writes ON notices.withdrawal FOR INSERT TO changhu_app WITH CHECK (starts_with(township_code, ( SELECT scope.area() AS area)));
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
CREATE INDEX person_list ON people.person USING btree (district_code, township_code, name, id);
CREATE INDEX person_living ON people.person USING btree (district_code, township_code, id) WHERE (deceased_on IS NULL);
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
  CONSTRAINT institution_pkey PRIMARY KEY (id),
  CONSTRAINT institution_code_key UNIQUE (code),
  CONSTRAINT institution_credit_code_key UNIQUE (credit_code),
  CONSTRAINT institution_source_ref_key UNIQUE (source_ref),
  CONSTRAINT institution_district_code_check CHECK ((district_code ~ '^[0-9]{6}$'::text)),
  CONSTRAINT institution_kind_check CHECK ((kind = ANY (ARRAY['assessment'::text, 'homeCare'::text, 'careHome'::text, 'individualCarers'::text])))
);
CREATE INDEX institution_district ON providers.institution USING btree (district_code, kind, name);
CREATE INDEX institution_name ON providers.institution USING btree (name, id);
ALTER TABLE providers.institution ENABLE ROW LEVEL SECURITY;
CREATE POLICY anybody_reads ON providers.institution FOR SELECT TO changhu_app, changhu_report USING (true);
CREATE POLICY area_inserts ON providers.institution FOR INSERT TO changhu_app WITH CHECK (starts_with(district_code, ( SELECT scope.area() AS area)));
CREATE POLICY area_updates ON providers.institution FOR UPDATE TO changhu_app USING (starts_with(district_code, ( SELECT scope.area() AS area)));
GRANT INSERT, SELECT, UPDATE ON providers.institution TO changhu_app;

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

CREATE OR REPLACE FUNCTION workers.name_of(worker uuid)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'workers', 'pg_temp'
AS $function$
  SELECT w.name FROM workers.worker w WHERE w.id = worker
$function$;

-- 服务人员 · People who care or assess, by institution: class decides the price, abilities what they may do.
CREATE TABLE workers.worker (
  id uuid NOT NULL,
  district_code text NOT NULL,
  institution_id uuid NOT NULL,
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
  CONSTRAINT worker_worker_class_check CHECK ((worker_class = ANY (ARRAY['nurse'::text, 'trained'::text, 'carer'::text, 'individual'::text, 'assessor'::text, 'expert'::text]))),
  CONSTRAINT worker_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES providers.institution(id)
);
CREATE INDEX worker_list ON workers.worker USING btree (district_code, institution_id, name);
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
