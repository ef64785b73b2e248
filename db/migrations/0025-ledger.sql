-- The fund's books: accounts and immutable postings, one book per district. Nothing here is ever changed or deleted.
CREATE SCHEMA ledger;
COMMENT ON SCHEMA ledger IS '基金账 · Books per district: accounts, postings, entries.';
GRANT USAGE ON SCHEMA ledger TO changhu_app, changhu_report;

CREATE TABLE ledger.account (
  district_code text NOT NULL CHECK (district_code ~ '^[0-9]{6}$'),
  code text NOT NULL CHECK (code ~ '^[0-9]{4}([0-9]{2})?$'),
  zh text NOT NULL,
  en text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('asset', 'liability', 'net', 'income', 'expense')),
  normal text NOT NULL CHECK (normal IN ('debit', 'credit')),
  parent text,
  edition_id text NOT NULL,
  opened_at timestamptz NOT NULL,
  PRIMARY KEY (district_code, code),
  CHECK ((kind IN ('asset', 'expense')) = (normal = 'debit'))
);
COMMENT ON TABLE ledger.account IS '会计科目 · The accounts of a district''s book, opened from the chart (an edition) at the first use.';
CALL scope.protect('ledger.account', 'district_code');
GRANT SELECT, INSERT ON ledger.account TO changhu_app;

CREATE TABLE ledger.posting (
  district_code text NOT NULL CHECK (district_code ~ '^[0-9]{6}$'),
  id uuid NOT NULL,
  number text NOT NULL,
  key text NOT NULL CHECK (length(key) BETWEEN 8 AND 200),
  body_sha256 text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('posted', 'pending', 'settlement', 'void', 'reversal')),
  booked boolean NOT NULL GENERATED ALWAYS AS (kind IN ('posted', 'settlement', 'reversal')) STORED,
  template text,
  effective_on date NOT NULL,
  booked_at timestamptz NOT NULL,
  booked_by text NOT NULL,
  account_id uuid,
  narrative text NOT NULL CHECK (length(narrative) BETWEEN 1 AND 400),
  document_type text,
  document_id uuid,
  document_number text,
  amount_fen bigint NOT NULL CHECK (amount_fen > 0),
  entries int NOT NULL CHECK (entries >= 0),
  refers_to uuid,
  refers_kind text,
  PRIMARY KEY (district_code, id),
  UNIQUE (district_code, number),
  UNIQUE (district_code, key),
  UNIQUE (district_code, refers_to),
  UNIQUE (district_code, id, kind),
  UNIQUE (district_code, id, booked, effective_on),
  CHECK ((kind = 'void') = (entries = 0)),
  CHECK ((refers_to IS NULL) = (refers_kind IS NULL)),
  CHECK (CASE kind WHEN 'settlement' THEN refers_kind IS NOT DISTINCT FROM 'pending' WHEN 'void' THEN refers_kind IS NOT DISTINCT FROM 'pending'
    WHEN 'reversal' THEN coalesce(refers_kind IN ('posted', 'settlement'), false) ELSE refers_kind IS NULL END)
);
COMMENT ON TABLE ledger.posting IS '记账凭证 · Immutable postings. A pending one reserves; a settlement turns it into money or a void gives it up; a reversal takes a posted one back. Each is referred to at most once. effective_on is the day it counts, booked_at when it was written. Append-only.';
CREATE INDEX posting_id ON ledger.posting (id);
CREATE INDEX posting_journal ON ledger.posting (district_code, effective_on, id);
CREATE INDEX posting_document ON ledger.posting (district_code, document_id) WHERE document_id IS NOT NULL;
CALL scope.protect('ledger.posting', 'district_code');
GRANT SELECT, INSERT ON ledger.posting TO changhu_app;

CREATE TABLE ledger.entry (
  district_code text NOT NULL,
  posting_id uuid NOT NULL,
  seq int NOT NULL CHECK (seq >= 1),
  account_code text NOT NULL,
  debit_fen bigint NOT NULL CHECK (debit_fen >= 0),
  credit_fen bigint NOT NULL CHECK (credit_fen >= 0),
  booked boolean NOT NULL,
  effective_on date NOT NULL,
  PRIMARY KEY (district_code, posting_id, seq),
  CHECK ((debit_fen > 0) <> (credit_fen > 0))
);
COMMENT ON TABLE ledger.entry IS '分录 · Debit or credit of one account, in fen. booked and effective_on repeat the posting''s (a key holds them equal), so that one index serves the balance on any date. Append-only.';
CREATE INDEX entry_balance ON ledger.entry (district_code, account_code, effective_on) INCLUDE (debit_fen, credit_fen) WHERE booked;
CREATE INDEX entry_pending ON ledger.entry (district_code, effective_on, posting_id) WHERE NOT booked;
CALL scope.protect('ledger.entry', 'district_code');
GRANT SELECT, INSERT ON ledger.entry TO changhu_app;

CREATE FUNCTION ledger.check_balanced() RETURNS trigger LANGUAGE plpgsql SET search_path = ledger, pg_temp AS $$
DECLARE
  sums record;
  posting_of uuid := CASE TG_TABLE_NAME WHEN 'entry' THEN (to_jsonb(NEW) ->> 'posting_id')::uuid ELSE (to_jsonb(NEW) ->> 'id')::uuid END;
BEGIN
  SELECT p.number, p.amount_fen, p.entries, p.kind, count(e.seq) AS entries_found, coalesce(sum(e.debit_fen), 0) AS debit, coalesce(sum(e.credit_fen), 0) AS credit INTO sums
  FROM ledger.posting p LEFT JOIN ledger.entry e ON e.district_code = p.district_code AND e.posting_id = p.id
  WHERE p.district_code = NEW.district_code AND p.id = posting_of
  GROUP BY p.number, p.amount_fen, p.entries, p.kind;
  IF sums.kind = 'void' AND sums.entries_found = 0 THEN RETURN NULL; END IF;
  IF sums.entries_found IS DISTINCT FROM sums.entries::bigint OR sums.entries < 2 OR sums.debit <> sums.credit OR sums.debit <> sums.amount_fen THEN
    RAISE EXCEPTION 'posting % does not balance: % entries of %, debit % and credit % of % fen', sums.number, sums.entries_found, sums.entries, sums.debit, sums.credit, sums.amount_fen
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION ledger.check_balanced IS 'Refuses, at the end of the transaction, a posting whose entries do not add up, or an entry added to it later.';
