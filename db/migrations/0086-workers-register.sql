-- The register of assessors and experts: admission, training, suspension, exit. An admission is the entry; everything else is written beside it and never changed.
CREATE TABLE workers.admission (
  district_code text NOT NULL CHECK (district_code ~ '^[0-9]{6}$'),
  id uuid NOT NULL,
  worker_id uuid NOT NULL,
  institution_id uuid NOT NULL,
  register text NOT NULL CHECK (register IN ('assessor', 'expert')),
  qualification text NOT NULL CHECK (length(qualification) BETWEEN 1 AND 120),
  certificate_number text NOT NULL CHECK (length(certificate_number) BETWEEN 1 AND 40),
  certificate_until_on date NOT NULL,
  admitted_on date NOT NULL,
  phone text,
  address text,
  account_id uuid,
  actor_name text NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (district_code, id)
);
COMMENT ON TABLE workers.admission IS '入库登记 · Entry of an assessor or expert in the register: qualification, certificate and its last day. A new certificate or a return after exit is a new entry; the latest one counts.';
COMMENT ON COLUMN workers.admission.phone IS '本人电话 · Only to find family and neighbours: an assessor with the telephone or address of the insured person keeps away.';
COMMENT ON COLUMN workers.admission.account_id IS '登录账号 · The account of the entry, where it has one.';
CREATE INDEX admission_worker ON workers.admission (worker_id, admitted_on DESC, id DESC);
CREATE INDEX admission_account ON workers.admission (account_id) WHERE account_id IS NOT NULL;

CREATE TABLE workers.training (
  district_code text NOT NULL,
  id uuid NOT NULL,
  worker_id uuid NOT NULL,
  institution_id uuid NOT NULL,
  topic text NOT NULL CHECK (length(topic) BETWEEN 1 AND 120),
  hours numeric(5, 1) NOT NULL CHECK (hours > 0 AND hours <= 200),
  held_on date NOT NULL,
  passed boolean NOT NULL,
  actor_name text NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (district_code, id)
);
COMMENT ON TABLE workers.training IS '培训记录 · Training of an assessor or expert: topic, hours, day, and whether the test was passed. Append-only.';
CREATE INDEX training_worker ON workers.training (worker_id, held_on DESC);

CREATE TABLE workers.suspension (
  district_code text NOT NULL,
  id uuid NOT NULL,
  worker_id uuid NOT NULL,
  institution_id uuid NOT NULL,
  from_on date NOT NULL,
  to_on date NOT NULL CHECK (to_on >= from_on),
  reason text NOT NULL CHECK (reason IN ('FALSE_RECORD', 'NOT_RECUSED', 'QUALITY', 'COMPLAINT', 'LEAK', 'TRAINING', 'INVESTIGATION', 'OTHER')),
  source text NOT NULL CHECK (length(source) BETWEEN 1 AND 200),
  note text NOT NULL CHECK (length(note) BETWEEN 1 AND 400),
  actor_name text NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (district_code, id)
);
COMMENT ON TABLE workers.suspension IS '暂停资格 · An assessor or expert may not assess from a day to a day (both counted), for a coded reason with its source. Append-only: lifting is a row of its own.';
CREATE INDEX suspension_worker ON workers.suspension (worker_id, from_on DESC);

CREATE TABLE workers.suspension_lift (
  district_code text NOT NULL,
  suspension_id uuid NOT NULL,
  worker_id uuid NOT NULL,
  institution_id uuid NOT NULL,
  lifted_on date NOT NULL,
  note text NOT NULL CHECK (length(note) BETWEEN 1 AND 400),
  actor_name text NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (district_code, suspension_id)
);
COMMENT ON TABLE workers.suspension_lift IS '解除暂停 · Day from which a suspension holds no more, and why. Append-only.';

CREATE TABLE workers.departure (
  district_code text NOT NULL,
  id uuid NOT NULL,
  worker_id uuid NOT NULL,
  institution_id uuid NOT NULL,
  left_on date NOT NULL,
  reason text NOT NULL CHECK (reason IN ('RESIGNED', 'INSTITUTION_CLOSED', 'QUALIFICATION_LOST', 'FRAUD', 'OTHER')),
  barred_until_on date CHECK (barred_until_on > left_on),
  note text NOT NULL CHECK (length(note) BETWEEN 1 AND 400),
  actor_name text NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (district_code, id)
);
COMMENT ON TABLE workers.departure IS '退出登记 · An assessor or expert leaves the register: from which day, why, and until when the person is barred from coming back. Append-only.';
CREATE INDEX departure_worker ON workers.departure (worker_id, left_on DESC);

DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN
    PERFORM create_distributed_table(t, 'district_code') FROM unnest(ARRAY['workers.admission', 'workers.training', 'workers.suspension', 'workers.suspension_lift', 'workers.departure']) AS t;
  END IF;
END $$;
ALTER TABLE workers.admission ADD FOREIGN KEY (worker_id) REFERENCES workers.worker, ADD FOREIGN KEY (institution_id) REFERENCES providers.institution;
ALTER TABLE workers.training ADD FOREIGN KEY (worker_id) REFERENCES workers.worker;
ALTER TABLE workers.suspension ADD FOREIGN KEY (worker_id) REFERENCES workers.worker;
ALTER TABLE workers.suspension_lift ADD FOREIGN KEY (district_code, suspension_id) REFERENCES workers.suspension;
ALTER TABLE workers.departure ADD FOREIGN KEY (worker_id) REFERENCES workers.worker;

