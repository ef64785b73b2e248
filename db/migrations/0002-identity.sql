-- Accounts, roles and sessions. The app role has no grant here: only sign-in itself reads these tables.
CREATE SCHEMA identity;
COMMENT ON SCHEMA identity IS '账号 · Who signs in, in which role, with which scope.';

CREATE TABLE identity.role (
  code text PRIMARY KEY,
  name_zh text NOT NULL,
  name_en text NOT NULL,
  desk text NOT NULL,
  permissions text[] NOT NULL
);
COMMENT ON TABLE identity.role IS '角色 · Roles as data: the permissions a role holds; written from domain/roles.yaml at every migration.';

CREATE TABLE identity.account (
  id uuid PRIMARY KEY,
  sign_in_name text NOT NULL UNIQUE,
  display_name text NOT NULL,
  role_code text NOT NULL REFERENCES identity.role (code),
  password_hash text,
  area text,
  institution_id uuid,
  worker_id uuid,
  demo boolean NOT NULL DEFAULT false,
  failures int NOT NULL DEFAULT 0,
  locked_until timestamptz,
  activation_sha256 text,
  activation_until timestamptz,
  disabled_at timestamptz,
  created_at timestamptz NOT NULL
);
COMMENT ON TABLE identity.account IS '账号 · One person''s account: role, scope (area or institution), password as argon2id. No password until the owner of the one-time link sets one.';

CREATE TABLE identity.account_person (
  account_id uuid NOT NULL REFERENCES identity.account (id),
  district_code text NOT NULL,
  person_id uuid NOT NULL,
  PRIMARY KEY (account_id, person_id)
);
COMMENT ON TABLE identity.account_person IS '亲属账号 · Persons for whom a family account stands.';

CREATE TABLE identity.session (
  id_sha256 text PRIMARY KEY,
  account_id uuid REFERENCES identity.account (id),
  data jsonb NOT NULL,
  expires_at timestamptz NOT NULL
);
COMMENT ON TABLE identity.session IS '会话 · Signed-in sessions; only a hash of the session id is stored.';
CREATE INDEX session_expires ON identity.session (expires_at);
