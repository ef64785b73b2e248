-- Foreign keys come after distribution: inside a district, or to a shared register.
ALTER TABLE people.tie ADD FOREIGN KEY (district_code, person_id) REFERENCES people.person, ADD FOREIGN KEY (institution_id) REFERENCES providers.institution;
ALTER TABLE people.hospital_stay ADD FOREIGN KEY (district_code, person_id) REFERENCES people.person;
ALTER TABLE notices.notice ADD FOREIGN KEY (district_code, person_id) REFERENCES people.person;
ALTER TABLE notices.objection ADD FOREIGN KEY (district_code, notice_id) REFERENCES notices.notice;
ALTER TABLE notices.objection_answer ADD FOREIGN KEY (district_code, objection_id) REFERENCES notices.objection;
ALTER TABLE assessments.application ADD FOREIGN KEY (district_code, person_id) REFERENCES people.person, ADD FOREIGN KEY (assessment_institution_id) REFERENCES providers.institution;
ALTER TABLE assessments.assessment ADD FOREIGN KEY (district_code, application_id) REFERENCES assessments.application, ADD FOREIGN KEY (district_code, decision_id) REFERENCES platform.decision;
ALTER TABLE assessments.confirmation ADD FOREIGN KEY (district_code, assessment_id) REFERENCES assessments.assessment;
ALTER TABLE assessments.conclusion ADD FOREIGN KEY (district_code, person_id) REFERENCES people.person, ADD FOREIGN KEY (district_code, application_id) REFERENCES assessments.application,
  ADD FOREIGN KEY (district_code, decision_id) REFERENCES platform.decision;
ALTER TABLE plans.plan ADD FOREIGN KEY (district_code, person_id) REFERENCES people.person, ADD FOREIGN KEY (institution_id) REFERENCES providers.institution, ADD FOREIGN KEY (worker_id) REFERENCES workers.worker;
ALTER TABLE plans.item ADD FOREIGN KEY (district_code, plan_id) REFERENCES plans.plan;
ALTER TABLE visits.visit ADD FOREIGN KEY (district_code, person_id) REFERENCES people.person, ADD FOREIGN KEY (institution_id) REFERENCES providers.institution,
  ADD FOREIGN KEY (worker_id) REFERENCES workers.worker, ADD FOREIGN KEY (district_code, plan_id) REFERENCES plans.plan, ADD FOREIGN KEY (district_code, intake_id) REFERENCES visits.intake;
ALTER TABLE claims.statement ADD FOREIGN KEY (institution_id) REFERENCES providers.institution, ADD FOREIGN KEY (district_code, month) REFERENCES claims.month_close;
ALTER TABLE claims.line ADD FOREIGN KEY (district_code, person_id) REFERENCES people.person, ADD FOREIGN KEY (district_code, month) REFERENCES claims.month_close,
  ADD FOREIGN KEY (district_code, statement_id) REFERENCES claims.statement;
ALTER TABLE claims.finding ADD FOREIGN KEY (district_code, month, line_id) REFERENCES claims.line;
ALTER TABLE claims.review ADD FOREIGN KEY (district_code, statement_id) REFERENCES claims.statement;
