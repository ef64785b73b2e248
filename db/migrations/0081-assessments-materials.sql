-- Papers of an application, the self-assessment form, what may be supplied later, and the township's pre-review.
ALTER TABLE assessments.application
  ADD COLUMN agent_name text, ADD COLUMN agent_identity_number text,
  ADD COLUMN lacking text[] NOT NULL DEFAULT '{}',
  ADD COLUMN supply_materials text[] NOT NULL DEFAULT '{}', ADD COLUMN supply_promised_by text, ADD COLUMN supply_by_on date, ADD COLUMN supplied_on date,
  ADD COLUMN come_again_on date,
  ADD COLUMN pre_review_owed boolean NOT NULL DEFAULT false, ADD COLUMN pre_reviewed_on date;
ALTER TABLE assessments.application
  ADD CHECK ((agent_name IS NULL) = (agent_identity_number IS NULL)),
  ADD CHECK ((supply_by_on IS NULL) = (supply_materials = '{}') AND (supply_by_on IS NULL) = (supply_promised_by IS NULL)),
  ADD CHECK (supplied_on IS NULL OR supply_by_on IS NOT NULL);
COMMENT ON COLUMN assessments.application.agent_name IS '代理人 · Who acts for the person under a power of attorney.';
COMMENT ON COLUMN assessments.application.agent_identity_number IS '代理人身份证号 · Identity number of the agent, checked by GB 11643.';
COMMENT ON COLUMN assessments.application.lacking IS '缺少的材料 · Codes of the check-list that are lacking now; kept up with every paper that comes or goes.';
COMMENT ON COLUMN assessments.application.supply_materials IS '容缺材料 · What was promised at acceptance to be supplied later.';
COMMENT ON COLUMN assessments.application.supply_promised_by IS '承诺人 · Who promised it.';
COMMENT ON COLUMN assessments.application.supply_by_on IS '补正期限 · Last day to supply it; the day after closes the case.';
COMMENT ON COLUMN assessments.application.supplied_on IS '补齐日 · Day on which everything promised was there.';
COMMENT ON COLUMN assessments.application.come_again_on IS '可再申请日 · First day on which a refused or closed applicant may apply again, where a rule names it.';
COMMENT ON COLUMN assessments.application.pre_review_owed IS '须预审 · Whether the township looks at it before acceptance, by the policy of the day of filing.';
COMMENT ON COLUMN assessments.application.pre_reviewed_on IS '预审日 · Day of the pre-review that lets the application go on.';
CREATE INDEX application_filed ON assessments.application (district_code, filed_on, id) INCLUDE (township_code, pre_review_owed, pre_reviewed_on, assessment_institution_id, person_id) WHERE state = 'filed';
CREATE INDEX application_supply ON assessments.application (district_code, supply_by_on, id) INCLUDE (township_code, state, assessment_institution_id, person_id) WHERE supply_by_on IS NOT NULL AND supplied_on IS NULL;

CREATE TABLE assessments.material (
  district_code text NOT NULL,
  id uuid NOT NULL,
  application_id uuid NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  code text NOT NULL,
  form text NOT NULL CHECK (form IN ('file', 'original')),
  sha256 text CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  media_type text CHECK (media_type IN ('image/jpeg', 'image/png', 'image/webp', 'application/pdf')),
  size_bytes integer CHECK (size_bytes > 0),
  pages integer CHECK (pages > 0),
  file_name text,
  original_name text,
  provided_by text NOT NULL CHECK (provided_by IN ('office', 'family')),
  account_id uuid,
  actor_name text NOT NULL,
  provided_on date NOT NULL,
  provided_at timestamptz NOT NULL,
  PRIMARY KEY (district_code, id),
  CHECK ((form = 'file') = (sha256 IS NOT NULL AND media_type IS NOT NULL AND size_bytes IS NOT NULL AND file_name IS NOT NULL AND original_name IS NOT NULL))
);
COMMENT ON TABLE assessments.material IS '申请材料 · Papers of an application: a file kept in the vault by its hash, or an original that an officer saw at the window. Append-only.';
CREATE INDEX material_application ON assessments.material (district_code, application_id, id);
CALL scope.protect('assessments.material', 'township_code', NULL, 'person_id',
  'EXISTS (SELECT 1 FROM assessments.application a WHERE a.district_code = material.district_code AND a.id = material.application_id AND a.assessment_institution_id = (SELECT scope.institution()))');
GRANT SELECT, INSERT ON assessments.material TO changhu_app;

CREATE TABLE assessments.material_withdrawal (
  district_code text NOT NULL,
  material_id uuid NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  reason text NOT NULL,
  account_id uuid,
  actor_name text NOT NULL,
  withdrawn_at timestamptz NOT NULL,
  PRIMARY KEY (district_code, material_id)
);
COMMENT ON TABLE assessments.material_withdrawal IS '材料撤换 · A paper that no longer counts, and why; the paper itself stays on record. Append-only.';
CALL scope.protect('assessments.material_withdrawal', 'township_code', NULL, 'person_id',
  'EXISTS (SELECT 1 FROM assessments.material m WHERE m.district_code = material_withdrawal.district_code AND m.id = material_withdrawal.material_id)');
