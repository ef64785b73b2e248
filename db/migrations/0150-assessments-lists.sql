-- The long lists of a district read one index each: what waits for dispatch, letters to deliver, conclusions and pauses by a searched text.
CREATE INDEX application_waiting ON assessments.application (district_code, (coalesce(returned_on, accepted_on)), number) INCLUDE (id, township_code, person_id, assessment_institution_id, returned_on, accepted_on, search, person_number) WHERE state = 'accepted';
COMMENT ON INDEX assessments.application_waiting IS 'What waits for dispatch in its order; carries what its filters, its search and the wall ask for.';

-- The plans of these two depend on what is asked. Without its values the first goes through the orders of every institution one by one; with them the second, asked for what every number has, looks into every row.
ALTER FUNCTION assessments.institution_load(date, date, timestamptz) SET plan_cache_mode = force_custom_plan;
ALTER FUNCTION assessments.found(text, text, int) SET plan_cache_mode = force_generic_plan;

ALTER TABLE assessments.conclusion ADD COLUMN search text NOT NULL DEFAULT '', ADD COLUMN person_number text NOT NULL DEFAULT '', ADD COLUMN filed_on date, ADD COLUMN assessment_institution_id uuid,
  ADD COLUMN letter text CHECK (letter IN ('waiting', 'underway', 'failed', 'delivered'));
COMMENT ON COLUMN assessments.conclusion.search IS '检索词 · Number, and name and pinyin of the person as they stood at the conclusion, in lower case, for the lists'' search boxes.';
COMMENT ON COLUMN assessments.conclusion.person_number IS '身份证号 · Identity number of the person, which the lists'' search boxes find by its beginning.';
COMMENT ON COLUMN assessments.conclusion.filed_on IS '申请日期 · Day on which its case was filed, by which its letter is due; empty without a case.';
COMMENT ON COLUMN assessments.conclusion.assessment_institution_id IS '评估机构 · Institution of its assessment; empty without one.';
COMMENT ON COLUMN assessments.conclusion.letter IS '结论书送达 · Where its letter stands: delivered at least once, else as the last attempt ended, else waiting; empty where it has none (imported). Follows assessments.delivery (assessments.follow_letters).';

CREATE FUNCTION assessments.follow_letters(district text, conclusions uuid[]) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = assessments, pg_temp AS $$
  UPDATE conclusion c SET letter = l.stands
  FROM (SELECT DISTINCT ON (d.conclusion_id) d.conclusion_id, d.outcome AS stands FROM delivery d WHERE d.district_code = district AND d.conclusion_id = ANY (conclusions)
    ORDER BY d.conclusion_id, d.outcome = 'delivered' DESC, d.recorded_at DESC, d.outcome <> 'underway' DESC, d.id DESC) l
  WHERE c.district_code = district AND c.id = l.conclusion_id AND c.letter IS DISTINCT FROM l.stands
$$;
COMMENT ON FUNCTION assessments.follow_letters IS 'Writes on conclusions of a district where their letters stand after new attempts.';
REVOKE ALL ON FUNCTION assessments.follow_letters FROM public;
GRANT EXECUTE ON FUNCTION assessments.follow_letters TO changhu_app;

UPDATE assessments.conclusion c SET search = lower(c.number) || E'\n' || p.search, person_number = p.identity_number,
  filed_on = (SELECT a.filed_on FROM assessments.application a WHERE a.district_code = c.district_code AND a.id = c.application_id),
  assessment_institution_id = (SELECT s.assessment_institution_id FROM assessments.assessment s WHERE s.district_code = c.district_code AND s.id = c.assessment_id),
  letter = CASE WHEN c.origin = 'assessed' THEN coalesce((SELECT d.outcome FROM assessments.delivery d WHERE d.district_code = c.district_code AND d.conclusion_id = c.id
    ORDER BY d.outcome = 'delivered' DESC, d.recorded_at DESC, d.outcome <> 'underway' DESC, d.id DESC LIMIT 1), 'waiting') END
FROM people.person p WHERE p.district_code = c.district_code AND p.id = c.person_id;

DROP INDEX assessments.conclusion_list;
CREATE INDEX conclusion_list ON assessments.conclusion (district_code, concluded_on DESC, id DESC) INCLUDE (township_code, person_id, grade, effective_on, valid_until_on, ended_on, origin, application_id, assessment_id, search, person_number);
COMMENT ON INDEX assessments.conclusion_list IS 'The list of conclusions in its order; carries what its filters, its search and the wall ask for.';
CREATE INDEX conclusion_waiting ON assessments.conclusion (district_code, filed_on, concluded_on, id) INCLUDE (letter, township_code, person_id, assessment_institution_id, effective_on, valid_until_on, ended_on, search, person_number)
  WHERE letter IN ('waiting', 'underway', 'failed');
COMMENT ON INDEX assessments.conclusion_waiting IS 'Letters that reached nobody yet; carries what their list, its filters, its search and the wall ask for.';

ALTER TABLE assessments.suspension ADD COLUMN search text NOT NULL DEFAULT '', ADD COLUMN person_number text NOT NULL DEFAULT '';
COMMENT ON COLUMN assessments.suspension.search IS '检索词 · Name and pinyin of the person as they stood at the pause, in lower case, for the list''s search box.';
COMMENT ON COLUMN assessments.suspension.person_number IS '身份证号 · Identity number of the person, which the list''s search box finds by its beginning.';
UPDATE assessments.suspension s SET search = p.search, person_number = p.identity_number FROM people.person p WHERE p.district_code = s.district_code AND p.id = s.person_id;
