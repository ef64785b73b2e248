-- An upheld objection takes its notice down; the notice itself is never changed.
CREATE TABLE notices.withdrawal (
  district_code text NOT NULL,
  notice_id uuid NOT NULL,
  township_code text NOT NULL,
  objection_id uuid NOT NULL,
  withdrawn_on date NOT NULL,
  withdrawn_at timestamptz NOT NULL,
  PRIMARY KEY (district_code, notice_id)
);
COMMENT ON TABLE notices.withdrawal IS '公示撤下 · A notice taken down because an objection was upheld: its case is assessed anew. Append-only.';
ALTER TABLE notices.withdrawal ENABLE ROW LEVEL SECURITY;
CREATE POLICY anybody_reads ON notices.withdrawal FOR SELECT TO changhu_app, changhu_report USING (true);
CREATE POLICY own_area_writes ON notices.withdrawal FOR INSERT TO changhu_app WITH CHECK (starts_with(township_code, (SELECT scope.area())));
GRANT SELECT, INSERT ON notices.withdrawal TO changhu_app;

-- Anybody may object; the event of it is the one that somebody without an area may write, and only for a notice that exists.
CREATE POLICY anybody_objects ON platform.event FOR INSERT TO changhu_app WITH CHECK (
  kind = 'notices.objected' AND subject_type = 'notice'
  AND EXISTS (SELECT 1 FROM notices.notice n WHERE n.district_code = event.district_code AND n.id = event.subject_id));
