-- Visits come a hundred thousand at a time, and five foreign keys asked once per row took more than half of the time (and locked their institution's row each
-- time, so that two files of one institution waited for each other). The same question is now asked once per statement, over all rows that it adds.
-- On a cluster the keys of each row stay: there a trigger over a whole statement sees only the rows of its own node.
CREATE FUNCTION visits.demand_known() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE unknown text;
BEGIN
  -- Planned anew each time: three rows and a hundred thousand are not asked in the same way.
  EXECUTE $q$
    SELECT concat_ws(' ', 'person', a.id) FROM (SELECT DISTINCT district_code, person_id AS id FROM fresh) a WHERE NOT EXISTS (SELECT FROM people.person k WHERE k.district_code = a.district_code AND k.id = a.id)
    UNION ALL SELECT concat_ws(' ', 'worker', a.id) FROM (SELECT DISTINCT worker_id AS id FROM fresh) a WHERE NOT EXISTS (SELECT FROM workers.worker k WHERE k.id = a.id)
    UNION ALL SELECT concat_ws(' ', 'institution', a.id) FROM (SELECT DISTINCT institution_id AS id FROM fresh) a WHERE NOT EXISTS (SELECT FROM providers.institution k WHERE k.id = a.id)
    UNION ALL SELECT concat_ws(' ', 'plan', a.id) FROM (SELECT DISTINCT district_code, plan_id AS id FROM fresh WHERE plan_id IS NOT NULL) a WHERE NOT EXISTS (SELECT FROM plans.plan k WHERE k.district_code = a.district_code AND k.id = a.id)
    UNION ALL SELECT concat_ws(' ', 'intake', a.id) FROM (SELECT DISTINCT district_code, intake_id AS id FROM fresh) a WHERE NOT EXISTS (SELECT FROM visits.intake k WHERE k.district_code = a.district_code AND k.id = a.id)
    LIMIT 1 $q$ INTO unknown;
  IF unknown IS NOT NULL THEN
    RAISE foreign_key_violation USING MESSAGE = format('a visit names a %s that is not registered', unknown), SCHEMA = 'visits', TABLE = 'visit';
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION visits.demand_known IS 'After visits are added: every person, worker, institution, plan and intake that they name is registered. Nobody may delete any of these.';
REVOKE ALL ON FUNCTION visits.demand_known FROM public;

DO $$
DECLARE key name;
BEGIN
  IF EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN RETURN; END IF;
  FOR key IN SELECT conname FROM pg_constraint WHERE conrelid = 'visits.visit'::regclass AND contype = 'f' LOOP
    EXECUTE format('ALTER TABLE visits.visit DROP CONSTRAINT %I', key);
  END LOOP;
  CREATE TRIGGER names_known AFTER INSERT ON visits.visit REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION visits.demand_known();
END $$;

COMMENT ON TABLE visits.travel_time IS '路程时间 · Travel minutes between two homes as a source gives them; otherwise distance and the highest plausible speed count. The rows are facts of that source: that both persons are registered is checked where they are imported, not by a key of each row.';
