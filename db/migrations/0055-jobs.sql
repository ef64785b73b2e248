-- The queue belongs to the owner; the app role may only add jobs, inside its own transaction.
CREATE FUNCTION platform.enqueue(job text, payload json, key text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM graphile_worker.add_job(job, payload, job_key => key, max_attempts => 12);
END $$;
COMMENT ON FUNCTION platform.enqueue IS 'Queues a job in the transaction of the act; the same key queues it once.';
REVOKE ALL ON FUNCTION platform.enqueue FROM public;
GRANT EXECUTE ON FUNCTION platform.enqueue TO changhu_app;
