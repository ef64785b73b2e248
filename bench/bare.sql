-- After one real close: its lines are put aside, an identical partitioned table takes them (columns, checks, indexes, wall), and the month is open again.
CREATE SCHEMA bench;
GRANT USAGE ON SCHEMA bench TO changhu_app;
CREATE TABLE bench.source AS SELECT * FROM claims.line;
CREATE TABLE bench.statement (LIKE claims.statement INCLUDING ALL);
INSERT INTO bench.statement SELECT * FROM claims.statement;
CREATE TABLE bench.line (LIKE claims.line INCLUDING ALL) PARTITION BY RANGE (month);
CREATE TABLE bench.line_202609 PARTITION OF bench.line FOR VALUES FROM ('2026-09-01') TO ('2026-10-01');
CALL scope.protect('bench.line', 'township_code', 'institution_id', 'person_id');
GRANT SELECT ON bench.source, bench.statement TO changhu_app;
GRANT SELECT, INSERT ON bench.line TO changhu_app;
TRUNCATE claims.finding, claims.line, claims.review, claims.statement, claims.month_close;
DELETE FROM visits.month_lock;
ANALYZE;
