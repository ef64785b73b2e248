-- Two districts may need the same new month at the same moment: after waiting for the other one, the catalogue is asked again by a query.
-- (to_regclass answers from a cache that an advisory lock does not refresh, so the second one tried to make the table again.)
CREATE OR REPLACE FUNCTION platform.ensure_month(tab regclass, month date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = platform, pg_temp AS $$
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
  PERFORM pg_advisory_xact_lock(hashtext(spacename || part));
  PERFORM FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = spacename AND c.relname = part;
  IF FOUND THEN RETURN; END IF;
  EXECUTE format('CREATE TABLE %I.%I PARTITION OF %s FOR VALUES FROM (%L) TO (%L)', spacename, part, tab, first, (first + interval '1 month')::date);
END $$;
COMMENT ON FUNCTION platform.ensure_month IS 'Makes the month''s partition of a table that is partitioned by month, if it is missing. Safe to call at the same time.';
