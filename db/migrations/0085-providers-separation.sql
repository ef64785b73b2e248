-- Assessment stays apart from care and from administration, in the database itself (晋医保发〔2025〕19号 art. 5): ties, related parties, roles and accounts.
ALTER TABLE providers.institution ADD COLUMN side text NOT NULL GENERATED ALWAYS AS (CASE kind WHEN 'assessment' THEN 'assessment' ELSE 'care' END) STORED;
ALTER TABLE providers.institution ADD UNIQUE (id, side);
COMMENT ON COLUMN providers.institution.side IS '职能一侧 · Assessment or care: what the institution is for, from its kind. Ties, related parties and accounts must fit it.';

-- A tie for care needs an institution of care, a tie for assessment one of assessment; the kind of an institution with ties cannot cross over.
ALTER TABLE people.tie ADD CONSTRAINT tie_fits_institution FOREIGN KEY (institution_id, kind) REFERENCES providers.institution (id, side);

CREATE TABLE providers.related_party (
  id uuid PRIMARY KEY,
  institution_id uuid NOT NULL,
  side text NOT NULL,
  party_kind text NOT NULL CHECK (party_kind IN ('person', 'company')),
  party_number text NOT NULL CHECK (party_number ~ '^[0-9A-Z]{18}$'),
  party_name text NOT NULL CHECK (length(party_name) BETWEEN 1 AND 80),
  relation text NOT NULL CHECK (relation IN ('self', 'investor', 'legalRepresentative', 'manager', 'controller')),
  from_on date NOT NULL,
  to_on date CHECK (to_on > from_on),
  evidence text NOT NULL CHECK (length(evidence) BETWEEN 1 AND 400),
  actor_name text NOT NULL,
  recorded_at timestamptz NOT NULL,
  CHECK ((relation = 'self') <= (party_kind = 'company' AND to_on IS NULL)),
  CONSTRAINT related_party_institution FOREIGN KEY (institution_id, side) REFERENCES providers.institution (id, side) ON UPDATE CASCADE,
  CONSTRAINT related_party_once EXCLUDE USING gist (institution_id WITH =, party_number WITH =, relation WITH =, daterange(from_on, to_on, '[)') WITH &&),
  CONSTRAINT related_party_apart EXCLUDE USING gist (party_number WITH =, side WITH <>, daterange(from_on, to_on, '[)') WITH &&)
);
COMMENT ON TABLE providers.related_party IS '关联方 · Who invests in, controls or manages an institution, by identity number or credit code; each institution stands here itself (relation self). related_party_apart: nobody on both sides on one day, so an assessment institution and a care institution never own one another nor share an investor.';
COMMENT ON COLUMN providers.related_party.to_on IS '截止日 · The first day on which the relation holds no more; open while it holds.';
CREATE INDEX related_party_institution ON providers.related_party (institution_id, from_on);
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN
    PERFORM create_reference_table('providers.related_party');
    SET LOCAL citus.enable_unsafe_triggers = on;
  END IF;
END $$;
ALTER TABLE providers.related_party ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_reads ON providers.related_party FOR SELECT TO changhu_app, changhu_report USING (
  institution_id = (SELECT scope.institution()) OR EXISTS (SELECT 1 FROM providers.institution i WHERE i.id = institution_id AND starts_with(i.district_code, (SELECT scope.area()))));
CREATE POLICY area_inserts ON providers.related_party FOR INSERT TO changhu_app WITH CHECK (
  EXISTS (SELECT 1 FROM providers.institution i WHERE i.id = institution_id AND starts_with(i.district_code, (SELECT scope.area()))));
CREATE POLICY area_updates ON providers.related_party FOR UPDATE TO changhu_app USING (
  relation <> 'self' AND EXISTS (SELECT 1 FROM providers.institution i WHERE i.id = institution_id AND starts_with(i.district_code, (SELECT scope.area()))));
