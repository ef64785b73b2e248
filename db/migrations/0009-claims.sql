-- The month close: lines, findings, statements, reviews.
CREATE SCHEMA claims;
COMMENT ON SCHEMA claims IS '结算 · Month closes, claim lines, findings, statements, reviews.';
GRANT USAGE ON SCHEMA claims TO changhu_app, changhu_report;

CREATE TABLE claims.month_close (
  district_code text NOT NULL,
  month date NOT NULL CHECK (month = date_trunc('month', month)::date),
  id uuid NOT NULL,
  closed_at timestamptz NOT NULL,
  closed_by text NOT NULL,
  account_id uuid,
  visits int NOT NULL,
  lines int NOT NULL,
  findings int NOT NULL,
  billed_fen bigint NOT NULL,
  fund_fen bigint NOT NULL,
  person_fen bigint NOT NULL,
  refused_fen bigint NOT NULL,
  city text NOT NULL,
  rule_base_id text NOT NULL,
  stamp jsonb NOT NULL,
  policy jsonb NOT NULL,
  PRIMARY KEY (district_code, month),
  CHECK (billed_fen = fund_fen + person_fen + refused_fen)
);
COMMENT ON TABLE claims.month_close IS '月结 · A district''s closed month: totals, the policy figures it was closed with and their stamp. One per district and month.';
CALL scope.protect('claims.month_close', 'district_code');
GRANT SELECT, INSERT ON claims.month_close TO changhu_app;

CREATE TABLE claims.line (
  district_code text NOT NULL,
  month date NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('visit', 'day')),
  visit_id uuid,
  service_on date NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  institution_id uuid NOT NULL,
  worker_id uuid,
  worker_class text,
  plan_id uuid,
  mode text NOT NULL,
  item_code text,
  grade smallint,
  minutes int,
  paid_minutes int,
  price_fen bigint NOT NULL,
  fund_ratio_bp int NOT NULL CHECK (fund_ratio_bp BETWEEN 0 AND 10000),
  billed_fen bigint NOT NULL CHECK (billed_fen >= 0),
  fund_fen bigint NOT NULL CHECK (fund_fen >= 0),
  person_fen bigint NOT NULL CHECK (person_fen >= 0),
  refused_fen bigint NOT NULL CHECK (refused_fen >= 0),
  outcome text NOT NULL CHECK (outcome IN ('paid', 'cut', 'refused')),
  reasons jsonb NOT NULL,
  statement_id uuid,
  source_ref text,
  PRIMARY KEY (district_code, month, id),
  CHECK (billed_fen = fund_fen + person_fen + refused_fen)
) PARTITION BY RANGE (month);
COMMENT ON TABLE claims.line IS '结算明细 · One priced visit or care day: billed = fund + person + refused, to the fen. reasons holds codes with parameters, from which the sentences are rebuilt. Append-only.';
CREATE INDEX line_statement ON claims.line (district_code, statement_id, service_on, id);
CREATE INDEX line_person ON claims.line (district_code, person_id, service_on);
CREATE INDEX line_outcome ON claims.line (district_code, month, outcome, service_on, id);
CALL scope.protect('claims.line', 'township_code', 'institution_id', 'person_id');
GRANT SELECT, INSERT ON claims.line TO changhu_app;

CREATE TABLE claims.finding (
  district_code text NOT NULL,
  month date NOT NULL,
  id uuid NOT NULL,
  rule text NOT NULL,
  effect text NOT NULL CHECK (effect IN ('refuse', 'cut')),
  line_id uuid NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  institution_id uuid NOT NULL,
  service_on date NOT NULL,
  source_ref text NOT NULL,
  params jsonb NOT NULL,
  PRIMARY KEY (district_code, month, id)
) PARTITION BY RANGE (month);
COMMENT ON TABLE claims.finding IS '疑点 · What an audit rule found on a line, with the parameters of its sentence. Append-only.';
CREATE INDEX finding_list ON claims.finding (district_code, month, rule, service_on, id);
CREATE INDEX finding_line ON claims.finding (district_code, month, line_id);
CALL scope.protect('claims.finding', 'township_code', 'institution_id', 'person_id');
GRANT SELECT, INSERT ON claims.finding TO changhu_app;

CREATE TABLE claims.statement (
  district_code text NOT NULL,
  id uuid NOT NULL,
  month date NOT NULL,
  number text NOT NULL,
  institution_id uuid NOT NULL,
  lines int NOT NULL,
  persons int NOT NULL,
  billed_fen bigint NOT NULL,
  fund_fen bigint NOT NULL,
  person_fen bigint NOT NULL,
  refused_fen bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('drafted', 'firstReviewed', 'approved', 'paid')),
  state_since timestamptz NOT NULL,
  pending_posting_id uuid,
  paid_posting_id uuid,
  PRIMARY KEY (district_code, id),
  UNIQUE (district_code, month, institution_id),
  UNIQUE (district_code, number),
  CHECK (billed_fen = fund_fen + person_fen + refused_fen)
);
COMMENT ON TABLE claims.statement IS '结算单 · One statement per institution and month: drafted by the close, first and second review by different people, approved, paid.';
CREATE INDEX statement_queue ON claims.statement (district_code, state, month, id);
CREATE INDEX statement_institution ON claims.statement (institution_id, month);
CALL scope.protect('claims.statement', 'district_code', 'institution_id');
GRANT SELECT, INSERT, UPDATE ON claims.statement TO changhu_app;

CREATE TABLE claims.review (
  district_code text NOT NULL,
  id uuid NOT NULL,
  statement_id uuid NOT NULL,
  institution_id uuid NOT NULL,
  step text NOT NULL CHECK (step IN ('first', 'second', 'return', 'pay')),
  account_id uuid NOT NULL,
  reviewer_name text NOT NULL,
  note text,
  reviewed_at timestamptz NOT NULL,
  PRIMARY KEY (district_code, id)
);
COMMENT ON TABLE claims.review IS '复核 · Each act on a statement: who, when, with which note. Append-only.';
CREATE INDEX review_statement ON claims.review (district_code, statement_id, reviewed_at);
CALL scope.protect('claims.review', 'district_code', 'institution_id');
GRANT SELECT, INSERT ON claims.review TO changhu_app;
