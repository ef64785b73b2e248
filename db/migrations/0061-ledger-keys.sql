-- Keys and the balance check of the ledger come after distribution, inside the district. Entries lie with their posting, so a
-- trigger per row is safe on a cluster too.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN PERFORM set_config('citus.enable_unsafe_triggers', 'on', true); END IF;
END $$;
ALTER TABLE ledger.posting ADD FOREIGN KEY (district_code, refers_to, refers_kind) REFERENCES ledger.posting (district_code, id, kind);
ALTER TABLE ledger.entry ADD FOREIGN KEY (district_code, posting_id, booked, effective_on) REFERENCES ledger.posting (district_code, id, booked, effective_on),
  ADD FOREIGN KEY (district_code, account_code) REFERENCES ledger.account (district_code, code);
CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON ledger.posting DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger.check_balanced();
CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON ledger.entry DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger.check_balanced();
