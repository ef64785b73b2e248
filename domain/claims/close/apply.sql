-- What a rule found takes effect before the next rule runs: a refused visit is no evidence against another, a cut one ends with its paid minutes.
UPDATE charge c SET refused = (f.paid_minutes = 0), paid_minutes = f.paid_minutes, paid_until = c.started_at + f.paid_minutes * interval '1 minute'
FROM found f WHERE f.n = c.n AND f.step = :step
