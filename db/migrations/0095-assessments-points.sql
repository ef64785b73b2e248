-- A scale may be of another type than sums and a matrix: the points of every dimension, whatever they are called.
ALTER TABLE assessments.assessment ADD COLUMN points jsonb,
  ALTER COLUMN adl_points DROP NOT NULL, ALTER COLUMN cognition_points DROP NOT NULL, ALTER COLUMN perception_points DROP NOT NULL;
UPDATE assessments.assessment SET points = jsonb_build_object('adl', adl_points, 'cognition', cognition_points, 'perception', perception_points) WHERE points IS NULL;
ALTER TABLE assessments.assessment ALTER COLUMN points SET NOT NULL, ADD CHECK (jsonb_typeof(points) = 'object'),
  ADD CHECK ((adl_points IS NULL) = (cognition_points IS NULL) AND (adl_points IS NULL) = (perception_points IS NULL));
COMMENT ON COLUMN assessments.assessment.points IS '各方面得分 · Dimension of the scale → points: whole points of a matrix scale, hundredths of a point of a weighted one.';
COMMENT ON COLUMN assessments.assessment.adl_points IS '日常生活活动能力 · Of a matrix scale; null for scales of another type.';
COMMENT ON TABLE assessments.assessment IS '现场评估 · The answers to every item of the scale as entered on site, and the grade they give.';

-- A weighted scale may have more grades, and the outcome -1: treatment of the disease comes first.
ALTER TABLE assessments.assessment DROP CONSTRAINT assessment_grade_check, ADD CHECK (grade BETWEEN -1 AND 9);
ALTER TABLE assessments.conclusion DROP CONSTRAINT conclusion_grade_check, ADD CHECK (grade BETWEEN -1 AND 9);
COMMENT ON COLUMN assessments.assessment.grade IS '等级 · Grade of the edition used; -1: the scale advises treatment first, without benefit.';
