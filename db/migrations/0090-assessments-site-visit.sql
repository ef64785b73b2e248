-- The visit on site as the phone brings it: revisions, photographs, the video in pieces; and the visit behind an assessment.
CREATE TABLE assessments.site_visit (
  district_code text NOT NULL,
  id uuid NOT NULL,
  application_id uuid NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  assessment_institution_id uuid NOT NULL,
  account_id uuid NOT NULL,
  assessor_name text NOT NULL,
  device_id text NOT NULL,
  clock_offset_ms bigint NOT NULL,
  revision int NOT NULL CHECK (revision > 0),
  content_sha256 text NOT NULL,
  identity_matches boolean,
  distance_m int CHECK (distance_m >= 0),
  state text NOT NULL CHECK (state IN ('open', 'submitted')),
  began_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  submitted_at timestamptz,
  arrived_at timestamptz,
  left_at timestamptz,
  companion_ids uuid[] NOT NULL DEFAULT '{}',
  contradictions jsonb,
  assessment_id uuid,
  PRIMARY KEY (district_code, id),
  CHECK ((state = 'submitted') = (submitted_at IS NOT NULL) AND (state = 'submitted') = (assessment_id IS NOT NULL)),
  CHECK (state = 'open' OR (arrived_at IS NOT NULL AND left_at > arrived_at AND contradictions IS NOT NULL))
);
COMMENT ON TABLE assessments.site_visit IS '上门记录 · A visit on site: made on the phone under an id of its own, brought in revisions, handed in once. Holds the revision that stands.';
COMMENT ON COLUMN assessments.site_visit.revision IS '版本号 · Counted by the phone, strictly growing: an older revision never replaces a newer one.';
COMMENT ON COLUMN assessments.site_visit.identity_matches IS '证件号相符 · Whether the number read on the document is the person''s; null while none was entered.';
COMMENT ON COLUMN assessments.site_visit.distance_m IS '距住址 · Metres between the phone and the known point of the person''s home; null where either is unknown.';
COMMENT ON COLUMN assessments.site_visit.arrived_at IS '到达时间 · By the server''s clock: the phone''s instant less its offset; set when the visit is handed in, like the leaving.';
COMMENT ON COLUMN assessments.site_visit.contradictions IS '矛盾提示 · What the rule pointed out when the visit was handed in, each with the assessor''s remark.';
CREATE INDEX site_visit_application ON assessments.site_visit (district_code, application_id);
CREATE UNIQUE INDEX site_visit_assessment ON assessments.site_visit (district_code, assessment_id) WHERE assessment_id IS NOT NULL;
CALL scope.protect('assessments.site_visit', 'township_code', 'assessment_institution_id');
GRANT SELECT, INSERT, UPDATE ON assessments.site_visit TO changhu_app;

CREATE TABLE assessments.site_visit_revision (
  district_code text NOT NULL,
  site_visit_id uuid NOT NULL,
  revision int NOT NULL,
  township_code text NOT NULL,
  assessment_institution_id uuid NOT NULL,
  content_sha256 text NOT NULL,
  content jsonb NOT NULL,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (district_code, site_visit_id, revision)
);
COMMENT ON TABLE assessments.site_visit_revision IS '上门记录版本 · Every revision that arrived, as the phone wrote it. Append-only.';
CALL scope.protect('assessments.site_visit_revision', 'township_code', 'assessment_institution_id');
GRANT SELECT, INSERT ON assessments.site_visit_revision TO changhu_app;

CREATE TABLE assessments.site_evidence (
  district_code text NOT NULL,
  id uuid NOT NULL,
  site_visit_id uuid NOT NULL,
  township_code text NOT NULL,
  assessment_institution_id uuid NOT NULL,
  subject text NOT NULL CHECK (subject IN ('item', 'applicantIdentity', 'guardianIdentity', 'surroundings', 'companionSignature', 'guardianSignature', 'other')),
  item text,
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  size_bytes int NOT NULL CHECK (size_bytes > 0),
  media_type text NOT NULL CHECK (media_type IN ('image/jpeg', 'image/png', 'image/webp')),
  taken_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (district_code, id),
  CHECK ((subject = 'item') = (item IS NOT NULL))
);
COMMENT ON TABLE assessments.site_evidence IS '现场佐证 · Photographs of a visit; the bytes lie in the vault under their hash. Append-only.';
CREATE INDEX site_evidence_visit ON assessments.site_evidence (district_code, site_visit_id);
CALL scope.protect('assessments.site_evidence', 'township_code', 'assessment_institution_id');
GRANT SELECT, INSERT ON assessments.site_evidence TO changhu_app;

