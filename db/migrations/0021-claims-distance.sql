-- A distance to an unknown place is unknown: least() passes over NULL, so it is asked first. And an index that no question uses is not kept.
CREATE OR REPLACE FUNCTION claims.distance_m(from_lng double precision, from_lat double precision, to_lng double precision, to_lat double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN from_lng + from_lat + to_lng + to_lat IS NOT NULL THEN 2 * 6371008.8 * asin(least(1, sqrt(
    power(sin(radians(to_lat - from_lat) / 2), 2) + cos(radians(from_lat)) * cos(radians(to_lat)) * power(sin(radians(to_lng - from_lng) / 2), 2)))) END
$$;
DROP INDEX claims.line_outcome;
