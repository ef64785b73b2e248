-- Before a result is published: what experts say and how they are drawn, the commissioned insurer's check, and cases sent back.
ALTER TABLE assessments.confirmation ADD COLUMN reason text, ADD COLUMN items jsonb NOT NULL DEFAULT '[]',
  ADD CHECK (reason IN ('recordIncomplete', 'evidenceMissing', 'videoUnclear', 'answersContradict', 'identityUnproved', 'procedureBreached', 'other')), ADD CHECK (jsonb_typeof(items) = 'array');
COMMENT ON COLUMN assessments.confirmation.reason IS '不同意的理由代码 · Coded reason of a disagreeing voice.';
COMMENT ON COLUMN assessments.confirmation.items IS '有异议的条目 · Items that the expert would answer otherwise: [{code, points?}].';

ALTER TABLE assessments.assessment DROP CONSTRAINT assessment_superseded_by_check, ADD CHECK (superseded_by IN ('disagreement', 'objection', 'insurerCheck', 'agency'));
COMMENT ON COLUMN assessments.assessment.superseded_by IS '作废原因 · The experts disagreed, an objection was upheld, the insurer''s check or the agency sent it back.';

CREATE TABLE assessments.expert_seed (
  district_code text NOT NULL,
  application_id uuid NOT NULL,
  round smallint NOT NULL,
  secret text NOT NULL,
  commitment text NOT NULL,
  township_code text NOT NULL,
  assessment_institution_id uuid,
  committed_at timestamptz NOT NULL,
  PRIMARY KEY (district_code, application_id, round)
);
COMMENT ON TABLE assessments.expert_seed IS '抽取承诺 · For each assessment of a case a secret made beforehand and its SHA-256, published at once: whoever draws cannot choose the result. The app role cannot read the secret before the assessment is there. Append-only.';
CALL scope.protect('assessments.expert_seed', 'township_code', 'assessment_institution_id');
GRANT SELECT (district_code, application_id, round, commitment, township_code, assessment_institution_id, committed_at) ON assessments.expert_seed TO changhu_app;

CREATE TABLE assessments.expert_call (
  district_code text NOT NULL,
  id uuid NOT NULL,
  application_id uuid NOT NULL,
  assessment_id uuid NOT NULL,
  draw smallint NOT NULL,
  place smallint NOT NULL,
  expert_account_id uuid NOT NULL,
  expert_name text NOT NULL,
  township_code text NOT NULL,
  assessment_institution_id uuid NOT NULL,
  decision_id uuid NOT NULL,
  drawn_at timestamptz NOT NULL,
  PRIMARY KEY (district_code, id),
  UNIQUE (district_code, assessment_id, draw, place),
  UNIQUE (district_code, assessment_id, draw, expert_account_id)
);
COMMENT ON TABLE assessments.expert_call IS '专家抽取 · Experts drawn for an assessment, in the order of the draw; the latest draw counts. Append-only.';
CREATE INDEX expert_call_expert ON assessments.expert_call (district_code, expert_account_id, assessment_id);
CALL scope.protect('assessments.expert_call', 'township_code', 'assessment_institution_id', NULL, 'expert_account_id = (SELECT scope.account())');
GRANT SELECT, INSERT ON assessments.expert_call TO changhu_app;

CREATE TABLE assessments.insurer_check (
  district_code text NOT NULL,
  id uuid NOT NULL,
  application_id uuid NOT NULL,
  assessment_id uuid NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  assessment_institution_id uuid NOT NULL,
  result text NOT NULL CHECK (result IN ('passed', 'returned')),
  checklist jsonb NOT NULL CHECK (jsonb_typeof(checklist) = 'object'),
  note text,
  checker_account_id uuid,
  checker_name text NOT NULL,
  checked_at timestamptz NOT NULL,
  PRIMARY KEY (district_code, id),
  UNIQUE (district_code, assessment_id)
);
COMMENT ON TABLE assessments.insurer_check IS '承办机构核查 · The commissioned insurer looks at a confirmed result before its notice: point by point, passed or sent back. Append-only.';
CALL scope.protect('assessments.insurer_check', 'township_code', 'assessment_institution_id', 'person_id');
GRANT SELECT, INSERT ON assessments.insurer_check TO changhu_app;

