-- From application to conclusion.
CREATE SCHEMA assessments;
COMMENT ON SCHEMA assessments IS '评估 · Applications, assessments, confirmations, conclusions.';
GRANT USAGE ON SCHEMA assessments TO changhu_app, changhu_report;

CREATE TABLE assessments.application (
  district_code text NOT NULL,
  id uuid NOT NULL,
  number text NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('initial', 'endOfTerm', 'statusChange', 'review')),
  filed_on date NOT NULL,
  filed_at timestamptz NOT NULL,
  applicant_name text NOT NULL,
  relation text NOT NULL CHECK (relation IN ('self', 'family', 'guardian', 'agent')),
  contact_phone text NOT NULL,
  disabled_since_on date NOT NULL,
  materials text[] NOT NULL DEFAULT '{}',
  statement text,
  state text NOT NULL CHECK (state IN ('filed', 'refused', 'accepted', 'dispatched', 'scored', 'confirmed', 'onNotice', 'concluded', 'withdrawn')),
  state_since timestamptz NOT NULL,
  refusal_code text,
  assessment_institution_id uuid,
  decision_id uuid,
  PRIMARY KEY (district_code, id),
  CHECK ((state = 'refused') = (refusal_code IS NOT NULL))
);
ALTER TABLE assessments.application ADD UNIQUE (district_code, number);
COMMENT ON TABLE assessments.application IS '申请 · Applications and where they stand: filed, refused with a code, or on the road to a conclusion.';
CREATE INDEX application_queue ON assessments.application (district_code, state, filed_on, id);
CREATE INDEX application_person ON assessments.application (district_code, person_id, filed_on);
CREATE UNIQUE INDEX application_one_open ON assessments.application (district_code, person_id) WHERE state NOT IN ('refused', 'concluded', 'withdrawn');
CALL scope.protect('assessments.application', 'township_code', 'assessment_institution_id', 'person_id');
GRANT SELECT, INSERT, UPDATE ON assessments.application TO changhu_app;

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
  on_site_at timestamptz NOT NULL,
  place text NOT NULL,
  scale_id text NOT NULL,
  answers jsonb NOT NULL,
  adl_points smallint NOT NULL,
  cognition_points smallint NOT NULL,
  perception_points smallint NOT NULL,
  grade smallint NOT NULL CHECK (grade BETWEEN 0 AND 5),
  decision_id uuid NOT NULL,
  superseded_at timestamptz,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (district_code, id)
);
COMMENT ON TABLE assessments.assessment IS '现场评估 · The seventeen answers as entered on site, and the grade they give.';
CREATE UNIQUE INDEX assessment_current ON assessments.assessment (district_code, application_id) WHERE superseded_at IS NULL;
CALL scope.protect('assessments.assessment', 'township_code', 'assessment_institution_id', 'person_id');
GRANT SELECT, INSERT, UPDATE ON assessments.assessment TO changhu_app;

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
  confirmed_at timestamptz NOT NULL,
  PRIMARY KEY (district_code, id),
  UNIQUE (district_code, assessment_id, expert_account_id)
);
COMMENT ON TABLE assessments.confirmation IS '专家确认 · An expert who did not assess agrees or disagrees; one voice per expert. Append-only.';
CALL scope.protect('assessments.confirmation', 'township_code', 'assessment_institution_id', 'person_id');
GRANT SELECT, INSERT ON assessments.confirmation TO changhu_app;

CREATE TABLE assessments.conclusion (
  district_code text NOT NULL,
  id uuid NOT NULL,
  number text NOT NULL,
  application_id uuid,
  assessment_id uuid,
  notice_id uuid,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  grade smallint NOT NULL CHECK (grade BETWEEN 0 AND 5),
  concluded_on date NOT NULL,
  effective_on date NOT NULL,
  valid_until_on date NOT NULL,
  ended_on date,
  end_reason text,
  origin text NOT NULL CHECK (origin IN ('assessed', 'imported')),
  decision_id uuid NOT NULL,
  check_code text NOT NULL,
  concluded_at timestamptz NOT NULL,
  PRIMARY KEY (district_code, id),
  UNIQUE (district_code, number),
  CHECK (valid_until_on >= effective_on),
  EXCLUDE USING gist (district_code WITH =, person_id WITH =, daterange(effective_on, coalesce(ended_on, valid_until_on), '[]') WITH &&)
);
CREATE INDEX conclusion_check_code ON assessments.conclusion (check_code);
COMMENT ON TABLE assessments.conclusion IS '评估结论 · The grade that counts, from and until which day; an imported one says so. Never two at once for one person.';
CREATE INDEX conclusion_person ON assessments.conclusion (district_code, person_id, effective_on);
CREATE INDEX conclusion_expiry ON assessments.conclusion (district_code, valid_until_on);
CALL scope.protect('assessments.conclusion', 'township_code', NULL, 'person_id',
  'EXISTS (SELECT 1 FROM people.tie t WHERE t.district_code = conclusion.district_code AND t.person_id = conclusion.person_id AND t.institution_id = (SELECT scope.institution()))');
GRANT SELECT, INSERT, UPDATE ON assessments.conclusion TO changhu_app;

CREATE FUNCTION assessments.check_letter(code text) RETURNS TABLE (number text, grade smallint, concluded_on date, effective_on date, valid_until_on date, ended_on date, masked_name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = assessments, people, pg_temp AS $$
  SELECT c.number, c.grade, c.concluded_on, c.effective_on, c.valid_until_on, c.ended_on,
    left(p.name, 1) || repeat('*', greatest(length(p.name) - 2, 1)) || CASE WHEN length(p.name) > 2 THEN right(p.name, 1) ELSE '' END
  FROM assessments.conclusion c JOIN people.person p ON p.district_code = c.district_code AND p.id = c.person_id
  WHERE c.check_code = code
$$;
COMMENT ON FUNCTION assessments.check_letter IS 'What anybody who holds a letter may check by its code: number, grade, days, masked name.';
REVOKE ALL ON FUNCTION assessments.check_letter FROM public;
GRANT EXECUTE ON FUNCTION assessments.check_letter TO changhu_app;
