-- Confirmed plans that run on :on, by district and mode.
SELECT p.district_code, p.mode AS key, count(*) AS count
FROM plans.plan p
WHERE p.state = 'confirmed' AND p.from_on <= :on::date AND (p.to_on IS NULL OR p.to_on >= :on::date) AND (:district::text IS NULL OR p.district_code = :district)
GROUP BY p.district_code, p.mode
