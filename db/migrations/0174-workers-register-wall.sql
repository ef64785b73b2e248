-- The whole register is the owner's alone. The app role reads the rows of its own scope, and beyond them only what a rule asks: how many assessors an institution has,
-- the standing of accounts that it names, and whether an account is the one of a worker that it names.
CREATE FUNCTION workers.whole_register_on(wanted date) RETURNS TABLE (worker_id uuid, institution_id uuid, district_code text, name text, account_id uuid, register text, admission_id uuid, certificate_number text, certificate_until_on date,
  admitted_on date, left_on date, barred_until_on date, suspended_from_on date, suspended_to_on date, suspension_reason text, training_hours numeric, active boolean)
LANGUAGE sql STABLE AS $$
  SELECT w.id, w.institution_id, w.district_code, w.name, coalesce(e.account_id, k.id), e.register, e.id, e.certificate_number, e.certificate_until_on, e.admitted_on, d.left_on, d.barred_until_on, s.from_on, s.to_on, s.reason, coalesce(t.hours, 0),
    e.id IS NOT NULL AND d.left_on IS NULL AND s.from_on IS NULL AND e.certificate_until_on >= wanted AND (w.to_on IS NULL OR w.to_on >= wanted)
  FROM workers.worker w
  LEFT JOIN (SELECT DISTINCT ON (a.worker_id) a.* FROM workers.admission a WHERE a.admitted_on <= wanted ORDER BY a.worker_id, a.admitted_on DESC, a.id DESC) e ON e.worker_id = w.id
  -- The latest exit counts, unless the latest entry came after it.
  LEFT JOIN (SELECT DISTINCT ON (x.worker_id) x.worker_id, x.left_on, x.barred_until_on FROM workers.departure x WHERE x.left_on <= wanted ORDER BY x.worker_id, x.left_on DESC, x.id DESC) d ON d.worker_id = w.id AND d.left_on >= coalesce(e.admitted_on, d.left_on)
  LEFT JOIN (SELECT DISTINCT ON (x.worker_id) x.worker_id, x.from_on, x.to_on, x.reason FROM workers.suspension x LEFT JOIN workers.suspension_lift l ON l.district_code = x.district_code AND l.suspension_id = x.id
    WHERE x.from_on <= wanted AND x.to_on >= wanted AND (l.lifted_on IS NULL OR l.lifted_on > wanted) ORDER BY x.worker_id, x.from_on) s ON s.worker_id = w.id
  LEFT JOIN (SELECT DISTINCT ON (c.worker_id) c.worker_id, c.id FROM identity.account c WHERE c.worker_id IS NOT NULL AND c.disabled_at IS NULL ORDER BY c.worker_id, c.created_at) k ON k.worker_id = w.id
  LEFT JOIN (SELECT x.worker_id, sum(x.hours) AS hours FROM workers.training x WHERE x.passed AND x.held_on <= wanted AND x.held_on > (wanted - interval '1 year')::date GROUP BY x.worker_id) t ON t.worker_id = w.id
  WHERE w.worker_class IN ('assessor', 'expert')
$$;
COMMENT ON FUNCTION workers.whole_register_on IS 'The register as it stood on a day, one row for every assessor and expert of the city: entry, exit, suspension, hours of passed training in the year before, and whether active (training left out: its hours are policy). For the owner''s functions alone.';
REVOKE ALL ON FUNCTION workers.whole_register_on FROM public;

CREATE OR REPLACE FUNCTION workers.register_on(wanted date) RETURNS TABLE (worker_id uuid, institution_id uuid, district_code text, name text, account_id uuid, register text, admission_id uuid, certificate_number text, certificate_until_on date,
  admitted_on date, left_on date, barred_until_on date, suspended_from_on date, suspended_to_on date, suspension_reason text, training_hours numeric, active boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = workers, pg_temp AS $$
  SELECT * FROM workers.whole_register_on(wanted) r WHERE starts_with(r.district_code, (SELECT scope.area())) OR r.institution_id = (SELECT scope.institution())
$$;
COMMENT ON FUNCTION workers.register_on IS 'The register as it stood on a day, for the assessors and experts of the actor''s area or institution: the rows that the actor may see of workers.worker.';

CREATE FUNCTION workers.assessors_on(wanted date, hours numeric) RETURNS TABLE (institution_id uuid, assessors int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = workers, pg_temp AS $$
  SELECT r.institution_id, (count(*) FILTER (WHERE r.active AND r.register = 'assessor' AND r.training_hours >= hours))::int FROM workers.whole_register_on(wanted) r GROUP BY r.institution_id
$$;
COMMENT ON FUNCTION workers.assessors_on IS 'How many assessors of every institution may assess on a day, with so many hours of passed training in the year before.';
REVOKE ALL ON FUNCTION workers.assessors_on FROM public;
GRANT EXECUTE ON FUNCTION workers.assessors_on TO changhu_app;

CREATE FUNCTION workers.standing_of(accounts uuid[], wanted date) RETURNS TABLE (account_id uuid, admitted_on date, certificate_until_on date, left_on date, barred_until_on date, suspended_from_on date, suspended_to_on date,
  suspension_reason text, training_hours numeric)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = workers, pg_temp AS $$
  SELECT r.account_id, r.admitted_on, r.certificate_until_on, r.left_on, r.barred_until_on, r.suspended_from_on, r.suspended_to_on, r.suspension_reason, r.training_hours
  FROM workers.whole_register_on(wanted) r WHERE r.account_id = ANY (accounts)
$$;
COMMENT ON FUNCTION workers.standing_of IS 'What the standing of named accounts rests on, whoever asks: who is sent or drawn may belong to another district. Says neither name nor certificate.';
REVOKE ALL ON FUNCTION workers.standing_of FROM public;
GRANT EXECUTE ON FUNCTION workers.standing_of TO changhu_app;

CREATE FUNCTION workers.has_account(worker uuid, account uuid, wanted date) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = workers, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM workers.whole_register_on(wanted) r WHERE r.worker_id = worker AND r.account_id = account)
$$;
COMMENT ON FUNCTION workers.has_account IS 'Whether an account is the one of an assessor or expert on a day, for whoever holds both ids.';
REVOKE ALL ON FUNCTION workers.has_account FROM public;
GRANT EXECUTE ON FUNCTION workers.has_account TO changhu_app;
