-- Applications that are not finished, by district and state.
SELECT a.district_code, a.state AS key, count(*) AS count
FROM assessments.application a
WHERE a.state NOT IN ('refused', 'concluded', 'withdrawn', 'closed') AND (:district::text IS NULL OR a.district_code = :district)
GROUP BY a.district_code, a.state
