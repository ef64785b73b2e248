-- Current and late orders are few among all: their list, their count and the load of institutions read them alone. A list by another state goes through the newest.
CREATE INDEX dispatch_order_late ON assessments.dispatch_order (district_code, issued_at DESC, id DESC) INCLUDE (township_code, state, assessment_institution_id, application_id, due_on, due_known_on, late_on, appointment_on, window_from, assigned_at)
  WHERE late_on IS NOT NULL OR state IN ('open', 'accepted');
COMMENT ON INDEX assessments.dispatch_order_late IS 'Orders that run or were late, newest first; carries what their filters and the wall ask for.';
DROP INDEX assessments.dispatch_order_list;
DROP INDEX assessments.dispatch_order_newest;
CREATE INDEX dispatch_order_newest ON assessments.dispatch_order (district_code, issued_at DESC, id DESC) INCLUDE (township_code, state, assessment_institution_id, application_id, due_on, appointment_on, window_from, assigned_at);
COMMENT ON INDEX assessments.dispatch_order_newest IS 'The list of orders in its order; carries what its filters, its calendar and the wall ask for.';

-- Who keeps away: of the register only the entries that fit a person are read, instead of the latest entry of everybody. The same rows as before (0136).
CREATE OR REPLACE FUNCTION assessments.avoidance(district text, applications uuid[], wanted date) RETURNS TABLE (application_id uuid, institution_id uuid, worker_id uuid, account_id uuid, name text, ground text, detail text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = assessments, pg_temp AS $$
  WITH wanted_case AS MATERIALIZED (
    SELECT a.id, a.kind, a.ground, a.contact_phone, a.person_id, p.identity_number, p.phone, p.address, p.township_code, p.community
    FROM unnest(applications) AS x (id) JOIN application a ON a.district_code = district AND a.id = x.id JOIN people.person p ON p.district_code = a.district_code AND p.id = a.person_id
  ), cared AS MATERIALIZED (
    SELECT c.id, t.institution_id, i.name FROM wanted_case c JOIN people.tie t ON t.district_code = district AND t.person_id = c.person_id AND t.kind = 'care' JOIN providers.institution i ON i.id = t.institution_id
  ), declared AS MATERIALIZED (
    SELECT n.*, coalesce(n.account_id, k.id) AS whose FROM interest n LEFT JOIN identity.account k ON k.worker_id = n.worker_id WHERE n.from_on <= wanted AND (n.to_on IS NULL OR n.to_on >= wanted)
  ), declared_case AS (
    SELECT c.id AS case_id, n.* FROM wanted_case c JOIN declared n ON n.person_number = c.identity_number
    UNION ALL
    SELECT c.id, n.* FROM wanted_case c JOIN declared n ON n.township_code = c.township_code AND n.community = c.community
    UNION ALL
    SELECT c.id, n.* FROM cared c JOIN declared n ON n.care_institution_id = c.institution_id
  )
  -- Those whose result is looked at again.
  SELECT c.id, b.institution_id, NULL::uuid, b.account_id, b.name, 'reviewed', NULL::text
  FROM wanted_case c CROSS JOIN LATERAL took_part_before(district, c.id) b
  WHERE c.kind IN ('review', 'finalReview') OR EXISTS (SELECT 1 FROM assessment s WHERE s.district_code = district AND s.application_id = c.id AND s.superseded_at IS NOT NULL AND s.superseded_by = 'objection')
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
  -- The register: the person itself, the same household, an employer that cares for the person. Of the entries only those that fit are read; the latest of a worker counts.
  UNION
  SELECT c.id, NULL, w.id, k.id, w.name, 'self', NULL FROM wanted_case c JOIN workers.worker w ON w.identity_number = c.identity_number LEFT JOIN identity.account k ON k.worker_id = w.id WHERE w.worker_class IN ('assessor', 'expert')
  UNION
  SELECT h.id, NULL, w.id, k.id, w.name, h.ground, NULL
  FROM (
    SELECT c.id, e.id AS entry, e.worker_id, e.admitted_on, 'samePhone' AS ground FROM wanted_case c JOIN workers.admission e ON e.phone = c.phone
    UNION ALL
    SELECT c.id, e.id, e.worker_id, e.admitted_on, 'samePhone' FROM wanted_case c JOIN workers.admission e ON e.phone = c.contact_phone
    UNION ALL
    SELECT c.id, e.id, e.worker_id, e.admitted_on, 'sameAddress' FROM wanted_case c JOIN workers.admission e ON e.address = c.address
  ) h JOIN workers.worker w ON w.id = h.worker_id LEFT JOIN identity.account k ON k.worker_id = w.id
  WHERE w.worker_class IN ('assessor', 'expert') AND NOT EXISTS (SELECT 1 FROM workers.admission later WHERE later.worker_id = h.worker_id AND (later.admitted_on, later.id) > (h.admitted_on, h.entry))
  UNION
  SELECT c.id, NULL, w.id, k.id, w.name, 'worksForCarer', c.name
  FROM cared c JOIN workers.worker e ON e.institution_id = c.institution_id AND e.from_on <= wanted JOIN workers.worker w ON w.identity_number = e.identity_number LEFT JOIN identity.account k ON k.worker_id = w.id
  WHERE w.worker_class IN ('assessor', 'expert')
  -- What was declared.
  UNION
  SELECT n.case_id, n.institution_id, n.worker_id, n.whose, n.party_name, CASE WHEN n.worker_id IS NULL AND n.account_id IS NULL THEN 'declaredInstitution' ELSE 'declaredPerson' END, n.relation FROM declared_case n
$$;

-- A search among people looks through the index of the list, which carries what is searched.
DROP INDEX people.person_list;
CREATE INDEX person_list ON people.person (district_code, township_code, name, id) INCLUDE (search, identity_number);
COMMENT ON INDEX people.person_list IS 'The list of people in its order; carries what a search and the wall ask for.';
