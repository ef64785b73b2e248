-- Photographs of posters lie in the vault by their hash, like every other file. What stands in rows already stays readable there until the night has carried it over.
ALTER TABLE notices.posting_proof ADD COLUMN size_bytes int;
UPDATE notices.posting_proof SET size_bytes = octet_length(picture);
ALTER TABLE notices.posting_proof ALTER COLUMN size_bytes SET NOT NULL, ALTER COLUMN picture DROP NOT NULL,
  ADD CHECK (size_bytes BETWEEN 1 AND 10 * 1024 * 1024), ADD CHECK (sha256 ~ '^[0-9a-f]{64}$');
COMMENT ON COLUMN notices.posting_proof.picture IS '照片原文（旧） · Bytes of a photograph taken before the vault kept them; empty once they are there. New rows never have them.';
COMMENT ON TABLE notices.posting_proof IS '张贴证明 · Photographs of the poster where it hangs, with the day: for officers of the area only; the bytes lie in the vault under their hash. Append-only.';
CREATE INDEX posting_proof_in_row ON notices.posting_proof (district_code, id) WHERE picture IS NOT NULL;

-- The app role may not change a proof. This takes the bytes out of a row, and nothing else, once whoever calls has put them into the vault: only where they are what the hash says.
CREATE FUNCTION notices.picture_carried(district text, proof uuid) RETURNS boolean LANGUAGE sql SECURITY DEFINER SET search_path = notices, pg_temp AS $$
  WITH carried AS (
    UPDATE posting_proof p SET picture = NULL
    WHERE p.district_code = district AND p.id = proof AND p.picture IS NOT NULL AND encode(sha256(p.picture), 'hex') = p.sha256 AND starts_with(p.township_code, (SELECT scope.area()))
    RETURNING 1)
  SELECT EXISTS (SELECT 1 FROM carried)
$$;
COMMENT ON FUNCTION notices.picture_carried IS 'Empties the bytes of a photograph that lies in the vault now; false where there is nothing to empty or its hash does not fit.';
REVOKE ALL ON FUNCTION notices.picture_carried FROM public;
GRANT EXECUTE ON FUNCTION notices.picture_carried TO changhu_app;
