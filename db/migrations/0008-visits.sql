-- Visits, partitioned by month. An imported visit keeps the reference of its source.
CREATE SCHEMA visits;
COMMENT ON SCHEMA visits IS '服务 · Home visits and their intake.';
GRANT USAGE ON SCHEMA visits TO changhu_app, changhu_report;

CREATE TABLE visits.intake (
  district_code text NOT NULL,
  id uuid NOT NULL,
  format text NOT NULL CHECK (format IN ('hhcrsp', 'csv', 'excel', 'world')),
  file_name text NOT NULL,
  sha256 text NOT NULL,
  institution_id uuid,
  rows int NOT NULL,
  visits int NOT NULL,
  received_at timestamptz NOT NULL,
  account_id uuid,
  PRIMARY KEY (district_code, id)
);
COMMENT ON TABLE visits.intake IS '导入 · Each accepted file: what it was, its hash, how many rows and new visits. All or nothing per file.';
CREATE INDEX intake_list ON visits.intake (district_code, received_at, id);
CALL scope.protect('visits.intake', 'district_code', 'institution_id');
GRANT SELECT, INSERT ON visits.intake TO changhu_app;

CREATE TABLE visits.visit (
  district_code text NOT NULL,
  service_on date NOT NULL,
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  institution_id uuid NOT NULL,
  worker_id uuid NOT NULL,
  worker_class text NOT NULL,
  plan_id uuid,
  item_code text NOT NULL,
  started_at timestamptz NOT NULL,
  ended_at timestamptz NOT NULL,
  longitude double precision,
  latitude double precision,
  pair_ref text,
  source_ref text NOT NULL,
  source_seq int NOT NULL,
  intake_id uuid NOT NULL,
  PRIMARY KEY (district_code, service_on, id),
  UNIQUE (district_code, service_on, institution_id, source_ref),
  CHECK (ended_at > started_at)
) PARTITION BY RANGE (service_on);
COMMENT ON TABLE visits.visit IS '服务记录 · Who was with whom from when to when, for which item. pair_ref joins the two visits of a planned two-carer visit; source_ref is the reference in the file it came from. Append-only.';
CREATE INDEX visit_person ON visits.visit (district_code, person_id, service_on);
CREATE INDEX visit_worker ON visits.visit (district_code, worker_id, service_on);
CREATE INDEX visit_institution ON visits.visit (district_code, institution_id, service_on, id);
CALL scope.protect('visits.visit', 'township_code', 'institution_id', 'person_id');
GRANT SELECT, INSERT ON visits.visit TO changhu_app;

CREATE TABLE visits.travel_time (
  district_code text NOT NULL,
  from_person_id uuid NOT NULL,
  to_person_id uuid NOT NULL,
  minutes numeric(6,1) NOT NULL CHECK (minutes >= 0),
  source text NOT NULL,
  PRIMARY KEY (district_code, from_person_id, to_person_id)
);
COMMENT ON TABLE visits.travel_time IS '路程时间 · Known travel minutes between two homes where a source gives them; otherwise distance and the highest plausible speed count.';
CALL scope.protect('visits.travel_time', 'district_code');
GRANT SELECT, INSERT ON visits.travel_time TO changhu_app;
