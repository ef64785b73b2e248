-- Wrong passwords are counted by the name that was typed in, whether an account has it or not: a lock tells nobody which names exist.
CREATE TABLE identity.attempt (
  name_sha256 text PRIMARY KEY CHECK (name_sha256 ~ '^[0-9a-f]{64}$'),
  failures int NOT NULL,
  locked_until timestamptz,
  at timestamptz NOT NULL
);
COMMENT ON TABLE identity.attempt IS '登录失败 · Wrong passwords in a row for a name that somebody typed in, known or not, and until when the name is locked. The name as SHA-256: people type passwords into the wrong field.';
CREATE INDEX attempt_at ON identity.attempt (at);

INSERT INTO identity.attempt (name_sha256, failures, locked_until, at)
SELECT encode(sha256(convert_to(sign_in_name, 'UTF8')), 'hex'), failures, locked_until, coalesce(locked_until, now()) FROM identity.account WHERE failures > 0 OR locked_until IS NOT NULL;

ALTER TABLE identity.account DROP COLUMN failures, DROP COLUMN locked_until;
