-- A notice whose result is concluded is done with: its last day can no longer be moved. And a conclusion replaced from its first day counts on no day.
CREATE TABLE notices.completion (
  district_code text NOT NULL,
  notice_id uuid NOT NULL,
  township_code text NOT NULL,
  number text NOT NULL,
  completed_on date NOT NULL,
  completed_at timestamptz NOT NULL,
  PRIMARY KEY (district_code, notice_id)
);
COMMENT ON TABLE notices.completion IS '公示办结 · The result on this notice is concluded, under this number: its last day stays. Append-only.';
CALL scope.protect('notices.completion', 'township_code');
GRANT SELECT, INSERT ON notices.completion TO changhu_app;
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN PERFORM create_distributed_table('notices.completion', 'district_code'); END IF;
END $$;
ALTER TABLE notices.completion ADD FOREIGN KEY (district_code, notice_id) REFERENCES notices.notice;
INSERT INTO notices.completion (district_code, notice_id, township_code, number, completed_on, completed_at)
SELECT c.district_code, c.notice_id, n.township_code, c.number, c.concluded_on, c.concluded_at
FROM assessments.conclusion c JOIN notices.notice n ON n.district_code = c.district_code AND n.id = c.notice_id;

DO $$
DECLARE held text;
BEGIN
  SELECT conname INTO held FROM pg_constraint WHERE conrelid = 'assessments.conclusion'::regclass AND contype = 'x';
  EXECUTE format('ALTER TABLE assessments.conclusion DROP CONSTRAINT %I', held);
END $$;
ALTER TABLE assessments.conclusion ADD CONSTRAINT conclusion_one_at_a_time
  EXCLUDE USING gist (district_code WITH =, person_id WITH =, daterange(effective_on, coalesce(ended_on, valid_until_on), '[]') WITH &&) WHERE (ended_on IS NULL OR ended_on >= effective_on);
ALTER TABLE assessments.conclusion ADD CHECK (ended_on IS NULL OR ended_on >= effective_on - 1);
COMMENT ON COLUMN assessments.conclusion.ended_on IS '终止日 · Last day when it ended early; the day before its first day when it was replaced from the start and counts on no day.';
