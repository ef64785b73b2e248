-- The walls of the house: who the database answers to (roles, scope), and the machinery's own tables.
CREATE EXTENSION IF NOT EXISTS btree_gist;

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'changhu_app') THEN
    BEGIN CREATE ROLE changhu_app NOLOGIN NOBYPASSRLS; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'changhu_report') THEN
    BEGIN CREATE ROLE changhu_report NOLOGIN NOBYPASSRLS; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END;
  END IF;
END $$;

CREATE SCHEMA scope;
COMMENT ON SCHEMA scope IS '范围 · What the actor of this transaction may see; set with SET LOCAL, read by every policy.';
GRANT USAGE ON SCHEMA scope TO changhu_app, changhu_report;

CREATE FUNCTION scope.area() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('changhu.area', true), '') $$;
COMMENT ON FUNCTION scope.area() IS 'Division prefix of the actor: 4 digits city, 6 district, 9 township; NULL when the actor has no area.';
CREATE FUNCTION scope.institution() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('changhu.institution', true), '')::uuid $$;
COMMENT ON FUNCTION scope.institution() IS 'Institution of the actor, or NULL.';
CREATE FUNCTION scope.persons() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(string_to_array(nullif(current_setting('changhu.persons', true), ''), ',')::uuid[], '{}') $$;
COMMENT ON FUNCTION scope.persons() IS 'Persons for whom a family account stands.';
CREATE FUNCTION scope.account() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('changhu.account', true), '')::uuid $$;
COMMENT ON FUNCTION scope.account() IS 'Account of the actor, or NULL for the public.';

CREATE PROCEDURE scope.protect(tab regclass, area_column text, institution_column text DEFAULT NULL, person_column text DEFAULT NULL, also text DEFAULT NULL)
LANGUAGE plpgsql AS $$
DECLARE
  seen text := format('starts_with(%I, (SELECT scope.area()))', area_column);
BEGIN
  IF institution_column IS NOT NULL THEN
    seen := seen || format(' OR %I = (SELECT scope.institution())', institution_column);
  END IF;
  IF person_column IS NOT NULL THEN
    seen := seen || format(' OR %I = ANY ((SELECT scope.persons())::uuid[])', person_column);
  END IF;
  IF also IS NOT NULL THEN seen := seen || ' OR ' || also; END IF;
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', tab);
  EXECUTE format('CREATE POLICY scope ON %s TO changhu_app, changhu_report USING (%s) WITH CHECK (%s)', tab, seen, seen);
END $$;
COMMENT ON PROCEDURE scope.protect IS 'Puts the wall around a table: a row is seen and written only inside the actor''s area, institution or persons.';

CREATE SCHEMA platform;
COMMENT ON SCHEMA platform IS '平台 · Areas, events, decisions, repeated requests.';
GRANT USAGE ON SCHEMA platform TO changhu_app, changhu_report;

CREATE TABLE platform.area (
  code text PRIMARY KEY CHECK (code ~ '^[0-9]{4}([0-9]{2}([0-9]{3})?)?$'),
  name_zh text NOT NULL,
  name_en text NOT NULL
);
COMMENT ON TABLE platform.area IS '行政区划 · Divisions by GB/T 2260 prefix: 4 digits city, 6 district, 9 township. Shared register.';
GRANT SELECT ON platform.area TO changhu_app, changhu_report;

CREATE TABLE platform.event (
  district_code text NOT NULL,
  id uuid NOT NULL,
  at timestamptz NOT NULL,
  kind text NOT NULL CHECK (kind ~ '^[a-z]+\.[a-zA-Z]+$'),
  account_id uuid,
  actor_name text NOT NULL,
  subject_type text NOT NULL,
  subject_id uuid NOT NULL,
  person_id uuid,
  township_code text,
  institution_id uuid,
  note text,
  data jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (district_code, id)
);
COMMENT ON TABLE platform.event IS '事件 · Append-only: who did what to what, when and why. The history of every record page.';
CREATE INDEX event_subject ON platform.event (district_code, subject_id, id);
CREATE INDEX event_person ON platform.event (district_code, person_id, id);
CALL scope.protect('platform.event', 'district_code', 'institution_id', 'person_id', 'starts_with(township_code, (SELECT scope.area()))');
GRANT SELECT, INSERT ON platform.event TO changhu_app;

