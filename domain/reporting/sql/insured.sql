-- Insured persons who are alive, by district.
SELECT p.district_code, count(*) AS count
FROM people.person p
WHERE p.deceased_on IS NULL AND (:district::text IS NULL OR p.district_code = :district)
GROUP BY p.district_code
