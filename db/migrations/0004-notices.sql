-- Public notices: masked, dated, append-only; anybody may read them and anybody may object.
CREATE SCHEMA notices;
COMMENT ON SCHEMA notices IS '公示 · Public notices and objections.';
GRANT USAGE ON SCHEMA notices TO changhu_app, changhu_report;

CREATE TABLE notices.notice (
  district_code text NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('assessmentResult')),
  subject_id uuid NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  community text NOT NULL,
  masked_name text NOT NULL,
  masked_number text NOT NULL,
  content jsonb NOT NULL,
  starts_on date NOT NULL,
  ends_on date NOT NULL,
  published_at timestamptz NOT NULL,
  PRIMARY KEY (district_code, id),
  UNIQUE (district_code, subject_id),
  CHECK (ends_on >= starts_on)
);
COMMENT ON TABLE notices.notice IS '公示 · What hangs out: masked name and number, result, first and last day. Never changed after publication.';
CREATE INDEX notice_public ON notices.notice (district_code, ends_on, id);
ALTER TABLE notices.notice ENABLE ROW LEVEL SECURITY;
CREATE POLICY anybody_reads ON notices.notice FOR SELECT TO changhu_app, changhu_report USING (true);
CREATE POLICY own_area_writes ON notices.notice FOR INSERT TO changhu_app WITH CHECK (starts_with(township_code, (SELECT scope.area())));
GRANT SELECT, INSERT ON notices.notice TO changhu_app;

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
  received_at timestamptz NOT NULL,
  received_on date NOT NULL,
  PRIMARY KEY (district_code, id)
);
COMMENT ON TABLE notices.objection IS '异议 · Objections against a notice: they block the conclusion until the agency has answered.';
CREATE INDEX objection_notice ON notices.objection (district_code, notice_id);
ALTER TABLE notices.objection ENABLE ROW LEVEL SECURITY;
CREATE POLICY area_reads ON notices.objection FOR SELECT TO changhu_app, changhu_report USING (starts_with(township_code, (SELECT scope.area())));
CREATE POLICY anybody_objects ON notices.objection FOR INSERT TO changhu_app WITH CHECK (true);
GRANT SELECT, INSERT ON notices.objection TO changhu_app;

CREATE TABLE notices.objection_answer (
  district_code text NOT NULL,
  objection_id uuid NOT NULL,
  township_code text NOT NULL,
  upheld boolean NOT NULL,
  answer text NOT NULL,
  account_id uuid NOT NULL,
  answered_at timestamptz NOT NULL,
  PRIMARY KEY (district_code, objection_id)
);
COMMENT ON TABLE notices.objection_answer IS '异议答复 · The agency''s answer; an upheld objection sends the case back to assessment.';
CALL scope.protect('notices.objection_answer', 'township_code');
GRANT SELECT, INSERT ON notices.objection_answer TO changhu_app;
