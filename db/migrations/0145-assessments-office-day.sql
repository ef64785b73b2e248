-- The day of a visit is the office's day, whatever time zone the database server keeps: before eight in the morning it was the day before.
CREATE OR REPLACE FUNCTION assessments.care_relation(district text, person uuid, care_institution uuid, wanted date) RETURNS TABLE (ground text, assessed_by text, detail text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = assessments, pg_temp AS $$
  WITH assessed AS (
    SELECT s.assessment_institution_id, i.name, (s.on_site_at AT TIME ZONE 'Asia/Shanghai')::date AS assessed_on, x.account_id
    FROM conclusion c JOIN assessment s ON s.district_code = c.district_code AND s.id = c.assessment_id JOIN providers.institution i ON i.id = s.assessment_institution_id
    CROSS JOIN LATERAL (SELECT s.assessor_account_id AS account_id UNION SELECT v.expert_account_id FROM confirmation v WHERE v.district_code = s.district_code AND v.assessment_id = s.id) x
    WHERE c.district_code = district AND c.person_id = person AND c.effective_on <= wanted AND coalesce(c.ended_on, c.valid_until_on) >= wanted
  )
  SELECT 'sharedOwner', a.name, theirs.party_name FROM assessed a
  JOIN providers.related_party mine ON mine.institution_id = a.assessment_institution_id AND mine.from_on <= wanted AND (mine.to_on IS NULL OR mine.to_on > a.assessed_on)
  JOIN providers.related_party theirs ON theirs.institution_id = care_institution AND theirs.party_number = mine.party_number AND theirs.from_on <= wanted AND (theirs.to_on IS NULL OR theirs.to_on > wanted)
  UNION
  SELECT 'worksForCarer', a.name, w.name FROM assessed a JOIN identity.account k ON k.id = a.account_id JOIN workers.worker w ON w.id = k.worker_id
  JOIN workers.worker e ON e.identity_number = w.identity_number AND e.institution_id = care_institution AND e.from_on <= wanted AND (e.to_on IS NULL OR e.to_on >= a.assessed_on)
  UNION
  SELECT 'declared', a.name, n.party_name FROM assessed a LEFT JOIN identity.account k ON k.id = a.account_id
  JOIN interest n ON n.care_institution_id = care_institution AND n.from_on <= wanted AND (n.to_on IS NULL OR n.to_on >= a.assessed_on)
    AND ((n.worker_id IS NULL AND n.account_id IS NULL AND n.institution_id = a.assessment_institution_id) OR n.account_id = a.account_id OR n.worker_id = k.worker_id)
  ORDER BY 1, 2, 3
$$;
