-- Trying an edition of the scale on past answers: the trial is on record, the cases stay as they are.
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
  assessments int NOT NULL,
  not_comparable int NOT NULL,
  changed int NOT NULL,
  gains int NOT NULL,
  loses int NOT NULL,
  vectors int NOT NULL,
  cells jsonb NOT NULL,
  account_id uuid,
  tried_by text NOT NULL,
  tried_at timestamptz NOT NULL,
  PRIMARY KEY (district_code, id)
);
COMMENT ON TABLE assessments.scale_trial IS '量表试算 · Who tried which edition on which past assessments, and what it showed. district_code is the area tried: a district, or the four digits of the city. Append-only.';
COMMENT ON COLUMN assessments.scale_trial.edition IS '试算的版本 · The edition as it was tried, whole: it may be of an uploaded file.';
COMMENT ON COLUMN assessments.scale_trial.cells IS '等级变化 · [{before, after, people}].';
CALL scope.protect('assessments.scale_trial', 'district_code');
GRANT SELECT, INSERT ON assessments.scale_trial TO changhu_app;

CREATE TABLE assessments.scale_trial_change (
  district_code text NOT NULL,
  trial_id uuid NOT NULL,
  assessment_id uuid NOT NULL,
  township_code text NOT NULL,
  grade_before smallint NOT NULL,
  grade_after smallint NOT NULL,
  PRIMARY KEY (district_code, trial_id, assessment_id),
  CHECK (grade_before <> grade_after)
);
COMMENT ON TABLE assessments.scale_trial_change IS '试算中等级会变的评估 · Assessments whose grade the tried edition would change. Append-only; the assessment itself is untouched.';
CALL scope.protect('assessments.scale_trial_change', 'township_code');
GRANT SELECT, INSERT ON assessments.scale_trial_change TO changhu_app;
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN
    PERFORM create_distributed_table('assessments.scale_trial', 'district_code');
    PERFORM create_distributed_table('assessments.scale_trial_change', 'district_code');
  END IF;
END $$;
ALTER TABLE assessments.scale_trial_change ADD FOREIGN KEY (district_code, assessment_id) REFERENCES assessments.assessment;
