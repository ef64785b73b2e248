-- What imports and lists of care need besides the tables: exact travel minutes, and the name of a carer for those who see the visit.
ALTER TABLE visits.travel_time ALTER COLUMN minutes TYPE numeric(9, 3);
COMMENT ON COLUMN visits.travel_time.minutes IS 'Minutes as the source gives them; fractions are cut off after the third decimal, so that a schedule which just fits still fits.';

CREATE FUNCTION workers.name_of(worker uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = workers, pg_temp AS $$
  SELECT w.name FROM workers.worker w WHERE w.id = worker
$$;
COMMENT ON FUNCTION workers.name_of IS 'The name of a worker, for a person, family or township officer who sees the plan or visit but not the register of workers.';
REVOKE ALL ON FUNCTION workers.name_of FROM public;
GRANT EXECUTE ON FUNCTION workers.name_of TO changhu_app;

CREATE INDEX institution_name ON providers.institution (name, id);
CREATE INDEX plan_list ON plans.plan (district_code, from_on DESC, id);
CREATE INDEX visit_intake ON visits.visit (district_code, intake_id, service_on, id);
CREATE INDEX intake_sha ON visits.intake (district_code, sha256);
