-- Recusal: whom the assessment of a case avoids, and the wall between who assessed and who cares afterwards.
CREATE FUNCTION assessments.avoidance(district text, applications uuid[], wanted date) RETURNS TABLE (application_id uuid, institution_id uuid, worker_id uuid, account_id uuid, name text, ground text, detail text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = assessments, pg_temp AS $$
  WITH wanted_case AS (
    SELECT a.id, a.kind, a.ground, a.contact_phone, a.person_id, p.identity_number, p.phone, p.address, p.township_code, p.community
    FROM application a JOIN people.person p ON p.district_code = a.district_code AND p.id = a.person_id WHERE a.district_code = district AND a.id = ANY (applications)
  ), cared AS (
    SELECT c.id, t.institution_id, i.name FROM wanted_case c JOIN people.tie t ON t.district_code = district AND t.person_id = c.person_id AND t.kind = 'care' JOIN providers.institution i ON i.id = t.institution_id
  ), register AS (
    SELECT w.id, w.institution_id, w.name, w.identity_number, k.id AS account_id, e.phone, e.address
    FROM workers.worker w
    LEFT JOIN LATERAL (SELECT a.phone, a.address FROM workers.admission a WHERE a.worker_id = w.id ORDER BY a.admitted_on DESC, a.id DESC LIMIT 1) e ON true
    LEFT JOIN identity.account k ON k.worker_id = w.id
    WHERE w.worker_class IN ('assessor', 'expert')
  )
  -- Those whose result is looked at again.
  SELECT c.id, b.institution_id, NULL::uuid, b.account_id, b.name, 'reviewed', NULL::text
  FROM wanted_case c CROSS JOIN LATERAL took_part_before(district, c.id) b
  WHERE c.kind IN ('review', 'finalReview') OR EXISTS (SELECT 1 FROM assessment s WHERE s.district_code = district AND s.application_id = c.id AND s.superseded_by = 'objection')
  UNION
  SELECT c.id, NULL, NULL, x.account_id, x.name, 'earlierAssessor', NULL
  FROM wanted_case c JOIN assessment s ON s.district_code = district AND s.person_id = c.person_id AND s.application_id <> c.id
  CROSS JOIN LATERAL (SELECT s.assessor_account_id AS account_id, s.assessor_name AS name UNION SELECT v.expert_account_id, v.expert_name FROM confirmation v WHERE v.district_code = s.district_code AND v.assessment_id = s.id) x
  WHERE c.kind = 'spotCheck'
  UNION
  SELECT c.id, s.assessment_institution_id, NULL, NULL, i.name, 'irregularBefore', NULL
  FROM wanted_case c JOIN assessment s ON s.district_code = district AND s.person_id = c.person_id AND s.application_id <> c.id JOIN providers.institution i ON i.id = s.assessment_institution_id
  WHERE c.kind = 'spotCheck' AND c.ground = 'irregularAssessment'
  -- Owners who care for the person.
  UNION
  SELECT c.id, mine.institution_id, NULL, NULL, i.name, 'sharedOwner', c.name
  FROM cared c JOIN providers.related_party theirs ON theirs.institution_id = c.institution_id
  JOIN providers.related_party mine ON mine.party_number = theirs.party_number AND mine.side = 'assessment' JOIN providers.institution i ON i.id = mine.institution_id
  -- The register: the person itself, the same household, an employer that cares for the person.
  UNION
  SELECT c.id, NULL, r.id, r.account_id, r.name, 'self', NULL FROM wanted_case c JOIN register r ON r.identity_number = c.identity_number
  UNION
  SELECT c.id, NULL, r.id, r.account_id, r.name, 'samePhone', NULL FROM wanted_case c JOIN register r ON r.phone IN (c.phone, c.contact_phone)
  UNION
  SELECT c.id, NULL, r.id, r.account_id, r.name, 'sameAddress', NULL FROM wanted_case c JOIN register r ON r.address = c.address
  UNION
  SELECT c.id, NULL, r.id, r.account_id, r.name, 'worksForCarer', c.name
  FROM cared c JOIN workers.worker e ON e.institution_id = c.institution_id AND e.from_on <= wanted JOIN register r ON r.identity_number = e.identity_number
  -- What was declared.
  UNION
  SELECT c.id, n.institution_id, n.worker_id, coalesce(n.account_id, k.id), n.party_name, CASE WHEN n.worker_id IS NULL AND n.account_id IS NULL THEN 'declaredInstitution' ELSE 'declaredPerson' END, n.relation
  FROM wanted_case c JOIN interest n ON n.from_on <= wanted AND (n.to_on IS NULL OR n.to_on >= wanted)
    AND (n.person_number = c.identity_number OR (n.township_code = c.township_code AND n.community = c.community) OR n.care_institution_id IN (SELECT t.institution_id FROM cared t WHERE t.id = c.id))
  LEFT JOIN identity.account k ON k.worker_id = n.worker_id
$$;
COMMENT ON FUNCTION assessments.avoidance IS 'Institutions and persons that the assessment of each case avoids, each with its ground: reviewed, earlierAssessor, irregularBefore, sharedOwner, self, samePhone, sameAddress, worksForCarer, declaredInstitution, declaredPerson. A row with a worker, account or (ground earlierAssessor) name is about that person alone, except reviewed, which is about the institution too.';
REVOKE ALL ON FUNCTION assessments.avoidance FROM public;
GRANT EXECUTE ON FUNCTION assessments.avoidance TO changhu_app;

-- V34: who cares after the conclusion has nothing to do with who assessed.
CREATE FUNCTION assessments.care_relation(district text, person uuid, care_institution uuid, wanted date) RETURNS TABLE (ground text, assessed_by text, detail text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = assessments, pg_temp AS $$
  WITH assessed AS (
    SELECT s.assessment_institution_id, i.name, s.on_site_at::date AS assessed_on, x.account_id
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
COMMENT ON FUNCTION assessments.care_relation IS 'How a care institution is related to those who assessed the person whose conclusion holds on a day: shared owner, an assessor or expert who works there, a declared interest. Empty when there is nothing.';
REVOKE ALL ON FUNCTION assessments.care_relation FROM public;
GRANT EXECUTE ON FUNCTION assessments.care_relation TO changhu_app;
