-- Notices hang out in batches: one poster for a community, with proof that it hung and the days on which it was missing.
CREATE TABLE notices.batch (
  district_code text NOT NULL,
  id uuid NOT NULL,
  number text NOT NULL,
  township_code text NOT NULL,
  community text,
  starts_on date NOT NULL,
  ends_on date NOT NULL,
  account_id uuid NOT NULL,
  published_at timestamptz NOT NULL,
  PRIMARY KEY (district_code, id),
  UNIQUE (district_code, number),
  CHECK (ends_on >= starts_on)
);
COMMENT ON TABLE notices.batch IS '公示批次 · The notices of a township or community that hang out on one poster, under one number. Never changed after publication.';
CREATE INDEX batch_days ON notices.batch (district_code, ends_on, id);
ALTER TABLE notices.batch ENABLE ROW LEVEL SECURITY;
CREATE POLICY anybody_reads ON notices.batch FOR SELECT TO changhu_app, changhu_report USING (true);
CREATE POLICY own_area_writes ON notices.batch FOR INSERT TO changhu_app WITH CHECK (starts_with(township_code, (SELECT scope.area())));
GRANT SELECT, INSERT ON notices.batch TO changhu_app;

ALTER TABLE notices.notice ADD COLUMN batch_id uuid;
CREATE INDEX notice_batch ON notices.notice (district_code, batch_id) WHERE batch_id IS NOT NULL;

CREATE TABLE notices.interruption (
  district_code text NOT NULL,
  id uuid NOT NULL,
  batch_id uuid NOT NULL,
  township_code text NOT NULL,
  from_on date NOT NULL,
  to_on date NOT NULL,
  missing_days smallint NOT NULL CHECK (missing_days > 0),
  ends_on date NOT NULL,
  note text NOT NULL,
  account_id uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (district_code, id),
  CHECK (to_on >= from_on)
);
COMMENT ON TABLE notices.interruption IS '公示中断 · Days on which the poster was missing, and the last day that follows. Public and append-only: the latest last day counts.';
CREATE INDEX interruption_batch ON notices.interruption (district_code, batch_id);
ALTER TABLE notices.interruption ENABLE ROW LEVEL SECURITY;
CREATE POLICY anybody_reads ON notices.interruption FOR SELECT TO changhu_app, changhu_report USING (true);
CREATE POLICY own_area_writes ON notices.interruption FOR INSERT TO changhu_app WITH CHECK (starts_with(township_code, (SELECT scope.area())));
GRANT SELECT, INSERT ON notices.interruption TO changhu_app;

-- The picture stands in the row: a dump of the database carries it, no folder has to be saved beside it.
CREATE TABLE notices.posting_proof (
  district_code text NOT NULL,
  id uuid NOT NULL,
  batch_id uuid NOT NULL,
  township_code text NOT NULL,
  posted_on date NOT NULL,
  note text,
  media_type text NOT NULL CHECK (media_type IN ('image/jpeg', 'image/png')),
  sha256 text NOT NULL,
  picture bytea NOT NULL CHECK (octet_length(picture) <= 10 * 1024 * 1024),
  account_id uuid NOT NULL,
  actor_name text NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (district_code, id),
  UNIQUE (district_code, batch_id, sha256)
);
COMMENT ON TABLE notices.posting_proof IS '张贴证明 · Photographs of the poster where it hangs, with the day: for officers of the area only. Append-only.';
CALL scope.protect('notices.posting_proof', 'township_code');
GRANT SELECT, INSERT ON notices.posting_proof TO changhu_app;

DO $$
DECLARE t text;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN RETURN; END IF;
  FOREACH t IN ARRAY ARRAY['notices.batch', 'notices.interruption', 'notices.posting_proof'] LOOP
    EXECUTE format('SELECT create_distributed_table(%L, ''district_code'')', t);
  END LOOP;
END $$;
ALTER TABLE notices.notice ADD FOREIGN KEY (district_code, batch_id) REFERENCES notices.batch;
ALTER TABLE notices.interruption ADD FOREIGN KEY (district_code, batch_id) REFERENCES notices.batch;
ALTER TABLE notices.posting_proof ADD FOREIGN KEY (district_code, batch_id) REFERENCES notices.batch;

-- Who objected may ask for a proof of receipt: by its number and the contact that was left. Nothing of the person concerned is told.
CREATE FUNCTION notices.check_receipt(receipt text, told text) RETURNS TABLE (number text, received_on date, received_at timestamptz, district_code text, batch_number text, answered_at timestamptz, upheld boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = notices, pg_temp AS $$
  SELECT o.number, o.received_on, o.received_at, o.district_code, b.number, a.answered_at, a.upheld
  FROM notices.objection o JOIN notices.notice n ON n.district_code = o.district_code AND n.id = o.notice_id
  LEFT JOIN notices.batch b ON b.district_code = n.district_code AND b.id = n.batch_id
  LEFT JOIN notices.objection_answer a ON a.district_code = o.district_code AND a.objection_id = o.id
  WHERE o.number = receipt AND regexp_replace(lower(o.contact), '[[:space:]-]', '', 'g') = regexp_replace(lower(told), '[[:space:]-]', '', 'g')
$$;
COMMENT ON FUNCTION notices.check_receipt IS 'The receipt of an objection for whoever knows its number and the contact that was left with it.';
REVOKE ALL ON FUNCTION notices.check_receipt FROM public;
GRANT EXECUTE ON FUNCTION notices.check_receipt TO changhu_app;
CREATE INDEX objection_number ON notices.objection (number);
