-- Plans that were in force in the month; a plan that was followed by another ends the day before it.
INSERT INTO plan_span (plan_id, person_id, township_code, institution_id, worker_id, mode, number, from_on, until_on)
SELECT s.id, s.person_id, s.township_code, s.institution_id, s.worker_id, s.mode, s.number, s.from_on, s.until_on
FROM (
  SELECT p.*, least(p.to_on, lead(p.from_on) OVER (PARTITION BY p.person_id ORDER BY p.from_on, p.confirmed_at, p.id) - 1, :lastOn::date) AS until_on
  FROM plans.plan p
  WHERE p.district_code = :district AND p.confirmed_at IS NOT NULL AND p.from_on <= :lastOn::date
    AND (p.state = 'confirmed' OR (p.state = 'ended' AND p.to_on IS NOT NULL))
) s
WHERE s.until_on >= greatest(s.from_on, :firstOn::date)
