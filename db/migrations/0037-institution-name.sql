-- Sign-in shows the name of an account's institution without the platform knowing where institutions are kept.
CREATE FUNCTION identity.institution_name(wanted uuid) RETURNS text LANGUAGE sql STABLE AS
$$ SELECT i.name FROM providers.institution i WHERE i.id = wanted $$;
COMMENT ON FUNCTION identity.institution_name IS 'Name of the institution an account belongs to, for the sign-in answer.';
