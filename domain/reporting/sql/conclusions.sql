-- Conclusions in force on :on, by district and grade.
SELECT c.district_code, c.grade::text AS key, count(*) AS count
FROM assessments.conclusion c
WHERE c.effective_on <= :on::date AND coalesce(c.ended_on, c.valid_until_on) >= :on::date AND (:district::text IS NULL OR c.district_code = :district)
GROUP BY c.district_code, c.grade
