-- Nobody who was on site is drawn to confirm the visit: also who came along beside the assessor and the second person.
CREATE OR REPLACE FUNCTION assessments.eligible_experts(district text, assessed uuid) RETURNS TABLE (account_id uuid, name text, worker_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = assessments, identity, pg_temp AS $$
  SELECT k.id, k.display_name, k.worker_id FROM assessment s
  JOIN account k ON k.disabled_at IS NULL AND k.id <> s.assessor_account_id AND k.id IS DISTINCT FROM s.second_account_id AND (s.second_account_id IS NOT NULL OR k.display_name <> s.second_name)
    AND (k.institution_id = s.assessment_institution_id OR (k.area IS NOT NULL AND starts_with(s.township_code, k.area)))
  JOIN role r ON r.code = k.role_code AND 'assessments.confirm' = ANY (r.permissions)
  WHERE s.district_code = district AND s.id = assessed
    -- The draw comes with the assessment, before its visit is closed: who came along stands in the revision.
    AND NOT EXISTS (SELECT 1 FROM site_visit v JOIN site_visit_revision c ON c.district_code = v.district_code AND c.site_visit_id = v.id AND c.revision = v.revision
      WHERE v.district_code = s.district_code AND v.id = s.site_visit_id AND c.content -> 'companionIds' ? k.id::text)
$$;
