-- A record page asks by the id alone, without knowing the district: ids are unique in the whole program, so they lead.
DROP INDEX platform.event_subject;
DROP INDEX platform.event_person;
DROP INDEX platform.decision_subject;
CREATE INDEX event_subject ON platform.event (subject_id, id);
CREATE INDEX event_person ON platform.event (person_id, id);
CREATE INDEX decision_subject ON platform.decision (subject_id, id);
CREATE INDEX decision_id ON platform.decision (id);
