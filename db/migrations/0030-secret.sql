-- Secrets that every process of an installation shares; made by the first start, readable by the owner alone.
CREATE TABLE identity.secret (
  name text PRIMARY KEY,
  value text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE identity.secret IS '密钥 · Secrets made at the first start (session signing); the app role cannot read them.';