CREATE TABLE assessments.case_return (
  district_code text NOT NULL,
  id uuid NOT NULL,
  application_id uuid NOT NULL,
  assessment_id uuid NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  assessment_institution_id uuid NOT NULL,
  nth smallint NOT NULL CHECK (nth > 0),
  returned_by text NOT NULL CHECK (returned_by IN ('experts', 'insurerCheck', 'agency', 'objection')),
  reason text NOT NULL CHECK (reason IN ('recordIncomplete', 'evidenceMissing', 'videoUnclear', 'answersContradict', 'identityUnproved', 'procedureBreached', 'other')),
  items text[] NOT NULL DEFAULT '{}',
  note text,
  returned_on date NOT NULL,
  due_on date,
  calendar_missing text,
  account_id uuid,
  returner_name text NOT NULL,
  returned_at timestamptz NOT NULL,
  PRIMARY KEY (district_code, id),
  UNIQUE (district_code, application_id, nth),
  CHECK (due_on IS NULL OR calendar_missing IS NULL)
);
COMMENT ON TABLE assessments.case_return IS '退单 · A result sent back to be assessed anew: by whom, why, until when, the how-many-eth of its case. Answered by the first assessment recorded after it. Append-only.';
COMMENT ON COLUMN assessments.case_return.due_on IS '重新评估期限 · Last day for the new assessment, in working days; null without the figure, or where calendar_missing names the file.';
CREATE INDEX case_return_institution ON assessments.case_return (district_code, assessment_institution_id, returned_on);
CALL scope.protect('assessments.case_return', 'township_code', 'assessment_institution_id', 'person_id');
GRANT SELECT, INSERT ON assessments.case_return TO changhu_app;

DO $$
DECLARE tab text;
BEGIN
  IF EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN
    FOREACH tab IN ARRAY ARRAY['expert_seed', 'expert_call', 'insurer_check', 'case_return'] LOOP PERFORM create_distributed_table(format('assessments.%I', tab), 'district_code'); END LOOP;
  END IF;
END $$;
ALTER TABLE assessments.expert_seed ADD FOREIGN KEY (district_code, application_id) REFERENCES assessments.application;
ALTER TABLE assessments.expert_call ADD FOREIGN KEY (district_code, assessment_id) REFERENCES assessments.assessment, ADD FOREIGN KEY (district_code, decision_id) REFERENCES platform.decision;
ALTER TABLE assessments.insurer_check ADD FOREIGN KEY (district_code, assessment_id) REFERENCES assessments.assessment;
ALTER TABLE assessments.case_return ADD FOREIGN KEY (district_code, application_id) REFERENCES assessments.application, ADD FOREIGN KEY (district_code, assessment_id) REFERENCES assessments.assessment;

CREATE FUNCTION assessments.commit_draw(district text, application uuid, at timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = assessments, pg_temp AS $$
DECLARE
  next_round smallint := (SELECT count(*) + 1 FROM assessment s WHERE s.district_code = district AND s.application_id = application);
  made text := replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '');
BEGIN
  INSERT INTO expert_seed (district_code, application_id, round, secret, commitment, township_code, assessment_institution_id, committed_at)
    SELECT a.district_code, a.id, next_round, made, encode(sha256(convert_to(made, 'UTF8')), 'hex'), a.township_code, a.assessment_institution_id, at
    FROM application a WHERE a.district_code = district AND a.id = application
    ON CONFLICT DO NOTHING;
  RETURN (SELECT commitment FROM expert_seed e WHERE e.district_code = district AND e.application_id = application AND e.round = next_round);
END $$;
COMMENT ON FUNCTION assessments.commit_draw IS 'Makes the secret of the next draw of a case, once, and returns its commitment (SHA-256 in hex).';

CREATE FUNCTION assessments.reveal_draw(district text, application uuid) RETURNS TABLE (round smallint, secret text, commitment text, committed_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = assessments, pg_temp AS $$
  SELECT e.round, e.secret, e.commitment, e.committed_at FROM expert_seed e
  WHERE e.district_code = district AND e.application_id = application AND e.round = (SELECT count(*) FROM assessment s WHERE s.district_code = district AND s.application_id = application)
$$;
COMMENT ON FUNCTION assessments.reveal_draw IS 'The secret of the draw for the latest assessment of a case; nothing before that assessment is recorded.';

CREATE FUNCTION assessments.eligible_experts(district text, assessed uuid) RETURNS TABLE (account_id uuid, name text, worker_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = assessments, identity, pg_temp AS $$
  SELECT k.id, k.display_name, k.worker_id FROM assessment s
  JOIN account k ON k.disabled_at IS NULL AND k.id <> s.assessor_account_id AND k.id IS DISTINCT FROM s.second_account_id AND (s.second_account_id IS NOT NULL OR k.display_name <> s.second_name)
    AND (k.institution_id = s.assessment_institution_id OR (k.area IS NOT NULL AND starts_with(s.township_code, k.area)))
  JOIN role r ON r.code = k.role_code AND 'assessments.confirm' = ANY (r.permissions)
  WHERE s.district_code = district AND s.id = assessed
$$;
COMMENT ON FUNCTION assessments.eligible_experts IS 'Active expert accounts that may see the case and were not on site: among them the experts of an assessment are drawn.';
REVOKE ALL ON FUNCTION assessments.commit_draw, assessments.reveal_draw, assessments.eligible_experts FROM public;
GRANT EXECUTE ON FUNCTION assessments.commit_draw, assessments.reveal_draw, assessments.eligible_experts TO changhu_app;
