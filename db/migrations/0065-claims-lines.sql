-- Asked once per line, this key alone took half of the time in which a month's lines are written (npm run bench): each line locked its statement again.
-- Lines are written in one place, joined to their statements in the same statement (domain/claims/close/lines.sql), and nobody may delete either.
ALTER TABLE claims.line DROP CONSTRAINT IF EXISTS line_district_code_statement_id_fkey;
