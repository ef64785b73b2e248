-- The agency ends an accepted case on a coded ground: papers found untrue, the applicant cannot be reached or does not let anybody in, accepted by mistake.
ALTER TABLE assessments.application DROP CONSTRAINT application_closed_reason_check,
  ADD CONSTRAINT application_closed_reason_check CHECK (closed_reason IN ('SUPPLY_MISSED', 'PERSON_DECEASED', 'MATERIALS_FALSE', 'NO_COOPERATION', 'ACCEPTED_IN_ERROR'));
COMMENT ON COLUMN assessments.application.closed_reason IS '终止原因 · Why the case ended without a conclusion: what was to be supplied did not come in time, the person died, or a coded ground of the agency.';
