-- A closed month takes no more visits.
CREATE TABLE visits.month_lock (
  district_code text NOT NULL,
  month date NOT NULL CHECK (month = date_trunc('month', month)::date),
  locked_at timestamptz NOT NULL,
  PRIMARY KEY (district_code, month)
);
COMMENT ON TABLE visits.month_lock IS '月份锁定 · Months that were closed: intake of visits into them is refused.';
CALL scope.protect('visits.month_lock', 'district_code');
CREATE POLICY institutions_read ON visits.month_lock FOR SELECT TO changhu_app USING ((SELECT scope.institution()) IS NOT NULL);
GRANT SELECT, INSERT ON visits.month_lock TO changhu_app;
