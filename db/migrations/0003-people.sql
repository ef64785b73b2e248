-- People: the insured, their stays in hospital, and which institution has to do with whom.
CREATE SCHEMA people;
COMMENT ON SCHEMA people IS '人员 · Insured persons, hospital stays, ties to institutions.';
GRANT USAGE ON SCHEMA people TO changhu_app, changhu_report;

CREATE TABLE people.person (
  district_code text NOT NULL CHECK (district_code ~ '^[0-9]{6}$'),
  id uuid NOT NULL,
  township_code text NOT NULL CHECK (starts_with(township_code, district_code)),
  community text NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  search text NOT NULL,
  identity_number text NOT NULL CHECK (identity_number ~ '^[0-9]{17}[0-9X]$'),
  birth_on date NOT NULL,
  sex smallint NOT NULL CHECK (sex IN (0, 1, 2, 9)),
  phone text,
  address text NOT NULL,
  longitude double precision,
  latitude double precision,
  datum text CHECK (datum IN ('WGS84', 'GCJ02')),
  insured_kind text CHECK (insured_kind IN ('employee', 'resident')),
  insured_from_on date,
  deceased_on date,
  origin text NOT NULL CHECK (origin IN ('registered', 'imported')),
  source_ref text,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (district_code, id),
  UNIQUE (district_code, identity_number),
  CHECK ((longitude IS NULL) = (latitude IS NULL) AND (longitude IS NULL) = (datum IS NULL))
);
COMMENT ON TABLE people.person IS '参保人 · Insured persons. search holds name, pinyin and bigrams in lower case for the list''s search box.';
CREATE INDEX person_list ON people.person (district_code, township_code, name, id);
CREATE UNIQUE INDEX person_source ON people.person (district_code, source_ref) WHERE source_ref IS NOT NULL;

CREATE TABLE people.identity_register (
  identity_number text PRIMARY KEY,
  district_code text NOT NULL,
  person_id uuid NOT NULL
);
COMMENT ON TABLE people.identity_register IS '身份登记 · One person, one registration in the whole city. Written only through people.claim_identity.';

CREATE FUNCTION people.claim_identity(number text, district text, person uuid) RETURNS boolean LANGUAGE sql SECURITY DEFINER SET search_path = people, pg_temp AS $$
  WITH taken AS (INSERT INTO people.identity_register VALUES (number, district, person) ON CONFLICT DO NOTHING RETURNING 1)
  SELECT EXISTS (SELECT 1 FROM taken)
$$;
COMMENT ON FUNCTION people.claim_identity IS 'Claims an identity number for a person; false when somebody in the city already holds it. Tells nothing about who.';
REVOKE ALL ON FUNCTION people.claim_identity FROM public;
GRANT EXECUTE ON FUNCTION people.claim_identity TO changhu_app;

CREATE TABLE people.tie (
  district_code text NOT NULL,
  person_id uuid NOT NULL,
  institution_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('care', 'assessment')),
  from_on date NOT NULL,
  PRIMARY KEY (district_code, person_id, institution_id, kind)
);
COMMENT ON TABLE people.tie IS '关联 · Which institution cares for or assesses a person: it may see that person and nobody else''s.';
CREATE INDEX tie_institution ON people.tie (institution_id, district_code, person_id);
CALL scope.protect('people.tie', 'district_code', 'institution_id', 'person_id');
GRANT SELECT, INSERT, UPDATE ON people.tie TO changhu_app;

CALL scope.protect('people.person', 'township_code', NULL, 'id',
  'EXISTS (SELECT 1 FROM people.tie t WHERE t.district_code = person.district_code AND t.person_id = person.id AND t.institution_id = (SELECT scope.institution()))');
GRANT SELECT, INSERT, UPDATE ON people.person TO changhu_app;

CREATE TABLE people.hospital_stay (
  district_code text NOT NULL,
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  hospital text NOT NULL,
  admitted_on date NOT NULL,
  discharged_on date,
  source text NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (district_code, id),
  CHECK (discharged_on IS NULL OR discharged_on >= admitted_on),
  EXCLUDE USING gist (district_code WITH =, person_id WITH =, daterange(admitted_on, discharged_on, '[)') WITH &&)
);
COMMENT ON TABLE people.hospital_stay IS '住院 · Hospital stays told by the medical settlement side; days in hospital are not paid by care insurance.';
CALL scope.protect('people.hospital_stay', 'township_code', NULL, 'person_id');
GRANT SELECT, INSERT, UPDATE ON people.hospital_stay TO changhu_app;
