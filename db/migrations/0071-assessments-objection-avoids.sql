-- An upheld objection is a review too: the institution and the persons whose result it overturned are avoided like those under a review.
CREATE OR REPLACE FUNCTION assessments.took_part_before(district text, application uuid) RETURNS TABLE (institution_id uuid, account_id uuid, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = assessments, pg_temp AS $$
  WITH RECURSIVE reviewed AS (
    SELECT c.application_id FROM assessments.application a JOIN assessments.conclusion c ON c.district_code = a.district_code AND c.id = a.about_conclusion_id
    WHERE a.district_code = district AND a.id = application AND a.kind IN ('review', 'finalReview')
    UNION
    SELECT c.application_id FROM reviewed r JOIN assessments.application a ON a.district_code = district AND a.id = r.application_id AND a.kind IN ('review', 'finalReview')
    JOIN assessments.conclusion c ON c.district_code = a.district_code AND c.id = a.about_conclusion_id
  ), first AS (
    SELECT s.* FROM reviewed r JOIN assessments.assessment s ON s.district_code = district AND s.application_id = r.application_id
    UNION ALL
    SELECT s.* FROM assessments.assessment s WHERE s.district_code = district AND s.application_id = application AND s.superseded_by = 'objection'
  )
  SELECT f.assessment_institution_id, f.assessor_account_id, f.assessor_name FROM first f
  UNION
  SELECT f.assessment_institution_id, NULL, f.second_name FROM first f
  UNION
  SELECT f.assessment_institution_id, v.expert_account_id, v.expert_name FROM first f JOIN assessments.confirmation v ON v.district_code = f.district_code AND v.assessment_id = f.id
$$;
COMMENT ON FUNCTION assessments.took_part_before IS 'Institutions and persons that a review, a final review, or an assessment after an upheld objection must avoid: all who assessed or confirmed what it looks at again. Empty for other cases.';
