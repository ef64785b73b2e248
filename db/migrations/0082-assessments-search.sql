-- Lists of applications stay quick with tens of thousands of open ones: an index in the order of the list that the wall can be read from, and search by parts of words.
CREATE INDEX application_list ON assessments.application (district_code, filed_on DESC, id DESC) INCLUDE (township_code, state, kind, person_id, assessment_institution_id);
COMMENT ON INDEX assessments.application_list IS 'The list in its order; carries what its filters and the wall ask for, so that pages and counts read the index alone.';

CREATE FUNCTION platform.search_tokens(words text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(DISTINCT substr(word, at, size)), '{}')
  FROM regexp_split_to_table(lower(words), '\s+') AS word, generate_series(2, 3) AS size, generate_series(1, length(word) - size + 1) AS at
  WHERE size = 3 OR octet_length(word) > length(word)
$$;
COMMENT ON FUNCTION platform.search_tokens IS 'Parts of words by which a text is found: three characters, and two where a word has others than letters and digits. Shorter words have none.';

CREATE INDEX person_tokens ON people.person USING gin (platform.search_tokens(search || ' ' || identity_number));
CREATE INDEX application_tokens ON assessments.application USING gin (platform.search_tokens(number));

-- The wall stands before every condition that is not its own, so that no index on parts of words would be read behind it: this function reads it in front, and gives ids
-- alone, which the wall then lets through or not. It tells nobody what they may not see.
CREATE FUNCTION assessments.found(q text, district text) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = assessments, people, platform, pg_temp ROWS 200 AS $$
  SELECT a.id FROM assessments.application a WHERE platform.search_tokens(a.number) @> platform.search_tokens(q) AND strpos(lower(a.number), q) > 0 AND (district IS NULL OR a.district_code = district)
  UNION
  SELECT a.id FROM people.person p JOIN assessments.application a ON a.district_code = p.district_code AND a.person_id = p.id
  WHERE platform.search_tokens(p.search || ' ' || p.identity_number) @> platform.search_tokens(q) AND (strpos(p.search, q) > 0 OR starts_with(p.identity_number, upper(q))) AND (district IS NULL OR p.district_code = district)
$$;
COMMENT ON FUNCTION assessments.found IS 'Ids of applications by a part of the number, of the name or pinyin of the person, or by the start of the identity number; for texts that have parts (platform.search_tokens). Read behind the wall only.';
REVOKE ALL ON FUNCTION assessments.found FROM public;
GRANT EXECUTE ON FUNCTION assessments.found TO changhu_app;
