-- A district of :open open applications on every part of the road and :past that are over; four districts next door, each with as many in one state (accepted, scored, confirmed, on notice), so that every queue is full somewhere. Each of a person of its own with a name to search.
WITH name AS (
  SELECT ARRAY['王', '李', '张', '刘', '陈', '杨', '黄', '赵', '吴', '周', '徐', '孙', '马', '朱', '胡', '郭', '何', '林', '高', '罗'] AS family, ARRAY['wang', 'li', 'zhang', 'liu', 'chen', 'yang', 'huang', 'zhao', 'wu', 'zhou', 'xu', 'sun', 'ma', 'zhu', 'hu', 'guo', 'he', 'lin', 'gao', 'luo'] AS family_said,
    ARRAY['桂', '秀', '玉', '淑', '建', '国', '志', '明', '春', '兰', '梅', '芳', '英', '华', '强', '军', '文', '静', '丽', '敏'] AS given, ARRAY['gui', 'xiu', 'yu', 'shu', 'jian', 'guo', 'zhi', 'ming', 'chun', 'lan', 'mei', 'fang', 'ying', 'hua', 'qiang', 'jun', 'wen', 'jing', 'li', 'min'] AS given_said
), place AS (
  SELECT n, CASE WHEN n < :open::int + :past::int THEN '990101' ELSE (990102 + (n - :open::int - :past::int) / :open::int)::text END AS district FROM generate_series(0, 5 * :open::int + :past::int - 1) n
), told AS (
  SELECT p.n, p.district, p.district || lpad((n % 4 + 1)::text, 3, '0') AS township, family[n % 20 + 1] || given[n / 20 % 20 + 1] || given[n / 400 % 20 + 1] AS whole,
    family_said[n % 20 + 1] || ' ' || given_said[n / 20 % 20 + 1] || ' ' || given_said[n / 400 % 20 + 1] AS said FROM place p, name
), person AS (
  INSERT INTO people.person (district_code, id, township_code, community, name, search, identity_number, birth_on, sex, address, origin, created_at)
  SELECT district, md5('p' || n)::uuid, township, '测量社区', whole, whole || ' ' || replace(said, ' ', '') || ' ' || said, '99010119' || lpad(n::text, 9, '0') || n % 10, '1940-01-01', 1, '测量', 'imported', now() FROM told
)
INSERT INTO assessments.application (district_code, id, number, person_id, township_code, kind, filed_on, filed_at, applicant_name, relation, contact_phone, disabled_since_on, state, state_since, refusal_code, accepted_on, assessment_institution_id,
  pre_review_owed, pre_reviewed_on, supply_materials, supply_promised_by, supply_by_on, search, person_number)
SELECT district, md5('a' || n)::uuid, 'QH-A-2026-' || lpad(n::text, 6, '0'), md5('p' || n)::uuid, township, (ARRAY['initial', 'endOfTerm', 'statusChange'])[n % 3 + 1], filed, now(), '测量', 'family', '13900000000', '2025-01-01', state, now(),
  CASE WHEN state = 'refused' THEN 'OTHER' END, CASE WHEN state NOT IN ('filed', 'refused') THEN filed + 2 END, CASE WHEN state IN ('dispatched', 'scored', 'confirmed', 'onNotice') THEN md5('i' || n % 20)::uuid END,
  n % 2 = 0, CASE WHEN n % 4 = 0 THEN filed + 1 END, CASE WHEN promised THEN ARRAY['socialSecurityCard'] ELSE '{}' END, CASE WHEN promised THEN '测量' END, CASE WHEN promised THEN filed + 9 END,
  'qh-a-2026-' || lpad(n::text, 6, '0') || ' ' || whole || ' ' || replace(said, ' ', '') || ' ' || said, '99010119' || lpad(n::text, 9, '0') || n % 10
FROM (
  SELECT *, CASE WHEN past THEN '2025-01-01'::date + n % 600 ELSE '2026-12-01'::date + n % 20 END AS filed, NOT past AND state = 'accepted' AND n % 10 = 4 AS promised
  FROM (
    SELECT t.*, n >= :open::int AND n < :open::int + :past::int AS past,
      CASE WHEN n >= :open::int AND n < :open::int + :past::int THEN CASE WHEN n % 9 = 0 THEN 'refused' ELSE 'concluded' END
        WHEN district <> '990101' THEN (ARRAY['accepted', 'scored', 'confirmed', 'onNotice'])[district::int - 990101]
        ELSE (ARRAY['filed', 'filed', 'filed', 'accepted', 'accepted', 'dispatched', 'dispatched', 'scored', 'confirmed', 'onNotice'])[n % 10 + 1] END AS state
    FROM told t
  ) s
) a
