-- The family learns the appointment agreed for its person: orders themselves stay behind the wall of office and institution.
CREATE FUNCTION assessments.own_appointments() RETURNS TABLE (application_id uuid, appointment_on date, window_from text, window_to text, assessor_name text, expert_name text, institution_name text, institution_phone text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = assessments, pg_temp AS $$
  SELECT o.application_id, o.appointment_on, o.window_from, o.window_to, o.assessor_name, o.expert_name, i.name, i.phone
  FROM dispatch_order o JOIN application a ON a.district_code = o.district_code AND a.id = o.application_id JOIN providers.institution i ON i.id = o.assessment_institution_id
  WHERE o.person_id = ANY ((SELECT scope.persons())::uuid[]) AND a.state = 'dispatched' AND o.state = 'accepted' AND o.appointment_on IS NOT NULL
$$;
COMMENT ON FUNCTION assessments.own_appointments IS 'The agreed visits of the actor''s own persons: day, window and who comes; only while the visit is ahead.';
REVOKE ALL ON FUNCTION assessments.own_appointments FROM public;
GRANT EXECUTE ON FUNCTION assessments.own_appointments TO changhu_app;
