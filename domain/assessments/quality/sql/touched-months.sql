-- Kept months older than :before of which something became known after they were kept, and not longer ago than :since: what a review ended with, a case sent back or given up, a delivery, a complaint answered.
WITH fact AS (
  SELECT s.recorded_at AS of_at, n.concluded_at AS at
  FROM assessments.conclusion n
  JOIN assessments.application r ON r.district_code = n.district_code AND r.id = n.application_id AND r.about_conclusion_id IS NOT NULL
  JOIN assessments.conclusion b ON b.district_code = r.district_code AND b.id = r.about_conclusion_id
  JOIN assessments.assessment s ON s.district_code = b.district_code AND s.id = b.assessment_id
  WHERE n.district_code = :district AND n.concluded_at >= :since::timestamptz
  UNION ALL
  SELECT s.recorded_at, n.concluded_at FROM assessments.conclusion n JOIN assessments.assessment s ON s.district_code = n.district_code AND s.application_id = n.application_id AND s.superseded_at IS NOT NULL
  WHERE n.district_code = :district AND n.concluded_at >= :since::timestamptz
  UNION ALL
  SELECT s.recorded_at, s.superseded_at FROM assessments.assessment s WHERE s.district_code = :district AND s.superseded_at >= :since::timestamptz
  UNION ALL
  SELECT s.recorded_at, n.recorded_at FROM assessments.assessment n JOIN assessments.assessment s ON s.district_code = n.district_code AND s.application_id = n.application_id AND s.id <> n.id
  WHERE n.district_code = :district AND n.recorded_at >= :since::timestamptz
  UNION ALL
  SELECT s.recorded_at, v.confirmed_at FROM assessments.confirmation v JOIN assessments.assessment s ON s.district_code = v.district_code AND s.id = v.assessment_id
  WHERE v.district_code = :district AND v.confirmed_at >= :since::timestamptz
  UNION ALL
  SELECT c.concluded_at, d.recorded_at FROM assessments.delivery d JOIN assessments.conclusion c ON c.district_code = d.district_code AND c.id = d.conclusion_id
  WHERE d.district_code = :district AND d.recorded_at >= :since::timestamptz AND d.outcome = 'delivered'
  UNION ALL
  SELECT o.issued_at, o.ended_at FROM assessments.dispatch_order o WHERE o.district_code = :district AND o.ended_at >= :since::timestamptz
  UNION ALL
  SELECT c.filed_at, x.answered_at FROM assessments.complaint_answer x JOIN assessments.complaint c ON c.district_code = x.district_code AND c.id = x.complaint_id
  WHERE x.district_code = :district AND x.answered_at >= :since::timestamptz
  UNION ALL
  SELECT s.recorded_at, i.declared_at FROM assessments.interest i JOIN assessments.assessment s ON s.district_code = :district AND s.assessment_institution_id = i.institution_id AND s.recorded_at < i.declared_at
  JOIN people.person p ON p.district_code = s.district_code AND p.id = s.person_id AND (p.identity_number = i.person_number OR (p.township_code = i.township_code AND p.community = i.community))
  WHERE i.declared_at >= :since::timestamptz
)
SELECT DISTINCT to_char(q.month, 'YYYY-MM') AS month
FROM fact f
JOIN assessments.quality_month q ON q.district_code = :district AND q.month = date_trunc('month', f.of_at AT TIME ZONE 'Asia/Shanghai')::date
WHERE q.month < :before::date AND f.at > q.known_at
  AND NOT EXISTS (SELECT 1 FROM assessments.quality_month later WHERE later.district_code = q.district_code AND later.month = q.month AND later.version > q.version)
ORDER BY 1
