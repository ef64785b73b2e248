-- Lines come a hundred thousand at a time, and each foreign key asks once per line. Two of the three say what others already guarantee: a line's statement
-- belongs to a closed month, and its person is the person of a visit or a plan. The statement's own key stays.
ALTER TABLE claims.line DROP CONSTRAINT IF EXISTS line_district_code_month_fkey, DROP CONSTRAINT IF EXISTS line_district_code_person_id_fkey;
ALTER TABLE claims.line ALTER COLUMN statement_id SET NOT NULL;
