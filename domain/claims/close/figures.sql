-- The figures of the month as small tables: a figure that changes inside the month has one row per period.
INSERT INTO month_figure (name, part, from_on, to_on, value)
SELECT f.name, f.part, f.from_on, f.to_on, f.value
FROM jsonb_to_recordset(:figures::jsonb) AS f (name text, part text, from_on date, to_on date, value bigint)