CREATE TABLE assessments.site_video (
  district_code text NOT NULL,
  site_visit_id uuid NOT NULL,
  rendition text NOT NULL CHECK (rendition IN ('low', 'full')),
  township_code text NOT NULL,
  assessment_institution_id uuid NOT NULL,
  media_type text NOT NULL CHECK (media_type IN ('video/webm', 'video/mp4')),
  pieces int NOT NULL CHECK (pieces > 0),
  duration_ms int NOT NULL CHECK (duration_ms > 0),
  takes int[] NOT NULL CHECK (takes[1] = 0),
  told_at timestamptz NOT NULL,
  sealed_at timestamptz,
  seal_sha256 text CHECK (seal_sha256 ~ '^[0-9a-f]{64}$'),
  PRIMARY KEY (district_code, site_visit_id, rendition),
  CHECK ((sealed_at IS NULL) = (seal_sha256 IS NULL))
);
COMMENT ON TABLE assessments.site_video IS '录像清单 · What the phone told of a finished rendition, and the seal once every piece had arrived.';
COMMENT ON COLUMN assessments.site_video.takes IS '起始段 · Pieces with which a take begins: a phone that died and went on has several, each a film of its own.';
COMMENT ON COLUMN assessments.site_video.seal_sha256 IS '封存值 · SHA-256 chained over the hashes of the pieces in their order.';
CALL scope.protect('assessments.site_video', 'township_code', 'assessment_institution_id');
GRANT SELECT, INSERT, UPDATE ON assessments.site_video TO changhu_app;

CREATE TABLE assessments.site_video_piece (
  district_code text NOT NULL,
  site_visit_id uuid NOT NULL,
  rendition text NOT NULL CHECK (rendition IN ('low', 'full')),
  piece int NOT NULL CHECK (piece BETWEEN 0 AND 9999),
  township_code text NOT NULL,
  assessment_institution_id uuid NOT NULL,
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  size_bytes int NOT NULL CHECK (size_bytes > 0),
  media_type text,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (district_code, site_visit_id, rendition, piece)
);
COMMENT ON TABLE assessments.site_video_piece IS '录像分段 · Numbered pieces of a video; the bytes lie in the vault under their hash. Append-only.';
COMMENT ON COLUMN assessments.site_video_piece.media_type IS '类型 · Of the first piece, by its content: it holds the head of the file.';
CALL scope.protect('assessments.site_video_piece', 'township_code', 'assessment_institution_id');
GRANT SELECT, INSERT ON assessments.site_video_piece TO changhu_app;

DO $$
DECLARE t text;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN RETURN; END IF;
  FOREACH t IN ARRAY ARRAY['assessments.site_visit', 'assessments.site_visit_revision', 'assessments.site_evidence', 'assessments.site_video', 'assessments.site_video_piece'] LOOP
    EXECUTE format('SELECT create_distributed_table(%L, ''district_code'')', t);
  END LOOP;
END $$;
ALTER TABLE assessments.site_visit ADD FOREIGN KEY (district_code, application_id) REFERENCES assessments.application;
ALTER TABLE assessments.site_visit ADD FOREIGN KEY (district_code, person_id) REFERENCES people.person;
ALTER TABLE assessments.site_visit_revision ADD FOREIGN KEY (district_code, site_visit_id) REFERENCES assessments.site_visit;
ALTER TABLE assessments.site_evidence ADD FOREIGN KEY (district_code, site_visit_id) REFERENCES assessments.site_visit;
ALTER TABLE assessments.site_video ADD FOREIGN KEY (district_code, site_visit_id) REFERENCES assessments.site_visit;
ALTER TABLE assessments.site_video_piece ADD FOREIGN KEY (district_code, site_visit_id) REFERENCES assessments.site_visit;

ALTER TABLE assessments.assessment ADD COLUMN site_visit_id uuid, ADD COLUMN second_account_id uuid;
COMMENT ON COLUMN assessments.assessment.site_visit_id IS '上门记录 · The visit that became this assessment; null where it was entered at a desk.';
COMMENT ON COLUMN assessments.assessment.second_account_id IS '在场专家账号 · Account of the second person on site; null where only a name was entered.';
ALTER TABLE assessments.assessment ADD FOREIGN KEY (district_code, site_visit_id) REFERENCES assessments.site_visit;

