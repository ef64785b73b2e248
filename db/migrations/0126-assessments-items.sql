-- Agreement per item of the scale, as sums: kept with a month, so that months add up and whoever is measured sees them.
CREATE TABLE assessments.quality_item (
  district_code text NOT NULL,
  quality_month_id uuid NOT NULL,
  n int NOT NULL,
  institution_id uuid,
  assessor_account_id uuid,
  assessor_name text,
  scale_id text NOT NULL,
  item text NOT NULL,
  cases int NOT NULL CHECK (cases > 0),
  agreed int NOT NULL CHECK (agreed BETWEEN 0 AND cases),
  sum_x bigint NOT NULL,
  sum_y bigint NOT NULL,
  sum_xx bigint NOT NULL,
  sum_yy bigint NOT NULL,
  sum_dd bigint NOT NULL,
  PRIMARY KEY (district_code, quality_month_id, n),
  CHECK (institution_id IS NOT NULL OR assessor_account_id IS NULL)
);
COMMENT ON TABLE assessments.quality_item IS '逐项一致性 · For each item of the scale: on how many assessments the assessor''s points (x) and those that came of it (y) can be held against each other, and their sums, from which share and weighted kappa follow; of an institution, one of its assessors, or (without an institution) the district. Append-only.';
COMMENT ON COLUMN assessments.quality_item.sum_dd IS '差方和 · Sum of (x − y)².';
CREATE INDEX quality_item_whose ON assessments.quality_item (district_code, quality_month_id, institution_id, assessor_account_id);
CALL scope.protect('assessments.quality_item', 'district_code', 'institution_id', NULL, '(institution_id IS NULL AND (SELECT scope.institution()) IS NOT NULL)');
GRANT SELECT, INSERT ON assessments.quality_item TO changhu_app;
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN PERFORM create_distributed_table('assessments.quality_item', 'district_code'); END IF;
END $$;
ALTER TABLE assessments.quality_item ADD FOREIGN KEY (district_code, quality_month_id) REFERENCES assessments.quality_month;