CREATE TABLE platform.decision (
  district_code text NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  subject_type text NOT NULL,
  subject_id uuid NOT NULL,
  person_id uuid,
  township_code text,
  institution_id uuid,
  decided_at timestamptz NOT NULL,
  decided_on date NOT NULL,
  value jsonb NOT NULL,
  reasons jsonb NOT NULL,
  facts jsonb NOT NULL,
  stamp jsonb NOT NULL,
  PRIMARY KEY (district_code, id)
);
COMMENT ON TABLE platform.decision IS '决定 · Append-only: value, rules in order with sources, facts, policy stamp. Can be re-run from facts and stamp.';
CREATE INDEX decision_subject ON platform.decision (district_code, subject_id);
CREATE INDEX decision_person ON platform.decision (district_code, person_id, decided_at);
CALL scope.protect('platform.decision', 'district_code', 'institution_id', 'person_id', 'starts_with(township_code, (SELECT scope.area()))');
GRANT SELECT, INSERT ON platform.decision TO changhu_app;

CREATE TABLE platform.repeat_key (
  account_id uuid NOT NULL,
  key text NOT NULL CHECK (length(key) BETWEEN 8 AND 200),
  endpoint text NOT NULL,
  body_sha256 text NOT NULL,
  answer jsonb NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (account_id, key)
);
COMMENT ON TABLE platform.repeat_key IS '幂等键 · The answer of a writing request by its Idempotency-Key: the same key with the same body gets the same answer, with another body a refusal.';
ALTER TABLE platform.repeat_key ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON platform.repeat_key TO changhu_app USING (account_id = (SELECT scope.account())) WITH CHECK (account_id = (SELECT scope.account()));
GRANT SELECT, INSERT ON platform.repeat_key TO changhu_app;

CREATE FUNCTION platform.next_number(series text, year int) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = platform, pg_temp AS $$
DECLARE result bigint;
BEGIN
  INSERT INTO platform.number_series AS s (series, year, last) VALUES (series, year, 1)
  ON CONFLICT ON CONSTRAINT number_series_pkey DO UPDATE SET last = s.last + 1
  RETURNING s.last INTO result;
  RETURN result;
END $$;
COMMENT ON FUNCTION platform.next_number IS 'The next number of a series and year, without gaps: the row is locked until the act commits.';
CREATE TABLE platform.number_series (
  series text NOT NULL,
  year int NOT NULL,
  last bigint NOT NULL,
  PRIMARY KEY (series, year)
);
COMMENT ON TABLE platform.number_series IS '编号 · Last number given out by series and year.';
REVOKE ALL ON FUNCTION platform.next_number FROM public;
GRANT EXECUTE ON FUNCTION platform.next_number TO changhu_app;

CREATE FUNCTION platform.ensure_month(tab regclass, month date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = platform, pg_temp AS $$
DECLARE
  first date := date_trunc('month', month)::date;
  spacename text;
  tabname text;
  part text;
BEGIN
  SELECT n.nspname, c.relname INTO spacename, tabname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = tab AND c.relkind = 'p';
  IF tabname IS NULL THEN RAISE EXCEPTION 'table % is not partitioned by month', tab; END IF;
  part := format('%s_%s', tabname, to_char(first, 'YYYYMM'));
  IF to_regclass(format('%I.%I', spacename, part)) IS NOT NULL THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock(hashtext(spacename || part));
  IF to_regclass(format('%I.%I', spacename, part)) IS NOT NULL THEN RETURN; END IF;
  EXECUTE format('CREATE TABLE %I.%I PARTITION OF %s FOR VALUES FROM (%L) TO (%L)', spacename, part, tab, first, (first + interval '1 month')::date);
END $$;
COMMENT ON FUNCTION platform.ensure_month IS 'Makes the month''s partition of a table that is partitioned by month, if it is missing.';
REVOKE ALL ON FUNCTION platform.ensure_month FROM public;
GRANT EXECUTE ON FUNCTION platform.ensure_month TO changhu_app;
