-- The fictional city 青禾市: how far its loading has come, and which visits carry a fault on purpose.
-- Stays empty in a real installation; the app role has no grant here.
CREATE SCHEMA world;
COMMENT ON SCHEMA world IS '演示 · The fictional city: stages of its loading, visits with a fault on purpose.';

CREATE TABLE world.stage (
  name text PRIMARY KEY,
  done_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE world.stage IS '装载进度 · Stages of the fictional city that are done; a loading that was killed goes on after the last one.';

CREATE TABLE world.fault (
  district_code text NOT NULL,
  service_on date NOT NULL,
  visit_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('over-long', 'item-not-in-plan', 'carer-overlap', 'travel-impossible', 'hospital-stay')),
  PRIMARY KEY (district_code, service_on, visit_id)
);
COMMENT ON TABLE world.fault IS '演示差错 · Visits of the fictional city that were given a fault on purpose, by the audit rule that should find it.';
