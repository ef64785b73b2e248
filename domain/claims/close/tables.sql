-- The working tables of one close; they vanish with its transaction.
-- charge: whatever may become a claim line, a visit or a care day. The audit rules read it, so that the same text runs over one visit or a month.
CREATE TEMP TABLE month_figure (name text NOT NULL, part text NOT NULL, from_on date NOT NULL, to_on date NOT NULL, value bigint NOT NULL) ON COMMIT DROP;
CREATE TEMP TABLE plan_span (plan_id uuid NOT NULL, person_id uuid NOT NULL, township_code text NOT NULL, institution_id uuid NOT NULL, worker_id uuid, mode text NOT NULL, number text NOT NULL, from_on date NOT NULL, until_on date NOT NULL) ON COMMIT DROP;
CREATE TEMP TABLE entitlement_span (person_id uuid NOT NULL, grade int NOT NULL, from_on date NOT NULL, until_on date NOT NULL) ON COMMIT DROP;
CREATE TEMP TABLE charge (
  n int NOT NULL,
  kind text NOT NULL,
  visit_id uuid,
  service_on date NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  institution_id uuid NOT NULL,
  worker_id uuid,
  worker_class text,
  plan_id uuid,
  plan_institution_id uuid,
  mode text NOT NULL,
  item_code text,
  planned_minutes int,
  daily_times int,
  able boolean,
  grade int,
  min_grade int NOT NULL,
  started_at timestamptz,
  ended_at timestamptz,
  longitude double precision,
  latitude double precision,
  pair_ref text,
  source_ref text NOT NULL,
  source_seq int,
  minutes int,
  by_day boolean NOT NULL,
  list_fen bigint,
  filed_fen bigint,
  price_fen bigint,
  fund_ratio_bp int,
  refused boolean NOT NULL,
  paid_minutes int,
  paid_until timestamptz
) ON COMMIT DROP;
CREATE TEMP TABLE found (n int NOT NULL, rule text NOT NULL, step int NOT NULL, code text NOT NULL, paid_minutes int NOT NULL, params jsonb NOT NULL) ON COMMIT DROP;
CREATE TEMP TABLE statement_total (
  institution_id uuid NOT NULL, visits bigint NOT NULL, lines bigint NOT NULL, persons bigint NOT NULL,
  billed_fen bigint NOT NULL, fund_fen bigint NOT NULL, person_fen bigint NOT NULL, refused_fen bigint NOT NULL
) ON COMMIT DROP;
