-- The statutory clock of a case, and why an assessment was replaced.
ALTER TABLE assessments.application ADD COLUMN accepted_on date, ADD COLUMN returned_on date;
COMMENT ON COLUMN assessments.application.accepted_on IS '受理日 · Day of acceptance: the working days for the visit on site count from the day after.';
COMMENT ON COLUMN assessments.application.returned_on IS '退回日 · Day on which the case last came back to be assessed anew; the working days begin again.';
CREATE INDEX application_due ON assessments.application (district_code, (coalesce(returned_on, accepted_on))) WHERE state IN ('accepted', 'dispatched');

ALTER TABLE assessments.assessment ADD COLUMN superseded_by text CHECK (superseded_by IN ('disagreement', 'objection'));
ALTER TABLE assessments.assessment ADD CHECK ((superseded_at IS NULL) = (superseded_by IS NULL));
COMMENT ON COLUMN assessments.assessment.superseded_by IS '作废原因 · An expert disagreed, or an objection was upheld.';
