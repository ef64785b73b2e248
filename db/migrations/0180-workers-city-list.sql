-- Experts of the city's own list belong to no institution; they are admitted, trained and suspended like all others, and the draw may name them everywhere in the city.
ALTER TABLE workers.worker ALTER COLUMN institution_id DROP NOT NULL;
ALTER TABLE workers.worker ADD CONSTRAINT worker_of_an_institution CHECK (institution_id IS NOT NULL OR (worker_class = 'expert' AND district_code LIKE '____00'));
CREATE UNIQUE INDEX worker_city_list ON workers.worker (district_code, identity_number) WHERE institution_id IS NULL;
COMMENT ON COLUMN workers.worker.institution_id IS '所属机构 · The employer; NULL for an expert of the city''s own list, who stands under the code of the city itself (four digits and 00).';
ALTER TABLE workers.admission ALTER COLUMN institution_id DROP NOT NULL;
ALTER TABLE workers.training ALTER COLUMN institution_id DROP NOT NULL;
ALTER TABLE workers.suspension ALTER COLUMN institution_id DROP NOT NULL;
ALTER TABLE workers.suspension_lift ALTER COLUMN institution_id DROP NOT NULL;
ALTER TABLE workers.departure ALTER COLUMN institution_id DROP NOT NULL;
