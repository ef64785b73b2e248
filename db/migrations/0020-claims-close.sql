-- What the month close needs beside its tables: a distance in SQL, and a line found by its id alone.
CREATE FUNCTION claims.distance_m(from_lng double precision, from_lat double precision, to_lng double precision, to_lat double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT 2 * 6371008.8 * asin(least(1, sqrt(
    power(sin(radians(to_lat - from_lat) / 2), 2) + cos(radians(from_lat)) * cos(radians(to_lat)) * power(sin(radians(to_lng - from_lng) / 2), 2))))
$$;
COMMENT ON FUNCTION claims.distance_m IS 'Great-circle metres between two points of one datum, NULL when one is unknown; the same formula as in the program.';
GRANT EXECUTE ON FUNCTION claims.distance_m TO changhu_app, changhu_report;
CREATE INDEX line_id ON claims.line (id);

CREATE FUNCTION claims.closed_with(district text, of_month date) RETURNS TABLE (closed_at timestamptz, city text, rule_base_id text, policy jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = claims, pg_temp AS $$
  SELECT m.closed_at, m.city, m.rule_base_id, m.policy FROM month_close m WHERE m.district_code = district AND m.month = of_month
$$;
COMMENT ON FUNCTION claims.closed_with IS 'The published policy a month was closed with, for whoever may see one of its lines: when, figures and rule base, no totals.';
REVOKE ALL ON FUNCTION claims.closed_with FROM public;
GRANT EXECUTE ON FUNCTION claims.closed_with TO changhu_app;
