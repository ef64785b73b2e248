-- A district decision that was wrong is revoked by an act of its own, while no application rests on it.
CREATE TABLE assessments.status_revocation (
  district_code text NOT NULL,
  status_decision_id uuid NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  reason text NOT NULL,
  account_id uuid,
  revoker_name text NOT NULL,
  revoked_on date NOT NULL,
  revoked_at timestamptz NOT NULL,
  PRIMARY KEY (district_code, status_decision_id)
);
COMMENT ON TABLE assessments.status_revocation IS '撤销特殊情况确认 · A district decision on a special case taken back, by whom and why; only while no application rests on it. Append-only.';
CALL scope.protect('assessments.status_revocation', 'township_code', NULL, 'person_id');
GRANT SELECT, INSERT ON assessments.status_revocation TO changhu_app;
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN PERFORM create_distributed_table('assessments.status_revocation', 'district_code'); END IF;
END $$;
ALTER TABLE assessments.status_revocation ADD FOREIGN KEY (district_code, status_decision_id) REFERENCES assessments.status_decision, ADD FOREIGN KEY (district_code, person_id) REFERENCES people.person;
