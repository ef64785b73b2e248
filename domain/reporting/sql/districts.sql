-- Districts inside :area, with their names.
SELECT a.code AS district_code, a.name_zh AS zh, a.name_en AS en
FROM platform.area a
WHERE length(a.code) = 6 AND :area::text IS NOT NULL AND starts_with(a.code, :area) AND (:district::text IS NULL OR a.code = :district)
ORDER BY a.code
