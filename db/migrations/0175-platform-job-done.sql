-- A job that is handed over twice – two servers and a database that was restarted, or a server that died between its work and telling the queue – is done once.
CREATE TABLE platform.job_done (
  job_id bigint NOT NULL,
  revision int NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (job_id, revision)
);
COMMENT ON TABLE platform.job_done IS '已办任务 · Jobs of the queue whose work is done, written in the transaction of the work itself: who gets the same job again finds it here, or waits until the first one has ended. Kept for thirty days.';

CREATE FUNCTION platform.begin_job(job bigint, revision int, at timestamptz) RETURNS boolean LANGUAGE sql SECURITY DEFINER SET search_path = platform, pg_temp AS $$
  WITH begun AS (INSERT INTO job_done (job_id, revision, at) VALUES (job, revision, at) ON CONFLICT DO NOTHING RETURNING 1) SELECT EXISTS (SELECT 1 FROM begun)
$$;
COMMENT ON FUNCTION platform.begin_job IS 'Marks a job as done in the transaction that does it; false when it is done already. Waits for a transaction that does the same job.';
REVOKE ALL ON FUNCTION platform.begin_job FROM public;
GRANT EXECUTE ON FUNCTION platform.begin_job TO changhu_app;
