-- Two attempts recorded at the same moment: who comes second waits for the first and then sees its attempt too, so that a failed one never hides that the letter arrived.
CREATE OR REPLACE FUNCTION assessments.follow_letters(district text, conclusions uuid[]) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = assessments, pg_temp AS $$
  -- Weaker than FOR UPDATE: whoever stores an attempt holds the conclusion as its foreign key already.
  SELECT 1 FROM conclusion c WHERE c.district_code = district AND c.id = ANY (conclusions) ORDER BY c.id FOR NO KEY UPDATE;
  UPDATE conclusion c SET letter = l.stands
  FROM (SELECT DISTINCT ON (d.conclusion_id) d.conclusion_id, d.outcome AS stands FROM delivery d WHERE d.district_code = district AND d.conclusion_id = ANY (conclusions)
    ORDER BY d.conclusion_id, d.outcome = 'delivered' DESC, d.recorded_at DESC, d.outcome <> 'underway' DESC, d.id DESC) l
  WHERE c.district_code = district AND c.id = l.conclusion_id AND c.letter IS DISTINCT FROM l.stands
$$;

-- Orders that wait for a calendar are few among all, and the clock asks for them every quarter of an hour, also for those whose visit is over.
CREATE INDEX dispatch_order_without_due ON assessments.dispatch_order (district_code, id) WHERE due_on IS NULL;