CALL scope.protect('workers.admission', 'district_code', 'institution_id');
CALL scope.protect('workers.training', 'district_code', 'institution_id');
CALL scope.protect('workers.suspension', 'district_code', 'institution_id');
CALL scope.protect('workers.suspension_lift', 'district_code', 'institution_id');
CALL scope.protect('workers.departure', 'district_code', 'institution_id');
GRANT SELECT, INSERT ON workers.admission, workers.training, workers.suspension, workers.suspension_lift, workers.departure TO changhu_app;
GRANT SELECT ON workers.admission, workers.training, workers.suspension, workers.suspension_lift, workers.departure TO changhu_report;

-- What the rule on the standing of assessors needs, for every worker of the register on a day: also read behind the wall, where only the facts come out.
CREATE FUNCTION workers.register_on(wanted date) RETURNS TABLE (worker_id uuid, institution_id uuid, district_code text, name text, account_id uuid, register text, admission_id uuid, certificate_number text, certificate_until_on date,
  admitted_on date, left_on date, barred_until_on date, suspended_from_on date, suspended_to_on date, suspension_reason text, training_hours numeric, active boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = workers, pg_temp AS $$
  SELECT w.id, w.institution_id, w.district_code, w.name, coalesce(e.account_id, k.id), e.register, e.id, e.certificate_number, e.certificate_until_on, e.admitted_on, d.left_on, d.barred_until_on, s.from_on, s.to_on, s.reason,
    (SELECT coalesce(sum(t.hours), 0) FROM training t WHERE t.worker_id = w.id AND t.passed AND t.held_on <= wanted AND t.held_on > (wanted - interval '1 year')::date),
    e.id IS NOT NULL AND d.left_on IS NULL AND s.from_on IS NULL AND e.certificate_until_on >= wanted AND (w.to_on IS NULL OR w.to_on >= wanted)
  FROM worker w
  LEFT JOIN LATERAL (SELECT * FROM admission a WHERE a.worker_id = w.id AND a.admitted_on <= wanted ORDER BY a.admitted_on DESC, a.id DESC LIMIT 1) e ON true
  LEFT JOIN LATERAL (SELECT x.left_on, x.barred_until_on FROM departure x WHERE x.worker_id = w.id AND x.left_on <= wanted AND x.left_on >= coalesce(e.admitted_on, x.left_on) ORDER BY x.left_on DESC, x.id DESC LIMIT 1) d ON true
  LEFT JOIN LATERAL (SELECT x.from_on, x.to_on, x.reason FROM suspension x LEFT JOIN suspension_lift l ON l.district_code = x.district_code AND l.suspension_id = x.id
    WHERE x.worker_id = w.id AND x.from_on <= wanted AND x.to_on >= wanted AND (l.lifted_on IS NULL OR l.lifted_on > wanted) ORDER BY x.from_on LIMIT 1) s ON true
  LEFT JOIN LATERAL (SELECT c.id FROM identity.account c WHERE c.worker_id = w.id AND c.disabled_at IS NULL ORDER BY c.created_at LIMIT 1) k ON true
  WHERE w.worker_class IN ('assessor', 'expert')
$$;
COMMENT ON FUNCTION workers.register_on IS 'The register as it stood on a day, one row for every assessor and expert: entry, exit, suspension, hours of passed training in the year before, and whether active (training left out: its hours are policy).';
REVOKE ALL ON FUNCTION workers.register_on FROM public;
GRANT EXECUTE ON FUNCTION workers.register_on TO changhu_app;

CREATE FUNCTION workers.accounts_of(institution uuid) RETURNS TABLE (account_id uuid, worker_id uuid, name text, role_code text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = workers, pg_temp AS $$
  SELECT a.id, a.worker_id, a.display_name, a.role_code FROM identity.account a
  WHERE a.institution_id = institution AND a.disabled_at IS NULL AND a.role_code IN ('assessor', 'assessmentExpert')
    AND (institution = (SELECT scope.institution()) OR starts_with((SELECT i.district_code FROM providers.institution i WHERE i.id = institution), (SELECT scope.area())))
  ORDER BY a.role_code, a.display_name, a.id
$$;
COMMENT ON FUNCTION workers.accounts_of IS 'Accounts of the assessors and experts of an institution, for whoever may send them: the institution itself and its agency.';
REVOKE ALL ON FUNCTION workers.accounts_of FROM public;
GRANT EXECUTE ON FUNCTION workers.accounts_of TO changhu_app;

CREATE FUNCTION workers.barred_until(number text, wanted date) RETURNS date LANGUAGE sql STABLE SECURITY DEFINER SET search_path = workers, pg_temp AS $$
  SELECT max(d.barred_until_on) FROM departure d JOIN worker w ON w.id = d.worker_id WHERE w.identity_number = number AND d.barred_until_on >= wanted
$$;
COMMENT ON FUNCTION workers.barred_until IS 'Last day on which a person, at whatever institution, is barred from the register of assessors; NULL when not barred on the day.';
REVOKE ALL ON FUNCTION workers.barred_until FROM public;
GRANT EXECUTE ON FUNCTION workers.barred_until TO changhu_app;
