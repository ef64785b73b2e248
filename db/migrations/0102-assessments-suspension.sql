-- Pauses in the benefit, and the re-check that comes before service resumes.
CREATE TABLE assessments.suspension (
  district_code text NOT NULL,
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  reason text NOT NULL CHECK (reason IN ('admission', 'absent', 'ownWish', 'agencyDecision')),
  from_on date NOT NULL,
  to_on date,
  state text NOT NULL DEFAULT 'paused' CHECK (state IN ('paused', 'lifted', 'serviceEnded')),
  note text NOT NULL,
  account_id uuid,
  actor_name text NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (district_code, id),
  CHECK (to_on IS NULL OR to_on >= from_on),
  CHECK ((state = 'lifted') = (to_on IS NOT NULL)),
  EXCLUDE USING gist (district_code WITH =, person_id WITH =, daterange(from_on, to_on, '[]') WITH &&)
);
COMMENT ON TABLE assessments.suspension IS '暂停 · Days without benefit: from when, why, until which last day. Only a passed re-check lifts one; never two at once for one person.';
CREATE INDEX suspension_open ON assessments.suspension (district_code, state, from_on);
CALL scope.protect('assessments.suspension', 'township_code', NULL, 'person_id',
  'EXISTS (SELECT 1 FROM people.tie t WHERE t.district_code = suspension.district_code AND t.person_id = suspension.person_id AND t.institution_id = (SELECT scope.institution()))');
GRANT SELECT, INSERT, UPDATE ON assessments.suspension TO changhu_app;

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
  result text CHECK (result IN ('resume', 'newAssessment', 'endService')),
  resumes_on date,
  note text,
  application_id uuid,
  decided_by text,
  decided_account_id uuid,
  decided_at timestamptz,
  PRIMARY KEY (district_code, id),
  CHECK ((result IS NULL) = (decided_at IS NULL) AND (result IS NULL) = (seen_on IS NULL)),
  CHECK ((result = 'resume') = (resumes_on IS NOT NULL)),
  CHECK (result <> 'resume' OR (self_care_seen AND lives_at_address AND still_in_need AND statement_read))
);
COMMENT ON TABLE assessments.recheck IS '恢复前复核 · What the township saw before service resumes, and what follows: resume, assess anew, or end.';
CREATE UNIQUE INDEX recheck_one_open ON assessments.recheck (district_code, suspension_id) WHERE result IS NULL;
CREATE INDEX recheck_suspension ON assessments.recheck (district_code, suspension_id);
CALL scope.protect('assessments.recheck', 'township_code', NULL, 'person_id');
GRANT SELECT, INSERT, UPDATE ON assessments.recheck TO changhu_app;

DO $$
DECLARE t text;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN RETURN; END IF;
  FOREACH t IN ARRAY ARRAY['assessments.suspension', 'assessments.recheck'] LOOP
    EXECUTE format('SELECT create_distributed_table(%L, ''district_code'')', t);
  END LOOP;
END $$;
ALTER TABLE assessments.suspension ADD FOREIGN KEY (district_code, person_id) REFERENCES people.person;
ALTER TABLE assessments.recheck ADD FOREIGN KEY (district_code, suspension_id) REFERENCES assessments.suspension, ADD FOREIGN KEY (district_code, application_id) REFERENCES assessments.application;

-- A re-check that finds the need changed opens the agency's own status assessment.
ALTER TABLE assessments.application DROP CONSTRAINT application_ground_check;
ALTER TABLE assessments.application ADD CONSTRAINT application_ground_check CHECK (ground IN ('irregularAssessment', 'abnormalResult', 'communityHealthFinding', 'recheckAfterPause'));
