-- Orders to assessment institutions, declared interests, and what dispatch must know of both across the walls.
CREATE TABLE assessments.dispatch_order (
  district_code text NOT NULL,
  id uuid NOT NULL,
  application_id uuid NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  assessment_institution_id uuid NOT NULL,
  issued_at timestamptz NOT NULL,
  issued_on date NOT NULL,
  issuer_account_id uuid,
  issuer_name text NOT NULL,
  decision_id uuid NOT NULL,
  place smallint CHECK (place >= 1),
  chosen_reason text CHECK (length(chosen_reason) BETWEEN 1 AND 400),
  batch_id uuid,
  respond_by timestamptz,
  due_on date,
  state text NOT NULL CHECK (state IN ('open', 'accepted', 'refused', 'lapsed', 'withdrawn', 'done')),
  answered_at timestamptz,
  answerer_name text,
  reason_code text,
  note text,
  assessor_account_id uuid,
  assessor_name text,
  expert_account_id uuid,
  expert_name text,
  appointment_on date,
  window_from text CHECK (window_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  window_to text CHECK (window_to ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  assigned_at timestamptz,
  ended_at timestamptz,
  late_on date,
  PRIMARY KEY (district_code, id),
  CHECK ((state = 'refused') <= (reason_code IN ('NO_CAPACITY', 'RECUSED', 'OUT_OF_REACH', 'PERSON_UNREACHABLE', 'OTHER') AND note IS NOT NULL)),
  CHECK ((state = 'withdrawn') <= (reason_code IN ('REDISPATCHED', 'CASE_ENDED', 'MISTAKE', 'OTHER'))),
  CHECK ((state IN ('open', 'accepted')) = (ended_at IS NULL)),
  CHECK ((assessor_account_id IS NULL) = (assigned_at IS NULL) AND (expert_account_id IS NULL) = (assigned_at IS NULL) AND assessor_account_id <> expert_account_id)
);
COMMENT ON TABLE assessments.dispatch_order IS '派单 · An order to an assessment institution: how it was chosen, until when it is answered and the visit is due, who was sent, and how it ended. One current outcome; each step is an event.';
COMMENT ON COLUMN assessments.dispatch_order.place IS '建议名次 · Place of the institution in the proposal of the rule; empty when it was not among the proposed.';
COMMENT ON COLUMN assessments.dispatch_order.respond_by IS '答复期限 · Empty where the city sets no limit, or the calendar of the year is not published yet.';
COMMENT ON COLUMN assessments.dispatch_order.late_on IS '逾期日 · Day on which the clock found the visit overdue; it stays when the visit is made up.';
CREATE UNIQUE INDEX dispatch_order_current ON assessments.dispatch_order (district_code, application_id) WHERE state IN ('open', 'accepted');
CREATE INDEX dispatch_order_application ON assessments.dispatch_order (district_code, application_id, issued_at);
CREATE INDEX dispatch_order_institution ON assessments.dispatch_order (assessment_institution_id, issued_on, state);
CREATE INDEX dispatch_order_list ON assessments.dispatch_order (district_code, state, issued_at DESC, id);

CREATE TABLE assessments.interest (
  district_code text NOT NULL,
  id uuid NOT NULL,
  institution_id uuid NOT NULL,
  worker_id uuid,
  account_id uuid,
  party_name text NOT NULL,
  relation text NOT NULL CHECK (relation IN ('owner', 'relative', 'employer', 'carer', 'guardian', 'neighbour', 'other')),
  person_number text CHECK (person_number ~ '^[0-9]{17}[0-9X]$'),
  township_code text CHECK (township_code ~ '^[0-9]{9}$'),
  community text,
  care_institution_id uuid,
  from_on date NOT NULL,
  to_on date CHECK (to_on >= from_on),
  evidence text NOT NULL CHECK (length(evidence) BETWEEN 1 AND 400),
  declared_by uuid,
  declarer_name text NOT NULL,
  declared_at timestamptz NOT NULL,
  PRIMARY KEY (district_code, id),
  CHECK (num_nonnulls(person_number, community, care_institution_id) = 1 AND (community IS NULL) = (township_code IS NULL))
);
COMMENT ON TABLE assessments.interest IS '利害关系 · A declared interest of an assessment institution (no person named) or of one of its assessors or experts in an insured person, a community or a care institution. Ended by its last day, never deleted.';
CREATE INDEX interest_person ON assessments.interest (person_number) WHERE person_number IS NOT NULL;
CREATE INDEX interest_institution ON assessments.interest (institution_id, from_on);

DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN
    PERFORM create_distributed_table('assessments.dispatch_order', 'district_code'), create_distributed_table('assessments.interest', 'district_code');
  END IF;
END $$;
ALTER TABLE assessments.dispatch_order ADD FOREIGN KEY (district_code, application_id) REFERENCES assessments.application, ADD FOREIGN KEY (district_code, decision_id) REFERENCES platform.decision,
  ADD FOREIGN KEY (assessment_institution_id) REFERENCES providers.institution;
ALTER TABLE assessments.interest ADD FOREIGN KEY (institution_id) REFERENCES providers.institution, ADD FOREIGN KEY (worker_id) REFERENCES workers.worker, ADD FOREIGN KEY (care_institution_id) REFERENCES providers.institution;
CALL scope.protect('assessments.dispatch_order', 'township_code', 'assessment_institution_id');
CALL scope.protect('assessments.interest', 'district_code', 'institution_id');
GRANT SELECT, INSERT ON assessments.dispatch_order, assessments.interest TO changhu_app;
GRANT UPDATE (state, answered_at, answerer_name, reason_code, note, assessor_account_id, assessor_name, expert_account_id, expert_name, appointment_on, window_from, window_to, assigned_at, ended_at, late_on, respond_by)
  ON assessments.dispatch_order TO changhu_app;
GRANT UPDATE (to_on) ON assessments.interest TO changhu_app;
GRANT SELECT ON assessments.dispatch_order, assessments.interest TO changhu_report;

-- A refused, lapsed or withdrawn order gives the case back: the institution that refused may not see the case any more, so this is done behind the wall.
CREATE FUNCTION assessments.give_back(district text, the_order uuid, moment timestamptz) RETURNS boolean LANGUAGE sql SECURITY DEFINER SET search_path = assessments, pg_temp AS $$
  WITH given AS (
    UPDATE application a SET state = 'accepted', state_since = moment, assessment_institution_id = NULL
    FROM dispatch_order o
    WHERE o.district_code = district AND o.id = the_order AND o.state IN ('refused', 'lapsed', 'withdrawn')
      AND (o.assessment_institution_id = (SELECT scope.institution()) OR starts_with(o.township_code, (SELECT scope.area())))
      AND a.district_code = o.district_code AND a.id = o.application_id AND a.state = 'dispatched' AND a.assessment_institution_id = o.assessment_institution_id
    RETURNING 1)
  SELECT EXISTS (SELECT 1 FROM given)
$$;
COMMENT ON FUNCTION assessments.give_back IS 'Puts the case of an ended order back among the accepted ones, for whoever ended it.';
REVOKE ALL ON FUNCTION assessments.give_back FROM public;
GRANT EXECUTE ON FUNCTION assessments.give_back TO changhu_app;

CREATE FUNCTION assessments.institution_load(since date, month_from date, before timestamptz) RETURNS TABLE (institution_id uuid, open_orders int, month_orders int, last_issued_at timestamptz, window_orders int, window_refused int, window_late int,
  window_returned int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = assessments, pg_temp AS $$
  SELECT o.assessment_institution_id, (count(*) FILTER (WHERE o.state IN ('open', 'accepted')))::int, (count(*) FILTER (WHERE o.issued_on >= month_from AND o.state <> 'withdrawn'))::int, max(o.issued_at) FILTER (WHERE o.state <> 'withdrawn'),
    (count(*) FILTER (WHERE o.issued_on >= since AND o.state <> 'withdrawn'))::int, (count(*) FILTER (WHERE o.issued_on >= since AND o.state IN ('refused', 'lapsed')))::int,
    (count(*) FILTER (WHERE o.issued_on >= since AND o.late_on IS NOT NULL AND o.state <> 'withdrawn'))::int,
    (count(*) FILTER (WHERE o.issued_on >= since AND o.state = 'done' AND EXISTS (SELECT 1 FROM assessment s WHERE s.district_code = o.district_code AND s.application_id = o.application_id
      AND s.assessment_institution_id = o.assessment_institution_id AND s.superseded_at IS NOT NULL)))::int
  FROM dispatch_order o WHERE (o.state IN ('open', 'accepted') OR o.issued_on >= least(since, month_from)) AND o.issued_at <= before
  GROUP BY o.assessment_institution_id
$$;
COMMENT ON FUNCTION assessments.institution_load IS 'Orders of every institution over all districts: open now, this month, last issued, and in the window of past performance issued, refused or lapsed, late, and assessed but not upheld. Counts only.';
REVOKE ALL ON FUNCTION assessments.institution_load FROM public;
GRANT EXECUTE ON FUNCTION assessments.institution_load TO changhu_app;
