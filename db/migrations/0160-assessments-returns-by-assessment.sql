-- Whether a month's assessments came back for a faulty record is looked up by the assessment.
CREATE INDEX case_return_assessment ON assessments.case_return (district_code, assessment_id, returned_at);
