-- The whole road: the commissioned insurer checks what the experts confirmed, applicants withdraw, and a case may be closed without a conclusion.
ALTER TABLE assessments.application DROP CONSTRAINT application_state_check, ADD COLUMN closed_reason text;
ALTER TABLE assessments.application
  ADD CHECK (state IN ('filed', 'refused', 'accepted', 'dispatched', 'scored', 'confirmed', 'checked', 'onNotice', 'concluded', 'withdrawn', 'closed')),
  ADD CHECK ((state = 'closed') = (closed_reason IS NOT NULL)),
  ADD CHECK (closed_reason IN ('SUPPLY_MISSED', 'PERSON_DECEASED'));
COMMENT ON COLUMN assessments.application.closed_reason IS '终止原因 · Why the case ended without a conclusion: what was to be supplied did not come in time, or the person died.';
DROP INDEX assessments.application_one_open;
CREATE UNIQUE INDEX application_one_open ON assessments.application (district_code, person_id) WHERE state NOT IN ('refused', 'concluded', 'withdrawn', 'closed');
