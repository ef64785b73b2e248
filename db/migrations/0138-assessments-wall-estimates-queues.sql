-- The same walls around what the queues after the assessment join, worded as around applications (0115): of starts_with with an area that it does not know yet the planner guesses one row in two hundred, and goes row by row.
DO $$
DECLARE
  one record;
BEGIN
  FOR one IN SELECT c.oid::regclass AS tab, pg_get_expr(p.polqual, p.polrelid) AS seen FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
    WHERE p.polname = 'scope' AND c.oid = ANY (ARRAY['assessments.conclusion', 'assessments.delivery', 'assessments.complaint', 'assessments.complaint_answer', 'assessments.suspension', 'assessments.recheck', 'assessments.case_return',
      'assessments.dispatch_order', 'assessments.confirmation', 'assessments.expert_call']::regclass[])
  LOOP
    one.seen := regexp_replace(one.seen, 'starts_with\((\w+), \( SELECT scope\.area\(\) AS area\)\)', 'coalesce(starts_with(\1, (SELECT scope.area())), false)', 'g');
    EXECUTE format('ALTER POLICY scope ON %s USING (%s) WITH CHECK (%s)', one.tab, one.seen, one.seen);
  END LOOP;
END $$;
