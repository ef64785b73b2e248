-- A search is found in the list's own index, however short or common its text is: what is searched stands in the row of the application.
ALTER TABLE assessments.application ADD COLUMN search text NOT NULL DEFAULT '', ADD COLUMN person_number text NOT NULL DEFAULT '';
COMMENT ON COLUMN assessments.application.search IS '检索词 · Number, and name and pinyin of the person as they stood at filing, in lower case, for the list''s search box.';
COMMENT ON COLUMN assessments.application.person_number IS '身份证号 · Identity number of the person, which the list''s search box finds by its beginning.';

DROP FUNCTION assessments.found;
UPDATE assessments.application a SET search = lower(a.number) || ' ' || p.search, person_number = p.identity_number FROM people.person p WHERE p.district_code = a.district_code AND p.id = a.person_id;
CREATE INDEX application_search ON assessments.application (district_code, filed_on DESC, id DESC) INCLUDE (township_code, state, kind, person_id, assessment_institution_id, search, person_number);
COMMENT ON INDEX assessments.application_search IS 'The list in its order with all that a search, the filters and the wall ask for: a text that many applications have is looked for in the index alone.';
CREATE INDEX application_institution ON assessments.application (assessment_institution_id, filed_on DESC, id DESC) WHERE assessment_institution_id IS NOT NULL;
COMMENT ON INDEX assessments.application_institution IS 'What an assessment institution has in hand: its list does not look through those of the others.';

-- The wall stands before every condition that is not its own, so that no index on parts of words would be read behind it: this function reads it in front, and gives ids
-- alone, which the wall then lets through or not. It tells nobody what they may not see.
CREATE FUNCTION assessments.found(q text, district text, most int) RETURNS TABLE (district_code text, id uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = assessments, people, platform, pg_temp ROWS 200 AS $$
  SELECT a.district_code, a.id FROM assessments.application a WHERE platform.search_tokens(a.number) @> platform.search_tokens(q) AND strpos(lower(a.number), q) > 0 AND (district IS NULL OR a.district_code = district)
  UNION ALL
  SELECT a.district_code, a.id FROM people.person p JOIN assessments.application a ON a.district_code = p.district_code AND a.person_id = p.id
  WHERE platform.search_tokens(p.search || ' ' || p.identity_number) @> platform.search_tokens(q) AND (strpos(p.search, q) > 0 OR starts_with(p.identity_number, upper(q))) AND (district IS NULL OR p.district_code = district)
  LIMIT most
$$;
COMMENT ON FUNCTION assessments.found IS 'The first applications, :most of them at most, with a text in their number, in the name or pinyin of the person, or at the start of the identity number; for texts that have parts (platform.search_tokens). Read behind the wall only.';
REVOKE ALL ON FUNCTION assessments.found FROM public;
GRANT EXECUTE ON FUNCTION assessments.found TO changhu_app;
