-- Deadlines that could not be named because the calendar of a year was not published are filled in once it is.
GRANT UPDATE (due_on) ON assessments.dispatch_order TO changhu_app;
GRANT UPDATE (due_on, calendar_missing) ON assessments.case_return TO changhu_app;
COMMENT ON TABLE assessments.case_return IS '退单 · A result sent back to be assessed anew: by whom, why, until when, the how-many-eth of its case. Answered by the first assessment recorded after it. Append-only, but for a deadline whose calendar was missing.';
