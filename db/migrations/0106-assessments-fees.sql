-- Assessment fees: a price for each conclusion, settled monthly with the institution, paid by the fund. Nothing from the person.
CREATE TABLE assessments.fee_month (
  district_code text NOT NULL,
  month date NOT NULL CHECK (month = date_trunc('month', month)::date),
  id uuid NOT NULL,
  drafted_at timestamptz NOT NULL,
  drafted_by text NOT NULL,
  account_id uuid,
  lines int NOT NULL,
  stamp jsonb NOT NULL,
  PRIMARY KEY (district_code, month)
);
COMMENT ON TABLE assessments.fee_month IS '评估费月份 · A district''s month whose assessment fees were drafted, with the policy it was priced by. One per district and month.';
CALL scope.protect('assessments.fee_month', 'district_code');
GRANT SELECT, INSERT ON assessments.fee_month TO changhu_app;

CREATE TABLE assessments.fee_statement (
  district_code text NOT NULL,
  id uuid NOT NULL,
  month date NOT NULL,
  number text NOT NULL,
  institution_id uuid NOT NULL,
  lines int NOT NULL,
  due_fen bigint NOT NULL CHECK (due_fen >= 0),
  taken_back_fen bigint NOT NULL CHECK (taken_back_fen >= 0),
  carried_in_fen bigint NOT NULL CHECK (carried_in_fen >= 0),
  payable_fen bigint NOT NULL CHECK (payable_fen = greatest(0, due_fen - taken_back_fen - carried_in_fen)),
  carried_out_fen bigint NOT NULL CHECK (carried_out_fen = greatest(0, taken_back_fen + carried_in_fen - due_fen)),
  state text NOT NULL CHECK (state IN ('drafted', 'firstReviewed', 'approved', 'paid')),
  state_since timestamptz NOT NULL,
  pending_posting_id uuid,
  paid_posting_id uuid,
  PRIMARY KEY (district_code, id),
  UNIQUE (district_code, month, institution_id),
  UNIQUE (district_code, number)
);
COMMENT ON TABLE assessments.fee_statement IS '评估费结算单 · One per assessment institution and month: what is due, what is taken back, what of that could not be set off before and is carried on. First and second review by different people, approved, paid.';
CREATE INDEX fee_statement_queue ON assessments.fee_statement (district_code, state, month, id);
CREATE INDEX fee_statement_institution ON assessments.fee_statement (institution_id, month);
CALL scope.protect('assessments.fee_statement', 'district_code', 'institution_id');
GRANT SELECT, INSERT, UPDATE ON assessments.fee_statement TO changhu_app;

CREATE TABLE assessments.fee_line (
  district_code text NOT NULL,
  id uuid NOT NULL,
  month date NOT NULL,
  statement_id uuid NOT NULL,
  institution_id uuid NOT NULL,
  conclusion_id uuid NOT NULL,
  number text NOT NULL,
  kind text NOT NULL,
  grade smallint NOT NULL,
  concluded_on date NOT NULL,
  price_fen bigint NOT NULL CHECK (price_fen >= 0),
  amount_fen bigint NOT NULL CHECK (abs(amount_fen) IN (0, price_fen)),
  code text NOT NULL CHECK (code IN ('FEE_DUE', 'FEE_LATE', 'FEE_OVERTURNED', 'FEE_TAKEN_BACK', 'FEE_RESTORED')),
  overturned_by uuid,
  overturned_grade smallint,
  PRIMARY KEY (district_code, id),
  UNIQUE (district_code, month, conclusion_id),
  CHECK ((overturned_by IS NOT NULL) = (code IN ('FEE_OVERTURNED', 'FEE_TAKEN_BACK')))
);
COMMENT ON TABLE assessments.fee_line IS '评估费明细 · The fee of a conclusion, or what is taken back or given again after a review. All lines of a conclusion add up to its price, or to nothing when a review proved it wrong. Append-only.';
CREATE INDEX fee_line_statement ON assessments.fee_line (district_code, statement_id, concluded_on, id);
CREATE INDEX fee_line_conclusion ON assessments.fee_line (district_code, conclusion_id);
CREATE INDEX fee_line_id ON assessments.fee_line (id);
CALL scope.protect('assessments.fee_line', 'district_code', 'institution_id');
GRANT SELECT, INSERT ON assessments.fee_line TO changhu_app;

CREATE TABLE assessments.fee_review (
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
COMMENT ON TABLE assessments.fee_review IS '评估费复核 · Each act on a fee statement: who, when, with which note. Append-only.';
CREATE INDEX fee_review_statement ON assessments.fee_review (district_code, statement_id, reviewed_at);
CALL scope.protect('assessments.fee_review', 'district_code', 'institution_id');
GRANT SELECT, INSERT ON assessments.fee_review TO changhu_app;

DO $$
DECLARE t text;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN RETURN; END IF;
  FOREACH t IN ARRAY ARRAY['assessments.fee_month', 'assessments.fee_statement', 'assessments.fee_line', 'assessments.fee_review'] LOOP
    EXECUTE format('SELECT create_distributed_table(%L, ''district_code'')', t);
  END LOOP;
END $$;
ALTER TABLE assessments.fee_statement ADD FOREIGN KEY (institution_id) REFERENCES providers.institution, ADD FOREIGN KEY (district_code, month) REFERENCES assessments.fee_month;
ALTER TABLE assessments.fee_line ADD FOREIGN KEY (district_code, statement_id) REFERENCES assessments.fee_statement, ADD FOREIGN KEY (district_code, conclusion_id) REFERENCES assessments.conclusion;
ALTER TABLE assessments.fee_review ADD FOREIGN KEY (district_code, statement_id) REFERENCES assessments.fee_statement;
