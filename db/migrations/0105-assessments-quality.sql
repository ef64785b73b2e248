-- What assessment institutions and assessors are measured by: complaints, and the figures of a month as they were known when it was kept.
CREATE TABLE assessments.complaint (
  district_code text NOT NULL,
  id uuid NOT NULL,
  number text NOT NULL,
  area_code text NOT NULL CHECK (starts_with(area_code, district_code)),
  institution_id uuid NOT NULL,
  assessor_account_id uuid,
  application_id uuid,
  person_id uuid,
  subject text NOT NULL CHECK (subject IN ('conduct', 'procedure', 'dataLeak', 'money', 'other')),
  source text NOT NULL CHECK (source IN ('agency', 'township', 'family')),
  matter text NOT NULL CHECK (length(matter) BETWEEN 1 AND 2000),
  filed_on date NOT NULL,
  filed_at timestamptz NOT NULL,
  filed_by uuid,
  PRIMARY KEY (district_code, id),
  UNIQUE (district_code, number),
  CHECK ((application_id IS NULL) = (person_id IS NULL))
);
COMMENT ON TABLE assessments.complaint IS '投诉 · A complaint about an assessment institution or one of its assessors, with a coded subject. It counts only once it was found justified; before that the institution does not see it. Append-only.';
CREATE INDEX complaint_month ON assessments.complaint (district_code, filed_at);

CREATE TABLE assessments.complaint_answer (
  district_code text NOT NULL,
  id uuid NOT NULL,
  complaint_id uuid NOT NULL,
  area_code text NOT NULL,
  institution_id uuid NOT NULL,
  person_id uuid,
  upheld boolean NOT NULL,
  answer text NOT NULL CHECK (length(answer) BETWEEN 1 AND 2000),
  answered_by text NOT NULL,
  answered_at timestamptz NOT NULL,
  PRIMARY KEY (district_code, id),
  UNIQUE (district_code, complaint_id)
);
COMMENT ON TABLE assessments.complaint_answer IS '投诉处理 · What came of a complaint: justified or not, with the answer, by somebody who did not file it. Append-only.';
CALL scope.protect('assessments.complaint_answer', 'area_code', NULL, 'person_id', 'upheld AND institution_id = (SELECT scope.institution())');
GRANT SELECT, INSERT ON assessments.complaint_answer TO changhu_app;
CALL scope.protect('assessments.complaint', 'area_code', NULL, 'person_id',
  '(institution_id = (SELECT scope.institution()) AND EXISTS (SELECT 1 FROM assessments.complaint_answer x WHERE x.district_code = complaint.district_code AND x.complaint_id = complaint.id AND x.upheld))');
GRANT SELECT, INSERT ON assessments.complaint TO changhu_app;

CREATE TABLE assessments.quality_month (
  district_code text NOT NULL,
  id uuid NOT NULL,
  month date NOT NULL CHECK (month = date_trunc('month', month)::date),
  version int NOT NULL CHECK (version > 0),
  known_at timestamptz NOT NULL,
  kept_by text NOT NULL,
  decision_id uuid NOT NULL,
  PRIMARY KEY (district_code, id),
  UNIQUE (district_code, month, version)
);
COMMENT ON TABLE assessments.quality_month IS '质量月度 · The figures of a closed month as they were known at an instant. What becomes known later makes another version. Append-only.';
CALL scope.protect('assessments.quality_month', 'district_code', NULL, NULL, '(SELECT scope.institution()) IS NOT NULL');
GRANT SELECT, INSERT ON assessments.quality_month TO changhu_app;

CREATE TABLE assessments.quality_figure (
  district_code text NOT NULL,
  id uuid NOT NULL,
  quality_month_id uuid NOT NULL,
  figure text NOT NULL,
  institution_id uuid,
  assessor_account_id uuid,
  assessor_name text,
  cases int NOT NULL,
  numerator numeric NOT NULL,
  denominator numeric NOT NULL,
  value numeric,
  low numeric,
  high numeric,
  points numeric,
  PRIMARY KEY (district_code, id),
  CHECK (institution_id IS NOT NULL OR assessor_account_id IS NULL)
);
COMMENT ON TABLE assessments.quality_figure IS '质量指标 · One figure of a kept month: of an institution, of one of its assessors, or (without an institution) the mean of the institutions, which every institution sees. Append-only.';
CREATE INDEX quality_figure_month ON assessments.quality_figure (district_code, quality_month_id);
CALL scope.protect('assessments.quality_figure', 'district_code', 'institution_id', NULL, '(institution_id IS NULL AND (SELECT scope.institution()) IS NOT NULL)');
GRANT SELECT, INSERT ON assessments.quality_figure TO changhu_app;

CREATE TABLE assessments.quality_case (
  district_code text NOT NULL,
  quality_month_id uuid NOT NULL,
  figure text NOT NULL,
  n int NOT NULL,
  institution_id uuid NOT NULL,
  assessor_account_id uuid,
  assessor_name text,
  subject_type text NOT NULL CHECK (subject_type IN ('application', 'complaint')),
  subject_id uuid NOT NULL,
  number text NOT NULL,
  day_on date NOT NULL,
  params jsonb NOT NULL,
  PRIMARY KEY (district_code, quality_month_id, figure, n)
);
COMMENT ON TABLE assessments.quality_case IS '质量指标案件 · The cases that the numerator of a kept figure counts, so that whoever is measured can look them up. Append-only.';
CREATE INDEX quality_case_list ON assessments.quality_case (district_code, quality_month_id, figure, institution_id, assessor_account_id, n);
CALL scope.protect('assessments.quality_case', 'district_code', 'institution_id');
GRANT SELECT, INSERT ON assessments.quality_case TO changhu_app;

CREATE INDEX assessment_recorded ON assessments.assessment (district_code, recorded_at);
CREATE INDEX assessment_application ON assessments.assessment (district_code, application_id, recorded_at);
CREATE INDEX conclusion_assessment ON assessments.conclusion (district_code, assessment_id) WHERE assessment_id IS NOT NULL;
CREATE INDEX conclusion_application ON assessments.conclusion (district_code, application_id) WHERE application_id IS NOT NULL;
CREATE INDEX application_about ON assessments.application (district_code, about_conclusion_id) WHERE about_conclusion_id IS NOT NULL;

DO $$
DECLARE t text;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN RETURN; END IF;
  FOREACH t IN ARRAY ARRAY['assessments.complaint', 'assessments.complaint_answer', 'assessments.quality_month', 'assessments.quality_figure', 'assessments.quality_case'] LOOP
    EXECUTE format('SELECT create_distributed_table(%L, ''district_code'')', t);
  END LOOP;
END $$;
ALTER TABLE assessments.complaint ADD FOREIGN KEY (district_code, application_id) REFERENCES assessments.application, ADD FOREIGN KEY (district_code, person_id) REFERENCES people.person, ADD FOREIGN KEY (institution_id) REFERENCES providers.institution;
ALTER TABLE assessments.complaint_answer ADD FOREIGN KEY (district_code, complaint_id) REFERENCES assessments.complaint;
ALTER TABLE assessments.quality_month ADD FOREIGN KEY (district_code, decision_id) REFERENCES platform.decision;
ALTER TABLE assessments.quality_figure ADD FOREIGN KEY (district_code, quality_month_id) REFERENCES assessments.quality_month;
ALTER TABLE assessments.quality_case ADD FOREIGN KEY (district_code, quality_month_id) REFERENCES assessments.quality_month;
