-- Messages that go out: written in the act that wants them, sent afterwards by a job through the message gateway, with what became of each.
CREATE TABLE platform.message (
  district_code text NOT NULL,
  id uuid NOT NULL,
  key text NOT NULL,
  purpose text NOT NULL CHECK (purpose ~ '^[a-z]+\.[a-zA-Z]+$'),
  recipient text NOT NULL,
  body text NOT NULL CHECK (length(body) BETWEEN 1 AND 1000),
  subject_type text NOT NULL,
  subject_id uuid NOT NULL,
  person_id uuid,
  township_code text NOT NULL,
  institution_id uuid,
  state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sent', 'failed')),
  attempts smallint NOT NULL DEFAULT 0,
  failure text,
  queued_at timestamptz NOT NULL,
  finished_at timestamptz,
  PRIMARY KEY (district_code, id),
  UNIQUE (district_code, key),
  CHECK ((state = 'queued') = (finished_at IS NULL)),
  CHECK (state <> 'failed' OR failure IS NOT NULL)
);
COMMENT ON TABLE platform.message IS '短信 · The outbox: what is to be told to which number, and what became of it. One message per key; the gateway sends it in a job, with retries.';
COMMENT ON COLUMN platform.message.key IS '幂等键 · Names the occasion: the same occasion queues one message.';
COMMENT ON COLUMN platform.message.failure IS '失败原因 · Code of the gateway: the last one while it is queued, the final one when it failed.';
CREATE INDEX message_subject ON platform.message (district_code, subject_id, queued_at);
CREATE INDEX message_queued ON platform.message (district_code, queued_at) WHERE state = 'queued';
CALL scope.protect('platform.message', 'township_code', 'institution_id', 'person_id');
GRANT SELECT, INSERT, UPDATE ON platform.message TO changhu_app;
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN PERFORM create_distributed_table('platform.message', 'district_code'); END IF;
END $$;
