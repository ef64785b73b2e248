-- Care on a day in hospital. The policy says whether the day of admission and the day of discharge are paid.
SELECT DISTINCT ON (c.n) c.n, 'HOSPITAL_STAY' AS code, 0 AS paid_minutes,
  jsonb_build_object('serviceOn', c.service_on, 'admittedOn', s.admitted_on, 'dischargedOn', s.discharged_on) AS params
FROM charge c
JOIN people.hospital_stay s ON s.district_code = :district AND s.person_id = c.person_id AND c.service_on >= s.admitted_on AND (s.discharged_on IS NULL OR c.service_on <= s.discharged_on)
JOIN month_figure x ON x.name = 'claims.hospitalDays' AND x.part = 'excluded' AND x.value = 1 AND c.service_on BETWEEN x.from_on AND x.to_on
JOIN month_figure a ON a.name = 'claims.hospitalDays' AND a.part = 'admissionDay' AND c.service_on BETWEEN a.from_on AND a.to_on
JOIN month_figure d ON d.name = 'claims.hospitalDays' AND d.part = 'dischargeDay' AND c.service_on BETWEEN d.from_on AND d.to_on
WHERE NOT c.refused AND NOT (c.service_on = s.admitted_on AND a.value = 0) AND NOT (c.service_on = s.discharged_on AND d.value = 0)
ORDER BY c.n, s.admitted_on
