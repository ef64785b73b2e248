-- A price filed without a last day ends when another one follows it.
CREATE POLICY own_ends ON providers.filed_price FOR UPDATE TO changhu_app USING (
  to_on IS NULL AND EXISTS (SELECT 1 FROM providers.institution i WHERE i.id = institution_id AND starts_with(i.district_code, (SELECT scope.area()))))
  WITH CHECK (to_on IS NOT NULL);
GRANT UPDATE (to_on) ON providers.filed_price TO changhu_app;