GRANT SELECT, INSERT ON providers.related_party TO changhu_app;
GRANT UPDATE (to_on) ON providers.related_party TO changhu_app;
GRANT SELECT ON providers.related_party TO changhu_report;

-- Every institution stands in the register of related parties itself, so that owning across the wall is caught like sharing an investor.
CREATE FUNCTION providers.register_self() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = providers, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN DELETE FROM related_party WHERE institution_id = NEW.id AND relation = 'self'; END IF;
  INSERT INTO related_party (id, institution_id, side, party_kind, party_number, party_name, relation, from_on, evidence, actor_name, recorded_at)
  VALUES (gen_random_uuid(), NEW.id, NEW.side, 'company', NEW.credit_code, NEW.name, 'self', '1900-01-01', 'credit code', 'system', NEW.created_at);
  RETURN NULL;
END $$;
COMMENT ON FUNCTION providers.register_self IS 'Keeps the row of an institution itself among the related parties.';
REVOKE ALL ON FUNCTION providers.register_self FROM public;
CREATE TRIGGER stands_itself AFTER INSERT OR UPDATE OF credit_code, name, kind ON providers.institution FOR EACH ROW EXECUTE FUNCTION providers.register_self();
INSERT INTO providers.related_party (id, institution_id, side, party_kind, party_number, party_name, relation, from_on, evidence, actor_name, recorded_at)
  SELECT gen_random_uuid(), i.id, i.side, 'company', i.credit_code, i.name, 'self', '1900-01-01', 'credit code', 'system', i.created_at FROM providers.institution i;

CREATE FUNCTION providers.across_the_wall(party text, institution uuid, own_side text, first_on date, end_on date) RETURNS TABLE (institution_id uuid, institution_name text, relation text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = providers, pg_temp AS $$
  SELECT r.institution_id, i.name, r.relation FROM related_party r JOIN institution i ON i.id = r.institution_id
  WHERE r.party_number = party AND r.institution_id IS DISTINCT FROM institution AND r.side <> own_side AND daterange(r.from_on, r.to_on, '[)') && daterange(first_on, end_on, '[)')
  ORDER BY r.from_on, i.name LIMIT 1
$$;
COMMENT ON FUNCTION providers.across_the_wall IS 'Where a party of these days already stands on the other side, for the refusal that names it; the wall itself is the constraint related_party_apart.';
REVOKE ALL ON FUNCTION providers.across_the_wall FROM public;
GRANT EXECUTE ON FUNCTION providers.across_the_wall TO changhu_app;

-- While an agreement is suspended the institution gets no orders.
CREATE TABLE providers.agreement_pause (
  id uuid PRIMARY KEY,
  institution_id uuid NOT NULL REFERENCES providers.institution (id),
  from_on date NOT NULL,
  to_on date CHECK (to_on > from_on),
  reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 400),
  actor_name text NOT NULL,
  recorded_at timestamptz NOT NULL,
  CONSTRAINT agreement_pause_once EXCLUDE USING gist (institution_id WITH =, daterange(from_on, to_on, '[)') WITH &&)
);
COMMENT ON TABLE providers.agreement_pause IS '暂停协议 · Days on which the agreement of an institution is suspended: to_on is the first day on which it holds again.';
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN PERFORM create_reference_table('providers.agreement_pause'); END IF;
END $$;
ALTER TABLE providers.agreement_pause ENABLE ROW LEVEL SECURITY;
CREATE POLICY anybody_reads ON providers.agreement_pause FOR SELECT TO changhu_app, changhu_report USING (true);
CREATE POLICY area_writes ON providers.agreement_pause FOR ALL TO changhu_app USING (
  EXISTS (SELECT 1 FROM providers.institution i WHERE i.id = institution_id AND starts_with(i.district_code, (SELECT scope.area()))));
GRANT SELECT, INSERT ON providers.agreement_pause TO changhu_app;
GRANT UPDATE (to_on) ON providers.agreement_pause TO changhu_app;
GRANT SELECT ON providers.agreement_pause TO changhu_report;

