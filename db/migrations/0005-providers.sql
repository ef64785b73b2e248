-- Institutions, filed prices and the people who work for them: shared registers.
CREATE SCHEMA providers;
COMMENT ON SCHEMA providers IS '机构 · Designated institutions and their filed prices.';
GRANT USAGE ON SCHEMA providers TO changhu_app, changhu_report;

CREATE TABLE providers.institution (
  id uuid PRIMARY KEY,
  district_code text NOT NULL CHECK (district_code ~ '^[0-9]{6}$'),
  code text NOT NULL UNIQUE,
  name text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('assessment', 'homeCare', 'careHome', 'individualCarers')),
  credit_code text NOT NULL UNIQUE,
  address text NOT NULL,
  phone text,
  longitude double precision,
  latitude double precision,
  capacity int,
  agreement_from_on date NOT NULL,
  agreement_to_on date,
  source_ref text UNIQUE,
  created_at timestamptz NOT NULL
);
COMMENT ON TABLE providers.institution IS '定点机构 · Designated institutions: shared register, published. An assessment institution never cares for those it assesses: one kind each.';
CREATE INDEX institution_district ON providers.institution (district_code, kind, name);
ALTER TABLE providers.institution ENABLE ROW LEVEL SECURITY;
CREATE POLICY anybody_reads ON providers.institution FOR SELECT TO changhu_app, changhu_report USING (true);
CREATE POLICY area_inserts ON providers.institution FOR INSERT TO changhu_app WITH CHECK (starts_with(district_code, (SELECT scope.area())));
CREATE POLICY area_updates ON providers.institution FOR UPDATE TO changhu_app USING (starts_with(district_code, (SELECT scope.area())));
GRANT SELECT, INSERT, UPDATE ON providers.institution TO changhu_app;

CREATE TABLE providers.filed_price (
  institution_id uuid NOT NULL REFERENCES providers.institution (id),
  worker_class text NOT NULL,
  from_on date NOT NULL,
  to_on date,
  hourly_price_fen bigint NOT NULL CHECK (hourly_price_fen > 0),
  PRIMARY KEY (institution_id, worker_class, from_on),
  EXCLUDE USING gist (institution_id WITH =, worker_class WITH =, daterange(from_on, to_on, '[)') WITH &&)
);
COMMENT ON TABLE providers.filed_price IS '备案价 · Hourly price an institution has filed per class of worker; the fund never pays above it.';
ALTER TABLE providers.filed_price ENABLE ROW LEVEL SECURITY;
CREATE POLICY anybody_reads ON providers.filed_price FOR SELECT TO changhu_app, changhu_report USING (true);
CREATE POLICY own_writes ON providers.filed_price FOR INSERT TO changhu_app WITH CHECK (
  EXISTS (SELECT 1 FROM providers.institution i WHERE i.id = institution_id AND starts_with(i.district_code, (SELECT scope.area()))));
GRANT SELECT, INSERT ON providers.filed_price TO changhu_app;

CREATE SCHEMA workers;
COMMENT ON SCHEMA workers IS '服务人员 · Care workers, assessors and experts.';
GRANT USAGE ON SCHEMA workers TO changhu_app, changhu_report;

CREATE TABLE workers.worker (
  id uuid PRIMARY KEY,
  district_code text NOT NULL,
  institution_id uuid NOT NULL REFERENCES providers.institution (id),
  name text NOT NULL,
  identity_number text NOT NULL,
  worker_class text NOT NULL CHECK (worker_class IN ('nurse', 'trained', 'carer', 'individual', 'assessor', 'expert')),
  certificate_number text,
  abilities text[] NOT NULL DEFAULT '{}',
  from_on date NOT NULL,
  to_on date,
  source_ref text,
  created_at timestamptz NOT NULL,
  UNIQUE (institution_id, identity_number),
  UNIQUE (institution_id, source_ref)
);
COMMENT ON TABLE workers.worker IS '服务人员 · People who care or assess, by institution: class decides the price, abilities what they may do.';
CREATE INDEX worker_list ON workers.worker (district_code, institution_id, name);
CALL scope.protect('workers.worker', 'district_code', 'institution_id');
GRANT SELECT, INSERT, UPDATE ON workers.worker TO changhu_app;
