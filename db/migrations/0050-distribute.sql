-- Where the Citus extension is present, the operational tables are spread by district_code before keys are added.
-- On a single PostgreSQL this step does nothing.
DO $$
DECLARE t text;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN RETURN; END IF;
  FOREACH t IN ARRAY ARRAY['platform.area', 'people.identity_register', 'providers.institution', 'providers.filed_price', 'workers.worker'] LOOP
    EXECUTE format('SELECT create_reference_table(%L)', t);
  END LOOP;
  FOR t IN
    SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0] AND a.attname = 'district_code'
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND n.nspname IN ('platform', 'ledger', 'people', 'notices', 'assessments', 'plans', 'visits', 'claims')
  LOOP
    EXECUTE format('SELECT create_distributed_table(%L, ''district_code'')', t);
  END LOOP;
END $$;
