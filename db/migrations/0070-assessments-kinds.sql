-- Kinds of assessment and what opens each: the acute stay, the district's decision, the agency's spot check, the reviews.
ALTER TABLE people.hospital_stay ADD COLUMN kind text NOT NULL DEFAULT 'admission' CHECK (kind IN ('admission', 'emergencyObservation'));
COMMENT ON COLUMN people.hospital_stay.kind IS '住院种类 · An admission, or an emergency observation; both open a status assessment.';

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
  decided_at timestamptz NOT NULL,
  PRIMARY KEY (district_code, id)
);
COMMENT ON TABLE assessments.status_decision IS '特殊情况确认 · The district lets a person apply for a status assessment without an acute stay, together with a department or township. Good for one application. Append-only.';
CREATE INDEX status_decision_person ON assessments.status_decision (district_code, person_id, decided_on);
CALL scope.protect('assessments.status_decision', 'township_code', NULL, 'person_id');
GRANT SELECT, INSERT ON assessments.status_decision TO changhu_app;
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN PERFORM create_distributed_table('assessments.status_decision', 'district_code'); END IF;
END $$;
ALTER TABLE assessments.status_decision ADD FOREIGN KEY (district_code, person_id) REFERENCES people.person;

ALTER TABLE assessments.application DROP CONSTRAINT application_kind_check, DROP CONSTRAINT application_relation_check, ALTER COLUMN disabled_since_on DROP NOT NULL,
  ADD COLUMN about_conclusion_id uuid, ADD COLUMN status_decision_id uuid, ADD COLUMN ground text, ADD COLUMN ground_source text;
ALTER TABLE assessments.application
  ADD CHECK (kind IN ('initial', 'endOfTerm', 'statusChange', 'review', 'finalReview', 'spotCheck')),
  ADD CHECK (relation IN ('self', 'family', 'guardian', 'agent', 'agency')),
  ADD CHECK (kind = 'spotCheck' OR disabled_since_on IS NOT NULL),
  ADD CHECK ((kind = 'spotCheck') = (ground IS NOT NULL) AND (ground IS NULL) = (ground_source IS NULL)),
  ADD CHECK (ground IN ('irregularAssessment', 'abnormalResult', 'communityHealthFinding')),
  ADD FOREIGN KEY (district_code, about_conclusion_id) REFERENCES assessments.conclusion,
  ADD FOREIGN KEY (district_code, status_decision_id) REFERENCES assessments.status_decision;
COMMENT ON COLUMN assessments.application.about_conclusion_id IS '原结论 · The latest conclusion when the case was filed: the one that it follows, changes or reviews.';
COMMENT ON COLUMN assessments.application.status_decision_id IS '特殊情况确认 · The district''s decision that this status assessment rests on.';
COMMENT ON COLUMN assessments.application.ground IS '启动事由 · Why the agency opened a status assessment of its own accord.';
COMMENT ON COLUMN assessments.application.ground_source IS '事由出处 · Where the finding stands: report, inspection record, the centre that told.';
CREATE INDEX application_status_decision ON assessments.application (district_code, status_decision_id) WHERE status_decision_id IS NOT NULL;

CREATE FUNCTION assessments.took_part_before(district text, application uuid) RETURNS TABLE (institution_id uuid, account_id uuid, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = assessments, pg_temp AS $$
  WITH RECURSIVE reviewed AS (
    SELECT c.application_id FROM assessments.application a JOIN assessments.conclusion c ON c.district_code = a.district_code AND c.id = a.about_conclusion_id
    WHERE a.district_code = district AND a.id = application AND a.kind IN ('review', 'finalReview')
    UNION
    SELECT c.application_id FROM reviewed r JOIN assessments.application a ON a.district_code = district AND a.id = r.application_id AND a.kind IN ('review', 'finalReview')
    JOIN assessments.conclusion c ON c.district_code = a.district_code AND c.id = a.about_conclusion_id
  )
  SELECT s.assessment_institution_id, s.assessor_account_id, s.assessor_name FROM reviewed r JOIN assessments.assessment s ON s.district_code = district AND s.application_id = r.application_id
  UNION
  SELECT s.assessment_institution_id, NULL, s.second_name FROM reviewed r JOIN assessments.assessment s ON s.district_code = district AND s.application_id = r.application_id
  UNION
  SELECT s.assessment_institution_id, v.expert_account_id, v.expert_name FROM reviewed r JOIN assessments.assessment s ON s.district_code = district AND s.application_id = r.application_id
  JOIN assessments.confirmation v ON v.district_code = s.district_code AND v.assessment_id = s.id
$$;
COMMENT ON FUNCTION assessments.took_part_before IS 'Institutions and persons that a review or final review must avoid: all who assessed or confirmed the conclusions under review. Empty for other kinds.';
REVOKE ALL ON FUNCTION assessments.took_part_before FROM public;
GRANT EXECUTE ON FUNCTION assessments.took_part_before TO changhu_app;