-- The app role reads no accounts: it is told who may come along to a case, and nothing else of them.
CREATE FUNCTION assessments.companions(institution uuid, townships text[]) RETURNS TABLE (account_id uuid, name text, expert boolean, institution_id uuid, area text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = assessments, identity, pg_temp AS $$
  SELECT a.id, a.display_name, 'assessments.confirm' = ANY (r.permissions), a.institution_id, a.area
  FROM identity.account a JOIN identity.role r ON r.code = a.role_code
  WHERE a.disabled_at IS NULL AND r.permissions && ARRAY['assessments.assess', 'assessments.confirm']
    AND (institution = (SELECT scope.institution()) OR EXISTS (SELECT 1 FROM unnest(townships) t WHERE starts_with(t, (SELECT scope.area()))))
    AND (a.institution_id = institution OR (a.institution_id IS NULL AND 'assessments.confirm' = ANY (r.permissions) AND EXISTS (SELECT 1 FROM unnest(townships) t WHERE starts_with(t, a.area))))
  ORDER BY a.display_name, a.id
$$;
COMMENT ON FUNCTION assessments.companions IS 'Who may be on site for an institution in these townships: its own assessors and experts, and experts of the area. Answers the institution itself and officers of the area only.';
REVOKE ALL ON FUNCTION assessments.companions FROM public;
GRANT EXECUTE ON FUNCTION assessments.companions TO changhu_app;

CREATE FUNCTION assessments.site_visit_companions(district text, visit uuid) RETURNS TABLE (account_id uuid, name text, expert boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = assessments, identity, pg_temp AS $$
  SELECT a.id, a.display_name, 'assessments.confirm' = ANY (r.permissions)
  FROM assessments.site_visit v CROSS JOIN LATERAL unnest(v.companion_ids) WITH ORDINALITY c (account_id, place) JOIN identity.account a ON a.id = c.account_id JOIN identity.role r ON r.code = a.role_code
  WHERE v.district_code = district AND v.id = visit AND (v.assessment_institution_id = (SELECT scope.institution()) OR starts_with(v.township_code, (SELECT scope.area())))
  ORDER BY c.place
$$;
COMMENT ON FUNCTION assessments.site_visit_companions IS 'Names of those who came along to a visit that was handed in, for whoever may see the visit.';
REVOKE ALL ON FUNCTION assessments.site_visit_companions FROM public;
GRANT EXECUTE ON FUNCTION assessments.site_visit_companions TO changhu_app;

-- The second person on site is known by account where the visit came from a phone.
CREATE OR REPLACE FUNCTION assessments.took_part_before(district text, application uuid) RETURNS TABLE (institution_id uuid, account_id uuid, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = assessments, pg_temp AS $$
  WITH RECURSIVE reviewed AS (
    SELECT c.application_id FROM assessments.application a JOIN assessments.conclusion c ON c.district_code = a.district_code AND c.id = a.about_conclusion_id
    WHERE a.district_code = district AND a.id = application AND a.kind IN ('review', 'finalReview')
    UNION
    SELECT c.application_id FROM reviewed r JOIN assessments.application a ON a.district_code = district AND a.id = r.application_id AND a.kind IN ('review', 'finalReview')
    JOIN assessments.conclusion c ON c.district_code = a.district_code AND c.id = a.about_conclusion_id
  ), first AS (
    SELECT s.* FROM reviewed r JOIN assessments.assessment s ON s.district_code = district AND s.application_id = r.application_id
    UNION ALL
    SELECT s.* FROM assessments.assessment s WHERE s.district_code = district AND s.application_id = application AND s.superseded_by = 'objection'
  )
  SELECT f.assessment_institution_id, f.assessor_account_id, f.assessor_name FROM first f
  UNION
  SELECT f.assessment_institution_id, f.second_account_id, f.second_name FROM first f
  UNION
  SELECT f.assessment_institution_id, c.account_id, c.name FROM first f JOIN assessments.site_visit v ON v.district_code = f.district_code AND v.id = f.site_visit_id
  CROSS JOIN LATERAL (SELECT a.id AS account_id, a.display_name AS name FROM identity.account a WHERE a.id = ANY (v.companion_ids)) c
  UNION
  SELECT f.assessment_institution_id, v.expert_account_id, v.expert_name FROM first f JOIN assessments.confirmation v ON v.district_code = f.district_code AND v.assessment_id = f.id
$$;
