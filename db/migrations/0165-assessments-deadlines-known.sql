-- A deadline that could only be named after its calendar came late counts as missed only where it was known before it ran out.
ALTER TABLE assessments.dispatch_order ADD COLUMN due_known_on date;
ALTER TABLE assessments.case_return ADD COLUMN due_known_on date;
COMMENT ON COLUMN assessments.dispatch_order.due_known_on IS '期限确定日 · Day on which the last day of the visit was filled in after its calendar came; null where it was known from the beginning. A day that was over by then counts as missed by nobody.';
COMMENT ON COLUMN assessments.case_return.due_known_on IS '期限确定日 · Day on which the deadline was filled in after its calendar came; null where it was known from the beginning. A deadline that was over by then counts as missed by nobody.';
GRANT UPDATE (due_known_on) ON assessments.dispatch_order TO changhu_app;
GRANT UPDATE (due_known_on) ON assessments.case_return TO changhu_app;
