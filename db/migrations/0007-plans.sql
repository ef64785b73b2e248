-- Care plans: what the person chose and confirmed before the first visit.
CREATE SCHEMA plans;
COMMENT ON SCHEMA plans IS '护理计划 · Mode of care, plan, items.';
GRANT USAGE ON SCHEMA plans TO changhu_app, changhu_report;

CREATE TABLE plans.plan (
  district_code text NOT NULL,
  id uuid NOT NULL,
  number text NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  mode text NOT NULL CHECK (mode IN ('homeVisit', 'homeIndividual', 'institution')),
  institution_id uuid NOT NULL,
  worker_id uuid,
  from_on date NOT NULL,
  to_on date,
  state text NOT NULL CHECK (state IN ('proposed', 'confirmed', 'declined', 'ended')),
  origin text NOT NULL CHECK (origin IN ('registered', 'imported')),
  source_ref text,
  proposed_at timestamptz NOT NULL,
  confirmed_at timestamptz,
  confirmed_by text,
  PRIMARY KEY (district_code, id),
  UNIQUE (district_code, number),
  CHECK (to_on IS NULL OR to_on >= from_on),
  CHECK ((mode = 'homeIndividual') = (worker_id IS NOT NULL)),
  EXCLUDE USING gist (district_code WITH =, person_id WITH =, daterange(from_on, to_on, '[]') WITH &&) WHERE (state = 'confirmed')
);
COMMENT ON TABLE plans.plan IS '护理计划 · One confirmed plan at a time per person: mode, institution, period.';
CREATE INDEX plan_institution ON plans.plan (district_code, institution_id, state, from_on);
CREATE INDEX plan_person ON plans.plan (district_code, person_id, from_on);
CREATE UNIQUE INDEX plan_source ON plans.plan (district_code, source_ref) WHERE source_ref IS NOT NULL;
CALL scope.protect('plans.plan', 'township_code', 'institution_id', 'person_id');
GRANT SELECT, INSERT, UPDATE ON plans.plan TO changhu_app;

CREATE TABLE plans.item (
  district_code text NOT NULL,
  plan_id uuid NOT NULL,
  item_code text NOT NULL,
  minutes int NOT NULL CHECK (minutes BETWEEN 1 AND 1440),
  times_per_day int NOT NULL CHECK (times_per_day BETWEEN 1 AND 24),
  times_per_week int NOT NULL CHECK (times_per_week BETWEEN 1 AND 168),
  carers int NOT NULL DEFAULT 1 CHECK (carers BETWEEN 1 AND 2),
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  institution_id uuid NOT NULL,
  PRIMARY KEY (district_code, plan_id, item_code)
);
COMMENT ON TABLE plans.item IS '计划项目 · Catalogue items of a plan with minutes and frequency; carers = 2 means planned for two carers together.';
CALL scope.protect('plans.item', 'township_code', 'institution_id', 'person_id');
GRANT SELECT, INSERT, UPDATE ON plans.item TO changhu_app;
