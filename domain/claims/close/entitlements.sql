-- Conclusions in force in the month; never two at once for one person. A death ends them with its day.
INSERT INTO entitlement_span (person_id, grade, from_on, until_on)
SELECT e.person_id, e.grade, e.effective_on, e.until_on
FROM (
  SELECT c.person_id, c.grade, c.effective_on, least(coalesce(c.ended_on, c.valid_until_on), p.deceased_on) AS until_on
  FROM assessments.conclusion c JOIN people.person p ON p.district_code = c.district_code AND p.id = c.person_id
  WHERE c.district_code = :district AND c.effective_on <= :lastOn::date
) e
WHERE e.until_on >= greatest(e.effective_on, :firstOn::date)