-- An order that is taken back ends the access that it gave; the events keep the history.
CREATE FUNCTION people.end_assessment_tie(district text, person uuid, institution uuid) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = people, pg_temp AS $$
  DELETE FROM people.tie WHERE district_code = district AND person_id = person AND institution_id = institution AND kind = 'assessment'
    AND (institution = (SELECT scope.institution()) OR starts_with(district, left((SELECT scope.area()), 6)))
$$;
COMMENT ON FUNCTION people.end_assessment_tie IS 'Ends what an assessment institution may see of a person: called by the institution itself or by the agency of the district.';
REVOKE ALL ON FUNCTION people.end_assessment_tie FROM public;
GRANT EXECUTE ON FUNCTION people.end_assessment_tie TO changhu_app;

-- One role, one side: what assesses, what cares and what administers never meet in a role, and an account sits in an institution of its side.
CREATE FUNCTION identity.side_of(desk text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT CASE WHEN desk = 'assessor' THEN 'assessment' WHEN desk = 'institution' THEN 'care' WHEN desk IN ('agency', 'bureau') THEN 'administration' END $$;
COMMENT ON FUNCTION identity.side_of IS 'The side that a desk belongs to; none for a family.';
ALTER TABLE identity.role ADD CONSTRAINT role_one_side CHECK (NOT (
  permissions && ARRAY['assessments.assess', 'assessments.confirm', 'assessments.takeOrder']
  AND (identity.side_of(desk) <> 'assessment' OR permissions && ARRAY['assessments.accept', 'assessments.dispatch', 'assessments.check', 'assessments.publish', 'assessments.conclude', 'assessments.registerAssessor', 'plans.propose', 'plans.confirm', 'visits.import', 'claims.close', 'claims.firstReview', 'claims.secondReview', 'claims.pay'])));
ALTER TABLE identity.role ADD CONSTRAINT role_care_apart CHECK (NOT (identity.side_of(desk) = 'care' AND permissions && ARRAY['assessments.accept', 'assessments.dispatch', 'assessments.check', 'assessments.publish', 'assessments.conclude', 'claims.close', 'claims.firstReview', 'claims.secondReview', 'claims.pay']));

CREATE FUNCTION identity.demand_one_side() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = identity, pg_temp AS $$
DECLARE
  own text := (SELECT identity.side_of(r.desk) FROM identity.role r WHERE r.code = NEW.role_code);
  place text := (SELECT i.side FROM providers.institution i WHERE i.id = NEW.institution_id);
  employer uuid := (SELECT w.institution_id FROM workers.worker w WHERE w.id = NEW.worker_id);
BEGIN
  IF own = 'administration' AND NEW.institution_id IS NOT NULL THEN
    RAISE EXCEPTION 'an account of administration belongs to no institution (role %)', NEW.role_code USING ERRCODE = 'check_violation', CONSTRAINT = 'account_one_side';
  END IF;
  IF place IS NOT NULL AND place IS DISTINCT FROM own THEN
    RAISE EXCEPTION 'an account of the role % cannot sit in an institution of %', NEW.role_code, place USING ERRCODE = 'check_violation', CONSTRAINT = 'account_one_side';
  END IF;
  IF employer IS NOT NULL AND employer IS DISTINCT FROM NEW.institution_id THEN
    RAISE EXCEPTION 'the worker of an account works for the institution of that account' USING ERRCODE = 'check_violation', CONSTRAINT = 'account_one_side';
  END IF;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION identity.demand_one_side FROM public;
COMMENT ON FUNCTION identity.demand_one_side IS 'An account holds one role of one side and sits in an institution of that side; its worker works there.';
CREATE TRIGGER one_side BEFORE INSERT OR UPDATE OF role_code, institution_id, worker_id ON identity.account FOR EACH ROW EXECUTE FUNCTION identity.demand_one_side();
