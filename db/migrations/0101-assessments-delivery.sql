-- How a conclusion reached the family: every attempt with its proof, append-only, and the reminders before it ends.
CREATE TABLE assessments.delivery_proof (
  district_code text NOT NULL,
  id uuid NOT NULL,
  conclusion_id uuid NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  assessment_institution_id uuid,
  media_type text NOT NULL CHECK (media_type IN ('image/jpeg', 'image/png', 'image/webp', 'application/pdf')),
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  size_bytes int NOT NULL CHECK (size_bytes > 0),
  account_id uuid,
  actor_name text NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (district_code, id)
);
COMMENT ON TABLE assessments.delivery_proof IS '送达凭证 · A photograph of the signature or a slip of the post; the file lies in the vault by its hash. Append-only.';
CALL scope.protect('assessments.delivery_proof', 'township_code', 'assessment_institution_id');
GRANT SELECT, INSERT ON assessments.delivery_proof TO changhu_app;

CREATE TABLE assessments.delivery (
  district_code text NOT NULL,
  id uuid NOT NULL,
  conclusion_id uuid NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  assessment_institution_id uuid,
  way text NOT NULL CHECK (way IN ('handedOver', 'message', 'post', 'portal')),
  outcome text NOT NULL CHECK (outcome IN ('underway', 'delivered', 'failed')),
  failure text CHECK (failure IN ('nobodyHome', 'recipientRefused', 'returnedByPost', 'addressUnknown', 'messageFailed')),
  happened_on date NOT NULL,
  recipient_name text,
  recipient_relation text CHECK (recipient_relation IN ('self', 'family', 'guardian', 'agent')),
  phone text,
  tracking_number text,
  message_id uuid,
  proof_id uuid,
  note text,
  account_id uuid,
  actor_name text NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (district_code, id),
  CHECK ((outcome = 'failed') = (failure IS NOT NULL)),
  CHECK ((way = 'message') = (message_id IS NOT NULL)),
  CHECK (way <> 'handedOver' OR outcome <> 'delivered' OR proof_id IS NOT NULL)
);
COMMENT ON TABLE assessments.delivery IS '送达 · Every attempt to deliver a conclusion: how, when, to whom, with which proof, or why it failed. The first successful one counts. Append-only.';
COMMENT ON COLUMN assessments.delivery.assessment_institution_id IS '评估机构 · The institution of the case, which may deliver its own conclusions.';
CREATE INDEX delivery_conclusion ON assessments.delivery (district_code, conclusion_id, happened_on);
CREATE UNIQUE INDEX delivery_portal_once ON assessments.delivery (district_code, conclusion_id) WHERE way = 'portal';
CREATE UNIQUE INDEX delivery_message_once ON assessments.delivery (district_code, message_id, outcome) WHERE message_id IS NOT NULL;
CREATE UNIQUE INDEX delivery_proof_once ON assessments.delivery (district_code, proof_id) WHERE proof_id IS NOT NULL;
CALL scope.protect('assessments.delivery', 'township_code', 'assessment_institution_id', 'person_id');
GRANT SELECT, INSERT ON assessments.delivery TO changhu_app;

CREATE TABLE assessments.reminder (
  district_code text NOT NULL,
  conclusion_id uuid NOT NULL,
  threshold_days smallint NOT NULL CHECK (threshold_days > 0),
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  last_day_on date NOT NULL,
  reminded_on date NOT NULL,
  phone text,
  reminded_at timestamptz NOT NULL,
  PRIMARY KEY (district_code, conclusion_id, threshold_days)
);
COMMENT ON TABLE assessments.reminder IS '到期提醒 · That the family was reminded of the end of a conclusion: once for each number of days before it. Append-only.';
CALL scope.protect('assessments.reminder', 'township_code', NULL, 'person_id');
GRANT SELECT, INSERT ON assessments.reminder TO changhu_app;

DO $$
DECLARE t text;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN RETURN; END IF;
  FOREACH t IN ARRAY ARRAY['assessments.delivery_proof', 'assessments.delivery', 'assessments.reminder'] LOOP
    EXECUTE format('SELECT create_distributed_table(%L, ''district_code'')', t);
  END LOOP;
END $$;
ALTER TABLE assessments.delivery_proof ADD FOREIGN KEY (district_code, conclusion_id) REFERENCES assessments.conclusion;
ALTER TABLE assessments.delivery ADD FOREIGN KEY (district_code, conclusion_id) REFERENCES assessments.conclusion, ADD FOREIGN KEY (district_code, proof_id) REFERENCES assessments.delivery_proof,
  ADD FOREIGN KEY (district_code, message_id) REFERENCES platform.message;
ALTER TABLE assessments.reminder ADD FOREIGN KEY (district_code, conclusion_id) REFERENCES assessments.conclusion;
