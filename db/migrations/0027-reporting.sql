-- Sums of closed months. A closed month takes no more visits, so its sums are counted once, by township, and the overview stays fast.
CREATE SCHEMA reporting;
COMMENT ON SCHEMA reporting IS '统计 · Sums of closed months for the overview.';
GRANT USAGE ON SCHEMA reporting TO changhu_app, changhu_report;

CREATE TABLE reporting.counted_month (
  district_code text NOT NULL,
  month date NOT NULL CHECK (month = date_trunc('month', month)::date),
  counted_at timestamptz NOT NULL,
  PRIMARY KEY (district_code, month)
);
COMMENT ON TABLE reporting.counted_month IS '已汇总月份 · Closed months of a district whose sums stand here; other months are counted afresh each time.';
CALL scope.protect('reporting.counted_month', 'district_code');
GRANT SELECT, INSERT ON reporting.counted_month TO changhu_app;

CREATE TABLE reporting.visit_sum (
  district_code text NOT NULL,
  month date NOT NULL,
  township_code text NOT NULL,
  visits int NOT NULL,
  minutes bigint NOT NULL,
  PRIMARY KEY (district_code, month, township_code)
);
COMMENT ON TABLE reporting.visit_sum IS '服务汇总 · Visits and minutes of a closed month by township.';
CALL scope.protect('reporting.visit_sum', 'township_code');
GRANT SELECT, INSERT ON reporting.visit_sum TO changhu_app;

CREATE TABLE reporting.finding_sum (
  district_code text NOT NULL,
  month date NOT NULL,
  township_code text NOT NULL,
  rule text NOT NULL,
  effect text NOT NULL,
  findings int NOT NULL,
  PRIMARY KEY (district_code, month, township_code, rule, effect)
);
COMMENT ON TABLE reporting.finding_sum IS '疑点汇总 · Findings of a closed month by township and rule.';
CALL scope.protect('reporting.finding_sum', 'township_code');
GRANT SELECT, INSERT ON reporting.finding_sum TO changhu_app;

-- The number of the insured is read from an index alone.
CREATE INDEX person_living ON people.person (district_code, township_code, id) WHERE deceased_on IS NULL;

DO $$
DECLARE t text;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN RETURN; END IF;
  FOREACH t IN ARRAY ARRAY['reporting.counted_month', 'reporting.visit_sum', 'reporting.finding_sum'] LOOP
    EXECUTE format('SELECT create_distributed_table(%L, ''district_code'')', t);
  END LOOP;
END $$;
