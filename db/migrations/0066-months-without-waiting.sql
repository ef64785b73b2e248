-- A month's partition is made beside the table and then attached: that takes no lock that reading or writing the other months waits for,
-- where CREATE TABLE … PARTITION OF wants the whole table to itself. Only the owner makes months, in a transaction of its own (platform/db/months.ts).
CREATE OR REPLACE FUNCTION platform.ensure_month(tab regclass, month date) RETURNS void LANGUAGE plpgsql SET search_path = platform, pg_temp AS $$
DECLARE
  first date := date_trunc('month', month)::date;
  spacename text;
  tabname text;
  part text;
BEGIN
  SELECT n.nspname, c.relname INTO spacename, tabname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = tab AND c.relkind = 'p';
  IF tabname IS NULL THEN RAISE EXCEPTION 'table % is not partitioned by month', tab; END IF;
  part := format('%s_%s', tabname, to_char(first, 'YYYYMM'));
  PERFORM FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = spacename AND c.relname = part;
  IF FOUND THEN RETURN; END IF;
  -- One at a time for all tables: attaching one may look at another that refers to it. After waiting, the catalogue is asked again by a query
  -- (to_regclass would answer from a cache that an advisory lock does not refresh).
  PERFORM pg_advisory_xact_lock(hashtext('platform.ensure_month'));
  PERFORM FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = spacename AND c.relname = part;
  IF FOUND THEN RETURN; END IF;
  EXECUTE format('CREATE TABLE %I.%I (LIKE %s INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', spacename, part, tab);
  EXECUTE format('ALTER TABLE %s ATTACH PARTITION %I.%I FOR VALUES FROM (%L) TO (%L)', tab, spacename, part, first, (first + interval '1 month')::date);
END $$;
COMMENT ON FUNCTION platform.ensure_month IS 'Makes the month''s partition of a table that is partitioned by month, if it is missing. Safe to call at the same time; for the owner only.';
REVOKE EXECUTE ON FUNCTION platform.ensure_month FROM changhu_app;
