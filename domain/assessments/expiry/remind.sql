-- Reminders of conclusions that end: one for each threshold of days and conclusion, for people alive whose grade has a benefit, who have not applied and whose next conclusion is not there yet.
-- Of several thresholds the nearest one counts, so that a conclusion that appears late is reminded of once.
WITH fresh AS (
  INSERT INTO assessments.reminder (district_code, conclusion_id, threshold_days, person_id, township_code, last_day_on, reminded_on, phone, reminded_at)
  SELECT c.district_code, c.id, x.days, c.person_id, c.township_code, l.last_day_on, :today::date, coalesce(nullif(a.contact_phone, ''), p.phone), :now::timestamptz
  FROM assessments.conclusion c
  JOIN people.person p ON p.district_code = c.district_code AND p.id = c.person_id AND p.deceased_on IS NULL
  LEFT JOIN assessments.application a ON a.district_code = c.district_code AND a.id = c.application_id AND a.relation <> 'agency'
  CROSS JOIN LATERAL (SELECT coalesce(c.ended_on, c.valid_until_on) AS last_day_on) l
  CROSS JOIN LATERAL (SELECT min(t) AS days FROM unnest(:thresholds::int[]) t WHERE t >= l.last_day_on - :today::date) x
  WHERE c.grade >= :minGrade::int AND c.effective_on <= :today::date AND l.last_day_on >= :today::date AND x.days IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM assessments.application o WHERE o.district_code = c.district_code AND o.person_id = c.person_id AND o.state NOT IN ('refused', 'concluded', 'withdrawn', 'closed'))
    AND NOT EXISTS (SELECT 1 FROM assessments.conclusion n WHERE n.district_code = c.district_code AND n.person_id = c.person_id AND n.effective_on > l.last_day_on AND (n.ended_on IS NULL OR n.ended_on >= n.effective_on))
  ON CONFLICT (district_code, conclusion_id, threshold_days) DO NOTHING
  RETURNING district_code, conclusion_id, threshold_days, person_id, township_code, last_day_on, phone
)
SELECT f.district_code, f.conclusion_id, c.number, f.threshold_days, f.person_id, p.name AS person_name, f.township_code, f.last_day_on, f.phone
FROM fresh f
JOIN assessments.conclusion c ON c.district_code = f.district_code AND c.id = f.conclusion_id
JOIN people.person p ON p.district_code = f.district_code AND p.id = f.person_id
