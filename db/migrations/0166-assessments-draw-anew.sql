-- A case that is dispatched anew before anybody was on site gets a new commitment for its draw: the institution that has the case now reads it, and the one made for another no longer decides.
ALTER TABLE assessments.expert_seed ADD COLUMN attempt smallint NOT NULL DEFAULT 1 CHECK (attempt > 0);
ALTER TABLE assessments.expert_seed DROP CONSTRAINT expert_seed_pkey, ADD PRIMARY KEY (district_code, application_id, round, attempt);
COMMENT ON COLUMN assessments.expert_seed.attempt IS '第几次派单 · The how-many-eth dispatch before the assessment of this round; the secret of the last one is drawn with. None can be added once the assessment is recorded.';
GRANT SELECT (attempt) ON assessments.expert_seed TO changhu_app;

DROP FUNCTION assessments.commit_draws(text, uuid[], timestamptz);
-- Until the assessment is recorded nobody can read any secret, so that whoever dispatches again chooses blindly; afterwards the round is over and its commitments stand.
CREATE FUNCTION assessments.commit_draws(district text, applications uuid[], at timestamptz, anew boolean) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = assessments, pg_temp AS $$
  WITH made AS MATERIALIZED (
    SELECT a.district_code, a.id, a.township_code, a.assessment_institution_id, replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '') AS secret,
      (SELECT count(*) + 1 FROM assessment s WHERE s.district_code = a.district_code AND s.application_id = a.id)::smallint AS round
    FROM unnest(applications) AS x (id) JOIN application a ON a.district_code = district AND a.id = x.id
  ), placed AS (
    SELECT m.*, (SELECT coalesce(max(e.attempt), 0) FROM expert_seed e WHERE e.district_code = m.district_code AND e.application_id = m.id AND e.round = m.round)::smallint AS before FROM made m
  )
  INSERT INTO expert_seed (district_code, application_id, round, attempt, secret, commitment, township_code, assessment_institution_id, committed_at)
  SELECT p.district_code, p.id, p.round, p.before + 1, p.secret, encode(sha256(convert_to(p.secret, 'UTF8')), 'hex'), p.township_code, p.assessment_institution_id, at FROM placed p WHERE anew OR p.before = 0
  ON CONFLICT DO NOTHING
$$;
COMMENT ON FUNCTION assessments.commit_draws IS 'Makes the secrets of the next draws of cases of a district: `anew` at every dispatch, else only where a case has none; the app role reads their SHA-256 alone.';
REVOKE ALL ON FUNCTION assessments.commit_draws FROM public;
GRANT EXECUTE ON FUNCTION assessments.commit_draws TO changhu_app;

CREATE OR REPLACE FUNCTION assessments.reveal_draw(district text, application uuid) RETURNS TABLE (round smallint, secret text, commitment text, committed_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = assessments, pg_temp AS $$
  SELECT e.round, e.secret, e.commitment, e.committed_at FROM expert_seed e
  WHERE e.district_code = district AND e.application_id = application AND e.round = (SELECT count(*) FROM assessment s WHERE s.district_code = district AND s.application_id = application)
  ORDER BY e.attempt DESC LIMIT 1
$$;