GRANT SELECT, INSERT ON assessments.material_withdrawal TO changhu_app;

CREATE TABLE assessments.self_assessment (
  district_code text NOT NULL,
  id uuid NOT NULL,
  application_id uuid NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  edition text NOT NULL,
  answers jsonb NOT NULL,
  class text NOT NULL,
  decision_id uuid NOT NULL,
  filled_by text NOT NULL,
  on_paper boolean NOT NULL,
  account_id uuid,
  actor_name text NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (district_code, id)
);
COMMENT ON TABLE assessments.self_assessment IS '自评表 · What the applicant says of the six daily activities; a hint that decides nothing. The latest counts. Append-only.';
CREATE INDEX self_assessment_application ON assessments.self_assessment (district_code, application_id, id);
CALL scope.protect('assessments.self_assessment', 'township_code', NULL, 'person_id',
  'EXISTS (SELECT 1 FROM assessments.application a WHERE a.district_code = self_assessment.district_code AND a.id = self_assessment.application_id AND a.assessment_institution_id = (SELECT scope.institution()))');
GRANT SELECT, INSERT ON assessments.self_assessment TO changhu_app;

CREATE TABLE assessments.pre_review (
  district_code text NOT NULL,
  id uuid NOT NULL,
  application_id uuid NOT NULL,
  person_id uuid NOT NULL,
  township_code text NOT NULL,
  edition text NOT NULL,
  answers jsonb NOT NULL,
  result text NOT NULL CHECK (result IN ('goOn', 'adviseNot', 'bring')),
  reason text,
  insists boolean NOT NULL DEFAULT false,
  bring text[] NOT NULL DEFAULT '{}',
  told_name text NOT NULL,
  told_relation text NOT NULL,
  told_at timestamptz NOT NULL,
  acknowledged text NOT NULL CHECK (acknowledged IN ('signature', 'tick')),
  signature_material_id uuid,
  account_id uuid,
  actor_name text NOT NULL,
  reviewed_on date NOT NULL,
  reviewed_at timestamptz NOT NULL,
  PRIMARY KEY (district_code, id),
  CHECK ((result = 'adviseNot') <= (reason IS NOT NULL)),
  CHECK (insists <= (result = 'adviseNot')),
  CHECK ((result = 'bring') = (bring <> '{}')),
  CHECK ((acknowledged = 'signature') = (signature_material_id IS NOT NULL))
);
COMMENT ON TABLE assessments.pre_review IS '街镇预审 · What the township saw and said before acceptance, to whom and when it said that housekeeping is not covered, and how that was acknowledged. Append-only.';
CREATE INDEX pre_review_application ON assessments.pre_review (district_code, application_id, id);
CALL scope.protect('assessments.pre_review', 'township_code', NULL, 'person_id');
GRANT SELECT, INSERT ON assessments.pre_review TO changhu_app;

DO $$
DECLARE t text;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN RETURN; END IF;
  FOREACH t IN ARRAY ARRAY['assessments.material', 'assessments.material_withdrawal', 'assessments.self_assessment', 'assessments.pre_review'] LOOP
    EXECUTE format('SELECT create_distributed_table(%L, ''district_code'')', t);
  END LOOP;
END $$;
ALTER TABLE assessments.material ADD FOREIGN KEY (district_code, application_id) REFERENCES assessments.application;
ALTER TABLE assessments.material_withdrawal ADD FOREIGN KEY (district_code, material_id) REFERENCES assessments.material;
ALTER TABLE assessments.self_assessment ADD FOREIGN KEY (district_code, application_id) REFERENCES assessments.application;
ALTER TABLE assessments.pre_review ADD FOREIGN KEY (district_code, application_id) REFERENCES assessments.application;
ALTER TABLE assessments.pre_review ADD FOREIGN KEY (district_code, signature_material_id) REFERENCES assessments.material;

-- A withdrawn or closed case takes its notice down too; then there is no objection behind it.
ALTER TABLE notices.withdrawal ALTER COLUMN objection_id DROP NOT NULL;
CREATE POLICY own_person_writes ON notices.withdrawal FOR INSERT TO changhu_app WITH CHECK (
  objection_id IS NULL AND EXISTS (SELECT 1 FROM notices.notice n WHERE n.district_code = withdrawal.district_code AND n.id = withdrawal.notice_id AND n.person_id = ANY ((SELECT scope.persons())::uuid[])));
COMMENT ON TABLE notices.withdrawal IS '公示撤下 · A notice taken down because an objection was upheld (then its case is assessed anew), or because its case ended. Append-only.';
